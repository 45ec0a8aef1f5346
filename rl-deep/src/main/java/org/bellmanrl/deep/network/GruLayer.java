package org.bellmanrl.deep.network;

import java.util.Arrays;
import org.bellmanrl.api.random.RandomStream;
import org.bellmanrl.deep.internal.kernel.Kernel;

/** {@link Gru} in its place. */
final class GruLayer extends RecurrentLayer {
  /** The bias inside the reset. */
  private final ParameterBlock candidateBias;

  GruLayer(Gru spec, Extent in, Blocks blocks) {
    super(spec.units(), in, blocks, "reset", "update", "candidate");
    this.candidateBias = blocks.block("candidate_state_bias", 1, units);
  }

  @Override
  int stateSize() {
    return units;
  }

  @Override
  void initialise(float[] parameters, RandomStream random) {
    super.initialise(parameters, random);
    candidateBias.fillUniform(parameters, 1 / Math.sqrt(units), random);
  }

  @Override
  LayerPass pass(Kernel kernel, Signal in, Signal out, int maxRows) {
    return new GruPass(kernel, in, out, maxRows);
  }

  private final class GruPass extends Pass {
    /** The bias of the state's part of the gates: zero but for the candidate. */
    private final float[] stateBias = new float[width];

    private final float[] sums = new float[width];

    GruPass(Kernel kernel, Signal in, Signal out, int maxRows) {
      super(kernel, in, out, maxRows, true);
    }

    @Override
    void prepare(float[] parameters) {
      System.arraycopy(parameters, candidateBias.offset(), stateBias, 2 * padded, units);
    }

    @Override
    float[] stateSums() {
      return stateBias;
    }

    @Override
    boolean sumsByRow() {
      return false;
    }

    @Override
    void cell(int first, int rows) {
      kernel
          .cells()
          .gru(first, rows, padded, gates.values, fromState.values, before.values, out.values);
    }

    @Override
    void cellGradient(int first, int rows) {
      kernel
          .cells()
          .gruGradient(
              first,
              rows,
              padded,
              gates.values,
              fromState.values,
              before.values,
              out.gradients(),
              gates.gradients(),
              fromState.gradients(),
              hiddenGradients);
    }

    @Override
    void addMoreGradients(float[] into, int rows) {
      Arrays.fill(sums, 0f);
      kernel.activations().sumColumns(rows, width, fromState.gradients(), sums, 0);
      for (int i = 0; i < units; i++) {
        into[candidateBias.offset() + i] += sums[2 * padded + i];
      }
    }
  }
}
