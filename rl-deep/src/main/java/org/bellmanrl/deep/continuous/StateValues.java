package org.bellmanrl.deep.continuous;

import org.bellmanrl.api.Observations;
import org.bellmanrl.api.ValueFunction;
import org.bellmanrl.api.space.Rows;
import org.bellmanrl.api.state.State;
import org.bellmanrl.deep.network.Network;
import org.bellmanrl.deep.network.Workspace;

/** State values of a deterministic policy: v(s) = Q(s, μ(s)). Threads that evaluate take turns. */
final class StateValues implements ValueFunction {
  private final CriticInputs inputs;
  private final Network policy;
  private final CriticValues critics;
  private final Workspace state;
  private final SquashedMean chosen;
  private final double[] value = new double[1];

  StateValues(CriticInputs inputs, Network policy, CriticValues critics) {
    this.inputs = inputs;
    this.policy = policy;
    this.critics = critics;
    this.state = policy.workspace(1, Workspace.Use.FORWARD);
    this.chosen = new SquashedMean(inputs.actionSize(), 1);
  }

  /** The policy network, which these values read. */
  Network policy() {
    return policy;
  }

  @Override
  public int width() {
    return 1;
  }

  @Override
  public synchronized void evaluate(Rows rows, Observations observations, double[] values) {
    for (int i = 0; i < rows.count(); i++) {
      int row = rows.at(i);
      inputs.encoder().encode(observations.values(), row, state, 0);
      policy.forward(state, 1);
      chosen.squash(state.outputs(), state.outputStride(), 1);
      inputs.pair(observations.values(), row, chosen.action, 0, critics.pairs(), 0);
      critics.compute(1, value);
      values[row] = value[0];
    }
  }

  @Override
  public StateValues snapshot() {
    return new StateValues(inputs, policy.copy(), critics.copy());
  }

  @Override
  public void carry(State state) {
    state.begin("state-values", 1);
    state.carry("policy", policy);
    state.carry("critics", critics);
    state.end();
  }
}
