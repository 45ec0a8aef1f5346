package org.bellmanrl.testkit;

import org.bellmanrl.api.EnvironmentSpec;
import org.bellmanrl.api.model.FiniteModel;
import org.bellmanrl.api.space.Columns;
import org.bellmanrl.api.space.ProductIndex;
import org.bellmanrl.api.space.Space;

/** Checks that what was played is what an exact model says can happen. */
final class ModelSteps {
  private final FiniteModel model;
  private final ProductIndex states;
  private final ProductIndex actions;
  private final Columns seen;
  private final Columns done;

  ModelSteps(EnvironmentSpec spec, FiniteModel model) {
    this.model = model;
    this.states = index(spec, "observations", spec.observationSpace());
    this.actions = index(spec, "actions", spec.actionSpace());
    Checks.equal(spec.name(), "the model has as many states", states.size(), model.states());
    Checks.equal(spec.name(), "the model has as many actions", actions.size(), model.actions());
    this.seen = new Columns(spec.observationSpace(), 1);
    this.done = new Columns(spec.actionSpace(), 1);
  }

  /** Requires that the starts and steps of a row are the model's. */
  void check(Trace trace) {
    int state = 0;
    for (int i = 0; i < trace.moments().size(); i++) {
      Moment moment = trace.moments().get(i);
      moment.observation.write(seen);
      int next = states.of(seen, 0);
      if (moment.action == null) {
        if (!(model.initial(next) > 0)) {
          throw trace
              .failure(i, "an episode begins where the model says it can", "observation")
              .expected("a state with an initial probability above 0")
              .actual("state " + next)
              .error();
        }
      } else {
        moment.action.write(done);
        int action = actions.of(done, 0);
        if (!known(state, action, next, moment)) {
          throw trace
              .failure(i, "a step is one of the model's outcomes", "outcome")
              .expected(outcomes(state, action))
              .actual(outcome(state, action, next, moment.reward, moment.terminated))
              .error();
        }
      }
      state = next;
    }
  }

  private static ProductIndex index(EnvironmentSpec spec, String what, Space space) {
    return ProductIndex.of(space)
        .orElseThrow(() ->
            Failure.of(spec.name(), "a task with an exact model has finite " + what)
                .expected("a finite space")
                .actual(space)
                .error());
  }

  private boolean known(int state, int action, int next, Moment moment) {
    for (int o = model.from(state, action); o < model.to(state, action); o++) {
      if (model.next(o) == next
          && model.reward(o) == moment.reward
          && model.terminated(o) == moment.terminated) {
        return true;
      }
    }
    return false;
  }

  private String outcomes(int state, int action) {
    StringBuilder text = new StringBuilder("one of");
    for (int o = model.from(state, action); o < model.to(state, action); o++) {
      text.append(" {")
          .append(outcome(state, action, model.next(o), model.reward(o), model.terminated(o)))
          .append('}');
    }
    return text.toString();
  }

  private static String outcome(int state, int action, int next, double reward, boolean ended) {
    return "state %d, action %d -> state %d, reward %s, terminated %s"
        .formatted(state, action, next, reward, ended);
  }
}
