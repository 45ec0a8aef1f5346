package org.bellmanrl.deep.sac;

import java.util.Arrays;
import org.bellmanrl.api.random.RandomStream;
import org.bellmanrl.api.state.State;
import org.bellmanrl.api.state.Stateful;
import org.bellmanrl.deep.network.Network;
import org.bellmanrl.deep.network.NetworkSpec;
import org.bellmanrl.deep.network.NonFiniteException;
import org.bellmanrl.deep.network.Workspace;
import org.bellmanrl.deep.optimizer.Adam;
import org.bellmanrl.deep.optimizer.GlobalNorm;
import org.bellmanrl.deep.optimizer.Optimizer;

/**
 * Two action values Q₁ and Q₂ that are learned apart, each with a target network that follows it,
 * and the smaller of which counts: so errors are not sought out (Fujimoto et al., 2018, clipped
 * double Q-learning).
 *
 * <p>Batches have a fixed number of rows. Not thread-safe.
 */
final class TwinCritics implements Stateful {
  private static final int COUNT = 2;

  private final Inputs inputs;
  private final int rows;
  private final int observationSize;
  private final int actionSize;
  private final Network[] online = new Network[COUNT];
  private final Network[] target = new Network[COUNT];
  private final float[][] gradients = new float[COUNT][];
  private final Optimizer[] optimizers = new Optimizer[COUNT];
  private final GlobalNorm norm = new GlobalNorm();

  /** For the targets, one after the other. */
  private final Workspace next;

  /** For both critics' updates, one after the other: their inputs are the same. */
  private final Workspace taken;

  /** For the policy, which learns through both at once. */
  private final Workspace[] chosen = new Workspace[COUNT];

  private double gradientNorm;

  TwinCritics(NetworkSpec spec, Inputs inputs, int rows, RandomStream random) {
    this.inputs = inputs;
    this.rows = rows;
    this.observationSize = inputs.observationSize();
    this.actionSize = inputs.pairSize() - observationSize;
    for (int k = 0; k < COUNT; k++) {
      online[k] = Network.create(spec, random);
      target[k] = online[k].copy();
      gradients[k] = online[k].newVector();
      optimizers[k] = new Adam().create(gradients[k].length);
      chosen[k] = online[k].workspace(rows, Workspace.Use.TRAINING_WITH_INPUTS);
    }
    this.next = target[0].workspace(rows, Workspace.Use.FORWARD);
    this.taken = online[0].workspace(rows, Workspace.Use.TRAINING);
  }

  /** The network of Q₁ or Q₂. */
  Network network(int k) {
    return online[k];
  }

  /**
   * min Q̄(s, a) of each row, by the target networks.
   *
   * @param observations as {@link Inputs} writes them
   * @param actions elements in [−1, 1]
   * @param into takes the values
   */
  void targetValues(float[] observations, double[] actions, double[] into) {
    inputs.pairs(observations, actions, rows, next.inputs());
    target[0].forward(next, rows);
    for (int i = 0; i < rows; i++) {
      into[i] = next.outputs()[i * next.outputStride()];
    }
    target[1].forward(next, rows);
    for (int i = 0; i < rows; i++) {
      into[i] = Math.min(into[i], next.outputs()[i * next.outputStride()]);
    }
  }

  /**
   * Moves both critics towards targets: a step along the gradient of ½ mean((Q − y)²) for each.
   *
   * @param observations as {@link Inputs} writes them
   * @param actions elements in [−1, 1]
   * @param targets y
   * @return the loss, both together, before the step
   * @throws NonFiniteException if the loss or a gradient is not finite
   */
  double step(float[] observations, double[] actions, double[] targets, double learningRate) {
    inputs.pairs(observations, actions, rows, taken.inputs());
    double loss = 0;
    gradientNorm = 0;
    for (int k = 0; k < COUNT; k++) {
      loss += loss(k, targets);
      online[k].backward(taken, rows, gradients[k]);
      double length = norm.of(gradients[k]);
      if (!Double.isFinite(length)) {
        throw notFinite(k, "the norm of its gradients is " + length);
      }
      gradientNorm += length / COUNT;
      optimizers[k].step(online[k].parameters(), gradients[k], learningRate, 1f);
    }
    return loss;
  }

