package org.bellmanrl.bench.env;

import org.bellmanrl.api.space.Columns;
import org.bellmanrl.env.math.Trig;

/** CartPole-v1 by hand. */
final class BareCartPole extends BareLoop {
  private static final double INCLINED = 12 * 2 * Math.PI / 360;

  private final double[] x;
  private final double[] xDot;
  private final double[] theta;
  private final double[] thetaDot;

  BareCartPole(int rows) {
    super(rows, 4);
    this.x = new double[rows];
    this.xDot = new double[rows];
    this.theta = new double[rows];
    this.thetaDot = new double[rows];
  }

  @Override
  void reset(int row) {
    x[row] = random[row].uniform(-0.05, 0.05);
    xDot[row] = random[row].uniform(-0.05, 0.05);
    theta[row] = random[row].uniform(-0.05, 0.05);
    thetaDot[row] = random[row].uniform(-0.05, 0.05);
    show(row);
  }

  @Override
  void stepAll(Columns actions) {
    int[] action = actions.ints();
    for (int row = 0; row < rows; row++) {
      step(row, action[row]);
    }
  }

  @Override
  void stepOne(Columns actions) {
    for (int action : actions.ints()) {
      step(0, action);
    }
  }

  private void step(int row, int action) {
    double sin = Trig.sinWithin(theta[row]);
    double cos = Trig.cosWithin(theta[row]);
    double force = action == 1 ? 10.0 : -10.0;
    double push = (force + 0.05 * (thetaDot[row] * thetaDot[row]) * sin) / 1.1;
    double thetaAcc = (9.8 * sin - cos * push) / (0.5 * (4.0 / 3.0 - 0.1 * (cos * cos) / 1.1));
    double xAcc = push - 0.05 * thetaAcc * cos / 1.1;
    x[row] += 0.02 * xDot[row];
    xDot[row] += 0.02 * xAcc;
    theta[row] += 0.02 * thetaDot[row];
    thetaDot[row] += 0.02 * thetaAcc;
    boolean fallen =
        x[row] < -2.4 || x[row] > 2.4 || theta[row] < -INCLINED || theta[row] > INCLINED;
    reward[row] = 1;
    terminated[row] = fallen;
    if (fallen) {
      reset(row);
    } else {
      show(row);
    }
  }

  private void show(int row) {
    observation[4 * row] = (float) x[row];
    observation[4 * row + 1] = (float) xDot[row];
    observation[4 * row + 2] = (float) theta[row];
    observation[4 * row + 3] = (float) thetaDot[row];
  }
}
