package org.bellmanrl.lab.internal.run;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32C;
import org.bellmanrl.policy.FileKind;
import org.jspecify.annotations.Nullable;

/** A JSON file that ends with the CRC-32C of everything before that entry. */
public final class SealedJson {
  private static final long MAX_BYTES = 64 << 20;
  private static final String SUM = ",\n  \"crc32c\": \"";
  private static final String END = "\"\n}\n";

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
    String text = Json.text(all);
    String body = text.substring(0, text.length() - "\n}".length());
    AtomicFiles.write(file, body + SUM + sum(body) + END);
  }

  /**
   * Reads a file.
   *
   * @param format the newest format that can be read
   * @throws UserError naming the file, if it can't be read, is damaged, or has a newer format
   */
  public static Document read(Path file, int format) {
    String text = text(file);
    int at = text.lastIndexOf(SUM);
    if (at < 0 || !text.substring(at).equals(SUM + sum(text.substring(0, at)) + END)) {
      throw new UserError(file + " is damaged: its check sum is wrong; " + RunFolder.REMEDY);
    }
    Document document = Document.parse(file.toString(), text);
    checkFormat(file.toString(), document, format);
    return document;
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

  /**
   * All of a text file that belongs to a run.
   *
   * @throws UserError naming the file, if it can't be read
   */
  public static String text(Path file) {
    try {
      if (Files.size(file) > MAX_BYTES) {
        throw new UserError(file + " is too large to be a run's; " + RunFolder.REMEDY);
      }
      String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
      if (text.startsWith("\ufeff")) {
        return text.substring(1);
      }
      Optional<String> kind = FileKind.of(file);
      if (kind.isPresent() || text.indexOf('\0') >= 0) {
        throw new UserError(
            file + " is not a text of settings but " + kind.orElse("a binary file"));
      }
      return text;
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  static UserError unreadable(Path file, IOException e) {
    return new UserError("cannot read " + file + ": " + AtomicFiles.reason(e), e);
  }

  private static String sum(String text) {
    CRC32C sum = new CRC32C();
    sum.update(text.getBytes(StandardCharsets.UTF_8));
    return hex(sum);
  }

  static String hex(CRC32C sum) {
    String digits = Long.toHexString(sum.getValue());
    return "0".repeat(8 - digits.length()) + digits;
  }
}
