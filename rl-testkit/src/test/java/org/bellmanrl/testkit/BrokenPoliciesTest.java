package org.bellmanrl.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;
import org.bellmanrl.api.Actions;
import org.bellmanrl.api.Actor;
import org.bellmanrl.api.EnvironmentSpec;
import org.bellmanrl.api.Observations;
import org.bellmanrl.api.Policy;
import org.bellmanrl.api.ValueFunction;
import org.bellmanrl.api.random.RandomStreams;
import org.bellmanrl.api.space.Discrete;
import org.bellmanrl.api.space.Rows;
import org.bellmanrl.api.state.State;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Broken policies and value functions fail the check that is for them and no other. */
class BrokenPoliciesTest {
  static final EnvironmentSpec TASK =
      EnvironmentSpec.of(
          "test/Table-v0", new Discrete(TablePolicy.STATES), new Discrete(TablePolicy.ACTIONS));

  abstract static class Policies extends PolicyContract {
    @Override
    protected EnvironmentSpec task() {
      return TASK;
    }

    @Override
    protected Policy create() {
      return new Broken();
    }

    /** Makes the actors, broken. */
    Actor actor(TablePolicy policy, int rows, RandomStreams random) {
      return policy.new TableActor(rows, random);
    }

    class Broken extends TablePolicy {
      Broken() {
        super(someTable());
      }

      @Override
      public Actor actor(int rows, RandomStreams random) {
        return Policies.this.actor(this, rows, random);
      }

      @Override
      public Policy snapshot() {
        return new Broken();
      }
    }
  }

  static class Sound extends Policies {}

  static class ActsOutside extends Policies {
    @Override
    Actor actor(TablePolicy policy, int rows, RandomStreams random) {
      return policy.new TableActor(rows, random) {
        @Override
        public void act(Rows listed, Observations observations, Actions actions) {
          super.act(listed, observations, actions);
          for (int i = 0; i < listed.count(); i++) {
            int row = listed.at(i);
            // Masked tasks are left alone, so that one check alone fails.
            if (observations.maskWidth() == 0 && observations.values().ints()[row] == 4) {
              actions.values().ints()[row] = 3;
            }
          }
        }
      };
    }
  }

  static class IgnoresMasks extends Policies {
    @Override
    Actor actor(TablePolicy policy, int rows, RandomStreams random) {
      return policy.new TableActor(rows, random) {
        @Override
        boolean allows(Observations observations, int row, int action) {
          return true;
        }
      };
    }
  }

  static class SharedStream extends Policies {
    @Override
    protected Policy create() {
      int[] calls = new int[1];
      return new TablePolicy(TablePolicy.someTable()) {
        @Override
        public Actor actor(int rows, RandomStreams random) {
          return new TableActor(rows, random) {
            @Override
            public void act(Rows listed, Observations observations, Actions actions) {
              super.act(listed, observations, actions);
              // So late that only two actors together, taking 2 * steps(), come there.
              if (calls[0]++ > 19 * steps() / 10) {
                actions.extras().floats()[listed.at(0)] += 1;
              }
            }
          };
        }
      };
    }
  }

  static class UnwrittenExtras extends Policies {
    @Override
    Actor actor(TablePolicy policy, int rows, RandomStreams random) {
      return policy.new TableActor(rows, random) {
        @Override
        public void act(Rows listed, Observations observations, Actions actions) {
          float[] before = actions.extras().floats().clone();
          super.act(listed, observations, actions);
          for (int i = 0; i < listed.count(); i++) {
            int row = listed.at(i);
            if (before[row] < -1e30f || Float.isNaN(before[row])) {
              actions.extras().floats()[row] = before[row];
            }
          }
        }
      };
    }

    @Override
    protected Optional<String> allocates() {
      return Optional.of("copies what stood there");
    }
  }

  static class WritesOtherRows extends Policies {
    @Override
    Actor actor(TablePolicy policy, int rows, RandomStreams random) {
      return policy.new TableActor(rows, random) {
        @Override
        public void act(Rows listed, Observations observations, Actions actions) {
          super.act(listed, observations, actions);
          if (listed.count() == 1) {
            actions.values().ints()[(listed.at(0) + 1) % rows] = 0;
          }
        }
      };
    }
  }

