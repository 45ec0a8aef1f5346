package org.bellmanrl.results.document;

import java.nio.file.Path;

/**
 * YAML files whose last line is a comment with the {@link Checksum} of everything before it, so
 * that a change by hand is noticed.
 *
 * <p>Stateless; a file must not be written by two threads at the same time.
 */
public final class SealedYaml {
  private static final String SEAL = "# crc32c: ";

  private SealedYaml() {}

  /**
   * Writes a file, completely or not at all.
   *
   * @param text ends with the end of a line
   * @throws UserError naming the file, if it can't be written
   */
  public static void write(Path file, String text) {
    AtomicFiles.write(file, text + SEAL + Checksum.of(text) + "\n");
  }

  /**
   * Verifies that a file is as it was written.
   *
   * @param accept the option with which a command continues with the changed file
   * @throws UserError naming the file, if it was changed or can't be read
   */
  public static void requireUnchanged(Path file, String accept) {
    String text = TextFile.read(file, "a text of settings");
    int at = text.lastIndexOf(SEAL);
    String body = text.substring(0, Math.max(at, 0));
    if (!text.equals(body + SEAL + Checksum.of(body) + "\n")) {
      throw new UserError(
          file
              + " was changed since it was written, or is damaged; put it back, or give "
              + accept
              + " to go on with what it says now");
    }
  }
}
