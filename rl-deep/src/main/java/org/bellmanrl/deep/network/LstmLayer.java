package org.bellmanrl.deep.network;

import java.util.Arrays;
import org.bellmanrl.deep.internal.kernel.Kernel;

/** {@link Lstm} in its place. */
final class LstmLayer extends RecurrentLayer {
  LstmLayer(Lstm spec, Extent in, Blocks blocks) {
    super(spec.units(), in, blocks, "input", "forget", "output", "cell");
  }

  @Override
  int stateSize() {
    return 2 * units;
  }

  @Override
  LayerPass pass(Kernel kernel, Signal in, Signal out, int maxRows) {
    return new LstmPass(kernel, in, out, maxRows);
  }

  private final class LstmPass extends Pass {
    private final float[] cellsBefore;
    private final float[] cells;

    /** The hyperbolic tangent of the cells. */
    private final float[] squashed;

    /** By place. */
    private final float[] cellGradients;

    LstmPass(Kernel kernel, Signal in, Signal out, int maxRows) {
      super(kernel, in, out, maxRows, false);
      this.cellsBefore = new float[out.values.length];
      this.cells = new float[out.values.length];
      this.squashed = new float[out.values.length];
      this.cellGradients = new float[hiddenGradients.length];
    }

    @Override
    float[] stateSums() {
      return gates.values;
    }

    @Override
    boolean sumsByRow() {
      return true;
    }

    @Override
    void enterMore(Sequences sequences, int step) {
      enter(sequences, step, cellsBefore, cells, 1);
    }

    @Override
    void cell(int first, int rows) {
      kernel
          .cells()
          .lstm(first, rows, padded, gates.values, cellsBefore, cells, squashed, out.values);
    }

    @Override
    void leaveMore(Sequences sequences) {
      leave(sequences, cells, 1);
    }

    @Override
    void prepareGradients(int sequences) {
      Arrays.fill(cellGradients, 0, sequences * padded, 0f);
    }

    @Override
    void cellGradient(int first, int rows) {
      kernel
          .cells()
          .lstmGradient(
              first,
              rows,
              padded,
              gates.values,
              cellsBefore,
              squashed,
              out.gradients(),
              gates.gradients(),
              cellGradients,
              hiddenGradients);
    }

    @Override
    void forgetGradients(int place) {
      super.forgetGradients(place);
      Arrays.fill(cellGradients, place * padded, (place + 1) * padded, 0f);
    }
  }
}
