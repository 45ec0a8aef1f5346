package org.bellmanrl.deep.continuous;

import java.util.Arrays;
import org.bellmanrl.api.random.RandomStream;
import org.bellmanrl.api.state.State;
import org.bellmanrl.api.state.Stateful;
import org.bellmanrl.deep.network.Network;
import org.bellmanrl.deep.network.NonFiniteException;
import org.bellmanrl.deep.network.ObservationEncoder;
import org.bellmanrl.deep.network.Workspace;
import org.bellmanrl.deep.optimizer.GlobalNorm;
import org.bellmanrl.deep.optimizer.Optimizer;
import org.bellmanrl.deep.optimizer.OptimizerSpec;
import org.bellmanrl.deep.replay.Pass;
import org.bellmanrl.deep.replay.ReplayBatch;

/**
 * The network of a policy that learns, with its optimiser and a pass for batches. Not thread-safe.
 */
final class PolicyNetwork implements Stateful {
  /** The gradients of the last step. */
  final float[] gradients;

  private final Network network;
  private final ObservationEncoder encoder;
  private final Pass pass;
  private final Optimizer optimizer;
  private final GlobalNorm norm = new GlobalNorm();

  /** A network that learns from what is drawn into a batch. */
  PolicyNetwork(
      Network network, ObservationEncoder encoder, ReplayBatch batch, OptimizerSpec optimizer) {
    this.network = network;
    this.encoder = encoder;
    this.pass = new Pass(network, batch, Workspace.Use.TRAINING);
    this.gradients = network.newVector();
    this.optimizer = optimizer.create(gradients.length);
  }

  /** The network itself. */
  Network network() {
    return network;
  }

  /** Runs the network at S of the batch that it is about to learn from. */
  void forwardToLearn() {
    pass.workspace().batchStatistics(true);
    pass.observations(encoder, false);
    pass.forward(network, 0);
  }

  /**
   * Runs the network, or another one of the same specification, at S' of the batch.
   *
   * @param other that network
   */
  void forwardNext(Network other) {
    pass.workspace().batchStatistics(false);
    pass.observations(encoder, true);
    pass.forward(other, 0);
  }

  /** Draws the noise of state-dependent exploration, for all rows of the passes that follow. */
  void sampleNoise(RandomStream random) {
    pass.workspace().sampleNoise(random);
  }

  /** Outputs of the last pass. */
  float[] outputs() {
    return pass.outputs();
  }

  /** Numbers from row to row of the outputs and of their gradients. */
  int stride() {
    return pass.stride();
  }

  /** Takes the gradient of the loss with respect to the outputs, before a step. */
  float[] outputGradients() {
    return pass.outputGradients();
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
    pass.backward(network, gradients);
    double length = norm.of(gradients);
    if (!Double.isFinite(loss) || !Double.isFinite(length)) {
      network.requireFinite(network.parameters(), "parameter of the policy");
      pass.workspace().requireFinite();
      network.requireFinite(gradients, "gradient of the policy");
      throw new NonFiniteException(
          "the policy's loss is %s and the norm of its gradients %s, with finite outputs"
              .formatted(loss, length));
    }
    network.step(optimizer, gradients, learningRate, 1f);
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
