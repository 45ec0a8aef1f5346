package org.bellmanrl.lab.internal.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.bellmanrl.api.interaction.Budget;
import org.bellmanrl.api.registry.Registry;
import org.bellmanrl.api.state.BinaryState;
import org.bellmanrl.lab.LearnerTasks;
import org.bellmanrl.lab.cluster.JobDispatcher;
import org.bellmanrl.lab.cluster.Work;
import org.bellmanrl.lab.internal.assembly.Assembler;
import org.bellmanrl.lab.internal.assembly.Resolver;
import org.bellmanrl.lab.internal.assembly.TrainingRequest;
import org.bellmanrl.lab.internal.preset.Presets;
import org.bellmanrl.lab.internal.rounds.LocalRounds;
import org.bellmanrl.lab.internal.rounds.RoundEngine;
import org.bellmanrl.lab.internal.run.Experiment;
import org.bellmanrl.lab.internal.run.RunFolder;
import org.bellmanrl.lab.internal.run.Stepping;
import org.bellmanrl.lab.internal.run.StoredRun;
import org.bellmanrl.lab.internal.run.TrialPlan;
import org.bellmanrl.lab.internal.training.CheckpointInterval;
import org.bellmanrl.lab.internal.training.TrainingRun;
import org.bellmanrl.lab.internal.training.TrainingRuns;
import org.bellmanrl.lab.internal.training.TrainingSetup;
import org.bellmanrl.results.document.UserError;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Runs whose rows are stepped ahead, in groups of any size, equal those that step them here. */
class RoundsTest {
  private static final Registry REGISTRY =
      Registry.builder().discover(Registry.class.getClassLoader()).build();

  private static final Assembler ASSEMBLER = new Assembler(REGISTRY);
  private static final List<String> FILES =
      List.of("run.yaml", "metrics.csv", "learner.state", "best.state");

  @TempDir Path folder;

  private static Experiment experiment(
      String learner, String task, int rows, int round, long steps, Map<String, Object> options) {
    return experiment(learner, task, rows, round, steps, options, List.of());
  }

  private static Experiment experiment(
      String learner,
      String task,
      int rows,
      int round,
      long steps,
      Map<String, Object> options,
      List<Experiment.Part> wrappers) {
    return new Resolver(ASSEMBLER.entries(), new Presets())
        .resolve(
            TrainingRequest.of(learner, task)
                .withLearnerOptions(new HashMap<>(options))
                .withRows(OptionalInt.of(rows))
                .withWrappers(wrappers)
                .withBudget(Budget.steps(steps))
                .withTrials(new TrialPlan(300, 2, Double.NaN, 0))
                .withSeed(7))
        .withStepping(new Stepping(round, false, 0));
  }

  private static Experiment experiment(String learner, String task, int rows, int round) {
    return experiment(learner, task, rows, round, 800, options(learner));
  }

  private static Map<String, Object> options(String learner) {
    return switch (learner) {
      case "ppo" -> Map.of("n_steps", 32, "batch_size", 32, "n_epochs", 2, "hidden", "[16]");
      case "a2c", "impala" -> Map.of("hidden", "[16]");
      case "dqn" ->
          Map.of(
              "learning_starts",
              100,
              "buffer_size",
              500,
              "train_freq",
              4,
              "gradient_steps",
              2,
              "hidden",
              "[16]");
      case "sac" ->
          Map.of(
              "learning_starts",
              100,
              "buffer_size",
              500,
              "train_freq",
              16,
              "batch_size",
              16,
              "hidden",
              "[16]");
      default -> Map.of();
    };
  }

  private TrainingRun begin(
      Experiment experiment,
      String name,
      CheckpointInterval interval,
      RoundEngine.@Nullable Maker rounds) {
    return TrainingRuns.begin(
        new TrainingSetup(
            ASSEMBLER, interval, (progress, heard, seconds) -> {}, warning -> {}, rounds),
        experiment,
        RunFolder.create(folder.resolve(name)),
        false);
  }