  static class DependsOnTheList extends Policies {
    @Override
    Actor actor(TablePolicy policy, int rows, RandomStreams random) {
      return policy.new TableActor(rows, random) {
        @Override
        public void act(Rows listed, Observations observations, Actions actions) {
          super.act(listed, observations, actions);
          actions.extras().floats()[listed.at(0)] += listed.isAll() ? 0 : 1;
        }
      };
    }
  }

  static class SnapshotOfSomethingElse extends Policies {
    @Override
    protected Policy create() {
      return new TablePolicy(TablePolicy.someTable()) {
        @Override
        public Policy snapshot() {
          return new TablePolicy(new double[table.length]);
        }
      };
    }
  }

  static class SnapshotWithSharedScratch extends Policies {
    @Override
    protected Policy create() {
      return new TablePolicy(TablePolicy.someTable()) {
        @Override
        public Policy snapshot() {
          return new Scratch();
        }
      };
    }
  }

  /** Actors share a place for the chosen value, which threads overwrite for one another. */
  private static final class Scratch extends TablePolicy {
    private final Object lock = new Object();
    private Thread first = Thread.currentThread();

    Scratch() {
      super(someTable());
    }

    @Override
    public Policy snapshot() {
      return new Scratch();
    }

    @Override
    public Actor actor(int rows, RandomStreams random) {
      return new TableActor(rows, random) {
        @Override
        public void act(Rows listed, Observations observations, Actions actions) {
          super.act(listed, observations, actions);
          synchronized (lock) {
            if (first != Thread.currentThread()) {
              actions.extras().floats()[listed.at(0)] += 1;
            }
          }
        }
      };
    }
  }

  static class ForgetsItsStream extends Policies {
    @Override
    Actor actor(TablePolicy policy, int rows, RandomStreams random) {
      return policy.new TableActor(rows, random) {
        @Override
        public void carry(State state, int row) {
          state.begin("table-actor", 1);
          acted[row] = state.carry("acted", acted[row]);
          state.end();
        }
      };
    }
  }

  static class Allocates extends Policies {
    @Override
    Actor actor(TablePolicy policy, int rows, RandomStreams random) {
      return policy.new TableActor(rows, random) {
        private int[] copy = {};

        @Override
        public void act(Rows listed, Observations observations, Actions actions) {
          super.act(listed, observations, actions);
          copy = Arrays.copyOf(copy, 5);
        }
      };
    }
  }

  abstract static class Values extends ValueFunctionContract<TableValues> {
    @Override
    protected EnvironmentSpec task() {
      return TASK;
    }

    @Override
    protected TableValues create() {
      return new TableValues(TablePolicy.someTable());
    }

    @Override
    protected void change(TableValues values) {
      for (int i = 0; i < values.table.length; i++) {
        values.table[i] += 0.5 * i;
      }
    }
  }

  static class SoundValues extends Values {}

  static class InfiniteValues extends Values {
    @Override
    protected void change(TableValues values) {
      Arrays.fill(values.table, Double.POSITIVE_INFINITY);
    }
  }

  static class AddsUp extends Values {
    @Override
    protected TableValues create() {
      return new TableValues(TablePolicy.someTable()) {
        @Override
        public void evaluate(Rows rows, Observations observations, double[] values) {
          double[] before = values.clone();
          super.evaluate(rows, observations, values);
          for (int i = 0; i < rows.count(); i++) {
            values[rows.at(i) * width()] += before[rows.at(i) * width()];
          }
        }
      };
    }

    @Override
    protected Optional<String> allocates() {
      return Optional.of("copies what stood there");
    }
  }

  static class WritesAllRows extends Values {
    @Override
    protected TableValues create() {
      return new TableValues(TablePolicy.someTable()) {
        @Override
        public void evaluate(Rows rows, Observations observations, double[] values) {
          super.evaluate(rows, observations, values);
          if (!rows.isAll()) {
            values[0] = 0;
          }
        }
      };
    }
  }

  static class LiveSnapshot extends Values {
    @Override
    protected TableValues create() {
      return new TableValues(TablePolicy.someTable()) {
        @Override
        public TableValues snapshot() {
          return this;
        }
      };
    }

    // Threads that read what is being changed may or may not see it.
    @Override
    public void snapshot_servesSeveralThreads() {}
  }

