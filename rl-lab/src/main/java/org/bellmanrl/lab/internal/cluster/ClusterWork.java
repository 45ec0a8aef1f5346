package org.bellmanrl.lab.internal.cluster;

import com.google.inject.Inject;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.bellmanrl.lab.cluster.Work;
import org.bellmanrl.lab.internal.assembly.Assembler;

/** Everything that a worker does for learners. */
public final class ClusterWork implements Work {
  private final Assembler assembler;
  private final RowWork rows;

  /** Work with what is registered in this process. */
  @Inject
  public ClusterWork(Assembler assembler) {
    this.assembler = assembler;
    this.rows = new RowWork(assembler);
  }

  @Override
  public byte[] perform(byte[] stage, byte[] job, Reports reports) {
    DataInputStream shared = Bytes.in(stage);
    DataInputStream own = Bytes.in(job);
    try {
      int kind = shared.readUnsignedByte();
      if (kind == RemoteRuns.KIND) {
        return RemoteRuns.perform(assembler, shared, own, reports);
      }
      if (kind == RemoteRounds.KIND) {
        return rows.perform(shared, own);
      }
      throw new UnfitException("it knows no jobs of kind " + kind);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
