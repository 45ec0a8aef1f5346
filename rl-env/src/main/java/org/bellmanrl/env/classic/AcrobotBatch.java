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

/** Many acrobots. The arithmetic is {@link Acrobot}'s, in loops short enough to be vectorised. */
final class AcrobotBatch extends RangeBatch {
  private final AcrobotOptions options;
  private final double bookTerm;
  private final double[] angle1;
  private final double[] angle2;
  private final double[] speed1;
  private final double[] speed2;

  private final double[] torque;
  private final double[] stageAngle1;
  private final double[] stageAngle2;
  private final double[] stageSpeed1;
  private final double[] stageSpeed2;
  private final double[] gain1;
  private final double[] gain2;
  private final double[] sumAngle1;
  private final double[] sumAngle2;
  private final double[] sumSpeed1;
  private final double[] sumSpeed2;
  private final double[] sin;
  private final double[] cos;
  private final double[] sin1;
  private final double[] cos1;
  private final double[] cosSum;
  private final double[] scratch1;
  private final double[] scratch2;

  AcrobotBatch(AcrobotOptions options, int rows) {
    super(Acrobot.makeSpec(), rows);
    this.options = options;
    this.bookTerm = Acrobot.bookTerm(options);
    this.angle1 = new double[rows];
    this.angle2 = new double[rows];
    this.speed1 = new double[rows];
    this.speed2 = new double[rows];
    this.torque = new double[rows];
    this.stageAngle1 = new double[rows];
    this.stageAngle2 = new double[rows];
    this.stageSpeed1 = new double[rows];
    this.stageSpeed2 = new double[rows];
    this.gain1 = new double[rows];
    this.gain2 = new double[rows];
    this.sumAngle1 = new double[rows];
    this.sumAngle2 = new double[rows];
    this.sumSpeed1 = new double[rows];
    this.sumSpeed2 = new double[rows];
    this.sin = new double[rows];
    this.cos = new double[rows];
    this.sin1 = new double[rows];
    this.cos1 = new double[rows];
    this.cosSum = new double[rows];
    this.scratch1 = new double[rows];
    this.scratch2 = new double[rows];
  }

  @Override
  protected void reset(int row, RandomStream random, Observations observations) {
    angle1[row] = (float) random.uniform(options.low(), options.high());
    angle2[row] = (float) random.uniform(options.low(), options.high());
    speed1[row] = (float) random.uniform(options.low(), options.high());
    speed2[row] = (float) random.uniform(options.low(), options.high());
    cos1[row] = Trig.cosWithin(angle1[row]);
    sin1[row] = Trig.sinWithin(angle1[row]);
    cos[row] = Trig.cosWithin(angle2[row]);
    sin[row] = Trig.sinWithin(angle2[row]);
    show(observations.values().floats(), row, row + 1);
  }

  @Override
  protected void step(int from, int to, Columns actions, RandomStreams random, Outcomes outcomes) {
    int[] action = actions.ints();
    for (int i = from; i < to; i++) {
      torque[i] = Acrobot.torque(action[i]);
    }
    if (options.torqueNoiseMax() > 0) {
      for (int i = from; i < to; i++) {
        torque[i] += Acrobot.noise(options, random.row(i));
      }
    }
    integrate(from, to);
    for (int i = from; i < to; i++) {
      angle1[i] = Acrobot.wound(angle1[i]);
      angle2[i] = Acrobot.wound(angle2[i]);
    }
    for (int i = from; i < to; i++) {
      cosSum[i] = angle2[i] + angle1[i];
    }
    Trig.cosWithin(cosSum, cosSum, scratch1, scratch2, from, to);
    Trig.sinCosWithin(angle1, sin1, cos1, scratch1, from, to);
    Trig.sinCosWithin(angle2, sin, cos, scratch1, from, to);
    show(outcomes.observations().values().floats(), from, to);
    judge(outcomes, from, to);
  }

  private void integrate(int from, int to) {
    System.arraycopy(angle1, from, stageAngle1, from, to - from);
    System.arraycopy(angle2, from, stageAngle2, from, to - from);
    System.arraycopy(speed1, from, stageSpeed1, from, to - from);
    System.arraycopy(speed2, from, stageSpeed2, from, to - from);

    accelerate(from, to);
    System.arraycopy(speed1, from, sumAngle1, from, to - from);
    System.arraycopy(speed2, from, sumAngle2, from, to - from);
    System.arraycopy(gain1, from, sumSpeed1, from, to - from);
    System.arraycopy(gain2, from, sumSpeed2, from, to - from);
    advance(Acrobot.HALF_DT, from, to);
    accelerate(from, to);
    add(2, from, to);
    advance(Acrobot.HALF_DT, from, to);
    accelerate(from, to);
    add(2, from, to);
    advance(Acrobot.DT, from, to);
    accelerate(from, to);
    add(1, from, to);

    for (int i = from; i < to; i++) {
      angle1[i] = angle1[i] + Acrobot.SIXTH_DT * sumAngle1[i];
      angle2[i] = angle2[i] + Acrobot.SIXTH_DT * sumAngle2[i];
    }
    for (int i = from; i < to; i++) {
      speed1[i] = Acrobot.bound1(speed1[i] + Acrobot.SIXTH_DT * sumSpeed1[i]);
      speed2[i] = Acrobot.bound2(speed2[i] + Acrobot.SIXTH_DT * sumSpeed2[i]);
    }
  }

