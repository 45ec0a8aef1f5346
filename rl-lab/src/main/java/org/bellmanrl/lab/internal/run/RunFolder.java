package org.bellmanrl.lab.internal.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bellmanrl.api.Learner;
import org.bellmanrl.api.VectorEnvironment;
import org.bellmanrl.api.interaction.Budget;
import org.bellmanrl.api.state.BinaryState;
import org.bellmanrl.api.state.StateException;
import org.bellmanrl.api.state.Stateful;
import org.bellmanrl.results.document.AtomicFiles;
import org.bellmanrl.results.document.Checksum;
import org.bellmanrl.results.document.Document;
import org.bellmanrl.results.document.SealedJson;
import org.bellmanrl.results.document.TextFile;
import org.bellmanrl.results.document.UserError;
import org.jspecify.annotations.Nullable;

/**
 * The folder that keeps a run.
 *
 * <ul>
 *   <li>{@code run.yaml}: what was run, see {@link Experiment}, and with which versions and
 *       plugins;
 *   <li>{@code settings.json}: the settings that {@code run.yaml} was written with, sealed, so that
 *       nobody goes on with others unawares; gone when the run has come to its end;
 *   <li>{@code metrics.csv}: what happened, see {@link MetricsTable};
 *   <li>{@code timing.csv}: how long it took, see {@link TimingTable};
 *   <li>{@code trials.csv}: what each trial brought, if there were trials;
 *   <li>{@code learner.state}: the learner's state, in the format of {@link BinaryState}: the
 *       learner, then what wrappers make of observations, if there is any such wrapper;
 *   <li>{@code best.state}: the same, when it did best in a trial, if there were trials;
 *   <li>{@code training.state}: everything else that the run consisted of when it came to its end,
 *       so that it can be made longer;
 *   <li>{@code checkpoints}: what the run continues from; removed when it has finished;
 *   <li>{@code summary.json}: when it was begun and how it ended, and the check sums of the others
 *       and of itself.
 * </ul>
 *
 * <p>During a run, metrics and timing are written now and then, and say how far it was. Each file
 * appears whole. The summary comes last, in one rename: a folder without one is that of a run that
 * was killed, and one whose summary has no evaluation that of a run that was not judged.
 *
 * <p>Only a process that holds the folder's {@link FolderLock} writes to it.
 */
public final class RunFolder implements AutoCloseable {
  static final String CONFIGURATION = "run.yaml";
  static final String METRICS = "metrics.csv";
  static final String TIMING = "timing.csv";
  private static final String TRIALS = "trials.csv";
  static final String STATE = "learner.state";
  static final String BEST = "best.state";
  private static final String TRAINING = "training.state";
  private static final String SETTINGS = "settings.json";
  static final String SUMMARY = "summary.json";

  private static final String CHECKPOINTS = "checkpoints";
  private static final String WATCHED = ".watched";
  private static final int WATCHED_SECONDS = 15;

  /** What names of TensorBoard's files begin with. */
  private static final String EVENTS = "events.out.tfevents";

  private static final List<String> OWN =
      List.of(CONFIGURATION, SETTINGS, METRICS, TIMING, TRIALS, STATE, BEST, TRAINING, SUMMARY);
  static final List<String> SUMMED = List.of(CONFIGURATION, METRICS, TIMING, STATE);
  static final int FORMAT = 1;

  private final Path path;
  private final boolean made;
  private @Nullable FolderLock lock;

  private RunFolder(Path path, boolean made) {
    this.path = path;
    this.made = made;
  }

  /** Where it is. */
  public Path path() {
    return path;
  }

