package org.bellmanrl.deep.continuous;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import org.bellmanrl.api.LearnerContext;
import org.bellmanrl.api.ValueFunction;
import org.bellmanrl.api.state.State;
import org.bellmanrl.deep.internal.action.Gaussian;
import org.bellmanrl.deep.internal.action.ParameterNoise;
import org.bellmanrl.deep.network.Network;
import org.bellmanrl.deep.optimizer.Adam;
import org.jspecify.annotations.Nullable;

/**
 * Base class of learners of a deterministic policy μ(s) = tanh u(s), which has a target network μ̄
 * as the critics have: it provides both networks and the parts of an update.
 */
public abstract class DeterministicControl extends ContinuousControl {
  /** μ̄. */
  final Network targetPolicy;

  private final ExplorationNoise exploration;

  /** For the distance to a perturbed policy; null without noise of parameters. */
  private final @Nullable Network perturbed;

  private final double[] unperturbed;
  private final SquashedMean chosen;
  private final StateValues values;

  /**
   * Creates a learner with new networks and an empty replay memory.
   *
   * @param count how many critics there are; the policy learns through the first
   */
  DeterministicControl(String name, LearnerContext context, Ddpg.Config config, int count) {
    ExplorationNoise exploration = config.noise();
    boolean perturbs = exploration.kind() == ExplorationNoise.Kind.ADAPTIVE_PARAM;
    super(
        name,
        context,
        config.learning(),
        config.network(),
        Gaussian.USUAL,
        new Adam(),
        new CriticsPlan(
            config.critic(), count, count, new SquaredError(), CriticReduction.FIRST, new Adam()),
        (network, scale, actors) -> new NoisyReader(scale, exploration, actors),
        perturbs ? new ParameterNoise(exploration.deviation()) : null,
        "actor_loss",
        "actor_gradient_norm");
    this.targetPolicy = policyNetwork.network().copy();
    this.exploration = exploration;
    this.perturbed = perturbs ? targetPolicy.copy() : null;
    this.unperturbed = new double[perturbs ? batch.maxSize() * inputs.actionSize() : 0];
    this.chosen = new SquashedMean(inputs.actionSize(), batch.maxSize());
    this.values = new StateValues(inputs, policyNetwork.network(), critics.values(1));
  }

  /** Returns μ̄(S') for each row, an array that the next call of a method here overwrites. */
  final double[] nextActions() {
    return nextActions(targetPolicy);
  }

  private double[] nextActions(Network policy) {
    policyNetwork.forwardNext(policy);
    chosen.squash(policyNetwork.outputs(), policyNetwork.stride(), batch.size());
    return chosen.action;
  }

  /** Moves the policy up the critics' values: a step along the gradient of −mean(Q(S, μ(S))). */
  final void learnPolicy(double rate) {
    int rows = batch.size();
    policyNetwork.forwardToLearn();
    chosen.squash(policyNetwork.outputs(), policyNetwork.stride(), rows);
    critics.values(chosen.action, -1.0 / rows, value, actionGradients);
    chosen.gradient(actionGradients, policyNetwork.stride(), rows, policyNetwork.outputGradients());
    double loss = 0;
    for (int i = 0; i < rows; i++) {
      loss -= value[i] / rows;
    }
    policyMeans().add(loss, policyNetwork.step(loss, rate));
  }

  /** By the root mean square of what perturbing the policy changes in its actions at S'. */
  @Override
  final void adapt(ParameterNoise parameterNoise) {
    Network strayed = requireNonNull(perturbed);
    parameterNoise.perturb(policyNetwork.network(), strayed, noise);
    int count = batch.size() * inputs.actionSize();
    System.arraycopy(nextActions(policyNetwork.network()), 0, unperturbed, 0, count);
    double[] actions = nextActions(strayed);
    double square = 0;
    for (int i = 0; i < count; i++) {
      square += (actions[i] - unperturbed[i]) * (actions[i] - unperturbed[i]);
    }
    parameterNoise.adapt(Math.sqrt(square / count), exploration.deviation());
  }

  /** Lets all target networks follow. */
  final void follow() {
    critics.follow(tau());
    targetPolicy.moveTowards(policyNetwork.network(), tau());
  }

  /** The value of what the policy does, Q(s, μ(s)); none with memory, where s is not all. */
  @Override
  public final Optional<ValueFunction> values() {
    return recurrent() ? Optional.empty() : Optional.of(values);
  }

  @Override
  protected final void carryLearned(State state) {
    super.carryLearned(state);
    state.carry("target_policy", targetPolicy);
  }
}
