package org.bellmanrl.lab.internal.checkpoint;

import java.io.BufferedInputStream;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.bellmanrl.api.state.BinaryState;
import org.bellmanrl.api.state.StateException;
import org.bellmanrl.api.state.Stateful;
import org.bellmanrl.lab.internal.run.StoredRun;
import org.bellmanrl.results.document.Document;
import org.bellmanrl.results.document.SealedJson;
import org.bellmanrl.results.document.UserError;
import org.jspecify.annotations.Nullable;

/**
 * The checkpoints of a run: the latest few, in a folder.
 *
 * <p>A checkpoint is a manifest, {@code 000000000007.json}, that lists the chunks which its bytes
 * consist of. Chunks are files named by the SHA-256 of their content, shared by the checkpoints:
 * one costs only what is new since the last. A chunk is written before a manifest names it, and the
 * manifest's renaming makes the checkpoint; whatever happens before that leaves the one before.
 *
 * <p>Chunks are not forced to the disk one by one, which doubled the time of the first checkpoint:
 * a process that is killed loses nothing by that. After a power cut chunks of the newest checkpoint
 * may be missing; that is noticed, and the one before is used.
 *
 * <p>For one thread of one process at a time.
 */
public final class Checkpoints {
  private static final int FORMAT = 1;
  private static final int HASH_DIGITS = 32;
  private static final String MANIFEST = ".json";
  private static final String CHUNK = ".chunk";
  private static final String CHUNK_NAME = "[0-9a-f]{" + HASH_DIGITS + "}";
  private static final Pattern CHUNK_FILE = Pattern.compile(CHUNK_NAME + "\\.chunk");
  private static final Pattern MANIFEST_FILE = Pattern.compile("[0-9]{12}\\.json");
  private static final Pattern TEMPORARY =
      Pattern.compile("\\.(" + CHUNK_NAME + "|[0-9]{12}\\.json\\.[0-9]+)\\.tmp");

  private final Path folder;
  private final int keep;
  private long bytesWritten;

  /**
   * Checkpoints in a folder, which is made when the first is written.
   *
   * @param keep how many of the latest to keep, at least 1
   */
  public Checkpoints(Path folder, int keep) {
    this.folder = folder;
    this.keep = keep;
  }

  /** Bytes of chunks that this object has written. */
  public long bytesWritten() {
    return bytesWritten;
  }

  /**
   * Writes a checkpoint, and then removes what is no longer kept.
   *
   * @param parts what is saved
   * @throws UserError if it can't be written; those before it are as they were
   */
  public void write(Stateful... parts) {
    List<String> chunks = new ArrayList<>();
    long[] length = {0};
    try {
      Files.createDirectories(folder);
      List<Path> before = manifests();
      try (ContentCutter cutter =
          new ContentCutter((bytes, count) -> {
            chunks.add(store(bytes, count));
            length[0] += count;
          })) {
        BinaryState.write(cutter, parts);
      }
      Map<String, @Nullable Object> entries = new LinkedHashMap<>();
      entries.put("length", length[0]);
      entries.put("chunks", chunks);
      SealedJson.write(next(before), FORMAT, entries);
      removeOld();
    } catch (IOException e) {
      throw cannotWrite(e);
    } catch (UncheckedIOException e) {
      throw cannotWrite(e.getCause());
    } catch (StateException e) {
      throw new UserError("cannot write a checkpoint to " + folder + ": " + e.getMessage(), e);
    }
  }

  private UserError cannotWrite(@Nullable IOException e) {
    return new UserError("cannot write a checkpoint to " + folder + ": " + e, e);
  }

  private Path next(List<Path> before) {
    long number = before.isEmpty() ? 1 : Long.parseLong(name(before.getLast(), MANIFEST)) + 1;
    return folder.resolve("%012d".formatted(number) + MANIFEST);
  }

  /** Writes a chunk unless it is there; its name. */
  private String store(byte[] bytes, int length) throws IOException {
    String name = hash(bytes, length);
    Path file = folder.resolve(name + CHUNK);
    if (Files.exists(file) && Files.size(file) == length) {
      return name;
    }
    Path temporary = folder.resolve("." + name + ".tmp");
    try {
      try (FileOutputStream out = new FileOutputStream(temporary.toFile())) {
        out.write(bytes, 0, length);
      }
      Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(temporary);
    }
    bytesWritten += length;
    return name;
  }

