package org.bellmanrl.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A folder of runs from several seeds, given to the commands for runs. */
class SeedGroupTest {
  @TempDir static Path folder;
  private static Path group;

  @BeforeAll
  static void train() {
    group = folder.resolve("group");
    Rl.ok(train("--seed", 4, "--seeds", 3, "--out", group));
  }

  private static Object[] train(Object... more) {
    Object[] words = {
      "train", "q-learning", "FrozenLake-v1", "--env", "is_slippery=false", "--episodes", 300
    };
    Object[] all = new Object[words.length + more.length];
    System.arraycopy(words, 0, all, 0, words.length);
    System.arraycopy(more, 0, all, words.length, more.length);
    return all;
  }

  private static void delete(Path path) throws IOException {
    try (var files = Files.walk(path)) {
      for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  @Test
  void resume_withSeedsThatNeverBegan_beginsThem() throws IOException {
    Path stopped = folder.resolve("stopped");
    Rl.ok(train("--seed", 4, "--seeds", 3, "--tensorboard", "--out", stopped));
    // As if it had been stopped when one seed was done and another about to begin.
    Files.delete(stopped.resolve("seeds.json"));
    delete(stopped.resolve("seed-5"));
    delete(stopped.resolve("seed-6"));
    Files.createDirectory(stopped.resolve("seed-5"));
    Files.writeString(stopped.resolve("seed-5/run.lock"), "");
    assertThat(Rl.ok("resume", stopped)).contains("seed 4: ", "seed 5: ", "seed 6: ", "3 seeds: ");
    for (String seed : List.of("seed-4", "seed-5", "seed-6")) {
      for (String file : List.of("metrics.csv", "learner.state")) {
        assertThat(stopped.resolve(seed).resolve(file))
            .hasSameBinaryContentAs(group.resolve(seed).resolve(file));
      }
      assertThat(stopped.resolve(seed).resolve("events.out.tfevents.bellman")).exists();
    }
    assertThat(stopped.resolve("seeds.json")).exists();
  }

  @Test
  void resume_afterTheSettingsWereChanged_isRefusedUnlessAccepted() throws IOException {
    Path stopped = folder.resolve("changed");
    Rl.ok(train("--seed", 4, "--seeds", 2, "--out", stopped));
    Files.delete(stopped.resolve("seeds.json"));
    delete(stopped.resolve("seed-5"));
    Path file = stopped.resolve("seeds.yaml");
    Files.writeString(file, Files.readString(file).replaceFirst("gamma: [0-9.]+", "gamma: 0.19"));
    Rl rl = Rl.run("resume", stopped);
    assertThat(rl.status()).isEqualTo(2);
    assertThat(rl.err()).contains(file + " was changed since it was written", "--accept-changes");
    assertThat(stopped.resolve("seed-5")).doesNotExist();
    Rl.ok("resume", stopped, "--accept-changes");
    assertThat(stopped.resolve("seed-5/run.yaml")).content().contains("gamma: 0.19");
  }

  @Test
  void train_whereAGroupIs_isRefusedAndLeavesIt() {
    Rl rl = Rl.run(train("--seeds", 2, "--out", group));
    assertThat(rl.status()).isEqualTo(2);
    assertThat(rl.err()).contains(group + " is not empty");
    Rl most = Rl.run(train("--seed", Long.MAX_VALUE, "--seeds", 2, "--out", folder.resolve("m")));
    assertThat(most.status()).isEqualTo(2);
    assertThat(most.err())
        .contains("--seeds 2 from --seed 9223372036854775807 would need seeds above");
    assertThat(folder.resolve("m")).doesNotExist();
  }

  @Test
  void eval_ofAGroup_judgesAllSeeds() throws IOException {
    assertThat(Rl.ok("eval", group))
        .contains("seed 4: mean return", "seed 5: ", "seed 6: ", "3 seeds: mean return");
    String json = Rl.ok("eval", group, "--json");
    assertThat(Rl.number(json, "meanReturn"))
        .isEqualTo(Rl.number(Files.readString(group.resolve("seeds.json")), "meanReturn"));
  }

  @Test
  void commandsForOneRun_ofAGroup_takeTheBestAndSayWhich() {
    for (Object[] words :
        List.of(
            new Object[] {"show", group},
            new Object[] {"play", group},
            new Object[] {"export", group, "--to", folder.resolve("policy.zip")})) {
      assertThat(Rl.ok(words)).containsPattern("seed-[456], which did best of the 3 seeds in ");
    }
    assertThat(Rl.ok("plot", group, "--out", folder.resolve("curve.svg"))).contains("curve.svg");
    assertThat(Rl.ok("show", group.resolve("seed-5"))).doesNotContain("did best");
  }

  @Test
  void train_fromAGroup_beginsWithTheBest() throws IOException {
    Path run = folder.resolve("next");
    Rl.ok("train", "--from", group, "--steps", 1, "--quiet", "--out", run);
    assertThat(run.resolve("run.yaml")).content().containsPattern("from: .*seed-[456]");
  }

  @Test
  void resume_ofAGroupWithMoreSteps_makesAllRunsLonger() throws IOException {
    Path longer = folder.resolve("longer");
    Rl.ok(train("--seed", 4, "--seeds", 2, "--out", longer));
    assertThat(Rl.ok("resume", longer, "--episodes", 400))
        .contains("400 episodes, schedules over the first 300 episodes", "2 seeds: ");
    for (String seed : List.of("seed-4", "seed-5")) {
      assertThat(Rl.number(Files.readString(longer.resolve(seed + "/summary.json")), "episodes"))
          .isEqualTo(400);
    }
    assertThat(Rl.ok("resume", longer)).contains("2 seeds: ");
  }

  /** The seed of judging follows the run's, however the seeds are said. */
  @Test
  void train_ofAFile_judgesEachSeedTheSameInAGroupAndAlone() throws IOException {
    Path file = folder.resolve("mine.yaml");
    Files.writeString(file, Rl.ok("config", "q-learning", "FrozenLake-v1", "--episodes", 200));
    Path alone = folder.resolve("alone");
    Path both = folder.resolve("both");
    Rl.ok("train", file, "--seed", 1, "--quiet", "--out", alone);
    Rl.ok("train", file, "--seeds", 2, "--quiet", "--out", both);
    assertThat(alone.resolve("run.yaml")).content().contains("episodes: 100, seed: 1");
    for (String name : List.of("metrics.csv", "learner.state", "run.yaml")) {
      assertThat(both.resolve("seed-1").resolve(name)).hasSameBinaryContentAs(alone.resolve(name));
    }
    assertThat(Rl.number(Rl.ok("runs", alone, "--json"), "meanReturn"))
        .isEqualTo(Rl.number(Rl.ok("runs", both.resolve("seed-1"), "--json"), "meanReturn"));

    // A seed of judging that was chosen is everybody's.
    Files.writeString(
        file, Files.readString(file).replaceAll("(evaluation: .*seed: )0", "$1" + "77"));
    Path chosen = folder.resolve("chosen");
    Rl.ok("train", file, "--seeds", 2, "--quiet", "--out", chosen);
    for (String seed : List.of("seed-0", "seed-1")) {
      assertThat(chosen.resolve(seed).resolve("run.yaml")).content().contains("seed: 77");
    }
    Rl compared = Rl.run("compare", alone, chosen.resolve("seed-1"));
    assertThat(compared.err()).contains("again, from the same seed, but evaluated in another way");
  }
}
