package org.bellmanrl.deep.onpolicy;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.Optional;
import org.bellmanrl.api.Learner.Metrics;
import org.bellmanrl.api.LearnerContext;
import org.bellmanrl.api.options.Described;
import org.bellmanrl.api.options.Require;
import org.bellmanrl.api.random.RandomStream;
import org.bellmanrl.api.random.Streams.Role;
import org.bellmanrl.api.schedule.Schedule;
import org.bellmanrl.api.schedule.Scheduled;
import org.bellmanrl.api.state.State;
import org.bellmanrl.deep.internal.ExactMath;
import org.bellmanrl.deep.network.Activation;
import org.bellmanrl.deep.optimizer.Adam;

/**
 * Proximal policy optimisation: improves the policy on a rollout for several epochs, and takes the
 * incentive away to move further than a clip range from the policy that collected it.
 *
 * <pre>
 * ρ = π(A|S) / π_old(A|S)
 * loss = −mean(min(ρ Â, clip(ρ, 1 − ε, 1 + ε) Â)) + c_v mean((v(S) − G)²) − c_e mean(H[π(·|S)])
 * </pre>
 *
 * <p>Source: Schulman et al., <i>Proximal Policy Optimization Algorithms</i>, 2017, equations 7 and
 * 9, with the advantages Â of Schulman et al., 2016, whose γ is multiplied by the environment's own
 * discount, and which at a truncation go on with the value of the true last observation. G = Â +
 * v_old(S). As in Stable-Baselines3: advantages normalised per minibatch, the norm of all gradients
 * together limited, ε and the step size on schedules, and an optional stop at a divergence. Values
 * of the rollout are those of the networks when it is full. Masked actions have probability 0
 * throughout.
 *
 * <p>Recurrent layers learn from sequences: the steps of a row in a rollout, cut after {@code
 * sequence_length}. Each begins with the state that the networks had there when the rollout was
 * collected, and a minibatch takes as many whole sequences as fit into {@code batch_size} steps, as
 * in Stable-Baselines3's RecurrentPPO, but without padding.
 *
 * <p>Learns when {@code n_steps · environments} steps have come, in whichever rows. π_old is the
 * policy that acted, so that a rollout may come from the policy before the latest update. Not
 * thread-safe.
 */
public final class Ppo extends RolloutLearner {
  /** The id of this learner. */
  public static final String ID = "ppo";

  /**
   * Rows of a minibatch that go from forward to backward at a time, so that both networks' numbers
   * stay in the second-level cache: 1 KB a row for two layers of 64. The gradients are summed in
   * the order of the rows.
   */
  private static final int MOST_ROWS = 256;

  private static final Adam ADAM = new Adam(0.9, 0.999, 1e-5);

  /** The divergence may be this much above its target, as in Stable-Baselines3. */
  private static final double DIVERGENCE_MARGIN = 1.5;

  private final Config config;
  private final Scheduled clipRange;
  private final RandomStream random;
  private final int mostRows;
  private final double clipRangeVf;
  private final double largestDivergence;
  private double divergence;
  private double clipFraction;

  /**
   * Creates a learner with new networks.
   *
   * @throws IllegalArgumentException if it can't take the actions, or the rollout can't be divided
   *     into minibatches
   */
  public Ppo(LearnerContext context, Config config) {
    accepts().check(ID, context.spec());
    OnPolicyConfig learning = config.learning();
    int batchSize = config.batchSize();
    int capacity = capacity(ID, learning.nSteps(), context.rows());
    if (capacity % batchSize != 0) {
      throw new IllegalArgumentException(
          "batch_size must divide n_steps · environments, but %d · %d = %d is not a multiple of %d"
              .formatted(learning.nSteps(), context.rows(), capacity, batchSize));
    }
    int mostRows = learning.network().recurrent() ? batchSize : Math.min(batchSize, MOST_ROWS);
    super(
        ID,
        context,
        learning,
        ADAM,
        new Shape(
            capacity,
            batchSize,
            mostRows,
            Math.min(config.sequenceLength(), batchSize),
            config.normalizeAdvantage()),
        config.gaeLambda());
    this.config = config;
    this.mostRows = mostRows;
    this.clipRange = new Scheduled(config.clipRange(), context.progress());
    this.random = context.streams().stream(Role.LEARNER, 0);
    this.clipRangeVf = config.clipRangeVf().orElse(Double.POSITIVE_INFINITY);
    this.largestDivergence =
        config
            .targetKl()
            .map(target -> DIVERGENCE_MARGIN * target)
            .orElse(Double.POSITIVE_INFINITY);
  }

