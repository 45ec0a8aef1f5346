package org.bellmanrl.env.classic;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.bellmanrl.api.Action;
import org.bellmanrl.api.Environment;
import org.bellmanrl.api.EnvironmentSpec;
import org.bellmanrl.api.Legend;
import org.bellmanrl.api.Observation;
import org.bellmanrl.api.Outcome;
import org.bellmanrl.api.VectorEnvironment;
import org.bellmanrl.api.random.RandomStream;
import org.bellmanrl.api.render.PictureView;
import org.bellmanrl.api.render.TextView;
import org.bellmanrl.api.space.Box;
import org.bellmanrl.api.space.Discrete;
import org.bellmanrl.api.state.State;
import org.bellmanrl.api.state.Stateful;
import org.bellmanrl.env.math.Trig;

/**
 * Swing the end of a two-link chain above a line, with a torque at the joint between the links (R.
 * S. Sutton, "Generalization in Reinforcement Learning: Successful Examples Using Sparse Coarse
 * Coding", 1996).
 *
 * <p>The observation is cosine and sine of the first link's angle from hanging down, cosine and
 * sine of the second link's angle to the first, and the two angular speeds, in [−4π, 4π] and [−9π,
 * 9π] rad/s. The actions are torques of −1, 0 and 1 N m. Every step costs 1, the last one nothing.
 * The episode ends when the chain's end is a link's length above the fixed joint, and is cut after
 * 500 steps.
 *
 * <p>Equal to Gymnasium 1.3.0's {@code Acrobot-v1}: one Runge-Kutta step of 0.2 s in double
 * precision, from a start in single precision. Of the first observation, NumPy's single-precision
 * cosine and sine are off by one bit in a draw or two of a thousand; here they are rounded
 * correctly.
 */
public final class Acrobot implements Environment, Stateful, TextView {
  static final double DT = 0.2;
  static final double HALF_DT = 0.1;
  static final double SIXTH_DT = 0.2 / 6.0;
  private static final double FASTEST_1 = 4 * Math.PI;
  private static final double FASTEST_2 = 9 * Math.PI;

  private final EnvironmentSpec spec = makeSpec();
  private final AcrobotOptions options;
  private final double bookTerm;
  private double angle1;
  private double angle2;
  private double speed1;
  private double speed2;

  /** What {@link #accelerate} finds. */
  private double gain1;

  private double gain2;

  /** The chain of {@code Acrobot-v1}. */
  public Acrobot(AcrobotOptions options) {
    this.options = options;
    this.bookTerm = bookTerm(options);
  }

  /**
   * Many chains, stepped together; equal to single ones to the bit.
   *
   * @param rows how many, at least 1
   */
  public static VectorEnvironment batch(AcrobotOptions options, int rows) {
    return new AcrobotBatch(options, rows);
  }

  static EnvironmentSpec makeSpec() {
    float most1 = (float) FASTEST_1;
    float most2 = (float) FASTEST_2;
    Box observed =
        Box.of(
            new float[] {-1, -1, -1, -1, -most1, -most2}, new float[] {1, 1, 1, 1, most1, most2});
    return EnvironmentSpec.of("Acrobot-v1", observed, new Discrete(3))
        .withMaxEpisodeSteps(500)
        .withLegend(
            new Legend(
                List.of(
                    "cosine of the first angle",
                    "sine of the first angle",
                    "cosine of the second angle",
                    "sine of the second angle",
                    "first angular velocity, rad/s",
                    "second angular velocity, rad/s"),
                List.of("push left", "none", "push right"),
                "Each step costs 1 until the end of the chain is above the line."));
  }

  @Override
  public EnvironmentSpec spec() {
    return spec;
  }

  @Override
  public void reset(RandomStream random, Observation observation) {
    angle1 = (float) random.uniform(options.low(), options.high());
    angle2 = (float) random.uniform(options.low(), options.high());
    speed1 = (float) random.uniform(options.low(), options.high());
    speed2 = (float) random.uniform(options.low(), options.high());
    show(observation);
  }