  private void train(Experiment experiment, String name, RoundEngine.@Nullable Maker rounds) {
    train(
        experiment, name, new CheckpointInterval(Double.POSITIVE_INFINITY, Long.MAX_VALUE), rounds);
  }

  private void train(
      Experiment experiment,
      String name,
      CheckpointInterval interval,
      RoundEngine.@Nullable Maker rounds) {
    try (TrainingRun run = begin(experiment, name, interval, rounds)) {
      assertThat(run.run()).isTrue();
    }
  }

  /** As if it had been killed after the last checkpoint, which is not of the end. */
  private void resumeFromTheLastCheckpoint(
      String name, CheckpointInterval interval, RoundEngine.@Nullable Maker rounds)
      throws IOException {
    Path parts = folder.resolve(name);
    Files.delete(parts.resolve("summary.json"));
    Files.delete(parts.resolve("learner.state"));
    try (TrainingRun run =
        TrainingRuns.resume(
            new TrainingSetup(
                ASSEMBLER, interval, (progress, heard, seconds) -> {}, warning -> {}, rounds),
            RunFolder.unfinished(parts))) {
      assertThat(run.progress().steps()).isBetween(500L, 799L);
      assertThat(run.run()).isTrue();
    }
  }

  private static RoundEngine.Maker workers(int cores) {
    return (assembler, experiment, stopping, warnings) ->
        new RemoteRounds(new Here(cores), assembler, experiment, stopping, warnings);
  }

  private void assertSame(String name, String other) {
    for (String file : FILES) {
      assertThat(folder.resolve(name).resolve(file))
          .as(file)
          .hasSameBinaryContentAs(folder.resolve(other).resolve(file));
    }
  }

  @ParameterizedTest
  @CsvSource({"ppo,CartPole-v1,8", "ppo,Pendulum-v1,2", "a2c,Taxi-v4,3"})
  void onPolicy_onWorkers_givesTheBitsOfOneProcess(String learner, String task, int rows) {
    Experiment experiment = experiment(learner, task, rows, 1);
    train(experiment, "here", null);
    for (int cores : new int[] {1, 3}) {
      train(experiment, "workers" + cores, workers(cores));
      assertSame("workers" + cores, "here");
    }
  }

  /** Networks that remember: what they remember of an episode goes with its row. */
  @ParameterizedTest
  @CsvSource({"ppo,1,CartPole-v1", "dqn,8,CartPole-v1", "td3,8,Pendulum-v1"})
  void recurrentPolicies_onWorkers_giveTheBitsOfOneProcess(
      String learner, int round, String environment) {
    Map<String, Object> options = new HashMap<>(options(learner));
    options.put("hidden", "[lstm 8, 8]");
    Experiment experiment = experiment(learner, environment, 4, round, 600, options);
    train(experiment, "here", null);
    train(experiment, "workers", workers(2));
    assertSame("workers", "here");
  }

  @ParameterizedTest
  @CsvSource({
    "dqn,CartPole-v1,4,6",
    "sac,Pendulum-v1,3,5",
    "impala,CartPole-v1,4,13",
    "q-learning,Taxi-v4,5,7"
  })
  void offPolicy_onWorkers_givesTheBitsOfOneProcessWithTheSameRound(
      String learner, String task, int rows, int round) {
    Experiment experiment = experiment(learner, task, rows, round);
    train(experiment, "here", null);
    for (int cores : new int[] {1, 3}) {
      train(experiment, "workers" + cores, workers(cores));
      assertSame("workers" + cores, "here");
    }
  }

