package org.bellmanrl.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.bellmanrl.api.Accepts;
import org.bellmanrl.api.Actor;
import org.bellmanrl.api.Learner;
import org.bellmanrl.api.LearnerContext;
import org.bellmanrl.api.Observations;
import org.bellmanrl.api.Policy;
import org.bellmanrl.api.Transitions;
import org.bellmanrl.api.ValueFunction;
import org.bellmanrl.api.VectorEnvironment;
import org.bellmanrl.api.random.RandomStream;
import org.bellmanrl.api.random.RandomStreams;
import org.bellmanrl.api.random.Streams.Role;
import org.bellmanrl.api.space.Box;
import org.bellmanrl.api.space.Discrete;
import org.bellmanrl.api.space.Space;
import org.bellmanrl.api.state.State;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Broken learners fail the check that is for them and no other. */
class BrokenLearnersTest {
  private static final Accepts ACCEPTS =
      new Accepts(List.of(Space.Kind.DISCRETE), List.of(Space.Kind.DISCRETE));

  abstract static class Learners extends LearnerContract {
    @Override
    protected Learner create(LearnerContext context) {
      return new TableLearner(context);
    }

    @Override
    protected Accepts accepts() {
      return ACCEPTS;
    }

    @Override
    protected VectorEnvironment task(int rows) {
      return RandomTask.rows(
          rows, new Discrete(TablePolicy.STATES), new Discrete(TablePolicy.ACTIONS));
    }

    @Override
    protected List<VectorEnvironment> acceptedTasks(int rows) {
      return List.of(task(rows));
    }

    @Override
    protected Optional<String> notInterpreted() {
      return Optional.of("tested by one class for all");
    }
  }

  /** Moves each entry towards the reward; a small random step size makes it have a stream. */
  static class TableLearner implements Learner {
    double[] table = new double[TablePolicy.STATES * TablePolicy.ACTIONS];
    final RandomStream random;
    final Policy policy;

    TableLearner(LearnerContext context) {
      check(context);
      this.random = context.streams().stream(Role.LEARNER, 0);
      this.policy = policy();
    }

    void check(LearnerContext context) {
      ACCEPTS.check("table-learner", context.spec());
    }

    @Override
    public Policy behaviour() {
      return policy;
    }

    @Override
    public Policy policy() {
      return policy == null ? new TablePolicy(table) : policy;
    }

    @Override
    public void observe(Transitions transitions) {
      for (int i = 0; i < transitions.rows().count(); i++) {
        int row = transitions.rows().at(i);
        learn(transitions, row);
      }
    }

    void learn(Transitions transitions, int row) {
      int state = transitions.observations().values().ints()[row];
      int at = state * TablePolicy.ACTIONS + transitions.actions().values().ints()[row];
      table[at] += 0.1 * random.random() * (transitions.reward()[row] - table[at]);
    }

    @Override
    public Optional<ValueFunction> values() {
      return Optional.of(new BrokenPoliciesTest.TableValues(table));
    }

    @Override
    public void carry(State state) {
      state.begin("table-learner", 1);
      state.carry("table", table);
      state.carry("random", random);
      state.end();
    }
  }

  static class Sound extends Learners {}

  static class SharesItsTable extends Learners {
    private static Object current = "";

    @Override
    protected Learner create(LearnerContext context) {
      return new TableLearner(context) {
        @Override
        void learn(Transitions transitions, int row) {
          super.learn(transitions, row);
          table[0] += current.equals(this) ? 0 : 1e-3;
          current = this;
        }
      };
    }
  }

  static class ForgetsItsStream extends Learners {
    @Override
    protected Learner create(LearnerContext context) {
      return new TableLearner(context) {
        @Override
        public void carry(State state) {
          state.carry("table", table);
        }
      };
    }
  }

  static class IgnoresMasks extends Learners {
    @Override
    protected Learner create(LearnerContext context) {
      return new TableLearner(context) {
        @Override
        public Policy behaviour() {
          return new TablePolicy(table) {
            @Override
            public Actor actor(int rows, RandomStreams streams) {
              return new TableActor(rows, streams) {
                @Override
                boolean allows(Observations seen, int row, int action) {
                  return true;
                }
              };
            }
          };
        }
      };
    }
  }

  static class TakesAnything extends Learners {
    @Override
    protected Learner create(LearnerContext context) {
      return new TableLearner(context) {
        @Override
        void check(LearnerContext unchecked) {}
      };
    }
  }

  static class AcceptsTooMuch extends Learners {
    @Override
    protected Accepts accepts() {
      return new Accepts(List.of(Space.Kind.DISCRETE, Space.Kind.PIXELS), ACCEPTS.actions());
    }

    @Override
    protected List<VectorEnvironment> acceptedTasks(int rows) {
      return List.of(RandomTask.rows(rows, Box.pixels(8, 8, 1), new Discrete(TablePolicy.ACTIONS)));
    }
  }

  static class NewPoliciesEachTime extends Learners {
    @Override
    protected Learner create(LearnerContext context) {
      return new TableLearner(context) {
        @Override
        public Policy policy() {
          return new TablePolicy(table);
        }
      };
    }
  }

