package org.bellmanrl.lab.internal.run;

import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.bellmanrl.api.Learner;
import org.bellmanrl.api.VectorEnvironment;
import org.bellmanrl.api.state.BinaryState;
import org.bellmanrl.api.state.StateException;
import org.bellmanrl.api.state.Stateful;
import org.bellmanrl.api.transform.ObservationTransform;
import org.bellmanrl.policy.FileKind;
import org.bellmanrl.results.document.Checksum;
import org.bellmanrl.results.document.Document;
import org.bellmanrl.results.document.SealedJson;
import org.bellmanrl.results.document.TextFile;
import org.bellmanrl.results.document.UserError;
import org.jspecify.annotations.Nullable;

/**
 * A run as its folder tells it: one that came to its end, or one that is under way, as far as it is
 * written.
 *
 * @param path where it is
 * @param experiment what was run
 * @param summary how it ended
 */
public record StoredRun(Path path, Experiment experiment, Summary summary) {
  static final String REMEDY = "restore it from a copy or train again";

  /**
   * Reads a file of a run or a study that has its checksum.
   *
   * @param format the newest format that can be read
   * @throws UserError naming the file, if it can't be read, is damaged, or has a newer format
   */
  public static Document sealed(Path file, int format) {
    return SealedJson.read(file, "a file of a run", format, REMEDY);
  }

  /** Returns the evaluation of the run of a folder, if it finished. */
  public static @Nullable Judgement judgement(Path path) {
    return RunFolder.hasSummary(path) ? open(path).summary().judgement() : null;
  }

  /**
   * Opens a complete folder and checks that all of it is as it was written.
   *
   * @throws UserError if there is no such folder, it is no run's, it is not complete, or a file in
   *     it is missing or damaged
   */
  public static StoredRun open(Path path) {
    if (!Files.isDirectory(path)) {
      throw new UserError(
          (Files.exists(path)
                  ? path + " is " + FileKind.of(path).orElse("not a folder")
                  : "there is no run folder " + path)
              + "; give the folder that ./rl train made");
    }
    if (!Files.exists(path.resolve(RunFolder.SUMMARY))) {
      throw new UserError(
          Files.exists(path.resolve(RunFolder.CONFIGURATION))
              ? path
                  + " is the folder of a run that is going on or was killed; ./rl resume "
                  + path
                  + " goes on with it"
              : path
                  + " is not a run folder: it has no "
                  + RunFolder.SUMMARY
                  + "; give the folder that ./rl train made");
    }
    Document summary = sealed(path.resolve(RunFolder.SUMMARY), RunFolder.FORMAT);
    Document sums = summary.mapping("files");
    for (String name : RunFolder.SUMMED) {
      Path file = path.resolve(name);
      if (!Files.isRegularFile(file)) {
        throw new UserError(
            "the run in " + path + " is damaged: " + name + " is missing; " + REMEDY);
      }
      if (!Checksum.of(file).equals(sums.text(name))) {
        throw damaged(file);
      }
    }
    return new StoredRun(path, RunFolder.experiment(path), Summary.of(summary));
  }

  /**
   * Opens the folder of a run that is going on or was killed, as far as it has written what
   * happened.
   *
   * @return what has been written; its summary says how far that is
   * @throws UserError if there is no such folder, it is no run's, or nothing can be read of it yet
   */
  public static StoredRun underway(Path path) {
    Experiment experiment = RunFolder.unfinished(path).experiment();
    Path file = path.resolve(RunFolder.METRICS);
    if (!Files.exists(file)) {
      throw new UserError(
          path
              + " holds no metrics yet: its run was killed or began only some seconds ago; ./rl"
              + " resume "
              + path
              + " goes on with one that was killed");
    }
    MetricsTable metrics =
        MetricsTable.parse(file.toString(), TextFile.read(file, "a table of metrics"));
    long steps = metrics.rows() == 0 ? 0 : metrics.step(metrics.rows() - 1);
    return new StoredRun(
        path,
        experiment,
        new Summary(
            true,
            metrics.episodes(),
            steps,
            null,
            null,
            experiment.stepping().reproducible(),
            List.of()));
  }

  /** As {@link #underway}; empty if nothing is written yet. */
  public static Optional<StoredRun> written(Path path) {
    return Files.exists(path.resolve(RunFolder.METRICS))
        ? Optional.of(underway(path))
        : Optional.empty();
  }

  /**
   * Restores a learner and the wrappers of an environment of one row, both made for the experiment.
   *
   * @throws UserError if it doesn't fit
   */
  public void restore(Learner learner, VectorEnvironment environment) {
    restore(RunFolder.STATE, learner, environment);
  }

  /**
   * As {@link #restore}, of the best policy that was found in training.
   *
   * @throws UserError if there is none, or it doesn't fit
   */
  public void restoreBest(Learner learner, VectorEnvironment environment) {
    best();
    restore(RunFolder.BEST, learner, environment);
  }

  /**
   * The best policy that was found in training.
   *
   * @throws UserError if there is none
   */
  public Summary.Best best() {
    if (summary.best() == null) {
      throw new UserError(
          "no policy was tried out in the run in "
              + path
              + ", so there is no best one; train with --trials STEPS");
    }
    return summary.best();
  }

  /** The file that says what was run, and with which versions, as it stands. */
  public String configuration() {
    return TextFile.read(path.resolve(RunFolder.CONFIGURATION), "a text of settings");
  }

  /** What happened in training. */
  public MetricsTable metrics() {
    Path file = path.resolve(RunFolder.METRICS);
    return MetricsTable.parse(file.toString(), TextFile.read(file, "a table of metrics"));
  }

  /** Returns the timing of training, as far as it has been written. */
  public TimingTable.Last timing() {
    Path file = path.resolve(RunFolder.TIMING);
    return Files.exists(file)
        ? TimingTable.last(TextFile.read(file, "a table of times"))
        : TimingTable.Last.NONE;
  }

  private void restore(String name, Learner learner, VectorEnvironment environment) {
    read(path.resolve(name), learned(learner, transform(environment)));
  }

  static Stateful[] learned(Learner learner, Optional<ObservationTransform> transform) {
    return Stream.concat(Stream.of(learner), transform.stream()).toArray(Stateful[]::new);
  }

  static Optional<ObservationTransform> transform(VectorEnvironment environment) {
    return environment.capability(0, ObservationTransform.class);
  }

  static void read(Path file, Stateful... parts) {
    try {
      BinaryState.read(file, parts);
    } catch (StateException e) {
      throw new UserError(e.getMessage() + "; " + REMEDY, e);
    } catch (UncheckedIOException e) {
      throw new UserError(String.valueOf(e.getMessage()), e);
    }
  }

  private static UserError damaged(Path file) {
    return new UserError(file + " is damaged: its check sum is wrong; " + REMEDY);
  }
}
