package org.bellmanrl.lab.internal.run;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.bellmanrl.api.Learner;
import org.bellmanrl.api.VectorEnvironment;
import org.bellmanrl.api.state.BinaryState;
import org.bellmanrl.api.state.StateException;
import org.bellmanrl.api.state.Stateful;
import org.bellmanrl.api.transform.ObservationTransform;
import org.jspecify.annotations.Nullable;

/**
 * The folder that keeps a run.
 *
 * <ul>
 *   <li>{@code run.yaml}: what was run, see {@link Experiment}, and with which versions;
 *   <li>{@code metrics.csv}: what happened, see {@link MetricsTable};
 *   <li>{@code timing.csv}: how long it took, see {@link TimingTable};
 *   <li>{@code learner.state}: what was learned, in the format of {@link BinaryState}: the learner,
 *       then what wrappers make of observations, if there is any such wrapper;
 *   <li>{@code summary.json}: how it ended, and the check sums of the others and of itself.
 * </ul>
 *
 * <p>Each file appears whole. The summary comes last, in one rename: a folder without one is that
 * of a run that was killed.
 */
public final class RunFolder {
  private static final String CONFIGURATION = "run.yaml";
  private static final String METRICS = "metrics.csv";
  private static final String TIMING = "timing.csv";
  private static final String STATE = "learner.state";
  private static final String SUMMARY = "summary.json";
  private static final List<String> SUMMED = List.of(CONFIGURATION, METRICS, TIMING, STATE);
  private static final int FORMAT = 1;
  private static final long MAX_TEXT_BYTES = 16 << 20;
  private static final String OWN_SUM = ",\n  \"crc32c\": \"";
  private static final String OWN_SUM_END = "\"\n}\n";

  private final Path path;
  private final boolean made;

  private RunFolder(Path path, boolean made) {
    this.path = path;
    this.made = made;
  }

  /** Where it is. */
  public Path path() {
    return path;
  }

  /**
   * Makes a folder where it is wanted.
   *
   * @throws UserError if there is something in it already
   */
  public static RunFolder create(Path path) {
    try {
      if (Files.isDirectory(path)) {
        try (DirectoryStream<Path> inside = Files.newDirectoryStream(path)) {
          if (inside.iterator().hasNext()) {
            throw new UserError(path + " is not empty; give --out a folder that is new or empty");
          }
        }
        return new RunFolder(path, false);
      }
      if (Files.exists(path)) {
        throw new UserError(path + " is a file; give --out a folder that is new or empty");
      }
      Files.createDirectories(path);
      return new RunFolder(path, true);
    } catch (IOException e) {
      throw new UserError(
          "cannot make the folder "
              + path
              + ": "
              + AtomicFiles.reason(e)
              + "; choose another with"
              + " --out",
          e);
    }
  }

  /** Makes the folder {@code name-N} in {@code parent}, with the first N from 1 that is free. */
  public static RunFolder createNumbered(Path parent, String name) {
    try {
      Files.createDirectories(parent);
      for (int n = 1; ; n++) {
        Path path = parent.resolve(name + "-" + n);
        try {
          return new RunFolder(Files.createDirectory(path), true);
        } catch (FileAlreadyExistsException e) {
          // taken, perhaps this very moment by another process: the next one
        }
      }
    } catch (IOException e) {
      throw new UserError(
          "cannot make a folder in "
              + parent.toAbsolutePath()
              + ": "
              + AtomicFiles.reason(e)
              + "; choose a folder with --out",
          e);
    }
  }

  /** Writes what is going to be run. */
  public void begin(Experiment experiment, Map<String, String> versions) {
    Map<String, @Nullable Object> entries = new LinkedHashMap<>();
    entries.put("format", FORMAT);
    entries.putAll(experiment.entries());
    entries.put("versions", versions);
    AtomicFiles.write(
        path.resolve(CONFIGURATION),
        "# A run of Bellman: everything that it depends on.\n" + Document.yaml(entries));
  }

