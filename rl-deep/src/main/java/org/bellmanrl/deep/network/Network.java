package org.bellmanrl.deep.network;

import java.util.List;
import org.bellmanrl.api.random.RandomStream;
import org.bellmanrl.api.state.State;
import org.bellmanrl.api.state.StateException;
import org.bellmanrl.api.state.Stateful;
import org.bellmanrl.deep.internal.kernel.Kernel;
import org.bellmanrl.deep.internal.kernel.Kernels;
import org.bellmanrl.deep.optimizer.Optimizer;

/**
 * A neural network: a specification and one flat vector of parameters.
 *
 * <p>The vector holds the blocks of {@link #blocks} one after the other, with zeros between them
 * that every operation here and every optimiser leaves zero. Its layout depends on the
 * specification alone, not on the machine.
 *
 * <p>Several threads may run a network, each with its own {@link Workspace}, while none changes its
 * parameters.
 */
public final class Network implements Stateful {
  private static final String SECTION = "network";

  private final Topology topology;
  private final Kernel kernel;
  private final float[] parameters;

  Network(Topology topology, Kernel kernel, float[] parameters) {
    this.topology = topology;
    this.kernel = kernel;
    this.parameters = parameters;
  }

  /**
   * Makes a network with random parameters.
   *
   * @param spec its layers
   * @param random draws the parameters, layer by layer
   * @throws IllegalArgumentException if the layers do not fit together
   */
  public static Network create(NetworkSpec spec, RandomStream random) {
    return create(spec, random, Kernels.chosen());
  }

  static Network create(NetworkSpec spec, RandomStream random, Kernel kernel) {
    Topology topology = new Topology(spec);
    float[] parameters = new float[topology.length];
    for (Layer layer : topology.layers) {
      layer.initialise(parameters, random);
    }
    return new Network(topology, kernel, parameters);
  }

  /** A network of the same specification and parameters, which then goes its own way. */
  public Network copy() {
    return new Network(topology, kernel, parameters.clone());
  }

  /**
   * A network that passes the outputs of this one through further layers without parameters. Both
   * have the same parameters: where one learns, the other follows.
   *
   * @param more the layers; none for this network itself
   * @throws IllegalArgumentException if the layers do not fit, or have parameters
   */
  public Network followedBy(LayerSpec... more) {
    return readAs(spec().followedBy(more));
  }

  /**
   * A network of other layers with the parameters of this one: where one learns, the other follows.
   *
   * @param other its specification
   * @return this network itself if its specification is the same
   * @throws IllegalArgumentException if its layers have other parameters
   */
  public Network readAs(NetworkSpec other) {
    if (other.equals(spec())) {
      return this;
    }
    Topology read = new Topology(other);
    if (!read.blocks.equals(topology.blocks)) {
      throw new IllegalArgumentException(
          "layers that share parameters must have the same, were %s and %s"
              .formatted(topology.describe(), read.describe()));
    }
    return new Network(read, kernel, parameters);
  }

  /** What the network was made of. */
  public NetworkSpec spec() {
    return topology.spec;
  }

  /** The flat vector itself, not a copy: optimisers and target updates write it. */
  public float[] parameters() {
    return parameters;
  }

  /** A vector of zeros of the same length: for gradients. */
  public float[] newVector() {
    return new float[parameters.length];
  }

  /** Number of parameters, without padding. */
  public int parameterCount() {
    int count = 0;
    for (ParameterBlock block : topology.blocks) {
      count += block.size();
    }
    return count;
  }

  /** Where the parameters of each layer lie. */
  public List<ParameterBlock> blocks() {
    return topology.blocks;
  }

  /** Number of inputs. */
  public int inputSize() {
    return topology.input.size();
  }

  /** Number of outputs. */
  public int outputSize() {
    return topology.output.size();
  }

  /**
   * Numbers that its recurrent layers carry from step to step of a sequence; 0 if it has none. A
   * sequence begins with zeros.
   */
  public int stateSize() {
    return topology.stateSize;
  }

  /** Which kernel does the arithmetic: {@code plain}, {@code vector-512}. For a run's record. */
  public String kernel() {
    return kernel.id();
  }

  /**
   * Makes the buffers for batches of up to {@code maxRows} rows.
   *
   * @throws IllegalArgumentException if {@code maxRows} is below 1
   */
  public Workspace workspace(int maxRows, Workspace.Use use) {
    return new Workspace(topology, kernel, maxRows, use);
  }

  /**
   * Makes the buffers for what lies behind layers that this network shares with another one, which
   * has the same parameters there. A forward pass goes on from what the other network's last one
   * left behind these layers. A backward pass ends there; what it found goes into the other
   * network's next one, which must follow.
   *
   * @param trunk a workspace of the other network
   * @param layers how many layers they share, at least 1
   * @throws IllegalArgumentException if the layers differ, there are none behind them, or this
   *     network is recurrent
   */
  public Workspace workspaceBehind(Workspace trunk, int layers) {
    return new Workspace(topology, kernel, trunk, layers);
  }

  /**
   * Computes the outputs of the first {@code rows} rows of inputs. Parameters stay as they are, but
   * for the running statistics of a workspace with {@linkplain Workspace#batchStatistics batch
   * statistics}. If the network has recurrent layers, each row is the next step of its sequence:
   * the states before it are in {@link Workspace#states}, those after it in {@link
   * Workspace#finalStates}.
   *
   * @throws IllegalArgumentException if {@code rows} is not in [1, maxRows], or the workspace is of
   *     another specification
   */
  public void forward(Workspace workspace, int rows) {
    requireFits(workspace);
    workspace.forward(parameters, rows);
  }

