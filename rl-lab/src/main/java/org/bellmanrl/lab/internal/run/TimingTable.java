package org.bellmanrl.lab.internal.run;

import java.nio.charset.StandardCharsets;
import org.bellmanrl.api.state.StateException;
import org.bellmanrl.api.state.StateReader;
import org.bellmanrl.api.state.StateWriter;
import org.bellmanrl.api.state.Stateful;

/**
 * How long training took: the content of {@code timing.csv}, the one file of a run that differs
 * between equal runs. Not thread-safe.
 */
public final class TimingTable implements Stateful {
  private final StringBuilder lines = new StringBuilder("step,episode,seconds,steps_per_second\n");
  private static final int MAX_BYTES = 1 << 28;

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

  /** Seconds at the last line. */
  public double seconds() {
    return lastSeconds;
  }

  @Override
  public void save(StateWriter out) {
    out.begin("timing", 1);
    out.write("lines", lines.toString().getBytes(StandardCharsets.UTF_8).length);
    out.write("text", lines.toString().getBytes(StandardCharsets.UTF_8));
    out.write("step", lastStep);
    out.write("seconds", lastSeconds);
    out.end();
  }

  @Override
  public void restore(StateReader in) {
    in.begin("timing", 1);
    int length = in.readInt("lines");
    if (length < 0 || length > MAX_BYTES) {
      throw new StateException(
          "length of the timing must be in [0, %d], was %d".formatted(MAX_BYTES, length));
    }
    byte[] text = new byte[length];
    in.read("text", text);
    lines.setLength(0);
    lines.append(new String(text, StandardCharsets.UTF_8));
    lastStep = in.readLong("step");
    lastSeconds = in.readDouble("seconds");
    in.end();
  }

  /** All lines as text. */
  public String csv() {
    return lines.toString();
  }
}
