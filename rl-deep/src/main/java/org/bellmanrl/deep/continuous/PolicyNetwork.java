package org.bellmanrl.deep.continuous;

import java.util.Arrays;
import org.bellmanrl.api.random.RandomStream;
import org.bellmanrl.api.space.Columns;
import org.bellmanrl.api.state.State;
import org.bellmanrl.api.state.Stateful;
import org.bellmanrl.deep.network.Network;
import org.bellmanrl.deep.network.NonFiniteException;
import org.bellmanrl.deep.network.ObservationEncoder;
import org.bellmanrl.deep.network.Workspace;
import org.bellmanrl.deep.optimizer.GlobalNorm;
import org.bellmanrl.deep.optimizer.Optimizer;
import org.bellmanrl.deep.optimizer.OptimizerSpec;

/**
 * The network of a policy that learns, with its optimiser and a pass for batches of a fixed number
 * of rows. Not thread-safe.
 */
final class PolicyNetwork implements Stateful {
  /** The gradients of the last step. */
  final float[] gradients;

  private final Network network;
  private final ObservationEncoder encoder;
  private final int rows;
  private final Workspace batch;
  private final Optimizer optimizer;
  private final GlobalNorm norm = new GlobalNorm();

  PolicyNetwork(Network network, ObservationEncoder encoder, int rows, OptimizerSpec optimizer) {
    this.network = network;
    this.encoder = encoder;
    this.rows = rows;
    this.batch = network.workspace(rows, Workspace.Use.TRAINING);
    this.gradients = network.newVector();
    this.optimizer = optimizer.create(gradients.length);
  }

  /** The network itself. */
  Network network() {
    return network;
  }

  /** Runs the network on a batch that it is about to learn from. */
  void forwardToLearn(Columns observations) {
    batch.batchStatistics(true);
    run(network, observations);
  }

  /**
   * Runs the network, or another one of the same specification, on a batch.
   *
   * @param other that network
   */
  void forward(Network other, Columns observations) {
    batch.batchStatistics(false);
    run(other, observations);
  }

  private void run(Network any, Columns observations) {
    encoder.encode(observations, rows, batch);
    any.forward(batch, rows);
  }

  /** Draws the noise of state-dependent exploration, for all rows of the passes that follow. */
  void sampleNoise(RandomStream random) {
    batch.sampleNoise(random);
  }

  /** Outputs of the last pass. */
  float[] outputs() {
    return batch.outputs();
  }

  /** Numbers from row to row of the outputs and of their gradients. */
  int stride() {
    return batch.outputStride();
  }

  /** Takes the gradient of the loss with respect to the outputs, before a step. */
  float[] outputGradients() {
    return batch.outputGradients();
  }

  /**
   * Takes a step along the gradient of the loss, after {@link #forwardToLearn}.
   *
   * @param loss of the batch
   * @return the norm of the gradient
   * @throws NonFiniteException if the loss or the gradient is not finite
   */
  double step(double loss, double learningRate) {
    Arrays.fill(gradients, 0f);
    network.backward(batch, rows, gradients);
    double length = norm.of(gradients);
    if (!Double.isFinite(loss) || !Double.isFinite(length)) {
      network.requireFinite(network.parameters(), "parameter of the policy");
      batch.requireFinite();
      network.requireFinite(gradients, "gradient of the policy");
      throw new NonFiniteException(
          "the policy's loss is %s and the norm of its gradients %s, with finite outputs"
              .formatted(loss, length));
    }
    optimizer.step(network.parameters(), gradients, learningRate, 1f);
    return length;
  }

  @Override
  public void carry(State state) {
    state.begin("policy-network", 1);
    state.carry("network", network);
    state.carry("optimizer", optimizer);
    state.end();
  }
}
