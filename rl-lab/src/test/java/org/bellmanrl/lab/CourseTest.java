package org.bellmanrl.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The presets reach what is known to be reachable, whatever the seed. */
class CourseTest {
  /** Seeds per task; the tests tagged "long" take more of them. */
  private static final int FEW = 4;

  @TempDir Path folder;

  private String trained(int seed, String environment, String option, Object... evaluation) {
    Path run = folder.resolve(environment + seed);
    Rl.ok(
        "train",
        "q-learning",
        environment,
        "--env",
        option,
        "--seed",
        seed,
        "--quiet",
        "--out",
        run);
    Object[] words = new Object[evaluation.length + 3];
    words[0] = "eval";
    words[1] = run;
    words[2] = "--json";
    System.arraycopy(evaluation, 0, words, 3, evaluation.length);
    return Rl.ok(words);
  }

  @ParameterizedTest
  @ValueSource(ints = FEW)
  void frozenLake_notSlippery_isCrossedEveryTimeForEverySeed(int seeds) {
    for (int seed = 0; seed < seeds; seed++) {
      String json = trained(seed, "FrozenLake-v1", "is_slippery=false");
      assertThat(Rl.number(json, "meanReturn")).as("seed %d", seed).isEqualTo(1);
    }
  }

  @Test
  @Tag("long")
  void frozenLake_notSlippery_twentySeeds() {
    frozenLake_notSlippery_isCrossedEveryTimeForEverySeed(20);
  }

  /** 7.56 ± 2.71 is the optimum from the course's 100 initial states. */
  @ParameterizedTest
  @ValueSource(ints = FEW)
  void taxi_isOptimalForAlmostEverySeed(int seeds) {
    int optimal = 0;
    for (int seed = 0; seed < seeds; seed++) {
      String json = trained(seed, "Taxi-v4", "is_rainy=false");
      boolean mean = Math.abs(Rl.number(json, "meanReturn") - 7.56) < 1e-9;
      optimal += mean && Math.abs(Rl.number(json, "stdReturn") - 2.71) < 0.005 ? 1 : 0;
    }
    assertThat(optimal).isGreaterThanOrEqualTo((int) (0.9 * seeds));
  }

  @Test
  @Tag("long")
  void taxi_twentySeeds() {
    taxi_isOptimalForAlmostEverySeed(20);
  }

  /** The best stationary policy reaches 0.7402 under the limit of 100 steps. */
  @ParameterizedTest
  @ValueSource(ints = FEW)
  void frozenLake_slippery_comesCloseToTheBestStationaryPolicy(int seeds) {
    double sum = 0;
    for (int seed = 0; seed < seeds; seed++) {
      String json = trained(seed, "FrozenLake-v1", "is_slippery=true", "--episodes", 10_000);
      sum += Rl.number(json, "meanReturn");
    }
    assertThat(sum / seeds).isGreaterThanOrEqualTo(0.735).isCloseTo(0.7402, within(0.006));
  }

  @Test
  @Tag("long")
  void frozenLake_slippery_tenSeeds() {
    frozenLake_slippery_comesCloseToTheBestStationaryPolicy(10);
  }

  /** By bins; 30 seeds were between 499.2 and 500 for CartPole, 30 above -150 for MountainCar. */
  @ParameterizedTest
  @CsvSource({
    "q-learning,CartPole-v1,495",
    "q-learning,MountainCar-v0,-160",
    "sarsa,MountainCar-v0,-160"
  })
  void classicControl_onBins_isLearned(String learner, String environment, double least) {
    Path run = folder.resolve(learner);
    Rl.ok("train", learner, environment, "--seed", 1, "--quiet", "--out", run);
    String json = Rl.ok("eval", run, "--json");
    assertThat(Rl.number(json, "meanReturn")).isGreaterThanOrEqualTo(least);
  }
}
