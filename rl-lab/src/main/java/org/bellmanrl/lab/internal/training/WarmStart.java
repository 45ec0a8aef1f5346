package org.bellmanrl.lab.internal.training;

import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.bellmanrl.api.Learner;
import org.bellmanrl.api.VectorEnvironment;
import org.bellmanrl.api.state.BinaryState;
import org.bellmanrl.api.transform.ObservationTransform;
import org.bellmanrl.lab.internal.assembly.Assembler;
import org.bellmanrl.lab.internal.run.Experiment;
import org.bellmanrl.lab.internal.run.StoredRun;
import org.bellmanrl.results.document.UserError;

/** What a run takes over from the one that it begins with. */
final class WarmStart {
  private WarmStart() {}

  /**
   * Gives a beginner what the learner of another run has learned, and the wrappers of its
   * environment what that run's have.
   *
   * @throws UserError if that is another learner or another task
   */
  static void give(
      Assembler assembler, Experiment experiment, VectorEnvironment environment, Learner learner) {
    StoredRun run = StoredRun.open(Path.of(experiment.from()));
    if (!run.experiment().learner().id().equals(experiment.learner().id())) {
      throw new UserError(
          "%s holds what %s learned, which %s can't begin with"
              .formatted(
                  experiment.from(), run.experiment().learner().id(), experiment.learner().id()));
    }
    // Rows of the other run don't matter: what wrappers remember of episodes is not inherited.
    try (VectorEnvironment one = assembler.judged(experiment)) {
      run.restore(learner, one);
      Optional<ObservationTransform> learned = one.capability(0, ObservationTransform.class);
      Optional<ObservationTransform> own = environment.capability(0, ObservationTransform.class);
      if (learned.isPresent() && own.isPresent()) {
        ObservationTransform wider = learned.get().frozen(environment.rows());
        BinaryState.fromBytes(BinaryState.toBytes(wider), own.get());
      }
    } catch (UserError e) {
      throw unlike(run.experiment(), experiment, e);
    }
  }

  /** Says what differs between two experiments, if that may be why one can't inherit. */
  private static UserError unlike(Experiment old, Experiment now, UserError refusal) {
    String what = now.from() + " was trained ";
    if (!old.wrappers().equals(now.wrappers())) {
      return new UserError(
          what
              + "with "
              + wrappers(old)
              + ", and this run has "
              + wrappers(now)
              + ": give --wrap the same",
          refusal);
    }
    if (old.rows() != now.rows()) {
      return new UserError(
          what
              + "with --envs %d, and this run has %d: give --envs %d"
                  .formatted(old.rows(), now.rows(), old.rows()),
          refusal);
    }
    String options = differences("--env", old.environment(), now.environment());
    if (options.isEmpty()) {
      options = differences("--set", old.learner(), now.learner());
    }
    return options.isEmpty()
        ? new UserError(what + "for other shapes: " + refusal.getMessage(), refusal)
        : new UserError(what + options, refusal);
  }

  /** In which options two parts differ, and what to give so that they don't; empty if in none. */
  private static String differences(String option, Experiment.Part old, Experiment.Part now) {
    if (!old.id().equals(now.id())) {
      return "on %s, and this run is on %s".formatted(old.id(), now.id());
    }
    String differing =
        old.options().entrySet().stream()
            .filter(entry -> !Objects.equals(entry.getValue(), now.options().get(entry.getKey())))
            .map(entry -> option + " " + entry.getKey() + "=" + entry.getValue())
            .collect(Collectors.joining(" "));
    return differing.isEmpty() ? "" : "with " + differing + ", which does not fit: give the same";
  }

  private static String wrappers(Experiment experiment) {
    return experiment.wrappers().isEmpty()
        ? "no wrappers"
        : experiment.wrappers().stream()
            .map(part -> part.id() + part.options())
            .collect(Collectors.joining(", ", "the wrappers ", ""));
  }
}
