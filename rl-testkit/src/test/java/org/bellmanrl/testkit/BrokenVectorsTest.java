package org.bellmanrl.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.bellmanrl.api.Environment;
import org.bellmanrl.api.EnvironmentSpec;
import org.bellmanrl.api.Observations;
import org.bellmanrl.api.Outcomes;
import org.bellmanrl.api.VectorEnvironment;
import org.bellmanrl.api.Wrapper;
import org.bellmanrl.api.random.RandomStreams;
import org.bellmanrl.api.space.Box;
import org.bellmanrl.api.space.Columns;
import org.bellmanrl.api.space.Discrete;
import org.bellmanrl.api.space.Rows;
import org.bellmanrl.api.state.State;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Broken batches and wrappers fail the check that is for them and no other. */
class BrokenVectorsTest {
  abstract static class Vectors extends VectorEnvironmentContract {
    @Override
    protected VectorEnvironment create(int rows) {
      return breakIt(walks(rows));
    }

    @Override
    protected Optional<VectorEnvironment> create(int rows, int threads) {
      return Optional.of(create(rows));
    }

    VectorEnvironment breakIt(VectorEnvironment walks) {
      return walks;
    }

    @Override
    protected Environment createSingle() {
      return new Walk();
    }

    @Override
    protected int rows() {
      return 5;
    }

    @Override
    protected Optional<String> notInterpreted() {
      return Optional.of("tested with single environments");
    }
  }

  private static VectorEnvironment walks(int rows) {
    Environment[] walks = new Environment[rows];
    Arrays.setAll(walks, row -> new Walk());
    return VectorEnvironment.of(walks);
  }

  static class Sound extends Vectors {}

  static class UnequalRow extends Vectors {
    @Override
    VectorEnvironment breakIt(VectorEnvironment walks) {
      return new Rowed(walks) {
        @Override
        public void step(Rows rows, Columns actions, RandomStreams random, Outcomes outcomes) {
          super.step(rows, actions, random, outcomes);
          for (int i = 0; i < rows.count(); i++) {
            if (rows.at(i) == 3) {
              outcomes.reward()[3] = Math.nextUp(outcomes.reward()[3]);
            }
          }
        }
      };
    }
  }

  static class DependsOnTheList extends Vectors {
    @Override
    VectorEnvironment breakIt(VectorEnvironment walks) {
      return new Rowed(walks) {
        @Override
        public void step(Rows rows, Columns actions, RandomStreams random, Outcomes outcomes) {
          super.step(rows, actions, random, outcomes);
          if (!rows.isAll()) {
            outcomes.reward()[rows.at(0)] += 1;
          }
        }
      };
    }
  }

  static class WritesIntoOthers extends Vectors {
    @Override
    VectorEnvironment breakIt(VectorEnvironment walks) {
      return new Rowed(walks) {
        @Override
        public void step(Rows rows, Columns actions, RandomStreams random, Outcomes outcomes) {
          super.step(rows, actions, random, outcomes);
          if (rows.count() == 1) {
            outcomes.discount()[(rows.at(0) + 1) % rows()] = 1;
          }
        }
      };
    }
  }

  static class ResetsOthers extends Vectors {
    @Override
    VectorEnvironment breakIt(VectorEnvironment walks) {
      return new Rowed(walks) {
        @Override
        public void reset(Rows rows, RandomStreams random, Observations observations) {
          super.reset(rows, random, observations);
          for (int row = 0; row < rows() && rows.count() == 1; row++) {
            boolean poisoned = observations.values().ints()[row] == 0x5EED5EED;
            if (poisoned) {
              observations.values().ints()[row] = 1;
            }
          }
        }
      };
    }
  }

  static class DependsOnThreads extends Vectors {
    @Override
    protected Optional<VectorEnvironment> create(int rows, int threads) {
      return Optional.of(
          new Rowed(walks(rows)) {
            @Override
            public void step(Rows listed, Columns actions, RandomStreams random, Outcomes out) {
              super.step(listed, actions, random, out);
              out.reward()[rows - 1] += threads == 3 ? 1e-9 : 0;
            }
          });
    }
  }

  static class SavesTheFirstRow extends Vectors {
    @Override
    VectorEnvironment breakIt(VectorEnvironment walks) {
      return new Rowed(walks) {
        @Override
        public void carry(State state, int row) {
          super.carry(state, Math.min(row, 3));
        }
      };
    }
  }

  static class HasAnotherFormInABatch extends Vectors {
    @Override
    VectorEnvironment breakIt(VectorEnvironment walks) {
      return new Rowed(walks) {
        @Override
        public void carry(State state, int row) {
          state.begin("batched", 1);
          super.carry(state, row);
          state.end();
        }
      };
    }
  }

  static class TooFewRows extends Vectors {
    @Override
    protected VectorEnvironment create(int rows) {
      return walks(rows);
    }

    @Override
    protected Optional<VectorEnvironment> create(int rows, int threads) {
      return Optional.empty();
    }

    @Override
    protected Environment createSingle() {
      return new Walk() {
        @Override
        public EnvironmentSpec spec() {
          return super.spec().withMaxEpisodeSteps(41);
        }
      };
    }
  }

  abstract static class Wrappers extends WrapperContract {
    @Override
    protected Wrapper wrapper() {
      return inner -> wrap(inner);
    }

    abstract VectorEnvironment wrap(VectorEnvironment inner);