  /**
   * Makes a folder where it is wanted, and locks it. What a run left there that was killed before
   * it began is removed.
   *
   * @throws UserError if there is something in it already, or another run is about to begin in it
   */
  public static RunFolder create(Path path) {
    RunFolder folder;
    try {
      boolean there = Files.isDirectory(path);
      if (!there && Files.exists(path)) {
        throw new UserError(path + " is a file; give --out a folder that is new or empty");
      }
      Files.createDirectories(path);
      folder = new RunFolder(path, !there).hold();
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
    try {
      if (!holdsNothing(path)) {
        throw new UserError(path + " is not empty; give --out a folder that is new or empty");
      }
      Files.deleteIfExists(path.resolve(SETTINGS));
      return folder;
    } catch (IOException e) {
      folder.close();
      throw TextFile.unreadable(path, e);
    } catch (RuntimeException e) {
      folder.close();
      throw e;
    }
  }

  /** Whether a folder is empty, but for what a run may leave that is killed before it begins. */
  private static boolean holdsNothing(Path path) {
    try (DirectoryStream<Path> inside = Files.newDirectoryStream(path)) {
      for (Path file : inside) {
        String name = String.valueOf(file.getFileName());
        if (!name.equals(FolderLock.NAME)
            && !name.equals(SETTINGS)
            && !name.startsWith(EVENTS)
            && !OWN.contains(AtomicFiles.target(file))) {
          return false;
        }
      }
      return true;
    } catch (IOException e) {
      throw TextFile.unreadable(path, e);
    }
  }

  /**
   * Makes the folder {@code name-N} in {@code parent}, with the first N from 1 that is free, and
   * locks it.
   */
  public static RunFolder createNumbered(Path parent, String name) {
    try {
      Files.createDirectories(parent);
      for (int n = 1; ; n++) {
        Path path = parent.resolve(name + "-" + n);
        try {
          return new RunFolder(Files.createDirectory(path), true).hold();
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
   * Locks the folder, and removes what writes left behind that were killed.
   *
   * @return this
   * @throws UserError if another run is writing to it
   */
  public RunFolder hold() {
    lock = FolderLock.of(path);
    try (DirectoryStream<Path> files = Files.newDirectoryStream(path, ".*.tmp")) {
      for (Path file : files) {
        if (OWN.contains(AtomicFiles.target(file))) {
          Files.deleteIfExists(file);
        }
      }
      return this;
    } catch (IOException e) {
      close();
      throw TextFile.unreadable(path, e);
    }
  }

  /**
   * Writes what is going to be run, or what it is from now on.
   *
   * @param plugins the plugins that it uses
   */
  public void begin(Experiment experiment, List<Map<String, String>> plugins) {
    Map<String, @Nullable Object> entries = new LinkedHashMap<>();
    entries.put("format", FORMAT);
    entries.putAll(experiment.entries());
    entries.put("versions", Versions.all());
    if (!plugins.isEmpty()) {
      entries.put("plugins", plugins);
    }
    String text = "# A run of Bellman: everything that it depends on.\n" + Document.yaml(entries);
    Path file = path.resolve(CONFIGURATION);
    try {
      if (Files.exists(file)) {
        FileTime begun = Files.getLastModifiedTime(file);
        // Killed in between, it has no seal, rather than one of what the file does not say.
        Files.deleteIfExists(path.resolve(SETTINGS));
        AtomicFiles.write(file, text);
        Files.setLastModifiedTime(file, begun);
        seal(experiment(path));
      } else {
        seal(experiment(file.toString(), text));
        AtomicFiles.write(file, text);
      }
    } catch (IOException e) {
      throw new UserError("cannot write " + file + ": " + AtomicFiles.reason(e), e);
    }
  }

  /**
   * Lets a run continue with the present text of {@code run.yaml}.
   *
   * @throws UserError if there is no such run, or it can't be read
   */
  public static void acceptChanges(Path path) {
    requireBegun(path);
    try (RunFolder folder = new RunFolder(path, false).hold()) {
      folder.seal(experiment(path));
    }
  }

  private void seal(Experiment experiment) {
    SealedJson.write(path.resolve(SETTINGS), FORMAT, Map.of("settings", Settings.all(experiment)));
  }

  /**
   * Makes sure that {@code run.yaml} says what it did when the run began.
   *
   * @throws UserError naming what was changed
   */
  public void requireUnchanged() {
    Path file = path.resolve(SETTINGS);
    if (!Files.exists(file)) {
      return; // a run of an older release
    }
    Map<String, @Nullable Object> sealed =
        StoredRun.sealed(file, FORMAT).mapping("settings").entries();
    Map<String, String> now = Settings.all(experiment(path));
    List<String> changes = new ArrayList<>();
    sealed.forEach((name, value) -> {
      String other = now.getOrDefault(name, "nothing");
      if (!other.equals(value)) {
        changes.add(name + " (" + value + ", now " + other + ")");
      }
    });
    now.forEach((name, value) -> {
      if (!sealed.containsKey(name)) {
        changes.add(name + " (nothing, now " + value + ")");
      }
    });
    if (!changes.isEmpty()) {
      throw new UserError(
          path.resolve(CONFIGURATION)
              + " was changed since the run began: "
              + String.join(", ", changes)
              + "; put it back, or go on with what it says now: --accept-changes");
    }
  }

  /** Removes what a run wrote of which nothing has come, if this holds the folder's lock. */
  public void discard() {
    if (lock == null) {
      return;
    }
    try {
      for (String name : OWN) {
        Files.deleteIfExists(path.resolve(name));
      }
      close();
      if (made) {
        Files.deleteIfExists(path);
      }
    } catch (DirectoryNotEmptyException e) {
      // A plugin has left something there: that is for its user to look at.
      return;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Releases the lock; again does nothing. */
  @Override
  public void close() {
    if (lock != null) {
      lock.close();
      lock = null;
    }
  }

  /** Writes the state of the learner and of the environment's wrappers, and what happened. */
  public void save(
      Learner learner,
      VectorEnvironment environment,
      MetricsTable metrics,
      TimingTable timing,
      String trials) {
    save(STATE, learner, environment);
    show(metrics, timing, trials);
  }

  /**
   * Writes what has happened so far, for those who look at a run that is going on.
   *
   * @param trials a line for each trial; empty for no file
   */
  public void show(MetricsTable metrics, TimingTable timing, String trials) {
    AtomicFiles.write(path.resolve(METRICS), metrics.csv());
    AtomicFiles.write(path.resolve(TIMING), timing.csv());
    if (!trials.isEmpty()) {
      AtomicFiles.write(path.resolve(TRIALS), trials);
    }
  }

  /** Asks the process that a run is going on in for checkpoints more often: it is looked at. */
  public static void askForMore(Path path) {
    Path file = path.resolve(WATCHED);
    try {
      if (!Files.exists(file)) {
        Files.createFile(file);
      }
      Files.setLastModifiedTime(file, FileTime.from(Instant.now()));
    } catch (IOException e) {
      // It belongs to another user, or has finished this moment: its page shows it less often.
      return;
    }
  }

  /** Whether another process has asked for more in the last seconds. */
  public boolean isWatched() {
    try {
      return Files.getLastModifiedTime(path.resolve(WATCHED))
          .toInstant()
          .plusSeconds(WATCHED_SECONDS)
          .isAfter(Instant.now());
    } catch (IOException e) {
      return false;
    }
  }

  /** Writes what has been learned so far as the best of the run. */
  public void saveBest(Learner learner, VectorEnvironment environment) {
    save(BEST, learner, environment);
  }

  /** Writes everything else that a finished run consists of. */
  public void saveTraining(Stateful... parts) {
    write(TRAINING, parts);
  }

  /**
   * Restores {@link #saveTraining}.
   *
   * @throws UserError if it doesn't fit
   */
  public void restoreTraining(Stateful... parts) {
    StoredRun.read(path.resolve(TRAINING), parts);
  }

  private void save(String name, Learner learner, VectorEnvironment environment) {
    write(name, StoredRun.learned(learner, StoredRun.transform(environment).map(t -> t.frozen(1))));
  }

  private void write(String name, Stateful... parts) {
    try {
      BinaryState.writeAtomically(path.resolve(name), parts);
    } catch (UncheckedIOException e) {
      throw new UserError(String.valueOf(e.getMessage()), e);
    } catch (StateException e) {
      throw new UserError("cannot write " + path.resolve(name) + ": " + e.getMessage(), e);
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
   * Opens the folder of a run that was interrupted or killed, while it learned or was judged.
   *
   * @throws UserError if there is no such folder, it is no run's, or the run came to its end
   */
  public static Unfinished unfinished(Path path) {
    requireBegun(path);
    boolean trained = false;
    if (hasSummary(path)) {
      Summary summary = Summary.of(StoredRun.sealed(path.resolve(SUMMARY), FORMAT));
      if (summary.judgement() != null) {
        throw new UserError(
            path
                + " is the folder of a run that came to its end; ./rl resume "
                + path
                + " --steps N makes it longer");
      }
      trained = !summary.interrupted();
    }
    return new Unfinished(new RunFolder(path, false), experiment(path), trained, false);
  }

  /**
   * Opens the folder of a run that is to become longer, whether it finished or not.
   *
   * @param budget when it is to end, counted from its beginning
   * @throws UserError if there is no such folder, it is no run's, or a file in it is damaged
   */
  public static Unfinished longer(Path path, Budget budget) {
    requireBegun(path);
    boolean trained = hasSummary(path) && !StoredRun.open(path).summary().interrupted();
    if (trained && !Files.exists(path.resolve(TRAINING))) {
      throw new UserError(
          path
              + " has no "
              + TRAINING
              + ", so its run can't be made longer; begin a new one --from it");
    }
    return new Unfinished(
        new RunFolder(path, false), experiment(path).withBudget(budget), trained, true);
  }

  private static void requireBegun(Path path) {
    if (Files.exists(path.resolve(CONFIGURATION))) {
      return;
    }
    throw new UserError(
        !Files.isDirectory(path)
            ? "there is no run folder " + path + "; give the folder that ./rl train made"
            : holdsNothing(path)
                ? path + " holds no run: it was ended before it began; ./rl train … --out " + path
                : path + " is not a run folder; give the folder that ./rl train made");
  }

  /** Whether a run has said how it ended; one that is going on or was killed has not. */
  public static boolean hasSummary(Path path) {
    return Files.exists(path.resolve(SUMMARY));
  }

  /** Whether anything of a run is written in a folder. */
  public static boolean isBegun(Path path) {
    return Files.exists(path.resolve(CONFIGURATION));
  }

  /**
   * What a folder's run is.
   *
   * @throws UserError if that can't be read
   */
  public static Experiment experiment(Path path) {
    Path file = path.resolve(CONFIGURATION);
    return experiment(file.toString(), TextFile.read(file, "a text of settings"));
  }

  private static Experiment experiment(String origin, String text) {
    Document configuration = Document.parse(origin, text);
    SealedJson.checkFormat(origin, configuration, FORMAT);
    try {
      return Experiment.of(configuration);
    } catch (IllegalArgumentException e) {
      throw new UserError(origin + ": " + e.getMessage(), e);
    }
  }

  /**
   * A run that goes on.
   *
   * @param folder where it is kept
   * @param experiment what is run
   * @param trained whether it came to the end of its training, so that it is not judged yet or made
   *     longer
   * @param longer whether it is made longer
   */
  public record Unfinished(
      RunFolder folder, Experiment experiment, boolean trained, boolean longer) {

    /**
     * The plugins that the run used, as {@link #begin} was told.
     *
     * @throws UserError if {@code run.yaml} can't be read
     */
    public List<Map<String, String>> plugins() {
      Path file = folder.path.resolve(CONFIGURATION);
      Document configuration =
          Document.parse(file.toString(), TextFile.read(file, "a text of settings"));
      List<Map<String, String>> plugins = new ArrayList<>();
      if (configuration.has("plugins")) {
        for (Document plugin : configuration.mappings("plugins")) {
          Map<String, String> entries = new LinkedHashMap<>();
          plugin.entries().forEach((name, value) -> entries.put(name, String.valueOf(value)));
          plugins.add(entries);
        }
      }
      return plugins;
    }
  }

  /**
   * Completes the folder, or replaces its summary by one that says more. From then on that of a run
   * that came to its end guards {@code run.yaml}.
   */
  public void finish(Summary summary) {
    Map<String, @Nullable Object> entries = new LinkedHashMap<>(summary.entries());
    entries.put("begun", begun());
    Map<String, String> sums = new LinkedHashMap<>();
    for (String name : SUMMED) {
      sums.put(name, Checksum.of(path.resolve(name)));
    }
    entries.put("files", sums);
    SealedJson.write(path.resolve(SUMMARY), FORMAT, entries);
    try {
      Files.deleteIfExists(path.resolve(WATCHED));
      if (!summary.interrupted()) {
        Files.deleteIfExists(path.resolve(SETTINGS));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Equal runs have equal configurations, so the time of writing it is told by the file alone. */
  private String begun() {
    Path file = path.resolve(CONFIGURATION);
    try {
      return Files.getLastModifiedTime(file).toInstant().truncatedTo(ChronoUnit.SECONDS).toString();
    } catch (IOException e) {
      throw TextFile.unreadable(file, e);
    }
  }
}
