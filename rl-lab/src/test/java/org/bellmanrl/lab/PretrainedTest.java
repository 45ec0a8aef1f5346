package org.bellmanrl.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.bellmanrl.policy.Policies;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Policies that come with the program. */
class PretrainedTest {
  @TempDir Path folder;

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
  void eval_huggy_judgesIt() {
    String out = Rl.ok("eval", "huggy", "--episodes", 3, "--json");
    assertThat(out).contains("\"huggy\"", "\"Huggy-v1\"");
    String mean = out.substring(out.indexOf("\"meanReturn\": ") + "\"meanReturn\": ".length());
    assertThat(Double.parseDouble(mean.split("[,\n]", 2)[0])).isGreaterThan(1);
    Rl rl = Rl.run("eval", "huggy", "--best");
    assertThat(rl.status()).isEqualTo(2);
    assertThat(rl.err()).contains("--best is for a run, and huggy is a pretrained policy");
  }

  @Test
  void show_huggy_tellsHowItWasTrained() {
    assertThat(Rl.ok("show", "huggy"))
        .contains("ppo on Huggy-v1", "n_steps=128", "farthest=8.0", "1,000,000 steps, seed 1")
        .containsPattern("learned policy: mean return [1-9]\\S* ± \\S+ over 200 episodes");
    assertThat(Rl.run("show", "huggy", "--out", folder.resolve("a.svg")).err())
        .contains("huggy has no values to draw");
  }

  @Test
  void export_huggy_writesWhatOtherProgramsRead() {
    Path zip = folder.resolve("dog.zip");
    assertThat(Rl.ok("export", "huggy", "--to", zip)).contains("policy in " + zip);
    assertThat(Policies.load(zip).spec().name()).isEqualTo("Huggy-v1");
    Path onnx = folder.resolve("dog.onnx");
    Rl.ok("export", "huggy", "--to", onnx);
    assertThat(onnx).isNotEmptyFile();
    assertThat(Rl.run("export", "huggy", "--to", zip, "--best").err()).contains("--best is for");
  }

  @Test
  void compare_huggy_standsBesideRunsOnItsTask() {
    Path run = folder.resolve("run");
    Path lake = folder.resolve("lake");
    Rl.ok(
        "train", "ppo", "Huggy-v1", "--steps", 4096, "--eval-episodes", 2, "--out", run, "--quiet");
    Rl.ok("train", "sarsa", "FrozenLake-v1", "--steps", 500, "--out", lake, "--quiet");

    assertThat(Rl.ok("compare", run, "huggy")).containsPattern("\n  huggy .*[1-9]\\.\\d+");
    assertThat(Rl.run("compare", lake, "huggy").err())
        .contains("huggy is left out: none of the runs is on Huggy-v1");
    assertThat(Rl.run("compare", "huggy").err()).contains("./rl eval huggy evaluates it alone");
  }

  @Test
  void plot_huggy_saysThatThereAreNoCurves() {
    assertThat(Rl.run("plot", "huggy").err()).contains("huggy is a pretrained policy, not a run");
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
