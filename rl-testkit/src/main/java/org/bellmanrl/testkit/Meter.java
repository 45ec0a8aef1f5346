package org.bellmanrl.testkit;

import org.bellmanrl.api.EnvironmentSpec;
import org.bellmanrl.api.Observations;
import org.bellmanrl.api.Outcomes;
import org.bellmanrl.api.VectorEnvironment;
import org.bellmanrl.api.random.RandomStream;
import org.bellmanrl.api.random.RandomStreams;
import org.bellmanrl.api.random.Role;
import org.bellmanrl.api.random.Streams;
import org.bellmanrl.api.space.Columns;
import org.bellmanrl.api.space.Rows;

/** Plays environments and measures what their own calls allocate, the chooser's left out. */
final class Meter {
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
  private long stepBytes;
  private long resetBytes;
  private long steps;
  private long resets;

  Meter(VectorEnvironment environment, long[] seeds, ActionChooser chooser) {
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

  /** Plays, and measures anew. */
  void play(int count) {
    stepBytes = 0;
    resetBytes = 0;
    steps = 0;
    resets = 0;
    for (int i = 0; i < count; i++) {
      if (!idle.isEmpty()) {
        long before = Allocation.bytes();
        environment.reset(idle, random, current);
        resetBytes += Allocation.bytes() - before;
        resets++;
      }
      for (int row = 0; row < all.count(); row++) {
        chooser.choose(current, row, actionRandom, actions);
      }
      outcomes.clear(all);
      long before = Allocation.bytes();
      environment.step(all, actions, random, outcomes);
      stepBytes += Allocation.bytes() - before;
      steps++;
      current = outcomes.exchange(current);
      listIdle();
    }
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

  double bytesPerStep() {
    return (double) stepBytes / steps;
  }

  /** 0 if there was no reset. */
  double bytesPerReset() {
    return resets == 0 ? 0 : (double) resetBytes / resets;
  }
}
