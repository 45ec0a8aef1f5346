package org.bellmanrl.deep.exploration;

import io.soabase.recordbuilder.core.RecordBuilder;
import org.bellmanrl.api.options.Described;
import org.bellmanrl.api.options.Require;

/**
 * Generalised state-dependent exploration, by the names of Stable-Baselines3: instead of noise that
 * is drawn for each action, noise that is linear in what enters the policy's last layer, by a
 * matrix that is drawn more rarely. In the same state the noise is the same, so motions are smooth.
 *
 * <p>Source: Raffin, Kober and Stulp, <i>Smooth Exploration for Robotic Reinforcement Learning</i>,
 * 2021. Where Stable-Baselines3 draws a matrix when a rollout begins, it is drawn here when an
 * episode begins; no means are clipped.
 *
 * @param sde whether to explore like that
 * @param sdeSampleFreq steps of an episode after which the matrix is drawn again, at least 1; or -1
 *     for never
 * @param logStdInit what the logarithms of the deviations are at first, finite
 */
@RecordBuilder
public record StateDependentExploration(
    @Described("whether exploration depends on the state (gSDE)") boolean sde,
    @Described(
            value = "steps after which the noise of sde is drawn again; -1 for each episode",
            range = "-1 or at least 1")
        int sdeSampleFreq,
    @Described(value = "first logarithm of the deviations", range = Require.FINITE)
        double logStdInit)
    implements StateDependentExplorationBuilder.With {
  public StateDependentExploration {
    if (sdeSampleFreq != -1) {
      Require.atLeast("sde_sample_freq", sdeSampleFreq, 1);
    }
    Require.finite("log_std_init", logStdInit);
  }
}
