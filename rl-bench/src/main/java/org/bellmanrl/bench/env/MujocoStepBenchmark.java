package org.bellmanrl.bench.env;

import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.bellmanrl.api.interaction.Simulation;
import org.bellmanrl.api.random.RandomStream;
import org.bellmanrl.api.registry.EnvironmentEntry;
import org.bellmanrl.api.registry.Registry;
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
 * Steps a second of MuJoCo's tasks, with uniform actions, resets of ended episodes included; needs
 * MuJoCo and Gymnasium's models. Its peer is {@code bench/peers/mujoco_steps.py}.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 5, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Fork(1)
public class MujocoStepBenchmark {

  /** Which task. */
  @Param({
    "Ant-v5",
    "HalfCheetah-v5",
    "Hopper-v5",
    "Humanoid-v5",
    "HumanoidStandup-v5",
    "InvertedDoublePendulum-v5",
    "InvertedPendulum-v5",
    "Pusher-v5",
    "Reacher-v5",
    "Swimmer-v5",
    "Walker2d-v5"
  })
  public String task = "HalfCheetah-v5";

  private final RandomStream actions = RandomStream.ofSeed(1);
  private Simulation simulation;

  /** Makes the environment. */
  @Setup
  public void prepare() {
    Registry registry =
        Registry.builder().discover(MujocoStepBenchmark.class.getClassLoader()).build();
    EnvironmentEntry entry = registry.get(EnvironmentEntry.class, task);
    simulation = new Simulation(entry.create(Map.of()));
    simulation.reset(0);
  }

  /** Frees it. */
  @TearDown
  public void close() {
    simulation.close();
  }

  /** One step. */
  @Benchmark
  public double step() {
    if (simulation.ended()) {
      simulation.reset();
    }
    simulation.stepSampled(actions);
    return simulation.reward();
  }
}
