package org.bellmanrl.deep.network;

import java.util.List;
import org.bellmanrl.api.options.Require;

/**
 * Quantiles of the returns of actions at any fractions τ, as a function of τ: {@code f(x ⊙ φ(τ))}
 * for the numbers x that enter, with {@code φ_j(τ) = relu(Σ_i cos(πiτ) w_ij + b_j)}, i from 0.
 *
 * <p>What leaves it is, one action after the other, a quantile of each at every fraction; if the
 * fractions are drawn, they stand behind these. Source: Dabney et al., <i>Implicit Quantile
 * Networks for Distributional Reinforcement Learning</i>, 2018, equation 4.
 *
 * <p>Drawn fractions belong to the {@link Workspace}, which draws them for each row separately:
 * {@link Workspace#sampleNoise}. Until then, and always if they are not drawn, they are the
 * midpoints {@code level·(i + ½) / fractions}.
 *
 * @param fractions how many, at least 1
 * @param level the fractions lie in (0, level), in (0, 1]
 * @param drawn whether they are drawn, uniformly
 * @param cosines how many cosines a fraction becomes, at least 1; 64 in the paper
 * @param layers f, which gives one number per action; not recurrent
 */
public record ImplicitQuantiles(
    int fractions, double level, boolean drawn, int cosines, List<LayerSpec> layers)
    implements LayerSpec {
  public ImplicitQuantiles {
    Require.atLeast("fractions", fractions, 1);
    Require.inRange("level", level, "(0, 1]");
    Require.atLeast("cosines", cosines, 1);
    layers = List.copyOf(layers);
    if (layers.isEmpty()) {
      throw new IllegalArgumentException("layers must hold at least one layer, was empty");
    }
  }
}
