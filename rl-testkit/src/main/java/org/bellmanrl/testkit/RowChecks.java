package org.bellmanrl.testkit;

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

/** Checks of environments with several rows. */
final class RowChecks {
  private RowChecks() {}

  /** Plays so that each call lists some of the rows only; each row takes {@code steps} or more. */
  static void playSubsets(Player player, int rows, long seed, int steps) {
    RandomStream random = Streams.of(seed).stream(Role.LEARNER, 0);
    long[] taken = new long[rows];
    Rows some = new Rows(rows);
    long least = 0;
    while (least < steps) {
      some.clear();
      for (int row = 0; row < rows; row++) {
        if (random.integers(2) == 0) {
          some.add(row);
          taken[row]++;
        }
      }
      if (!some.isEmpty()) {
        player.play(some);
      }
      least = Long.MAX_VALUE;
      for (long count : taken) {
        least = Math.min(least, count);
      }
    }
  }

  /** Fails if a reset or a step of some rows writes into the others. */
  static void unlistedRowsStay(
      VectorEnvironment environment, long[] seeds, ActionChooser chooser, int steps) {
    new Unlisted(environment, seeds, chooser).check(steps);
  }

  private static final class Unlisted {
    private static final double MARK = -12345.5;

    private final VectorEnvironment environment;
    private final EnvironmentSpec spec;
    private final int rows;
    private final long[] seeds;
    private final ActionChooser chooser;
    private final Outcomes outcomes;
    private final Observations current;

    Unlisted(VectorEnvironment environment, long[] seeds, ActionChooser chooser) {
      this.environment = environment;
      this.spec = environment.spec();
      this.rows = environment.rows();
      this.seeds = seeds;
      this.chooser = chooser;
      this.outcomes = new Outcomes(spec, rows);
      this.current = new Observations(spec, rows);
    }

    void check(int steps) {
      RandomStreams random = RandomStreams.ofSeeds(seeds);
      RandomStream actionRandom = Streams.of(seeds[0]).stream(Role.POLICY, 0);
      Columns actions = new Columns(spec.actionSpace(), rows);
      environment.reset(Rows.all(rows), random, current);
      Observations marked = new Observations(spec, rows);
      for (int row = 0; row < rows; row++) {
        Poison.FIRST.write(marked, row);
      }
      for (int step = 1; step <= steps; step++) {
        Rows one = new Rows(rows).add(step % rows);
        int row = one.at(0);
        chooser.choose(current, row, actionRandom, actions);
        mark();
        outcomes.clear(one);
        environment.step(one, actions, random, outcomes);
        unchanged(outcomes.observations(), marked, row, "step", step);
        numbers(row, step);
        current.copyRow(outcomes.observations(), row, row);
        if (outcomes.terminated()[row] || outcomes.truncated()[row]) {
          Observations first = new Observations(spec, rows);
          first.copyRows(marked, Rows.all(rows));
          environment.reset(one, random, first);
          unchanged(first, marked, row, "reset", step);
          current.copyRow(first, row, row);
        }
      }
    }

    private void mark() {
      for (int row = 0; row < rows; row++) {
        Poison.FIRST.write(outcomes.observations(), row);
        outcomes.reward()[row] = MARK;
        outcomes.discount()[row] = MARK;
        outcomes.terminated()[row] = true;
        outcomes.truncated()[row] = true;
      }
    }

    private void numbers(int listed, int step) {
      for (int row = 0; row < rows; row++) {
        if (row != listed) {
          same("reward", outcomes.reward()[row], listed, row, step);
          same("discount", outcomes.discount()[row], listed, row, step);
          if (!outcomes.terminated()[row] || !outcomes.truncated()[row]) {
            throw failure("step", listed, row, step, "terminated or truncated")
                .expected(true)
                .actual(false)
                .error();
          }
        }
      }
    }

    private void same(String field, double value, int listed, int row, int step) {
      if (value != MARK) {
        throw failure("step", listed, row, step, field).expected(MARK).actual(value).error();
      }
    }

    private void unchanged(
        Observations seen, Observations marked, int listed, String call, int step) {
      for (int row = 0; row < rows; row++) {
        if (row == listed) {
          continue;
        }
        Difference difference =
            new RowCopy(marked.values(), row)
                .difference("observation", new RowCopy(seen.values(), row));
        if (difference != null) {
          throw failure(call, listed, row, step, difference.field())
              .expected(difference.expected())
              .actual(difference.actual())
              .error();
        }
        for (int a = 0; a < seen.maskWidth(); a++) {
          if (!seen.allows(row, a)) {
            throw failure(call, listed, row, step, "mask[" + a + "]")
                .expected(true)
                .actual(false)
                .error();
          }
        }
      }
    }

    private Failure failure(String call, int listed, int row, int step, String field) {
      return Failure.of(spec.name(), "a " + call + " leaves the rows alone that it doesn't list")
          .where(
              "seed %d, call %d lists row %d, but row %d changed: %s"
                  .formatted(seeds[0], step, listed, row, field));
    }
  }
}
