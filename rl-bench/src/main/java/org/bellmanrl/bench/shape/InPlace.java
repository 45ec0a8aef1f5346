package org.bellmanrl.bench.shape;

import org.bellmanrl.api.Action;
import org.bellmanrl.api.Actions;
import org.bellmanrl.api.Actor;
import org.bellmanrl.api.Environment;
import org.bellmanrl.api.EnvironmentSpec;
import org.bellmanrl.api.Learner;
import org.bellmanrl.api.Observation;
import org.bellmanrl.api.Observations;
import org.bellmanrl.api.Outcome;
import org.bellmanrl.api.Outcomes;
import org.bellmanrl.api.Policy;
import org.bellmanrl.api.Transitions;
import org.bellmanrl.api.random.RandomStream;
import org.bellmanrl.api.random.RandomStreams;
import org.bellmanrl.api.space.Dict;
import org.bellmanrl.api.space.Discrete;
import org.bellmanrl.api.space.Rows;
import org.bellmanrl.api.state.State;
import org.bellmanrl.api.state.Stateful;

/** The shape that was chosen: the same lake and method through rl-api's cursors and columns. */
final class InPlace {
  private InPlace() {}

  static class LakeEnvironment implements Environment, Stateful {
    private final EnvironmentSpec spec =
        EnvironmentSpec.of("Lake", new Discrete(Lake.STATES), new Discrete(Lake.ACTIONS));
    private final int[] next = Lake.next();
    private final boolean[] terminal = Lake.terminal();
    private final double[] reward = Lake.reward();
    private int state;

    @Override
    public EnvironmentSpec spec() {
      return spec;
    }

    @Override
    public void reset(RandomStream random, Observation observation) {
      state = 0;
      observation.setDiscrete(0);
    }

    @Override
    public void step(Action action, RandomStream random, Outcome outcome) {
      state = next[state * Lake.ACTIONS + action.discrete()];
      outcome.observation().setDiscrete(state);
      outcome.reward(reward[state]);
      if (terminal[state]) {
        outcome.terminate();
      }
    }

    @Override
    public void carry(State saved) {
      state = saved.carry("state", state);
    }
  }

  static final class SecondLake extends LakeEnvironment {
    @Override
    public void reset(RandomStream random, Observation observation) {
      super.reset(random, observation);
    }

    @Override
    public void step(Action action, RandomStream random, Outcome outcome) {
      super.step(action, random, outcome);
    }
  }

  static final class ThirdLake extends LakeEnvironment {
    @Override
    public void reset(RandomStream random, Observation observation) {
      super.reset(random, observation);
    }

    @Override
    public void step(Action action, RandomStream random, Outcome outcome) {
      super.step(action, random, outcome);
    }
  }

  static final class QLearning implements Learner, Policy {
    private final double[] q = new double[Lake.STATES * Lake.ACTIONS];

    @Override
    public Policy behaviour() {
      return this;
    }

    @Override
    public Policy policy() {
      return this;
    }

    @Override
    public Policy snapshot() {
      return this;
    }

    @Override
    public Actor actor(int rows, RandomStreams random) {
      return new EpsilonGreedy(q, random);
    }

    @Override
    public void observe(Transitions transitions) {
      int[] states = transitions.observations().values().ints();
      int[] actions = transitions.actions().values().ints();
      int[] nextStates = transitions.nextObservations().values().ints();
      Rows rows = transitions.rows();
      for (int i = 0; i < rows.count(); i++) {
        int row = rows.at(i);
        int at = states[row] * Lake.ACTIONS + actions[row];
        double target =
            transitions.reward()[row]
                + Lake.GAMMA * transitions.discount()[row] * Lake.max(q, nextStates[row]);
        q[at] += Lake.STEP_SIZE * (target - q[at]);
      }
    }

    @Override
    public void carry(State state) {
      state.carry("q", q);
    }
  }

  private static final class EpsilonGreedy extends Actor.Memoryless {
    private final double[] q;

    EpsilonGreedy(double[] q, RandomStreams random) {
      super(random.rows(), random);
      this.q = q;
    }

    @Override
    public void act(Rows rows, Observations observations, Actions actions) {
      for (int i = 0; i < rows.count(); i++) {
        int row = rows.at(i);
        RandomStream stream = random.row(row);
        actions.values().ints()[row] =
            stream.random() < Lake.EPSILON
                ? stream.integers(Lake.ACTIONS)
                : Lake.best(q, observations.values().ints()[row]);
      }
    }
  }

  /** An environment, an actor and a learner over columns, without the interaction's bookkeeping. */
  static final class BareLoop {
    private final Environment environment;
    private final QLearning learner = new QLearning();
    private final RandomStreams random = RandomStreams.ofSeeds(1);
    private final Actor actor = learner.actor(1, RandomStreams.ofSeeds(2));
    private final Rows rows = Rows.all(1);
    private final Observations observations;
    private final Actions actions;
    private final Outcomes outcomes;
    private final Transitions transitions;
    private final Action action;
    private final Observation first;
    private final Outcome outcome;

    BareLoop(Environment environment) {
      this.environment = environment;
      EnvironmentSpec spec = environment.spec();
      this.observations = new Observations(spec, 1);
      this.actions = new Actions(spec.actionSpace(), Dict.EMPTY, 1);
      this.outcomes = new Outcomes(spec, 1);
      this.transitions = new Transitions(rows, observations, actions, outcomes, null);
      this.action = new Action(actions.values());
      this.first = new Observation(observations);
      this.outcome = new Outcome(outcomes);
      environment.reset(random.row(0), first);
    }

    int run(int steps) {
      for (int i = 0; i < steps; i++) {
        actor.act(rows, observations, actions);
        outcomes.clear(rows);
        environment.step(action, random.row(0), outcome);
        learner.observe(transitions);
        if (outcomes.terminated()[0]) {
          environment.reset(random.row(0), first);
        } else {
          observations.copyRows(outcomes.observations(), rows);
        }
      }
      return observations.values().ints()[0];
    }
  }
}
