package org.bellmanrl.deep.continuous;

import java.util.Arrays;
import org.bellmanrl.api.random.RandomStream;
import org.bellmanrl.api.state.State;
import org.bellmanrl.deep.network.Network;
import org.bellmanrl.deep.network.Workspace;
import org.bellmanrl.deep.replay.Pass;
import org.bellmanrl.deep.replay.ReplayBatch;

/**
 * Critics with a target network each, which follows it. The targets are made of all target
 * networks, or of a few that are drawn for each update (Chen et al., 2021: REDQ).
 */
final class TargetedCritics extends Critics {
  /** The target networks. */
  final Network[] target;

  /** Which target networks make a target: the first {@code targetCritics} of these. */
  private final int[] order;

  private final int targetCritics;

  /** For the targets, by turns: their inputs are the same. */
  private final Bootstrapping[] next;

  /** For the updates, by turns: their inputs are the same. */
  private final Pass[] taken;

  private final CriticTask.Pair bootstrapping;

  /** Outputs of the networks that make a target, row after row. */
  private final double[] outputs;

  /** Critics whose target networks begin as copies. */
  TargetedCritics(
      CriticsPlan plan,
      Network[] online,
      CriticInputs inputs,
      ReplayBatch batch,
      int policyState,
      RandomStream noise) {
    super(plan, online, inputs, batch, policyState, noise);
    this.targetCritics = plan.targetCritics();
    this.target = new Network[online.length];
    this.order = new int[online.length];
    for (int k = 0; k < online.length; k++) {
      target[k] = online[k].copy();
      order[k] = k;
    }
    this.next = new Bootstrapping[] {new Bootstrapping(), new Bootstrapping()};
    this.bootstrapping = new CriticTask.Pair(next[0], next[1]);
    this.taken = new Pass[Math.min(2, online.length)];
    Arrays.setAll(taken, k -> new Pass(online[0], batch, Workspace.Use.TRAINING));
    this.outputs = new double[batch.maxSize() * targetCritics * loss.outputs()];
  }

  @Override
  void next(double[] actions) {
    for (Bootstrapping task : next) {
      inputs.pairs(task.pass, batch, actions, 0, true);
    }
  }

  @Override
  void taken(double[] actions) {
    for (Pass pass : taken) {
      inputs.pairs(pass, batch, actions, 0, false);
    }
  }

  @Override
  int targetSize() {
    return loss.targets(targetCritics);
  }

  @Override
  void targets(double[] into) {
    bootstrapping.each(targetCritics, work());
    reduce(outputs, targetCritics, into);
  }

  /** Returns the network that is used in place {@code j}: those after it are drawn later. */
  private int draw(int j) {
    if (targetCritics < order.length) {
      int from = j + noise.integers(order.length - j);
      int drawn = order[from];
      order[from] = order[j];
      order[j] = drawn;
    }
    return order[j];
  }

  @Override
  void follow(float tau) {
    for (int k = 0; k < target.length; k++) {
      target[k].moveTowards(online[k], tau);
    }
  }

  @Override
  Pass taking(int k) {
    Pass pass = taken[k % taken.length];
    pass.workspace().sampleNoise(noise);
    return pass;
  }

  @Override
  void take(Pass pass, int k) {
    pass.forward(online[k], stateAt(k));
  }

  @Override
  void requireFiniteTargets(int k) {
    requireFinite(target[k], "parameter of target critic " + (k + 1));
    for (Bootstrapping task : next) {
      task.pass.workspace().requireFinite();
    }
  }

  @Override
  public void carry(State state) {
    super.carry(state);
    state.begin("target-critics", 1);
    state.carry("networks", target);
    state.carry("order", order);
    state.end();
  }

  /** What a target network says of the next step. */
  private final class Bootstrapping extends CriticTask {
    final Pass pass = new Pass(target[0], batch, Workspace.Use.FORWARD);
    private int drawn;

    @Override
    void begin() {
      drawn = draw(k);
      pass.workspace().sampleNoise(noise);
    }

    @Override
    void run() {
      pass.forward(target[drawn], stateAt(drawn));
      collect(pass, 0, k, targetCritics, outputs);
    }
  }
}
