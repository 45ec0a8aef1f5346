package org.bellmanrl.lab.internal.run;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/** A JSON file that ends with the CRC-32C of everything before that entry. */
public final class SealedJson {
  private static final String NAME = ",\n  \"crc32c\"";

  /** Other programs write a space before the colon. */
  private static final Pattern SEAL = Pattern.compile(NAME + " ?: \"([0-9a-f]{8})\"\n}\n");

  private SealedJson() {}

  /**
   * Writes a file whole.
   *
   * @throws UserError naming the file, if it can't be written
   */
  public static void write(Path file, int format, Map<String, ? extends @Nullable Object> entries) {
    Map<String, @Nullable Object> all = new LinkedHashMap<>();
    all.put("format", format);
    all.putAll(entries);
    write(file, all);
  }

  /**
   * Writes a file of any format whole.
   *
   * @throws UserError naming the file, if it can't be written
   */
  public static void write(Path file, Map<String, ? extends @Nullable Object> entries) {
    String text = Json.text(entries);
    String body = text.substring(0, text.length() - "\n}".length());
    AtomicFiles.write(file, body + NAME + ": \"" + sum(body) + "\"\n}\n");
  }

  /**
   * Reads a file.
   *
   * @param format the newest format that can be read
   * @throws UserError naming the file, if it can't be read, is damaged, or has a newer format
   */
  public static Document read(Path file, int format) {
    String text = TextFile.read(file, "a file of a run");
    if (!isSealed(text)) {
      throw new UserError(file + " is damaged: its check sum is wrong; " + StoredRun.REMEDY);
    }
    Document document = Document.parse(file.toString(), text);
    checkFormat(file.toString(), document, format);
    return document;
  }

  /**
   * Reads a file of any format. One without a check sum is read too: someone wrote it, or changed
   * it on purpose.
   *
   * @param what the file is to be, for messages
   * @throws UserError naming the file, if it can't be read or is damaged
   */
  public static Document readUnlessDamaged(Path file, String what) {
    String text = TextFile.read(file, what);
    if (text.contains("crc32c") && !isSealed(text)) {
      throw new UserError(
          file
              + " is damaged: its check sum is wrong; restore it from a copy, or delete the entry"
              + " crc32c if you changed the file on purpose");
    }
    Document document = Document.parse(file.toString(), text);
    document.has("crc32c");
    return document;
  }

  private static boolean isSealed(String text) {
    int at = text.lastIndexOf(NAME);
    Matcher seal = SEAL.matcher(text.substring(Math.max(at, 0)));
    return at >= 0 && seal.matches() && seal.group(1).equals(sum(text.substring(0, at)));
  }

  /**
   * Makes sure that a file has a format that this release can read.
   *
   * @throws UserError naming the file, if it has a newer one
   */
  public static void checkFormat(String origin, Document document, int newest) {
    long format = document.whole("format", 1, Integer.MAX_VALUE);
    if (format > newest) {
      throw new UserError(
          "%s has format %d, this release reads up to %d; use the release that wrote it"
              .formatted(origin, format, newest));
    }
  }

  private static String sum(String text) {
    CRC32C sum = new CRC32C();
    sum.update(text.getBytes(StandardCharsets.UTF_8));
    return hex(sum);
  }

  static String hex(CRC32C sum) {
    return HexFormat.of().toHexDigits((int) sum.getValue());
  }
}
