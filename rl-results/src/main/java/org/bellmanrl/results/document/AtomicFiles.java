package org.bellmanrl.results.document;

import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Writes files completely or not at all. A process that is killed while it writes leaves a
 * temporary file behind, which the next write of the same file removes.
 *
 * <p>Stateless; a file must not be written by two threads at the same time.
 */
public final class AtomicFiles {
  private static final Pattern TEMPORARY =
      Pattern.compile("\\.(.+)\\.(\\d{1,18})(-[0-9a-f]+)?\\.tmp");

  private AtomicFiles() {}

  /**
   * Writes a text in UTF-8: beside its target first, which it replaces once it is on the disk.
   *
   * @throws UserError naming the file, if it can't be written; nothing is left behind
   */
  public static void write(Path file, String text) {
    write(file, text.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Writes bytes, like {@link #write(Path, String)}.
   *
   * @throws UserError naming the file, if it can't be written; nothing is left behind
   */
  public static void write(Path file, byte[] content) {
    Path temporary =
        file.resolveSibling(
            "." + file.getFileName() + "." + ProcessHandle.current().pid() + ".tmp");
    try {
      removeStale(file);
      try (FileOutputStream out = new FileOutputStream(temporary.toFile())) {
        out.write(content);
        out.getFD().sync();
      }
      Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      try {
        Files.deleteIfExists(temporary);
      } catch (IOException second) {
        e.addSuppressed(second);
      }
      throw new UserError("cannot write " + file + ": " + reason(e), e);
    }
  }

  /** Removes temporary files of processes that were killed while they wrote a file. */
  private static void removeStale(Path file) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    if (folder == null || !Files.isDirectory(folder)) {
      return;
    }
    String name = String.valueOf(file.getFileName());
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, ".*.tmp")) {
      for (Path found : files) {
        Matcher parts = TEMPORARY.matcher(String.valueOf(found.getFileName()));
        if (parts.matches()
            && parts.group(1).equals(name)
            && !ProcessHandle.of(Long.parseLong(parts.group(2))).isPresent()) {
          Files.deleteIfExists(found);
        }
      }
    }
  }

  /**
   * Returns the name of the file that a temporary file was to become, by its own name; empty for
   * other files.
   */
  public static String target(Path file) {
    Matcher parts = TEMPORARY.matcher(String.valueOf(file.getFileName()));
    return parts.matches() ? parts.group(1) : "";
  }

  /**
   * Says what went wrong with a file, for the end of a message. The messages of some exceptions,
   * such as those of missing files, consist of the name of the file.
   */
  public static String reason(IOException e) {
    return switch (e) {
      case java.nio.file.NoSuchFileException missing -> "no such file or folder";
      case java.nio.file.AccessDeniedException denied -> "permission denied";
      case java.nio.file.FileAlreadyExistsException exists -> "it exists already";
      case java.nio.file.NotDirectoryException file -> "it is not a folder";
      default -> {
        String message = e.getMessage();
        yield message == null ? e.getClass().getSimpleName() : message;
      }
    };
  }
}
