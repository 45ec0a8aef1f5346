package org.bellmanrl.bench.origin;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/** Which sources are at work. */
public final class Commit {
  /** System property that names the folder of the sources; the launcher sets it. */
  public static final String ROOT = "bellman.root";

  private static final String UNKNOWN = "unknown";

  private Commit() {}

  /**
   * The commit that is checked out, with {@code +changes} if a tracked file differs from it.
   *
   * @return {@code unknown} outside of a clone, or without git
   */
  public static String here() {
    String root = Objects.requireNonNullElse(System.getProperty(ROOT), ".");
    String head = said(List.of("git", "-C", root, "rev-parse", "--short=12", "HEAD"));
    if (head.isEmpty()) {
      return UNKNOWN;
    }
    List<String> status =
        List.of("git", "-C", root, "status", "--porcelain", "--untracked-files=no");
    return said(status).isEmpty() ? head : head + "+changes";
  }

  /** What a command prints; nothing if it fails or isn't there. */
  private static String said(List<String> command) {
    try {
      Process process =
          new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
      try (InputStream in = process.getInputStream()) {
        String text = new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
        return process.waitFor() == 0 ? text : "";
      }
    } catch (IOException e) {
      return "";
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "";
    }
  }
}