  /** By the ratio, whose π_old is the policy that acted, whichever that was. */
  @Override
  boolean corrects() {
    return true;
  }

  @Override
  void improve() {
    double epsilon = clipRange.now();
    for (int epoch = 0; epoch < config.nEpochs(); epoch++) {
      minibatches.shuffle(random);
      for (int n = minibatches.next(); n > 0; n = minibatches.next()) {
        if (!improve(n, epsilon)) {
          return;
        }
      }
    }
  }

  /** One step on a minibatch of n; false if the policy has moved too far to go on. */
  private boolean improve(int n, double epsilon) {
    training.clearGradients();
    double policyLoss = 0;
    double valueLoss = 0;
    double entropy = 0;
    divergence = 0;
    clipFraction = 0;
    for (int first = 0; first < n; first += mostRows) {
      int count = Math.min(mostRows, n - first);
      minibatches.forward(first, count);
      double policyPart =
          clippedSurrogate(
              n,
              first,
              count,
              training.logProbability,
              minibatches.oldLogProbability,
              minibatches.advantage,
              epsilon,
              training.logProbabilityGradient);
      double valuePart =
          valueLoss(
              n,
              first,
              count,
              training.value,
              minibatches.oldValue,
              minibatches.target,
              clipRangeVf,
              learning.vfCoef(),
              training.valueGradient);
      double entropyPart = Losses.mean(count, training.entropy) * ((double) count / n);
      training.requireFiniteLoss(
          policyPart + learning.vfCoef() * valuePart - learning.entCoef() * entropyPart);
      policyLoss += policyPart;
      valueLoss += valuePart;
      entropy += entropyPart;
      measureChange(n, first, count, epsilon);
      training.backward(-learning.entCoef() / n);
    }
    if (divergence > largestDivergence) {
      return false;
    }
    step(policyLoss, valueLoss, entropy);
    return true;
  }

  /**
   * −mean(min(ρ Â, clip(ρ, 1 − ε, 1 + ε) Â)), the part of some rows of a minibatch.
   *
   * @param n rows of the minibatch
   * @param first the first row of the part, where the old probabilities and advantages are read
   * @param count rows of the part
   * @param gradient takes the derivative with respect to each ln π(A|S)
   */
  static double clippedSurrogate(
      int n,
      int first,
      int count,
      double[] logProbability,
      double[] oldLogProbability,
      double[] advantage,
      double epsilon,
      double[] gradient) {
    double loss = 0;
    for (int i = 0; i < count; i++) {
      double ratio = ExactMath.exp(logProbability[i] - oldLogProbability[first + i]);
      double surrogate = ratio * advantage[first + i];
      double clipped = Math.max(1 - epsilon, Math.min(1 + epsilon, ratio)) * advantage[first + i];
      loss -= Math.min(surrogate, clipped) / n;
      gradient[i] = surrogate <= clipped ? -surrogate / n : 0;
    }
    return loss;
  }

  /**
   * mean((v − G)²), where v is not more than {@code range} away from what it was, the part of some
   * rows of a minibatch.
   *
   * @param n rows of the minibatch
   * @param first the first row of the part, where the old values and the targets are read
   * @param count rows of the part
   * @param weight of the loss, for the gradient alone
   * @param gradient takes the derivative of weight · loss with respect to each v
   */
  static double valueLoss(
      int n,
      int first,
      int count,
      double[] value,
      double[] oldValue,
      double[] target,
      double range,
      double weight,
      double[] gradient) {
    double loss = 0;
    for (int i = 0; i < count; i++) {
      double old = oldValue[first + i];
      double change = value[i] - old;
      double clipped = Math.max(-range, Math.min(range, change));
      double error = old + clipped - target[first + i];
      loss += error * error / n;
      gradient[i] = Math.abs(change) <= range ? weight * 2 * error / n : 0;
    }
    return loss;
  }

