package org.bellmanrl.tabular.td;

import org.bellmanrl.api.LearnerContext;
import org.bellmanrl.api.Observations;
import org.bellmanrl.api.Transitions;
import org.bellmanrl.api.random.RandomStreams;
import org.bellmanrl.api.random.Streams.Role;
import org.bellmanrl.api.state.State;
import org.bellmanrl.tabular.learner.ControlConfig;
import org.bellmanrl.tabular.learner.QControl;
import org.bellmanrl.tabular.table.QTable;

/**
 * Base class of learners with two tables: each transition updates one of them, chosen by a coin,
 * towards a target that the other one helps to make. The table of {@link QControl} holds the mean
 * of both, which the policies look at.
 */
abstract class DoubleControl extends QControl {
  private final QTable q1;
  private final QTable q2;
  private final RandomStreams random;

  DoubleControl(String id, LearnerContext context, ControlConfig config) {
    super(id, context, config);
    this.q1 = q.twin(config.initialValue());
    this.q2 = q.twin(config.initialValue());
    this.random = context.streams().rows(Role.LEARNER, context.rows());
  }

  /**
   * Returns the value of the next state.
   *
   * @param first the entry of its first action
   * @param learned the table that is updated
   * @param other the other one
   */
  abstract double next(QTable learned, QTable other, int first, Observations following, int row);

  @Override
  protected final void update(Transitions transitions, int row, double alpha) {
    boolean heads = random.row(row).integers(2) == 0;
    QTable learned = heads ? q1 : q2;
    QTable other = heads ? q2 : q1;
    Observations following = transitions.nextObservations();
    int entry = q.entry(transitions.observations(), transitions.actions(), row);
    double next = next(learned, other, q.first(following, row), following, row);
    double tdTarget = transitions.reward()[row] + gamma * transitions.discount()[row] * next;
    learned.add(entry, alpha * (tdTarget - learned.get(entry)));
    q.set(entry / q.actions(), entry % q.actions(), (learned.get(entry) + other.get(entry)) / 2);
  }

  /**
   * Returns the first or the second table.
   *
   * @param number 1 or 2
   */
  public final QTable table(int number) {
    return switch (number) {
      case 1 -> q1;
      case 2 -> q2;
      default -> throw new IllegalArgumentException("table must be 1 or 2, was " + number);
    };
  }

  @Override
  protected final void carryMore(State state) {
    state.carry("q1", q1);
    state.carry("q2", q2);
    state.carry("random", random);
  }
}
