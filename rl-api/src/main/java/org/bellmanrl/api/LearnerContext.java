package org.bellmanrl.api;

import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import org.bellmanrl.api.model.Afterstates;
import org.bellmanrl.api.model.FiniteModel;
import org.bellmanrl.api.model.GoalReward;
import org.bellmanrl.api.model.Modelled;
import org.bellmanrl.api.options.Require;
import org.bellmanrl.api.random.Streams;
import org.bellmanrl.api.schedule.Progress;

/**
 * What a learner knows of its task and its run when it is created.
 *
 * @param spec the task
 * @param rows how many rows it will observe at once
 * @param streams gives the learner its random streams, by role
 * @param progress how far the run is, for schedules; changes as the run goes on
 * @param model the task's exact model, where there is one, for methods that plan
 * @param afterstates what actions do at once, where the task knows, for methods that value that
 * @param goals what steps would have paid for other goals, where the task has goals
 * @param valueFunctions makes a value function for the task by an id and options, as catalogues
 *     list them; throws an IllegalArgumentException if there is none with that id
 */
public record LearnerContext(
    EnvironmentSpec spec,
    int rows,
    Streams streams,
    Progress progress,
    Optional<FiniteModel> model,
    Optional<Afterstates> afterstates,
    Optional<GoalReward> goals,
    BiFunction<String, Map<String, ?>, ValueFunction> valueFunctions) {
  public LearnerContext {
    Require.atLeast("rows", rows, 1);
  }

  /** Returns a context of a task of which only the spec is known. */
  public static LearnerContext of(
      EnvironmentSpec spec, int rows, Streams streams, Progress progress) {
    return new LearnerContext(
        spec,
        rows,
        streams,
        progress,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        LearnerContext::unknown);
  }

  /** Returns a context of environments, with the model, afterstates and goals that they offer. */
  public static LearnerContext of(
      VectorEnvironment environment, Streams streams, Progress progress) {
    return new LearnerContext(
        environment.spec(),
        environment.rows(),
        streams,
        progress,
        environment.capability(0, Modelled.class).map(Modelled::model),
        environment.capability(0, Afterstates.class),
        environment.capability(0, GoalReward.class),
        LearnerContext::unknown);
  }

  /** Returns this context for a task with another spec. */
  public LearnerContext withSpec(EnvironmentSpec other) {
    return new LearnerContext(
        other, rows, streams, progress, model, afterstates, goals, valueFunctions);
  }

  /** Returns this context for another number of rows. */
  public LearnerContext withRows(int count) {
    return new LearnerContext(
        spec, count, streams, progress, model, afterstates, goals, valueFunctions);
  }

  /** Returns this context with the task's exact model. */
  public LearnerContext withModel(FiniteModel exact) {
    return new LearnerContext(
        spec, rows, streams, progress, Optional.of(exact), afterstates, goals, valueFunctions);
  }

  /** Returns this context with the afterstates of the task. */
  public LearnerContext withAfterstates(Afterstates known) {
    return new LearnerContext(
        spec, rows, streams, progress, model, Optional.of(known), goals, valueFunctions);
  }

  /** Returns this context with the rewards of steps for other goals. */
  public LearnerContext withGoals(GoalReward known) {
    return new LearnerContext(
        spec, rows, streams, progress, model, afterstates, Optional.of(known), valueFunctions);
  }

  /** Returns this context with value functions by id, such as those of a registry. */
  public LearnerContext withValueFunctions(
      BiFunction<String, Map<String, ?>, ValueFunction> functions) {
    return new LearnerContext(spec, rows, streams, progress, model, afterstates, goals, functions);
  }

  private static ValueFunction unknown(String id, Map<String, ?> options) {
    throw new IllegalArgumentException(
        "unknown value function '" + id + "': this learner was made without a registry");
  }
}
