package org.bellmanrl.lab.internal.listener;

import org.bellmanrl.api.Listener;
import org.bellmanrl.api.options.Described;
import org.bellmanrl.api.schedule.Progress;
import org.bellmanrl.api.state.State;
import org.bellmanrl.api.state.Stateful;

/**
 * Stops training when one of the learner's numbers leaves a range: a loss that grows because
 * learning diverges, or a change that has become so small that there is nothing left to learn. A
 * value that is not a number leaves any range. Not thread-safe.
 */
public final class MetricStop implements Listener, Stateful {
  private final Options options;
  private boolean left;

  /**
   * What is watched.
   *
   * @param metric the number's name, as the head of {@code metrics.csv} has it
   * @param below training stops when it is lower; negative infinity for never
   * @param above training stops when it is higher; infinity for never
   */
  public record Options(
      @Described("the learner's number to watch, a column of metrics.csv") String metric,
      @Described(value = "stop when it is lower", range = "[-inf, above]") double below,
      @Described(value = "stop when it is higher", range = "[below, inf]") double above) {
    public Options {
      if (metric.isBlank()) {
        throw new IllegalArgumentException("metric must be a name, such as loss, was empty");
      }
      if (!(below <= above)) {
        throw new IllegalArgumentException(
            "below must be at most above, were %s and %s".formatted(below, above));
      }
    }

    /** A loss above a million. */
    public static Options defaults() {
      return new Options("loss", Double.NEGATIVE_INFINITY, 1e6);
    }
  }

  /** Watches one number. */
  public MetricStop(Options options) {
    this.options = options;
  }

  /** Returns the name of the number that is watched. */
  public String metric() {
    return options.metric;
  }

  @Override
  public void onMetric(String name, double value, Progress progress) {
    if (name.equals(options.metric)) {
      left |= !(value >= options.below && value <= options.above);
    }
  }

  @Override
  public boolean wantsStop() {
    return left;
  }

  @Override
  public void carry(State state) {
    state.begin("metric-stop", 1);
    left = state.carry("left", left);
    state.end();
  }
}
