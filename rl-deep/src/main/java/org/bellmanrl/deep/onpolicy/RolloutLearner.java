package org.bellmanrl.deep.onpolicy;

import java.util.List;
import org.bellmanrl.api.Accepts;
import org.bellmanrl.api.LearnerContext;
import org.bellmanrl.api.Transitions;
import org.bellmanrl.api.schedule.Scheduled;
import org.bellmanrl.api.space.Rows;
import org.bellmanrl.api.space.Space;
import org.bellmanrl.api.state.State;
import org.bellmanrl.api.state.Stateful;
import org.bellmanrl.deep.internal.UpdateMeans;
import org.bellmanrl.deep.optimizer.OptimizerSpec;

/**
 * Base class of actor-critics that collect a rollout, improve on it, and discard it. A subclass is
 * its loss: {@link #improve} takes the steps.
 */
abstract sealed class RolloutLearner extends ActorCritic permits A2c, Impala, Ppo {
  private static final int VERSION = 2;

  final ActorCriticTraining training;
  final Minibatches minibatches;
  final Scheduled learningRate;

  /** Rollout, losses and networks. */
  final OnPolicyConfig learning;

  private final String id;
  private final Rollout rollout;
  private final double lambda;
  private final UpdateMeans means =
      new UpdateMeans("policy_loss", "value_loss", "entropy", "gradient_norm");
  private double explainedVariance;

  /**
   * Creates a learner with new networks.
   *
   * @param learning rollout, losses and networks
   * @param shape how the rollout is cut
   * @param lambda λ of the advantages
   */
  RolloutLearner(
      String id,
      LearnerContext context,
      OnPolicyConfig learning,
      OptimizerSpec optimizer,
      Shape shape,
      double lambda) {
    super(
        ActorCriticNetworks.create(
            context,
            learning.network(),
            learning.actions().of(context.spec().actionSpace()),
            learning.orthoInit()));
    this.id = id;
    this.training = new ActorCriticTraining(networks, optimizer, shape.mostRows());
    this.rollout =
        new Rollout(
            networks,
            shape.capacity(),
            context.rows(),
            context.spec().maskWidth(),
            shape.sequenceLength());
    this.minibatches = new Minibatches(rollout, training, shape);
    this.learningRate = new Scheduled(learning.learningRate(), context.progress());
    this.learning = learning;
    this.lambda = lambda;
  }

  /**
   * How a rollout is cut.
   *
   * @param capacity steps of a rollout
   * @param batchSize the most steps of a minibatch
   * @param mostRows the most steps that go through the networks at a time
   * @param sequenceLength the most steps of a sequence for recurrent layers
   * @param normalizeAdvantage whether the advantages of each minibatch get mean 0 and deviation 1
   */
  record Shape(
      int capacity, int batchSize, int mostRows, int sequenceLength, boolean normalizeAdvantage) {}

  /**
   * Returns the number of steps in a rollout.
   *
   * @throws IllegalArgumentException if there are more than an array holds
   */
  static int capacity(String learner, int steps, int rows) {
    long capacity = (long) steps * rows;
    if (capacity > Integer.MAX_VALUE / 2) {
      throw new IllegalArgumentException(
          "a rollout of %s must have at most %d steps, n_steps · environments was %d · %d = %d"
              .formatted(learner, Integer.MAX_VALUE / 2, steps, rows, capacity));
    }
    return (int) capacity;
  }

  @Override
  public void observe(Transitions transitions) {
    Rows rows = transitions.rows();
    for (int i = 0; i < rows.count(); i++) {
      rollout.add(transitions, rows.at(i), training);
      if (rollout.full()) {
        rollout.finish(training, learning.gamma(), lambda);
        explainedVariance = rollout.explainedVariance();
        minibatches.begin();
        improve();
        rollout.clear();
      }
    }
  }

  /** Improves the networks on the full rollout, by its {@link #minibatches}. */
  abstract void improve();

  /**
   * Takes a step along the policy gradient, on a minibatch that has gone {@linkplain
   * Minibatches#forward forward}:
   *
   * <pre>
   * loss = −mean(ln π(A|S) Â) + c_v mean((v(S) − G)²) − c_e mean(H[π(·|S)])
   * </pre>
   *
   * @param n steps of the minibatch
   */
  final void stepAlongPolicyGradient(int n) {
    double valueWeight = learning.vfCoef();
    double entropyWeight = learning.entCoef();
    double policyLoss =
        Losses.policyGradient(
            n, training.logProbability, minibatches.advantage, training.logProbabilityGradient);
    double valueLoss =
        Losses.squaredError(
            n, training.value, minibatches.target, valueWeight, training.valueGradient);
    double entropy = Losses.mean(n, training.entropy);
    training.requireFiniteLoss(policyLoss + valueWeight * valueLoss - entropyWeight * entropy);
    training.clearGradients();
    training.backward(-entropyWeight / n);
    step(policyLoss, valueLoss, entropy);
  }

  /** Takes a step along the gradients, which are limited together, and notes the losses. */
  void step(double policyLoss, double valueLoss, double entropy) {
    double rate = learningRate.now();
    double norm = training.step(rate, rate, learning.maxGradNorm());
    means.add(policyLoss, valueLoss, entropy, norm);
  }

  /** Until the rollout is full. */
  @Override
  public Rounds rounds() {
    return new Rounds.Fixed(rollout.stepsLeft(), corrects(), acting());
  }

  /**
   * Returns whether updates correct for a behaviour that is older than the policy; false by
   * default.
   */
  boolean corrects() {
    return false;
  }

  /** What the behaviour depends on. */
  Stateful acting() {
    return networks.acting();
  }

  /** Means of the losses since the last report, the rest of the last minibatch or rollout. */
  @Override
  public void report(Metrics metrics) {
    if (means.report(metrics)) {
      reportUpdate(metrics);
      metrics.scalar("learning_rate", learningRate.now());
      if (!Double.isNaN(explainedVariance)) {
        metrics.scalar("explained_variance", explainedVariance);
      }
    }
  }

  /** Reports what a subclass measures besides. */
  void reportUpdate(Metrics metrics) {}

  @Override
  public void carry(State state) {
    state.begin(id, VERSION);
    state.carry("networks", networks);
    state.carry("training", training);
    state.carry("rollout", rollout);
    state.carry("means", means);
    explainedVariance = state.carry("explained_variance", explainedVariance);
    carryUpdate(state);
    state.end();
  }

  /** Carries the state that a subclass adds. */
  void carryUpdate(State state) {}

  /** Returns the spaces that these learners can take. */
  public static Accepts accepts() {
    return new Accepts(
        List.of(Space.Kind.ANY),
        List.of(
            Space.Kind.DISCRETE,
            Space.Kind.MULTI_DISCRETE,
            Space.Kind.MULTI_BINARY,
            Space.Kind.VECTOR));
  }
}
