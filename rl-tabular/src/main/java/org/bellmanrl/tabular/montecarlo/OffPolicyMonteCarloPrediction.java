package org.bellmanrl.tabular.montecarlo;

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
import org.bellmanrl.api.state.StateReader;
import org.bellmanrl.api.state.StateWriter;
import org.bellmanrl.tabular.internal.ActionIndex;
import org.bellmanrl.tabular.internal.Checks;
import org.bellmanrl.tabular.internal.EpisodeBuffer;
import org.bellmanrl.tabular.internal.Episodic;
import org.bellmanrl.tabular.internal.Ratios;
import org.bellmanrl.tabular.policy.KnownProbabilities;
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
public final class OffPolicyMonteCarloPrediction implements Learner {
  private static final String ID = "off-policy-monte-carlo-prediction";

  private final VTable v;
  private final double gamma;
  private final Weighting weighting;
  private final VisitFilter visits;
  private final double[] weights;
  private final EpisodeBuffer[] episodes;
  private final Ratios[] ratios;
  private final ActionIndex actions;
  private final KnownProbabilities target;
  private final KnownProbabilities behaviour;

  /**
   * A learner with a table of its own; the policies that the configuration names have no effect.
   *
   * @param target the policy to judge
   * @param behaviour the policy to follow
   * @throws IllegalArgumentException if observations or actions are not finite, or episodes have no
   *     end
   */
  public OffPolicyMonteCarloPrediction(
      LearnerContext context,
      Config config,
      KnownProbabilities target,
      KnownProbabilities behaviour) {
    Accepts.tables().check(ID, context.spec());
    Episodic.check(ID, context.spec());
    this.v = new VTable(context.spec(), config.initialValue());
    this.gamma = config.gamma();
    this.weighting = config.weighting();
    this.visits = new VisitFilter(config.visits(), v.states());
    this.weights = new double[v.states()];
    this.episodes = EpisodeBuffer.perRow(context.rows());
    this.ratios = Ratios.perRow(context.rows());
    this.actions = ActionIndex.of(context.spec().actionSpace());
    this.target = target;
    this.behaviour = behaviour;
  }

  @Override
  public void observe(Transitions transitions) {
    Rows rows = transitions.rows();
    for (int i = 0; i < rows.count(); i++) {
      int row = rows.at(i);
      EpisodeBuffer episode = episodes[row];
      if (transitions.first()[row]) {
        episode.clear();
        ratios[row].clear();
      }
      episode.add(
          v.state(transitions.observations(), row),
          transitions.reward()[row],
          transitions.discount()[row]);
      ratios[row].add(ratio(transitions, row));
      if (transitions.last(row)) {
        learn(episode, ratios[row]);
        episode.clear();
        ratios[row].clear();
      }
    }
  }

  private double ratio(Transitions transitions, int row) {
    int action = actions.of(transitions.actions().values(), row);
    return target.probability(transitions.observations(), row, action)
        / behaviour.probability(transitions.observations(), row, action);
  }

  private void learn(EpisodeBuffer episode, Ratios ratio) {
    visits.begin(episode);
    double g = 0;
    double w = 1;
    for (int step = episode.length() - 1; step >= 0; step--) {
      double rho = ratio.get(step);
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
      case ORDINARY -> v.add(state, (w * g - v.get(state)) / ++weights[state]);
      case PER_DECISION -> v.add(state, (g - v.get(state)) / ++weights[state]);
      case WEIGHTED -> {
        weights[state] += w;
        // A return that π never has tells nothing.
        if (w > 0) {
          v.add(state, w / weights[state] * (g - v.get(state)));
        }
      }
    }
  }

  @Override
  public Policy behaviour() {
    return behaviour;
  }

  /** The policy that is judged. */
  @Override
  public Policy policy() {
    return target;
  }

  /** The table. */
  public VTable table() {
    return v;
  }

  @Override
  public Optional<ValueFunction> values() {
    return Optional.of(v);
  }

  @Override
  public void save(StateWriter out) {
    out.begin(ID, 1);
    out.write("v", v);
    out.write("weights", weights);
    EpisodeBuffer.save(episodes, out);
    Ratios.save(ratios, out);
    out.end();
  }

  @Override
  public void restore(StateReader in) {
    in.begin(ID, 1);
    in.read("v", v);
    in.read("weights", weights);
    EpisodeBuffer.restore(episodes, v.states(), in);
    Ratios.restore(ratios, episodes, in);
    in.end();
  }

  /**
   * Hyperparameters.
   *
   * @param weighting how returns are weighted
   * @param gamma γ, in [0, 1]
   * @param visits which visits count
   * @param initialValue V before anything is learned, finite; averages forget it
   * @param target probability of each action under the policy to judge; none for the behaviour
   * @param behaviour probability of each action while learning; none for all the same
   */
  public record Config(
      @Described("how returns are weighted") Weighting weighting,
      @Described(value = "discount of what is to come", range = "[0, 1]") double gamma,
      @Described("which visits of an episode to a state count") Visits visits,
      @Described("what the table holds at first") double initialValue,
      @Described("probability of each action under the policy to judge; none for the behaviour")
          List<Double> target,
      @Described("probability of each action while learning; none for all the same")
          List<Double> behaviour) {
    public Config {
      Checks.gamma(gamma);
      Checks.initialValue(initialValue);
      target = List.copyOf(target);
      behaviour = List.copyOf(behaviour);
    }

    /** Weighted, first visits, γ = 0.99. */
    public static Config defaults() {
      return new Config(Weighting.WEIGHTED, 0.99, Visits.FIRST, 0, List.of(), List.of());
    }

    /** The same with another γ, other weights and other visits. */
    public Config with(Weighting otherWeighting, double otherGamma, Visits otherVisits) {
      return new Config(otherWeighting, otherGamma, otherVisits, initialValue, target, behaviour);
    }
  }
}
