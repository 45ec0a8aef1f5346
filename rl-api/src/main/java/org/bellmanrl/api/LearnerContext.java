package org.bellmanrl.api;

import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import org.bellmanrl.api.model.Afterstates;
import org.bellmanrl.api.model.FiniteModel;
import org.bellmanrl.api.random.Streams;
import org.bellmanrl.api.schedule.Progress;

/**
 * What a learner is told when it is made.
 *
 * @param spec the task
 * @param rows how many rows it will observe at once
 * @param streams gives the learner its random streams, by role
 * @param progress how far the run is, for schedules; changes as the run goes on
 * @param model the task's exact model, where there is one, for methods that plan
 * @param afterstates what actions do at once, where the task knows, for methods that value that
 * @param valueFunctions makes a value function for the task by an id and options, as catalogues list
 *     them; throws an IllegalArgumentException if there is none with that id
 */
public record LearnerContext(
    EnvironmentSpec spec,
    int rows,
    Streams streams,
    Progress progress,
    Optional<FiniteModel> model,
    Optional<Afterstates> afterstates,
    BiFunction<String, Map<String, ?>, ValueFunction> valueFunctions) {
  public LearnerContext {
    if (rows < 1) {
      throw new IllegalArgumentException("rows must be at least 1, was " + rows);
    }
  }

  /** A context without the value functions of a registry. */
  public LearnerContext(
      EnvironmentSpec spec,
      int rows,
      Streams streams,
      Progress progress,
      Optional<FiniteModel> model,
      Optional<Afterstates> afterstates) {
    this(spec, rows, streams, progress, model, afterstates, LearnerContext::unknown);
  }

  /** A context without afterstates. */
  public LearnerContext(
      EnvironmentSpec spec,
      int rows,
      Streams streams,
      Progress progress,
      Optional<FiniteModel> model) {
    this(spec, rows, streams, progress, model, Optional.empty());
  }

  /** A context without a model. */
  public LearnerContext(EnvironmentSpec spec, int rows, Streams streams, Progress progress) {
    this(spec, rows, streams, progress, Optional.empty());
  }

  private static ValueFunction unknown(String id, Map<String, ?> options) {
    throw new IllegalArgumentException(
        "unknown value function '" + id + "': this learner was made without a registry");
  }
}
