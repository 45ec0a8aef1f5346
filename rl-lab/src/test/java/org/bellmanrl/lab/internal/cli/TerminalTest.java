package org.bellmanrl.lab.internal.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class TerminalTest {
  private static String error(String message) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    PrintStream stream = new PrintStream(out, true, UTF_8);
    Terminal.plain(stream, stream).error(message);
    return out.toString(UTF_8).stripTrailing();
  }

  @Test
  void error_ofSeveralLines_isOneLine() {
    assertThat(error(" no\n\n  \r\n such  thing \r here\n"))
        .isEqualTo("error: no such  thing here");
  }

  /** A message may quote a damaged file at length, so the time must be linear in its length. */
  @Test
  void error_ofManySpaces_isWrittenAtOnce() {
    String message = "a" + " ".repeat(5_000_000) + "b";
    assertTimeoutPreemptively(
        Duration.ofMinutes(1), () -> assertThat(error(message)).isEqualTo("error: " + message));
  }
}
