package org.bellmanrl.deep.continuous;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.bellmanrl.api.options.Described;
import org.bellmanrl.api.options.Require;
import org.bellmanrl.api.schedule.Schedule;
import org.bellmanrl.deep.exploration.StateDependentExploration;
import org.bellmanrl.deep.internal.action.Gaussian;
import org.bellmanrl.deep.network.Activation;
import org.bellmanrl.deep.network.HiddenLayer;
import org.bellmanrl.deep.network.Trunk;
import org.bellmanrl.deep.replay.OffPolicyConfig;

/**
 * Hyperparameters of soft actor-critic and its relatives, by the names of Stable-Baselines3.
 *
 * @param learning memory and updates; the learning rate is that of policy, critics and temperature,
 *     and actions are uniformly random until learning starts
 * @param nCritics how many critics there are, at least 1
 * @param policyDelay updates of the critics for one of policy and temperature, at least 1
 * @param targetUpdateInterval updates between moves of the targets, at least 1
 * @param entCoef α
 * @param targetEntropy H̄, finite; empty for −1 per element of an action
 * @param exploration state-dependent exploration, instead of noise for each action
 * @param network hidden layers of the policy network
 * @param criticHidden those of the critics; empty for the same
 */
@RecordBuilder
public record SoftConfig(
    OffPolicyConfig learning,
    @Described(value = "critics", range = Require.AT_LEAST_ONE) int nCritics,
    @Described(value = "updates of the critics for one of the policy", range = Require.AT_LEAST_ONE)
        int policyDelay,
    @Described(value = "updates between moves of the targets", range = Require.AT_LEAST_ONE)
        int targetUpdateInterval,
    @Described(
            value =
                "weight of the entropy: auto is learned, auto_0.1 learned from 0.1 on, 0.1 fixed",
            aliases = "alpha")
        EntropyWeight entCoef,
    @Described(
            value = "entropy that a learned weight aims at; None for -1 per element of an action",
            range = Require.FINITE)
        Optional<Double> targetEntropy,
    StateDependentExploration exploration,
    Trunk network,
    @Described("hidden layers of the critics; None for the same as hidden")
        Optional<List<HiddenLayer>> criticHidden)
    implements SoftConfigBuilder.With {
  public SoftConfig {
    Require.atLeast("n_critics", nCritics, 1);
    Require.atLeast("policy_delay", policyDelay, 1);
    Require.atLeast("target_update_interval", targetUpdateInterval, 1);
    Objects.requireNonNull(entCoef, "entCoef");
    targetEntropy.ifPresent(entropy -> Require.finite("target_entropy", entropy));
    criticHidden = criticHidden.map(List::copyOf);
  }

  /** The defaults of SAC. */
  public static SoftConfig defaults() {
    return new SoftConfig(
        new OffPolicyConfig(Schedule.constant(3e-4), 1_000_000, 100, 256, 0.005, 0.99, 1, 1, 0),
        2,
        1,
        1,
        EntropyWeight.auto(),
        Optional.empty(),
        new StateDependentExploration(false, -1, -3),
        Trunk.of(Activation.RELU, 256, 256),
        Optional.empty());
  }

  /** What the outputs of the policy network say. */
  Gaussian gaussian() {
    return new Gaussian(
        exploration.sde() ? Gaussian.Deviations.EXPLORATION : Gaussian.Deviations.OUTPUTS,
        true,
        exploration.sdeSampleFreq(),
        exploration.logStdInit());
  }

  /** The layers of the critics. */
  Trunk critic() {
    return network.withHidden(criticHidden.orElse(network.hidden()));
  }
}