  @Override
  public void step(Action action, RandomStream random, Outcome outcome) {
    double torque = torque(action.discrete());
    if (options.torqueNoiseMax() > 0) {
      torque += noise(options, random);
    }
    integrate(torque);
    show(outcome.observation());
    if (up(Trig.cosWithin(angle1), Trig.cosWithin(angle2 + angle1))) {
      outcome.terminate();
    } else {
      outcome.reward(-1);
    }
  }

  /** Four stages of the classic Runge-Kutta method; the sums are in NumPy's order. */
  private void integrate(double torque) {
    double v1 = speed1;
    double v2 = speed2;
    accelerate(angle1, angle2, v1, v2, torque);
    double a1 = gain1;
    double a2 = gain2;
    double sumV1 = v1;
    double sumV2 = v2;
    double sumA1 = a1;
    double sumA2 = a2;

    double nextV1 = speed1 + HALF_DT * a1;
    double nextV2 = speed2 + HALF_DT * a2;
    accelerate(angle1 + HALF_DT * v1, angle2 + HALF_DT * v2, nextV1, nextV2, torque);
    v1 = nextV1;
    v2 = nextV2;
    a1 = gain1;
    a2 = gain2;
    sumV1 += 2 * v1;
    sumV2 += 2 * v2;
    sumA1 += 2 * a1;
    sumA2 += 2 * a2;

    nextV1 = speed1 + HALF_DT * a1;
    nextV2 = speed2 + HALF_DT * a2;
    accelerate(angle1 + HALF_DT * v1, angle2 + HALF_DT * v2, nextV1, nextV2, torque);
    v1 = nextV1;
    v2 = nextV2;
    a1 = gain1;
    a2 = gain2;
    sumV1 += 2 * v1;
    sumV2 += 2 * v2;
    sumA1 += 2 * a1;
    sumA2 += 2 * a2;

    nextV1 = speed1 + DT * a1;
    nextV2 = speed2 + DT * a2;
    accelerate(angle1 + DT * v1, angle2 + DT * v2, nextV1, nextV2, torque);
    sumV1 += nextV1;
    sumV2 += nextV2;
    sumA1 += gain1;
    sumA2 += gain2;

    angle1 = wound(angle1 + SIXTH_DT * sumV1);
    angle2 = wound(angle2 + SIXTH_DT * sumV2);
    speed1 = bound1(speed1 + SIXTH_DT * sumA1);
    speed2 = bound2(speed2 + SIXTH_DT * sumA2);
  }

  private void accelerate(double t1, double t2, double v1, double v2, double torque) {
    double sin = Trig.sinWithin(t2);
    double cos = Trig.cosWithin(t2);
    double weight2 = weight2(Trig.cosWithin(lower(t1, t2)));
    double load1 = load1(v1, v2, sin, Trig.cosWithin(upper(t1)), weight2);
    double inertia1 = inertia1(cos);
    double inertia2 = inertia2(cos);
    double drive = drive(torque, inertia1, inertia2, load1);
    gain2 = gain2(drive, swing(bookTerm, v1, sin), weight2, inertia1, inertia2);
    gain1 = gain1(inertia1, inertia2, load1, gain2);
  }

  /** The torque of an action. */
  static double torque(int action) {
    return action - 1.0;
  }

  /** A draw of the torque's error. */
  static double noise(AcrobotOptions options, RandomStream random) {
    return random.uniform(-options.torqueNoiseMax(), options.torqueNoiseMax());
  }

  /** The factor of the term that the paper leaves out. */
  static double bookTerm(AcrobotOptions options) {
    return options.bookOrNips() == AcrobotDynamics.BOOK ? 0.5 : 0;
  }

