package org.bellmanrl.lab.internal.cluster;

import com.google.common.hash.Hashing;
import com.google.common.hash.HashingOutputStream;
import com.google.common.io.MoreFiles;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.bellmanrl.lab.internal.assembly.PluginFiles;

/**
 * Jars from elsewhere in a folder, each under its SHA-256. Those that have not been used for
 * longest make room for others. Processes may share the folder. Safe for use by several threads.
 */
final class FileCache {
  /** Most bytes of a file. */
  static final long MOST_FILE_BYTES = 256L << 20;

  /** Most bytes of all files. */
  static final long MOST_BYTES = 1L << 30;

  private static final String JAR = ".jar";
  private static final String PART = ".part";
  private static final Duration ABANDONED = Duration.ofHours(1);

  private final Path folder;
  private final long mostFileBytes;
  private final long mostBytes;

  /** Where a file comes from. */
  interface Source {
    /** Returns bytes from an offset on, at least one. */
    byte[] read(long offset) throws IOException;
  }

  /** A cache with the usual bounds; the folder is made when it is needed. */
  FileCache(Path folder) {
    this(folder, MOST_FILE_BYTES, MOST_BYTES);
  }

  FileCache(Path folder, long mostFileBytes, long mostBytes) {
    this.folder = folder;
    this.mostFileBytes = mostFileBytes;
    this.mostBytes = mostBytes;
  }

  /**
   * A file that has the check sum.
   *
   * @param source is read if it is not here
   * @throws IOException if it is too large, the source has other bytes, or the folder can't be used
   */
  Path get(PluginFiles.Sum sum, Source source) throws IOException {
    if (sum.bytes() > Math.min(mostFileBytes, mostBytes)) {
      throw new IOException(
          "it has %d bytes, and at most %d are taken"
              .formatted(sum.bytes(), Math.min(mostFileBytes, mostBytes)));
    }
    makeFolder();
    Path file = folder.resolve(sum.sha256() + JAR);
    if (Files.isRegularFile(file) && sha256(file).equals(sum.sha256())) {
      Files.setLastModifiedTime(file, FileTime.from(Instant.now()));
      return file;
    }
    Files.deleteIfExists(file);
    makeRoom(sum.bytes());
    Path part = Files.createTempFile(folder, "", PART);
    try {
      String got = copy(source, sum.bytes(), part);
      if (!got.equals(sum.sha256())) {
        throw new IOException(
            "its SHA-256 is %s and not %s: it has been changed".formatted(got, sum.sha256()));
      }
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(part);
    }
    return file;
  }

  /** Copies; the check sum of what came. */
  private static String copy(Source source, long length, Path file) throws IOException {
    try (OutputStream to = Files.newOutputStream(file);
        HashingOutputStream out = new HashingOutputStream(Hashing.sha256(), to)) {
      for (long at = 0; at < length; ) {
        byte[] bytes = source.read(at);
        if (bytes.length == 0 || bytes.length > length - at) {
          throw new IOException("it has not the %d bytes that were announced".formatted(length));
        }
        out.write(bytes);
        at += bytes.length;
      }
      return out.hash().toString();
    }
  }

  private static String sha256(Path file) throws IOException {
    return MoreFiles.asByteSource(file).hash(Hashing.sha256()).toString();
  }

  /** What is in the folder is run: nobody else may write there. */
  private void makeFolder() throws IOException {
    boolean posix = folder.getFileSystem().supportedFileAttributeViews().contains("posix");
    if (!Files.isDirectory(folder)) {
      if (posix) {
        Set<PosixFilePermission> own = PosixFilePermissions.fromString("rwx------");
        Files.createDirectories(folder, PosixFilePermissions.asFileAttribute(own));
      } else {
        Files.createDirectories(folder);
      }
    }
    if (posix) {
      Set<PosixFilePermission> granted =
          Files.getFileAttributeView(folder, PosixFileAttributeView.class)
              .readAttributes()
              .permissions();
      if (granted.contains(PosixFilePermission.GROUP_WRITE)
          || granted.contains(PosixFilePermission.OTHERS_WRITE)) {
        throw new IOException("others may write to " + folder + ", and what is there is run");
      }
    }
  }

  private record Held(Path file, long bytes, FileTime used) {}

  private synchronized void makeRoom(long bytes) throws IOException {
    List<Held> held = new ArrayList<>();
    try (DirectoryStream<Path> files =
        Files.newDirectoryStream(folder, "*{" + JAR + "," + PART + "}")) {
      for (Path file : files) {
        held.add(new Held(file, Files.size(file), Files.getLastModifiedTime(file)));
      }
    }
    held.sort(Comparator.comparing(Held::used));
    long left = held.stream().mapToLong(Held::bytes).sum();
    FileTime abandoned = FileTime.from(Instant.now().minus(ABANDONED));
    for (Held each : held) {
      boolean part = each.file.toString().endsWith(PART);
      if (part ? each.used.compareTo(abandoned) < 0 : left + bytes > mostBytes) {
        Files.deleteIfExists(each.file);
        left -= each.bytes;
      }
    }
  }
}
