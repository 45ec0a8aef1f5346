package org.bellmanrl.lab.internal.run;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.zip.CRC32C;

/** A YAML file whose last line is a comment with the CRC-32C of everything before it. */
public final class SealedYaml {
  private static final String SEAL = "# crc32c: ";

  private SealedYaml() {}

  /**
   * Writes a file whole.
   *
   * @param text ends with the end of a line
   * @throws UserError naming the file, if it can't be written
   */
  public static void write(Path file, String text) {
    AtomicFiles.write(file, text + SEAL + sum(text) + "\n");
  }

  /**
   * Makes sure that a file is as it was written.
   *
   * @param accept the option with which a command continues with what was changed
   * @throws UserError naming the file, if it was changed, or can't be read
   */
  public static void requireUnchanged(Path file, String accept) {
    String text = TextFile.read(file, "a text of settings");
    int at = text.lastIndexOf(SEAL);
    String body = text.substring(0, Math.max(at, 0));
    if (!text.equals(body + SEAL + sum(body) + "\n")) {
      throw new UserError(
          file
              + " was changed since it was written, or is damaged; put it back, or give "
              + accept
              + " to go on with what it says now");
    }
  }

  private static String sum(String text) {
    CRC32C sum = new CRC32C();
    sum.update(text.getBytes(StandardCharsets.UTF_8));
    return SealedJson.hex(sum);
  }
}
