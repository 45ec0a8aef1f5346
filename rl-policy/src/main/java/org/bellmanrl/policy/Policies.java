package org.bellmanrl.policy;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.bellmanrl.api.EnvironmentSpec;
import org.bellmanrl.api.registry.UnavailableException;
import org.bellmanrl.api.state.BinaryState;
import org.bellmanrl.api.state.StateException;

/**
 * Reads policies from files, and writes learned ones as files that need nothing else: {@code
 * policy.zip}.
 *
 * <pre>{@code
 * ShippedPolicy learned = Policies.load(Path.of("policy.zip"));
 * ShippedPolicy foreign = Policies.load(Path.of("policy.onnx"), task);
 * }</pre>
 *
 * <p>A policy.zip holds two entries. {@value #CARD} is the model card, for people; it may be
 * edited. {@value #NUMBERS} is what {@link BinaryState} writes: versioned and checksummed, without
 * Java serialization. It is stored as it is, not compressed, so that what is read is never larger
 * than the file, and no length in it is believed before there are as many bytes.
 *
 * <p>All methods are thread-safe.
 */
public final class Policies {
  private static final String CARD = "README.md";
  private static final String NUMBERS = "policy.state";
  private static final String ONNX = ".onnx";
  private static final int MOST_CARD_BYTES = 1 << 20;

  /** The least time that a zip can tell: files of the same policy have the same bytes. */
  private static final LocalDateTime LEAST_TIME = LocalDateTime.of(1980, 1, 1, 0, 0);

  private Policies() {}

  /**
   * Reads a policy that knows what task it is for.
   *
   * @param file as {@link #toBytes} or {@code rl export} writes it
   * @throws StateException if the file is damaged, no policy, of a newer release, or of a kind that
   *     no module on the path reads; the message names the file
   * @throws UncheckedIOException if the file can't be read
   */
  public static ShippedPolicy load(Path file) {
    checkReadable(file);
    String name = file.toString();
    if (importers().anyMatch(importer -> name.endsWith(importer.extension()))) {
      throw new StateException(
          file + " does not say what task it is for; give the task: Policies.load(file, task)");
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
      throw FileKind.of(file)
          .map(kind -> new StateException(file + " is not a policy but " + kind, e))
          .orElseGet(() -> new StateException(file + ": " + e.getMessage(), e));
    } catch (IllegalArgumentException e) {
      throw damaged(file, e);
    } catch (UncheckedIOException e) {
      throw failed(file, Objects.requireNonNull(e.getCause()));
    } catch (IOException e) {
      throw failed(file, e);
    }
  }

  /**
   * Reads a policy for a task, from a policy.zip or from a file of another program, such as an ONNX
   * model with rl-onnx on the path.
   *
   * @param file a policy.zip, or a file whose name ends as a {@link PolicyImporter} wants it
   * @param task the task that the policy is to act in
   * @throws IllegalArgumentException if the policy is for other spaces, or does not say how it is
   *     meant
   * @throws StateException as {@link #load(Path)} does
   * @throws UncheckedIOException if the file can't be read
   * @throws UnavailableException if the module or the native library that reads such files is
   *     missing
   */
  public static ShippedPolicy load(Path file, EnvironmentSpec task) {
    return load(file, task, Map.of());
  }

  /**
   * Reads a policy for a task as {@link #load(Path, EnvironmentSpec)} does.
   *
   * @param file a policy.zip, or a file of another program
   * @param task the task that the policy is to act in
   * @param options what a file of another program does not say, by name; for a policy.zip empty
   */
  public static ShippedPolicy load(Path file, EnvironmentSpec task, Map<String, String> options) {
    checkReadable(file);
    String name = file.toString();
    Optional<PolicyImporter> importer =
        importers().filter(each -> name.endsWith(each.extension())).findFirst();
    if (importer.isPresent()) {
      return importer.get().read(file, task, options);
    }
    if (name.endsWith(ONNX)) {
      throw new UnavailableException(
          "reading " + file + " needs rl-onnx and ONNX Runtime on the class path");
    }
    if (!options.isEmpty()) {
      throw new IllegalArgumentException(
          "a policy.zip has no options, was given " + String.join(", ", options.keySet()));
    }
    ShippedPolicy policy = load(file);
    if (!policy.observationSpace().equals(task.observationSpace())
        || !policy.actionSpace().equals(task.actionSpace())) {
      throw new IllegalArgumentException(
          "%s does not fit %s: it takes %s and gives %s, the task has %s and %s"
              .formatted(
                  file,
                  task.name(),
                  policy.observationSpace(),
                  policy.actionSpace(),
                  task.observationSpace(),
                  task.actionSpace()));
    }
    return policy;
  }

  private static Stream<PolicyImporter> importers() {
    return ServiceLoader.load(PolicyImporter.class).stream().map(ServiceLoader.Provider::get);
  }

  private static void checkReadable(Path file) {
    if (!Files.isReadable(file) || !Files.isRegularFile(file)) {
      throw new UncheckedIOException(
          new IOException("cannot read " + file + ": there is no such file, or it is not for us"));
    }
  }

  private static RuntimeException failed(Path file, IOException e) {
    return e instanceof ZipException || e instanceof EOFException
        ? damaged(file, e)
        : new UncheckedIOException("cannot read " + file + ": " + e.getMessage(), e);
  }

  private static StateException damaged(Path file, Exception cause) {
    return FileKind.of(file)
        .map(kind -> new StateException(file + " is not a policy but " + kind, cause))
        .orElseGet(() ->
            new StateException(file + ": not a policy, or damaged: " + cause.getMessage(), cause));
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

  /**
   * Writes a policy: the content of a policy.zip. The same policy gives the same bytes.
   *
   * @throws IllegalArgumentException if its card is too long, or it is no {@link WritablePolicy}
   */
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
