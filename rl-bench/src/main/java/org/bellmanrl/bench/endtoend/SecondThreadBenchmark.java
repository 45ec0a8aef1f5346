package org.bellmanrl.bench.endtoend;

import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.bellmanrl.api.VectorEnvironment;
import org.bellmanrl.api.interaction.Trainer;
import org.bellmanrl.env.classic.CartPole;
import org.bellmanrl.env.classic.CartPoleOptions;
import org.bellmanrl.env.classic.Pendulum;
import org.bellmanrl.env.classic.PendulumOptions;
import org.bellmanrl.env.raycast.Basic;
import org.bellmanrl.env.raycast.RaycastOptions;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What a second thread does for learners with large networks: the same training with one thread,
 * which is the limit, and with two. Both have the same bits. Environments step in one thread, and
 * their part is small.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 4)
@Measurement(iterations = 5, time = 1)
@State(Scope.Thread)
public class SecondThreadBenchmark {
  private static final String VECTORS = "--add-modules=jdk.incubator.vector";
  private static final String COLLECTOR = "-XX:+UseSerialGC";
  private static final int ROLLOUT = 1_024;
  private static final int ROWS = 8;

  /**
   * What is trained: {@code sac} and {@code tqc} with batches of 256 and layers of 256 on
   * Pendulum-v1, an update for each step; {@code dqn-pictures} with batches of 32 on
   * raycast/Basic-v1, 84 × 84 pixels, an update for each step; {@code ppo-pictures} there, with all
   * layers shared, and {@code ppo-512} with three layers of 512 on CartPole-v1, four epochs of a
   * rollout of 1,024 steps.
   */
  @Param({"sac", "tqc", "dqn-pictures", "ppo-pictures", "ppo-512"})
  public String task = "sac";

  private Trainer<?> trainer = trainer("sac", pendulum(), Map.of());
  private int steps = 1;

  private static VectorEnvironment pendulum() {
    return Pendulum.batch(PendulumOptions.defaults(), 1);
  }

  private static VectorEnvironment pictures(int rows) {
    return Basic.batch(RaycastOptions.defaults(), rows);
  }

  private static Trainer<?> trainer(
      String learner, VectorEnvironment environment, Map<String, ? extends Object> options) {
    return EndToEndBenchmark.trainer(learner, environment, Long.MAX_VALUE, options);
  }

  private static Trainer<?> ppo(
      VectorEnvironment environment, List<Integer> shared, List<Integer> hidden) {
    return trainer(
        "ppo",
        environment,
        Map.of(
            "n_steps",
            ROLLOUT / ROWS,
            "batch_size",
            256,
            "n_epochs",
            4,
            "shared",
            shared,
            "hidden",
            hidden));
  }

  /** Makes environment and learner, and fills the replay memory. */
  @Setup
  public void prepare() {
    Map<String, Object> replay = Map.of("learning_starts", 256, "buffer_size", 10_000);
    trainer.close();
    trainer =
        switch (task) {
          case "sac", "tqc" -> trainer(task, pendulum(), replay);
          case "dqn-pictures" ->
              trainer(
                  "dqn",
                  pictures(1),
                  Map.of(
                      "learning_starts", 256,
                      "buffer_size", 10_000,
                      "train_freq", 1,
                      "gradient_steps", 1,
                      "batch_size", 32));
          case "ppo-pictures" -> ppo(pictures(ROWS), List.of(512), List.of());
          case "ppo-512" ->
              ppo(
                  CartPole.batch(CartPoleOptions.defaults(), ROWS),
                  List.of(),
                  List.of(512, 512, 512));
          default -> throw new IllegalArgumentException("no such task: " + task);
        };
    boolean byRollouts = task.startsWith("ppo");
    steps = byRollouts ? ROLLOUT : 1;
    trainer.run(byRollouts ? ROLLOUT : 256);
  }

  /** Ends it. */
  @TearDown
  public void close() {
    trainer.close();
  }

  /** A step with its update, or a rollout with its updates, by one thread. */
  @Benchmark
  @Fork(
      value = 1,
      jvmArgsAppend = {VECTORS, COLLECTOR, "-Dbellman.threads=1"})
  public Trainer<?> oneThread() {
    trainer.run(steps);
    return trainer;
  }

  /** The same with a second thread. */
  @Benchmark
  @Fork(
      value = 1,
      jvmArgsAppend = {VECTORS, COLLECTOR, "-Dbellman.threads=2"})
  public Trainer<?> twoThreads() {
    trainer.run(steps);
    return trainer;
  }
}