  /** Every learner that can be stepped ahead, some with noise that an episode keeps. */
  @ParameterizedTest
  @CsvSource({
    "qr-dqn,CartPole-v1,,",
    "c51,CartPole-v1,,",
    "iqn,CartPole-v1,,",
    "munchausen-dqn,CartPole-v1,,",
    "rainbow,CartPole-v1,,",
    "r2d2,CartPole-v1,,",
    "dqn,CartPole-v1,param_noise,true",
    "ddpg,Pendulum-v1,noise,adaptive-param:0.2",
    "td3,Pendulum-v1,noise,ornstein-uhlenbeck:0.5",
    "sac,Pendulum-v1,sde,true",
    "tqc,Pendulum-v1,,",
    "crossq,Pendulum-v1,,"
  })
  void offPolicyFamilies_onWorkers_giveTheBitsOfOneProcessWithTheSameRound(
      String learner, String task, @Nullable String option, @Nullable String value) {
    Map<String, Object> options = new HashMap<>(LearnerTasks.options(learner));
    options.putAll(Map.of("learning_starts", 60, "train_freq", 8, "gradient_steps", 1));
    options.putIfAbsent("hidden", "[8]");
    if (option != null && value != null) {
      options.put(option, value);
    }
    Experiment experiment = experiment(learner, task, 3, 7, 300, options);
    train(experiment, "here", null);
    train(experiment, "workers", workers(2));
    assertSame("workers", "here");
  }

  /** A checkpoint in mid-round, and one process that goes on with what workers began. */
  @ParameterizedTest
  @CsvSource({"ppo,CartPole-v1,4,1", "dqn,CartPole-v1,3,40", "q-learning,Taxi-v4,2,50"})
  void resume_inMidRound_givesTheSameBits(String learner, String task, int rows, int round)
      throws IOException {
    Experiment experiment = experiment(learner, task, rows, round);
    train(experiment, "whole", null);
    CheckpointInterval often = new CheckpointInterval(Double.POSITIVE_INFINITY, 93);
    train(experiment, "parts", often, workers(2));
    assertSame("parts", "whole");
    for (RoundEngine.Maker rounds : new RoundEngine.Maker[] {workers(3), null}) {
      resumeFromTheLastCheckpoint("parts", often, rounds);
      assertSame("parts", "whole");
    }
  }

  /** Workers that don't answer for a round: the run is saved as it was when that began. */
  @ParameterizedTest
  @CsvSource({
    "ppo,CartPole-v1,1,false",
    "ppo,CartPole-v1,1,true",
    "dqn,CartPole-v1,20,false",
    "dqn,CartPole-v1,20,true",
    "q-learning,Taxi-v4,20,false"
  })
  @Timeout(60)
  void stop_whileWorkersPlayARound_givesTheRoundUp(
      String learner, String task, int round, boolean overlap) {
    Experiment inTurn = experiment(learner, task, 3, round);
    Experiment experiment = overlap ? overlapping(inTurn) : inTurn;
    train(experiment, "whole", null);
    TrainingRun[] runs = new TrainingRun[1];
    Here silent =
        new Here(2) {
          private int jobs;

          @Override
          public Job submit(Stage stage, byte[] job, Consumer<byte[]> reports) {
            if (++jobs > 12 && jobs <= 15) { // a round
              runs[0].stop();
              return new Done(new CompletableFuture<>());
            }
            return super.submit(stage, job, reports);
          }
        };
    RoundEngine.Maker rounds =
        (assembler, e, stopping, warnings) ->
            new RemoteRounds(silent, assembler, e, stopping, warnings);
    CheckpointInterval never = new CheckpointInterval(Double.POSITIVE_INFINITY, Long.MAX_VALUE);
    try (TrainingRun run = begin(experiment, "parts", never, rounds)) {
      runs[0] = run;
      assertThat(run.run()).isFalse();
      assertThat(run.progress().steps()).isBetween(100L, 700L);
    }
    try (TrainingRun run =
        TrainingRuns.resume(
            new TrainingSetup(
                ASSEMBLER, never, (progress, heard, seconds) -> {}, warning -> {}, workers(2)),
            RunFolder.unfinished(folder.resolve("parts")))) {
      assertThat(run.run()).isTrue();
    }
    assertSame("parts", "whole");
  }

