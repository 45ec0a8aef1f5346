package org.bellmanrl.tabular.montecarlo;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;
import org.bellmanrl.api.LearnerContext;
import org.bellmanrl.api.Policy;
import org.bellmanrl.api.Transitions;
import org.bellmanrl.api.options.Described;
import org.bellmanrl.api.space.Space;
import org.bellmanrl.api.state.State;
import org.bellmanrl.tabular.internal.ActionIndex;
import org.bellmanrl.tabular.internal.EpisodeBuffer;
import org.bellmanrl.tabular.internal.StepValues;
import org.bellmanrl.tabular.policy.FixedPolicy;
import org.bellmanrl.tabular.table.Tables;
import org.bellmanrl.tabular.table.VTable;

/**
 * Learns the state values of one policy from whole episodes of another: off-policy Monte Carlo
 * prediction by importance sampling.
 *
 * <pre>
 * ρ ← π(A|S) / b(A|S)                 from the last step of the episode to the first
 * G ← R + γ G,  W ← ρ W               (per decision: G ← ρ [R + γ G])
 * ordinary:      N(S) ← N(S) + 1,  V(S) ← V(S) + [W G − V(S)] / N(S)
 * weighted:      C(S) ← C(S) + W,  V(S) ← V(S) + W / C(S) [G − V(S)]
 * per decision:  N(S) ← N(S) + 1,  V(S) ← V(S) + [G − V(S)] / N(S)
 * </pre>
 *
 * <p>Source: Sutton &amp; Barto, 2nd ed., 2018, equations 5.5 and 5.6, the box of section 5.6 (here
 * for states, so the ratio of the step itself counts too) and section 5.9. Every action that the
 * judged policy may take must have a probability under the behaviour. γ is multiplied by the
 * environment's own discount, and a truncated episode counts with the return it has. An episode
 * that is abandoned in the middle is not learned from.
 *
 * <p>Not thread-safe. Holds the steps of the episodes in flight, 28 bytes each.
 */
public final class OffPolicyMonteCarloPrediction extends MonteCarlo {
  /** The id of this learner. */
  public static final String ID = "off-policy-monte-carlo-prediction";

  private final VTable v;
  private final Weighting weighting;
  private final VisitFilter visits;
  private final EntryNumbers weights;
  private final StepValues[] ratios;
  private final ActionIndex actions;
  private final Policy.WithProbabilities target;
  private final Policy.WithProbabilities behaviour;

  /**
   * Creates a learner for the policies that the configuration names.
   *
   * @throws IllegalArgumentException as the other constructor does, or if probabilities are wrong
   */
  public OffPolicyMonteCarloPrediction(LearnerContext context, Config config) {
    Space actions = context.spec().actionSpace();
    FixedPolicy behaviour = new FixedPolicy(actions, config.behaviour());
    FixedPolicy target =
        config.target().isEmpty() ? behaviour : new FixedPolicy(actions, config.target());
    this(context, config, target, behaviour);
  }

  /**
   * Creates a learner for other policies than the configuration names.
   *
   * @param target the policy to judge
   * @param behaviour the policy to follow
   * @throws IllegalArgumentException if actions are not finite, observations do not suit the table,
   *     or episodes have no end
   */
  public OffPolicyMonteCarloPrediction(
      LearnerContext context,
      Config config,
      Policy.WithProbabilities target,
      Policy.WithProbabilities behaviour) {
    MonteCarloConfig returns = config.returns();
    VTable v = Tables.stateValues(ID, context, returns.values(), returns.initialValue());
    super(ID, context, returns.gamma(), behaviour, target, v, v::states);
    this.v = v;
    this.weighting = config.weighting();
    this.visits = new VisitFilter(returns.visits(), v.states());
    this.weights = new EntryNumbers(v.states());
    this.ratios = StepValues.perRow(episodes);
    this.actions = ActionIndex.of(context.spec().actionSpace());
    this.target = target;
    this.behaviour = behaviour;
  }

  @Override
  int entry(Transitions transitions, int row) {
    return v.state(transitions.observations(), row);
  }

  @Override
  void clear(int row) {
    super.clear(row);
    ratios[row].clear();
  }

  @Override
  void add(int entry, Transitions transitions, int row) {
    super.add(entry, transitions, row);
    int action = actions.of(transitions.actions().values(), row);
    double pi = target.probability(transitions.observations(), row, action);
    ratios[row].add(pi / behaviour.probability(transitions.observations(), row, action));
  }

  @Override
  void learn(EpisodeBuffer episode, int row) {
    visits.begin(episode);
    double g = 0;
    double w = 1;
    for (int step = episode.length() - 1; step >= 0; step--) {
      double rho = ratios[row].get(step);
      g = episode.reward(step) + gamma * episode.discount(step) * g;
      w *= rho;
      if (weighting == Weighting.PER_DECISION) {
        g *= rho;
      }
      int state = episode.entry(step);
      if (visits.counts(state)) {
        update(state, g, w);
      }
    }
  }

  private void update(int state, double g, double w) {
    switch (weighting) {
      case ORDINARY -> v.add(state, (w * g - v.get(state)) / weights.add(state, 1));
      case PER_DECISION -> v.add(state, (g - v.get(state)) / weights.add(state, 1));
      case WEIGHTED -> {
        double sum = weights.add(state, w);
        // A return that π never has says nothing.
        if (w > 0) {
          v.add(state, w / sum * (g - v.get(state)));
        }
      }
    }
  }

  /** Returns the state values. */
  public VTable table() {
    return v;
  }

  @Override
  void carryMore(State state) {
    state.carry("weights", weights);
    state.carry("ratios", ratios);
  }

  /**
   * Hyperparameters.
   *
   * @param weighting how returns are weighted
   * @param returns what learning from returns has in common
   * @param target probability of each action under the policy to judge; none for the behaviour
   * @param behaviour probability of each action while learning; none for all the same
   */
  @RecordBuilder
  public record Config(
      @Described("how returns are weighted") Weighting weighting,
      MonteCarloConfig returns,
      @Described("probability of each action under the policy to evaluate; none for the behaviour")
          List<Double> target,
      @Described("probability of each action while learning; none for all the same")
          List<Double> behaviour)
      implements OffPolicyMonteCarloPredictionConfigBuilder.With {
    public Config {
      target = List.copyOf(target);
      behaviour = List.copyOf(behaviour);
    }

    /** Returns the defaults: weighted, first visits, γ = 0.99. */
    public static Config defaults() {
      return new Config(Weighting.WEIGHTED, MonteCarloConfig.defaults(), List.of(), List.of());
    }
  }
}
