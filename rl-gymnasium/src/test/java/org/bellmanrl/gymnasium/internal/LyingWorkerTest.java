package org.bellmanrl.gymnasium.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Whatever a worker sends, the answer is an exception. */
class LyingWorkerTest {
  private static final int ROUNDS = 4_000;
  private static final byte[] GOOD = {
    0, 0, 0, 1, 'x', 0, 0, 0, 9, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 1, 'n', 5, 0, 0, 0, 2, 0, 0,
    0, 0, 7, 0, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 3, 0, 0, 0, 1, 0, 0, 0, 0, 4, 0, 0, 0, 1, 0, 0, 0,
    1, 0, 0, 0, 4,
  };

  @TempDir Path folder;

  @Test
  void read_goodDescription_isRead() {
    Description description = Description.read(ByteBuffer.wrap(GOOD));

    assertThat(description.observations().toString())
        .isEqualTo("Tuple[Discrete(7), MultiDiscrete[3]]");
    assertThat(description.actions().toString()).isEqualTo("Box([4], 0.0, 1.0, uint8)");
    assertThat(description.limit()).isEqualTo(9);
    assertThat(description.diagnostics()).containsExactly("n");
  }

  @Test
  void read_damagedDescription_readOrRefused() {
    Random random = new Random(1);
    int refused = 0;
    for (int round = 0; round < ROUNDS; round++) {
      byte[] bytes = GOOD.clone();
      for (int i = random.nextInt(4); i >= 0; i--) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(8);
      }
      ByteBuffer in = ByteBuffer.wrap(bytes, 0, random.nextInt(bytes.length) + 1);
      Throwable thrown = catchThrowable(() -> Description.read(in));
      if (thrown != null) {
        assertThat(thrown).isInstanceOf(IllegalArgumentException.class);
        refused++;
      }
    }
    assertThat(refused).isGreaterThan(ROUNDS / 2);
  }

  @Test
  void read_damagedPicture_isRefused() {
    Random random = new Random(1);
    for (int round = 0; round < ROUNDS; round++) {
      byte[] bytes = new byte[random.nextInt(64)];
      random.nextBytes(bytes);

      assertThatThrownBy(() -> FramePicture.Frame.read(ByteBuffer.wrap(bytes)))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  /** A program in Python's place that answers with bytes drawn at random. */
  @Test
  @DisabledOnOs(OS.WINDOWS)
  void describe_nonsense_isRefused() throws IOException {
    Random random = new Random(1);
    Path answer = folder.resolve("answer");
    Path program =
        Files.createFile(
            folder.resolve("python"),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    Files.writeString(program, "#!/bin/sh\nexec cat '" + answer + "'\n");
    for (int round = 0; round < 20; round++) {
      byte[] bytes = new byte[random.nextInt(200)];
      random.nextBytes(bytes);
      if (bytes.length > 5) {
        bytes[0] = (byte) "hpurem".charAt(random.nextInt(6));
        ByteBuffer.wrap(bytes).putInt(1, random.nextBoolean() ? bytes.length - 5 : bytes[1] << 24);
      }
      Files.write(answer, bytes);
      Worker worker = new ProcessWorker(program.toString(), Map.of("name", "x"), 30);
      try {
        assertThatThrownBy(worker::describe).isInstanceOf(BrokenWorkerException.class);
      } finally {
        worker.kill();
        worker.close();
      }
    }
  }
}
