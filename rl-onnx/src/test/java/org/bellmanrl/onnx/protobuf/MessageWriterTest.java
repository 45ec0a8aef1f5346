package org.bellmanrl.onnx.protobuf;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MessageWriterTest {
  private static String hex(MessageWriter message) {
    return HexFormat.of().formatHex(message.toBytes());
  }

  @Test
  void fields_areWrittenAsTheDescriptionOfTheEncodingShows() {
    // Its own three examples: an integer 150, a text, and the first in a message.
    assertThat(hex(new MessageWriter().integer(1, 150))).isEqualTo("089601");
    assertThat(hex(new MessageWriter().text(2, "testing"))).isEqualTo("120774657374696e67");
    MessageWriter inner = new MessageWriter().integer(1, 150);
    assertThat(hex(new MessageWriter().message(3, inner))).isEqualTo("1a03089601");
    assertThat(hex(new MessageWriter().packed(6, new long[] {3, 270, 86942})))
        .isEqualTo("3206038e029ea705");
    assertThat(hex(new MessageWriter().real32(1, 1f).real64(2, 1)))
        .isEqualTo("0d0000803f" + "11000000000000f03f");
    assertThat(hex(new MessageWriter().integer(16, -1))).isEqualTo("8001ffffffffffffffffff01");
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 127, 128, 16383, 16384, Long.MAX_VALUE, -1, Long.MIN_VALUE})
  void integers_areReadBack(long value) {
    MessageReader read =
        new MessageReader(
            new MessageWriter().packed(8, new long[] {value, 5}).integer(7, value).toBytes());
    assertThat(read.next()).isTrue();
    assertThat(read.next()).isTrue();
    assertThat(read.integer()).isEqualTo(value);
    assertThat(read.next()).isFalse();
  }

  @Test
  void longMessages_growAndAreForgottenWhenCleared() {
    MessageWriter writer = new MessageWriter();
    writer.text(1, "x".repeat(10_000)).packed(2, new double[] {0.5, Double.NaN});
    MessageReader read = new MessageReader(writer.toBytes());
    assertThat(read.next()).isTrue();
    assertThat(read.text()).hasSize(10_000);
    assertThat(read.next()).isTrue();
    assertThat(read.next()).isFalse();
    assertThat(hex(writer.clear().bytes(1, new byte[] {9}))).isEqualTo("0a0109");
  }
}
