package org.bellmanrl.lab.internal.rounds;

import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.bellmanrl.lab.internal.assembly.Assembler;
import org.bellmanrl.lab.internal.run.Experiment;

/**
 * Plays rounds. The same round gives the same trace and states in whatever process, and for however
 * many rows at a time. For one thread.
 */
public interface RoundEngine extends AutoCloseable {

  /**
   * Steps all rows.
   *
   * @param behaviour what the behaviour depends on
   * @param states where each row is at first, as {@link org.bellmanrl.api.interaction.Trainer#row}
   *     saves it
   * @param steps how many, at least 1
   * @param into takes what happens
   * @return where each row is then
   */
  byte[][] play(byte[] behaviour, byte[][] states, int steps, Trace into);

  /** Releases what it holds. */
  @Override
  void close();

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
