package org.bellmanrl.env.math;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import org.bellmanrl.api.random.RandomStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Compares with Taylor series in decimal arithmetic of 60 digits. */
class TrigTest {
  private static final MathContext DIGITS = new MathContext(60);
  private static final BigDecimal NEGLIGIBLE = new BigDecimal("1e-45");

  /** Machin's formula: π = 16 arctan(1/5) − 4 arctan(1/239). */
  private static final BigDecimal PI =
      arctanOfInverse(5)
          .multiply(BigDecimal.valueOf(16))
          .subtract(arctanOfInverse(239).multiply(BigDecimal.valueOf(4)), DIGITS);

  private static final double LARGEST_ERROR = 0.8;

  private static BigDecimal arctanOfInverse(int n) {
    BigDecimal power = BigDecimal.ONE.divide(BigDecimal.valueOf(n), DIGITS);
    BigDecimal sum = BigDecimal.ZERO;
    for (int i = 1; i < 100; i += 2) {
      sum = sum.add(power.divide(BigDecimal.valueOf(i), DIGITS), DIGITS);
      power = power.divide(BigDecimal.valueOf(-(long) n * n), DIGITS);
    }
    return sum;
  }

  private static BigDecimal exactSin(double x) {
    return exactSin(new BigDecimal(x));
  }

  private static BigDecimal exactCos(double x) {
    return exactSin(new BigDecimal(x).add(PI.divide(BigDecimal.TWO, DIGITS)));
  }

  private static BigDecimal exactSin(BigDecimal x) {
    BigDecimal turns = x.divide(PI, 0, RoundingMode.HALF_EVEN);
    BigDecimal r = x.subtract(turns.multiply(PI));
    BigDecimal square = r.multiply(r, DIGITS).negate();
    BigDecimal term = r.round(DIGITS);
    BigDecimal sum = term;
    for (int i = 2; term.abs().compareTo(NEGLIGIBLE) > 0; i += 2) {
      term = term.multiply(square, DIGITS).divide(BigDecimal.valueOf((long) i * (i + 1)), DIGITS);
      sum = sum.add(term, DIGITS);
    }
    boolean odd = turns.toBigInteger().testBit(0);
    return odd ? sum.negate() : sum;
  }

  /** In units in the last place of the exact value. */
  private static double error(double value, BigDecimal exact) {
    double unit = Math.ulp(exact.doubleValue());
    return new BigDecimal(value).subtract(exact).abs().doubleValue() / unit;
  }

  @ParameterizedTest
  @ValueSource(doubles = {1e-9, 0.1, 0.8, 3.2, 10, 100, 1e4, 1e6, Trig.LIMIT})
  void sinAndCos_anglesUpToLimit_within0point8UnitsInTheLastPlace(double largest) {
    RandomStream random = RandomStream.ofSeed(1);
    double worst = 0;
    for (int i = 0; i < 600; i++) {
      double x = random.uniform(-largest, largest);
      worst = Math.max(worst, error(Trig.sinWithin(x), exactSin(x)));
      worst = Math.max(worst, error(Trig.cosWithin(x), exactCos(x)));
    }
    assertThat(worst).isLessThan(LARGEST_ERROR);
  }

  /** Where most digits cancel, and at the seams between two quadrants. */
  @ParameterizedTest
  @ValueSource(doubles = {1, 10, 1000, 1e5, 2e6})
  void sinAndCos_aroundMultiplesOfAnEighthTurn_within0point8UnitsInTheLastPlace(double most) {
    RandomStream random = RandomStream.ofSeed(2);
    double worst = 0;
    for (int i = 0; i < 200; i++) {
      double eighths = Math.rint(random.uniform(-most, most));
      double x = PI.multiply(new BigDecimal(eighths * 0.25)).doubleValue();
      for (double angle : new double[] {x, Math.nextUp(x), Math.nextDown(x)}) {
        worst = Math.max(worst, error(Trig.sin(angle), exactSin(angle)));
        worst = Math.max(worst, error(Trig.cos(angle), exactCos(angle)));
      }
    }
    assertThat(worst).isLessThan(LARGEST_ERROR);
  }

  @Test
  void sinAndCos_oppositeAngle_oppositeSineAndSameCosine() {
    RandomStream random = RandomStream.ofSeed(3);
    for (int i = 0; i < 5000; i++) {
      double x = random.uniform(-50, 50);
      assertThat(Trig.sin(-x)).isEqualTo(-Trig.sin(x));
      assertThat(Trig.cos(-x)).isEqualTo(Trig.cos(x));
    }
  }

  @Test
  void sinAndCos_zerosAndTinyAngles_exact() {
    assertThat(Trig.sin(0.0)).isZero();
    assertThat(Trig.sin(-0.0)).isZero();
    assertThat(Trig.cos(-0.0)).isEqualTo(1.0);
    assertThat(Trig.sin(Double.MIN_VALUE)).isEqualTo(Double.MIN_VALUE);
    assertThat(Trig.sin(1e-300)).isEqualTo(1e-300);
  }

  @Test
  void sinAndCos_beyondLimit_strictMath() {
    for (double x : new double[] {Trig.LIMIT * 1.5, -1e15, 1e300}) {
      assertThat(Trig.sin(x)).isEqualTo(StrictMath.sin(x));
      assertThat(Trig.cos(x)).isEqualTo(StrictMath.cos(x));
    }
    assertThat(Trig.sin(Double.NaN)).isNaN();
    assertThat(Trig.cos(Double.POSITIVE_INFINITY)).isNaN();
  }

  /** Often enough that the loops are compiled, and not from the array's first element on. */
  @Test
  void arrayForms_afterCompilation_sameBitsAsOneAtATime() {
    int n = 1037;
    double[] x = new double[n];
    RandomStream.ofSeed(4).fillUniform(x, 0, n, -30, 30);
    double[] sin = new double[n];
    double[] cos = new double[n];
    double[] cosAlone = new double[n];
    double[] a = new double[n];
    double[] b = new double[n];
    for (int round = 0; round < 3000; round++) {
      Trig.sinCosWithin(x, sin, cos, a, 3, n - 2);
      Trig.cosWithin(x, cosAlone, a, b, 3, n - 2);
    }
    for (int i = 3; i < n - 2; i++) {
      assertThat(sin[i]).isEqualTo(Trig.sin(x[i]));
      assertThat(cos[i]).isEqualTo(Trig.cos(x[i]));
      assertThat(cosAlone[i]).isEqualTo(Trig.cos(x[i]));
    }
    assertThat(sin[2]).isZero();
    assertThat(cos[n - 2]).isZero();
  }
}
