package org.bellmanrl.deep.replay;

import org.bellmanrl.api.Actions;
import org.bellmanrl.api.EnvironmentSpec;
import org.bellmanrl.api.Observations;
import org.bellmanrl.api.Outcomes;
import org.bellmanrl.api.Transitions;
import org.bellmanrl.api.space.Box;
import org.bellmanrl.api.space.Dict;
import org.bellmanrl.api.space.Discrete;
import org.bellmanrl.api.space.Rows;

/** One row whose observations count up, told step by step. */
final class Line {
  private final EnvironmentSpec spec =
      EnvironmentSpec.of("Line", Box.of(0f, Float.POSITIVE_INFINITY, 1), new Discrete(2));
  private final Observations observations = new Observations(spec, 1);
  private final Outcomes outcomes = new Outcomes(spec, 1);
  private final Transitions transitions =
      new Transitions(
          Rows.all(1),
          observations,
          new Actions(spec.actionSpace(), Dict.EMPTY, 1),
          outcomes,
          null);
  private int shown = -1;

  EnvironmentSpec spec() {
    return spec;
  }

  void step(
      Replay replay,
      boolean first,
      double reward,
      double discount,
      boolean terminated,
      boolean truncated) {
    if (first) {
      shown++;
    }
    observations.values().floats()[0] = shown;
    outcomes.observations().values().floats()[0] = ++shown;
    outcomes.reward()[0] = reward;
    outcomes.discount()[0] = discount;
    outcomes.terminated()[0] = terminated;
    outcomes.truncated()[0] = truncated;
    transitions.first()[0] = first;
    replay.add(transitions);
  }
}