  private double loss(int k, double[] targets) {
    online[k].forward(taken, rows);
    Arrays.fill(gradients[k], 0f);
    double loss =
        squaredError(rows, taken.outputs(), targets, taken.outputStride(), taken.outputGradients());
    if (!Double.isFinite(loss)) {
      requireFinite(target[k], "parameter of target critic " + (k + 1));
      next.requireFinite();
      throw notFinite(k, "its loss is " + loss);
    }
    return loss;
  }

  /**
   * ½ mean((Q − y)²).
   *
   * @param gradient takes the derivative with respect to each Q
   */
  static double squaredError(
      int n, float[] values, double[] targets, int stride, float[] gradient) {
    double loss = 0;
    for (int i = 0; i < n; i++) {
      double error = values[i * stride] - targets[i];
      loss += 0.5 * error * error / n;
      gradient[i * stride] = (float) (error / n);
    }
    return loss;
  }

  private NonFiniteException notFinite(int k, String what) {
    String critic = "critic " + (k + 1);
    requireFinite(online[k], "parameter of " + critic);
    taken.requireFinite();
    online[k].requireFinite(gradients[k], "gradient of " + critic);
    return new NonFiniteException(critic + ": " + what + ", with finite parameters and outputs");
  }

  private static void requireFinite(Network network, String what) {
    network.requireFinite(network.parameters(), what);
  }

  /** Mean over both critics of the norm of the last step's gradients. */
  double gradientNorm() {
    return gradientNorm;
  }

  /**
   * min Q(s, a) of each row, and how it changes with the action.
   *
   * @param observations as {@link Inputs} writes them
   * @param actions elements in [−1, 1]
   * @param weight factor of the gradients
   * @param values takes min Q
   * @param actionGradients takes weight · d min Q(s, a) / da, laid out as the actions
   */
  void values(
      float[] observations,
      double[] actions,
      double weight,
      double[] values,
      double[] actionGradients) {
    for (int k = 0; k < COUNT; k++) {
      inputs.pairs(observations, actions, rows, chosen[k].inputs());
      online[k].forward(chosen[k], rows);
    }
    choose((float) weight, values);
    for (int k = 0; k < COUNT; k++) {
      online[k].backwardToInputs(chosen[k], rows);
    }
    addActionGradients(actionGradients);
  }

  /** Takes the smaller value, and sends the gradient into that critic alone. */
  private void choose(float weight, double[] values) {
    int stride = chosen[0].outputStride();
    float[] first = chosen[0].outputs();
    float[] second = chosen[1].outputs();
    for (int i = 0; i < rows; i++) {
      int at = i * stride;
      boolean takeFirst = first[at] <= second[at];
      values[i] = takeFirst ? first[at] : second[at];
      chosen[0].outputGradients()[at] = takeFirst ? weight : 0f;
      chosen[1].outputGradients()[at] = takeFirst ? 0f : weight;
    }
  }

  private void addActionGradients(double[] into) {
    int stride = chosen[0].inputGradientStride();
    float[] first = chosen[0].inputGradients();
    float[] second = chosen[1].inputGradients();
    for (int i = 0; i < rows; i++) {
      int from = i * stride + observationSize;
      for (int d = 0; d < actionSize; d++) {
        into[i * actionSize + d] = (double) first[from + d] + second[from + d];
      }
    }
  }

  /** Lets the targets follow: θ̄ ← θ̄ + τ (θ − θ̄). */
  void follow(float tau) {
    for (int k = 0; k < COUNT; k++) {
      target[k].moveTowards(online[k], tau);
    }
  }

  @Override
  public void carry(State state) {
    state.begin("twin-critics", 1);
    for (int k = 0; k < COUNT; k++) {
      state.carry("online", online[k]);
      state.carry("target", target[k]);
      state.carry("optimizer", optimizers[k]);
    }
    state.end();
  }
}
