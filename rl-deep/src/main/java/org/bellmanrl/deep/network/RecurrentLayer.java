package org.bellmanrl.deep.network;

import java.util.Arrays;
import java.util.List;
import org.bellmanrl.api.random.RandomStream;
import org.bellmanrl.deep.internal.kernel.Kernel;
import org.bellmanrl.deep.internal.kernel.Products;
import org.jspecify.annotations.Nullable;

/**
 * A recurrent layer in its place.
 *
 * <p>The gates' weights lie side by side, each gate's padded separately, so that one product
 * computes all gates, and a gate's numbers begin where a unit's do. The input's part is one product
 * for all steps; the state's is one for each step.
 */
abstract class RecurrentLayer extends Layer {
  /**
   * Numbers of the gates, about, that the input's product computes at once: they are still in the
   * second-level cache when the steps come to them.
   */
  private static final int CACHED = 1 << 17;

  final int units;

  /** Units with their padding: the stride of the outputs. */
  final int padded;

  /** Numbers of all gates, with padding. */
  final int width;

  private final int inputs;
  private final List<ParameterBlock> inputWeights;
  private final List<ParameterBlock> stateWeights;
  private final List<ParameterBlock> bias;

  RecurrentLayer(int units, Extent in, Blocks blocks, String... gates) {
    super(Extent.vector(units));
    this.units = units;
    this.padded = Kernel.stride(units);
    this.width = Kernel.stride(Math.multiplyExact(gates.length, padded));
    this.inputs = in.channels();
    this.inputWeights = blocks.sideBySide("input_weights", gates, inputs, units);
    this.stateWeights = blocks.sideBySide("state_weights", gates, units, units);
    this.bias = blocks.sideBySide("bias", gates, 1, units);
  }

  @Override
  void initialise(float[] parameters, RandomStream random) {
    for (List<ParameterBlock> blocks : List.of(inputWeights, stateWeights, bias)) {
      for (ParameterBlock block : blocks) {
        block.fillUniform(parameters, 1 / Math.sqrt(units), random);
      }
    }
  }

  /** What both kinds of layers do alike. */
  abstract class Pass extends LayerPass {
    final Kernel kernel;

    /** The gates, or the input's part of them. */
    final Signal gates;

    /** The state's part of the gates: the gates themselves, unless both parts are kept apart. */
    final Signal fromState;

    /** The outputs of the step before each row. */
    final Signal before;

    /** The gradients of the outputs of the step before, by place. */
    final float[] hiddenGradients;

    private final DenseProduct inputProduct;
    private final DenseProduct stateProduct;
    private final float[] transposed;

    /** The weights of the state, or their transpose, in the order in which products read them. */
    private final float[] packed;

    private @Nullable Recurrence recurrence;
    private int stateAt;

    Pass(Kernel kernel, Signal in, Signal out, int maxRows, boolean apart) {
      super(in, out);
      boolean backward = out.hasGradients();
      this.kernel = kernel;
      this.gates = Signal.padded(Extent.vector(width), maxRows, backward);
      this.fromState = apart ? Signal.padded(Extent.vector(width), maxRows, backward) : this.gates;
      this.before = Signal.padded(output(), maxRows, false);
      this.hiddenGradients = new float[backward ? maxRows * padded : 0];
      this.inputProduct = new DenseProduct(kernel, in, gates);
      this.stateProduct = new DenseProduct(kernel, before, fromState);
      this.transposed = new float[backward ? width * padded : 0];
      this.packed = new float[maxRows < 2 * Products.PACKED_ROWS ? 0 : width * padded];
    }

    @Override
    void remember(Recurrence recurrence, int at) {
      this.recurrence = recurrence;
      this.stateAt = at;
    }

    private Recurrence recurrence() {
      if (recurrence == null) {
        throw new IllegalStateException("a recurrent layer needs a state");
      }
      return recurrence;
    }

    @Override
    final void forward(float[] parameters, int rows) {
      Sequences sequences = recurrence().sequences();
      int weights = stateWeights.getFirst().offset();
      boolean packs = packs(sequences);
      if (packs) {
        kernel.products().pack(units, width, parameters, weights, width, packed);
      }
      prepare(parameters);
      int ready = 0;
      for (int step = 0; step < sequences.steps(); step++) {
        int first = sequences.row(step, 0);
        int going = sequences.going(step);
        if (first + going > ready) {
          int end = Math.min(rows, ready + Math.max(going, CACHED / width));
          multiplyInputs(parameters, ready, end - ready);
          ready = end;
        }
        enter(sequences, step, before.values, out.values, 0);
        enterMore(sequences, step);
        boolean fromPacked = packs && going >= Products.PACKED_ROWS;
        kernel
            .products()
            .multiply(
                going,
                width,
                units,
                before.values,
                first * padded,
                padded,
                1,
                fromPacked ? packed : parameters,
                fromPacked ? 0 : weights,
                width,
                fromPacked ? 0 : 1,
                stateSums(),
                sumsByRow() ? first * width : 0,
                sumsByRow() ? width : 0,
                fromState.values,
                first * width,
                width,
                false);
        cell(first, going);
      }
      leave(sequences, out.values, 0);
      leaveMore(sequences);
    }