  /** What a run ends with is where its rows are, not only what was learned. */
  @ParameterizedTest
  @CsvSource({"ppo,CartPole-v1,1", "dqn,CartPole-v1,40"})
  void longer_afterWorkers_givesTheBitsOfOneProcess(String learner, String task, int round) {
    Experiment experiment = experiment(learner, task, 3, round);
    train(experiment, "here", null);
    train(experiment, "workers", workers(2));
    for (String name : List.of("here", "workers")) {
      try (TrainingRun run =
          TrainingRuns.resume(
              new TrainingSetup(
                  ASSEMBLER,
                  CheckpointInterval.DEFAULT,
                  (progress, heard, seconds) -> {},
                  warning -> {}),
              RunFolder.longer(folder.resolve(name), Budget.steps(1100)))) {
        assertThat(run.run()).isTrue();
      }
    }
    assertSame("workers", "here");
  }

  /** Statistics that wait for the ends of rounds, in one process and on workers; then resumed. */
  @ParameterizedTest
  @CsvSource({"ppo,Pendulum-v1,1", "a2c,CartPole-v1,1", "dqn,CartPole-v1,20"})
  void statisticsByRounds_onWorkers_giveTheBitsOfOneProcess(String learner, String task, int round)
      throws IOException {
    List<Experiment.Part> wrappers =
        List.of(
            new Experiment.Part("normalize-observation", Map.of("update", "round", "clip", 10.0)),
            new Experiment.Part("normalize-reward", Map.of("update", "round")));
    Experiment experiment = experiment(learner, task, 3, round, 800, options(learner), wrappers);
    train(experiment, "here", null);
    train(experiment, "workers", workers(2));
    assertSame("workers", "here");
    CheckpointInterval often = new CheckpointInterval(Double.POSITIVE_INFINITY, 93);
    train(experiment, "parts", often, workers(3));
    assertSame("parts", "here");
    for (RoundEngine.Maker rounds : new RoundEngine.Maker[] {workers(2), null}) {
      resumeFromTheLastCheckpoint("parts", often, rounds);
      assertSame("parts", "here");
    }
  }

  /** Nothing is promised of the numbers; the run goes on after a kill, and says what it is. */
  @Test
  void asynchronous_onWorkers_comesToItsEndAndIsSaidNotToBeReproducible() throws IOException {
    Experiment experiment =
        experiment("impala", "CartPole-v1", 4, 5).withStepping(new Stepping(5, false, 2));
    CheckpointInterval often = new CheckpointInterval(Double.POSITIVE_INFINITY, 93);
    train(experiment, "run", often, workers(3));
    resumeFromTheLastCheckpoint("run", often, workers(2));
    assertThat(StoredRun.open(folder.resolve("run")).summary().steps()).isEqualTo(800);
    assertThat(folder.resolve("run/summary.json")).content().contains("\"reproducible\": false");
    assertThat(folder.resolve("run/run.yaml")).content().contains("asynchronous: 2");
    assertThatThrownBy(() -> train(experiment, "alone", null))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("needs workers");
    assertThatThrownBy(() ->
            train(
                experiment("ppo", "CartPole-v1", 4, 1).withStepping(new Stepping(1, false, 2)),
                "ppo",
                workers(1)))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("--asynchronous is for learners that learn from whatever");
  }

  /** What acts at random shows the same, in whichever order it is taken in. */
  @Test
  void overlap_takesInEveryObservationOnce() {
    Map<String, Object> options = new HashMap<>(options("dqn"));
    options.put("exploration", 1);
    List<Experiment.Part> wrappers =
        List.of(new Experiment.Part("normalize-observation", Map.of("update", "round")));
    Experiment inTurn = experiment("dqn", "CartPole-v1", 4, 20, 800, options, wrappers);
    List<byte[]> statistics = new ArrayList<>();
    for (Experiment experiment : List.of(inTurn, overlapping(inTurn))) {
      String name = "overlap-" + experiment.stepping().overlap();
      try (TrainingRun run = begin(experiment, name, CheckpointInterval.DEFAULT, workers(2))) {
        assertThat(run.run()).isTrue();
        statistics.add(BinaryState.toBytes(run.environment()::carryShared));
      }
    }
    assertThat(statistics.get(1)).isEqualTo(statistics.get(0));
  }

