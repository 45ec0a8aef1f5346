package org.bellmanrl.lab.internal.training;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.bellmanrl.api.EnvironmentSpec;
import org.bellmanrl.api.interaction.RunProgress;
import org.bellmanrl.lab.internal.run.Experiment;
import org.bellmanrl.lab.internal.run.Judgement;
import org.bellmanrl.lab.internal.run.MetricsTable;
import org.bellmanrl.results.document.Numbers;
import org.jspecify.annotations.Nullable;

/**
 * Looks, once a run has been judged, for results that contradict each other or say that nothing was
 * learned. Each is described in a sentence that says what to try.
 */
final class Contradictions {
  /** An ε of at least that at the end of training leaves most actions to chance. */
  private static final double LARGE_EPSILON = 0.5;

  /** An expectation is wrong if it differs from the result by so much of the larger of the two. */
  private static final double WRONG = 0.8;

  /** Differences below that part of the largest return are noise. */
  private static final double NOISE = 0.2;

  private static final double LEAST_VALUE = 1e-3;
  private static final int RECENT = 100;

  private final Experiment experiment;
  private final EnvironmentSpec task;
  private final RunProgress progress;
  private final MetricsTable metrics;
  private final Map<String, Double> last;
  private final boolean updated;
  private final Judgement judgement;
  private final Judge.@Nullable Outlook outlook;
  private final List<String> found = new ArrayList<>();

  /**
   * Looks at a run.
   *
   * @param last the learner's numbers at the end of training
   * @param updated false if the learner's networks are those that it began with
   */
  Contradictions(
      Experiment experiment,
      EnvironmentSpec task,
      RunProgress progress,
      MetricsTable metrics,
      Map<String, Double> last,
      boolean updated,
      Judge.Verdict verdict) {
    this.experiment = experiment;
    this.task = task;
    this.progress = progress;
    this.metrics = metrics;
    this.last = last;
    this.updated = updated;
    this.judgement = verdict.judgement();
    this.outlook = verdict.outlook();
    look();
  }

  /** What is odd, each in a sentence. */
  List<String> found() {
    return List.copyOf(found);
  }

  private void look() {
    if (!Double.isFinite(judgement.meanReturn())) {
      found.add(
          "the mean return is %s: the task pays rewards whose sum is no finite number; --wrap clip-reward bounds them"
              .formatted(Numbers.fixed(judgement.meanReturn(), 3)));
      return;
    }
    if (!updated) {
      found.add(
          "no network was updated in %s steps, so the policy is a beginner's: train for more --steps%s"
              .formatted(Numbers.grouped(progress.steps()), sooner()));
    } else {
      rewards();
      if (!endless()) {
        expectation();
      }
    }
    exploration();
    plan();
  }

  /** Which option of the learner brings its first update forward, in words; empty if none does. */
  private String sooner() {
    return Stream.of("learning_starts", "n_steps")
        .filter(experiment.learner().options()::containsKey)
        .findFirst()
        .map(option -> ", or lower " + option)
        .orElse("");
  }

  private void rewards() {
    if (metrics.rows() > 0
        && judgement.minReturn() == 0
        && judgement.maxReturn() == 0
        && metrics.leastReturn() == 0
        && metrics.greatestReturn() == 0) {
      found.add(
          "every episode of training returned 0, so there was nothing to learn from: let it explore more or longer, or make the task's rewards less rare");
    }
  }

  /** Whether the learned policy goes on until it is cut, where in training episodes ended. */
  private boolean endless() {
    if (metrics.episodes() == 0 && task.terminates()) {
      found.add(
          "no episode ended in %s steps of training: set a limit with --env max_episode_steps=N, or train longer"
              .formatted(Numbers.grouped(progress.steps())));
      return true;
    }
    double before = metrics.recentLength(RECENT);
    boolean endless =
        task.terminates()
            && judgement.terminated() == 0
            && judgement.meanReturn() < metrics.recentReturn(RECENT)
            && judgement.meanLength() > 2 * before;
    if (endless) {
      found.add(
          "every episode of the evaluation was cut after %s steps, while the last ones in training took %s: the greedy policy runs in circles where exploration got out; train longer, or evaluate it with ./rl eval RUN --stochastic"
              .formatted(Numbers.fixed(judgement.meanLength(), 0), Numbers.fixed(before, 0)));
    }
    return endless;
  }

  private void expectation() {
    if (outlook == null) {
      return;
    }
    double value = outlook.value();
    double difference = Math.abs(value - outlook.discounted());
    double larger = Math.max(Math.abs(value), Math.abs(outlook.discounted()));
    double scale = Math.max(outlook.largest(), LEAST_VALUE);
    if (!Double.isFinite(value)
        || (difference > WRONG * larger
            && difference > NOISE * scale
            && larger > NOISE * largestInTraining() * (1 - outlook.gamma()))) {
      boolean cut = judgement.terminated() < judgement.episodes() / 2 && task.terminates();
      found.add(
          "the values promise %s from the start, and the episodes of the evaluation brought %s: %s"
              .formatted(
                  Numbers.brief(value),
                  Numbers.brief(outlook.discounted()),
                  cut
                      ? "they were cut, while values count on; a reward that can be collected for ever, or gamma too close to 1, makes them large"
                      : "values have diverged, or are what they were at the beginning; try a smaller step size, or train longer"));
    }
  }

  private double largestInTraining() {
    return metrics.rows() == 0
        ? 0
        : Math.max(Math.abs(metrics.leastReturn()), Math.abs(metrics.greatestReturn()));
  }

  private void exploration() {
    double epsilon = last.getOrDefault("epsilon", Double.NaN);
    if (epsilon >= LARGE_EPSILON) {
      found.add(
          "ε is still %s at the end, so most actions of training were random: let it fall sooner (epsilon=linear:1:0.05:50%%), or train longer"
              .formatted(Numbers.brief(epsilon)));
    }
  }

  private void plan() {
    if (last.getOrDefault("settled", 1.0) == 0) {
      found.add(
          "the plan has not settled: the last of %s sweeps changed a value by %s; train for more --steps, each of which is a sweep"
              .formatted(
                  Numbers.grouped(last.getOrDefault("sweeps", 0.0).longValue()),
                  Numbers.brief(last.getOrDefault("change", Double.NaN))));
    }
  }
}