  private void removeOld() throws IOException {
    List<Path> all = manifests();
    while (all.size() > keep) {
      Files.deleteIfExists(all.removeFirst());
    }
    Set<String> used = new HashSet<>();
    for (Path manifest : all) {
      used.addAll(chunksOf(manifest));
    }
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
      for (Path file : files) {
        String name = String.valueOf(file.getFileName());
        boolean unused = CHUNK_FILE.matcher(name).matches() && !used.contains(name(file, CHUNK));
        if (unused || TEMPORARY.matcher(name).matches()) {
          Files.deleteIfExists(file);
        }
      }
    }
  }

  /** Removes all checkpoints of a run that has finished. Other files stay. */
  public void remove() {
    try {
      if (!Files.isDirectory(folder)) {
        return;
      }
      boolean foreign = false;
      try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
        for (Path file : files) {
          String name = String.valueOf(file.getFileName());
          boolean own =
              CHUNK_FILE.matcher(name).matches()
                  || TEMPORARY.matcher(name).matches()
                  || MANIFEST_FILE.matcher(name).matches();
          if (own) {
            Files.deleteIfExists(file);
          }
          foreign |= !own;
        }
      }
      if (!foreign) {
        Files.deleteIfExists(folder);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> chunksOf(Path manifest) {
    try {
      return Manifest.read(manifest).chunks;
    } catch (UserError e) {
      // A damaged one can't be restored, with its chunks or without.
      return List.of();
    }
  }

  /** The name of the newest checkpoint, which no other has ever had; empty if there is none. */
  public String newest() {
    List<Path> all = manifests();
    return all.isEmpty() ? "" : name(all.getLast(), MANIFEST);
  }

  /** Whether there is any checkpoint, whole or not. */
  public boolean exist() {
    return !manifests().isEmpty();
  }

  /**
   * Restores the newest checkpoint that is whole.
   *
   * @param parts what was saved, made with the same configuration
   * @param warnings takes a line for each newer one that is damaged
   * @throws UserError if none is whole, or the newest that is does not fit the parts
   */
  public void restore(Consumer<String> warnings, Stateful... parts) {
    restore(warnings, BinaryState::read, parts);
  }

  /**
   * As {@link #restore}, of the first parts alone; those that were saved after them are not read.
   */
  public void restoreFirst(Consumer<String> warnings, Stateful... parts) {
    restore(warnings, BinaryState::readFirst, parts);
  }

  @FunctionalInterface
  private interface Read {
    void from(BinaryState.Source source, long length, Stateful... parts);
  }

  private void restore(Consumer<String> warnings, Read read, Stateful... parts) {
    List<Path> all = manifests();
    Collections.reverse(all);
    for (Path path : all) {
      try {
        Manifest manifest = Manifest.read(path);
        manifest.check(folder);
        read.from(() -> manifest.open(folder), manifest.length, parts);
        return;
      } catch (Damage | UserError e) {
        warnings.accept(e.getMessage() + "; the one before it is used");
      } catch (StateException e) {
        throw new UserError(path + ": " + e.getMessage(), e);
      } catch (UncheckedIOException e) {
        throw new UserError("cannot read " + path + ": " + e.getMessage(), e);
      }
    }
    throw new UserError(
        "there is no whole checkpoint in " + folder + "; train again, or restore it from a copy");
  }

  /** All manifests, the oldest first. */
  private List<Path> manifests() {
    List<Path> found = new ArrayList<>();
    if (Files.isDirectory(folder)) {
      try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*" + MANIFEST)) {
        for (Path file : files) {
          if (MANIFEST_FILE.matcher(String.valueOf(file.getFileName())).matches()) {
            found.add(file);
          }
        }
      } catch (IOException e) {
        throw new UserError("cannot read " + folder + ": " + e, e);
      }
    }
    Collections.sort(found);
    return found;
  }

  private static String name(Path file, String ending) {
    String name = String.valueOf(file.getFileName());
    return name.substring(0, name.length() - ending.length());
  }

  private static String hash(byte[] bytes, int length) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(bytes, 0, length);
      return HexFormat.of().formatHex(digest.digest()).substring(0, HASH_DIGITS);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has SHA-256", e);
    }
  }

  /** A checkpoint that can't be used. */
  private static final class Damage extends RuntimeException {
    private static final long serialVersionUID = 1;

    Damage(String message) {
      super(message);
    }
  }

  /**
   * What a checkpoint consists of.
   *
   * @param path the file that says so
   * @param length how many bytes there are
   * @param chunks names of the chunks, in order
   */
  private record Manifest(Path path, long length, List<String> chunks) {
    static Manifest read(Path path) {
      Document document = StoredRun.sealed(path, FORMAT);
      return new Manifest(
          path, document.whole("length", 1, Long.MAX_VALUE), document.texts("chunks"));
    }

    /** Reads all chunks, to be sure that each is what its name says. */
    void check(Path folder) {
      long found = 0;
      Set<String> checked = new HashSet<>();
      Map<String, Integer> lengths = new LinkedHashMap<>();
      for (String chunk : chunks) {
        if (!chunk.matches(CHUNK_NAME)) {
          throw new Damage(path + " is damaged: it names a chunk '" + chunk + "'");
        }
        if (checked.add(chunk)) {
          lengths.put(chunk, checked(folder.resolve(chunk + CHUNK), chunk));
        }
        found += lengths.getOrDefault(chunk, 0);
      }
      if (found != length) {
        throw new Damage(
            "%s is damaged: its chunks have %d bytes, expected %d".formatted(path, found, length));
      }
    }

    private int checked(Path file, String chunk) {
      try {
        if (Files.size(file) <= ContentCutter.MOST) {
          byte[] bytes = Files.readAllBytes(file);
          if (hash(bytes, bytes.length).equals(chunk)) {
            return bytes.length;
          }
        }
        throw new Damage("the checkpoint " + path + " is damaged: " + file + " is not as written");
      } catch (IOException e) {
        throw new Damage("the checkpoint " + path + " is damaged: cannot read " + file);
      }
    }

    InputStream open(Path folder) {
      Iterator<String> names = chunks.iterator();
      return new BufferedInputStream(new Joined(folder, names), 1 << 16);
    }
  }

  /** Chunks one after the other. */
  private static final class Joined extends InputStream {
    private final Path folder;
    private final Iterator<String> names;
    private InputStream current = InputStream.nullInputStream();

    Joined(Path folder, Iterator<String> names) {
      this.folder = folder;
      this.names = names;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      if (length == 0) {
        return 0;
      }
      int count = current.read(into, offset, length);
      while (count < 0) {
        if (!names.hasNext()) {
          return -1;
        }
        current.close();
        current = new FileInputStream(folder.resolve(names.next() + CHUNK).toFile());
        count = current.read(into, offset, length);
      }
      return count;
    }

    @Override
    public void close() throws IOException {
      current.close();
    }
  }
}
