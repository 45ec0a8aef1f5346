package org.bellmanrl.testkit;

import java.util.Arrays;
import java.util.Optional;
import org.bellmanrl.api.Action;
import org.bellmanrl.api.Environment;
import org.bellmanrl.api.EnvironmentSpec;
import org.bellmanrl.api.Observation;
import org.bellmanrl.api.Outcome;
import org.bellmanrl.api.model.FiniteModel;
import org.bellmanrl.api.model.Modelled;
import org.bellmanrl.api.random.RandomStream;
import org.bellmanrl.api.space.Box;
import org.bellmanrl.api.state.State;
import org.bellmanrl.api.state.Stateful;

/** Contract classes of environments that are each broken in one way. */
final class BrokenEnvironments {
  private BrokenEnvironments() {}

  /** Leaves out the second JVM, which only one of these needs. */
  abstract static class Fast extends EnvironmentContract {
    @Override
    protected Optional<String> notInterpreted() {
      return Optional.of("tested by one class for all");
    }
  }

  static class ChangingSpec extends Fast {
    private static int made;

    @Override
    protected Environment create() {
      int number = made++;
      return new Walk() {
        @Override
        public EnvironmentSpec spec() {
          EnvironmentSpec spec = super.spec();
          return spec.withMaxEpisodeSteps(spec.maxEpisodeSteps() + number % 2);
        }
      };
    }

    @Override
    protected ActionChooser chooser() {
      // Keeps in the middle, where the limit makes no difference to any trace of ten steps.
      return (seen, row, random, actions) -> actions.ints()[row] = 2;
    }

    @Override
    protected int steps() {
      return 10;
    }

    @Override
    protected ActionChooser endingChooser() {
      return ActionChooser.random();
    }
  }

  static class StaticState extends Fast {
    private static Object current = "";

    @Override
    protected Environment create() {
      return new Walk() {
        @Override
        public void reset(RandomStream random, Observation observation) {
          super.reset(random, observation);
          current = this;
        }

        @Override
        public void step(Action action, RandomStream random, Outcome outcome) {
          super.step(action, random, outcome);
          outcome.reward(outcome.reward() + (current.equals(this) ? 0 : 1));
        }
      };
    }
  }

  static class IgnoresItsSeed extends Fast {
    @Override
    protected Environment create() {
      return new Walk() {
        @Override
        double noise(RandomStream random) {
          return 0.25;
        }
      };
    }
  }

  static class FalselyDeterministic extends Fast {
    @Override
    protected Environment create() {
      return new Walk();
    }

    @Override
    protected boolean deterministic() {
      return true;
    }
  }

  static class OutsideItsSpace extends Fast {
    @Override
    protected Environment create() {
      return new Walk() {
        @Override
        void show(Observation observation) {
          super.show(observation);
          observation.setOf(0, 0, place >= 2 ? 1.5 : noise);
        }
      };
    }
  }

  static class UnwrittenElement extends Fast {
    @Override
    protected Environment create() {
      return new Walk() {
        @Override
        void show(Observation observation) {
          observation.setOf(0, 0, noise);
          observation.setDiscreteOf(1, 0, place + EDGE);
          for (int a = 0; a < 4; a++) {
            observation.allow(a, a < 3);
          }
        }
      };
    }
  }

  static class UnwrittenMask extends Fast {
    @Override
    protected Environment create() {
      return new Walk() {
        @Override
        void show(Observation observation) {
          observation.setOf(0, 0, noise);
          observation.setOf(0, 1, 0);
          observation.setDiscreteOf(1, 0, place + EDGE);
          for (int a = 0; a < 3; a++) {
            observation.allow(a, true);
          }
        }
      };
    }
  }

  static class InfiniteReward extends Fast {
    @Override
    protected Environment create() {
      return new Walk() {
        @Override
        public void step(Action action, RandomStream random, Outcome outcome) {
          super.step(action, random, outcome);
          outcome.reward(1 / (place - 2.0));
        }
      };
    }
  }

  static class DiscountAtTheEnd extends Fast {
    @Override
    protected Environment create() {
      return new Walk() {
        @Override
        public void step(Action action, RandomStream random, Outcome outcome) {
          super.step(action, random, outcome);
          outcome.discount(0.9);
        }
      };
    }
  }

  static class NothingAllowed extends Fast {
    @Override
    protected Environment create() {
      return new Walk() {
        @Override
        void show(Observation observation) {
          super.show(observation);
          for (int a = 0; a < 3; a++) {
            observation.allow(a, place != 2);
          }
        }
      };
    }
  }