  /** The second link's angle from horizontal. */
  static double lower(double t1, double t2) {
    return t1 + t2 - Math.PI / 2;
  }

  /** The first link's angle from horizontal. */
  static double upper(double t1) {
    return t1 - Math.PI / 2;
  }

  /** φ2 of the book. */
  static double weight2(double cosLower) {
    return 0.5 * 9.8 * cosLower;
  }

  /** φ1 of the book. */
  static double load1(double v1, double v2, double sin, double cosUpper, double weight2) {
    return -0.5 * (v2 * v2) * sin - v2 * v1 * sin + 1.5 * 9.8 * cosUpper + weight2;
  }

  /** d1 of the book. */
  static double inertia1(double cos) {
    return 0.25 + (1.25 + cos) + 1 + 1;
  }

  /** d2 of the book. */
  static double inertia2(double cos) {
    return 0.25 + 0.5 * cos + 1;
  }

  /** The term that the paper leaves out. */
  static double swing(double bookTerm, double v1, double sin) {
    return bookTerm * (v1 * v1) * sin;
  }

  /** What turns the second link, without swing and weight. */
  static double drive(double torque, double inertia1, double inertia2, double load1) {
    return torque + inertia2 / inertia1 * load1;
  }

  /** The second link's angular acceleration. */
  static double gain2(
      double drive, double swing, double weight2, double inertia1, double inertia2) {
    return (drive - swing - weight2) / (1.25 - inertia2 * inertia2 / inertia1);
  }

  /** The first link's angular acceleration. */
  static double gain1(double inertia1, double inertia2, double load1, double gain2) {
    return -(inertia2 * gain2 + load1) / inertia1;
  }

  /** An angle wound back to [−π, π] turn by turn. */
  static double wound(double angle) {
    double wound = angle;
    while (wound > Math.PI) {
      wound -= 2 * Math.PI;
    }
    while (wound < -Math.PI) {
      wound += 2 * Math.PI;
    }
    return wound;
  }

  static double bound1(double speed) {
    return Math.min(Math.max(speed, -FASTEST_1), FASTEST_1);
  }

  static double bound2(double speed) {
    return Math.min(Math.max(speed, -FASTEST_2), FASTEST_2);
  }

  /**
   * Whether the end is above the line: cosines of the first link's angle and of the sum of both.
   */
  static boolean up(double cos1, double cosSum) {
    return -cos1 - cosSum > 1;
  }

  private void show(Observation observation) {
    observation.set(0, Trig.cosWithin(angle1));
    observation.set(1, Trig.sinWithin(angle1));
    observation.set(2, Trig.cosWithin(angle2));
    observation.set(3, Trig.sinWithin(angle2));
    observation.set(4, speed1);
    observation.set(5, speed2);
  }

  @Override
  public String text(boolean colour) {
    return text(angle1, angle2, speed1, speed2);
  }

  static String text(double angle1, double angle2, double speed1, double speed2) {
    return String.format(
        Locale.ROOT,
        "first link %+.1f°, %+.1f°/s; second %+.1f°, %+.1f°/s; end at height %+.2f%n",
        Math.toDegrees(angle1),
        Math.toDegrees(speed1),
        Math.toDegrees(angle2),
        Math.toDegrees(speed2),
        -Trig.cos(angle1) - Trig.cos(angle2 + angle1));
  }

  @Override
  public <T> Optional<T> capability(Class<T> type) {
    if (type == PictureView.class) {
      return Optional.of(type.cast(AcrobotPicture.of(() -> angle1, () -> angle2)));
    }
    return Environment.super.capability(type);
  }

  @Override
  public void carry(State state) {
    state.begin("acrobot", 1);
    angle1 = state.carryFinite("angle1", angle1);
    angle2 = state.carryFinite("angle2", angle2);
    speed1 = state.carryFinite("speed1", speed1);
    speed2 = state.carryFinite("speed2", speed2);
    state.end();
  }
}
