package org.bellmanrl.lab.internal.keyboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.bellmanrl.api.Actions;
import org.bellmanrl.api.Actor;
import org.bellmanrl.api.Environment;
import org.bellmanrl.api.interaction.Simulation;
import org.bellmanrl.api.random.Streams;
import org.bellmanrl.api.random.Streams.Role;
import org.bellmanrl.api.registry.EnvironmentEntry;
import org.bellmanrl.api.registry.Registry;
import org.bellmanrl.api.space.Rows;
import org.bellmanrl.results.document.UserError;
import org.junit.jupiter.api.Test;

class KeyboardTest {
  private final ByteArrayOutputStream asked = new ByteArrayOutputStream();

  /** Plays until the episode ends. */
  private double play(String id, Map<String, ?> options, String typed) {
    Registry registry = Registry.builder().discover(Keyboard.class.getClassLoader()).build();
    Environment environment = registry.get(EnvironmentEntry.class, id).create(options);
    Keyboard keyboard =
        new Keyboard(
            environment.spec(),
            new BufferedReader(new StringReader(typed)),
            new PrintStream(asked, true, StandardCharsets.UTF_8),
            false);
    Actor actor = keyboard.actor(1, Streams.of(0).rows(Role.EVALUATION_POLICY, 1));
    try (Simulation simulation = new Simulation(environment)) {
      Actions actions = new Actions(simulation.spec().actionSpace(), keyboard.extras(), 1);
      simulation.reset(0);
      while (!simulation.ended()) {
        actor.act(Rows.all(1), simulation.observations(), actions);
        simulation.actions().copyRow(actions.values(), 0, 0);
        simulation.stepWritten();
      }
      return simulation.episodeReturn();
    }
  }

  @Test
  void act_numbersAndEmptyLines_playTheEpisode() {
    String wayToTheGoal = "1\n\n2\n\n1\n2\n";
    assertThat(play("FrozenLake-v1", Map.of("is_slippery", false), wayToTheGoal)).isEqualTo(1);
  }

  @Test
  void act_whatIsNoAction_isAskedAgain() {
    play("FrozenLake-v1", Map.of("is_slippery", false), "up\n7\n1\n\n2\n\n1\n2\n");
    assertThat(asked.toString(StandardCharsets.UTF_8))
        .contains("'up' is not a number; action, of Discrete(4): ")
        .contains("action must be in Discrete(4), was [7.0]; action, of Discrete(4): ");
  }

  @Test
  void act_inputEnds_isRefused() {
    assertThatThrownBy(() -> play("FrozenLake-v1", Map.of(), "1\n"))
        .isInstanceOf(UserError.class)
        .hasMessage("the input ended before the episode did");
  }

  @Test
  void act_realNumbers_areRead() {
    assertThat(play("Pendulum-v1", Map.of(), "0.5\n" + "\n".repeat(199))).isNegative();
  }
}
