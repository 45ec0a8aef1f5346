package org.bellmanrl.deep.network;

import java.util.ArrayList;
import java.util.List;
import org.bellmanrl.api.options.Require;
import org.bellmanrl.api.random.RandomStream;
import org.bellmanrl.api.space.DType;
import org.bellmanrl.deep.internal.kernel.Kernel;
import org.jspecify.annotations.Nullable;

/**
 * The numbers of one batch on its way through a network and back: inputs, outputs, what lies
 * between, and gradients. Made once by {@link Network#workspace} for the largest batch; its arrays
 * stay the same, so a caller may keep them. Any network of the same specification may use it.
 *
 * <p>Rows of outputs and gradients are {@code stride} numbers apart, of which the first {@code
 * outputSize} or {@code inputSize} count. The others are zero and must stay so.
 *
 * <p>For use by one thread at a time. Nothing in it outlives an update, so it has no state to save;
 * a learner with noisy layers draws new noise before each use.
 */
public final class Workspace {
  /** What a workspace is for. */
  public enum Use {
    /** {@link Network#forward} only: acting, targets. */
    FORWARD,
    /** Forward, and backward to the parameters. */
    TRAINING,
    /** Forward, and backward to the parameters and to the inputs. */
    TRAINING_WITH_INPUTS
  }

  private final Topology topology;
  private final int maxRows;
  private final Use use;
  private final Signal in;
  private final Signal out;
  private final List<Signal> signals = new ArrayList<>();
  private final LayerPass[] passes;
  private final byte @Nullable [] pixels;
  private final @Nullable Recurrence recurrence;

  /** Layers that another workspace runs through before this one begins. */
  private final int first;

  /** That other workspace. */
  private final @Nullable Workspace trunk;

  /**
   * The workspace that begins behind a layer of this one, if it has been backward since this one.
   */
  private @Nullable Workspace arrived;

  /** Rows of the last forward pass; 0 before the first. */
  private int forwardRows;

  Workspace(Topology topology, Kernel kernel, int maxRows, Use use) {
    Require.atLeast("maxRows", maxRows, 1);
    this.topology = topology;
    this.maxRows = maxRows;
    this.use = use;
    this.trunk = null;
    this.first = 0;
    this.in = Signal.input(topology.input, maxRows, use == Use.TRAINING_WITH_INPUTS);
    this.pixels = topology.spec.input().dtype() == DType.UINT8 ? new byte[in.values.length] : null;
    this.recurrence = topology.stateSize > 0 ? new Recurrence(topology.stateSize, maxRows) : null;
    this.passes = new LayerPass[topology.layers.size()];
    this.out = connect(kernel);
  }

  /** Begins behind the first {@code first} layers of another workspace. */
  Workspace(Topology topology, Kernel kernel, Workspace trunk, int first) {
    if (first < 1
        || first >= topology.layers.size()
        || !topology.startsLike(trunk.topology, first)) {
      throw new IllegalArgumentException(
          "the first %d layers must be those of %s, and not all there are, in %s"
              .formatted(first, trunk.topology.describe(), topology.describe()));
    }
    if (topology.stateSize > 0) {
      throw new IllegalArgumentException("recurrent layers need their own workspace");
    }
    this.topology = topology;
    this.maxRows = trunk.maxRows;
    this.use = trunk.use;
    this.trunk = trunk;
    this.first = first;
    this.in = trunk.signals.get(first - 1).branch();
    this.pixels = null;
    this.recurrence = null;
    this.passes = new LayerPass[topology.layers.size() - first];
    this.out = connect(kernel);
  }

  /** Makes the passes and what flows between them, and returns what flows out. */
  private Signal connect(Kernel kernel) {
    boolean backward = use != Use.FORWARD;
    int stateAt = 0;
    Signal signal = in;
    for (int i = 0; i < passes.length; i++) {
      Layer layer = topology.layers.get(first + i);
      boolean learns = layer.learnsFrom(signal) || i == passes.length - 1;
      Signal next = Signal.padded(layer.output(), maxRows, backward && learns);
      passes[i] = layer.pass(kernel, signal, next, maxRows);
      if (recurrence != null) {
        passes[i].remember(recurrence, stateAt);
        stateAt += layer.stateSize();
      }
      passes[i].batchStatistics(use == Use.TRAINING);
      signals.add(next);
      signal = next;
    }
    return signal;
  }

  /** The largest batch. */
  public int maxRows() {
    return maxRows;
  }

  /** What it was made for. */
  public Use use() {
    return use;
  }

  /**
   * The inputs: {@code maxRows} rows without padding, for the caller to fill. If the network takes
   * pixels, fill {@link #pixels} instead.
   */
  public float[] inputs() {
    return in.values;
  }

  /**
   * The inputs of a network that takes pixels: {@code maxRows} rows without padding.
   *
   * @throws IllegalStateException if the network takes floats
   */
  public byte[] pixels() {
    if (pixels == null) {
      throw new IllegalStateException(
          "this network takes FLOAT32, not UINT8: fill inputs() instead of pixels()");
    }
    return pixels;
  }

  /** Numbers from row to row of the inputs, which is the input's size. */
  public int inputStride() {
    return in.rowStride();
  }

