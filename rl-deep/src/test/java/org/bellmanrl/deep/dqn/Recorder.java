package org.bellmanrl.deep.dqn;

import java.util.List;
import org.bellmanrl.api.Learner;
import org.bellmanrl.api.Policy;
import org.bellmanrl.api.Transitions;
import org.bellmanrl.api.state.State;
import org.bellmanrl.deep.network.Network;
import org.bellmanrl.deep.network.ParameterBlock;

/**
 * Notes what a learner sees of {@link Tasks.Doors}, for programs that learn the same beside it.
 *
 * @param learner learns
 * @param seen takes what it sees
 */
record Recorder<L extends Learner>(L learner, List<Seen> seen) implements Learner {
  /** A step of a row. */
  record Seen(
      int row,
      boolean first,
      double[] observation,
      int action,
      double reward,
      double discount,
      boolean last,
      double[] next) {}

  @Override
  public void observe(Transitions transitions) {
    for (int i = 0; i < transitions.rows().count(); i++) {
      int row = transitions.rows().at(i);
      seen.add(
          new Seen(
              row,
              transitions.first()[row],
              numbers(transitions.observations().values().floats(), row),
              transitions.actions().values().ints()[row] - 5,
              transitions.reward()[row],
              transitions.discount()[row],
              transitions.last(row),
              numbers(transitions.nextObservations().values().floats(), row)));
    }
    learner.observe(transitions);
  }

  private static double[] numbers(float[] all, int row) {
    return new double[] {all[3 * row], all[3 * row + 1], all[3 * row + 2]};
  }

  /** The weights of each action of a linear network, the last of which is its bias. */
  static double[][] weights(Network network) {
    double[][] weights = new double[2][4];
    for (ParameterBlock block : network.blocks()) {
      boolean bias = block.name().equals("bias");
      for (int action = 0; action < 2; action++) {
        for (int i = 0; i < (bias ? 1 : 3); i++) {
          weights[action][bias ? 3 : i] = network.parameters()[block.index(i, action)];
        }
      }
    }
    return weights;
  }

  @Override
  public Policy behaviour() {
    return learner.behaviour();
  }

  @Override
  public Policy policy() {
    return learner.policy();
  }

  @Override
  public void carry(State state) {
    learner.carry(state);
  }
}
