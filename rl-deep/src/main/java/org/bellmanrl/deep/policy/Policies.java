package org.bellmanrl.deep.policy;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.Objects;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.bellmanrl.api.state.BinaryState;
import org.bellmanrl.api.state.StateException;

/**
 * Reads and writes learned policies as files that need nothing else: {@code policy.zip}.
 *
 * <p>Such a file holds two entries. {@value #CARD} is the model card, for people; it may be edited.
 * {@value #NUMBERS} is what {@link BinaryState} writes: versioned and checksummed, without Java
 * serialization. It is stored as it is, not compressed, so that what is read is never larger than
 * the file, and no length in it is believed before there are as many bytes.
 *
 * <p>All methods are thread-safe.
 */
public final class Policies {
  private static final String CARD = "README.md";
  private static final String NUMBERS = "policy.state";
  private static final int MOST_CARD_BYTES = 1 << 20;

  /** The least time that a zip can tell: files of the same policy have the same bytes. */
  private static final LocalDateTime LEAST_TIME = LocalDateTime.of(1980, 1, 1, 0, 0);

  private Policies() {}

  /**
   * Reads a policy.
   *
   * @param file as {@link #toBytes} or {@code rl export} writes it
   * @throws StateException if the file is damaged, no policy, or of a newer release; the message
   *     names the file
   * @throws UncheckedIOException if the file can't be read
   */
  public static ShippedPolicy load(Path file) {
    if (!Files.isReadable(file) || !Files.isRegularFile(file)) {
      throw new UncheckedIOException(
          new IOException("cannot read " + file + ": there is no such file, or it is not for us"));
    }
    try (ZipFile zip = new ZipFile(file.toFile(), StandardCharsets.UTF_8)) {
      PolicyState state = PolicyState.empty(card(zip));
      ZipEntry numbers = entry(zip, NUMBERS);
      if (numbers.getMethod() != ZipEntry.STORED || numbers.getSize() > Files.size(file)) {
        throw new StateException(NUMBERS + " must be stored as it is, not compressed");
      }
      BinaryState.read(() -> zip.getInputStream(numbers), numbers.getSize(), state);
      return state.policy();
    } catch (StateException e) {
      throw new StateException(file + ": " + e.getMessage(), e);
    } catch (IllegalArgumentException e) {
      throw damaged(file, e);
    } catch (UncheckedIOException e) {
      throw failed(file, Objects.requireNonNull(e.getCause()));
    } catch (IOException e) {
      throw failed(file, e);
    }
  }

  private static RuntimeException failed(Path file, IOException e) {
    return e instanceof ZipException || e instanceof EOFException
        ? damaged(file, e)
        : new UncheckedIOException("cannot read " + file + ": " + e.getMessage(), e);
  }

  private static StateException damaged(Path file, Exception cause) {
    return new StateException(file + ": not a policy, or damaged: " + cause.getMessage(), cause);
  }

  private static ZipEntry entry(ZipFile zip, String name) {
    ZipEntry entry = zip.getEntry(name);
    if (entry == null) {
      throw new StateException("not a policy: it holds no " + name);
    }
    return entry;
  }

  private static String card(ZipFile zip) throws IOException {
    ZipEntry entry = entry(zip, CARD);
    byte[] bytes;
    try (InputStream in = zip.getInputStream(entry)) {
      bytes = in.readNBytes(MOST_CARD_BYTES + 1);
    }
    if (bytes.length > MOST_CARD_BYTES) {
      throw new StateException(
          "%s must have at most %d bytes, had more".formatted(CARD, MOST_CARD_BYTES));
    }
    if (sum(bytes) != entry.getCrc()) {
      throw new StateException(CARD + " is damaged: its checksum differs");
    }
    return new String(bytes, StandardCharsets.UTF_8);
  }

  /** Writes a policy: the content of a file. The same policy gives the same bytes. */
  public static byte[] toBytes(ShippedPolicy policy) {
    byte[] card = policy.card().getBytes(StandardCharsets.UTF_8);
    if (card.length > MOST_CARD_BYTES) {
      throw new IllegalArgumentException(
          "a card must have at most %d bytes, had %d".formatted(MOST_CARD_BYTES, card.length));
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes, StandardCharsets.UTF_8)) {
      store(zip, CARD, card);
      store(zip, NUMBERS, BinaryState.toBytes(PolicyState.of(policy)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static void store(ZipOutputStream zip, String name, byte[] content) throws IOException {
    ZipEntry entry = new ZipEntry(name);
    entry.setMethod(ZipEntry.STORED);
    entry.setSize(content.length);
    entry.setCrc(sum(content));
    entry.setTimeLocal(LEAST_TIME);
    zip.putNextEntry(entry);
    zip.write(content);
    zip.closeEntry();
  }

  private static long sum(byte[] content) {
    CRC32 sum = new CRC32();
    sum.update(content);
    return sum.getValue();
  }
}
