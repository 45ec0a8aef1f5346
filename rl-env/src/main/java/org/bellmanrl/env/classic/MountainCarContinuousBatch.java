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

/**
 * Many cars with continuous force. The arithmetic is {@link MountainCarContinuous}'s: all rows take
 * a step in single precision, and those at the start of an episode take it again in double.
 */
final class MountainCarContinuousBatch extends RangeBatch {
  private final MountainCarOptions options;
  private final double[] start;
  private final boolean[] started;
  private final float[] position;
  private final float[] velocity;

  private final double[] slope;
  private final double[] scratch1;
  private final double[] scratch2;

  MountainCarContinuousBatch(MountainCarOptions options, int rows) {
    super(MountainCarContinuous.makeSpec(), rows);
    this.options = options;
    this.start = new double[rows];
    this.started = new boolean[rows];
    this.position = new float[rows];
    this.velocity = new float[rows];
    this.slope = new double[rows];
    this.scratch1 = new double[rows];
    this.scratch2 = new double[rows];
  }

  @Override
  protected void reset(int row, RandomStream random, Observations observations) {
    start[row] = random.uniform(options.low(), options.high());
    started[row] = false;
    position[row] = (float) start[row];
    velocity[row] = 0;
    show(observations.values().floats(), row, row + 1);
  }

  @Override
  protected void step(int from, int to, Columns actions, RandomStreams random, Outcomes outcomes) {
    float[] force = actions.floats();
    for (int i = from; i < to; i++) {
      slope[i] = 3 * position[i];
    }
    Trig.cosWithin(slope, slope, scratch1, scratch2, from, to);
    for (int i = from; i < to; i++) {
      velocity[i] = MountainCarContinuous.velocity(velocity[i], force[i], slope[i]);
      position[i] = MountainCarContinuous.position(position[i], velocity[i]);
    }
    judge(force, outcomes, from, to);
    show(outcomes.observations().values().floats(), from, to);
  }

  private void judge(float[] force, Outcomes outcomes, int from, int to) {
    float goalVelocity = (float) options.goalVelocity();
    boolean[] terminated = outcomes.terminated();
    double[] discount = outcomes.discount();
    double[] reward = outcomes.reward();
    for (int i = from; i < to; i++) {
      boolean arrived;
      if (started[i]) {
        velocity[i] = MountainCarContinuous.stopped(position[i], velocity[i]);
        arrived = MountainCarContinuous.arrived(position[i], velocity[i], goalVelocity);
      } else {
        arrived = takeFirstStep(i, force[i]);
      }
      reward[i] = MountainCarContinuous.reward(arrived, force[i]);
      if (arrived) {
        terminated[i] = true;
        discount[i] = 0;
      }
    }
  }

  private boolean takeFirstStep(int i, float force) {
    double firstVelocity = MountainCarContinuous.firstVelocity(start[i], force);
    double firstPosition = MountainCarContinuous.firstPosition(start[i], firstVelocity);
    firstVelocity = MountainCarContinuous.firstStopped(firstPosition, firstVelocity);
    started[i] = true;
    position[i] = (float) firstPosition;
    velocity[i] = (float) firstVelocity;
    return MountainCarContinuous.firstArrived(firstPosition, firstVelocity, options.goalVelocity());
  }

  private void show(float[] observation, int from, int to) {
    for (int i = from; i < to; i++) {
      observation[2 * i] = position[i];
      observation[2 * i + 1] = velocity[i];
    }
  }

  @Override
  public <T> Optional<T> capability(int row, Class<T> type) {
    if (type == PictureView.class) {
      return Optional.of(
          type.cast(MountainCarPicture.of(() -> position[row], MountainCarContinuous.GOAL)));
    }
    TextView text = colour -> MountainCar.text(position[row], velocity[row]);
    return type == TextView.class ? Optional.of(type.cast(text)) : Optional.empty();
  }

  @Override
  public void carry(State state, int row) {
    state.begin("mountain-car-continuous", 1);
    start[row] = state.carryFinite("start", start[row]);
    started[row] = state.carry("started", started[row]);
    position[row] = state.carry("position", position[row]);
    velocity[row] = state.carry("velocity", velocity[row]);
    state.end();
  }
}
