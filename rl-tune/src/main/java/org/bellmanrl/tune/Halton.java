package org.bellmanrl.tune;

import java.math.BigInteger;
import java.util.List;
import java.util.function.IntFunction;
import org.bellmanrl.api.random.RandomStream;

/**
 * Points of a randomised Halton sequence, which cover the space more evenly than random ones: the
 * digits of the trial's number to a prime base, a prime for each parameter, permuted and mirrored
 * at the point.
 *
 * <p>Source: Halton (1960); Owen (2017), "A randomized Halton algorithm in R", for the
 * permutations, one for each digit.
 */
final class Halton implements Sampler {
  /** Later digits change a coordinate by less than the last bit of 1. */
  private static final double LEAST = 0x1p-53;

  private final List<Distribution> distributions;
  private final IntFunction<RandomStream> streams;
  private final Sampler random;

  /**
   * Makes a sequence.
   *
   * @param streams gives the stream that the permutations of a parameter are drawn from, by its
   *     index; always the same at its beginning
   */
  Halton(SearchSpace space, IntFunction<RandomStream> streams) {
    this.distributions = List.copyOf(space.parameters().values());
    this.streams = streams;
    this.random = Sampler.random(space);
  }

  /** The sequence belongs to the trials' numbers: of each there is but one point. */
  @Override
  public Sampler afterRefusal() {
    return random;
  }

  @Override
  public double[] suggest(
      int number, List<Trial> ended, List<double[]> begun, RandomStream random) {
    double[] point = new double[distributions.size()];
    BigInteger prime = BigInteger.ONE;
    for (int i = 0; i < point.length; i++) {
      prime = prime.nextProbablePrime();
      point[i] = distributions.get(i).at(part(prime.intValueExact(), number, streams.apply(i)));
    }
    return point;
  }

  private static double part(int base, int number, RandomStream permutations) {
    double part = 0;
    int rest = number;
    for (double size = 1.0 / base; size > LEAST; size /= base) {
      part += permutations.permutation(base)[rest % base] * size;
      rest /= base;
    }
    return Math.min(part, Math.nextDown(1.0));
  }
}
