package org.bellmanrl.cluster.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.bellmanrl.api.interaction.Budget;
import org.bellmanrl.api.registry.Registry;
import org.bellmanrl.lab.cluster.ClusterProvider;
import org.bellmanrl.lab.cluster.JobDispatcher;
import org.bellmanrl.lab.cluster.Membership;
import org.bellmanrl.lab.internal.assembly.Assembler;
import org.bellmanrl.lab.internal.assembly.Resolver;
import org.bellmanrl.lab.internal.assembly.TrainingRequest;
import org.bellmanrl.lab.internal.cluster.ClusterWork;
import org.bellmanrl.lab.internal.cluster.LearnerPlugins;
import org.bellmanrl.lab.internal.cluster.RemoteProtocol;
import org.bellmanrl.lab.internal.cluster.RemoteRounds;
import org.bellmanrl.lab.internal.preset.Presets;
import org.bellmanrl.lab.internal.rounds.RoundEngine;
import org.bellmanrl.lab.internal.rounds.Trace;
import org.bellmanrl.lab.internal.run.Experiment;
import org.bellmanrl.lab.internal.run.RunFolder;
import org.bellmanrl.lab.internal.training.CheckpointInterval;
import org.bellmanrl.lab.internal.training.TrainingRun;
import org.bellmanrl.lab.internal.training.TrainingRuns;
import org.bellmanrl.lab.internal.training.TrainingSetup;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Workers join and leave all the time: neither side keeps memory or threads of those that are gone.
 * All of them are in this process. {@code -Drounds=N} says for how long.
 */
@Tag("long")
@Timeout(900)
class ChurnTest {
  private static final int ROUNDS = Integer.getInteger("rounds", 1000);

  /** Rounds between two changes. */
  private static final int CHURN = 10;

  private static final int STEPS = 5;
  private static final int ROWS = 4;
  private static final long PATIENCE_NANOS = 60_000_000_000L;

  /** By how much measurements of the same may differ, in bytes. */
  private static final long MOST_GROWTH = 4 << 20;

  private static final Assembler ASSEMBLER =
      new Assembler(Registry.builder().discover(ChurnTest.class.getClassLoader()).build());

  private final Deque<ClusterProvider.Service> workers = new ArrayDeque<>();

  @TempDir Path folder;

  private void join(Membership cluster) {
    workers.addLast(
        new PekkoCluster()
            .work(
                cluster,
                1,
                true,
                RemoteProtocol.facts(),
                new ClusterWork(ASSEMBLER, LearnerPlugins.refused("")),
                line -> {}));
  }

  private static Experiment experiment() {
    return new Resolver(ASSEMBLER.entries(), new Presets())
        .resolve(
            TrainingRequest.of("a2c", "CartPole-v1")
                .withLearnerOptions(Map.of("n_steps", STEPS, "hidden", "[16]"))
                .withRows(OptionalInt.of(ROWS))
                .withWrappers(List.of())
                .withBudget(Budget.steps((long) ROUNDS * STEPS * ROWS))
                .withSeed(3));
  }

  @Test
  void rounds_withWorkersThatJoinAndLeave_keepNothing() throws IOException {
    Membership cluster = Membership.of(Workers.freeAddress());
    try (JobDispatcher dispatcher =
        new PekkoCluster().dispatch(cluster, RemoteProtocol.facts(), Map.of(), warning -> {})) {
      join(cluster);
      join(cluster);
      Churn[] churn = new Churn[1];
      RoundEngine.Maker maker =
          (assembler, experiment, stopping, warnings) -> {
            churn[0] =
                new Churn(
                    new RemoteRounds(dispatcher, assembler, experiment, stopping, warnings),
                    cluster);
            return churn[0];
          };
      try (TrainingRun run =
          TrainingRuns.begin(
              new TrainingSetup(
                  ASSEMBLER,
                  new CheckpointInterval(Double.POSITIVE_INFINITY, Long.MAX_VALUE),
                  (progress, heard, seconds) -> {},
                  warning -> {},
                  maker),
              experiment(),
              RunFolder.create(folder.resolve("run")),
              false)) {
        assertThat(run.run()).isTrue();
        assertThat(churn[0].rounds).isEqualTo(ROUNDS);
        churn[0].assertSteady();
      }
    } finally {
      workers.forEach(ClusterProvider.Service::close);
    }
  }

  /** Exchanges a worker now and then before it plays a round. */
  private final class Churn implements RoundEngine {
    private final RoundEngine engine;
    private final Membership cluster;
    private int rounds;
    private long bytes;
    private int threads;

    Churn(RoundEngine engine, Membership cluster) {
      this.engine = engine;
      this.cluster = cluster;
    }

    @Override
    public Playing begin(Plan plan, byte[][] states, Trace into) {
      if (++rounds % CHURN == 0) {
        workers.removeFirst().close();
        join(cluster);
      }
      if (rounds == ROUNDS / 4) {
        threads = ManagementFactory.getThreadMXBean().getThreadCount();
        bytes = live();
      }
      return engine.begin(plan, states, into);
    }

    /** Parts of the last worker that has left may take a while to end. */
    void assertSteady() {
      long begun = System.nanoTime();
      long grown;
      int more;
      do {
        grown = live() - bytes;
        more = ManagementFactory.getThreadMXBean().getThreadCount() - threads;
      } while ((grown > MOST_GROWTH || more > 0) && System.nanoTime() - begun < PATIENCE_NANOS);
      System.out.printf("%d rounds: %d bytes, %d threads more%n", ROUNDS, grown, more);
      assertThat(grown).as("bytes more of %d", bytes).isLessThanOrEqualTo(MOST_GROWTH);
      assertThat(more).as("threads more than %d", threads).isNotPositive();
    }

    private static long live() {
      for (int i = 0; i < 3; i++) {
        System.gc();
      }
      return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    @Override
    public void close() {
      engine.close();
    }
  }
}
