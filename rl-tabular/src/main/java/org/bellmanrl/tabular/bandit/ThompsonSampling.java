package org.bellmanrl.tabular.bandit;

import org.bellmanrl.api.EnvironmentSpec;
import org.bellmanrl.api.LearnerContext;
import org.bellmanrl.api.Observations;
import org.bellmanrl.api.Transitions;
import org.bellmanrl.api.random.RandomStream;
import org.bellmanrl.api.space.ProductIndex;
import org.bellmanrl.api.space.Space;
import org.bellmanrl.api.state.State;
import org.bellmanrl.api.state.Stateful;
import org.bellmanrl.tabular.internal.ActionIndex;
import org.bellmanrl.tabular.internal.States;
import org.bellmanrl.tabular.policy.Greedy;
import org.bellmanrl.tabular.policy.TieBreak;
import org.bellmanrl.tabular.table.QTable;

/**
 * Base class of Thompson sampling over a table of beliefs, one for each observation and arm. Acts
 * by means drawn from the beliefs, and is judged by their expectations.
 */
abstract class ThompsonSampling extends Bandit {
  private final QTable means;
  private final Beliefs beliefs;

  ThompsonSampling(LearnerContext context, double priorMean, Beliefs beliefs) {
    Space actions = context.spec().actionSpace();
    QTable means = new QTable(context.spec(), priorMean);
    super(
        new ThompsonPolicy(beliefs, ActionIndex.of(actions)),
        new Greedy(means, actions, TieBreak.RANDOM),
        means);
    this.means = means;
    this.beliefs = beliefs;
  }

  @Override
  void learn(Transitions transitions, int row) {
    int entry = means.entry(transitions.observations(), transitions.actions(), row);
    beliefs.learn(entry, transitions.reward()[row]);
    means.add(entry, beliefs.mean(entry) - means.get(entry));
  }

  /** Returns the posterior means. */
  public QTable means() {
    return means;
  }

  @Override
  protected void carryLearned(State state) {
    state.carry("means", means);
    beliefs.carry(state);
  }

  /** What is believed of each arm in each state, by its entry in a table. */
  abstract static class Beliefs implements Posterior, Stateful {
    private final ProductIndex states;
    private final int actions;

    Beliefs(EnvironmentSpec spec) {
      this.states = States.index(spec.observationSpace());
      this.actions = ActionIndex.of(spec.actionSpace()).size();
    }

    Beliefs(Beliefs original) {
      this.states = original.states;
      this.actions = original.actions;
    }

    /** Returns an array with a number per entry, all 0. */
    double[] perEntry() {
      return new double[Math.multiplyExact(states.size(), actions)];
    }

    abstract void learn(int entry, double reward);

    abstract double mean(int entry);

    abstract double draw(int entry, RandomStream random);

    @Override
    public int scratch() {
      return 0;
    }

    @Override
    public double draw(
        Observations observations, int row, int action, RandomStream random, double[] scratch) {
      return draw(states.of(observations.values(), row) * actions + action, random);
    }
  }
}
