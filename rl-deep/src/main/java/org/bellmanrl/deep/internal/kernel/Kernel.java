package org.bellmanrl.deep.internal.kernel;

/**
 * The loops in which a network spends its time.
 *
 * <p>Matrices are row-major ranges of {@code float[]}. The length of a row of weights, outputs and
 * their gradients is {@link #stride padded}, so that no loop needs a masked tail; padding holds
 * zeros and stays zero. Sizes are trusted: the layers compute them once from the specification.
 *
 * <p>Every method states the order of its additions, and every provider follows it, so results are
 * equal to the last bit between providers, and interpreted or compiled. (The payload of a NaN is
 * the one exception.) The parts keep no state and are safe for use by several threads.
 *
 * @param id the name under which a run records the provider: {@code plain}, {@code vector-512}
 * @param products matrix products
 * @param rows moving and adding rows
 * @param activations activation functions and their gradients
 * @param cells the cells of recurrent layers
 * @param updates what optimizers do with all parameters
 */
public record Kernel(
    String id,
    Products products,
    Rows rows,
    Activations activations,
    RecurrentCells cells,
    Updates updates) {
  /** The row lengths that are not small are multiples of this, the widest vector there is. */
  public static final int WIDTH = 16;

  /** The number of partial sums of {@link Updates#sumOfSquares}. */
  public static final int PARTIAL_SUMS = 64;

  /**
   * Adding and then subtracting this, 2⁻¹⁰⁰, rounds a number to a multiple of 2⁻¹²⁴ and leaves
   * every float above 2⁻⁷⁵ as it is. So what decays ends at zero or at some 10⁻³⁵ and never becomes
   * subnormal, which would make each operation on it many times slower; and it takes no branch.
   */
  public static final float FLUSH = 0x1p-100f;

  /** Length of a row of {@code columns} numbers with its padding: a multiple of 4 or of 16. */
  public static int stride(int columns) {
    int unit = columns <= 8 ? 4 : WIDTH;
    return (columns + unit - 1) / unit * unit;
  }

  /** Length of an array for {@code size} numbers: a multiple of {@link #PARTIAL_SUMS}. */
  public static int padded(int size) {
    return (size + PARTIAL_SUMS - 1) / PARTIAL_SUMS * PARTIAL_SUMS;
  }

  /**
   * max(x, 0), and a NaN stays one, as x/2 + |x/2|: no compare, no mask. (Half of an odd subnormal
   * is rounded; every other float is exact.)
   */
  public static float rectified(float x) {
    float half = 0.5f * x;
    return half + Math.abs(half);
  }
}
