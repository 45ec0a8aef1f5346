package org.bellmanrl.bench.file;

import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * JSON files that say what they are and end with a check sum of what stands before it.
 *
 * <p>The first fields are {@code format}, a name, and {@code version}. A file without {@code
 * crc32c} is read too: someone wrote it, or changed it on purpose.
 */
public final class SealedJson {
  private static final long MAX_BYTES = 16 << 20;
  private static final String SUM = ",\n  \"crc32c\" : \"";
  private static final String END = "\"\n}\n";
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(SerializationFeature.INDENT_OUTPUT)
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .build();

  private SealedJson() {}

  /**
   * Writes a file, whole or not at all.
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
    String text = MAPPER.writeValueAsString(finite(all)).replace("\r\n", "\n");
    String body = text.substring(0, text.length() - "\n}".length());
    writeText(file, body + SUM + sum(body) + END);
  }

  /**
   * Writes a text, whole or not at all.
   *
   * @throws UserError naming the file, if it can't be written
   */
  public static void writeText(Path file, String text) {
    Path target = file.toAbsolutePath();
    Path temporary =
        target.resolveSibling(
            "." + file.getFileName() + "." + ProcessHandle.current().pid() + ".tmp");
    try {
      Path folder = target.getParent();
      if (folder != null) {
        Files.createDirectories(folder);
      }
      try (FileOutputStream out = new FileOutputStream(temporary.toFile())) {
        out.write(text.getBytes(StandardCharsets.UTF_8));
        out.getFD().sync();
      }
      Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      try {
        Files.deleteIfExists(temporary);
      } catch (IOException second) {
        e.addSuppressed(second);
      }
      throw new UserError("cannot write " + file + ": " + reason(e), e);
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
  public static Fields read(Path file, String format, int version) {
    String text = text(file);
    int at = text.lastIndexOf("\"crc32c\"");
    int body = text.lastIndexOf(SUM);
    if (at >= 0
        && (body < 0 || !text.substring(body).equals(SUM + sum(text.substring(0, body)) + END))) {
      throw new UserError(
          file
              + " is damaged: its check sum is wrong; restore it from a copy, or delete the field"
              + " crc32c if you changed the file on purpose");
    }
    Fields fields = Fields.of(file.toString(), parsed(file, text));
    if (!fields.has("format") || !fields.text("format").equals(format)) {
      throw new UserError(file + " is no " + format + ": its field 'format' doesn't say so");
    }
    long found = fields.whole("version", 1, Integer.MAX_VALUE);
    if (found != version) {
      throw new UserError(
          "%s has version %d, this release reads version %d; use the release that wrote it"
              .formatted(file, found, version));
    }
    fields.has("crc32c");
    return fields;
  }

  /** One JSON value from a text of this process, for example what a command printed. */
  public static Fields parse(String origin, String text) {
    return Fields.of(origin, parsed(Path.of(origin), text));
  }

  private static JsonNode parsed(Path file, String text) {
    try {
      return MAPPER.readTree(text);
    } catch (JacksonException e) {
      String message = String.valueOf(e.getOriginalMessage()).lines().findFirst().orElse("");
      throw new UserError(file + " is damaged: not JSON: " + message, e);
    }
  }

  private static String text(Path file) {
    try {
      if (Files.isDirectory(file)) {
        throw new UserError(file + " is a folder; name a file");
      }
      if (Files.size(file) > MAX_BYTES) {
        throw new UserError(
            "%s is damaged: more than the %d bytes that such a file may have"
                .formatted(file, MAX_BYTES));
      }
      return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UserError("cannot read " + file + ": " + reason(e), e);
    }
  }

  private static String reason(IOException e) {
    return e instanceof NoSuchFileException
        ? "no such file"
        : String.valueOf(e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage());
  }

  private static @Nullable Object finite(@Nullable Object value) {
    return switch (value) {
      case Double number when !Double.isFinite(number) -> null;
      case Map<?, ?> map -> {
        Map<Object, @Nullable Object> copy = new LinkedHashMap<>();
        map.forEach((key, entry) -> copy.put(key, finite(entry)));
        yield copy;
      }
      case List<?> list -> {
        List<@Nullable Object> copy = new ArrayList<>();
        list.forEach(entry -> copy.add(finite(entry)));
        yield copy;
      }
      case null, default -> value;
    };
  }

  private static String sum(String text) {
    CRC32C sum = new CRC32C();
    sum.update(text.getBytes(StandardCharsets.UTF_8));
    String digits = Long.toHexString(sum.getValue());
    return "0".repeat(8 - digits.length()) + digits;
  }
}
