package org.bellmanrl.env.classic;

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

/** Many pendulums. The arithmetic is {@link Pendulum}'s, in loops to be vectorised. */
final class PendulumBatch extends RangeBatch {
  private final PendulumOptions options;
  private final double pull;
  private final double[] angle;
  private final double[] speed;
  private final double[] sin;

  private final double[] cos;
  private final double[] scratch;

  PendulumBatch(PendulumOptions options, int rows) {
    super(Pendulum.makeSpec(), rows);
    this.options = options;
    this.pull = Pendulum.pull(options);
    this.angle = new double[rows];
    this.speed = new double[rows];
    this.sin = new double[rows];
    this.cos = new double[rows];
    this.scratch = new double[rows];
  }

  @Override
  protected void reset(int row, RandomStream random, Observations observations) {
    angle[row] = random.uniform(-options.xInit(), options.xInit());
    speed[row] = random.uniform(-options.yInit(), options.yInit());
    sin[row] = Trig.sinWithin(angle[row]);
    cos[row] = Trig.cosWithin(angle[row]);
    show(observations.values().floats(), row, row + 1);
  }

  @Override
  protected void step(int from, int to, Columns actions, RandomStreams random, Outcomes outcomes) {
    swing(actions.floats(), outcomes.reward(), from, to);
    Trig.sinCosWithin(angle, sin, cos, scratch, from, to);
    show(outcomes.observations().values().floats(), from, to);
  }

  private void swing(float[] asked, double[] reward, int from, int to) {
    for (int i = from; i < to; i++) {
      reward[i] = Pendulum.reward(angle[i], speed[i], Pendulum.torque(asked[i]));
    }
    for (int i = from; i < to; i++) {
      speed[i] = Pendulum.speed(speed[i], pull, sin[i], Pendulum.torque(asked[i]));
      angle[i] = angle[i] + speed[i] * Pendulum.DT;
    }
  }

  private void show(float[] observation, int from, int to) {
    for (int i = from; i < to; i++) {
      if (Math.abs(angle[i]) > Trig.LIMIT) {
        sin[i] = StrictMath.sin(angle[i]);
        cos[i] = StrictMath.cos(angle[i]);
      }
      int at = 3 * i;
      observation[at] = (float) cos[i];
      observation[at + 1] = (float) sin[i];
      observation[at + 2] = (float) speed[i];
    }
  }

  @Override
  public <T> Optional<T> capability(int row, Class<T> type) {
    if (type == PictureView.class) {
      return Optional.of(type.cast(PendulumPicture.of(() -> angle[row], () -> speed[row])));
    }
    TextView text = colour -> Pendulum.text(angle[row], speed[row]);
    return type == TextView.class ? Optional.of(type.cast(text)) : Optional.empty();
  }

  @Override
  public void carry(State state, int row) {
    state.begin("pendulum", 1);
    angle[row] = state.carryFinite("angle", angle[row]);
    speed[row] = state.carryFinite("speed", speed[row]);
    state.end();
    sin[row] = Trig.sin(angle[row]);
  }
}