    /** Returns whether several products share the weights of the state, each with rows enough. */
    private boolean packs(Sequences sequences) {
      return padded % Kernel.WIDTH == 0
          && sequences.steps() > 1
          && sequences.going(1) >= Products.PACKED_ROWS;
    }

    /** The input's part of the gates in rows from {@code first} on. */
    private void multiplyInputs(float[] parameters, int first, int rows) {
      kernel
          .products()
          .multiply(
              rows,
              width,
              inputs,
              in.values,
              first * in.stride,
              in.stride,
              1,
              parameters,
              inputWeights.getFirst().offset(),
              width,
              1,
              parameters,
              bias.getFirst().offset(),
              0,
              gates.values,
              first * width,
              width,
              false);
    }

    /** Before the first step. */
    void prepare(float[] parameters) {}

    /** What the state's products are added to: the gates so far, or one row of a bias. */
    abstract float[] stateSums();

    /** Returns whether there is a row of them for each row of the batch, or one for all. */
    abstract boolean sumsByRow();

    /** What else a step needs of the one before. */
    void enterMore(Sequences sequences, int step) {}

    /** Computes the outputs of rows from {@code first} on. */
    abstract void cell(int first, int rows);

    /** What else a state holds. */
    void leaveMore(Sequences sequences) {}

    /**
     * Writes what each row of a step needs of the one before.
     *
     * @param into by row
     * @param values of the steps before, by row
     * @param part of the state: number {@code part · units} is the first
     */
    final void enter(Sequences sequences, int step, float[] into, float[] values, int part) {
      int first = sequences.row(step, 0);
      int going = sequences.going(step);
      if (step == 0) {
        Recurrence states = recurrence();
        for (int place = 0; place < going; place++) {
          System.arraycopy(
              states.states,
              place * states.stateSize + stateAt + part * units,
              into,
              (first + place) * padded,
              units);
        }
      } else {
        System.arraycopy(
            values, sequences.row(step - 1, 0) * padded, into, first * padded, going * padded);
      }
      for (int row = first; row < first + going; row++) {
        if (sequences.first(row)) {
          Arrays.fill(into, row * padded, (row + 1) * padded, 0f);
        }
      }
    }

    /** Writes a part of the state that each sequence ends with. */
    final void leave(Sequences sequences, float[] values, int part) {
      Recurrence states = recurrence();
      for (int place = 0; place < sequences.count(); place++) {
        System.arraycopy(
            values,
            sequences.row(sequences.length(place) - 1, place) * padded,
            states.finalStates,
            place * states.stateSize + stateAt + part * units,
            units);
      }
    }

    @Override
    final void backward(float[] parameters, float @Nullable [] into, int rows) {
      Sequences sequences = recurrence().sequences();
      int weights = stateWeights.getFirst().offset();
      kernel.rows().transpose(units, width, parameters, weights, width, transposed, 0, padded);
      boolean packs = packs(sequences);
      if (packs) {
        kernel.products().pack(width, padded, transposed, 0, padded, packed);
      }
      Arrays.fill(hiddenGradients, 0, sequences.count() * padded, 0f);
      prepareGradients(sequences.count());
      for (int step = sequences.steps() - 1; step >= 0; step--) {
        int first = sequences.row(step, 0);
        int going = sequences.going(step);
        kernel
            .rows()
            .addRows(
                going, padded, hiddenGradients, 0, padded, out.gradients(), first * padded, padded);
        cellGradient(first, going);
        boolean fromPacked = packs && going >= Products.PACKED_ROWS;
        kernel
            .products()
            .multiply(
                going,
                padded,
                width,
                fromState.gradients(),
                first * width,
                width,
                1,
                fromPacked ? packed : transposed,
                0,
                padded,
                fromPacked ? 0 : 1,
                hiddenGradients,
                0,
                padded,
                hiddenGradients,
                0,
                padded,
                false);
        for (int place = 0; place < going; place++) {
          if (sequences.stops(first + place)) {
            forgetGradients(place);
          }
        }
      }
      if (into != null) {
        inputProduct.weightGradients(into, inputWeights.getFirst().offset(), rows);
        stateProduct.weightGradients(into, weights, rows);
        kernel
            .activations()
            .sumColumns(rows, width, gates.gradients(), into, bias.getFirst().offset());
        addMoreGradients(into, rows);
      }
      inputProduct.inputGradients(parameters, inputWeights.getFirst().offset(), rows);
    }

    /** Prepares the gradients of a number of sequences, before their last step. */
    void prepareGradients(int sequences) {}

    /**
     * Computes the gradients of the gates of rows from {@code first} on, and that part of {@link
     * #hiddenGradients} that does not come through them, from those of the outputs.
     */
    abstract void cellGradient(int first, int rows);

    /** Nothing of what comes after a stop reaches what was before. */
    void forgetGradients(int place) {
      Arrays.fill(hiddenGradients, place * padded, (place + 1) * padded, 0f);
    }

    /** Adds the gradients of further parameters. */
    void addMoreGradients(float[] into, int rows) {}
  }
}
