package org.bellmanrl.lab.internal.training;

import java.nio.charset.StandardCharsets;
import org.bellmanrl.api.schedule.Progress;
import org.bellmanrl.api.state.State;
import org.bellmanrl.api.state.Stateful;
import org.bellmanrl.lab.internal.run.Judgement;
import org.bellmanrl.lab.internal.run.Summary;
import org.bellmanrl.lab.internal.run.TrialPlan;
import org.bellmanrl.results.document.Numbers;
import org.jspecify.annotations.Nullable;

/** When the next trial is, and what the earlier ones brought. */
final class Trials implements Stateful {
  private static final int MAX_BYTES = 1 << 28;

  private final TrialPlan plan;
  private long next;
  private double best = Double.NEGATIVE_INFINITY;
  private long bestStep;
  private long bestEpisodes;
  private int sinceBest;
  private boolean reached;
  private final StringBuilder rows =
      new StringBuilder("step,episode,return,deviation,least,greatest,length,terminated\n");

  Trials(TrialPlan plan) {
    this.plan = plan;
    this.next = plan.wanted() ? plan.every() : Long.MAX_VALUE;
  }

  /** Transitions until the next one. */
  long stepsUntil(long steps) {
    return next == Long.MAX_VALUE ? Long.MAX_VALUE : Math.max(next - steps, 0);
  }

  boolean due(long steps) {
    return steps >= next;
  }

  /** Takes the result of a trial; whether it is the best so far. */
  boolean take(Judgement judgement, Progress progress) {
    long steps = progress.steps();
    next = (steps / plan.every() + 1) * plan.every();
    reached |= judgement.meanReturn() >= plan.stopAt();
    rows.append(steps).append(',').append(progress.episodes());
    for (double number :
        new double[] {
          judgement.meanReturn(),
          judgement.stdReturn(),
          judgement.minReturn(),
          judgement.maxReturn(),
          judgement.meanLength(),
          judgement.terminated()
        }) {
      rows.append(',').append(Numbers.exact(number));
    }
    rows.append('\n');
    boolean better = judgement.meanReturn() > best;
    if (better) {
      best = judgement.meanReturn();
      bestStep = steps;
      bestEpisodes = progress.episodes();
      sinceBest = 0;
    } else {
      sinceBest++;
    }
    return better;
  }

  /** Whether there is no point in going on. */
  boolean wantStop() {
    return reached || (plan.patience() > 0 && sinceBest >= plan.patience());
  }

  /** Why there is no point in going on, in words. */
  String ending() {
    return reached
        ? "stopped: a trial's mean return reached " + Numbers.exact(plan.stopAt())
        : "stopped: no better trial in the last " + sinceBest;
  }

  /** The run is made longer: what has stopped it so far does not stop it again. */
  void goOn() {
    reached = false;
    sinceBest = 0;
  }

  /** Best mean return; negative infinity before the first trial. */
  double best() {
    return best;
  }

  /** A line for each trial, the one that ended the run too; empty if none is wanted. */
  String csv() {
    return plan.wanted() ? rows.toString() : "";
  }

  /** The best so far; null before the first trial. */
  Summary.@Nullable Best summary() {
    return best == Double.NEGATIVE_INFINITY ? null : new Summary.Best(bestStep, bestEpisodes, best);
  }

  @Override
  public void carry(State state) {
    int version = state.begin("trials", 3);
    next = state.carry("next", next);
    best = state.carry("best", best);
    bestStep = state.carry("best_step", bestStep);
    if (version >= 2) {
      bestEpisodes = state.carry("best_episodes", bestEpisodes);
    }
    sinceBest = state.carry("since_best", sinceBest);
    reached = state.carry("reached", reached);
    if (version >= 3) {
      byte[] text = rows.toString().getBytes(StandardCharsets.UTF_8);
      byte[] carried = state.carryUpTo("rows", text, text.length, MAX_BYTES);
      if (state.restoring()) {
        rows.setLength(0);
        rows.append(new String(carried, StandardCharsets.UTF_8));
      }
    }
    state.end();
  }
}
