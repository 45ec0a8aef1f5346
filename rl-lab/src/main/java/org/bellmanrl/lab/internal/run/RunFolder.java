package org.bellmanrl.lab.internal.run;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.temporal.ChronoUnit;
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
 *   <li>{@code best.state}: the same, when it did best in a trial, if there were trials;
 *   <li>{@code checkpoints}: what the run goes on from; gone when it has come to its end;
 *   <li>{@code summary.json}: when it was begun and how it ended, and the check sums of the others
 *       and of itself.
 * </ul>
 *
 * <p>While a run goes on, metrics and timing are written now and then, and say how far it was. Each
 * file appears whole. The summary comes last, in one rename: a folder without one is that of a run
 * that was killed.
 */
public final class RunFolder {
  private static final String CONFIGURATION = "run.yaml";
  private static final String METRICS = "metrics.csv";
  private static final String TIMING = "timing.csv";
  private static final String STATE = "learner.state";
  private static final String BEST = "best.state";
  private static final String SUMMARY = "summary.json";

  private static final String CHECKPOINTS = "checkpoints";
  private static final String LOCK = "run.lock";
  private static final List<String> SUMMED = List.of(CONFIGURATION, METRICS, TIMING, STATE);
  private static final int FORMAT = 1;

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

  /** Where the run's checkpoints are. */
  public Path checkpoints() {
    return path.resolve(CHECKPOINTS);
  }

  /**
   * Keeps other processes, and others in this one, from writing to the folder.
   *
   * @throws UserError if somebody else is writing to it
   */
  public Lock lock() {
    return new Lock(path);
  }

  /** Writes what is going to be run. */
  public void begin(Experiment experiment) {
    Map<String, @Nullable Object> entries = new LinkedHashMap<>();
    entries.put("format", FORMAT);
    entries.putAll(experiment.entries());
    entries.put("versions", Versions.all());
    AtomicFiles.write(
        path.resolve(CONFIGURATION),
        "# A run of Bellman: everything that it depends on.\n" + Document.yaml(entries));
  }

