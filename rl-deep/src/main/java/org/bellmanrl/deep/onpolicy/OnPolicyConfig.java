package org.bellmanrl.deep.onpolicy;

import io.soabase.recordbuilder.core.RecordBuilder;
import org.bellmanrl.api.options.Described;
import org.bellmanrl.api.options.Require;
import org.bellmanrl.api.schedule.Schedule;

/**
 * Hyperparameters of actor-critics that learn from a rollout, by the names of Stable-Baselines3.
 *
 * @param learningRate of the optimiser, above 0 at first and never below
 * @param nSteps steps of each environment in a rollout, at least 1
 * @param gamma γ, in [0, 1]
 * @param entCoef c_e, at least 0
 * @param vfCoef c_v, at least 0
 * @param maxGradNorm largest norm of all gradients together, above 0; infinite for any
 * @param actions how actions of real numbers are distributed
 * @param orthoInit whether the weights of dense layers start orthogonal; else as PyTorch's do
 * @param network layers of both networks
 */
@RecordBuilder
public record OnPolicyConfig(
    @Described(value = "step size of the optimiser", range = Require.POSITIVE, aliases = "lr")
        Schedule learningRate,
    @Described(value = "steps of each environment in a rollout", range = Require.AT_LEAST_ONE)
        int nSteps,
    @Described(value = "discount factor of the task", range = Require.UNIT) double gamma,
    @Described(value = "weight of the entropy", range = Require.NOT_NEGATIVE) double entCoef,
    @Described(value = "weight of the value loss", range = Require.NOT_NEGATIVE) double vfCoef,
    @Described(value = "largest norm of all gradients together; inf for any", range = "(0, inf]")
        double maxGradNorm,
    GaussianActions actions,
    @Described("whether dense layers start orthogonal; else uniform within ±1/√inputs")
        boolean orthoInit,
    ActorCriticLayers network)
    implements OnPolicyConfigBuilder.With {
  public OnPolicyConfig {
    Require.learningRate("learning_rate", learningRate);
    Require.atLeast("n_steps", nSteps, 1);
    Require.unit("gamma", gamma);
    Require.notNegative("ent_coef", entCoef);
    Require.notNegative("vf_coef", vfCoef);
    Require.inRange("max_grad_norm", maxGradNorm, "(0, inf]");
  }
}
