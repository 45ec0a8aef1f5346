package org.bellmanrl.bench.deep;

import java.util.Arrays;
import java.util.List;
import org.bellmanrl.api.random.RandomStream;
import org.bellmanrl.api.space.DType;
import org.bellmanrl.deep.network.Convolution2d;
import org.bellmanrl.deep.network.Dense;
import org.bellmanrl.deep.network.LayerSpec;
import org.bellmanrl.deep.network.Network;
import org.bellmanrl.deep.network.NetworkSpec;
import org.bellmanrl.deep.network.Workspace;
import org.bellmanrl.deep.optimizer.Adam;
import org.bellmanrl.deep.optimizer.GlobalNorm;
import org.bellmanrl.deep.optimizer.Optimizer;

/** What DQN does with its networks, on a fixed batch of random numbers. */
final class DqnUpdate {
  private static final float GAMMA = 0.99f;

  private final int batch;
  private final Network online;
  private final Network target;
  private final Workspace onlineWork;
  private final Workspace targetWork;
  private final Workspace actingWork;
  private final Optimizer optimizer;
  private final GlobalNorm norm = new GlobalNorm();
  private final float[] gradients;
  private final int[] actions;
  private final float[] rewards;

  /** Creates networks and a batch; acting forwards up to {@code batch} rows. */
  DqnUpdate(NetworkSpec spec, int batch) {
    this.batch = batch;
    RandomStream random = RandomStream.ofSeed(1);
    online = Network.create(spec, random);
    target = online.copy();
    onlineWork = online.workspace(batch, Workspace.Use.TRAINING);
    targetWork = target.workspace(batch, Workspace.Use.FORWARD);
    actingWork = online.workspace(batch, Workspace.Use.FORWARD);
    optimizer = new Adam().create(online.parameters().length);
    gradients = online.newVector();
    actions = new int[batch];
    rewards = new float[batch];
    for (int row = 0; row < batch; row++) {
      actions[row] = random.integers(online.outputSize());
      rewards[row] = (float) random.standardNormal();
    }
    for (Workspace work : List.of(onlineWork, targetWork, actingWork)) {
      fill(work, random);
    }
  }

  private void fill(Workspace work, RandomStream random) {
    if (online.spec().input().dtype() == DType.UINT8) {
      for (int i = 0; i < work.pixels().length; i++) {
        work.pixels()[i] = (byte) random.integers(256);
      }
    } else {
      for (int i = 0; i < work.inputs().length; i++) {
        work.inputs()[i] = (float) random.standardNormal();
      }
    }
  }

  /** The whole update; returns the factor by which clipping scaled the gradients. */
  float update() {
    target.forward(targetWork, batch);
    forwardAndBackward();
    float scale = norm.clip(gradients, 10f);
    online.step(optimizer, gradients, 1e-4, scale);
    return scale;
  }

  /** The online network's part without the optimiser. */
  float forwardAndBackward() {
    online.forward(onlineWork, batch);
    huberGradient();
    Arrays.fill(gradients, 0f);
    online.backward(onlineWork, batch, gradients);
    return gradients[0];
  }

  private void huberGradient() {
    float[] next = targetWork.outputs();
    float[] outputs = onlineWork.outputs();
    float[] into = onlineWork.outputGradients();
    int stride = onlineWork.outputStride();
    Arrays.fill(into, 0, batch * stride, 0f);
    for (int row = 0; row < batch; row++) {
      int at = row * stride;
      float best = next[at];
      for (int a = 1; a < online.outputSize(); a++) {
        best = Math.max(best, next[at + a]);
      }
      float error = outputs[at + actions[row]] - (rewards[row] + GAMMA * best);
      into[at + actions[row]] = Math.max(-1f, Math.min(1f, error)) / batch;
    }
  }

  /** Computes the action values of the first {@code rows} observations. */
  float act(int rows) {
    online.forward(actingWork, rows);
    return actingWork.outputs()[0];
  }

  /** The online network's parameters. */
  float[] parameters() {
    return online.parameters();
  }

  /** Returns the multiply-adds of the matrix products of {@link #forwardAndBackward}. */
  long multiplyAdds() {
    long inputGradients = forwardMultiplyAdds() - layerMultiplyAdds()[0];
    return 2 * forwardMultiplyAdds() + inputGradients;
  }

  /** Returns the multiply-adds of the matrix products of a forward pass. */
  long forwardMultiplyAdds() {
    return Arrays.stream(layerMultiplyAdds()).sum();
  }

  /** The multiply-adds of each layer's forward pass; layers without weights have none. */
  private long[] layerMultiplyAdds() {
    NetworkSpec spec = online.spec();
    List<Integer> extents = spec.input().extents();
    int side = extents.getFirst();
    int channels = extents.getLast();
    if (extents.size() == 1) {
      side = 1;
    }
    long[] counts = new long[spec.layers().size()];
    for (int i = 0; i < counts.length; i++) {
      LayerSpec layer = spec.layers().get(i);
      if (layer instanceof Convolution2d convolution) {
        int window = convolution.kernel() * convolution.kernel() * channels;
        side = (side - convolution.kernel()) / convolution.stride() + 1;
        channels = convolution.filters();
        counts[i] = (long) batch * side * side * window * channels;
      } else if (layer instanceof Dense dense) {
        counts[i] = (long) batch * side * side * channels * dense.units();
        side = 1;
        channels = dense.units();
      }
    }
    return counts;
  }
}
