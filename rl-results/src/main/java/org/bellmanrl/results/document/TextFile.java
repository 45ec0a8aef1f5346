package org.bellmanrl.results.document;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import org.bellmanrl.policy.FileKind;

/**
 * Reads text files, and says what a file is that is not a text: a web page, an archive, a model or
 * another binary file.
 *
 * <p>Stateless.
 */
public final class TextFile {
  private static final long MOST_BYTES = 64 << 20;

  private TextFile() {}

  /**
   * Reads all of a file in UTF-8, without a byte order mark.
   *
   * @param what the file is to be, for messages: "a text of settings"
   * @throws UserError naming the file, if it can't be read, has more than 64 MiB or is something
   *     else
   */
  public static String read(Path file, String what) {
    try {
      if (Files.size(file) > MOST_BYTES) {
        throw new UserError(
            "%s is too large for %s: more than %d bytes".formatted(file, what, MOST_BYTES));
      }
      String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
      if (text.startsWith("\ufeff")) {
        return text.substring(1);
      }
      Optional<String> kind = FileKind.of(file);
      if (kind.isPresent() || text.indexOf('\0') >= 0) {
        throw new UserError(
            "%s is not %s but %s".formatted(file, what, kind.orElse("a binary file")));
      }
      return text;
    } catch (NoSuchFileException e) {
      throw new UserError("there is no file " + file, e);
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  /** Returns the error of a file or folder that can't be read. */
  public static UserError unreadable(Path file, IOException e) {
    return new UserError("cannot read " + file + ": " + AtomicFiles.reason(e), e);
  }
}
