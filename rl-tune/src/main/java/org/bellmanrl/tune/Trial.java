package org.bellmanrl.tune;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Values of the parameters, and how the learner did with them.
 *
 * <p>Immutable.
 *
 * @param number from 0, in the order in which trials begin
 * @param parameters a value for each parameter
 * @param results the mean return after each part of the training so far, over the seeds
 * @param state whether it is running, and how it ended if not
 * @param reason why it failed; empty if it did not
 * @param elapsed seconds from the beginning of the search to the end of the trial
 */
public record Trial(
    int number,
    Map<String, @Nullable Object> parameters,
    List<Double> results,
    State state,
    String reason,
    double elapsed) {

  /** Whether a trial is running, and how it ended. */
  public enum State {
    /** Some of its training is left to do. */
    RUNNING,
    /** Its training finished. */
    COMPLETE,
    /** It was ended early because others did better. */
    PRUNED,
    /** The learner refused the values, or diverged. */
    FAILED
  }

  /**
   * The better trial first: by the last result, but those that came further before those that were
   * pruned earlier, and those that failed last.
   */
  static final Comparator<Trial> BEST_FIRST =
      Comparator.<Trial>comparingInt(trial -> trial.state == State.FAILED ? 1 : 0)
          .thenComparingInt(trial -> -trial.results.size())
          .thenComparingDouble(trial -> -trial.result())
          .thenComparingInt(Trial::number);

  public Trial {
    parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
    results = List.copyOf(results);
  }

  /** Returns a trial that is about to begin. */
  public static Trial begin(int number, Map<String, @Nullable Object> parameters) {
    return new Trial(number, parameters, List.of(), State.RUNNING, "", 0);
  }

  /** Returns this trial after another part of its training, with the mean return after it. */
  public Trial with(double result) {
    List<Double> all = new ArrayList<>(results);
    all.add(result);
    return new Trial(number, parameters, all, state, reason, elapsed);
  }

  /**
   * Returns this trial at its end.
   *
   * @param why the reason why it failed; empty if it did not
   * @param when seconds since the beginning of the search
   */
  public Trial ended(State how, String why, double when) {
    return new Trial(number, parameters, results, how, why, when);
  }

  /** Returns whether the trial has ended, in whatever way. */
  public boolean isEnded() {
    return state != State.RUNNING;
  }

  /** Returns whether its training finished. */
  public boolean isComplete() {
    return state == State.COMPLETE;
  }

  /** Returns the last result; NaN before the first. */
  public double result() {
    return results.isEmpty() ? Double.NaN : results.getLast();
  }
}
