package org.bellmanrl.deep.internal;

/**
 * Overshooting-bounded gradient descent: steps along an eligibility trace, shortened where they
 * would carry a value beyond its target.
 *
 * <pre>
 * M = α κ max(|δ|, 1) ‖z‖₁
 * w ← w + min(α / M, α) δ z
 * </pre>
 *
 * <p>Source: Elsayed, Vasan and Mahmood, <i>Streaming deep reinforcement learning finally
 * works</i>, 2024, algorithm 3.
 */
public final class ObGd {
  private ObGd() {}

  /** ‖z‖₁, in four sums, which the processor adds up side by side. */
  public static double size(float[] trace) {
    double a = 0;
    double b = 0;
    double c = 0;
    double d = 0;
    int i = 0;
    for (; i + 3 < trace.length; i += 4) {
      a += Math.abs(trace[i]);
      b += Math.abs(trace[i + 1]);
      c += Math.abs(trace[i + 2]);
      d += Math.abs(trace[i + 3]);
    }
    for (; i < trace.length; i++) {
      a += Math.abs(trace[i]);
    }
    return a + b + (c + d);
  }

  /**
   * The step size after shortening.
   *
   * @param stepSize α, above 0
   * @param kappa κ, above 1: how far below the largest effective step the bound lies
   * @param tdError δ
   * @param size ‖z‖₁
   */
  public static double stepSize(double stepSize, double kappa, double tdError, double size) {
    double bound = stepSize * kappa * Math.max(Math.abs(tdError), 1) * size;
    return bound > 1 ? stepSize / bound : stepSize;
  }

  /** w ← w + factor z. */
  public static void move(float[] parameters, float[] trace, double factor) {
    float narrow = (float) factor;
    for (int i = 0; i < parameters.length; i++) {
      parameters[i] += narrow * trace[i];
    }
  }

  /** z ← factor z. */
  public static void decay(float[] trace, double factor) {
    float narrow = (float) factor;
    for (int i = 0; i < trace.length; i++) {
      trace[i] *= narrow;
    }
  }
}
