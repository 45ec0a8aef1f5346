package org.bellmanrl.deep.continuous;

/**
 * The loss of critics with one output, the value: ½ mean((Q − y)²), where y is made of the smallest
 * value of several critics, so that errors are not sought out (Fujimoto, van Hoof and Meger, 2018:
 * clipped double Q-learning).
 */
final class SquaredError implements CriticLoss {
  @Override
  public int outputs() {
    return 1;
  }

  @Override
  public int targets(int critics) {
    return 1;
  }

  @Override
  public void target(double[] outputs, int from, int count, double[] into, int at) {
    double least = outputs[from];
    for (int i = 1; i < count; i++) {
      least = Math.min(least, outputs[from + i]);
    }
    into[at] = least;
  }

  @Override
  public double loss(
      int rows, float[] outputs, int stride, double[] targets, int each, float[] gradients) {
    double loss = 0;
    for (int i = 0; i < rows; i++) {
      double error = outputs[i * stride] - targets[i];
      loss += 0.5 * error * error / rows;
      gradients[i * stride] = (float) (error / rows);
    }
    return loss;
  }
}
