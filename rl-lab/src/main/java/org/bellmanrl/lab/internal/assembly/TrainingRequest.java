package org.bellmanrl.lab.internal.assembly;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.bellmanrl.api.interaction.Budget;
import org.bellmanrl.api.interaction.Evaluation;
import org.bellmanrl.lab.internal.run.Experiment;
import org.bellmanrl.lab.internal.run.TrialPlan;
import org.jspecify.annotations.Nullable;

/**
 * What a user wants to be trained.
 *
 * @param learner the learner's id
 * @param environment the environment's id
 * @param learnerOptions what was said about the learner
 * @param environmentOptions what was said about the environment, {@code max_episode_steps} included
 * @param rows how many environments are to be stepped together; empty for the preset's number
 * @param wrappers what was said about wrappers, the innermost first; null for the preset's
 * @param budget what was said about the length; null for the preset's
 * @param schedules what schedules take their fraction of; null for the budget
 * @param trials how the policy is to be tried out while it is learned
 * @param evaluation how the result is to be judged; null for the preset's way
 * @param listeners the listeners of training, in the order of calls
 * @param from the run folder whose learner this one is to begin with; empty for a beginner
 * @param seed the master seed
 */
@RecordBuilder
public record TrainingRequest(
    String learner,
    String environment,
    Map<String, @Nullable Object> learnerOptions,
    Map<String, @Nullable Object> environmentOptions,
    OptionalInt rows,
    @Nullable List<Experiment.Part> wrappers,
    @Nullable Budget budget,
    @Nullable Budget schedules,
    TrialPlan trials,
    Evaluation.@Nullable Plan evaluation,
    List<Experiment.Part> listeners,
    String from,
    long seed)
    implements TrainingRequestBuilder.With {

  /** Requests a learner on an environment, and leaves everything else open. */
  public static TrainingRequest of(String learner, String environment) {
    return new TrainingRequest(
        learner,
        environment,
        Map.of(),
        Map.of(),
        OptionalInt.empty(),
        null,
        null,
        null,
        TrialPlan.NONE,
        null,
        List.of(),
        "",
        0);
  }
}
