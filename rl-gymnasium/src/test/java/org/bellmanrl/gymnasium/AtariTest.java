package org.bellmanrl.gymnasium;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.bellmanrl.api.VectorEnvironment;
import org.bellmanrl.api.interaction.Simulation;
import org.bellmanrl.api.random.RandomStream;
import org.bellmanrl.env.wrapper.Grayscale;
import org.bellmanrl.env.wrapper.MaxAndSkip;
import org.bellmanrl.env.wrapper.Resize;
import org.bellmanrl.gymnasium.internal.Python;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Games of the Atari 2600 under our wrappers show what Gymnasium's AtariPreprocessing does. */
@RequiresGymnasium
class AtariTest {
  private static final int STEPS = 250;

  @BeforeAll
  static void requireGames() throws Exception {
    String python = Python.ofProcess().command();
    Process process =
        new ProcessBuilder(python, "-c", "import ale_py")
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    Assumptions.assumeTrue(
        process.waitFor() == 0, python + " has no games of the Atari 2600: pip install ale-py");
  }

  /** Without no-ops at the start, whose number each side draws in its own way. */
  @ParameterizedTest
  @ValueSource(strings = {"ALE/Pong-v5", "ALE/Breakout-v5", "ALE/Seaquest-v5"})
  void step_sameSeedsAndActions_samePixels(String name) throws Exception {
    RandomStream stream = RandomStream.ofSeed(5);
    List<String> command =
        new ArrayList<>(
            List.of(
                Python.ofProcess().command(),
                Path.of("src/test/resources/python/record_atari.py").toString(),
                name,
                Integer.toString(STEPS)));
    for (int episode = 0; episode < STEPS; episode++) {
      command.add(Integer.toString(stream.integers(Integer.MAX_VALUE)));
    }
    Process gymnasium =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    VectorEnvironment game =
        VectorEnvironment.of(
            new GymnasiumEnvironment(name, GymnasiumOptions.defaults().with("frameskip", 1L)));
    int resets = 0;
    int steps = 0;
    try (BufferedReader lines = gymnasium.inputReader(StandardCharsets.UTF_8);
        Simulation simulation =
            new Simulation(
                new Resize()
                    .wrap(
                        new MaxAndSkip()
                            .wrap(new Grayscale(false, Grayscale.Weights.BT601).wrap(game))))) {
      simulation.random().reseed(5);
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        String[] parts = line.split(";", -1);
        byte[] expected = HexFormat.of().parseHex(parts[1]);
        if (parts[0].equals("reset")) {
          simulation.reset();
          resets++;
        } else {
          simulation.step(Integer.parseInt(parts[0]));
          assertThat(simulation.reward()).isEqualTo(Double.parseDouble(parts[2]));
          assertThat(simulation.terminated()).isEqualTo(parts[3].equals("True"));
          assertThat(simulation.truncated()).isEqualTo(parts[4].equals("True"));
          steps++;
        }
        // Where an episode ends in the middle of an action, Gymnasium shows older frames.
        if (!simulation.terminated() || parts[0].equals("reset")) {
          assertThat(simulation.observations().values().bytes())
              .as("reset %d, step %d", resets, steps)
              .isEqualTo(expected);
        }
      }
    }
    assertThat(gymnasium.waitFor()).isZero();
    assertThat(steps).isEqualTo(STEPS);
  }
}
