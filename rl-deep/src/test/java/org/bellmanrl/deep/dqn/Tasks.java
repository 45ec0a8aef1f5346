package org.bellmanrl.deep.dqn;

import org.bellmanrl.api.Action;
import org.bellmanrl.api.Environment;
import org.bellmanrl.api.EnvironmentSpec;
import org.bellmanrl.api.Observation;
import org.bellmanrl.api.Outcome;
import org.bellmanrl.api.random.RandomStream;
import org.bellmanrl.api.space.Box;
import org.bellmanrl.api.space.Discrete;
import org.bellmanrl.api.state.State;
import org.bellmanrl.api.state.Stateful;

/** Small tasks whose best values are known. */
final class Tasks {
  private Tasks() {}

  /** A task whose whole state is a number. */
  abstract static class Numbered implements Environment, Stateful {
    private final EnvironmentSpec spec;
    int state;

    Numbered(EnvironmentSpec spec) {
      this.spec = spec;
    }

    @Override
    public final EnvironmentSpec spec() {
      return spec;
    }

    @Override
    public final void carry(State saved) {
      saved.begin("numbered", 1);
      state = saved.carry("state", state);
      saved.end();
    }
  }

  /** Pays 1 for ever, and is cut every ten steps: with γ = 0.9 everything is worth 10. */
  static final class Endless extends Numbered {
    Endless() {
      super(
          EnvironmentSpec.of("Endless", new Discrete(2), new Discrete(2))
              .withMaxEpisodeSteps(10)
              .continuing());
    }

    @Override
    public void reset(RandomStream random, Observation observation) {
      observation.setDiscrete(random.integers(2));
    }

    @Override
    public void step(Action action, RandomStream random, Outcome outcome) {
      outcome.reward(1);
      outcome.observation().setDiscrete(random.integers(2));
    }
  }

  /**
   * Three rooms; the right one of two doors leads on and out of the last, which pays 1, the wrong
   * one back to the first. The number of the room is shown as a vector.
   */
  static final class Doors extends Numbered {
    private static final int ROOMS = 3;

    Doors() {
      super(
          EnvironmentSpec.of("Doors", Box.of(-1f, 1f, ROOMS), new Discrete(2, 5))
              .withMaxEpisodeSteps(40));
    }

    /** The door that leads on. */
    static int right(int room) {
      return 5 + (room + 1) % 2;
    }

    @Override
    public void reset(RandomStream random, Observation observation) {
      state = 0;
      show(state, observation);
    }

    static void show(int room, Observation observation) {
      for (int i = 0; i < ROOMS; i++) {
        observation.set(i, i == room ? 1 : -1);
      }
    }

    @Override
    public void step(Action action, RandomStream random, Outcome outcome) {
      if (action.discrete() != right(state)) {
        state = 0;
      } else if (++state == ROOMS) {
        outcome.reward(1);
        outcome.terminate();
        state = ROOMS - 1;
      }
      show(state, outcome.observation());
    }
  }

  /**
   * Ten questions: name a number as high as you can, but not above the one shown: what is above is
   * masked. An agent that names it all the same causes an exception. The best return is 10.
   */
  static final class Ceiling extends Numbered {
    private int shown;

    Ceiling() {
      super(EnvironmentSpec.of("Ceiling", new Discrete(4), new Discrete(4)).withMask());
    }

    @Override
    public void reset(RandomStream random, Observation observation) {
      state = 0;
      show(random, observation);
    }

    private void show(RandomStream random, Observation observation) {
      shown = random.integers(4);
      observation.setDiscrete(shown);
      for (int a = 0; a < 4; a++) {
        observation.allow(a, a <= shown);
      }
      state = state % 100 + 100 * shown;
    }

    @Override
    public void step(Action action, RandomStream random, Outcome outcome) {
      int asked = state / 100;
      if (action.discrete() > asked) {
        throw new IllegalStateException(action.discrete() + " is masked at " + asked);
      }
      outcome.reward(1 - 0.25 * (asked - action.discrete()));
      state = state % 100 + 1;
      if (state == 10) {
        outcome.terminate();
      }
      show(random, outcome.observation());
    }
  }

  /** Pays a number that is no float, or shows NaN, from the hundredth step on. */
  static final class Breaking extends Numbered {
    private final double pay;
    private final double shown;

    Breaking(double pay, double shown) {
      super(EnvironmentSpec.of("Breaking", Box.of(-1f, 1f, 2), new Discrete(2)));
      this.pay = pay;
      this.shown = shown;
    }

    @Override
    public void reset(RandomStream random, Observation observation) {
      observation.set(0, 0.5);
      observation.set(1, 0.5);
    }

    @Override
    public void step(Action action, RandomStream random, Outcome outcome) {
      state++;
      outcome.reward(state < 100 ? 1 : pay);
      outcome.observation().set(0, 0.5);
      outcome.observation().set(1, state < 100 ? 0.5 : shown);
    }
  }

  /** Ten times, say the number that was shown before; the best return is 9. */
  static final class Previous extends Numbered {
    private static final int NUMBERS = 3;

    Previous() {
      super(EnvironmentSpec.of("Previous", new Discrete(NUMBERS), new Discrete(NUMBERS, 4)));
    }

    @Override
    public void reset(RandomStream random, Observation observation) {
      show(0, NUMBERS, random.integers(NUMBERS), observation);
    }

    /** The state holds the step, what was shown before, or 3 for nothing, and what is shown. */
    private void show(int step, int before, int shown, Observation observation) {
      state = 100 * step + 10 * before + shown;
      observation.setDiscrete(shown);
    }

    @Override
    public void step(Action action, RandomStream random, Outcome outcome) {
      int step = state / 100 + 1;
      outcome.reward(action.discrete() - 4 == state / 10 % 10 ? 1 : 0);
      if (step == 10) {
        outcome.terminate();
      }
      show(step, state % 10, random.integers(NUMBERS), outcome.observation());
    }
  }
}
