package org.bellmanrl.tabular.planning;

import org.bellmanrl.api.LearnerContext;
import org.bellmanrl.api.Transitions;
import org.bellmanrl.api.random.RandomStreams;
import org.bellmanrl.api.random.Streams.Role;
import org.bellmanrl.api.state.State;
import org.bellmanrl.tabular.learner.QControl;

/**
 * Learns the optimal action values from every step and, several times per step, from what earlier
 * steps showed: Q-learning that also plans.
 *
 * <pre>
 * Q(S, A) ← Q(S, A) + α [R + γ max_a Q(S', a) − Q(S, A)]
 * Model(S, A) ← R, S'
 * n times:  S ← a state observed before,  A ← an action tried in S,  R, S' ← Model(S, A),
 *           Q(S, A) ← Q(S, A) + α [R + γ max_a Q(S', a) − Q(S, A)]
 * </pre>
 *
 * <p>Source: Sutton, <i>Integrated Architectures for Learning, Planning, and Reacting</i>, ICML
 * 1990; Sutton &amp; Barto, 2nd ed., 2018, section 8.2. The model takes the world for deterministic
 * and keeps the last outcome of each action; where it isn't, planning is biased towards what came
 * last.
 *
 * <p>The maximum is over the actions that the mask of S' allows, and γ is multiplied by the
 * environment's own discount, which is 0 after a terminal state; at a truncation S' is the true
 * last observation. Draws, per planning step, one {@code integers(states seen)} and one {@code
 * integers(actions tried)} from the row's learner stream. Not thread-safe.
 */
public final class DynaQ extends QControl {
  /** The id of this learner. */
  public static final String ID = "dyna-q";

  private final int planningSteps;
  private final SampleModel model;
  private final RandomStreams random;

  /**
   * Creates a learner with a new table.
   *
   * @throws IllegalArgumentException if actions are not finite, or the table that {@code values}
   *     names does not suit the observations
   */
  public DynaQ(LearnerContext context, DynaConfig config) {
    super(ID, context, config.control());
    this.planningSteps = config.planningSteps();
    this.model = new SampleModel(context.spec(), q);
    this.random = context.streams().rows(Role.LEARNER, context.rows());
  }

  @Override
  protected void update(Transitions transitions, int row, double alpha) {
    int entry = q.entry(transitions.observations(), transitions.actions(), row);
    model.learn(entry, transitions, row);
    // What the model knows of a step just learned is the step itself.
    learn(entry, alpha);
    for (int n = 0; n < planningSteps; n++) {
      int state = model.state(random.row(row).integers(model.states()));
      learn(model.tried(state, random.row(row).integers(model.tried(state))), alpha);
    }
  }

  private void learn(int entry, double alpha) {
    double next = q.max(model.next(), entry);
    double tdTarget = model.reward(entry) + gamma * model.discount(entry) * next;
    q.add(entry, alpha * (tdTarget - q.get(entry)));
  }

  @Override
  protected void carryMore(State state) {
    state.carry("model", model);
    state.carry("random", random);
  }
}
