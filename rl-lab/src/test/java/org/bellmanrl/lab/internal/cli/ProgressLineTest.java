package org.bellmanrl.lab.internal.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.bellmanrl.api.Listener.Episode;
import org.bellmanrl.api.interaction.Budget;
import org.bellmanrl.api.schedule.Progress;
import org.bellmanrl.lab.internal.run.MetricsTable;
import org.bellmanrl.lab.internal.run.RunMonitor;
import org.bellmanrl.lab.internal.run.TimingTable;
import org.junit.jupiter.api.Test;

class ProgressLineTest {
  private record At(long steps, long episodes, double fraction) implements Progress {}

  private record Ended(double episodeReturn, long length) implements Episode {
    @Override
    public int row() {
      return 0;
    }

    @Override
    public long index() {
      return 0;
    }

    @Override
    public boolean terminated() {
      return true;
    }

    @Override
    public boolean truncated() {
      return false;
    }

    @Override
    public double diagnostic(int index) {
      throw new IndexOutOfBoundsException(index);
    }
  }

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final RunMonitor monitor =
      new RunMonitor(
          List.of(),
          new MetricsTable(),
          new TimingTable(),
          (progress, heard, seconds) -> {},
          0,
          (sum, length, progress) -> {});

  private ProgressLine line(boolean interactive, Budget budget) {
    PrintStream stream = new PrintStream(out, true, StandardCharsets.UTF_8);
    return new ProgressLine(new Terminal(stream, stream, interactive, false, 100), budget);
  }

  @Test
  void look_inATerminal_drawsABarOverAndOver() {
    ProgressLine line = line(true, Budget.episodes(1000));
    monitor.onMetric("epsilon", 0.125, new At(0, 0, 0));
    line.look(new At(50_000, 250, 0.25), monitor, 2);
    assertThat(out.toString(StandardCharsets.UTF_8))
        .isEqualTo(
            "\r\u001b[Kepisode 250/1,000 [#####---------------] 25%  epsilon 0.125"
                + "  25.0k steps/s  ETA 6.0 s");
    line.look(new At(50_001, 250, 0.25), monitor, 2.05);
    line.clear();
    assertThat(out.toString(StandardCharsets.UTF_8)).endsWith("6.0 s\r\u001b[K");
  }

  private String drawn(int width) {
    PrintStream stream = new PrintStream(out, true, StandardCharsets.UTF_8);
    Terminal terminal = new Terminal(stream, stream, true, false, width);
    return new ProgressLine(terminal, Budget.steps(100_000))
        .text(new At(34_816, 250, 0.35), monitor, 2);
  }

  @Test
  void text_showsWhatTheLearnerReportsAsFarAsThereIsRoom() {
    At now = new At(34_816, 250, 0.35);
    monitor.onEpisode(new Ended(148.25, 140), now);
    monitor.onMetric("learning_rate", 0.001, now);
    monitor.onMetric("loss", 12.34, now);
    monitor.onMetric("entropy", 0.5, now);
    monitor.onMetric("epsilon", 0.125, now);

    assertThat(drawn(140))
        .isEqualTo(
            "step 34,816/100,000 [#####------------] 35%  return 148.25  length 140.0"
                + "  loss 12.3  epsilon 0.125  entropy 0.500  17.4k steps/s  ETA 3.7 s");
    assertThat(drawn(100))
        .isEqualTo(
            "step 34,816/100,000 [##----] 35%  return 148.25  loss 12.3  epsilon 0.125"
                + "  17.4k steps/s  ETA 3.7 s");
    assertThat(drawn(80))
        .isEqualTo("step 34,816/100,000 35%  return 148.25  loss 12.3  17.4k steps/s  ETA 3.7 s");
    assertThat(drawn(60)).isEqualTo("step 34,816/100,000 35%  return 148.25  ETA 3.7 s");
    assertThat(drawn(30)).isEqualTo("step 34,816  return 148.25");
  }

  @Test
  void look_elsewhere_printsALineNowAndThen() {
    ProgressLine line = line(false, Budget.steps(1000));
    line.look(new At(100, 3, 0.1), monitor, 4);
    assertThat(out.toString(StandardCharsets.UTF_8)).isEmpty();
    line.look(new At(200, 7, 0.2), monitor, 5);
    line.look(new At(220, 8, 0.22), monitor, 6);
    line.clear();
    assertThat(out.toString(StandardCharsets.UTF_8))
        .isEqualTo("step 200/1,000 20%  40 steps/s  ETA 00:20" + System.lineSeparator());
  }
}
