package org.bellmanrl.api.interaction;

import org.bellmanrl.api.options.Require;
import org.bellmanrl.api.schedule.Progress;
import org.bellmanrl.api.state.State;
import org.bellmanrl.api.state.Stateful;

/** The counts behind a {@link Progress}; advanced by the {@link Interaction} that owns it. */
public final class RunProgress implements Progress, Stateful {
  private final Budget budget;
  private final Budget schedules;
  private long steps;
  private long episodes;

  /** At the beginning of a run within {@code budget}. */
  public RunProgress(Budget budget) {
    this(budget, budget);
  }

  /**
   * At the beginning of a run whose schedules end before or after the run does.
   *
   * @param budget when the run ends
   * @param schedules what {@link #fraction} is a fraction of
   */
  public RunProgress(Budget budget, Budget schedules) {
    this.budget = budget;
    this.schedules = schedules;
  }

  /**
   * The progress of a run that is over, for a learner that acts as it did then.
   *
   * @param schedules what {@link #fraction} is a fraction of
   * @param steps transitions observed, at least 0
   * @param episodes episodes ended, at least 0
   */
  public static RunProgress at(Budget schedules, long steps, long episodes) {
    Require.atLeast("steps", steps, 0);
    Require.atLeast("episodes", episodes, 0);
    RunProgress progress = new RunProgress(schedules);
    progress.steps = steps;
    progress.episodes = episodes;
    return progress;
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
    return schedules.fraction(steps, episodes);
  }

  /** Returns whether the steps or the episodes of the budget are used up. */
  public boolean exhausted() {
    return steps >= budget.steps() || episodes >= budget.episodes();
  }

  void addSteps(int count) {
    steps += count;
  }

  void addEpisode() {
    episodes++;
  }

  @Override
  public void carry(State state) {
    state.begin("progress", 1);
    steps = state.carry("steps", steps);
    episodes = state.carry("episodes", episodes);
    state.end();
  }
}
