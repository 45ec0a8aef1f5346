package org.bellmanrl.tabular.planning;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.Arrays;
import org.bellmanrl.api.LearnerContext;
import org.bellmanrl.api.Transitions;
import org.bellmanrl.api.options.Described;
import org.bellmanrl.api.options.Require;
import org.bellmanrl.api.random.RandomStreams;
import org.bellmanrl.api.random.Streams.Role;
import org.bellmanrl.api.state.State;
import org.bellmanrl.tabular.internal.Choice;
import org.bellmanrl.tabular.internal.States;
import org.bellmanrl.tabular.learner.QControl;

/**
 * Dyna-Q for a world that changes: what was not tried for long is imagined to pay more.
 *
 * <pre>
 * Q(S, A) ← Q(S, A) + α [R + γ max_a Q(S', a) − Q(S, A)]
 * Model(S, A) ← R, S';   τ(S, A) ← 0, all others one more
 * n times:  S ← a state observed before,  A ← any action,  R, S' ← Model(S, A),
 *           Q(S, A) ← Q(S, A) + α [R + κ √τ(S, A) + γ max_a Q(S', a) − Q(S, A)]
 * </pre>
 *
 * <p>where an action that was never tried in a state that was observed pays nothing and leads back
 * to it (footnote 1 of the source), and τ counts from the beginning.
 *
 * <p>Source: Sutton, <i>Integrated Architectures for Learning, Planning, and Reacting</i>, ICML
 * 1990; Sutton &amp; Barto, 2nd ed., 2018, section 8.3. The model takes the world for
 * deterministic.
 *
 * <p>The maximum is over the actions that the mask of S' allows, and γ is multiplied by the
 * environment's own discount, which is 0 after a terminal state; at a truncation S' is the true
 * last observation. Draws, per planning step, one {@code integers(states seen)} and one {@code
 * integers(actions allowed)} from the row's learner stream. Not thread-safe.
 */
public final class DynaQPlus extends QControl {
  /** The id of this learner. */
  public static final String ID = "dyna-q-plus";

  private final int planningSteps;
  private final SampleModel model;
  private final RandomStreams random;
  private final double kappa;
  private final ObservationStore seen;
  private final Choice choice;
  private long[] lastTry;
  private long now;

  /**
   * Creates a learner with a new table.
   *
   * @throws IllegalArgumentException if actions are not finite, or the table that {@code values}
   *     names does not suit the observations
   */
  public DynaQPlus(LearnerContext context, Config config) {
    super(ID, context, config.dyna().control());
    this.planningSteps = config.dyna().planningSteps();
    this.model = new SampleModel(context.spec(), q);
    this.random = context.streams().rows(Role.LEARNER, context.rows());
    this.kappa = config.kappa();
    this.seen = new ObservationStore(context.spec(), q.states());
    this.choice = new Choice(context.spec().actionSpace(), config.dyna().control().ties());
    this.lastTry = new long[q.entries()];
  }

  @Override
  protected void update(Transitions transitions, int row, double alpha) {
    int entry = q.entry(transitions.observations(), transitions.actions(), row);
    model.learn(entry, transitions, row);
    seen.put(transitions.observations(), row, entry / q.actions());
    if (entry >= lastTry.length) {
      lastTry = Arrays.copyOf(lastTry, Math.max(q.entries(), States.doubled(lastTry.length)));
    }
    lastTry[entry] = ++now;
    learn(entry, alpha, 0);
    for (int n = 0; n < planningSteps; n++) {
      int state = model.state(random.row(row).integers(model.states()));
      int planned =
          state * q.actions() + choice.uniform(seen.observations(), state, random.row(row));
      learn(planned, alpha, kappa * Math.sqrt((double) (now - lastTry[planned])));
    }
  }

  private void learn(int entry, double alpha, double bonus) {
    boolean tried = model.wasTried(entry);
    double next =
        tried ? q.max(model.next(), entry) : q.max(seen.observations(), entry / q.actions());
    double discount = tried ? model.discount(entry) : 1;
    double tdTarget = (tried ? model.reward(entry) : 0) + bonus + gamma * discount * next;
    q.add(entry, alpha * (tdTarget - q.get(entry)));
  }

  @Override
  protected void carryMore(State state) {
    state.carry("model", model);
    state.carry("seen", seen);
    lastTry = Arrays.copyOf(lastTry, Math.max(lastTry.length, q.entries()));
    state.carry("last_try", lastTry, 0, q.entries());
    now = state.carry("now", now);
    state.carry("random", random);
  }

  /**
   * Hyperparameters.
   *
   * @param dyna those of every learner that plans with a learned model
   * @param kappa κ: bonus per root of the steps since a try, at least 0
   */
  @RecordBuilder
  public record Config(
      DynaConfig dyna,
      @Described(value = "bonus per root of the steps since a try", range = Require.NOT_NEGATIVE)
          double kappa)
      implements DynaQPlusConfigBuilder.With {
    public Config {
      Require.notNegative("kappa", kappa);
    }

    /** The family's defaults, and a κ that finds the shortcut of example 8.3. */
    public static Config defaults() {
      return new Config(DynaConfig.defaults(), 0.001);
    }
  }
}
