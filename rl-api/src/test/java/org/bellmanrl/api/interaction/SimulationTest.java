package org.bellmanrl.api.interaction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import org.bellmanrl.api.Action;
import org.bellmanrl.api.Environment;
import org.bellmanrl.api.EnvironmentSpec;
import org.bellmanrl.api.Observation;
import org.bellmanrl.api.Outcome;
import org.bellmanrl.api.random.RandomStream;
import org.bellmanrl.api.space.Discrete;
import org.bellmanrl.api.state.BinaryState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SimulationTest {
  private final Simulation simulation = new Simulation(new Corridor(3, 5));

  @Test
  void step_toTheEnd_tellsWhatHappened() {
    simulation.reset(1);
    int from = simulation.observation().discrete();
    for (int cell = from + 1; cell <= 3; cell++) {
      simulation.step(1);
      assertThat(simulation.observation().discrete()).isEqualTo(cell);
      assertThat(simulation.diagnostic("cell")).isEqualTo(cell);
    }
    assertThat(simulation.terminated()).isTrue();
    assertThat(simulation.reward()).isEqualTo(10);
    assertThat(simulation.discount()).isZero();
    assertThat(simulation.length()).isEqualTo(3 - from);
  }

  @Test
  void step_limit_truncates() {
    simulation.reset(1);
    for (int i = 0; i < 5; i++) {
      assertThat(simulation.ended()).isFalse();
      simulation.step(0);
    }
    assertThat(simulation.truncated()).isTrue();
    assertThat(simulation.terminated()).isFalse();
    assertThat(simulation.episodeReturn()).isEqualTo(-5);
  }

  @Test
  void step_outOfOrder_isRefused() {
    assertThatIllegalStateException()
        .isThrownBy(() -> simulation.step(0))
        .withMessage("Corridor can't step before its first reset");
    simulation.reset();
    while (!simulation.ended()) {
      simulation.step(1);
    }
    assertThatIllegalStateException()
        .isThrownBy(() -> simulation.step(0))
        .withMessage("Corridor can't step: the episode has ended; reset first");
    simulation.close();
    assertThatIllegalStateException().isThrownBy(() -> simulation.step(0));
    assertThatIllegalStateException().isThrownBy(simulation::reset);
  }

  @Test
  void step_wrongAction_isRefused() {
    simulation.reset();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> simulation.step(2))
        .withMessage("action of Corridor must be in Discrete(2), was 2 in row 0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> simulation.step(0.5f, 1f))
        .withMessage("action of Corridor must be in Discrete(2), was 2 real numbers");
  }

  @Test
  void restore_midEpisode_givesTheSameFuture() {
    simulation.reset(4);
    simulation.step(1);
    Simulation other = new Simulation(new Corridor(3, 5));
    BinaryState.fromBytes(BinaryState.toBytes(simulation), other);
    assertThat(other.observation().discrete()).isEqualTo(simulation.observation().discrete());
    for (int i = 0; i < 20; i++) {
      if (simulation.ended()) {
        simulation.reset();
        other.reset();
      } else {
        simulation.step(i % 2);
        other.step(i % 2);
      }
      assertThat(other.observation().discrete()).isEqualTo(simulation.observation().discrete());
      assertThat(other.length()).isEqualTo(simulation.length());
    }
  }

  /** Pays and shows what it is told to at the second step. */
  private record Faulty(double reward, int shown) implements Environment {
    @Override
    public EnvironmentSpec spec() {
      return EnvironmentSpec.of("Faulty", new Discrete(5), new Discrete(2));
    }

    @Override
    public void reset(RandomStream random, Observation observation) {
      observation.setDiscrete(shown);
    }

    @Override
    public void step(Action action, RandomStream random, Outcome outcome) {
      outcome.reward(reward);
      outcome.observation().setDiscrete(action.discrete() == 1 ? shown + 1 : shown);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "NaN, 0, 0, 'reward of Faulty must be finite, was NaN (row 0, step 1 of the episode, after 0 episodes)'",
    "0, 4, 1, 'observation of Faulty must be in Discrete(5), was 5 (row 0, step 1 of the episode, after 0 episodes)'",
  })
  void step_environmentAtFault_isRefused(double reward, int shown, int action, String message) {
    Simulation faulty = new Simulation(new Faulty(reward, shown));
    faulty.reset();
    assertThatExceptionOfType(EnvironmentException.class)
        .isThrownBy(() -> faulty.step(action))
        .withMessage(message);
  }

  @Test
  void reset_observationOutsideOfItsSpace_isRefused() {
    Simulation faulty = new Simulation(new Faulty(0, 5));
    assertThatExceptionOfType(EnvironmentException.class)
        .isThrownBy(faulty::reset)
        .withMessageContaining("was 5 (row 0, reset");
  }
}
