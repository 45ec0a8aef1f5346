package org.bellmanrl.deep.continuous;

import java.util.Arrays;
import org.bellmanrl.api.random.RandomStream;
import org.bellmanrl.deep.network.Network;
import org.bellmanrl.deep.network.Workspace;
import org.bellmanrl.deep.replay.Pass;
import org.bellmanrl.deep.replay.ReplayBatch;

/**
 * Critics without target networks: one pass of each sees the pairs of both steps, so that both are
 * normalised by the same statistics, and targets come from its second half without gradients (Bhatt
 * et al., 2024: CrossQ).
 */
final class JointCritics extends Critics {
  /** Pairs of the step, then those of the next step, by critic. */
  private final Pass[] joint;

  private final CriticTask.Pair seeing = new CriticTask.Pair(new Seeing(), new Seeing());

  /** Outputs of all critics for the next step, row after row. */
  private final double[] outputs;

  JointCritics(
      CriticsPlan plan,
      Network[] online,
      CriticInputs inputs,
      ReplayBatch batch,
      RandomStream noise) {
    super(plan, online, inputs, batch, 0, noise);
    this.joint = new Pass[online.length];
    Arrays.setAll(joint, k -> new Pass(online[k], batch, 2, Workspace.Use.TRAINING));
    this.outputs = new double[batch.maxSize() * online.length * loss.outputs()];
  }

  @Override
  void next(double[] actions) {
    for (Pass pass : joint) {
      inputs.pairs(pass, batch, actions, batch.maxSize(), true);
    }
  }

  @Override
  void taken(double[] actions) {
    for (Pass pass : joint) {
      inputs.pairs(pass, batch, actions, 0, false);
    }
  }

  @Override
  int targetSize() {
    return loss.targets(online.length);
  }

  @Override
  void targets(double[] into) {
    seeing.each(online.length, 2 * work());
    reduce(outputs, online.length, into);
  }

  @Override
  void follow(float tau) {}

  @Override
  Pass taking(int k) {
    return joint[k];
  }

  /** Has been done for the targets; what was computed of the next step is no part of the loss. */
  @Override
  void take(Pass pass, int k) {
    int half = batch.maxSize() * pass.stride();
    Arrays.fill(pass.outputGradients(), half, 2 * half, 0f);
  }

  @Override
  void requireFiniteTargets(int k) {}

  /** The pass of a critic over both steps. */
  private final class Seeing extends CriticTask {
    @Override
    void begin() {
      joint[k].workspace().sampleNoise(noise);
    }

    @Override
    void run() {
      joint[k].forward(online[k], stateAt(k));
      collect(joint[k], batch.maxSize(), k, online.length, outputs);
    }
  }
}
