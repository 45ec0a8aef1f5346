package org.bellmanrl.deep.continuous;

import java.util.Arrays;
import org.bellmanrl.api.random.RandomStream;
import org.bellmanrl.api.space.Columns;
import org.bellmanrl.deep.network.Network;
import org.bellmanrl.deep.network.Workspace;
import org.bellmanrl.deep.optimizer.OptimizerSpec;

/**
 * Critics without target networks: one pass of each sees the pairs of both steps, so that both are
 * normalised by the same statistics, and targets come from its second half without gradients (Bhatt
 * et al., 2024: CrossQ).
 */
final class JointCritics extends Critics {
  /** Pairs of the step, then those of the next step, by critic. */
  private final Workspace[] joint;

  /** Outputs of all critics for the next step, row after row. */
  private final double[] outputs;

  JointCritics(
      Network[] online,
      Inputs inputs,
      int rows,
      CriticLoss loss,
      Combination combination,
      OptimizerSpec optimizer,
      RandomStream noise) {
    super(online, inputs, rows, loss, combination, optimizer, noise);
    this.joint = new Workspace[online.length];
    Arrays.setAll(
        joint, k -> online[k].workspace(Math.multiplyExact(2, rows), Workspace.Use.TRAINING));
    this.outputs = new double[rows * online.length * loss.outputs()];
  }

  @Override
  void next(Columns observations, double[] actions) {
    for (Workspace pass : joint) {
      inputs.pairs(observations, actions, rows, pass.inputs(), rows);
    }
  }

  @Override
  void taken(Columns observations, double[] actions) {
    for (Workspace pass : joint) {
      inputs.pairs(observations, actions, rows, pass.inputs(), 0);
    }
  }

  @Override
  int targetSize() {
    return loss.targets(online.length);
  }

  @Override
  void targets(double[] into) {
    for (int k = 0; k < online.length; k++) {
      joint[k].sampleNoise(noise);
      online[k].forward(joint[k], 2 * rows);
      collect(joint[k], rows, k, online.length, outputs);
    }
    reduce(outputs, online.length, into);
  }

  @Override
  void follow(float tau) {}

  @Override
  Workspace forward(int k) {
    int half = rows * joint[k].outputStride();
    Arrays.fill(joint[k].outputGradients(), half, 2 * half, 0f);
    return joint[k];
  }

  @Override
  void backward(int k, Workspace pass, float[] into) {
    online[k].backward(pass, 2 * rows, into);
  }

  @Override
  void requireFiniteTargets(int k) {}
}
