package org.bellmanrl.testkit;

import java.util.Arrays;
import org.bellmanrl.api.EnvironmentSpec;
import org.bellmanrl.api.Observations;
import org.bellmanrl.api.Outcomes;
import org.bellmanrl.api.VectorEnvironment;
import org.bellmanrl.api.random.RandomStream;
import org.bellmanrl.api.random.RandomStreams;
import org.bellmanrl.api.random.Streams;
import org.bellmanrl.api.random.Streams.Role;
import org.bellmanrl.api.space.Columns;
import org.bellmanrl.api.space.Rows;

/** Plays environments and measures what their own calls allocate, the chooser's left out. */
final class AllocationMeter {
  private static final int STEPS_BETWEEN = 3;

  private final VectorEnvironment environment;
  private final EnvironmentSpec spec;
  private final ActionChooser chooser;
  private final RandomStreams random;
  private final RandomStream actionRandom;
  private final Rows all;
  private final Rows idle;
  private final Columns actions;
  private final Outcomes outcomes;
  private final long[] lengths;
  private Observations current;

  AllocationMeter(VectorEnvironment environment, long[] seeds, ActionChooser chooser) {
    this.environment = environment;
    this.spec = environment.spec();
    this.chooser = chooser;
    this.random = RandomStreams.ofSeeds(seeds);
    this.actionRandom = Streams.of(seeds[0]).stream(Role.POLICY, 0);
    this.all = Rows.all(environment.rows());
    this.idle = Rows.all(environment.rows());
    this.actions = new Columns(spec.actionSpace(), environment.rows());
    this.outcomes = new Outcomes(spec, environment.rows());
    this.current = new Observations(spec, environment.rows());
    this.lengths = new long[environment.rows()];
  }

  /**
   * Steps all rows {@code count} times, and resets those whose episode is over.
   *
   * @return the bytes that the steps have allocated
   */
  long play(int count) {
    long bytes = 0;
    for (int i = 0; i < count; i++) {
      if (!idle.isEmpty()) {
        environment.reset(idle, random, current);
      }
      for (int row = 0; row < all.count(); row++) {
        chooser.choose(current, row, actionRandom, actions);
      }
      outcomes.clear(all);
      long before = Allocation.bytes();
      environment.step(all, actions, random, outcomes);
      bytes += Allocation.bytes() - before;
      current = outcomes.exchange(current);
      listIdle();
    }
    return bytes;
  }

  /**
   * Begins new episodes of all rows {@code count} times, each after {@link #STEPS_BETWEEN} steps.
   *
   * @return the bytes that the resets have allocated
   */
  long reset(int count) {
    long bytes = 0;
    for (int i = 0; i < count; i++) {
      play(STEPS_BETWEEN);
      long before = Allocation.bytes();
      environment.reset(all, random, current);
      bytes += Allocation.bytes() - before;
      Arrays.fill(lengths, 0);
      idle.clear();
    }
    return bytes;
  }

  private void listIdle() {
    for (int i = 0; i < idle.count(); i++) {
      lengths[idle.at(i)] = 0;
    }
    idle.clear();
    for (int row = 0; row < all.count(); row++) {
      lengths[row]++;
      if (outcomes.terminated()[row]
          || outcomes.truncated()[row]
          || lengths[row] == spec.maxEpisodeSteps()) {
        idle.add(row);
      }
    }
  }
}