  /** Takes everything back: nothing has come of the run. */
  public void discard() {
    removeCheckpoints();
    try {
      for (String name : SUMMED) {
        Files.deleteIfExists(path.resolve(name));
      }
      Files.deleteIfExists(path.resolve(BEST));
      Files.deleteIfExists(path.resolve(LOCK));
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
    save(STATE, learner, environment);
    AtomicFiles.write(path.resolve(METRICS), metrics.csv());
    AtomicFiles.write(path.resolve(TIMING), timing.csv());
  }

  /** Writes what has happened so far, for those who look at a run that is going on. */
  public void show(MetricsTable metrics, TimingTable timing) {
    AtomicFiles.write(path.resolve(METRICS), metrics.csv());
    AtomicFiles.write(path.resolve(TIMING), timing.csv());
  }

  /** Writes what has been learned so far as the best of the run. */
  public void saveBest(Learner learner, VectorEnvironment environment) {
    save(BEST, learner, environment);
  }

  private void save(String name, Learner learner, VectorEnvironment environment) {
    try {
      BinaryState.writeAtomically(
          path.resolve(name), learned(learner, transform(environment).map(t -> t.frozen(1))));
    } catch (UncheckedIOException e) {
      throw new UserError(String.valueOf(e.getMessage()), e);
    }
  }

  /** Removes the checkpoints: the run has come to its end. */
  public void removeCheckpoints() {
    try {
      if (Files.isDirectory(checkpoints())) {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(checkpoints())) {
          for (Path file : files) {
            Files.deleteIfExists(file);
          }
        }
        Files.deleteIfExists(checkpoints());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Takes the summary away: the run goes on. */
  public void reopen() {
    try {
      Files.deleteIfExists(path.resolve(SUMMARY));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Opens the folder of a run that was interrupted or killed.
   *
   * @throws UserError if there is no such folder, it is no run's, or the run came to its end
   */
  public static Unfinished unfinished(Path path) {
    Path file = path.resolve(CONFIGURATION);
    if (!Files.exists(file)) {
      throw new UserError(
          (Files.exists(path) ? path + " is not a run folder" : "there is no run folder " + path)
              + "; give the folder that ./rl train made");
    }
    if (isFinished(path)) {
      throw new UserError(
          path
              + " is the folder of a run that came to its end; to go on learning, begin a new run"
              + " with --from "
              + path);
    }
    return new Unfinished(new RunFolder(path, false), experiment(path));
  }

  /** Whether a run has said how it ended; one that is going on or was killed has not. */
  public static boolean hasSummary(Path path) {
    return Files.exists(path.resolve(SUMMARY));
  }

  /** Whether a folder is that of a run that came to its end. */
  public static boolean isFinished(Path path) {
    return Files.exists(path.resolve(SUMMARY))
        && !Summary.of(SealedJson.read(path.resolve(SUMMARY), FORMAT)).interrupted();
  }

  private static Experiment experiment(Path path) {
    String origin = path.resolve(CONFIGURATION).toString();
    Document configuration = Document.parse(origin, SealedJson.text(path.resolve(CONFIGURATION)));
    SealedJson.checkFormat(origin, configuration, FORMAT);
    try {
      return Experiment.of(configuration);
    } catch (IllegalArgumentException e) {
      throw new UserError(origin + ": " + e.getMessage(), e);
    }
  }

  /**
   * A run that did not come to its end.
   *
   * @param folder where it is kept
   * @param experiment what is run
   */
  public record Unfinished(RunFolder folder, Experiment experiment) {}

  /** Held by whoever writes to a folder. */
  public static final class Lock implements AutoCloseable {
    private final Path file;
    private final FileChannel channel;

    private Lock(Path folder) {
      this.file = folder.resolve(LOCK);
      try {
        this.channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      } catch (IOException e) {
        throw new UserError("cannot write " + file + ": " + AtomicFiles.reason(e), e);
      }
      try {
        if (channel.tryLock() != null) {
          return;
        }
      } catch (OverlappingFileLockException e) {
        // held in this very process: as bad as another's
      } catch (IOException e) {
        closeChannel();
        throw new UserError("cannot lock " + file + ": " + AtomicFiles.reason(e), e);
      }
      closeChannel();
      throw new UserError(
          "somebody else is writing to " + folder + "; wait for that run to end, or stop it first");
    }

    @Override
    public void close() {
      try {
        Files.deleteIfExists(file);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      } finally {
        closeChannel();
      }
    }

    private void closeChannel() {
      try {
        channel.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private static Stateful[] learned(Learner learner, Optional<ObservationTransform> transform) {
    return Stream.concat(Stream.of(learner), transform.stream()).toArray(Stateful[]::new);
  }

  private static Optional<ObservationTransform> transform(VectorEnvironment environment) {
    return environment.capability(0, ObservationTransform.class);
  }

  /** Completes the folder, or replaces its summary by one that says more. */
  public void finish(Summary summary) {
    Map<String, @Nullable Object> entries = new LinkedHashMap<>(summary.entries());
    entries.put("begun", begun());
    Map<String, String> sums = new LinkedHashMap<>();
    for (String name : SUMMED) {
      sums.put(name, sum(path.resolve(name)));
    }
    entries.put("files", sums);
    SealedJson.write(path.resolve(SUMMARY), FORMAT, entries);
  }

  /** Equal runs have equal configurations, so the time of writing it is told by the file alone. */
  private String begun() {
    Path file = path.resolve(CONFIGURATION);
    try {
      return Files.getLastModifiedTime(file).toInstant().truncatedTo(ChronoUnit.SECONDS).toString();
    } catch (IOException e) {
      throw SealedJson.unreadable(file, e);
    }
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
              ? path
                  + " is the folder of a run that is going on or was killed; ./rl resume "
                  + path
                  + " goes on with it"
              : path
                  + " is not a run folder: it has no "
                  + SUMMARY
                  + "; give the folder that ./rl train made");
    }
    Document summary = SealedJson.read(path.resolve(SUMMARY), FORMAT);
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
    return new Opened(path, experiment(path), Summary.of(summary));
  }

  /**
   * Opens the folder of a run that is going on or was killed, as far as it has written what
   * happened.
   *
   * @return what there is; its summary says how far that goes
   * @throws UserError if there is no such folder, it is no run's, or nothing can be read of it yet
   */
  public static Opened underway(Path path) {
    Experiment experiment = unfinished(path).experiment();
    Path file = path.resolve(METRICS);
    if (!Files.exists(file)) {
      throw new UserError(
          path
              + " holds no metrics yet: its run was killed or began only some seconds ago; ./rl"
              + " resume "
              + path
              + " goes on with one that was killed");
    }
    MetricsTable metrics = MetricsTable.parse(file.toString(), SealedJson.text(file));
    long steps = metrics.rows() == 0 ? 0 : metrics.step(metrics.rows() - 1);
    return new Opened(path, experiment, new Summary(true, metrics.episodes(), steps, null, null));
  }

  static final String REMEDY = "restore it from a copy or train again";

  private static UserError damaged(Path file) {
    return new UserError(file + " is damaged: its check sum is wrong; " + REMEDY);
  }

  private static String sum(Path file) {
    CRC32C sum = new CRC32C();
    byte[] chunk = new byte[1 << 16];
    try (InputStream in = Files.newInputStream(file)) {
      for (int n = in.read(chunk); n >= 0; n = in.read(chunk)) {
        sum.update(chunk, 0, n);
      }
    } catch (IOException e) {
      throw SealedJson.unreadable(file, e);
    }
    return SealedJson.hex(sum);
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
      restore(STATE, learner, environment);
    }

    /**
     * As {@link #restore}, of the best policy that was found in training.
     *
     * @throws UserError if there is none
     */
    public void restoreBest(Learner learner, VectorEnvironment environment) {
      if (summary.best() == null) {
        throw new UserError(
            "no policy was tried out in the run in "
                + path
                + ", so there is no best one; train with --trials STEPS");
      }
      restore(BEST, learner, environment);
    }

    /** The file that says what was run, and with which versions, as it stands. */
    public String configuration() {
      return SealedJson.text(path.resolve(CONFIGURATION));
    }

    /** What happened in training. */
    public MetricsTable metrics() {
      Path file = path.resolve(METRICS);
      return MetricsTable.parse(file.toString(), SealedJson.text(file));
    }

    private void restore(String name, Learner learner, VectorEnvironment environment) {
      try {
        BinaryState.read(path.resolve(name), learned(learner, transform(environment)));
      } catch (StateException e) {
        throw new UserError(e.getMessage() + "; " + REMEDY, e);
      } catch (UncheckedIOException e) {
        throw new UserError(String.valueOf(e.getMessage()), e);
      }
    }
  }
}
