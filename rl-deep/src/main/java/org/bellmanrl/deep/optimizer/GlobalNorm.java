package org.bellmanrl.deep.optimizer;

import org.bellmanrl.api.options.Require;
import org.bellmanrl.deep.internal.kernel.Kernel;
import org.bellmanrl.deep.internal.kernel.Kernels;

/**
 * Limits the Euclidean norm of a gradient vector (Pascanu, Mikolov and Bengio, 2013). The sum is
 * taken in a fixed order, whatever the machine. For use by one thread at a time.
 */
public final class GlobalNorm {
  private final Kernel kernel = Kernels.chosen();
  private final float[] partialSums = new float[Kernel.PARTIAL_SUMS];
  private float last;

  /**
   * Measures the norm of a vector.
   *
   * @param gradients a vector of a network's length
   * @return the norm; NaN or infinite if an element is, or if it is beyond 1e19
   */
  public float of(float[] gradients) {
    if (gradients.length % Kernel.PARTIAL_SUMS != 0) {
      throw new IllegalArgumentException(
          "gradients must have the length of a network's vector, a multiple of %d, had %d"
              .formatted(Kernel.PARTIAL_SUMS, gradients.length));
    }
    last =
        (float) Math.sqrt(kernel.updates().sumOfSquares(gradients.length, gradients, partialSums));
    return last;
  }

  /**
   * Measures the norm, and says by what to multiply the gradients so that it is at most {@code
   * max}: the factor goes to {@link Optimizer#step}, the gradients stay as they are.
   *
   * @param gradients a vector of a network's length
   * @param max the largest norm, above 0
   * @return a factor in (0, 1]; NaN if the norm is not finite
   */
  public float clip(float[] gradients, float max) {
    Require.positive("max", max);
    float norm = of(gradients);
    if (!Float.isFinite(norm)) {
      return Float.NaN;
    }
    return norm > max ? max / norm : 1f;
  }

  /** The norm that was measured last, before clipping; 0 before the first. */
  public float last() {
    return last;
  }
}
