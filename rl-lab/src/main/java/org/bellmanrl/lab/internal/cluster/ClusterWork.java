package org.bellmanrl.lab.internal.cluster;

import com.google.common.cache.Cache;
import com.google.common.cache.CacheBuilder;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import org.bellmanrl.lab.cluster.Work;
import org.bellmanrl.lab.internal.assembly.Assembler;
import org.bellmanrl.lab.internal.run.Experiment;
import org.jspecify.annotations.Nullable;

/** Everything that a worker does for learners. Safe for use by several threads. */
public final class ClusterWork implements Work {
  /** Experiments that are remembered: rounds, and seeds, of one follow one another. */
  private static final int MOST_TASKS = 8;

  private final Assembler assembler;
  private final LearnerPlugins plugins;
  private final RowWork rows = new RowWork();

  /** By what a learner says of them. */
  private final Cache<ByteBuffer, Task> tasks =
      CacheBuilder.newBuilder().concurrencyLevel(1).maximumSize(MOST_TASKS).build();

  /**
   * What a learner has done.
   *
   * @param experiment what is learned
   * @param assembler has the plugins that the experiment uses
   */
  record Task(Experiment experiment, Assembler assembler) {}

  /**
   * Work with what is registered in this process, or offered by learners.
   *
   * @param assembler what is registered here
   * @param plugins those of learners
   */
  public ClusterWork(Assembler assembler, LearnerPlugins plugins) {
    this.assembler = assembler;
    this.plugins = plugins;
  }

  @Override
  public byte[] perform(byte[] stage, byte[] job, Reports reports) {
    DataInputStream shared = Bytes.in(stage);
    DataInputStream own = Bytes.in(job);
    try {
      int kind = shared.readUnsignedByte();
      if (kind != RemoteRuns.KIND && kind != RemoteRounds.KIND) {
        throw new UnfitException("it knows no jobs of kind " + kind);
      }
      Task task = task(Bytes.read(shared), reports);
      return kind == RemoteRuns.KIND
          ? RemoteRuns.perform(task, shared, own, reports)
          : rows.perform(task, shared, own);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The task that a learner describes, with the plugins that the learner has. */
  private Task task(byte[] described, Reports reports) throws IOException {
    ByteBuffer key = ByteBuffer.wrap(described);
    @Nullable Task known = tasks.getIfPresent(key);
    if (known != null) {
      return known;
    }
    RemoteProtocol.Described learner = RemoteProtocol.Described.read(described);
    Assembler able = assembler;
    String lacking = learner.lackedBy(able);
    if (!lacking.isEmpty() && !learner.plugins().isEmpty()) {
      able = plugins.assembler(learner.plugins(), lacking, reports);
      lacking = learner.lackedBy(able);
    }
    if (!lacking.isEmpty()) {
      throw new UnfitException(lacking);
    }
    Task task = new Task(learner.experiment(), able);
    tasks.put(key, task);
    return task;
  }
}
