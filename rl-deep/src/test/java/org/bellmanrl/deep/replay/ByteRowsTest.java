package org.bellmanrl.deep.replay;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ByteRowsTest {
  @ParameterizedTest
  @CsvSource({"1, 1, 1", "10, 3, 7", "10, 3, 30", "100, 7, 64", "5, 0, 16", "33, 4, 4", "9, 8, 3"})
  void everyRow_hasItsOwnBytes(int rows, int width, int maxChunk) {
    ByteRows bytes = new ByteRows(rows, width, null, maxChunk);
    for (int row = 0; row < rows; row++) {
      for (int i = 0; i < width; i++) {
        byte[] chunk = bytes.chunk(row);
        assertThat(chunk.length).isLessThanOrEqualTo(Math.max(maxChunk, width));
        assertThat(chunk[bytes.at(row) + i]).isZero();
        chunk[bytes.at(row) + i] = (byte) (1 + row);
      }
    }
    for (int row = 0; row < rows; row++) {
      for (int i = 0; i < width; i++) {
        assertThat(bytes.chunk(row)[bytes.at(row) + i]).isEqualTo((byte) (1 + row));
      }
    }
  }
}
