package org.bellmanrl.deep.network;

import org.bellmanrl.api.options.Require;

/**
 * Noise for the elements of an action that is linear in the numbers h that enter: {@code n_d = Σ_k
 * h_k σ_kd ε_kd} with learned σ. First its variances leave it, {@code Σ_k h_k² σ_kd² + 10⁻⁶}, and
 * then the noise.
 *
 * <p>Source: Raffin, Kober and Stulp, <i>Smooth Exploration for Robotic Reinforcement Learning</i>,
 * 2021, equations 6 and 7. ε is standard normal and belongs to the {@link Workspace}, which has one
 * for all rows: zero until {@link Workspace#sampleNoise}.
 *
 * @param size elements of an action, at least 1
 * @param logDeviation what all ln σ are at first, finite
 * @param learnsFeatures whether gradients pass on to h
 */
public record StateDependentNoise(int size, double logDeviation, boolean learnsFeatures)
    implements LayerSpec {
  /** What is added to the variances. */
  public static final float LEAST_VARIANCE = 1e-6f;

  /** The name of the parameters ln σ, a row for each number that enters. */
  public static final String LOG_DEVIATIONS = "log_deviations";

  public StateDependentNoise {
    Require.atLeast("size", size, 1);
    Require.finite("logDeviation", logDeviation);
  }
}
