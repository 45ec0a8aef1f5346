package org.bellmanrl.api.state;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Objects;
import java.util.zip.CRC32C;

/**
 * Turns {@link Stateful} objects into bytes and files, and restores them.
 *
 * <p>The format, all little-endian: eight magic bytes, the format's version (int), the values, and
 * the CRC-32C of everything before it (int). A value is a byte for its kind, its name (unsigned
 * short length, UTF-8) and its content; arrays and strings have their length (int) first; a section
 * is its type, its version (int), its values and an end byte.
 *
 * <p>Restoring first checks the sum over the whole input, so a damaged or foreign file is refused
 * with a {@link StateException} before any object is touched, and no length in it can make this
 * class allocate more than the input holds. Failures of the file system itself (no such file, disk
 * full) are {@link UncheckedIOException}s that name the file.
 *
 * <p>All methods are thread-safe as far as the objects given to them are. Input and output do not
 * react to a thread's interruption, so an interrupted run can still save.
 */
public final class BinaryState {
  private static final int CHUNK = 1 << 16;

  private BinaryState() {}

  /**
   * Saves some objects as bytes.
   *
   * @param parts what to save, in this order; at most 2 GiB in all
   */
  public static byte[] toBytes(Stateful... parts) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    write(bytes, parts);
    return bytes.toByteArray();
  }

  /**
   * Restores objects from the bytes of {@link #toBytes}.
   *
   * @param parts as many objects as were saved, in the same order, made with the same configuration
   * @throws StateException if the bytes are damaged or do not fit the objects
   */
  public static void fromBytes(byte[] bytes, Stateful... parts) {
    read(() -> new ByteArrayInputStream(bytes), bytes.length, parts);
  }

  /**
   * Saves some objects to a file in such a way that the file holds, at any moment and after a crash
   * too, either its former content or the new one whole: the bytes go to a temporary file in the
   * same folder, which is forced to the disk and then renamed.
   *
   * @param file the file to make or to replace, on the default file system; its folder must exist
   * @param parts what to save, in this order
   * @throws UncheckedIOException if the file cannot be written; what was there before is intact
   */
  public static void writeAtomically(Path file, Stateful... parts) {
    Path target = file.toAbsolutePath();
    Path folder = Objects.requireNonNull(target.getParent(), "a file system's root is not a file");
    // Not Files.createTempFile, whose files only their owner may read.
    Path temporary =
        folder.resolve(
            "."
                + target.getFileName()
                + "."
                + ProcessHandle.current().pid()
                + "-"
                + Long.toHexString(System.nanoTime())
                + ".tmp");
    try {
      try {
        // Streams, not channels: an interrupted thread's channel closes itself.
        try (FileOutputStream out = new FileOutputStream(temporary.toFile())) {
          save(new BinaryWriter(out), parts);
          out.getFD().sync();
        }
        Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
      } finally {
        Files.deleteIfExists(temporary);
      }
    } catch (UncheckedIOException e) {
      throw cannot("write", target, Objects.requireNonNull(e.getCause()));
    } catch (IOException e) {
      throw cannot("write", target, e);
    }
    forceFolder(folder);
  }

  /**
   * Restores objects from a file of {@link #writeAtomically}.
   *
   * @param file the file to read, on the default file system
   * @param parts as many objects as were saved, in the same order, made with the same configuration
   * @throws StateException if the file is damaged or does not fit the objects; the message names
   *     the file
   * @throws UncheckedIOException if the file cannot be read
   */
  public static void read(Path file, Stateful... parts) {
    try (InputStream in = new FileInputStream(file.toFile());
        InputStream again = new FileInputStream(file.toFile())) {
      restore(in, again, Files.size(file), true, parts);
    } catch (StateException e) {
      throw new StateException(file + ": " + e.getMessage(), e);
    } catch (UncheckedIOException e) {
      throw cannot("read", file, Objects.requireNonNull(e.getCause()));
    } catch (IOException e) {
      throw cannot("read", file, e);
    }
  }

  /**
   * Saves some objects to a stream, which stays open.
   *
   * @param parts what to save, in this order
   * @throws UncheckedIOException if the stream fails
   */
  public static void write(OutputStream out, Stateful... parts) {
    save(new BinaryWriter(out), parts);
  }

  /** Bytes that can be read more than once. */
  @FunctionalInterface
  public interface Source {

    /** Begins to read them from the first one; the caller closes the stream. */
    InputStream open() throws IOException;
  }

  /**
   * Restores objects from the bytes of {@link #write}.
   *
   * @param source gives the same bytes twice: they are checked before they are used
   * @param length how many there are
   * @param parts as many objects as were saved, in the same order, made with the same configuration
   * @throws StateException if the bytes are damaged or do not fit the objects
   * @throws UncheckedIOException if they can't be read
   */
  public static void read(Source source, long length, Stateful... parts) {
    read(source, length, true, parts);
  }

  /**
   * As {@link #read(Source, long, Stateful...)}, of the first objects alone: those that were saved
   * after them are checked for damage, but not read.
   *
   * @param parts at most as many objects as were saved, in the same order
   */
  public static void readFirst(Source source, long length, Stateful... parts) {
    read(source, length, false, parts);
  }

  private static void read(Source source, long length, boolean all, Stateful... parts) {
    try (InputStream in = source.open();
        InputStream again = source.open()) {
      restore(in, again, length, all, parts);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void save(BinaryWriter writer, Stateful... parts) {
    writer.carry("parts", parts.length);
    for (int i = 0; i < parts.length; i++) {
      writer.carry(partName(i), parts[i]);
    }
    writer.finish();
  }

  private static void restore(
      InputStream in, InputStream again, long length, boolean all, Stateful... parts)
      throws IOException {
    check(in, length);
    again.skipNBytes(BinaryFormat.HEADER_BYTES);
    BinaryReader reader =
        new BinaryReader(again, length - BinaryFormat.HEADER_BYTES - BinaryFormat.TRAILER_BYTES);
    int count = reader.carry("parts", parts.length);
    if (count < parts.length || (all && count > parts.length)) {
      throw new StateException("holds " + count + " parts, expected " + parts.length);
    }
    for (int i = 0; i < parts.length; i++) {
      restore(reader, i, parts[i]);
    }
    if (all) {
      reader.finish();
    }
  }

  private static void restore(BinaryReader reader, int i, Stateful part) {
    try {
      reader.carry(partName(i), part);
    } catch (StateException | UncheckedIOException e) {
      throw e;
    } catch (RuntimeException e) {
      throw new StateException(
          "part " + i + " does not fit " + part.getClass().getSimpleName() + ": " + e, e);
    }
  }

  private static String partName(int i) {
    return "part-" + i;
  }

  /** Checks magic, version and sum. */
  private static void check(InputStream in, long length) throws IOException {
    if (length < BinaryFormat.HEADER_BYTES + BinaryFormat.TRAILER_BYTES) {
      throw new StateException(
          "too short for saved state: "
              + length
              + " bytes, expected at least "
              + (BinaryFormat.HEADER_BYTES + BinaryFormat.TRAILER_BYTES));
    }
    byte[] chunk = new byte[(int) Math.min(CHUNK, length)];
    CRC32C sum = new CRC32C();
    readFully(in, chunk, BinaryFormat.HEADER_BYTES);
    byte[] magic = BinaryFormat.magic();
    if (!Arrays.equals(chunk, 0, magic.length, magic, 0, magic.length)) {
      throw new StateException("not saved state: the first bytes are not those of the format");
    }
    int version = littleEndianInt(chunk, magic.length);
    if (version != BinaryFormat.VERSION) {
      throw new StateException(
          "has format version "
              + version
              + ", expected "
              + BinaryFormat.VERSION
              + (version < BinaryFormat.VERSION
                  ? ": it was saved by an older release, which this one can't read; train again"
                  : ": it is damaged or was saved by a newer release"));
    }
    sum.update(chunk, 0, BinaryFormat.HEADER_BYTES);
    long left = length - BinaryFormat.HEADER_BYTES - BinaryFormat.TRAILER_BYTES;
    while (left > 0) {
      int n = (int) Math.min(left, chunk.length);
      readFully(in, chunk, n);
      sum.update(chunk, 0, n);
      left -= n;
    }
    readFully(in, chunk, BinaryFormat.TRAILER_BYTES);
    int stored = littleEndianInt(chunk, 0);
    if (stored != (int) sum.getValue()) {
      throw new StateException(
          "checksum is %08x, expected %08x: the data is damaged or incomplete"
              .formatted((int) sum.getValue(), stored));
    }
  }

  private static void readFully(InputStream in, byte[] into, int length) throws IOException {
    if (in.readNBytes(into, 0, length) < length) {
      throw new EOFException("the file became shorter while it was read");
    }
  }

  private static int littleEndianInt(byte[] bytes, int at) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getInt(at);
  }

  private static UncheckedIOException cannot(String what, Path file, IOException cause) {
    return new UncheckedIOException(
        "cannot " + what + " " + file + ": " + cause.getMessage(), cause);
  }

  /** Makes the renaming durable, where the system has folders that can be forced (not Windows). */
  private static void forceFolder(Path folder) {
    boolean interrupted = Thread.interrupted();
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    } catch (IOException e) {
      // Windows opens no folders. The file is whole and in place; only after a power cut might its
      // former content be back.
      return;
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
