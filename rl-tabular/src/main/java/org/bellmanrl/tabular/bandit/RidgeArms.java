package org.bellmanrl.tabular.bandit;

import org.bellmanrl.api.EnvironmentSpec;
import org.bellmanrl.api.Observations;
import org.bellmanrl.api.Transitions;
import org.bellmanrl.api.ValueFunction;
import org.bellmanrl.api.random.RandomStream;
import org.bellmanrl.api.space.Box;
import org.bellmanrl.api.space.Rows;
import org.bellmanrl.api.state.State;
import org.bellmanrl.api.state.Stateful;
import org.bellmanrl.tabular.internal.ActionIndex;

/**
 * A ridge regression of the reward on the context for every arm: A = λI + Σ x xᵀ and b = Σ R x,
 * with the inverse of A, its lower Cholesky factor and θ = A⁻¹ b kept up to date in O(d²).
 */
final class RidgeArms implements Stateful, Posterior, ValueFunction {
  private final ActionIndex index;
  private final int arms;
  private final int d;
  private final double spread;
  private final double[] inverse;
  private final double[] factor;
  private final double[] b;
  private final double[] theta;
  private final double[] scratch;

  /**
   * Arms that nothing is known of.
   *
   * @param regularisation λ
   * @param spread by how many deviations {@link #evaluate} adds to the estimate, and how wide
   *     {@link #draw} draws
   */
  RidgeArms(EnvironmentSpec spec, double regularisation, double spread) {
    this.index = ActionIndex.of(spec.actionSpace());
    this.arms = index.size();
    this.d = ((Box) spec.observationSpace()).size();
    this.spread = spread;
    this.inverse = new double[Math.multiplyExact(arms, Math.multiplyExact(d, d))];
    this.factor = new double[inverse.length];
    this.b = new double[arms * d];
    this.theta = new double[arms * d];
    this.scratch = new double[d];
    for (int arm = 0; arm < arms; arm++) {
      for (int i = 0; i < d; i++) {
        inverse[(arm * d + i) * d + i] = 1 / regularisation;
        factor[(arm * d + i) * d + i] = Math.sqrt(regularisation);
      }
    }
  }

  private RidgeArms(RidgeArms original) {
    this.index = original.index;
    this.arms = original.arms;
    this.d = original.d;
    this.spread = original.spread;
    this.inverse = original.inverse.clone();
    this.factor = original.factor.clone();
    this.b = original.b.clone();
    this.theta = original.theta.clone();
    this.scratch = new double[0];
  }

  /** The estimates without bounds. */
  ValueFunction estimates() {
    return new Estimates(this);
  }

  ActionIndex index() {
    return index;
  }

  double theta(int arm, int i) {
    return theta[arm * d + i];
  }

  void learn(Transitions transitions, int row) {
    int arm = index.of(transitions.actions().values(), row);
    float[] x = transitions.observations().values().floats();
    int at = row * d;
    int from = arm * d;
    double reward = transitions.reward()[row];
    // A⁻¹ ← A⁻¹ − A⁻¹x xᵀA⁻¹ / (1 + xᵀA⁻¹x), by Sherman and Morrison.
    double denominator = 1;
    for (int i = 0; i < d; i++) {
      double sum = 0;
      for (int j = 0; j < d; j++) {
        sum += inverse[(from + i) * d + j] * x[at + j];
      }
      scratch[i] = sum;
      denominator += sum * x[at + i];
    }
    for (int i = 0; i < d; i++) {
      for (int j = 0; j < d; j++) {
        inverse[(from + i) * d + j] -= scratch[i] * scratch[j] / denominator;
      }
      b[from + i] += reward * x[at + i];
    }
    for (int i = 0; i < d; i++) {
      double sum = 0;
      for (int j = 0; j < d; j++) {
        sum += inverse[(from + i) * d + j] * b[from + j];
      }
      theta[from + i] = sum;
      scratch[i] = x[at + i];
    }
    updateFactor(from);
  }

  /** The Cholesky factor of A + x xᵀ, where x stands in the scratch space. */
  private void updateFactor(int from) {
    for (int k = 0; k < d; k++) {
      double diagonal = factor[(from + k) * d + k];
      double r = Math.sqrt(diagonal * diagonal + scratch[k] * scratch[k]);
      double c = r / diagonal;
      double s = scratch[k] / diagonal;
      factor[(from + k) * d + k] = r;
      for (int i = k + 1; i < d; i++) {
        double entry = (factor[(from + i) * d + k] + s * scratch[i]) / c;
        factor[(from + i) * d + k] = entry;
        scratch[i] = c * scratch[i] - s * entry;
      }
    }
  }

  private double estimate(float[] x, int at, int arm) {
    double sum = 0;
    for (int i = 0; i < d; i++) {
      sum += theta[arm * d + i] * x[at + i];
    }
    return sum;
  }

  private double variance(float[] x, int at, int arm) {
    double sum = 0;
    for (int i = 0; i < d; i++) {
      double product = 0;
      for (int j = 0; j < d; j++) {
        product += inverse[(arm * d + i) * d + j] * x[at + j];
      }
      sum += x[at + i] * product;
    }
    return Math.max(sum, 0);
  }

  @Override
  public int width() {
    return arms;
  }

  /** Upper bounds: the estimate plus {@code spread} deviations. */
  @Override
  public void evaluate(Rows rows, Observations observations, double[] into) {
    float[] x = observations.values().floats();
    for (int i = 0; i < rows.count(); i++) {
      int row = rows.at(i);
      for (int arm = 0; arm < arms; arm++) {
        into[row * arms + arm] =
            estimate(x, row * d, arm) + spread * Math.sqrt(variance(x, row * d, arm));
      }
    }
  }

  @Override
  public RidgeArms snapshot() {
    return new RidgeArms(this);
  }

  @Override
  public int scratch() {
    return d;
  }

  /**
   * θ + spread L⁻ᵀ n with standard normal n, whose covariance is spread² A⁻¹, times the context.
   */
  @Override
  public double draw(
      Observations observations, int row, int action, RandomStream random, double[] work) {
    for (int i = 0; i < d; i++) {
      work[i] = random.standardNormal();
    }
    float[] x = observations.values().floats();
    double noise = 0;
    for (int i = d - 1; i >= 0; i--) {
      double sum = work[i];
      for (int j = i + 1; j < d; j++) {
        sum -= factor[(action * d + j) * d + i] * work[j];
      }
      work[i] = sum / factor[(action * d + i) * d + i];
      noise += work[i] * x[row * d + i];
    }
    return estimate(x, row * d, action) + spread * noise;
  }

  @Override
  public void carry(State state) {
    state.begin("ridge-arms", 1);
    state.carry("inverse", inverse);
    state.carry("factor", factor);
    state.carry("b", b);
    state.carry("theta", theta);
    state.end();
  }

  /** The estimates alone. */
  private static final class Estimates implements ValueFunction {
    private final RidgeArms arms;

    Estimates(RidgeArms arms) {
      this.arms = arms;
    }

    @Override
    public int width() {
      return arms.arms;
    }

    @Override
    public void evaluate(Rows rows, Observations observations, double[] into) {
      float[] x = observations.values().floats();
      for (int i = 0; i < rows.count(); i++) {
        int row = rows.at(i);
        for (int arm = 0; arm < arms.arms; arm++) {
          into[row * arms.arms + arm] = arms.estimate(x, row * arms.d, arm);
        }
      }
    }

    @Override
    public ValueFunction snapshot() {
      return new Estimates(arms.snapshot());
    }

    @Override
    public void carry(State state) {
      arms.carry(state);
    }
  }
}
