package org.bellmanrl.tabular.traces;

import java.util.Optional;
import org.bellmanrl.api.Accepts;
import org.bellmanrl.api.Learner;
import org.bellmanrl.api.LearnerContext;
import org.bellmanrl.api.Policy;
import org.bellmanrl.api.Transitions;
import org.bellmanrl.api.ValueFunction;
import org.bellmanrl.api.options.Described;
import org.bellmanrl.api.schedule.Schedule;
import org.bellmanrl.api.schedule.Scheduled;
import org.bellmanrl.api.space.Rows;
import org.bellmanrl.api.state.StateReader;
import org.bellmanrl.api.state.StateWriter;
import org.bellmanrl.tabular.internal.Checks;
import org.bellmanrl.tabular.internal.EpisodeBuffer;
import org.bellmanrl.tabular.internal.Episodic;
import org.bellmanrl.tabular.table.VTable;

/**
 * Learns the state values of a given policy, which it follows, from the λ-returns of whole
 * episodes: averages of all n-step returns.
 *
 * <pre>
 * G ← R + γ [(1 − λ) V(S') + λ G']        from the last step of the episode, G = R + γ V(S'), back
 * V(S) ← V(S) + α [G − V(S)]              for all steps, from the first on
 * </pre>
 *
 * <p>where all G are made of the values at the end of the episode, during which nothing was
 * learned. Source: Sutton &amp; Barto, 2nd ed., 2018, section 12.1.
 *
 * <p>γ is multiplied by the environment's own discount, which is 0 after a terminal state; a
 * truncated episode bootstraps from its true last observation. An episode that is abandoned in the
 * middle is not learned from.
 *
 * <p>Not thread-safe. Holds the steps of the episodes in flight, 20 bytes each.
 */
public final class OfflineLambdaReturn implements Learner {
  private final VTable v;
  private final double gamma;
  private final double lambda;
  private final Scheduled stepSize;
  private final EpisodeBuffer[] episodes;
  private double[] returns = new double[128];
  private final Policy policy;

  /**
   * A learner with a table of its own.
   *
   * @param policy the policy to judge; it is followed and never changed
   * @throws IllegalArgumentException if observations or actions are not finite, or episodes have no
   *     end
   */
  public OfflineLambdaReturn(LearnerContext context, Config config, Policy policy) {
    Accepts.tables().check("offline-lambda-return", context.spec());
    Episodic.check("offline-lambda-return", context.spec());
    this.v = new VTable(context.spec(), config.initialValue());
    this.gamma = config.gamma();
    this.lambda = config.lambda();
    this.stepSize = new Scheduled(config.stepSize(), context.progress());
    this.episodes = EpisodeBuffer.perRow(context.rows());
    this.policy = policy;
  }

  @Override
  public void observe(Transitions transitions) {
    Rows rows = transitions.rows();
    for (int i = 0; i < rows.count(); i++) {
      int row = rows.at(i);
      EpisodeBuffer episode = episodes[row];
      if (transitions.first()[row]) {
        episode.clear();
      }
      episode.add(
          v.state(transitions.observations(), row),
          transitions.reward()[row],
          transitions.discount()[row]);
      if (transitions.last(row)) {
        learn(episode, v.get(v.state(transitions.nextObservations(), row)));
        episode.clear();
      }
    }
  }

  private void learn(EpisodeBuffer episode, double end) {
    if (returns.length < episode.length()) {
      returns = new double[Math.max(episode.length(), 2 * returns.length)];
    }
    double next = end;
    for (int step = episode.length() - 1; step >= 0; step--) {
      double g = episode.reward(step) + gamma * episode.discount(step) * next;
      returns[step] = g;
      next = (1 - lambda) * v.get(episode.entry(step)) + lambda * g;
    }
    double alpha = stepSize.now();
    for (int step = 0; step < episode.length(); step++) {
      int state = episode.entry(step);
      v.add(state, alpha * (returns[step] - v.get(state)));
    }
  }

  /** The policy that is judged. */
  @Override
  public Policy behaviour() {
    return policy;
  }

  /** The policy that is judged. */
  @Override
  public Policy policy() {
    return policy;
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
    out.begin("offline-lambda-return", 1);
    out.write("v", v);
    EpisodeBuffer.save(episodes, out);
    out.end();
  }

  @Override
  public void restore(StateReader in) {
    in.begin("offline-lambda-return", 1);
    in.read("v", v);
    EpisodeBuffer.restore(episodes, v.states(), in);
    in.end();
  }

  /**
   * Hyperparameters. λ and the step size default to values that do well in Sutton &amp; Barto's
   * figure 12.3 (random walk of 19 states); γ defaults to 0.99, which also suits tasks that don't
   * end.
   *
   * @param stepSize α, in (0, 1]
   * @param gamma γ, in [0, 1]
   * @param lambda λ, in [0, 1]
   * @param initialValue what the table holds before anything is learned, finite
   */
  public record Config(
      @Described(value = "weight of a new target", range = "(0, 1]", aliases = "alpha")
          Schedule stepSize,
      @Described(value = "discount of what is to come", range = "[0, 1]") double gamma,
      @Described(value = "how slowly traces fade", range = "[0, 1]") double lambda,
      @Described("what the table holds at first") double initialValue) {
    public Config {
      Checks.stepSize(stepSize);
      Checks.gamma(gamma);
      Checks.lambda(lambda);
      Checks.initialValue(initialValue);
    }

    /** The defaults. */
    public static Config defaults() {
      return new Config(Schedule.constant(0.1), 0.99, 0.8, 0);
    }
  }
}
