package org.bellmanrl.lab.internal.rounds;

import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.bellmanrl.lab.internal.assembly.Assembler;
import org.bellmanrl.lab.internal.run.Experiment;

/**
 * Plays rounds. The same round gives the same trace and states in whatever process, and for however
 * many rows at a time. For one thread, unless an implementation says more.
 */
public interface RoundEngine extends AutoCloseable {

  /**
   * How rows are stepped.
   *
   * @param behaviour what the behaviour depends on
   * @param steps how many of each row, at least 1
   * @param clearing whether rows first forget what they have gathered for {@link
   *     org.bellmanrl.api.state.StatefulRows#mergeRows}, since that is merged where the learner is
   */
  @SuppressWarnings("ArrayRecordComponent") // nobody changes it
  record Plan(byte[] behaviour, int steps, boolean clearing) {}

  /**
   * Begins to step all rows, and may return before they are.
   *
   * @param states where each row is at first, as {@link org.bellmanrl.api.interaction.Trainer#row}
   *     saves it
   * @param into takes what happens; for this engine alone until the round is awaited
   */
  Playing begin(Plan plan, byte[][] states, Trace into);

  /**
   * Steps all rows, as {@link #begin} does, and returns where each row is then.
   *
   * @throws StoppedException as {@link Playing#await} does if it is stoppable
   */
  default byte[][] play(Plan plan, byte[][] states, Trace into) {
    return begin(plan, states, into).await(true);
  }

  /** Gives up what is being played and releases what it holds. */
  @Override
  void close();

  /** A round that is being played. */
  interface Playing {
    /**
     * Waits for its end and returns where each row is then. Only once.
     *
     * @param stoppable whether not to wait any longer once the run is to stop, if this can take
     *     long
     * @throws StoppedException if it did not wait, or if the run is to stop and there is no worker
     *     to wait for
     */
    byte[][] await(boolean stoppable);
  }

  /** The run is to stop, and a round is given up that is not done yet. */
  final class StoppedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Makes it. */
    public StoppedException() {
      super("the run is to stop, and its workers have not done the round");
    }
  }

  /** Makes the engine of a run. */
  interface Maker {
    /**
     * Makes an engine.
     *
     * @param stopping whether the run is to stop
     * @param warnings takes lines about what the run waits for
     */
    RoundEngine make(
        Assembler assembler,
        Experiment experiment,
        BooleanSupplier stopping,
        Consumer<String> warnings);
  }
}