  /** Takes everything back: nothing has come of the run. */
  public void discard() {
    try {
      for (String name : SUMMED) {
        Files.deleteIfExists(path.resolve(name));
      }
      if (made) {
        Files.deleteIfExists(path);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Writes what was learned, by wrappers of the environment too, and what happened. */
  public void save(
      Learner learner, VectorEnvironment environment, MetricsTable metrics, TimingTable timing) {
    try {
      BinaryState.writeAtomically(
          path.resolve(STATE), learned(learner, transform(environment).map(t -> t.frozen(1))));
    } catch (UncheckedIOException e) {
      throw new UserError(String.valueOf(e.getMessage()), e);
    }
    AtomicFiles.write(path.resolve(METRICS), metrics.csv());
    AtomicFiles.write(path.resolve(TIMING), timing.csv());
  }

  private static Stateful[] learned(Learner learner, Optional<ObservationTransform> transform) {
    return Stream.concat(Stream.of(learner), transform.stream()).toArray(Stateful[]::new);
  }

  private static Optional<ObservationTransform> transform(VectorEnvironment environment) {
    return environment.capability(0, ObservationTransform.class);
  }

  /** Completes the folder, or replaces its summary by one that says more. */
  public void finish(Summary summary) {
    Map<String, @Nullable Object> entries = new LinkedHashMap<>();
    entries.put("format", FORMAT);
    entries.putAll(summary.entries());
    Map<String, String> sums = new LinkedHashMap<>();
    for (String name : SUMMED) {
      sums.put(name, sum(path.resolve(name)));
    }
    entries.put("files", sums);
    String text = Json.text(entries);
    String body = text.substring(0, text.length() - "\n}".length());
    AtomicFiles.write(path.resolve(SUMMARY), body + OWN_SUM + sum(body) + OWN_SUM_END);
  }

  /**
   * Opens a complete folder and checks that all of it is as it was written.
   *
   * @throws UserError if there is no such folder, it is no run's, it is not complete, or a file in
   *     it is missing or damaged
   */
  public static Opened open(Path path) {
    if (!Files.isDirectory(path)) {
      throw new UserError(
          (Files.exists(path) ? path + " is not a folder" : "there is no run folder " + path)
              + "; give the folder that ./rl train made");
    }
    if (!Files.exists(path.resolve(SUMMARY))) {
      throw new UserError(
          Files.exists(path.resolve(CONFIGURATION))
              ? path + " is the folder of a run that was killed before it could save; train again"
              : path
                  + " is not a run folder: it has no "
                  + SUMMARY
                  + "; give the folder that ./rl train made");
    }
    Document summary = summary(path.resolve(SUMMARY));
    Document sums = summary.mapping("files");
    for (String name : SUMMED) {
      Path file = path.resolve(name);
      if (!Files.isRegularFile(file)) {
        throw new UserError(
            "the run in " + path + " is damaged: " + name + " is missing; " + REMEDY);
      }
      if (!sum(file).equals(sums.text(name))) {
        throw damaged(file);
      }
    }
    String origin = path.resolve(CONFIGURATION).toString();
    Document configuration = Document.parse(origin, text(path.resolve(CONFIGURATION)));
    checkFormat(origin, configuration);
    try {
      return new Opened(path, Experiment.of(configuration), Summary.of(summary));
    } catch (IllegalArgumentException e) {
      throw new UserError(origin + ": " + e.getMessage(), e);
    }
  }

  private static final String REMEDY = "restore it from a copy or train again";

  private static Document summary(Path file) {
    String text = text(file);
    int at = text.lastIndexOf(OWN_SUM);
    if (at < 0 || !text.substring(at).equals(OWN_SUM + sum(text.substring(0, at)) + OWN_SUM_END)) {
      throw damaged(file);
    }
    Document summary = Document.parse(file.toString(), text);
    checkFormat(file.toString(), summary);
    return summary;
  }

  private static void checkFormat(String origin, Document document) {
    long format = document.whole("format", 1, Integer.MAX_VALUE);
    if (format > FORMAT) {
      throw new UserError(
          origin
              + " has format "
              + format
              + ", this release reads up to "
              + FORMAT
              + "; use the release that wrote it");
    }
  }

  private static UserError damaged(Path file) {
    return new UserError(file + " is damaged: its check sum is wrong; " + REMEDY);
  }

  private static String text(Path file) {
    try {
      if (Files.size(file) > MAX_TEXT_BYTES) {
        throw new UserError(file + " is too large to be a run's; " + REMEDY);
      }
      return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  private static String sum(String text) {
    CRC32C sum = new CRC32C();
    sum.update(text.getBytes(StandardCharsets.UTF_8));
    return hex(sum);
  }

  private static String sum(Path file) {
    CRC32C sum = new CRC32C();
    byte[] chunk = new byte[1 << 16];
    try (InputStream in = Files.newInputStream(file)) {
      for (int n = in.read(chunk); n >= 0; n = in.read(chunk)) {
        sum.update(chunk, 0, n);
      }
    } catch (IOException e) {
      throw unreadable(file, e);
    }
    return hex(sum);
  }

  private static String hex(CRC32C sum) {
    String digits = Long.toHexString(sum.getValue());
    return "0".repeat(8 - digits.length()) + digits;
  }

  private static UserError unreadable(Path file, IOException e) {
    return new UserError("cannot read " + file + ": " + AtomicFiles.reason(e), e);
  }

  /**
   * A complete folder.
   *
   * @param path where it is
   * @param experiment what was run
   * @param summary how it ended
   */
  public record Opened(Path path, Experiment experiment, Summary summary) {

    /**
     * Puts what was learned into a learner and into the wrappers of an environment of one row, both
     * made for the experiment.
     *
     * @throws UserError if it doesn't fit
     */
    public void restore(Learner learner, VectorEnvironment environment) {
      try {
        BinaryState.read(path.resolve(STATE), learned(learner, transform(environment)));
      } catch (StateException e) {
        throw new UserError(e.getMessage() + "; " + REMEDY, e);
      } catch (UncheckedIOException e) {
        throw new UserError(String.valueOf(e.getMessage()), e);
      }
    }
  }
}
