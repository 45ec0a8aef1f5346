package org.bellmanrl.tabular.internal;

import org.bellmanrl.api.LearnerContext;
import org.bellmanrl.api.model.FiniteModel;

/** Asks a context for the task's exact model. */
public final class ExactModels {
  private ExactModels() {}

  /**
   * The model.
   *
   * @throws IllegalArgumentException if the task has none, or one of other states or actions
   */
  public static FiniteModel require(
      String learner, LearnerContext context, int states, int actions) {
    FiniteModel model =
        context
            .model()
            .orElseThrow(() ->
                new IllegalArgumentException(
                    ("%s needs the exact model of its task, but %s has none; take a task that has"
                            + " one (Modelled), or a learner that learns from transitions")
                        .formatted(learner, context.spec().name())));
    if (model.states() != states || model.actions() != actions) {
      throw new IllegalArgumentException(
          "the model of %s has %d states and %d actions, but its spaces have %d and %d"
              .formatted(context.spec().name(), model.states(), model.actions(), states, actions));
    }
    return model;
  }
}
