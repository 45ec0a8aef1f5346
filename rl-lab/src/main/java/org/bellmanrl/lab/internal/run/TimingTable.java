package org.bellmanrl.lab.internal.run;

/**
 * How long training took: the content of {@code timing.csv}, the one file of a run that differs
 * between equal runs. Not thread-safe.
 */
public final class TimingTable {
  private final StringBuilder lines = new StringBuilder("step,episode,seconds,steps_per_second\n");
  private long lastStep;
  private double lastSeconds;

  /** Adds a line: where training stood, so many seconds after its start. */
  public void add(long steps, long episodes, double seconds) {
    double rate = seconds > lastSeconds ? (steps - lastStep) / (seconds - lastSeconds) : 0;
    lines.append(steps).append(',').append(episodes).append(',');
    lines.append(Numbers.fixed(seconds, 3)).append(',').append(Numbers.fixed(rate, 0)).append('\n');
    lastStep = steps;
    lastSeconds = seconds;
  }

  /** All lines as text. */
  public String csv() {
    return lines.toString();
  }
}
