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

/** Many cars in valleys. The arithmetic is {@link MountainCar}'s, in loops to be vectorised. */
final class MountainCarBatch extends RangeBatch {
  private final MountainCarOptions options;
  private final double[] position;
  private final double[] velocity;

  private final double[] slope;
  private final double[] scratch1;
  private final double[] scratch2;

  MountainCarBatch(MountainCarOptions options, int rows) {
    super(MountainCar.makeSpec(), rows);
    this.options = options;
    this.position = new double[rows];
    this.velocity = new double[rows];
    this.slope = new double[rows];
    this.scratch1 = new double[rows];
    this.scratch2 = new double[rows];
  }

  @Override
  protected void reset(int row, RandomStream random, Observations observations) {
    position[row] = random.uniform(options.low(), options.high());
    velocity[row] = 0;
    show(observations.values().floats(), row, row + 1);
  }

  @Override
  protected void step(int from, int to, Columns actions, RandomStreams random, Outcomes outcomes) {
    for (int i = from; i < to; i++) {
      slope[i] = 3 * position[i];
    }
    Trig.cosWithin(slope, slope, scratch1, scratch2, from, to);
    move(actions.ints(), from, to);
    judge(outcomes, from, to);
    show(outcomes.observations().values().floats(), from, to);
  }

  private void move(int[] action, int from, int to) {
    for (int i = from; i < to; i++) {
      velocity[i] = MountainCar.velocity(velocity[i], action[i], slope[i]);
      position[i] = MountainCar.position(position[i], velocity[i]);
    }
  }

  private void judge(Outcomes outcomes, int from, int to) {
    double goalVelocity = options.goalVelocity();
    boolean[] terminated = outcomes.terminated();
    double[] discount = outcomes.discount();
    Arrays.fill(outcomes.reward(), from, to, -1);
    for (int i = from; i < to; i++) {
      if (position[i] == MountainCar.LEFTMOST) {
        velocity[i] = MountainCar.stopped(position[i], velocity[i]);
      }
      if (MountainCar.arrived(position[i], velocity[i], goalVelocity)) {
        terminated[i] = true;
        discount[i] = 0;
      }
    }
  }

  private void show(float[] observation, int from, int to) {
    for (int i = from; i < to; i++) {
      observation[2 * i] = (float) position[i];
      observation[2 * i + 1] = (float) velocity[i];
    }
  }

  @Override
  public <T> Optional<T> capability(int row, Class<T> type) {
    if (type == PictureView.class) {
      return Optional.of(type.cast(MountainCarPicture.of(() -> position[row], MountainCar.GOAL)));
    }
    TextView text = colour -> MountainCar.text(position[row], velocity[row]);
    return type == TextView.class ? Optional.of(type.cast(text)) : Optional.empty();
  }

  @Override
  public void carry(State state, int row) {
    state.begin("mountain-car", 1);
    position[row] = state.carryFinite("position", position[row]);
    velocity[row] = state.carryFinite("velocity", velocity[row]);
    state.end();
  }
}
