package org.bellmanrl.env.classic;

import java.util.Arrays;
import java.util.Optional;
import org.bellmanrl.api.Observations;
import org.bellmanrl.api.Outcomes;
import org.bellmanrl.api.random.RandomStream;
import org.bellmanrl.api.random.RandomStreams;
import org.bellmanrl.api.render.PictureView;
import org.bellmanrl.api.render.TextView;
import org.bellmanrl.api.space.Columns;
import org.bellmanrl.api.state.State;
import org.bellmanrl.env.internal.RangeBatch;
import org.bellmanrl.env.math.Trig;

/**
 * Many cart-poles. The arithmetic is {@link CartPole}'s, in loops short enough to be vectorised.
 */
final class CartPoleBatch extends RangeBatch {
  private final CartPoleOptions options;
  private final double[] position;
  private final double[] speed;
  private final double[] angle;
  private final double[] spin;

  private final double[] sin;
  private final double[] cos;
  private final double[] push;
  private final double[] spinUp;

  CartPoleBatch(CartPoleOptions options, int rows) {
    super(CartPole.makeSpec(), rows);
    this.options = options;
    this.position = new double[rows];
    this.speed = new double[rows];
    this.angle = new double[rows];
    this.spin = new double[rows];
    this.sin = new double[rows];
    this.cos = new double[rows];
    this.push = new double[rows];
    this.spinUp = new double[rows];
  }

  @Override
  protected void reset(int row, RandomStream random, Observations observations) {
    position[row] = random.uniform(options.low(), options.high());
    speed[row] = random.uniform(options.low(), options.high());
    angle[row] = random.uniform(options.low(), options.high());
    spin[row] = random.uniform(options.low(), options.high());
    show(observations.values().floats(), row, row + 1);
  }

  @Override
  protected void step(int from, int to, Columns actions, RandomStreams random, Outcomes outcomes) {
    Trig.sinCosWithin(angle, sin, cos, push, from, to);
    accelerate(actions.ints(), from, to);
    move(from, to);
    show(outcomes.observations().values().floats(), from, to);
    judge(outcomes, from, to);
  }

  private void accelerate(int[] action, int from, int to) {
    for (int i = from; i < to; i++) {
      push[i] = CartPole.push(action[i], spin[i], sin[i]);
    }
    for (int i = from; i < to; i++) {
      spinUp[i] = CartPole.spinUp(push[i], sin[i], cos[i]);
    }
  }

  private void move(int from, int to) {
    for (int i = from; i < to; i++) {
      position[i] = position[i] + CartPole.TAU * speed[i];
      speed[i] = speed[i] + CartPole.TAU * CartPole.speedUp(push[i], spinUp[i], cos[i]);
    }
    for (int i = from; i < to; i++) {
      angle[i] = angle[i] + CartPole.TAU * spin[i];
      spin[i] = spin[i] + CartPole.TAU * spinUp[i];
    }
  }

  private void show(float[] observation, int from, int to) {
    for (int i = from; i < to; i++) {
      int at = 4 * i;
      observation[at] = (float) position[i];
      observation[at + 1] = (float) speed[i];
      observation[at + 2] = (float) angle[i];
      observation[at + 3] = (float) spin[i];
    }
  }

  private void judge(Outcomes outcomes, int from, int to) {
    boolean suttonBarto = options.suttonBartoReward();
    boolean[] terminated = outcomes.terminated();
    double[] discount = outcomes.discount();
    double[] reward = outcomes.reward();
    Arrays.fill(reward, from, to, CartPole.reward(false, suttonBarto));
    for (int i = from; i < to; i++) {
      if (CartPole.fallen(position[i], angle[i])) {
        terminated[i] = true;
        discount[i] = 0;
        reward[i] = CartPole.reward(true, suttonBarto);
      }
    }
  }

  @Override
  public <T> Optional<T> capability(int row, Class<T> type) {
    if (type == PictureView.class) {
      return Optional.of(type.cast(CartPolePicture.of(() -> position[row], () -> angle[row])));
    }
    TextView text = colour -> CartPole.text(position[row], speed[row], angle[row], spin[row]);
    return type == TextView.class ? Optional.of(type.cast(text)) : Optional.empty();
  }

  @Override
  public void carry(State state, int row) {
    state.begin("cart-pole", 1);
    position[row] = state.carryFinite("position", position[row]);
    speed[row] = state.carryFinite("speed", speed[row]);
    angle[row] = state.carryFinite("angle", angle[row]);
    spin[row] = state.carryFinite("spin", spin[row]);
    state.end();
  }
}
