package org.bellmanrl.lab.internal.assembly;

import java.util.Optional;
import org.bellmanrl.api.VectorEnvironment;
import org.bellmanrl.api.model.Modelled;
import org.bellmanrl.api.render.GridView;
import org.bellmanrl.lab.internal.run.Experiment;

/** What is doubtful about an experiment before it begins, in words. */
public final class ExperimentWarnings {
  private ExperimentWarnings() {}

  /** Says so if an end of the task can't be reached; empty otherwise. */
  public static Optional<String> ofTask(Assembler assembler, Experiment experiment) {
    try (VectorEnvironment bare = assembler.bare(experiment)) {
      return bare.capability(0, Modelled.class)
          .flatMap(modelled ->
              ReachabilityCheck.doubt(
                  bare.spec(), modelled.model(), bare.capability(0, GridView.class)));
    }
  }

  /** Says so if an experiment ends before its learner learns anything; empty otherwise. */
  public static Optional<String> ofLearning(Experiment experiment) {
    long first = stepsToFirstUpdate(experiment.learner(), experiment.rows());
    return first <= experiment.budget().steps()
        ? Optional.empty()
        : Optional.of(
            "%s updates its networks for the first time after %d steps, and this run ends after %d: nothing will be learned; give more --steps"
                .formatted(experiment.learner().id(), first, experiment.budget().steps()));
  }

  /** Transitions that a learner with networks collects before it learns from them, at least. */
  private static long stepsToFirstUpdate(Experiment.Part learner, int rows) {
    long rollout = learner.options().get("n_steps") instanceof Number steps ? steps.longValue() : 0;
    return learner.options().get("learning_starts") instanceof Number starts
        ? starts.longValue()
        : rollout * rows;
  }
}