  @Test
  void statisticsByRounds_areNotThoseOfSteps() throws IOException {
    for (String update : List.of("step", "round")) {
      List<Experiment.Part> wrappers =
          List.of(new Experiment.Part("normalize-observation", Map.of("update", update)));
      train(experiment("ppo", "Pendulum-v1", 2, 1, 800, options("ppo"), wrappers), update, null);
    }
    assertThat(
            Files.mismatch(
                folder.resolve("step/learner.state"), folder.resolve("round/learner.state")))
        .isNotNegative();
  }

  @Test
  void round_ofOneProcess_changesWhatALearnerOfAnyRoundsLearns() throws IOException {
    train(experiment("q-learning", "Taxi-v4", 4, 1), "one", null);
    train(experiment("q-learning", "Taxi-v4", 4, 25), "many", null);
    assertThat(
            Files.mismatch(
                folder.resolve("one/learner.state"), folder.resolve("many/learner.state")))
        .isNotNegative();
  }

  private static Experiment overlapping(Experiment experiment) {
    return experiment.withStepping(new Stepping(experiment.stepping().round(), true, 0));
  }

  /** On workers or here, whole, or gone on with after a checkpoint in mid-round. */
  @ParameterizedTest
  @CsvSource({
    "dqn,CartPole-v1,4,6",
    "dqn,CartPole-v1,3,40",
    "sac,Pendulum-v1,3,5",
    "impala,CartPole-v1,4,13",
    "q-learning,Taxi-v4,5,7",
    "ppo,CartPole-v1,4,1"
  })
  void overlap_onAnyNumberOfWorkersAndResumed_givesTheBitsOfOneProcess(
      String learner, String task, int rows, int round) throws IOException {
    Experiment experiment = overlapping(experiment(learner, task, rows, round));
    train(experiment, "here", null);
    for (int cores : new int[] {1, 2, 3}) {
      train(experiment, "workers" + cores, workers(cores));
      assertSame("workers" + cores, "here");
    }
    CheckpointInterval often = new CheckpointInterval(Double.POSITIVE_INFINITY, 93);
    train(experiment, "parts", often, workers(2));
    assertSame("parts", "here");
    for (RoundEngine.Maker rounds : new RoundEngine.Maker[] {workers(3), null}) {
      resumeFromTheLastCheckpoint("parts", often, rounds);
      assertSame("parts", "here");
    }
  }

  /** The second round is played as the first was, before anything had been learned. */
  @Test
  void overlap_actsAsBeforeTheRoundThatIsLearnedFrom() throws IOException {
    Experiment inTurn = experiment("ppo", "CartPole-v1", 1, 1);
    for (int rounds = 1; rounds <= 2; rounds++) {
      Budget budget = Budget.steps(32L * rounds);
      train(inTurn.withBudget(budget), "in-turn" + rounds, null);
      train(overlapping(inTurn).withBudget(budget), "overlapping" + rounds, null);
      boolean same =
          Files.mismatch(
                  folder.resolve("in-turn" + rounds + "/learner.state"),
                  folder.resolve("overlapping" + rounds + "/learner.state"))
              < 0;
      assertThat(same).as("after %d rounds", rounds).isEqualTo(rounds == 1);
    }
  }

  @Test
  void overlap_longer_givesTheBitsOfARunThatWasSoLongFromTheStart() {
    Experiment experiment = overlapping(experiment("q-learning", "Taxi-v4", 3, 40));
    train(experiment.withBudget(Budget.steps(1100)), "whole", null);
    for (RoundEngine.Maker rounds : new RoundEngine.Maker[] {workers(2), null}) {
      String name = rounds == null ? "here" : "workers";
      Experiment shorter =
          overlapping(experiment("q-learning", "Taxi-v4", 3, 40)).withBudget(Budget.steps(700));
      train(shorter, name, rounds);
      try (TrainingRun run =
          TrainingRuns.resume(
              new TrainingSetup(
                  ASSEMBLER,
                  CheckpointInterval.DEFAULT,
                  (progress, heard, seconds) -> {},
                  warning -> {}),
              RunFolder.longer(folder.resolve(name), Budget.steps(1100)))) {
        assertThat(run.run()).isTrue();
      }
      assertThat(folder.resolve(name).resolve("metrics.csv"))
          .hasSameBinaryContentAs(folder.resolve("whole/metrics.csv"));
    }
  }

