package org.bellmanrl.results.document;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * JSON files whose last entry, {@code crc32c}, is the {@link Checksum} of everything before it, so
 * that damage is noticed.
 *
 * <p>Stateless; a file must not be written by two threads at the same time.
 */
public final class SealedJson {
  private static final String NAME = ",\n  \"crc32c\"";

  /** Other programs write a space before the colon. */
  private static final Pattern SEAL = Pattern.compile(NAME + " ?: \"([0-9a-f]{8})\"\n}\n");

  private SealedJson() {}

  /**
   * Writes a file whose first entry, {@code format}, is the version of its format; completely or
   * not at all.
   *
   * @param entries as {@link Json} writes them
   * @throws UserError naming the file, if it can't be written
   */
  public static void write(Path file, int format, Map<String, ? extends @Nullable Object> entries) {
    Map<String, @Nullable Object> all = new LinkedHashMap<>();
    all.put("format", format);
    all.putAll(entries);
    write(file, all);
  }

  /**
   * Writes a file, completely or not at all.
   *
   * @param entries as {@link Json} writes them
   * @throws UserError naming the file, if it can't be written
   */
  public static void write(Path file, Map<String, ? extends @Nullable Object> entries) {
    String text = Json.text(entries);
    String body = text.substring(0, text.length() - "\n}".length());
    AtomicFiles.write(file, body + NAME + ": \"" + Checksum.of(body) + "\"\n}\n");
  }

  /**
   * Reads a file that must have its checksum.
   *
   * @param what the file is to be, for messages: "a file of a run"
   * @param format the newest format that can be read
   * @param remedy what to do about a damaged file, for messages: "restore it from a copy"
   * @throws UserError naming the file, if it can't be read, is damaged, or has a newer format
   */
  public static Document read(Path file, String what, int format, String remedy) {
    String text = TextFile.read(file, what);
    if (!isSealed(text)) {
      throw new UserError(file + " is damaged: its check sum is wrong; " + remedy);
    }
    Document document = Document.parse(file.toString(), text);
    checkFormat(file.toString(), document, format);
    return document;
  }

  /**
   * Reads a file of any format. A file without a checksum is read too, because it was written or
   * changed by hand.
   *
   * @param what the file is to be, for messages: "a report"
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
    return at >= 0 && seal.matches() && seal.group(1).equals(Checksum.of(text.substring(0, at)));
  }

  /**
   * Verifies that the entry {@code format} names a format that this release can read.
   *
   * @param origin what messages call the file
   * @param newest the newest format that can be read
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
}
