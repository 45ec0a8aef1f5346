package org.bellmanrl.lab.internal.trace;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.bellmanrl.api.interaction.Simulation;
import org.bellmanrl.env.box2d.LunarLander;
import org.bellmanrl.env.box2d.LunarLanderOptions;
import org.bellmanrl.lab.Rl;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ContactCheckTest {
  @TempDir Path folder;

  /** Falls to the ground without firing, and hits it with a leg. */
  private static List<String> fall() {
    List<String> lines = new ArrayList<>();
    lines.add("{\"id\": \"LunarLander-v3\", \"kwargs\": {}, \"max_episode_steps\": 1000}");
    try (Simulation lander = new Simulation(new LunarLander(LunarLanderOptions.defaults()))) {
      lander.reset(0);
      lines.add("{\"reset\": 0, \"obs\": " + numbers(lander) + "}");
      while (!lander.ended()) {
        lander.step(0);
        lines.add(
            "{\"action\": 0, \"obs\": %s, \"reward\": %s, \"terminated\": %b, \"truncated\": %b}"
                .formatted(
                    numbers(lander), lander.reward(), lander.terminated(), lander.truncated()));
      }
    }
    return lines;
  }

  private static String numbers(Simulation lander) {
    List<String> numbers = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      numbers.add(Float.toString(lander.observation().get(i)));
    }
    return numbers.toString();
  }

  private Rl checked(List<String> lines) throws IOException {
    return Rl.run("trace", "check", Files.write(folder.resolve("fall.jsonl"), lines));
  }

  /** The same row with another first number. */
  private static void shift(List<String> lines, int at, double by) {
    String line = lines.get(at);
    int from = line.indexOf('[') + 1;
    int to = line.indexOf(',', from);
    float x = Float.parseFloat(line.substring(from, to));
    lines.set(at, line.substring(0, from) + (float) (x + by) + line.substring(to));
  }

  @Test
  void check_ofTheSameEpisode_isOk() throws IOException {
    assertThat(checked(fall()).out()).startsWith("ok ").contains("maxError=0.0");
  }

  @Test
  void check_beforeTheFirstContact_takesNoDifferenceAtAll() throws IOException {
    List<String> lines = fall();
    shift(lines, 10, 1e-6);
    Rl rl = checked(lines);
    assertThat(rl.status()).isEqualTo(1);
    assertThat(rl.out()).startsWith("MISMATCH ").contains("line=11 obs expected=");
  }

  @Test
  void check_afterTheFirstContact_takesASmallDifference() throws IOException {
    List<String> lines = fall();
    shift(lines, lines.size() - 1, 1e-3);
    assertThat(checked(lines).out()).startsWith("ok ");
    shift(lines, lines.size() - 1, 1e-2);
    assertThat(checked(lines).out())
        .contains("after the first contact 0 of 1 episodes stay within 0.005");
  }

  @Test
  void check_ofAnEpisodeThatEndsEarlierHere_countsAsFarOff() throws IOException {
    List<String> lines = fall();
    String last = lines.removeLast();
    lines.add(last.replace("\"terminated\": true", "\"terminated\": false").replace("[", "[ "));
    lines.add(last);
    Rl rl = checked(lines);
    assertThat(rl.status()).isEqualTo(1);
    assertThat(rl.out()).startsWith("MISMATCH ");
  }
}
