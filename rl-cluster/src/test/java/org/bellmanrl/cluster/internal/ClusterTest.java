package org.bellmanrl.cluster.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.bellmanrl.api.registry.Registry;
import org.bellmanrl.lab.Main;
import org.bellmanrl.lab.cluster.ClusterProvider;
import org.bellmanrl.lab.cluster.Membership;
import org.bellmanrl.lab.internal.assembly.Assembler;
import org.bellmanrl.lab.internal.cluster.ClusterWork;
import org.bellmanrl.lab.internal.cluster.LearnerPlugins;
import org.bellmanrl.lab.internal.cluster.RemoteProtocol;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Commands on a cluster of two workers in this process. */
@Timeout(600)
class ClusterTest {
  private static final List<String> FILES = List.of("run.yaml", "metrics.csv", "learner.state");

  @TempDir static Path folder;
  private static String address;
  private static ClusterProvider.Service founder;
  private static ClusterProvider.Service second;

  @BeforeAll
  static void join() throws IOException {
    address = Workers.freeAddress();
    founder = worker();
    second = worker();
  }

  @AfterAll
  static void leave() {
    second.close();
    founder.close();
  }

  private static ClusterProvider.Service worker() {
    Assembler assembler =
        new Assembler(Registry.builder().discover(ClusterTest.class.getClassLoader()).build());
    return new PekkoCluster()
        .work(
            Membership.of(address),
            1,
            true,
            RemoteProtocol.facts(),
            new ClusterWork(assembler, LearnerPlugins.refused("")),
            line -> {});
  }

  private static String rl(Object... words) {
    String said = tryRl(words);
    assertThat(said).doesNotContain("error: ");
    return said;
  }

  /** What a command prints, errors included. */
  private static String tryRl(Object... words) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    String[] texts = new String[words.length];
    for (int i = 0; i < words.length; i++) {
      texts[i] = words[i].toString();
    }
    Main.run(stream(out), stream(out), texts);
    return out.toString(StandardCharsets.UTF_8);
  }

  private static PrintStream stream(ByteArrayOutputStream to) {
    return new PrintStream(to, false, StandardCharsets.UTF_8);
  }

  private static void assertSame(Path run, Path other) {
    for (String file : FILES) {
      assertThat(run.resolve(file)).as(file).hasSameBinaryContentAs(other.resolve(file));
    }
  }

  @Test
  void seeds_areTrainedByWorkers_toTheSameBits() {
    Object[] words = {"train", "q-learning", "FrozenLake-v1", "--episodes", 300, "--seeds", 4};
    Path here = folder.resolve("seeds-here");
    Path there = folder.resolve("seeds-there");
    rl(with(words, "--out", here));
    String said = rl(with(words, "--out", there, "--cluster", address));
    for (int seed = 0; seed < 4; seed++) {
      assertSame(there.resolve("seed-" + seed), here.resolve("seed-" + seed));
    }
    assertThat(said).contains("4 seeds: mean return");
    assertThat(rl("eval", there)).contains("seed 3: ");
    assertThat(there.resolve("seeds.json")).hasSameBinaryContentAs(here.resolve("seeds.json"));
    rl("resume", there, "--episodes", 400, "--cluster", address);
    rl("resume", here, "--episodes", 400);
    for (int seed = 0; seed < 4; seed++) {
      assertSame(there.resolve("seed-" + seed), here.resolve("seed-" + seed));
    }
  }

  /** A search whose trials diverge, are pruned or come to their end, and its finals. */
  @Test
  void trialsOfASearch_areTrainedByWorkers_withTheSameResults() {
    Object[] words = {
      "tune",
      "q-learning",
      "FrozenLake-v1",
      "--episodes",
      200,
      "--trials",
      6,
      "--seeds",
      2,
      "--search",
      "step_size=[0.1, 0.5]",
      "--finalists",
      1,
      "--final-seeds",
      2,
      "--quiet"
    };
    Path here = folder.resolve("tune-here");
    Path there = folder.resolve("tune-there");
    rl(with(words, "--parallel", 3, "--out", here));
    rl(with(words, "--parallel", 3, "--out", there, "--cluster", address));
    assertThat(there.resolve("trials.csv")).hasSameTextualContentAs(here.resolve("trials.csv"));
    assertThat(there.resolve("best.yaml")).hasSameTextualContentAs(here.resolve("best.yaml"));
    assertThat(there.resolve("study.json")).exists();
  }

  @Test
  void learnerThatDivergesOnAWorker_isSaidToDiverge() {
    Object[] words = {
      "train",
      "dqn",
      "CartPole-v1",
      "--seeds",
      2,
      "--steps",
      600,
      "--set",
      "learning_starts=100",
      "--set",
      "learning_rate=1e25"
    };
    String here = tryRl(with(words, "--out", folder.resolve("diverged-here")));
    String there =
        tryRl(with(words, "--out", folder.resolve("diverged-there"), "--cluster", address));
    assertThat(error(here)).contains("learning has diverged");
    assertThat(error(there)).isEqualTo(error(here));
  }

  @Test
  void rows_areSteppedByWorkers_toTheSameBits() {
    Object[] words = {
      "train", "ppo", "CartPole-v1", "--envs", 4, "--steps", 2000, "--set", "n_steps=64"
    };
    Path here = folder.resolve("rows-here");
    Path there = folder.resolve("rows-there");
    rl(with(words, "--out", here));
    String said = rl(with(words, "--out", there, "--cluster", address));
    assertSame(there, here);
    assertThat(said).contains("rounds: the learner waited for them");
  }

  @Test
  void cluster_saysWhoIsThere() {
    Pattern worker = Pattern.compile("^127\\.0\\.0\\.1:\\d+  worker, 1 core$", Pattern.MULTILINE);
    List<String> workers = List.of();
    // A machine that is busy may take its members for lost for a while.
    while (workers.size() < 2) {
      workers =
          worker.matcher(tryRl("cluster", address)).results().map(MatchResult::group).toList();
    }
    assertThat(workers).hasSize(2).anyMatch(line -> line.startsWith(address + " "));
  }

  private static String error(String said) {
    return said.lines().filter(line -> line.startsWith("error: ")).findFirst().orElseThrow();
  }

  private static Object[] with(Object[] words, Object... more) {
    return Stream.concat(Arrays.stream(words), Arrays.stream(more)).toArray();
  }
}
