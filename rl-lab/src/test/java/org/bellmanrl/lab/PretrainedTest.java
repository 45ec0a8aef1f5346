package org.bellmanrl.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Policies that come with the program. */
class PretrainedTest {

  @Test
  void play_huggy_fetchesTheStick() {
    String out = Rl.ok("play", "huggy");

    assertThat(out).contains("Huggy-v1, episode 1/1", "1 fetched");
    // A dog that fell or found nothing would have less than the reward of a fetch.
    String last = out.substring(out.lastIndexOf("return ") + "return ".length());
    double earned = Double.parseDouble(last.split(" ", 2)[0]);
    assertThat(earned).isGreaterThan(1);
  }

  @Test
  void play_unknownName_asksForARunFolder() {
    for (String name : List.of("hugo", "../huggy", "Huggy")) {
      Rl rl = Rl.run("play", name);
      assertThat(rl.status()).isEqualTo(2);
      assertThat(rl.err()).contains("there is no run folder " + name);
    }
  }
}
