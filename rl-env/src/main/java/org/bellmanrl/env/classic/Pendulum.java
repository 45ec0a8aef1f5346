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
import org.bellmanrl.api.state.State;
import org.bellmanrl.api.state.Stateful;
import org.bellmanrl.env.math.Trig;

/**
 * Swing a pendulum up and keep it there, with a torque that is too weak to do it at once.
 *
 * <p>The observation is the cosine and the sine of the angle from upright and the angular speed, in
 * [−8, 8] rad/s; the action is the torque, in [−2, 2] N m. A step costs the square of the angle (in
 * [−π, π]), a tenth of the speed's square and a thousandth of the torque's. There is no terminal
 * state; an episode is cut after 200 steps.
 *
 * <p>Equal to Gymnasium 1.3.0's {@code Pendulum-v1}, which computes in double precision except for
 * what comes of the torque alone. The angle is not wound back: without a limit to episodes it can
 * grow.
 */
public final class Pendulum implements Environment, Stateful, TextView {
  static final double FASTEST = 8;
  static final double DT = 0.05;
  private static final float STRONGEST = 2;
  private static final double TURN = 2 * Math.PI;
  private static final double TURNS_PER_RADIAN = 1 / TURN;

  private final EnvironmentSpec spec = makeSpec();
  private final PendulumOptions options;
  private final double pull;
  private double angle;
  private double speed;

  /** The sine of the angle, which the next step needs again. */
  private double sin;

  /** The pendulum of {@code Pendulum-v1}. */
  public Pendulum(PendulumOptions options) {
    this.options = options;
    this.pull = pull(options);
  }

  /**
   * Many pendulums, stepped together; equal to single ones to the bit.
   *
   * @param rows how many, at least 1
   */
  public static VectorEnvironment batch(PendulumOptions options, int rows) {
    return new PendulumBatch(options, rows);
  }

  static EnvironmentSpec makeSpec() {
    Box observed = Box.of(new float[] {-1, -1, -8}, new float[] {1, 1, 8});
    return EnvironmentSpec.of("Pendulum-v1", observed, Box.of(-STRONGEST, STRONGEST, 1))
        .withMaxEpisodeSteps(200)
        .withLegend(
            new Legend(
                List.of("cosine of the angle", "sine of the angle", "angular velocity, rad/s"),
                List.of("torque, N m"),
                "Each step costs the squared angle from upright, 0.1 times the squared velocity and 0.001 times the squared torque: 0 at best, -16.3 at worst."))
        .continuing();
  }

  /** How gravity accelerates a horizontal pendulum of 1 kg and 1 m. */
  static double pull(PendulumOptions options) {
    return 3 * options.g() / 2;
  }

  @Override
  public EnvironmentSpec spec() {
    return spec;
  }

  @Override
  public void reset(RandomStream random, Observation observation) {
    angle = random.uniform(-options.xInit(), options.xInit());
    speed = random.uniform(-options.yInit(), options.yInit());
    show(observation);
  }

  @Override
  public void step(Action action, RandomStream random, Outcome outcome) {
    float torque = torque(action.get(0));
    outcome.reward(reward(angle, speed, torque));
    speed = speed(speed, pull, sin, torque);
    angle = angle + speed * DT;
    show(outcome.observation());
  }

  static float torque(float asked) {
    return Math.min(Math.max(asked, -STRONGEST), STRONGEST);
  }

  static double reward(double angle, double speed, float torque) {
    double inclined = wound(angle);
    float effort = 0.001f * (torque * torque);
    return -(inclined * inclined + 0.1 * (speed * speed) + effort);
  }

  static double speed(double speed, double pull, double sin, float torque) {
    double next = speed + (pull * sin + 3 * torque) * DT;
    return Math.min(Math.max(next, -FASTEST), FASTEST);
  }

  /**
   * The angle wound back to [−π, π]: Python's {@code (angle + π) % 2π − π}. A remainder is exact,
   * and so is {@code fma} when the number of turns is right; the second one corrects the first,
   * which can be off by one turn at a seam.
   */
  static double wound(double angle) {
    double shifted = angle + Math.PI;
    double turns = Math.floor(shifted * TURNS_PER_RADIAN);
    double near = Math.fma(-turns, TURN, shifted);
    turns = turns + Math.floor(near * TURNS_PER_RADIAN);
    return Math.fma(-turns, TURN, shifted) - Math.PI;
  }

  private void show(Observation observation) {
    double cos;
    if (Math.abs(angle) <= Trig.LIMIT) {
      sin = Trig.sinWithin(angle);
      cos = Trig.cosWithin(angle);
    } else {
      sin = StrictMath.sin(angle);
      cos = StrictMath.cos(angle);
    }
    observation.set(0, cos);
    observation.set(1, sin);
    observation.set(2, speed);
  }

  @Override
  public String text(boolean colour) {
    return text(angle, speed);
  }

  static String text(double angle, double speed) {
    return String.format(
        Locale.ROOT,
        "pendulum %+.2f° from upright, %+.2f°/s%n",
        Math.toDegrees(wound(angle)),
        Math.toDegrees(speed));
  }

  @Override
  public <T> Optional<T> capability(Class<T> type) {
    if (type == PictureView.class) {
      return Optional.of(type.cast(PendulumPicture.of(() -> angle, () -> speed)));
    }
    return Environment.super.capability(type);
  }

  @Override
  public void carry(State state) {
    state.begin("pendulum", 1);
    angle = state.carryFinite("angle", angle);
    speed = state.carryFinite("speed", speed);
    state.end();
    sin = Trig.sin(angle);
  }
}
