package org.bellmanrl.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.bellmanrl.api.interaction.Simulation;
import org.bellmanrl.api.random.RandomStream;
import org.bellmanrl.api.random.RandomStreams;
import org.bellmanrl.api.space.Box;
import org.bellmanrl.api.space.Columns;
import org.bellmanrl.api.space.MultiDiscrete;
import org.bellmanrl.api.space.Rows;
import org.bellmanrl.api.state.BinaryState;
import org.bellmanrl.api.state.StateException;
import org.junit.jupiter.api.Test;

class EpisodeLogTest {

  /** A walk whose place can't be read: an environment over an engine that hides its state. */
  private static final class Hidden implements Environment {
    private final EnvironmentSpec spec =
        EnvironmentSpec.of("Hidden-v0", Box.of(-1e6f, 1e6f, 1), new MultiDiscrete(4, 3));
    private final double drift;
    private double place;

    Hidden(double drift) {
      this.drift = drift;
    }

    @Override
    public EnvironmentSpec spec() {
      return spec;
    }

    @Override
    public void reset(RandomStream random, Observation observation) {
      place = random.random();
      observation.set(0, place);
    }

    @Override
    public void step(Action action, RandomStream random, Outcome outcome) {
      place += action.discrete(0) + 0.1 * action.discrete(1) + random.random() + drift;
      outcome.observation().set(0, place);
    }
  }

  @Test
  void restore_longEpisode_goesOnTheSame() {
    Simulation original = new Simulation(new Hidden(0));
    RandomStream chooser = RandomStream.ofSeed(1);
    original.reset(7);
    for (int i = 0; i < 1000; i++) {
      original.stepSampled(chooser);
    }
    Simulation restored = new Simulation(new Hidden(0));
    BinaryState.fromBytes(BinaryState.toBytes(original), restored);
    RandomStream other = chooser.copy();
    for (int i = 0; i < 300; i++) {
      original.stepSampled(chooser);
      restored.stepSampled(other);
      assertThat(restored.observation().get(0)).isEqualTo(original.observation().get(0));
    }
  }

  @Test
  void carry_afterMoreStepsThanAreRemembered_isRefusedUntilTheNextEpisode() {
    Simulation endless = new Simulation(new Hidden(0));
    RandomStream chooser = RandomStream.ofSeed(1);
    endless.reset(7);
    for (int i = 0; i < 2_200_000; i++) {
      endless.stepSampled(chooser);
    }
    assertThatThrownBy(() -> BinaryState.toBytes(endless))
        .isInstanceOf(StateException.class)
        .hasMessageContainingAll(
            "Hidden-v0 carries no state, and its episode of more than 2097", "max_episode_steps");
    endless.reset(8);
    endless.stepSampled(chooser);
    Simulation restored = new Simulation(new Hidden(0));
    BinaryState.fromBytes(BinaryState.toBytes(endless), restored);
    assertThat(restored.observation().get(0)).isEqualTo(endless.observation().get(0));
  }

  /** Wrappers draw from the environment's stream too: between steps, which no replay would see. */
  @Test
  void restore_streamDrawnFromBetweenSteps_goesOnTheSame() {
    Hidden original = new Hidden(0);
    VectorEnvironment played = VectorEnvironment.of(original);
    RandomStreams random = RandomStreams.ofSeeds(3);
    Rows row = Rows.all(1);
    Columns actions = new Columns(original.spec().actionSpace(), 1);
    Outcomes outcomes = new Outcomes(original.spec(), 1);
    played.reset(row, random, outcomes.observations());
    for (int i = 0; i < 50; i++) {
      if (i % 3 == 0) {
        random.row(0).next32();
      }
      actions.ints()[0] = i % 4;
      played.step(row, actions, random, outcomes);
    }
    Hidden restored = new Hidden(0);
    BinaryState.fromBytes(BinaryState.toBytes(played), VectorEnvironment.of(restored));
    assertThat(restored.place).isEqualTo(original.place);
  }

  @Test
  void restore_forgedAction_isRefused() {
    Simulation original = new Simulation(new Hidden(0));
    original.reset(7);
    original.stepSampled(RandomStream.ofSeed(1));
    Simulation other =
        new Simulation(
            new Environment() {
              private final Hidden inner = new Hidden(0);

              @Override
              public EnvironmentSpec spec() {
                return inner
                    .spec()
                    .withSpaces(inner.spec().observationSpace(), new MultiDiscrete(1, 1));
              }

              @Override
              public void reset(RandomStream random, Observation observation) {
                inner.reset(random, observation);
              }

              @Override
              public void step(Action action, RandomStream random, Outcome outcome) {
                inner.step(action, random, outcome);
              }
            });

    assertThatThrownBy(() -> BinaryState.fromBytes(BinaryState.toBytes(original), other))
        .isInstanceOf(StateException.class)
        .hasMessageContaining("action 0 of a saved episode of Hidden-v0 must be in");
  }

  @Test
  void restore_beforeFirstReset_isAsNew() {
    Simulation played = new Simulation(new Hidden(0));
    played.reset(3);
    BinaryState.fromBytes(BinaryState.toBytes(new Simulation(new Hidden(0))), played);

    assertThatThrownBy(() -> played.stepSampled(RandomStream.ofSeed(3)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("can't step before its first reset");
  }

  @Test
  void restore_engineGoesAnotherWay_saysSo() {
    Simulation original = new Simulation(new Hidden(0));
    original.reset(7);
    original.stepSampled(RandomStream.ofSeed(1));
    byte[] saved = BinaryState.toBytes(original);
    assertThatThrownBy(() -> BinaryState.fromBytes(saved, new Simulation(new Hidden(1e-3))))
        .isInstanceOf(StateException.class)
        .hasMessageContaining("Hidden-v0 took another course")
        .hasMessageContaining("after 1 steps");
  }
}
