package org.bellmanrl.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.bellmanrl.api.interaction.Simulation;
import org.bellmanrl.api.random.RandomStream;
import org.bellmanrl.api.space.Box;
import org.bellmanrl.api.space.Columns;
import org.bellmanrl.api.space.MultiDiscrete;
import org.bellmanrl.api.state.BinaryState;
import org.bellmanrl.api.state.StateException;
import org.bellmanrl.api.state.StateReader;
import org.bellmanrl.api.state.StateWriter;
import org.junit.jupiter.api.Test;

class EpisodeLogTest {

  /** A walk whose place can't be read: an environment over an engine that hides its state. */
  private static final class Hidden implements Environment {
    private final EnvironmentSpec spec =
        EnvironmentSpec.of("Hidden-v0", Box.of(-1e6f, 1e6f, 1), new MultiDiscrete(4, 3))
            .withStateKind(StateKind.REPLAY);
    private final EpisodeLog log = new EpisodeLog(spec);
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
      log.reset(random);
      place = random.random();
      observation.set(0, place);
      log.end(random, observation);
    }

    @Override
    public void step(Action action, RandomStream random, Outcome outcome) {
      log.step(action, random);
      place += action.discrete(0) + 0.1 * action.discrete(1) + random.random() + drift;
      outcome.observation().set(0, place);
      log.end(random, outcome.observation());
    }

    @Override
    public void save(StateWriter out) {
      log.save(out);
    }

    @Override
    public void restore(StateReader in) {
      log.restore(in, this);
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

  /** Wrappers draw from the environment's stream too: between steps, which no replay would see. */
  @Test
  void restore_streamDrawnFromBetweenSteps_goesOnTheSame() {
    Hidden original = new Hidden(0);
    RandomStream random = RandomStream.ofSeed(3);
    Columns actions = new Columns(original.spec().actionSpace(), 1);
    Action action = new Action(actions);
    Outcome outcome = new Outcome(new Outcomes(original.spec(), 1));
    original.reset(random, outcome.observation());
    for (int i = 0; i < 50; i++) {
      if (i % 3 == 0) {
        random.next32();
      }
      actions.ints()[0] = i % 4;
      original.step(action, random, outcome);
    }
    Hidden restored = new Hidden(0);
    BinaryState.fromBytes(BinaryState.toBytes(original), restored);
    assertThat(restored.place).isEqualTo(original.place);
  }

  @Test
  void restore_beforeFirstReset_isAsNew() {
    Hidden played = new Hidden(0);
    Outcome outcome = new Outcome(new Outcomes(played.spec(), 1));
    played.reset(RandomStream.ofSeed(3), outcome.observation());
    BinaryState.fromBytes(BinaryState.toBytes(new Hidden(0)), played);
    Action action = new Action(new Columns(played.spec().actionSpace(), 1));
    assertThatThrownBy(() -> played.step(action, RandomStream.ofSeed(3), outcome))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("Hidden-v0 must be reset before its first step");
  }

  @Test
  void restore_engineGoesAnotherWay_saysSo() {
    Simulation original = new Simulation(new Hidden(0));
    original.reset(7);
    original.stepSampled(RandomStream.ofSeed(1));
    byte[] saved = BinaryState.toBytes(original);
    assertThatThrownBy(() -> BinaryState.fromBytes(saved, new Simulation(new Hidden(1e-3))))
        .isInstanceOf(StateException.class)
        .hasMessageContaining("Hidden-v0 took another way")
        .hasMessageContaining("after 1 steps");
  }
}
