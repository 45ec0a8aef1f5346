package org.bellmanrl.deep.continuous;

import org.bellmanrl.api.Observations;
import org.bellmanrl.api.ValueFunction;
import org.bellmanrl.api.random.RandomStream;
import org.bellmanrl.api.space.Rows;
import org.bellmanrl.api.state.State;
import org.bellmanrl.deep.network.Network;
import org.bellmanrl.deep.network.Workspace;

/**
 * Soft state values: v(s) = E[Q(s, A) − α ln π(A|s)] with A from π(·|s), entropy to come included
 * (Haarnoja et al., 2018, equation 3). The mean is over {@value #DRAWS} actions whose noise is the
 * same for all states and always, in pairs of opposite signs. Threads that evaluate take turns.
 */
final class SoftValues implements ValueFunction {
  /** Pairs of a state at a time. */
  static final int DRAWS = 64;

  /** Of the noise, which is a part of the definition, not of a run. */
  private static final long SEED = 0;

  private final CriticInputs inputs;
  private final Network policy;
  private final CriticValues critics;
  private final Temperature temperature;
  private final boolean exploration;
  private final double[] noise;
  private final SquashedGaussian distribution;
  private final Workspace state;
  private final double[] value = new double[DRAWS];

  /** Values by critics for {@link #DRAWS} pairs at a time. */
  SoftValues(
      CriticInputs inputs,
      Network policy,
      CriticValues critics,
      Temperature temperature,
      boolean exploration) {
    this.inputs = inputs;
    this.policy = policy;
    this.critics = critics;
    this.temperature = temperature;
    this.noise = noise(inputs.actionSize());
    this.exploration = exploration;
    this.distribution = new SquashedGaussian(inputs.actionSize(), DRAWS, exploration);
    this.state = policy.workspace(1, Workspace.Use.FORWARD);
  }

  private static double[] noise(int size) {
    double[] noise = new double[DRAWS * size];
    RandomStream random = RandomStream.ofSeed(SEED);
    int half = noise.length / 2;
    for (int i = 0; i < half; i++) {
      noise[i] = random.standardNormal();
      noise[half + i] = -noise[i];
    }
    return noise;
  }

  /** The policy network, which these values read. */
  Network policy() {
    return policy;
  }

  @Override
  public int width() {
    return 1;
  }

  @Override
  public synchronized void evaluate(Rows rows, Observations observations, double[] values) {
    double alpha = temperature.value();
    for (int i = 0; i < rows.count(); i++) {
      values[rows.at(i)] = value(observations, rows.at(i), alpha);
    }
  }

  private double value(Observations observations, int row, double alpha) {
    inputs.encoder().encode(observations.values(), row, state, 0);
    policy.forward(state, 1);
    for (int i = 0; i < DRAWS; i++) {
      distribution.put(state.outputs(), 0, i, noise, i * inputs.actionSize());
      inputs.pair(observations.values(), row, distribution.action, i, critics.pairs(), i);
    }
    critics.compute(DRAWS, value);
    double sum = 0;
    for (int i = 0; i < DRAWS; i++) {
      sum += value[i] - alpha * distribution.logProbability[i];
    }
    return sum / DRAWS;
  }

  @Override
  public SoftValues snapshot() {
    return new SoftValues(inputs, policy.copy(), critics.copy(), temperature.copy(), exploration);
  }

  @Override
  public void carry(State state) {
    state.begin("soft-values", 1);
    state.carry("policy", policy);
    state.carry("critics", critics);
    state.carry("temperature", temperature);
    state.end();
  }
}