  static class NeverEnds extends Fast {
    @Override
    protected Environment create() {
      return new Walk() {
        @Override
        public void step(Action action, RandomStream random, Outcome outcome) {
          super.step(action, random, outcome);
          outcome.discount(1);
        }

        @Override
        public EnvironmentSpec spec() {
          return super.spec().withMaxEpisodeSteps(2);
        }
      };
    }

    @Override
    protected int endingSteps() {
      return 1000;
    }
  }

  static class EndsUndeclared extends Fast {
    @Override
    protected Environment create() {
      return new Walk() {
        @Override
        public EnvironmentSpec spec() {
          return super.spec().continuing();
        }
      };
    }
  }

  static class CutsItself extends Fast {
    @Override
    protected Environment create() {
      return new Walk() {
        @Override
        public void step(Action action, RandomStream random, Outcome outcome) {
          super.step(action, random, outcome);
          if (noise > 0.95) {
            outcome.truncate();
          }
        }
      };
    }
  }

  static class NeverCutsItself extends Fast {
    @Override
    protected Environment create() {
      return new Walk();
    }

    @Override
    protected boolean truncatesItself() {
      return true;
    }

    @Override
    protected int endingSteps() {
      return 1000;
    }
  }

  static class SingleEpisode extends Fast {
    @Override
    protected Environment create() {
      return new Walk() {
        @Override
        public void reset(RandomStream random, Observation observation) {
          if (Math.abs(place) == EDGE) {
            throw new IllegalStateException("the game is over");
          }
          super.reset(random, observation);
        }
      };
    }

    /** Too short for an end, except where an end is looked for. */
    @Override
    protected int steps() {
      return 4;
    }

    @Override
    protected ActionChooser chooser() {
      return (seen, row, random, actions) -> actions.ints()[row] = 2;
    }

    @Override
    protected ActionChooser endingChooser() {
      return (seen, row, random, actions) -> actions.ints()[row] = 3;
    }
  }

  static class RefusesAnEdge extends Fast {
    @Override
    protected Environment create() {
      return new Slider();
    }
  }

  /** Takes an action in [-1, 1], but not 1 itself. */
  static class Slider implements Environment, Stateful {
    private float place;

    @Override
    public EnvironmentSpec spec() {
      return EnvironmentSpec.of("test/Slider-v0", Box.of(-2f, 2f, 1), Box.of(-1f, 1f, 2))
          .withMaxEpisodeSteps(10)
          .continuing();
    }

    @Override
    public void reset(RandomStream random, Observation observation) {
      place = random.randomFloat();
      observation.set(0, place);
    }

    @Override
    public void step(Action action, RandomStream random, Outcome outcome) {
      if (action.get(1) == 1) {
        throw new IllegalArgumentException("too far");
      }
      place = (place + action.get(0)) / 2;
      outcome.observation().set(0, place);
    }

    @Override
    public void carry(State state) {
      state.begin("slider", 1);
      place = state.carry("place", place);
      state.end();
    }
  }

  static class RemembersAcrossResets extends Fast {
    @Override
    protected Environment create() {
      return new Walk() {
        @Override
        public void reset(RandomStream random, Observation observation) {
          // What an episode that did not reach its end left behind leaks into the next.
          double before = Math.abs(place) == EDGE ? 0 : momentum;
          super.reset(random, observation);
          momentum = before;
        }

        @Override
        public EnvironmentSpec spec() {
          return super.spec().withMaxEpisodeSteps(0);
        }
      };
    }
  }

  static class ClosesOnce extends Fast {
    @Override
    protected Environment create() {
      return new Walk() {
        private boolean closed;

        @Override
        public void close() {
          if (closed) {
            throw new IllegalStateException("closed already");
          }
          closed = true;
        }
      };
    }
  }

  static class ForgetsAField extends Fast {
    @Override
    protected Environment create() {
      return new Walk() {
        @Override
        public void carry(State state) {
          state.begin("walk", 1);
          place = state.carry("place", place);
          state.end();
        }
      };
    }
  }

  static class SavingChangesIt extends Fast {
    @Override
    protected Environment create() {
      return new Walk() {
        @Override
        public void carry(State state) {
          super.carry(state);
          if (!state.restoring()) {
            momentum += 0.5;
          }
        }
      };
    }
  }

  static class SavesSomethingElse extends Fast {
    @Override
    protected Environment create() {
      return new Walk() {
        private int restores;

        @Override
        public void carry(State state) {
          super.carry(state);
          int saved = state.carry("restores", restores);
          restores = state.restoring() ? saved + 1 : saved;
        }
      };
    }
  }