  /** Accelerations at the present stage. */
  private void accelerate(int from, int to) {
    double[] weight2 = sin1;
    double[] load1 = cos1;
    for (int i = from; i < to; i++) {
      weight2[i] = Acrobot.lower(stageAngle1[i], stageAngle2[i]);
      load1[i] = Acrobot.upper(stageAngle1[i]);
    }
    Trig.cosWithin(weight2, weight2, scratch1, scratch2, from, to);
    Trig.cosWithin(load1, load1, scratch1, scratch2, from, to);
    Trig.sinCosWithin(stageAngle2, sin, cos, scratch1, from, to);
    for (int i = from; i < to; i++) {
      double weight = Acrobot.weight2(weight2[i]);
      load1[i] = Acrobot.load1(stageSpeed1[i], stageSpeed2[i], sin[i], load1[i], weight);
      weight2[i] = weight;
    }
    for (int i = from; i < to; i++) {
      double inertia1 = Acrobot.inertia1(cos[i]);
      double inertia2 = Acrobot.inertia2(cos[i]);
      gain2[i] = Acrobot.drive(torque[i], inertia1, inertia2, load1[i]);
    }
    for (int i = from; i < to; i++) {
      double inertia1 = Acrobot.inertia1(cos[i]);
      double inertia2 = Acrobot.inertia2(cos[i]);
      double swing = Acrobot.swing(bookTerm, stageSpeed1[i], sin[i]);
      gain2[i] = Acrobot.gain2(gain2[i], swing, weight2[i], inertia1, inertia2);
    }
    for (int i = from; i < to; i++) {
      double inertia1 = Acrobot.inertia1(cos[i]);
      double inertia2 = Acrobot.inertia2(cos[i]);
      gain1[i] = Acrobot.gain1(inertia1, inertia2, load1[i], gain2[i]);
    }
  }

  /** Adds the stage's slopes to the sums. */
  private void add(double weight, int from, int to) {
    for (int i = from; i < to; i++) {
      sumAngle1[i] = sumAngle1[i] + weight * stageSpeed1[i];
      sumAngle2[i] = sumAngle2[i] + weight * stageSpeed2[i];
    }
    for (int i = from; i < to; i++) {
      sumSpeed1[i] = sumSpeed1[i] + weight * gain1[i];
      sumSpeed2[i] = sumSpeed2[i] + weight * gain2[i];
    }
  }

  /** Goes on to the next stage. */
  private void advance(double time, int from, int to) {
    for (int i = from; i < to; i++) {
      stageAngle1[i] = angle1[i] + time * stageSpeed1[i];
      stageAngle2[i] = angle2[i] + time * stageSpeed2[i];
    }
    for (int i = from; i < to; i++) {
      stageSpeed1[i] = speed1[i] + time * gain1[i];
      stageSpeed2[i] = speed2[i] + time * gain2[i];
    }
  }

  private void show(float[] observation, int from, int to) {
    for (int i = from; i < to; i++) {
      int at = 6 * i;
      observation[at] = (float) cos1[i];
      observation[at + 1] = (float) sin1[i];
      observation[at + 2] = (float) cos[i];
      observation[at + 3] = (float) sin[i];
      observation[at + 4] = (float) speed1[i];
      observation[at + 5] = (float) speed2[i];
    }
  }

  private void judge(Outcomes outcomes, int from, int to) {
    boolean[] terminated = outcomes.terminated();
    double[] discount = outcomes.discount();
    double[] reward = outcomes.reward();
    Arrays.fill(reward, from, to, -1);
    for (int i = from; i < to; i++) {
      if (Acrobot.up(cos1[i], cosSum[i])) {
        terminated[i] = true;
        discount[i] = 0;
        reward[i] = 0;
      }
    }
  }

  @Override
  public <T> Optional<T> capability(int row, Class<T> type) {
    if (type == PictureView.class) {
      return Optional.of(type.cast(AcrobotPicture.of(() -> angle1[row], () -> angle2[row])));
    }
    TextView text = colour -> Acrobot.text(angle1[row], angle2[row], speed1[row], speed2[row]);
    return type == TextView.class ? Optional.of(type.cast(text)) : Optional.empty();
  }

  @Override
  public void carry(State state, int row) {
    state.begin("acrobot", 1);
    angle1[row] = state.carryFinite("angle1", angle1[row]);
    angle2[row] = state.carryFinite("angle2", angle2[row]);
    speed1[row] = state.carryFinite("speed1", speed1[row]);
    speed2[row] = state.carryFinite("speed2", speed2[row]);
    state.end();
  }
}
