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
 * Balance a pole on a cart by pushing the cart (A. G. Barto, R. S. Sutton and C. W. Anderson,
 * "Neuronlike Adaptive Elements That Can Solve Difficult Learning Control Problems", 1983).
 *
 * <p>The observation is the cart's position (m) and speed (m/s), the pole's angle from upright
 * (rad) and its angular speed (rad/s). The actions are 0, push to the left, and 1, push to the
 * right, with 10 N for 0.02 s. Every step pays 1. The episode ends when the cart is more than 2.4 m
 * off or the pole more than 12° inclined, and is cut after 500 steps.
 *
 * <p>Equal to Gymnasium 1.3.0's {@code CartPole-v1}, which computes in double precision.
 */
public final class CartPole implements Environment, Stateful, TextView {
  static final double MOST_OFF = 2.4;
  static final double MOST_INCLINED = 12 * 2 * Math.PI / 360;
  static final double FORCE = 10.0;
  static final double TAU = 0.02;

  private static final double GRAVITY = 9.8;
  private static final double POLE_MASS = 0.1;
  private static final double TOTAL_MASS = POLE_MASS + 1.0;
  private static final double HALF_LENGTH = 0.5;
  private static final double POLE_MOMENT = POLE_MASS * HALF_LENGTH;

  private final EnvironmentSpec spec = makeSpec();
  private final CartPoleOptions options;
  private double position;
  private double speed;
  private double angle;
  private double spin;

  /** The pole of {@code CartPole-v1}. */
  public CartPole(CartPoleOptions options) {
    this.options = options;
  }

  /**
   * Many poles, stepped together; equal to single ones to the bit.
   *
   * @param rows how many, at least 1
   */
  public static VectorEnvironment batch(CartPoleOptions options, int rows) {
    return new CartPoleBatch(options, rows);
  }

  static EnvironmentSpec makeSpec() {
    float inclined = (float) (2 * MOST_INCLINED);
    float infinity = Float.POSITIVE_INFINITY;
    Box box =
        Box.of(
            new float[] {-4.8f, -infinity, -inclined, -infinity},
            new float[] {4.8f, infinity, inclined, infinity});
    return EnvironmentSpec.of("CartPole-v1", box, new Discrete(2))
        .withMaxEpisodeSteps(500)
        .withLegend(
            new Legend(
                List.of(
                    "cart position, m",
                    "cart velocity, m/s",
                    "pole angle, rad",
                    "pole angular velocity, rad/s"),
                List.of("push left", "push right"),
                "Each step pays 1 while the pole stands, within 12 degrees, and the cart is within 2.4 m of the middle."));
  }

  @Override
  public EnvironmentSpec spec() {
    return spec;
  }

  @Override
  public void reset(RandomStream random, Observation observation) {
    position = random.uniform(options.low(), options.high());
    speed = random.uniform(options.low(), options.high());
    angle = random.uniform(options.low(), options.high());
    spin = random.uniform(options.low(), options.high());
    show(observation);
  }

  @Override
  public void step(Action action, RandomStream random, Outcome outcome) {
    double sin = Trig.sinWithin(angle);
    double cos = Trig.cosWithin(angle);
    double push = push(action.discrete(), spin, sin);
    double spinUp = spinUp(push, sin, cos);
    double speedUp = speedUp(push, spinUp, cos);
    position = position + TAU * speed;
    speed = speed + TAU * speedUp;
    angle = angle + TAU * spin;
    spin = spin + TAU * spinUp;
    boolean fallen = fallen(position, angle);
    outcome.reward(reward(fallen, options.suttonBartoReward()));
    if (fallen) {
      outcome.terminate();
    }
    show(outcome.observation());
  }

  /** What the force and the swinging pole do to the cart, per total mass. */
  static double push(int action, double spin, double sin) {
    double force = 2 * FORCE * action - FORCE;
    return (force + POLE_MOMENT * (spin * spin) * sin) / TOTAL_MASS;
  }

  /** The pole's angular acceleration. */
  static double spinUp(double push, double sin, double cos) {
    return (GRAVITY * sin - cos * push)
        / (HALF_LENGTH * (4.0 / 3.0 - POLE_MASS * (cos * cos) / TOTAL_MASS));
  }

  /** The cart's acceleration. */
  static double speedUp(double push, double spinUp, double cos) {
    return push - POLE_MOMENT * spinUp * cos / TOTAL_MASS;
  }

  static boolean fallen(double position, double angle) {
    return Math.abs(position) > MOST_OFF || Math.abs(angle) > MOST_INCLINED;
  }

  static double reward(boolean fallen, boolean suttonBarto) {
    return suttonBarto ? (fallen ? -1 : 0) : 1;
  }

  private void show(Observation observation) {
    observation.set(0, position);
    observation.set(1, speed);
    observation.set(2, angle);
    observation.set(3, spin);
  }

  @Override
  public String text(boolean colour) {
    return text(position, speed, angle, spin);
  }

  static String text(double position, double speed, double angle, double spin) {
    return String.format(
        Locale.ROOT,
        "cart %+.3f m, %+.3f m/s; pole %+.2f°, %+.2f°/s%n",
        position,
        speed,
        Math.toDegrees(angle),
        Math.toDegrees(spin));
  }

  @Override
  public <T> Optional<T> capability(Class<T> type) {
    if (type == PictureView.class) {
      return Optional.of(type.cast(CartPolePicture.of(() -> position, () -> angle)));
    }
    return Environment.super.capability(type);
  }

  @Override
  public void carry(State state) {
    state.begin("cart-pole", 1);
    position = state.carryFinite("position", position);
    speed = state.carryFinite("speed", speed);
    angle = state.carryFinite("angle", angle);
    spin = state.carryFinite("spin", spin);
    state.end();
  }
}