  static class ThreadBoundSnapshot extends Values {
    @Override
    protected TableValues create() {
      return new TableValues(TablePolicy.someTable()) {
        @Override
        public TableValues snapshot() {
          Thread maker = Thread.currentThread();
          return new TableValues(table.clone()) {
            @Override
            public void evaluate(Rows rows, Observations observations, double[] values) {
              super.evaluate(rows, observations, values);
              values[3] += maker.equals(Thread.currentThread()) ? 0 : 1;
            }
          };
        }
      };
    }
  }

  static class ChangesNothing extends Values {
    @Override
    protected void change(TableValues values) {}
  }

  static class SavesHalf extends Values {
    @Override
    protected TableValues create() {
      return new TableValues(TablePolicy.someTable()) {
        @Override
        public void carry(State state) {
          state.carry("table", table, 0, 9);
        }
      };
    }
  }

  static class AllocatesValues extends Values {
    @Override
    protected TableValues create() {
      return new TableValues(TablePolicy.someTable()) {
        private double[] copy = {};

        @Override
        public void evaluate(Rows rows, Observations observations, double[] values) {
          super.evaluate(rows, observations, values);
          copy = Arrays.copyOf(copy, 5);
        }
      };
    }
  }

  /** A table of action values. */
  static class TableValues implements ValueFunction {
    final double[] table;

    TableValues(double[] table) {
      this.table = table;
    }

    @Override
    public int width() {
      return TablePolicy.ACTIONS;
    }

    @Override
    public void evaluate(Rows rows, Observations observations, double[] values) {
      for (int i = 0; i < rows.count(); i++) {
        int row = rows.at(i);
        int state = observations.values().ints()[row];
        System.arraycopy(table, state * width(), values, row * width(), width());
      }
    }

    @Override
    public TableValues snapshot() {
      return new TableValues(table.clone());
    }

    @Override
    public void carry(State state) {
      state.carry("table", table);
    }
  }

  static Stream<Arguments> broken() {
    return Stream.of(
        broken(ActsOutside.class, "actions_lieInTheirSpace", "Discrete(3)", "actual:   3"),
        broken(IgnoresMasks.class, "masks_areHonoured", "masked action"),
        broken(SharedStream.class, "sameStreams_giveSameActions", "equal streams", "extras"),
        broken(UnwrittenExtras.class, "listedRows_areWrittenWholeAndNoOther", "extras/value"),
        broken(
            WritesOtherRows.class,
            "listedRows_areWrittenWholeAndNoOther",
            "row 0 was listed: action"),
        broken(DependsOnTheList.class, "subsetsOfRows_equalAllRows", "extras"),
        broken(SnapshotOfSomethingElse.class, "snapshot_actsLikeThePolicy", "snapshot acts like"),
        broken(SnapshotWithSharedScratch.class, "snapshot_servesSeveralThreads", "threads alike"),
        broken(ForgetsItsStream.class, "restoredActor_hasTheSameFuture", "same future"),
        broken(Allocates.class, "warmActing_allocatesNothing", "bytes"),
        broken(InfiniteValues.class, "estimates_areFiniteAndRepeatable", "Infinity"),
        broken(AddsUp.class, "listedRows_areWrittenWholeAndNoOther", "written whole"),
        broken(WritesAllRows.class, "listedRows_areWrittenWholeAndNoOther", "left alone"),
        broken(LiveSnapshot.class, "snapshot_staysAsItWas", "when learning goes on"),
        broken(ThreadBoundSnapshot.class, "snapshot_servesSeveralThreads", "threads alike"),
        broken(ChangesNothing.class, "change_isSeen", "change(values)"),
        broken(SavesHalf.class, "restored_estimatesTheSame", "restored values"),
        broken(AllocatesValues.class, "warmEvaluating_allocatesNothing", "bytes"));
  }

  private static Arguments broken(Class<?> contract, String check, String... words) {
    return Arguments.of(contract, check, words);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("broken")
  void contract_ofBrokenSubject_failsTheCheckForIt(
      Class<?> contract, String check, String[] words) {
    Runs runs = Runs.of(contract);

    assertThat(runs.failures).containsOnlyKeys(check);
    assertThat(runs.failures.get(check)).contains(words);
  }

  @Test
  void contract_ofSoundSubjects_passesEveryCheck() {
    assertThat(Runs.of(Sound.class).failures).isEmpty();
    assertThat(Runs.of(Sound.class).passed).hasSize(9);
    assertThat(Runs.of(SoundValues.class).failures).isEmpty();
    assertThat(Runs.of(SoundValues.class).passed).hasSize(7);
  }
}
