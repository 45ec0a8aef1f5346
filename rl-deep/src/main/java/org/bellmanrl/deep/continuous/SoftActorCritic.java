package org.bellmanrl.deep.continuous;

import java.util.Optional;
import org.bellmanrl.api.Learner.Metrics;
import org.bellmanrl.api.LearnerContext;
import org.bellmanrl.api.ValueFunction;
import org.bellmanrl.api.state.State;
import org.bellmanrl.deep.internal.action.ActionScale;
import org.bellmanrl.deep.internal.action.ExplorationMatrices;
import org.bellmanrl.deep.internal.action.OutputReader;
import org.bellmanrl.deep.internal.action.SquashedReader;
import org.bellmanrl.deep.network.Network;
import org.bellmanrl.deep.optimizer.OptimizerSpec;

/**
 * Base class of soft actor-critic and its relatives, which differ in their critics: it provides the
 * stochastic policy Ã = tanh(μ(s) + σ(s) ε), ε ~ N(0, 1), the temperature α, and the update.
 *
 * <p>As in Stable-Baselines3, ln σ is kept in [−20, 2], the entropy is that of actions scaled to
 * [−1, 1], and one α serves a whole update. With state-dependent exploration, the noise of a batch
 * is linear in what enters the last layer, by a matrix that is drawn for each update.
 */
public abstract class SoftActorCritic extends ContinuousControl {
  private final SoftConfig config;
  private final SquashedGaussian distribution;
  private final Temperature temperature;
  private final SoftValues values;

  SoftActorCritic(
      String name,
      LearnerContext context,
      SoftConfig config,
      CriticsPlan plan,
      OptimizerSpec optimizer) {
    super(
        name,
        context,
        config.learning(),
        config.network(),
        config.gaussian(),
        optimizer,
        plan,
        (network, scale, actors) -> reader(config, network, scale, actors),
        null,
        "actor_loss",
        "actor_gradient_norm",
        "ent_coef_loss",
        "entropy");
    int size = inputs.actionSize();
    this.config = config;
    this.distribution =
        new SquashedGaussian(size, config.learning().batchSize(), config.exploration().sde());
    this.temperature =
        new Temperature(config.entCoef(), config.targetEntropy().orElse((double) -size));
    this.values =
        new SoftValues(
            inputs,
            policyNetwork.network(),
            critics.values(SoftValues.DRAWS),
            temperature,
            config.exploration().sde());
  }

  private static OutputReader reader(
      SoftConfig config, Network network, ActionScale scale, int actors) {
    return config.exploration().sde()
        ? new SquashedReader(
            scale, new ExplorationMatrices(network, config.exploration().sdeSampleFreq(), actors))
        : new SquashedReader(scale);
  }

  @Override
  final void learn(double rate) {
    double alpha = temperature.value();
    if (config.exploration().sde()) {
      policyNetwork.sampleNoise(noise);
    }
    policyNetwork.forwardNext(policyNetwork.network());
    drawActions();
    critics.next(distribution.action);
    evaluateNextStep();
    soften(batch.size(), targets, alpha, distribution.logProbability);
    learnCritics(rate);
    if (every(config.policyDelay())) {
      learnPolicy(alpha, rate);
    }
    if (every(config.targetUpdateInterval())) {
      critics.follow(tau());
    }
  }

  /** Draws an action for each observation that the policy has just seen. */
  private void drawActions() {
    distribution.sample(policyNetwork.outputs(), policyNetwork.stride(), batch.size(), noise);
  }

  /** Makes soft values of the values of the first rows, as many in each: z − α ln π(a|s). */
  static void soften(int rows, double[] values, double alpha, double[] logProbability) {
    int each = values.length / logProbability.length;
    for (int i = 0; i < rows * each; i++) {
      values[i] -= alpha * logProbability[i / each];
    }
  }

  private void learnPolicy(double alpha, double rate) {
    int rows = batch.size();
    policyNetwork.forwardToLearn();
    drawActions();
    critics.values(distribution.action, -1.0 / rows, value, actionGradients);
    double loss = policyLoss(rows, alpha, distribution.logProbability, value);
    distribution.gradient(
        policyNetwork.outputs(),
        policyNetwork.stride(),
        rows,
        alpha / rows,
        actionGradients,
        policyNetwork.outputGradients());
    double norm = policyNetwork.step(loss, rate);
    double meanLogProbability = mean(rows, distribution.logProbability);
    double temperatureLoss = temperature.step(meanLogProbability, rate);
    policyMeans().add(loss, norm, temperatureLoss, -meanLogProbability);
  }

  /** mean(α ln π(Ã|S) − Q(S, Ã)). */
  static double policyLoss(int n, double alpha, double[] logProbability, double[] value) {
    double loss = 0;
    for (int i = 0; i < n; i++) {
      loss += (alpha * logProbability[i] - value[i]) / n;
    }
    return loss;
  }

  private static double mean(int n, double[] x) {
    double sum = 0;
    for (int i = 0; i < n; i++) {
      sum += x[i];
    }
    return sum / n;
  }

  /** Soft state values, in which entropy counts; none with memory, where a state is not all. */
  @Override
  public final Optional<ValueFunction> values() {
    return recurrent() ? Optional.empty() : Optional.of(values);
  }

  /** Means of losses and gradient norms since the last report, α, and counts. */
  @Override
  public final void report(Metrics metrics) {
    super.report(metrics);
    metrics.scalar("ent_coef", temperature.value());
  }

  @Override
  protected final void carryLearned(State state) {
    super.carryLearned(state);
    state.carry("temperature", temperature);
  }
}
