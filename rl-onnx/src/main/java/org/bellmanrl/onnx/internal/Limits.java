package org.bellmanrl.onnx.internal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * What one step of a model may take.
 *
 * @param time how long it may compute
 * @param bytes how much memory the process may grow by meanwhile; seen on Linux only
 */
record Limits(Duration time, long bytes) {
  /** More than any policy needs: half a minute, and 2 GiB. */
  static final Limits DEFAULT = new Limits(Duration.ofSeconds(30), 2L << 30);

  private static final Path MEMORY = Path.of("/proc/self/statm");
  private static final long PAGE = 4096;

  /** Returns how many bytes the process has in memory; 0 where that is not known. */
  static long resident() {
    try {
      return Files.exists(MEMORY)
          ? PAGE * Long.parseLong(Files.readString(MEMORY).split(" ", 3)[1])
          : 0;
    } catch (IOException e) {
      return 0;
    }
  }

  /**
   * Says what a step has exceeded.
   *
   * @param begun when it began, by {@link System#nanoTime}
   * @param before what was {@linkplain #resident resident} at that time
   * @return what is wrong with the model, for messages; empty if nothing is
   */
  String excess(long begun, long before) {
    if (System.nanoTime() - begun > time.toNanos()) {
      return "one step of the model takes more than %.1f s".formatted(time.toMillis() / 1e3);
    }
    return resident() - before > bytes
        ? "one step of the model takes more than %d MB of memory".formatted(bytes >> 20)
        : "";
  }
}