  static class Explodes extends Learners {
    @Override
    protected Learner create(LearnerContext context) {
      return new TableLearner(context) {
        private final double[] exploding = {1, 1, Double.NaN};

        @Override
        public Optional<ValueFunction> values() {
          double[] values = table.clone();
          System.arraycopy(exploding, 0, values, 0, exploding.length);
          return Optional.of(new BrokenPoliciesTest.TableValues(values));
        }
      };
    }
  }

  static class LiveSnapshots extends Learners {
    @Override
    protected Learner create(LearnerContext context) {
      return new TableLearner(context) {
        @Override
        public Optional<ValueFunction> values() {
          return Optional.of(
              new BrokenPoliciesTest.TableValues(table) {
                @Override
                public BrokenPoliciesTest.TableValues snapshot() {
                  return this;
                }
              });
        }
      };
    }
  }

  static class ThreadBoundSnapshots extends Learners {
    @Override
    protected Learner create(LearnerContext context) {
      return new TableLearner(context) {
        @Override
        public Policy policy() {
          return new SnapshotOf(table);
        }
      };
    }

    @Override
    public void policies_areTheSameObjectsForLife() {}
  }

  /** Its snapshots answer other threads otherwise. */
  private static final class SnapshotOf extends TablePolicy {
    SnapshotOf(double[] table) {
      super(table);
    }

    @Override
    public Policy snapshot() {
      Thread maker = Thread.currentThread();
      double[] other = table.clone();
      other[0] += 1000;
      double[] own = table.clone();
      return new TablePolicy(own) {
        @Override
        public Actor actor(int rows, RandomStreams streams) {
          boolean same = maker.equals(Thread.currentThread());
          return same ? super.actor(rows, streams) : new TablePolicy(other).actor(rows, streams);
        }
      };
    }
  }

  static class LearnsFromAllRows extends Learners {
    @Override
    protected Learner create(LearnerContext context) {
      return new TableLearner(context) {
        @Override
        public void observe(Transitions transitions) {
          for (int row = 0; row < transitions.rows().capacity(); row++) {
            learn(transitions, row);
          }
        }
      };
    }
  }

  static class Allocates extends Learners {
    @Override
    protected Learner create(LearnerContext context) {
      return new TableLearner(context) {
        private double[] copy = {};

        @Override
        public void observe(Transitions transitions) {
          super.observe(transitions);
          copy = Arrays.copyOf(copy, 5);
        }
      };
    }
  }

  static class InterpretedOtherwise extends Learners {
    @Override
    protected Learner create(LearnerContext context) {
      boolean interpreted = System.getProperty("java.vm.info", "").contains("interpreted");
      return new TableLearner(context) {
        @Override
        void learn(Transitions transitions, int row) {
          super.learn(transitions, row);
          table[3] = interpreted ? Math.nextUp(table[3]) : table[3];
        }
      };
    }

    @Override
    protected Optional<String> notInterpreted() {
      return Optional.empty();
    }
  }

  static Stream<Arguments> broken() {
    return Stream.of(
        broken(
            SharesItsTable.class,
            // Whatever trains two at once notices.
            "sameSeed_givesSameLearner,interrupted_equalsUninterrupted",
            "table[0]"),
        broken(ForgetsItsStream.class, "interrupted_equalsUninterrupted", "expected:"),
        broken(IgnoresMasks.class, "masks_areHonoured,policies_areTheSameObjectsForLife", "mask"),
        broken(TakesAnything.class, "wrongSpaces_areRefused", "MultiDiscrete[3, 2]"),
        broken(AcceptsTooMuch.class, "acceptedSpaces_areLearnedOn", "Box([8, 8, 1]"),
        broken(NewPoliciesEachTime.class, "policies_areTheSameObjectsForLife", "policy()"),
        broken(Explodes.class, "values_areFinite", "NaN"),
        broken(LiveSnapshots.class, "snapshots_stayAsTheyWere", "values"),
        broken(ThreadBoundSnapshots.class, "snapshot_servesSeveralThreads", "threads alike"),
        broken(LearnsFromAllRows.class, "unlistedRows_areNotLearnedFrom", "table["),
        broken(Allocates.class, "warmLearning_allocatesNothing", "bytes"),
        broken(InterpretedOtherwise.class, "interpreted_equalsCompiled", "-Xint"));
  }

  private static Arguments broken(Class<?> contract, String check, String... words) {
    return Arguments.of(contract, check, words);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("broken")
  void contract_ofBrokenLearner_failsTheCheckForIt(
      Class<?> contract, String check, String[] words) {
    Runs runs = Runs.of(contract);

    assertThat(runs.failures).containsOnlyKeys(check.split(",", -1));
    assertThat(runs.failures.get(check.split(",", -1)[0])).contains(words);
  }

  @Test
  void contract_ofSoundLearner_passesEveryCheck() {
    Runs runs = Runs.of(Sound.class);

    assertThat(runs.failures).isEmpty();
    assertThat(runs.aborted).containsOnlyKeys("interpreted_equalsCompiled");
  }
}
