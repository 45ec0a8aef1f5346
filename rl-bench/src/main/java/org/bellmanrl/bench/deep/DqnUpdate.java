package org.bellmanrl.bench.deep;

import java.util.Arrays;
import org.bellmanrl.api.random.RandomStream;
import org.bellmanrl.deep.network.Activation;
import org.bellmanrl.deep.network.Network;
import org.bellmanrl.deep.network.NetworkSpec;
import org.bellmanrl.deep.network.Workspace;
import org.bellmanrl.deep.optimizer.Adam;
import org.bellmanrl.deep.optimizer.GlobalNorm;
import org.bellmanrl.deep.optimizer.Optimizer;

/** What DQN does with its networks, on a fixed batch of random numbers. */
final class DqnUpdate {
  private static final int BATCH = 64;
  private static final int INPUTS = 4;
  private static final int ACTIONS = 2;
  private static final float GAMMA = 0.99f;

  private final long units;
  private final Network online;
  private final Network target;
  private final Workspace onlineWork;
  private final Workspace targetWork;
  private final Workspace actingWork;
  private final Optimizer optimizer;
  private final GlobalNorm norm = new GlobalNorm();
  private final float[] gradients;
  private final int[] actions = new int[BATCH];
  private final float[] rewards = new float[BATCH];

  DqnUpdate(int units) {
    this.units = units;
    RandomStream random = RandomStream.ofSeed(1);
    online =
        Network.create(NetworkSpec.mlp(INPUTS, ACTIONS, Activation.RELU, units, units), random);
    target = online.copy();
    onlineWork = online.workspace(BATCH, Workspace.Use.TRAINING);
    targetWork = target.workspace(BATCH, Workspace.Use.FORWARD);
    actingWork = online.workspace(1, Workspace.Use.FORWARD);
    optimizer = new Adam().create(online.parameters().length);
    gradients = online.newVector();
    for (int row = 0; row < BATCH; row++) {
      actions[row] = random.integers(ACTIONS);
      rewards[row] = (float) random.standardNormal();
    }
    fill(onlineWork.inputs(), random);
    fill(targetWork.inputs(), random);
    fill(actingWork.inputs(), random);
  }

  private static void fill(float[] numbers, RandomStream random) {
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = (float) random.standardNormal();
    }
  }

  /** The whole update; returns the factor that clipping put on the gradients. */
  float update() {
    target.forward(targetWork, BATCH);
    online.forward(onlineWork, BATCH);
    huberGradient();
    Arrays.fill(gradients, 0f);
    online.backward(onlineWork, BATCH, gradients);
    float scale = norm.clip(gradients, 10f);
    optimizer.step(online.parameters(), gradients, 1e-4, scale);
    return scale;
  }

  private void huberGradient() {
    float[] next = targetWork.outputs();
    float[] outputs = onlineWork.outputs();
    float[] into = onlineWork.outputGradients();
    int stride = onlineWork.outputStride();
    Arrays.fill(into, 0, BATCH * stride, 0f);
    for (int row = 0; row < BATCH; row++) {
      int at = row * stride;
      float best = next[at];
      for (int a = 1; a < ACTIONS; a++) {
        best = Math.max(best, next[at + a]);
      }
      float error = outputs[at + actions[row]] - (rewards[row] + GAMMA * best);
      into[at + actions[row]] = Math.max(-1f, Math.min(1f, error)) / BATCH;
    }
  }

  /** Values the actions of one observation. */
  float act() {
    online.forward(actingWork, 1);
    return actingWork.outputs()[0];
  }

  /** Values the actions of a batch. */
  float forward() {
    online.forward(onlineWork, BATCH);
    return onlineWork.outputs()[0];
  }

  /** How many multiply-adds the matrix products of an update need. */
  long multiplyAdds() {
    long hidden = units * units;
    long forward = INPUTS * units + hidden + units * ACTIONS;
    long inputGradients = hidden + units * ACTIONS;
    return BATCH * (3 * forward + inputGradients);
  }
}
