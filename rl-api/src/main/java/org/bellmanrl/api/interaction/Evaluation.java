package org.bellmanrl.api.interaction;

/**
 * How a policy did, episode by episode. Immutable.
 *
 * <p>A return is the plain sum of an episode's rewards.
 */
public final class Evaluation {
  private final double[] returns;
  private final long[] lengths;
  private final int terminated;

  Evaluation(double[] returns, long[] lengths, int terminated) {
    this.returns = returns;
    this.lengths = lengths;
    this.terminated = terminated;
  }

  /** Number of episodes. */
  public int episodes() {
    return returns.length;
  }

  /** Return of an episode. */
  public double episodeReturn(int episode) {
    return returns[episode];
  }

  /** Steps of an episode. */
  public long length(int episode) {
    return lengths[episode];
  }

  /** How many episodes reached a terminal state; the others were cut. */
  public int terminated() {
    return terminated;
  }

  /** A copy of all returns, in order of the episodes. */
  public double[] returns() {
    return returns.clone();
  }

  /** Mean return. */
  public double meanReturn() {
    double sum = 0;
    for (double value : returns) {
      sum += value;
    }
    return sum / returns.length;
  }

  /** Standard deviation of the returns: of the population, as NumPy's {@code std} has it. */
  public double stdReturn() {
    double mean = meanReturn();
    double sum = 0;
    for (double value : returns) {
      sum += (value - mean) * (value - mean);
    }
    return Math.sqrt(sum / returns.length);
  }

  /** Mean number of steps. */
  public double meanLength() {
    double sum = 0;
    for (long value : lengths) {
      sum += value;
    }
    return sum / lengths.length;
  }
}
