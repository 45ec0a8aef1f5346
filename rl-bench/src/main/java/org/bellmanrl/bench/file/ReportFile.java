package org.bellmanrl.bench.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.bellmanrl.results.document.AtomicFiles;
import org.bellmanrl.results.document.Document;
import org.bellmanrl.results.document.SealedJson;
import org.bellmanrl.results.document.UserError;
import org.jspecify.annotations.Nullable;

/**
 * Sealed JSON files that say what they are: the first entries are {@code format}, a name, and
 * {@code version}. One without a check sum is read too.
 */
public final class ReportFile {
  private ReportFile() {}

  /**
   * Writes a file, whole or not at all, and the folder that it is in.
   *
   * @param entries maps, lists, texts, truth values and numbers; one that is not finite is written
   *     as {@code null}
   * @throws UserError naming the file, if it can't be written
   */
  public static void write(
      Path file, String format, int version, Map<String, ? extends @Nullable Object> entries) {
    Map<String, @Nullable Object> all = new LinkedHashMap<>();
    all.put("format", format);
    all.put("version", version);
    all.putAll(entries);
    createFolderOf(file);
    SealedJson.write(file, all);
  }

  /**
   * Writes a text, whole or not at all, and the folder that it is in.
   *
   * @throws UserError naming the file, if it can't be written
   */
  public static void writeText(Path file, String text) {
    createFolderOf(file);
    AtomicFiles.write(file, text);
  }

  private static void createFolderOf(Path file) {
    try {
      Path folder = file.toAbsolutePath().getParent();
      if (folder != null) {
        Files.createDirectories(folder);
      }
    } catch (IOException e) {
      throw new UserError("cannot write " + file + ": " + e.getMessage(), e);
    }
  }

  /**
   * Reads a file.
   *
   * @param format what it must be
   * @param version the only version that can be read
   * @throws UserError naming the file, if it can't be read, is damaged, is something else, or has
   *     another version
   */
  public static Document read(Path file, String format, int version) {
    if (Files.isDirectory(file)) {
      throw new UserError(file + " is a folder; name a file");
    }
    Document document = SealedJson.readUnlessDamaged(file, "a report");
    if (!document.has("format") || !document.text("format").equals(format)) {
      throw new UserError(file + " is no " + format + ": its entry 'format' doesn't say so");
    }
    long found = document.whole("version", 1, Integer.MAX_VALUE);
    if (found != version) {
      throw new UserError(
          "%s has version %d, this release reads version %d; use the release that wrote it"
              .formatted(file, found, version));
    }
    return document;
  }
}
