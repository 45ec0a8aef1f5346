package org.bellmanrl.bench.deep;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Sums as fast as the machine computes them: fused multiply-adds on registers, and over an array.
 */
final class PeakArithmetic {
  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  private static final int CHAINS = 12;

  private final float[] numbers = new float[2 * SPECIES.length()];

  /** Does at least {@code count} scalar multiply-adds. */
  float run(long count) {
    int rounds = Math.toIntExact(count / CHAINS / SPECIES.length() + 1);
    FloatVector x = FloatVector.fromArray(SPECIES, numbers, 0);
    FloatVector y = FloatVector.fromArray(SPECIES, numbers, SPECIES.length());
    FloatVector c0 = x;
    FloatVector c1 = x;
    FloatVector c2 = x;
    FloatVector c3 = x;
    FloatVector c4 = x;
    FloatVector c5 = x;
    FloatVector c6 = x;
    FloatVector c7 = x;
    FloatVector c8 = x;
    FloatVector c9 = x;
    FloatVector c10 = x;
    FloatVector c11 = x;
    for (int i = 0; i < rounds; i++) {
      c0 = x.fma(y, c0);
      c1 = x.fma(y, c1);
      c2 = x.fma(y, c2);
      c3 = x.fma(y, c3);
      c4 = x.fma(y, c4);
      c5 = x.fma(y, c5);
      c6 = x.fma(y, c6);
      c7 = x.fma(y, c7);
      c8 = x.fma(y, c8);
      c9 = x.fma(y, c9);
      c10 = x.fma(y, c10);
      c11 = x.fma(y, c11);
    }
    c0 = c0.add(c1).add(c2).add(c3).add(c4).add(c5);
    c6 = c6.add(c7).add(c8).add(c9).add(c10).add(c11);
    c0.add(c6).intoArray(numbers, 0);
    return numbers[0];
  }

  /** Adds up all numbers that fill whole groups of eight vectors. */
  float sum(float[] all) {
    int length = SPECIES.length();
    FloatVector s0 = FloatVector.zero(SPECIES);
    FloatVector s1 = s0;
    FloatVector s2 = s0;
    FloatVector s3 = s0;
    FloatVector s4 = s0;
    FloatVector s5 = s0;
    FloatVector s6 = s0;
    FloatVector s7 = s0;
    for (int i = 0; i + 8 * length <= all.length; i += 8 * length) {
      s0 = s0.add(FloatVector.fromArray(SPECIES, all, i));
      s1 = s1.add(FloatVector.fromArray(SPECIES, all, i + length));
      s2 = s2.add(FloatVector.fromArray(SPECIES, all, i + 2 * length));
      s3 = s3.add(FloatVector.fromArray(SPECIES, all, i + 3 * length));
      s4 = s4.add(FloatVector.fromArray(SPECIES, all, i + 4 * length));
      s5 = s5.add(FloatVector.fromArray(SPECIES, all, i + 5 * length));
      s6 = s6.add(FloatVector.fromArray(SPECIES, all, i + 6 * length));
      s7 = s7.add(FloatVector.fromArray(SPECIES, all, i + 7 * length));
    }
    s0.add(s1).add(s2).add(s3).add(s4.add(s5).add(s6).add(s7)).intoArray(numbers, 0);
    return numbers[0];
  }
}
