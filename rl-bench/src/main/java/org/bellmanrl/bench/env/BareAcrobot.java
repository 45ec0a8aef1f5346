package org.bellmanrl.bench.env;

import org.bellmanrl.api.space.Columns;
import org.bellmanrl.env.math.Trig;

/** Acrobot-v1 by hand. */
final class BareAcrobot extends BareLoop {
  private final double[] theta1;
  private final double[] theta2;
  private final double[] dTheta1;
  private final double[] dTheta2;

  private double ddTheta1;
  private double ddTheta2;

  BareAcrobot(int rows) {
    super(rows, 6);
    this.theta1 = new double[rows];
    this.theta2 = new double[rows];
    this.dTheta1 = new double[rows];
    this.dTheta2 = new double[rows];
  }

  @Override
  void reset(int row) {
    theta1[row] = (float) random[row].uniform(-0.1, 0.1);
    theta2[row] = (float) random[row].uniform(-0.1, 0.1);
    dTheta1[row] = (float) random[row].uniform(-0.1, 0.1);
    dTheta2[row] = (float) random[row].uniform(-0.1, 0.1);
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
    double torque = action - 1.0;
    double t1 = theta1[row];
    double t2 = theta2[row];
    double d1 = dTheta1[row];
    double d2 = dTheta2[row];
    derive(t1, t2, d1, d2, torque);
    double k1a = ddTheta1;
    double k1b = ddTheta2;
    double d1k2 = d1 + 0.1 * k1a;
    double d2k2 = d2 + 0.1 * k1b;
    derive(t1 + 0.1 * d1, t2 + 0.1 * d2, d1k2, d2k2, torque);
    double k2a = ddTheta1;
    double k2b = ddTheta2;
    double d1k3 = d1 + 0.1 * k2a;
    double d2k3 = d2 + 0.1 * k2b;
    derive(t1 + 0.1 * d1k2, t2 + 0.1 * d2k2, d1k3, d2k3, torque);
    double k3a = ddTheta1;
    double k3b = ddTheta2;
    double d1k4 = d1 + 0.2 * k3a;
    double d2k4 = d2 + 0.2 * k3b;
    derive(t1 + 0.2 * d1k3, t2 + 0.2 * d2k3, d1k4, d2k4, torque);
    theta1[row] = wrap(t1 + 0.2 / 6 * (d1 + 2 * d1k2 + 2 * d1k3 + d1k4));
    theta2[row] = wrap(t2 + 0.2 / 6 * (d2 + 2 * d2k2 + 2 * d2k3 + d2k4));
    double next1 = d1 + 0.2 / 6 * (k1a + 2 * k2a + 2 * k3a + ddTheta1);
    double next2 = d2 + 0.2 / 6 * (k1b + 2 * k2b + 2 * k3b + ddTheta2);
    dTheta1[row] = Math.min(Math.max(next1, -4 * Math.PI), 4 * Math.PI);
    dTheta2[row] = Math.min(Math.max(next2, -9 * Math.PI), 9 * Math.PI);
    boolean up = -Trig.cosWithin(theta1[row]) - Trig.cosWithin(theta2[row] + theta1[row]) > 1;
    reward[row] = up ? 0 : -1;
    terminated[row] = up;
    if (up) {
      reset(row);
    } else {
      show(row);
    }
  }

  private void derive(double t1, double t2, double v1, double v2, double torque) {
    double sin = Trig.sinWithin(t2);
    double cos = Trig.cosWithin(t2);
    double d1 = 0.25 + (1.25 + cos) + 2;
    double d2 = 0.25 + 0.5 * cos + 1;
    double phi2 = 4.9 * Trig.cosWithin(t1 + t2 - Math.PI / 2);
    double phi1 =
        -0.5 * (v2 * v2) * sin - v2 * v1 * sin + 14.7 * Trig.cosWithin(t1 - Math.PI / 2) + phi2;
    ddTheta2 = (torque + d2 / d1 * phi1 - 0.5 * (v1 * v1) * sin - phi2) / (1.25 - d2 * d2 / d1);
    ddTheta1 = -(d2 * ddTheta2 + phi1) / d1;
  }

  private static double wrap(double angle) {
    double wrapped = angle;
    while (wrapped > Math.PI) {
      wrapped -= 2 * Math.PI;
    }
    while (wrapped < -Math.PI) {
      wrapped += 2 * Math.PI;
    }
    return wrapped;
  }

  private void show(int row) {
    observation[6 * row] = (float) Trig.cosWithin(theta1[row]);
    observation[6 * row + 1] = (float) Trig.sinWithin(theta1[row]);
    observation[6 * row + 2] = (float) Trig.cosWithin(theta2[row]);
    observation[6 * row + 3] = (float) Trig.sinWithin(theta2[row]);
    observation[6 * row + 4] = (float) dTheta1[row];
    observation[6 * row + 5] = (float) dTheta2[row];
  }
}
