package org.bellmanrl.bench.env;

import org.bellmanrl.api.space.Columns;
import org.bellmanrl.env.math.Trig;

/** Pendulum-v1 by hand. */
final class BarePendulum extends BareLoop {
  private final double[] theta;
  private final double[] thetaDot;
  private final double[] sin;

  BarePendulum(int rows) {
    super(rows, 3);
    this.theta = new double[rows];
    this.thetaDot = new double[rows];
    this.sin = new double[rows];
  }

  @Override
  void reset(int row) {
    theta[row] = random[row].uniform(-Math.PI, Math.PI);
    thetaDot[row] = random[row].uniform(-1, 1);
    show(row);
  }

  @Override
  void stepAll(Columns actions) {
    float[] action = actions.floats();
    for (int row = 0; row < rows; row++) {
      step(row, action[row]);
    }
  }

  @Override
  void stepOne(Columns actions) {
    for (float action : actions.floats()) {
      step(0, action);
    }
  }

  private void step(int row, float action) {
    float u = Math.min(Math.max(action, -2), 2);
    double shifted = theta[row] + Math.PI;
    double turns = Math.floor(shifted * (1 / (2 * Math.PI)));
    double near = Math.fma(-turns, 2 * Math.PI, shifted);
    turns += Math.floor(near * (1 / (2 * Math.PI)));
    double angle = Math.fma(-turns, 2 * Math.PI, shifted) - Math.PI;
    reward[row] = -(angle * angle + 0.1 * (thetaDot[row] * thetaDot[row]) + 0.001f * (u * u));
    double next = thetaDot[row] + (15 * sin[row] + 3 * u) * 0.05;
    thetaDot[row] = Math.min(Math.max(next, -8), 8);
    theta[row] += thetaDot[row] * 0.05;
    terminated[row] = false;
    show(row);
  }

  private void show(int row) {
    sin[row] = Trig.sinWithin(theta[row]);
    observation[3 * row] = (float) Trig.cosWithin(theta[row]);
    observation[3 * row + 1] = (float) sin[row];
    observation[3 * row + 2] = (float) thetaDot[row];
  }
}