  /** Statistics that are merged while the next round gathers its own. */
  @ParameterizedTest
  @CsvSource({"ppo,Pendulum-v1,1", "dqn,CartPole-v1,20"})
  void overlap_withStatisticsByRounds_givesTheBitsOfOneProcess(
      String learner, String task, int round) throws IOException {
    List<Experiment.Part> wrappers =
        List.of(
            new Experiment.Part("normalize-observation", Map.of("update", "round", "clip", 10.0)),
            new Experiment.Part("normalize-reward", Map.of("update", "round")));
    Experiment experiment =
        overlapping(experiment(learner, task, 3, round, 800, options(learner), wrappers));
    train(experiment, "here", null);
    train(experiment, "workers", workers(2));
    assertSame("workers", "here");
    CheckpointInterval often = new CheckpointInterval(Double.POSITIVE_INFINITY, 93);
    train(experiment, "parts", often, workers(3));
    assertSame("parts", "here");
    for (RoundEngine.Maker rounds : new RoundEngine.Maker[] {workers(2), null}) {
      resumeFromTheLastCheckpoint("parts", often, rounds);
      assertSame("parts", "here");
    }
  }

  @Test
  void learnersThatCannot_areRefusedByName() {
    assertThatThrownBy(
            () -> train(overlapping(experiment("a2c", "CartPole-v1", 2, 1)), "a2c", null))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("a2c learns from what its present policy does");
    assertThatThrownBy(
            () -> train(overlapping(experiment("dqn", "CartPole-v1", 2, 1)), "dqn1", null))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("with --cluster, --overlap or --asynchronous say --round K");

    assertThatThrownBy(() -> train(experiment("sarsa", "Taxi-v4", 2, 1), "sarsa", workers(1)))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("sarsa learns from each step before it takes the next");
    assertThatThrownBy(() -> train(experiment("dqn", "CartPole-v1", 2, 1), "dqn", workers(1)))
        .isInstanceOf(UserError.class)
        .hasMessageContaining(
            "dqn learns after every step: with --cluster, --overlap or --asynchronous say --round K");
    assertThatThrownBy(() -> train(experiment("ppo", "CartPole-v1", 2, 8), "ppo", null))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("the rounds of ppo are its rollouts");
  }

  @Test
  void localRounds_stepRowsAsOneWhole() {
    Experiment experiment = experiment("a2c", "CartPole-v1", 4, 1);
    train(experiment, "here", null);
    train(
        experiment, "rounds", (assembler, e, stopping, warnings) -> new LocalRounds(assembler, e));
    assertSame("rounds", "here");
  }

  /** Does jobs in this process. */
  private static class Here implements JobDispatcher {
    private final Work work = new ClusterWork(ASSEMBLER, LearnerPlugins.refused(""));
    private final int cores;

    Here(int cores) {
      this.cores = cores;
    }

    @SuppressWarnings("ArrayRecordComponent")
    private record Shared(byte[] bytes) implements Stage {}

    record Done(CompletableFuture<byte[]> result) implements Job {
      @Override
      public void stop() {}
    }

    private static final Work.Reports REPORTS =
        new Work.Reports() {
          @Override
          public void report(byte[] bytes) {}

          @Override
          public boolean stopWanted() {
            return false;
          }

          @Override
          public byte @Nullable [] fetch(String sha256, long offset) {
            return null;
          }
        };

    @Override
    public Stage stage(byte[] bytes, boolean exact) {
      return new Shared(bytes);
    }

    @Override
    public Job submit(Stage stage, byte[] job, Consumer<byte[]> reports) {
      return new Done(
          CompletableFuture.supplyAsync(() -> work.perform(((Shared) stage).bytes, job, REPORTS)));
    }

    @Override
    public int capacity() {
      return cores;
    }

    @Override
    public void close() {}
  }
}