  /**
   * Computes the outputs of sequences, which begin with {@link Workspace#states}.
   *
   * @param sequences what the rows of inputs are; not to be changed before {@link #backward}
   * @throws IllegalArgumentException if there are too many rows, or none, or the workspace is of
   *     another specification
   */
  public void forward(Workspace workspace, Sequences sequences) {
    requireFits(workspace);
    workspace.forward(parameters, sequences);
  }

  /**
   * Carries the gradients of the outputs back through the last forward pass and <em>adds</em> those
   * of the parameters to {@code gradients}; those of the inputs are replaced, if the workspace has
   * them. Through recurrent layers they go back to the first step of each sequence, not into the
   * states that it began with.
   *
   * @param workspace after {@link #forward} with the same parameters, its outputGradients written
   * @param rows those of the forward pass
   * @param gradients a vector from {@link #newVector}
   * @throws IllegalArgumentException if the rows, the vector's length or the specification differ
   */
  public void backward(Workspace workspace, int rows, float[] gradients) {
    requireFits(workspace);
    if (gradients.length != parameters.length) {
      throw new IllegalArgumentException(
          "gradients must have length %d, had %d".formatted(parameters.length, gradients.length));
    }
    workspace.backward(parameters, gradients, rows);
  }

  /**
   * As {@link #backward}, but to the inputs alone: for a network that is held fixed while another
   * one learns through it.
   *
   * @throws IllegalStateException if the workspace has no gradients of the inputs
   */
  public void backwardToInputs(Workspace workspace, int rows) {
    requireFits(workspace);
    if (workspace.use() != Workspace.Use.TRAINING_WITH_INPUTS) {
      throw new IllegalStateException(
          "gradients of the inputs need a workspace for TRAINING_WITH_INPUTS, was "
              + workspace.use());
    }
    workspace.backward(parameters, null, rows);
  }

  private void requireFits(Workspace workspace) {
    if (!workspace.fits(topology)) {
      throw new IllegalArgumentException(
          "the workspace was made for another network than " + topology.describe());
    }
  }

  /**
   * Takes over all parameters of a network of the same specification: a hard target update.
   *
   * @throws IllegalArgumentException if the specifications differ
   */
  public void copyFrom(Network other) {
    requireSame(other);
    System.arraycopy(other.parameters, 0, parameters, 0, parameters.length);
  }

  /**
   * Moves all parameters towards those of another network: θ += rate · (θ′ − θ), a Polyak average.
   *
   * @param other a network of the same specification
   * @param rate in (0, 1]
   * @throws IllegalArgumentException if the specifications differ or the rate is out of range
   */
  public void moveTowards(Network other, float rate) {
    requireSame(other);
    if (!(rate > 0 && rate <= 1)) {
      throw new IllegalArgumentException("rate must be in (0, 1], was " + rate);
    }
    float[] target = other.parameters;
    for (int i = 0; i < parameters.length; i++) {
      parameters[i] = Math.fma(rate, target[i] - parameters[i], parameters[i]);
    }
  }

  /**
   * Takes a step of an optimiser, and then projects the parameters of layers that constrain them,
   * as {@link HypersphericalBlock} does.
   *
   * @param gradients of the loss, in a vector from {@link #newVector}
   * @param learningRate at least 0
   * @param gradientScale factor on all gradients; 1 for none
   */
  public void step(
      Optimizer optimizer, float[] gradients, double learningRate, float gradientScale) {
    optimizer.step(parameters, gradients, learningRate, gradientScale);
    project();
  }

  /**
   * Projects the parameters of layers that constrain them: after any change of {@link #parameters}.
   */
  public void project() {
    for (int i = 0; i < topology.layers.size(); i++) {
      topology.layers.get(i).project(parameters);
    }
  }

  private void requireSame(Network other) {
    if (other.topology != topology && !other.topology.spec.equals(topology.spec)) {
      throw new IllegalArgumentException(
          "expected a network %s, was %s"
              .formatted(topology.describe(), other.topology.describe()));
    }
  }

  /**
   * Checks a vector of this network's layout: its parameters or gradients.
   *
   * @param vector to be checked
   * @param what its name for the message: {@code gradient}
   * @throws NonFiniteException that names layer, block, element and value of the first NaN or
   *     infinity
   */
  public void requireFinite(float[] vector, String what) {
    for (ParameterBlock block : topology.blocks) {
      for (int row = 0; row < block.rows(); row++) {
        for (int column = 0; column < block.columns(); column++) {
          float value = vector[block.index(row, column)];
          if (!Float.isFinite(value)) {
            throw new NonFiniteException(describe(block, row, column, what, value));
          }
        }
      }
    }
  }

  private String describe(ParameterBlock block, int row, int column, String what, float value) {
    return "%s of layer %d (%s), %s[%d][%d], parameter %d of the vector, is %s"
        .formatted(
            what,
            block.layer(),
            topology.spec.layers().get(block.layer()).getClass().getSimpleName(),
            block.name(),
            row,
            column,
            block.index(row, column),
            value);
  }

  @Override
  public void carry(State state) {
    state.begin(SECTION, 1);
    String layers = state.carry("layers", topology.describe());
    if (!layers.equals(topology.describe())) {
      throw new StateException(
          "expected a network %s, found %s: restore into a network of the configuration it was saved with"
              .formatted(topology.describe(), layers));
    }
    state.carry("parameters", parameters);
    state.end();
  }

  @Override
  public String toString() {
    return topology.describe();
  }
}
