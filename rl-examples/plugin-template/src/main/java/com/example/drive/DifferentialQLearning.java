package com.example.drive;

import java.util.List;
import java.util.Optional;
import org.bellmanrl.api.Accepts;
import org.bellmanrl.api.Learner;
import org.bellmanrl.api.LearnerContext;
import org.bellmanrl.api.Policy;
import org.bellmanrl.api.Transitions;
import org.bellmanrl.api.ValueFunction;
import org.bellmanrl.api.options.Described;
import org.bellmanrl.api.space.Rows;
import org.bellmanrl.api.space.Space;
import org.bellmanrl.api.state.State;

/**
 * Learns to earn the most per step in tasks that never end, without a discount.
 *
 * <pre>
 * δ = R − R̄ + max_a Q(S', a) − Q(S, A)
 * Q(S, A) ← Q(S, A) + α δ
 * R̄ ← R̄ + η α δ
 * </pre>
 *
 * <p>Source: Wan, Naik &amp; Sutton, "Learning and Planning in Average-Reward Markov Decision
 * Processes", ICML 2021, equations 4 to 6. Beyond it, the maximum is over the actions that the mask
 * of S' allows, and is multiplied by the environment's own discount, so that nothing is
 * bootstrapped where a task does end. Takes finite observations and Discrete actions. Not
 * thread-safe.
 */
public final class DifferentialQLearning implements Learner {
  static final String ID = "example/differential-q-learning";
  static final Accepts ACCEPTS =
      new Accepts(List.of(Space.Kind.FINITE), List.of(Space.Kind.DISCRETE));

  private final ActionValues q;
  private final double stepSize;
  private final double eta;
  private final EpsilonGreedy behaviour;
  private final EpsilonGreedy policy;
  private double rewardRate;

  /**
   * A learner with its own table.
   *
   * @throws IllegalArgumentException if it can't take the task's spaces
   */
  public DifferentialQLearning(LearnerContext context, Config config) {
    ACCEPTS.check(ID, context.spec());
    this.q = new ActionValues(context.spec());
    this.stepSize = config.stepSize();
    this.eta = config.eta();
    this.behaviour = new EpsilonGreedy(q, config.epsilon());
    this.policy = new EpsilonGreedy(q, 0);
  }

  @Override
  public void observe(Transitions transitions) {
    Rows rows = transitions.rows();
    for (int i = 0; i < rows.count(); i++) {
      int row = rows.at(i);
      int entry = q.entry(transitions.observations(), transitions.actions().values(), row);
      double next = q.max(transitions.nextObservations(), row);
      double tdError =
          transitions.reward()[row]
              - rewardRate
              + transitions.discount()[row] * next
              - q.get(entry);
      q.add(entry, stepSize * tdError);
      rewardRate += eta * stepSize * tdError;
    }
  }

  /** R̄: what a step is believed to earn in the long run. */
  public double rewardRate() {
    return rewardRate;
  }

  @Override
  public Policy behaviour() {
    return behaviour;
  }

  /** Greedy in the values. */
  @Override
  public Policy policy() {
    return policy;
  }

  @Override
  public Optional<ValueFunction> values() {
    return Optional.of(q);
  }

  @Override
  public void report(Metrics metrics) {
    metrics.scalar("reward_rate", rewardRate);
  }

  @Override
  public void carry(State state) {
    state.begin("differential-q-learning", 1);
    state.carry("q", q);
    rewardRate = state.carry("reward_rate", rewardRate);
    state.end();
  }

  /**
   * Hyperparameters.
   *
   * @param stepSize α, in (0, 1]
   * @param eta η, how fast R̄ moves compared to the values, in (0, 1]
   * @param epsilon ε of the behaviour, in [0, 1]
   */
  public record Config(
      @Described(value = "weight of a new target", range = "(0, 1]", aliases = "alpha")
          double stepSize,
      @Described(value = "step size of the reward rate, in step sizes", range = "(0, 1]")
          double eta,
      @Described(value = "probability of exploring", range = "[0, 1]") double epsilon) {
    public Config {
      if (!(stepSize > 0 && stepSize <= 1)) {
        throw new IllegalArgumentException("stepSize must be in (0, 1], was " + stepSize);
      }
      if (!(eta > 0 && eta <= 1)) {
        throw new IllegalArgumentException("eta must be in (0, 1], was " + eta);
      }
      if (!(epsilon >= 0 && epsilon <= 1)) {
        throw new IllegalArgumentException("epsilon must be in [0, 1], was " + epsilon);
      }
    }

    /** Small steps, since tasks without end have time. */
    public static Config defaults() {
      return new Config(0.1, 0.1, 0.1);
    }
  }
}
