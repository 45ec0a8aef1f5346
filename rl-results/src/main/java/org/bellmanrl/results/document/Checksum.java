package org.bellmanrl.results.document;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.zip.CRC32C;

/**
 * The CRC-32C of a text or a file, as eight hexadecimal digits. It reveals damage, not forgery.
 *
 * <p>Stateless.
 */
public final class Checksum {
  private static final int CHUNK = 1 << 16;

  private Checksum() {}

  /** Returns the checksum of a text in UTF-8. */
  public static String of(String text) {
    CRC32C sum = new CRC32C();
    sum.update(text.getBytes(StandardCharsets.UTF_8));
    return hex(sum);
  }

  /**
   * Returns the checksum of a file.
   *
   * @throws UserError naming the file, if it can't be read
   */
  public static String of(Path file) {
    CRC32C sum = new CRC32C();
    byte[] chunk = new byte[CHUNK];
    try (InputStream in = Files.newInputStream(file)) {
      for (int n = in.read(chunk); n >= 0; n = in.read(chunk)) {
        sum.update(chunk, 0, n);
      }
    } catch (IOException e) {
      throw TextFile.unreadable(file, e);
    }
    return hex(sum);
  }

  private static String hex(CRC32C sum) {
    return HexFormat.of().toHexDigits((int) sum.getValue());
  }
}