  /** Measures how far the policy is from the one that collected the rollout. */
  private void measureChange(int n, int first, int count, double epsilon) {
    double kl = 0;
    int clipped = 0;
    for (int i = 0; i < count; i++) {
      double logRatio = training.logProbability[i] - minibatches.oldLogProbability[first + i];
      double ratio = ExactMath.exp(logRatio);
      kl += (ratio - 1 - logRatio) / n;
      clipped += Math.abs(ratio - 1) > epsilon ? 1 : 0;
    }
    divergence += kl;
    clipFraction += (double) clipped / n;
  }

  @Override
  void reportUpdate(Metrics metrics) {
    metrics.scalar("approximate_kl", divergence);
    metrics.scalar("clip_fraction", clipFraction);
    metrics.scalar("clip_range", clipRange.now());
  }

  @Override
  void carryUpdate(State state) {
    state.carry("random", random);
    divergence = state.carry("divergence", divergence);
    clipFraction = state.carry("clip_fraction", clipFraction);
  }

  /**
   * Hyperparameters, by the names and with the defaults of Stable-Baselines3.
   *
   * @param learning rollout, losses and networks; the optimiser is Adam
   * @param batchSize steps in a minibatch, at least 1; at least 2 if advantages are normalised
   * @param nEpochs times that a rollout is gone through, at least 1
   * @param gaeLambda λ, in [0, 1]
   * @param clipRange ε, above 0
   * @param clipRangeVf how far a value may move in one rollout, above 0; empty for any distance
   * @param normalizeAdvantage whether each minibatch's advantages get mean 0 and deviation 1
   * @param targetKl the epochs stop once the divergence is 1.5 times this, above 0; empty for never
   * @param sequenceLength the most steps that recurrent layers learn from at once, at least 1; at
   *     most {@code nSteps} and {@code batchSize} count
   */
  @RecordBuilder
  public record Config(
      OnPolicyConfig learning,
      @Described(value = "steps in a minibatch", range = Require.AT_LEAST_ONE) int batchSize,
      @Described(value = "times that a rollout is gone through", range = Require.AT_LEAST_ONE)
          int nEpochs,
      @Described(value = "how far advantages look ahead", range = Require.UNIT, aliases = "lambda")
          double gaeLambda,
      @Described(value = "how far the policy may move", range = Require.POSITIVE)
          Schedule clipRange,
      @Described(
              value = "how far a value may move; None for any distance",
              range = Require.POSITIVE)
          Optional<Double> clipRangeVf,
      @Described("whether advantages are normalised per minibatch") boolean normalizeAdvantage,
      @Described(
              value = "divergence at which epochs stop; None for never",
              range = Require.POSITIVE)
          Optional<Double> targetKl,
      @Described(
              value = "most steps that recurrent layers learn from at once",
              range = Require.AT_LEAST_ONE)
          int sequenceLength)
      implements PpoConfigBuilder.With {
    public Config {
      Require.atLeast("batch_size", batchSize, 1);
      Require.atLeast("n_epochs", nEpochs, 1);
      Require.unit("gae_lambda", gaeLambda);
      Require.learningRate("clip_range", clipRange);
      clipRangeVf.ifPresent(value -> Require.positive("clip_range_vf", value));
      if (normalizeAdvantage && batchSize == 1) {
        throw new IllegalArgumentException(
            "batch_size must be at least 2 with normalize_advantage=true, was 1");
      }
      targetKl.ifPresent(value -> Require.positive("target_kl", value));
      Require.atLeast("sequence_length", sequenceLength, 1);
    }

    /** The defaults. */
    public static Config defaults() {
      return new Config(
          new OnPolicyConfig(
              Schedule.constant(3e-4),
              2048,
              0.99,
              0,
              0.5,
              0.5,
              GaussianActions.defaults(),
              true,
              ActorCriticLayers.of(Activation.TANH, 64, 64)),
          64,
          10,
          0.95,
          Schedule.constant(0.2),
          Optional.empty(),
          true,
          Optional.empty(),
          32);
    }
  }
}
