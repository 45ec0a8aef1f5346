package org.bellmanrl.deep.internal.action;

import java.util.List;
import org.bellmanrl.api.random.RandomStream;
import org.bellmanrl.api.state.State;
import org.bellmanrl.api.state.Stateful;
import org.bellmanrl.deep.network.Network;
import org.bellmanrl.deep.network.ParameterBlock;
import org.jspecify.annotations.Nullable;

/**
 * Exploration by a policy whose parameters are perturbed for a whole episode:
 *
 * <pre>
 * θ̃ = θ + N(0, σ²)
 * σ ← 1.01 σ if d(π, π̃) ≤ δ, else σ / 1.01
 * </pre>
 *
 * <p>Source: Plappert et al., <i>Parameter Space Noise for Exploration</i>, 2018, section 3. What d
 * and δ are, a learner knows. Weights are perturbed; biases and the parameters of normalisation,
 * which should stand between the layers so that all of these are equally sensitive, are not. σ
 * follows by {@value #FACTOR} every {@value #INTERVAL} updates, as in OpenAI Baselines. Not
 * thread-safe.
 */
public final class ParameterNoise implements Stateful {
  /** Updates from one change of σ to the next. */
  public static final int INTERVAL = 50;

  private static final double FACTOR = 1.01;

  private double deviation;

  /**
   * Creates the noise.
   *
   * @param deviation σ at first, at least 0
   */
  public ParameterNoise(double deviation) {
    this.deviation = deviation;
  }

  /** σ. */
  public double deviation() {
    return deviation;
  }

  /**
   * Perturbs a network: one {@code standardNormal()} per weight.
   *
   * @param network θ
   * @param into takes θ̃; of the same specification
   */
  public void perturb(Network network, Network into, RandomStream random) {
    into.copyFrom(network);
    float[] parameters = into.parameters();
    List<ParameterBlock> blocks = into.blocks();
    for (int b = 0; b < blocks.size(); b++) {
      ParameterBlock block = blocks.get(b);
      for (int row = 0; block.ofWeights() && row < block.rows(); row++) {
        for (int column = 0; column < block.columns(); column++) {
          parameters[block.index(row, column)] += (float) (deviation * random.standardNormal());
        }
      }
    }
  }

  /**
   * Lets σ follow.
   *
   * @param distance d between the policy and a perturbed one
   * @param desired δ
   */
  public void adapt(double distance, double desired) {
    deviation *= distance <= desired ? FACTOR : 1 / FACTOR;
  }

  /** Returns a copy that does not follow. */
  public ParameterNoise copy() {
    return new ParameterNoise(deviation);
  }

  /** What a behaviour depends on: a network, and noise if there is any. */
  public static Stateful with(Network network, @Nullable ParameterNoise noise) {
    if (noise == null) {
      return network;
    }
    return state -> {
      state.begin("perturbed", 1);
      state.carry("network", network);
      state.carry("noise", noise);
      state.end();
    };
  }

  @Override
  public void carry(State state) {
    state.begin("parameter-noise", 1);
    deviation = state.carry("deviation", deviation);
    state.end();
  }
}
