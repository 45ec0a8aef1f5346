package org.bellmanrl.lab.internal.cluster;

import com.google.common.io.MoreFiles;
import com.google.common.io.RecursiveDeleteOption;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.stream.Stream;
import org.bellmanrl.lab.internal.run.FolderLock;

/** The files of a run folder as bytes: their names, times and contents. */
final class FolderBytes {
  private FolderBytes() {}

  /** Writes all regular files in a folder but its lock; none if there is no folder. */
  static void write(DataOutputStream out, Path folder) throws IOException {
    List<Path> files = List.of();
    if (Files.isDirectory(folder)) {
      try (Stream<Path> found = Files.walk(folder)) {
        files =
            found
                .filter(file -> Files.isRegularFile(file) && !file.endsWith(FolderLock.NAME))
                .sorted()
                .toList();
      }
    }
    out.writeInt(files.size());
    for (Path file : files) {
      out.writeUTF(folder.relativize(file).toString().replace('\\', '/'));
      out.writeLong(Files.getLastModifiedTime(file).toMillis());
      Bytes.write(out, Files.readAllBytes(file));
    }
  }

  /**
   * Makes a folder what {@link #write} saw: it is replaced in one step, if there was anything.
   *
   * @throws IOException if a file would lie outside, or can't be written
   */
  static void read(DataInputStream in, Path folder) throws IOException {
    int count = in.readInt();
    if (count == 0) {
      return;
    }
    Path fresh = folder.resolveSibling("." + folder.getFileName() + ".fresh");
    delete(fresh);
    Files.createDirectories(fresh);
    for (int i = 0; i < count; i++) {
      String name = in.readUTF();
      Path file = fresh.resolve(name).normalize();
      if (!file.startsWith(fresh) || file.equals(fresh)) {
        throw new IOException("a file '" + name + "' would lie outside of " + folder);
      }
      FileTime time = FileTime.fromMillis(in.readLong());
      Files.createDirectories(file.resolveSibling("."));
      Files.write(file, Bytes.read(in));
      Files.setLastModifiedTime(file, time);
    }
    delete(folder);
    Files.move(fresh, folder, StandardCopyOption.ATOMIC_MOVE);
  }

  /** Removes a folder and all that is in it, if it is there. */
  static void delete(Path folder) throws IOException {
    if (Files.exists(folder)) {
      MoreFiles.deleteRecursively(folder, RecursiveDeleteOption.ALLOW_INSECURE);
    }
  }
}
