package org.bellmanrl.api.interaction;

import org.bellmanrl.api.schedule.Progress;
import org.bellmanrl.api.state.StateReader;
import org.bellmanrl.api.state.StateWriter;
import org.bellmanrl.api.state.Stateful;

/** The counts behind a {@link Progress}; advanced by the {@link Interaction} that owns it. */
public final class RunProgress implements Progress, Stateful {
  private final Budget budget;
  private long steps;
  private long episodes;

  /** At the beginning of a run within {@code budget}. */
  public RunProgress(Budget budget) {
    this.budget = budget;
  }

  @Override
  public long steps() {
    return steps;
  }

  @Override
  public long episodes() {
    return episodes;
  }

  @Override
  public double fraction() {
    return Math.min(1, Math.max(used(steps, budget.steps()), used(episodes, budget.episodes())));
  }

  /** Whether the steps or the episodes of the budget are used up. */
  public boolean exhausted() {
    return steps >= budget.steps() || episodes >= budget.episodes();
  }

  void addSteps(int count) {
    steps += count;
  }

  void addEpisode() {
    episodes++;
  }

  private static double used(long count, long limit) {
    return limit == Long.MAX_VALUE ? 0 : limit == 0 ? 1 : (double) count / limit;
  }

  @Override
  public void save(StateWriter out) {
    out.begin("progress", 1);
    out.write("steps", steps);
    out.write("episodes", episodes);
    out.end();
  }

  @Override
  public void restore(StateReader in) {
    in.begin("progress", 1);
    steps = in.readLong("steps");
    episodes = in.readLong("episodes");
    in.end();
  }
}
