package org.bellmanrl.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.bellmanrl.policy.Policies;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ListenTest {
  private static final String BELOW = "metric-stop:metric=epsilon,below=0.5";

  @TempDir Path folder;

  @Test
  void listeners_listsWhatThereIs() {
    assertThat(Rl.ok("listeners"))
        .contains("metric-stop  stops", "metric=loss", "above=", "--listen");
    assertThat(Rl.ok("listeners", "metric-stop")).contains("below=").doesNotContain("--listen");
    assertThat(Rl.run("listeners", "metric-stp").err()).contains("metric-stop");
  }

  @Test
  void train_listen_stopsAndIsRecorded() throws IOException {
    Path run = folder.resolve("run");

    String out =
        Rl.ok(
            "train",
            "q-learning",
            "FrozenLake-v1",
            "--env",
            "is_slippery=false",
            "--listen",
            BELOW,
            "--out",
            run);

    assertThat(out).contains("stopped by metric-stop");
    assertThat(Files.readString(run.resolve("run.yaml"))).contains("id: metric-stop");
    assertThat(Files.readString(run.resolve("summary.json"))).contains("\"finished\"");
    String metrics = Files.readString(run.resolve("metrics.csv"));
    String last = metrics.substring(metrics.strip().lastIndexOf('\n') + 1).strip();
    double epsilon = Double.parseDouble(last.substring(last.lastIndexOf(',') + 1));
    assertThat(epsilon).isBetween(0.45, 0.5);
  }

  @Test
  void train_file_listensAsItSaysUnlessToldOtherwise() throws IOException {
    Path file = folder.resolve("mine.yaml");
    Files.writeString(
        file,
        Rl.ok(
            "config",
            "q-learning",
            "FrozenLake-v1",
            "--env",
            "is_slippery=false",
            "--listen",
            BELOW));
    assertThat(Files.readString(file)).contains("listeners: [{id: metric-stop, options: {");

    assertThat(Rl.ok("train", file, "--out", folder.resolve("one"))).contains("stopped by");
    assertThat(Rl.ok("train", file, "--out", folder.resolve("two"), "--listen", "none"))
        .doesNotContain("stopped by");
    assertThat(folder.resolve("two/run.yaml")).content().doesNotContain("listeners");
  }

  @Test
  void train_listenToWhatIsNotThere_isRefused() {
    Path run = folder.resolve("run");
    Rl option =
        Rl.run(
            "train", "q-learning", "FrozenLake-v1", "--out", run, "--listen", "metric-stop:abov=1");
    assertThat(option.status()).isEqualTo(2);
    assertThat(option.err()).contains("abov").contains("did you mean 'above'");
    Rl syntax =
        Rl.run("train", "q-learning", "FrozenLake-v1", "--out", run, "--listen", "metric-stop:x");
    assertThat(syntax.err()).contains("--listen takes ID or ID:NAME=VALUE");
    assertThat(run).doesNotExist();
  }

  @Test
  void train_savingPolicies_writesThemAndKeepsTheNewest() throws IOException {
    Path run = folder.resolve("run");
    String saving = "save-policies:every=1000,keep=2";

    Rl.ok("train", "q-learning", "Taxi-v4", "--steps", 4500, "--listen", saving, "--out", run);

    Path policies = run.resolve("policies");
    try (Stream<Path> files = Files.list(policies)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder("3000.zip", "4000.zip");
    }
    assertThat(Policies.load(policies.resolve("4000.zip")).about())
        .containsEntry("training_steps", "4000")
        .doesNotContainKey("mean_return");
    assertThat(Rl.ok("import", policies.resolve("3000.zip"), "--env", "Taxi-v4"))
        .contains("mean return ");
  }

  @Test
  void train_savingAPolicyThatCannotBeWritten_goesOn() {
    Rl rl =
        Rl.run(
            "train",
            "uct",
            "FrozenLake-v1",
            "--set",
            "simulations=1",
            "--steps",
            20,
            "--listen",
            "save-policies:every=10",
            "--out",
            folder.resolve("uct"));

    assertThat(rl.status()).isZero();
    assertThat(rl.err()).contains("can't be written down", "training goes on without it");
  }

  @Test
  void train_savingPolicies_learnsTheSame() throws IOException {
    for (String name : new String[] {"saving", "alone"}) {
      Object[] words = {
        "train", "ppo", "CartPole-v1", "--steps", 600, "--quiet", "--out", folder.resolve(name)
      };
      List<Object> all = new ArrayList<>(List.of(words));
      if (name.equals("saving")) {
        all.addAll(List.of("--listen", "save-policies:every=100"));
      }
      Rl.run(all.toArray());
    }
    assertThat(folder.resolve("saving/learner.state"))
        .hasSameBinaryContentAs(folder.resolve("alone/learner.state"));
  }
}
