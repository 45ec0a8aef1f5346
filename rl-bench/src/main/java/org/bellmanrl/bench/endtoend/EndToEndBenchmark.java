package org.bellmanrl.bench.endtoend;

import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.bellmanrl.api.VectorEnvironment;
import org.bellmanrl.api.interaction.Budget;
import org.bellmanrl.api.interaction.Trainer;
import org.bellmanrl.api.registry.LearnerEntry;
import org.bellmanrl.api.registry.Registry;
import org.bellmanrl.env.classic.CartPole;
import org.bellmanrl.env.classic.CartPoleOptions;
import org.bellmanrl.env.classic.Pendulum;
import org.bellmanrl.env.classic.PendulumOptions;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
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
 * The wall time of a whole training, in a JVM that has done nothing else before: what someone waits
 * for who trains once, the compilation of the hot code included. Settings are those that peers
 * publish times for; bench/peers measures some of them. What such training reaches is another
 * question, which {@code ./rl bench learning} answers.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 0)
@Measurement(iterations = 1)
@Fork(
    value = 3,
    jvmArgsAppend = {"--add-modules=jdk.incubator.vector", "-XX:+UseSerialGC"})
public class EndToEndBenchmark {

  /**
   * What is trained, SAC on Pendulum-v1 and the others on CartPole-v1: {@code zoo} with the
   * settings of RL Baselines3 Zoo (hyperparams/*.yml), {@code purejaxrl} with those of PureJaxRL's
   * own examples.
   */
  @Param({
    "a2c-zoo-100k",
    "ppo-zoo-100k",
    "dqn-zoo-50k",
    "sac-zoo-20k",
    "ppo-purejaxrl-500k",
    "dqn-purejaxrl-500k"
  })
  public String task = "";

  private Trainer<?> trainer = trainer("a2c", 1, 1, Map.of());

  /** Makes environment and learner. */
  @Setup(Level.Iteration)
  public void prepare() {
    trainer.close();
    trainer =
        switch (task) {
          case "a2c-zoo-100k" -> trainer("a2c", 8, 100_000, Map.of());
          case "ppo-zoo-100k" ->
              trainer(
                  "ppo",
                  8,
                  100_000,
                  Map.of(
                      "n_steps",
                      32,
                      "batch_size",
                      256,
                      "gae_lambda",
                      0.8,
                      "gamma",
                      0.98,
                      "n_epochs",
                      20,
                      "learning_rate",
                      "linear:0.001:0:100%",
                      "clip_range",
                      "linear:0.2:0:100%"));
          case "dqn-zoo-50k" ->
              trainer(
                  "dqn",
                  1,
                  50_000,
                  Map.of(
                      "learning_rate", 0.0023,
                      "buffer_size", 100_000,
                      "learning_starts", 1000,
                      "batch_size", 64,
                      "target_update_interval", 10,
                      "train_freq", 256,
                      "gradient_steps", 128,
                      "exploration", "linear:1:0.04:16%",
                      "hidden", List.of(256, 256)));
          case "sac-zoo-20k" ->
              trainer(
                  "sac",
                  Pendulum.batch(PendulumOptions.defaults(), 1),
                  20_000,
                  Map.of(
                      "learning_rate",
                      0.001,
                      "buffer_size",
                      1_000_000,
                      "learning_starts",
                      100,
                      "batch_size",
                      256,
                      "tau",
                      0.005,
                      "ent_coef",
                      "auto",
                      "hidden",
                      List.of(256, 256)));
          case "dqn-purejaxrl-500k" ->
              trainer(
                  "dqn",
                  10,
                  500_000,
                  Map.of(
                      "learning_rate", "linear:0.00025:0:100%",
                      "buffer_size", 10_000,
                      "learning_starts", 10_000,
                      "batch_size", 128,
                      "target_update_interval", 500,
                      "train_freq", 10,
                      "gradient_steps", 1,
                      "exploration", "linear:1:0.05:50%",
                      "hidden", List.of(120, 84)));
          case "ppo-purejaxrl-500k" ->
              trainer(
                  "ppo",
                  4,
                  500_000,
                  Map.of(
                      "n_steps", 128,
                      "batch_size", 128,
                      "n_epochs", 4,
                      "learning_rate", "linear:0.00025:0:100%",
                      "ent_coef", 0.01));
          default -> throw new IllegalArgumentException("no such task: " + task);
        };
  }

  private static Trainer<?> trainer(
      String learner, int rows, long steps, Map<String, ? extends Object> options) {
    return trainer(learner, CartPole.batch(CartPoleOptions.defaults(), rows), steps, options);
  }

  static Trainer<?> trainer(
      String learner,
      VectorEnvironment environment,
      long steps,
      Map<String, ? extends Object> options) {
    LearnerEntry entry =
        Registry.builder()
            .discover(EndToEndBenchmark.class.getClassLoader())
            .build()
            .get(LearnerEntry.class, learner);
    return Trainer.on(environment)
        .seed(0)
        .budget(Budget.steps(steps))
        .build(context -> entry.create(context, options));
  }

  /** Ends it. */
  @TearDown
  public void close() {
    trainer.close();
  }

  /** The whole training. */
  @Benchmark
  public Trainer<?> train() {
    trainer.run();
    return trainer;
  }
}
