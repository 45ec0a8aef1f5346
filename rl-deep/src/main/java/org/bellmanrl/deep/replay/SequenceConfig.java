package org.bellmanrl.deep.replay;

import io.soabase.recordbuilder.core.RecordBuilder;
import org.bellmanrl.api.options.Require;

/**
 * How a replay cuts episodes into sequences, for recurrent networks (Kapturowski et al., 2019,
 * section 2.3). A sequence begins with the state that the network had there when it acted, goes on
 * for {@code burnIn} steps that only bring the state up to date, and then for {@code length} steps
 * that are learned from; at an episode's end it is shorter, the burn-in first.
 *
 * @param burnIn steps before those that are learned from, at least 0
 * @param length steps that are learned from, at least 1
 * @param period steps of an episode from the beginning of one sequence to that of the next, at
 *     least 1
 * @param stateSize numbers of a state, at least 1
 */
@RecordBuilder
public record SequenceConfig(int burnIn, int length, int period, int stateSize)
    implements SequenceConfigBuilder.With {
  public SequenceConfig {
    Require.atLeast("burnIn", burnIn, 0);
    Require.atLeast("length", length, 1);
    Require.atLeast("period", period, 1);
    Require.atLeast("stateSize", stateSize, 1);
  }
}