  /** The outputs of the last forward pass, to be read. */
  public float[] outputs() {
    return out.values;
  }

  /** Numbers from row to row of the outputs and of their gradients. */
  public int outputStride() {
    return out.stride;
  }

  /**
   * The gradients of the loss with respect to the outputs, for the caller to write before {@link
   * Network#backward}, which consumes them.
   *
   * @throws IllegalStateException if this workspace is for forward passes only
   */
  public float[] outputGradients() {
    return out.gradients();
  }

  /**
   * The gradients with respect to the inputs, after a backward pass.
   *
   * @throws IllegalStateException if this workspace was not made {@link Use#TRAINING_WITH_INPUTS}
   */
  public float[] inputGradients() {
    return in.gradients();
  }

  /** Numbers from pixel to pixel of the inputs' gradients; a vector is one pixel. */
  public int inputGradientStride() {
    return in.gradientStride;
  }

  /**
   * Chooses whether layers of {@link BatchRenormalization} normalise by the batch, and change the
   * running statistics among the network's parameters in each forward pass, or by the running
   * statistics. At first they do the former in a workspace for {@link Use#TRAINING}, and the latter
   * in others.
   */
  public void batchStatistics(boolean use) {
    for (LayerPass pass : passes) {
      pass.batchStatistics(use);
    }
  }

  /**
   * The states that sequences begin with, for the caller to fill: that at place {@code i} from
   * {@code i · stateSize} on. Zeros at first.
   *
   * @throws IllegalStateException if the network has no recurrent layers
   */
  public float[] states() {
    return recurrence().states;
  }

  /**
   * The states that sequences ended with in the last forward pass, to be read.
   *
   * @throws IllegalStateException if the network has no recurrent layers
   */
  public float[] finalStates() {
    return recurrence().finalStates;
  }

  private Recurrence recurrence() {
    if (recurrence == null) {
      throw new IllegalStateException("a network without recurrent layers has no states");
    }
    return recurrence;
  }

  /** Draws new noise for every noisy layer, in order. */
  public void sampleNoise(RandomStream random) {
    for (LayerPass pass : passes) {
      pass.sampleNoise(random);
    }
  }

  /** Takes the noise out of every noisy layer: for evaluation. */
  public void clearNoise() {
    for (LayerPass pass : passes) {
      pass.clearNoise();
    }
  }

  /**
   * Checks inputs, then the outputs of each layer, of the last forward pass.
   *
   * @throws NonFiniteException that names the first NaN or infinity
   */
  public void requireFinite() {
    check(in, "input");
    for (int i = 0; i < signals.size(); i++) {
      check(signals.get(i), "output of layer " + (first + i));
    }
  }

  private void check(Signal signal, String what) {
    int rowStride = signal.rowStride();
    for (int i = 0; i < forwardRows * rowStride; i++) {
      if (!Float.isFinite(signal.values[i])) {
        throw new NonFiniteException(
            "%s, row %d, element %d, is %s"
                .formatted(what, i / rowStride, i % rowStride, signal.values[i]));
      }
    }
  }

  boolean fits(Topology other) {
    return topology == other || topology.spec.equals(other.spec);
  }

  void forward(float[] parameters, int rows) {
    if (recurrence != null && rows >= 1 && rows <= maxRows) {
      recurrence.follow(rows);
    }
    run(parameters, rows);
  }

  void forward(float[] parameters, Sequences sequences) {
    if (recurrence != null) {
      recurrence.follow(sequences);
    }
    run(parameters, sequences.rows());
  }

  private void run(float[] parameters, int rows) {
    if (rows < 1 || rows > maxRows) {
      throw new IllegalArgumentException(
          "rows must be in [1, %d], the size of the workspace, was %d".formatted(maxRows, rows));
    }
    if (trunk != null && trunk.forwardRows != rows) {
      throw new IllegalArgumentException(
          "the workspace in front has %d rows of its last forward pass, this one was given %d"
              .formatted(trunk.forwardRows, rows));
    }
    if (pixels != null) {
      float scale = topology.spec.input().scale();
      for (int i = 0; i < rows * in.rowStride(); i++) {
        in.values[i] = (pixels[i] & 0xff) * scale;
      }
    }
    for (LayerPass pass : passes) {
      pass.forward(parameters, rows);
    }
    forwardRows = rows;
  }

  void backward(float[] parameters, float @Nullable [] into, int rows) {
    if (use == Use.FORWARD) {
      throw new IllegalStateException("this workspace is for forward passes only");
    }
    if (rows != forwardRows) {
      throw new IllegalArgumentException(
          "backward needs the rows of the last forward pass, %d, was %d"
              .formatted(forwardRows, rows));
    }
    for (int i = passes.length - 1; i >= 0; i--) {
      if (arrived != null && arrived.first == first + i + 1) {
        join(arrived.in.gradients(), signals.get(i), rows);
      }
      passes[i].backward(parameters, into, rows);
    }
    arrived = null;
    if (trunk != null && in.hasGradients()) {
      trunk.arrived = this;
    }
  }

  private static void join(float[] gradients, Signal signal, int rows) {
    float[] sum = signal.gradients();
    for (int i = 0; i < rows * signal.gradientRowStride(); i++) {
      sum[i] += gradients[i];
    }
  }
}