    @Override
    protected VectorEnvironment inner(int rows) {
      return walks(rows);
    }

    @Override
    protected Optional<String> notInterpreted() {
      return Optional.of("tested with single environments");
    }
  }

  static class SoundWrapper extends Wrappers {
    @Override
    VectorEnvironment wrap(VectorEnvironment inner) {
      if (inner.spec().actionSpace() instanceof Box) {
        throw new IllegalArgumentException("needs no " + inner.spec().actionSpace());
      }
      return new Rowed(inner);
    }

    @Override
    protected List<VectorEnvironment> refused() {
      return List.of(RandomTask.rows(1, new Discrete(2), Box.of(0f, 1f, 1)));
    }
  }

  static class TakesAnything extends Wrappers {
    @Override
    VectorEnvironment wrap(VectorEnvironment inner) {
      return new Rowed(inner);
    }

    @Override
    protected List<VectorEnvironment> refused() {
      return List.of(RandomTask.rows(1, new Discrete(2), Box.of(0f, 1f, 1)));
    }
  }

  static class LeavesTheInsideOpen extends Wrappers {
    @Override
    VectorEnvironment wrap(VectorEnvironment inner) {
      return new Rowed(inner) {
        @Override
        public void close() {}
      };
    }
  }

  static class SharesState extends Wrappers {
    private double[] total = {0};

    @Override
    protected Wrapper wrapper() {
      total = new double[] {0};
      return super.wrapper();
    }

    @Override
    VectorEnvironment wrap(VectorEnvironment inner) {
      double[] shared = total;
      return new Rowed(inner) {
        @Override
        public void step(Rows rows, Columns actions, RandomStreams random, Outcomes outcomes) {
          super.step(rows, actions, random, outcomes);
          outcomes.reward()[rows.at(0)] += shared[0]++;
        }
      };
    }

    @Override
    protected boolean forgetsAtReset() {
      return false;
    }

    @Override
    protected boolean rowsIndependent() {
      return false;
    }
  }

  static class PassesWrongActions extends Wrappers {
    @Override
    VectorEnvironment wrap(VectorEnvironment inner) {
      return new Rowed(inner) {
        @Override
        public EnvironmentSpec spec() {
          EnvironmentSpec spec = super.spec();
          return spec.withSpaces(spec.observationSpace(), new Discrete(4, 2));
        }
      };
    }

    @Override
    protected VectorEnvironment inner(int rows) {
      return new RandomTask(new Discrete(3), new Discrete(4, 1)).rows(rows);
    }
  }

  static Stream<Arguments> broken() {
    return Stream.of(
        broken(
            UnequalRow.class,
            "rows_equalSingleEnvironments,movedRow_hasTheSameFuture",
            "row 3",
            "reward"),
        broken(
            DependsOnTheList.class,
            "subsetsOfRows_equalAllRows,movedRow_hasTheSameFuture",
            "reward"),
        broken(WritesIntoOthers.class, "unlistedRows_areLeftAlone", "lists row 1", "row 2"),
        broken(ResetsOthers.class, "unlistedRows_areLeftAlone", "a reset leaves", "place"),
        broken(DependsOnThreads.class, "threads_changeNothing", "3 threads", "row 4"),
        broken(
            SavesTheFirstRow.class,
            "movedRow_hasTheSameFuture,restored_midEpisode_hasTheSameFuture",
            "was moved"),
        broken(HasAnotherFormInABatch.class, "movedRow_hasTheSameFuture", "batched"),
        broken(
            TooFewRows.class,
            "rows_equalSingleEnvironments,movedRow_hasTheSameFuture",
            "spec of the single"),
        broken(TakesAnything.class, "wrongTask_isRefused", "Box([1], 0.0, 1.0, float32)"),
        broken(LeavesTheInsideOpen.class, "close_closesTheInside", "close reaches"),
        broken(
            SharesState.class,
            // Nor is what is shared saved.
            "oneWrapper_wrapsManyTimes,restored_midEpisode_hasTheSameFuture",
            "shares nothing"),
        broken(PassesWrongActions.class, "inside_getsItsOwnActions", "Discrete(4, start=1)", "5"));
  }

  private static Arguments broken(Class<?> contract, String check, String... words) {
    return Arguments.of(contract, check, words);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("broken")
  void contract_ofBrokenBatch_failsTheCheckForIt(Class<?> contract, String check, String[] words) {
    Runs runs = Runs.of(contract);

    assertThat(runs.failures).containsOnlyKeys(check.split(",", -1));
    assertThat(runs.failures.get(check.split(",", -1)[0])).contains(words);
  }

  @Test
  void contract_ofSoundBatch_passesEveryCheck() {
    Runs runs = Runs.of(Sound.class);

    assertThat(runs.failures).isEmpty();
    assertThat(runs.aborted).containsOnlyKeys("interpreted_equalsCompiled", "steps_areInTheModel");
    assertThat(runs.passed).contains("threads_changeNothing", "rows_equalSingleEnvironments");
  }

  @Test
  void contract_ofSoundWrapper_passesEveryCheck() {
    Runs runs = Runs.of(SoundWrapper.class);

    assertThat(runs.failures).isEmpty();
    assertThat(runs.aborted).containsOnlyKeys("interpreted_equalsCompiled", "steps_areInTheModel");
    assertThat(runs.passed).contains("wrongTask_isRefused", "oneWrapper_wrapsManyTimes");
  }
}
