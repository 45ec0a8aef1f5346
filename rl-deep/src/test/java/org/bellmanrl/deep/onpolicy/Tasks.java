package org.bellmanrl.deep.onpolicy;

import java.util.Arrays;
import java.util.function.Supplier;
import org.bellmanrl.api.Action;
import org.bellmanrl.api.Environment;
import org.bellmanrl.api.EnvironmentSpec;
import org.bellmanrl.api.LearnerContext;
import org.bellmanrl.api.Observation;
import org.bellmanrl.api.Outcome;
import org.bellmanrl.api.VectorEnvironment;
import org.bellmanrl.api.interaction.Budget;
import org.bellmanrl.api.interaction.RunProgress;
import org.bellmanrl.api.random.RandomStream;
import org.bellmanrl.api.random.Streams;
import org.bellmanrl.api.space.Box;
import org.bellmanrl.api.space.Discrete;
import org.bellmanrl.api.space.MultiDiscrete;
import org.bellmanrl.api.state.State;
import org.bellmanrl.api.state.Stateful;

/** Small tasks, and contexts for learners of them. */
final class Tasks {
  private Tasks() {}

  /** At the beginning of a run. */
  static LearnerContext context(EnvironmentSpec spec, int rows) {
    return LearnerContext.of(spec, rows, Streams.of(0), new RunProgress(Budget.steps(1000)));
  }

  static VectorEnvironment rows(int rows, Supplier<? extends Environment> task) {
    Environment[] tasks = new Environment[rows];
    Arrays.setAll(tasks, row -> task.get());
    return VectorEnvironment.of(tasks);
  }

  /** Shows a number, wants an answer to it, and shows another one: ten of them an episode. */
  abstract static class Quiz implements Environment, Stateful {
    static final int LENGTH = 10;

    private final EnvironmentSpec spec;
    private final int numbers;
    private int shown;
    private int step;

    /** What was shown before; −1 at first. */
    int before;

    Quiz(EnvironmentSpec spec, int numbers) {
      this.spec = spec;
      this.numbers = numbers;
    }

    /** What an answer pays. */
    abstract double pay(int number, Action answer);

    /** Shows a number. */
    void show(int number, Observation observation) {
      observation.setDiscrete(number);
    }

    @Override
    public final EnvironmentSpec spec() {
      return spec;
    }

    @Override
    public final void reset(RandomStream random, Observation observation) {
      step = 0;
      before = -1;
      shown = random.integers(numbers);
      show(shown, observation);
    }

    @Override
    public final void step(Action action, RandomStream random, Outcome outcome) {
      outcome.reward(pay(shown, action));
      step++;
      if (step == LENGTH) {
        outcome.terminate();
      }
      before = shown;
      shown = random.integers(numbers);
      show(shown, outcome.observation());
    }

    @Override
    public final void carry(State state) {
      state.begin("quiz", 1);
      shown = state.carry("shown", shown);
      step = state.carry("step", step);
      before = state.carry("before", before);
      state.end();
    }
  }

  /** Say the number: 1 if right. */
  static Quiz echo() {
    return new Quiz(EnvironmentSpec.of("Echo", new Discrete(4), new Discrete(4)), 4) {
      @Override
      double pay(int number, Action answer) {
        return answer.discrete() == number ? 1 : 0;
      }
    };
  }

  /** Say the number that was shown before; at first there is none. */
  static Quiz previous() {
    return new Quiz(EnvironmentSpec.of("Previous", new Discrete(4), new Discrete(4)), 4) {
      @Override
      double pay(int number, Action answer) {
        return answer.discrete() == before ? 1 : 0;
      }
    };
  }

  /** The same where one wrong answer after the other is masked, and would cost much. */
  static Quiz maskedPrevious() {
    return new Quiz(
        EnvironmentSpec.of("MaskedPrevious", new Discrete(4), new Discrete(4)).withMask(), 4) {
      private int masked;

      @Override
      double pay(int number, Action answer) {
        return answer.discrete() == masked ? -100 : answer.discrete() == before ? 1 : 0;
      }

      @Override
      void show(int number, Observation observation) {
        observation.setDiscrete(number);
        masked = (Math.max(before, 0) + 1 + number % 3) % 4;
        for (int a = 0; a < 4; a++) {
          observation.allow(a, a != masked);
        }
      }
    };
  }

  /** Steer to the number that was shown before. */
  static Quiz previousSteering() {
    return new Quiz(EnvironmentSpec.of("Follow", Box.of(-1f, 1f, 1), Box.of(-1f, 1f, 1)), 4) {
      @Override
      double pay(int number, Action answer) {
        double distance = answer.get(0) - (-0.75 + 0.5 * Math.max(before, 0));
        return 1 - distance * distance;
      }

      @Override
      void show(int number, Observation observation) {
        observation.set(0, -0.75f + 0.5f * number);
      }
    };
  }

  /** Say both binary digits of the number; each pays one half. */
  static Quiz digits() {
    return new Quiz(EnvironmentSpec.of("Digits", new Discrete(4), new MultiDiscrete(2, 2)), 4) {
      @Override
      double pay(int number, Action answer) {
        double high = answer.discrete(0) == number / 2 ? 0.5 : 0;
        return high + (answer.discrete(1) == number % 2 ? 0.5 : 0);
      }
    };
  }

  /**
   * The higher the better, but never above the number: what is above is masked, and would cost
   * much.
   */
  static Quiz ceiling() {
    return new Quiz(EnvironmentSpec.of("Ceiling", new Discrete(4), new Discrete(4)).withMask(), 4) {
      @Override
      double pay(int number, Action answer) {
        return answer.discrete() > number ? -100 : answer.discrete() - number + 1;
      }

      @Override
      void show(int number, Observation observation) {
        observation.setDiscrete(number);
        for (int a = 0; a < 4; a++) {
          observation.allow(a, a <= number);
        }
      }
    };
  }

  /** Steer to the number, shown as -0.75, -0.25, 0.25 or 0.75; 1 less the squared distance. */
  static Quiz steering() {
    return new Quiz(EnvironmentSpec.of("Steering", Box.of(-1f, 1f, 1), Box.of(-1f, 1f, 1)), 4) {
      private static float goal(int number) {
        return -0.75f + 0.5f * number;
      }

      @Override
      double pay(int number, Action answer) {
        double distance = answer.get(0) - goal(number);
        return 1 - distance * distance;
      }

      @Override
      void show(int number, Observation observation) {
        observation.set(0, goal(number));
      }
    };
  }

  /** Pays 1 for ever, and is cut every ten steps. */
  static final class Endless implements Environment, Stateful {
    private static final EnvironmentSpec SPEC =
        EnvironmentSpec.of("Endless", new Discrete(1), new Discrete(1))
            .withMaxEpisodeSteps(10)
            .continuing();

    @Override
    public EnvironmentSpec spec() {
      return SPEC;
    }

    @Override
    public void reset(RandomStream random, Observation observation) {
      observation.setDiscrete(0);
    }

    @Override
    public void step(Action action, RandomStream random, Outcome outcome) {
      outcome.reward(1);
      outcome.observation().setDiscrete(0);
    }

    @Override
    public void carry(State state) {
      state.begin("endless", 1);
      state.end();
    }
  }
}
