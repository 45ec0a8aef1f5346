package org.bellmanrl.api.interaction;

import org.bellmanrl.api.schedule.Progress;
import org.bellmanrl.api.state.State;
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
  public void carry(State state) {
    state.begin("progress", 1);
    steps = state.carry("steps", steps);
    episodes = state.carry("episodes", episodes);
    state.end();
  }
}
