package org.bellmanrl.deep.sac;

import org.bellmanrl.api.Observations;
import org.bellmanrl.api.ValueFunction;
import org.bellmanrl.api.random.RandomStream;
import org.bellmanrl.api.space.Rows;
import org.bellmanrl.api.state.State;
import org.bellmanrl.deep.network.Network;
import org.bellmanrl.deep.network.Workspace;

/**
 * Soft state values: v(s) = E[min Q(s, A) − α ln π(A|s)] with A from π(·|s), entropy to come
 * included (Haarnoja et al., 2018, equation 3). The mean is over {@value #DRAWS} actions whose
 * noise is the same for all states and always, in pairs of opposite signs. Threads that evaluate
 * take turns.
 */
final class SoftValues implements ValueFunction {
  private static final int DRAWS = 64;

  /** Of the noise, which is a part of the definition, not of a run. */
  private static final long SEED = 0;

  private final Inputs inputs;
  private final int actionSize;
  private final Network policy;
  private final Network first;
  private final Network second;
  private final Temperature temperature;
  private final double[] noise;
  private final SquashedGaussian distribution;
  private final Workspace state;
  private final Workspace pairs;
  private final double[] smaller = new double[DRAWS];

  SoftValues(
      Inputs inputs, Network policy, Network first, Network second, Temperature temperature) {
    this.inputs = inputs;
    this.actionSize = inputs.pairSize() - inputs.observationSize();
    this.policy = policy;
    this.first = first;
    this.second = second;
    this.temperature = temperature;
    this.noise = noise(actionSize);
    this.distribution = new SquashedGaussian(actionSize, DRAWS);
    this.state = policy.workspace(1, Workspace.Use.FORWARD);
    this.pairs = first.workspace(DRAWS, Workspace.Use.FORWARD);
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
      int row = rows.at(i);
      inputs.encoder().encode(observations.values(), row, state, 0);
      values[row] = value(alpha);
    }
  }

  private double value(double alpha) {
    policy.forward(state, 1);
    for (int i = 0; i < DRAWS; i++) {
      distribution.put(state.outputs(), 0, i, noise, i * actionSize);
      inputs.pair(state.inputs(), 0, distribution.action, i, pairs.inputs());
    }
    first.forward(pairs, DRAWS);
    for (int i = 0; i < DRAWS; i++) {
      smaller[i] = pairs.outputs()[i * pairs.outputStride()];
    }
    second.forward(pairs, DRAWS);
    double sum = 0;
    for (int i = 0; i < DRAWS; i++) {
      double q = Math.min(smaller[i], pairs.outputs()[i * pairs.outputStride()]);
      sum += q - alpha * distribution.logProbability[i];
    }
    return sum / DRAWS;
  }

  @Override
  public SoftValues snapshot() {
    return new SoftValues(inputs, policy.copy(), first.copy(), second.copy(), temperature.copy());
  }

  @Override
  public void carry(State state) {
    state.begin("soft-values", 1);
    state.carry("policy", policy);
    state.carry("first", first);
    state.carry("second", second);
    state.carry("temperature", temperature);
    state.end();
  }
}
