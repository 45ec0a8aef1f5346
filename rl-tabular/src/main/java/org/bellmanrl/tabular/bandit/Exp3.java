package org.bellmanrl.tabular.bandit;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.Map;
import org.bellmanrl.api.Accepts;
import org.bellmanrl.api.Actions;
import org.bellmanrl.api.Actor;
import org.bellmanrl.api.EnvironmentSpec;
import org.bellmanrl.api.LearnerContext;
import org.bellmanrl.api.Observations;
import org.bellmanrl.api.Policy;
import org.bellmanrl.api.Transitions;
import org.bellmanrl.api.options.Described;
import org.bellmanrl.api.options.Require;
import org.bellmanrl.api.random.RandomStreams;
import org.bellmanrl.api.space.Box;
import org.bellmanrl.api.space.Dict;
import org.bellmanrl.api.space.ProductIndex;
import org.bellmanrl.api.space.Rows;
import org.bellmanrl.api.state.State;
import org.bellmanrl.tabular.internal.ActionIndex;
import org.bellmanrl.tabular.internal.Preferences;
import org.bellmanrl.tabular.internal.States;
import org.bellmanrl.tabular.policy.Greedy;
import org.bellmanrl.tabular.policy.TieBreak;
import org.bellmanrl.tabular.table.QTable;

/**
 * Bandits whose rewards an adversary sets: exponential weights, mixed with uniform exploration.
 *
 * <pre>
 * p(a) = (1 − γ) w(a) / Σ w + γ / K
 * w(A) ← w(A) exp(γ x / (K p(A)))          x is the reward scaled to [0, 1]
 * </pre>
 *
 * <p>Source: Auer, Cesa-Bianchi, Freund &amp; Schapire, <i>The Nonstochastic Multiarmed Bandit
 * Problem</i>, SIAM Journal on Computing 32, 2002, figure 1. Weights are kept as logarithms. The
 * actor writes p(A) in a column beside the action, in single precision. Beyond the source, K counts
 * the arms that are allowed, and it keeps weights for each of finitely many observations.
 *
 * <p>Rows of a batch are learned from one after the other. Not thread-safe.
 */
public final class Exp3 extends Bandit {
  /** The id of this learner. */
  public static final String ID = "exp3";

  private final QTable logWeights;
  private final ActionIndex index;
  private final Config config;

  /**
   * Creates a learner whose weights are all 1.
   *
   * @throws IllegalArgumentException if observations or actions are not finite
   */
  public Exp3(LearnerContext context, Config config) {
    Accepts.tables().check(ID, context.spec());
    EnvironmentSpec spec = context.spec();
    QTable logWeights = new QTable(spec, 0);
    ActionIndex index = ActionIndex.of(spec.actionSpace());
    super(
        new Mixture(logWeights, States.index(spec.observationSpace()), index, config.exploration()),
        new Greedy(logWeights, spec.actionSpace(), TieBreak.RANDOM),
        null);
    this.logWeights = logWeights;
    this.index = index;
    this.config = config;
  }

  @Override
  void learn(Transitions transitions, int row) {
    double probability = transitions.actions().extras().floats()[row];
    int entry = logWeights.entry(transitions.observations(), transitions.actions(), row);
    int arms = index.countAllowed(transitions.observations(), row);
    double x =
        RewardRange.scale(transitions.reward()[row], config.rewardLow(), config.rewardHigh());
    logWeights.add(entry, config.exploration() * x / (arms * probability));
  }

  /** Returns the logarithms of the weights. */
  public QTable logWeights() {
    return logWeights;
  }

  @Override
  protected void carryLearned(State state) {
    state.carry("log_weights", logWeights);
  }

  /** Draws an arm by p and writes p(A) beside it; one {@code random()} per row. */
  private static final class Mixture implements Policy {
    private static final Dict PROBABILITY = Dict.of(Map.of("probability", Box.of(0, 1, 1)));

    private final QTable logWeights;
    private final ProductIndex states;
    private final ActionIndex index;
    private final double exploration;

    Mixture(QTable logWeights, ProductIndex states, ActionIndex index, double exploration) {
      this.logWeights = logWeights;
      this.states = states;
      this.index = index;
      this.exploration = exploration;
    }

    @Override
    public Actor actor(int rows, RandomStreams random) {
      return new MixtureActor(this, rows, random);
    }

    @Override
    public Policy snapshot() {
      return new Mixture(logWeights.snapshot(), states, index, exploration);
    }

    @Override
    public Dict extras() {
      return PROBABILITY;
    }
  }

  private static final class MixtureActor extends Actor.Memoryless {
    private final Mixture mixture;
    private final double[] probabilities;

    MixtureActor(Mixture mixture, int rows, RandomStreams random) {
      super(rows, random);
      this.mixture = mixture;
      this.probabilities = new double[mixture.index.size()];
    }

    @Override
    public void act(Rows rows, Observations observations, Actions actions) {
      ActionIndex index = mixture.index;
      for (int i = 0; i < rows.count(); i++) {
        int row = rows.at(i);
        int allowed = index.countAllowed(observations, row);
        int first = mixture.states.of(observations.values(), row) * index.size();
        Preferences.softmax(mixture.logWeights, first, index, observations, row, probabilities);
        double point = random.row(row).random();
        int drawn = -1;
        double probability = 0;
        for (int a = 0; a < index.size() && point >= 0; a++) {
          if (index.allows(observations, row, a)) {
            drawn = a;
            probability =
                (1 - mixture.exploration) * probabilities[a] + mixture.exploration / allowed;
            point -= probability;
          }
        }
        index.set(drawn, actions.values(), row);
        actions.extras().floats()[row] = (float) probability;
      }
    }
  }

  /**
   * Hyperparameters.
   *
   * @param exploration γ, in (0, 1]: the share of uniform exploration
   * @param rewardLow the smallest reward
   * @param rewardHigh the largest reward, above rewardLow
   */
  @RecordBuilder
  public record Config(
      @Described(
              value = "share of uniform exploration, which is the learning rate too",
              range = Require.STEP_SIZE,
              aliases = "gamma")
          double exploration,
      @Described("the smallest reward") double rewardLow,
      @Described("the largest reward") double rewardHigh)
      implements Exp3ConfigBuilder.With {
    public Config {
      Require.inRange("exploration", exploration, Require.STEP_SIZE);
      RewardRange.check(rewardLow, rewardHigh);
    }

    /** Returns the defaults. */
    public static Config defaults() {
      return new Config(0.1, 0, 1);
    }
  }
}
