package org.bellmanrl.lab.internal.run;

import com.google.common.base.Splitter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.bellmanrl.api.state.State;
import org.bellmanrl.api.state.Stateful;
import org.bellmanrl.results.document.Numbers;

/**
 * How long training took: the content of {@code timing.csv}, the one file of a run that differs
 * between equal runs. Not thread-safe.
 */
public final class TimingTable implements Stateful {
  private final StringBuilder lines = new StringBuilder("step,episode,seconds,steps_per_second\n");
  private static final int MAX_BYTES = 1 << 28;

  private long lastStep;
  private double lastSeconds;

  /** Adds a line: the progress of training, and the seconds since its start. */
  public void add(long steps, long episodes, double seconds) {
    double rate = seconds > lastSeconds ? (steps - lastStep) / (seconds - lastSeconds) : 0;
    lines.append(steps).append(',').append(episodes).append(',');
    lines.append(Numbers.fixed(seconds, 3)).append(',').append(Numbers.fixed(rate, 0)).append('\n');
    lastStep = steps;
    lastSeconds = seconds;
  }

  /**
   * The last line of a table.
   *
   * @param seconds since training began; NaN if there is no line yet
   * @param rate steps a second; NaN if there is no line yet
   */
  public record Last(double seconds, double rate) {
    /** Nothing is written yet. */
    public static final Last NONE = new Last(Double.NaN, Double.NaN);
  }

  /** Reads the last line of a table off its text. */
  static Last last(String csv) {
    List<String> columns =
        Splitter.on(',').splitToList(csv.stripTrailing().lines().reduce("", (_, line) -> line));
    return columns.size() < 4 || columns.getFirst().equals("step")
        ? Last.NONE
        : new Last(Double.parseDouble(columns.get(2)), Double.parseDouble(columns.get(3)));
  }

  /** Seconds at the last line. */
  public double seconds() {
    return lastSeconds;
  }

  @Override
  public void carry(State state) {
    state.begin("timing", 2);
    byte[] text = lines.toString().getBytes(StandardCharsets.UTF_8);
    byte[] carried = state.carryUpTo("text", text, text.length, MAX_BYTES);
    if (state.restoring()) {
      lines.setLength(0);
      lines.append(new String(carried, StandardCharsets.UTF_8));
    }
    lastStep = state.carry("step", lastStep);
    lastSeconds = state.carry("seconds", lastSeconds);
    state.end();
  }

  /** All lines as text. */
  public String csv() {
    return lines.toString();
  }
}