  static class CannotBeginAnew extends Fast {
    @Override
    protected Environment create() {
      return new Walk() {
        private boolean running;

        @Override
        public EnvironmentSpec spec() {
          return super.spec().withMaxEpisodeSteps(0).notResumable();
        }

        @Override
        public void step(Action action, RandomStream random, Outcome outcome) {
          super.step(action, random, outcome);
          running = !outcome.terminated();
        }

        @Override
        public void reset(RandomStream random, Observation observation) {
          if (running) {
            throw new IllegalStateException("can't begin in the middle");
          }
          super.reset(random, observation);
        }
      };
    }
  }

  static class InterpretedOtherwise extends EnvironmentContract {
    @Override
    protected Environment create() {
      boolean interpreted = System.getProperty("java.vm.info", "").contains("interpreted");
      return new Walk() {
        @Override
        public void step(Action action, RandomStream random, Outcome outcome) {
          super.step(action, random, outcome);
          outcome.reward(interpreted ? Math.nextUp(outcome.reward()) : outcome.reward());
        }
      };
    }
  }

  static class LookingMoves extends Fast {
    @Override
    protected Environment create() {
      return new Walk() {
        @Override
        public String text(boolean colour) {
          momentum += 0.125;
          return super.text(colour);
        }
      };
    }
  }

  static class ColourAnyway extends Fast {
    @Override
    protected Environment create() {
      return new Walk() {
        @Override
        public String text(boolean colour) {
          return super.text(true);
        }
      };
    }
  }

  static class DrawingMoves extends Fast {
    @Override
    protected Environment create() {
      return new Walk() {
        @Override
        public void draw(int[] argb, int width, int height) {
          momentum += 0.125;
          super.draw(argb, width, height);
        }
      };
    }
  }

  static class HoleInThePicture extends Fast {
    @Override
    protected Environment create() {
      return new Walk() {
        @Override
        public void draw(int[] argb, int width, int height) {
          super.draw(argb, width, height);
          argb[width + 3] = 0x7F123456;
        }
      };
    }
  }

  static class PictureTooLong extends Fast {
    @Override
    protected Environment create() {
      return new Walk() {
        @Override
        public void draw(int[] argb, int width, int height) {
          Arrays.fill(argb, 0xFFFFFFFF);
        }
      };
    }
  }

  static class WrongAspect extends Fast {
    @Override
    protected Environment create() {
      return new Walk() {
        @Override
        public double aspect() {
          return Double.NaN;
        }
      };
    }
  }

  static class WrongModel extends Fast {
    @Override
    protected Environment create() {
      return new MisModelled(1, 2);
    }
  }

  static class WrongStart extends Fast {
    @Override
    protected Environment create() {
      return new MisModelled(0, 0);
    }
  }

  /** A corridor with a model that pays something else, or starts somewhere else. */
  private static final class MisModelled implements Environment, Stateful, Modelled {
    private final Corridor corridor = new Corridor(3);
    private final double start;
    private final double pay;

    MisModelled(double start, double pay) {
      this.start = start;
      this.pay = pay;
    }

    @Override
    public EnvironmentSpec spec() {
      return corridor.spec();
    }

    @Override
    public void reset(RandomStream random, Observation observation) {
      corridor.reset(random, observation);
    }

    @Override
    public void step(Action action, RandomStream random, Outcome outcome) {
      corridor.step(action, random, outcome);
    }

    @Override
    public FiniteModel model() {
      FiniteModel right = corridor.model();
      FiniteModel.Builder model = FiniteModel.builder(right.states(), right.actions());
      double[] initial = start == 0 ? new double[] {0, 0, 1} : new double[] {0.5, 0.5, 0};
      for (int s = 0; s < right.states(); s++) {
        model.initial(s, initial[s]);
        for (int a = 0; a < right.actions(); a++) {
          for (int o = right.from(s, a); o < right.to(s, a); o++) {
            double reward = pay * right.reward(o);
            model.add(s, a, right.probability(o), right.next(o), reward, right.terminated(o));
          }
        }
      }
      return model.build();
    }

    @Override
    public void carry(State state) {
      corridor.carry(state);
    }
  }

  static class AllocatesPerStep extends Fast {
    @Override
    protected Environment create() {
      return new Walk() {
        private double[] copy = {};

        @Override
        public void step(Action action, RandomStream random, Outcome outcome) {
          super.step(action, random, outcome);
          copy = Arrays.copyOf(copy, 3);
        }
      };
    }
  }

  static class AllocatesPerReset extends Fast {
    @Override
    protected Environment create() {
      return new Walk() {
        private double[] copy = {};

        @Override
        public void reset(RandomStream random, Observation observation) {
          super.reset(random, observation);
          copy = Arrays.copyOf(copy, 3);
        }
      };
    }
  }
}
