package org.bellmanrl.lab.internal.cli;

import org.bellmanrl.api.Listener;
import org.bellmanrl.api.schedule.Progress;
import org.bellmanrl.results.document.Numbers;

/** Shows how far the judging of a policy is, once it takes longer than two seconds. */
final class JudgingLine implements Listener, AutoCloseable {
  private static final double PATIENCE = 2;
  private static final double LOOK = 0.05;
  private static final int MOST_STEPS_BETWEEN_LOOKS = 1 << 16;

  private final StatusLine line;
  private final int episodes;
  private final long start = System.nanoTime();
  private int stepsBetweenLooks = 1;
  private int untilLook = 1;
  private double lastLook;
  private long ended;

  /**
   * A line that is empty so far.
   *
   * @param episodes how many are to be played
   */
  JudgingLine(Terminal terminal, int episodes) {
    this.line = new StatusLine(terminal);
    this.episodes = episodes;
  }

  @Override
  public void onEpisode(Episode episode, Progress progress) {
    ended++;
  }

  @Override
  public void onStep(Step step, Progress progress) {
    if (--untilLook > 0) {
      return;
    }
    double now = (System.nanoTime() - start) / 1e9;
    stepsBetweenLooks =
        now - lastLook < LOOK
            ? Math.min(2 * stepsBetweenLooks, MOST_STEPS_BETWEEN_LOOKS)
            : Math.max(1, stepsBetweenLooks / 2);
    untilLook = stepsBetweenLooks;
    lastLook = now;
    if (now >= PATIENCE && line.due(now)) {
      line.show(
          "evaluating the policy: %s of %s episodes, %s steps, %s"
              .formatted(
                  Numbers.grouped(ended),
                  Numbers.grouped(episodes),
                  Numbers.grouped(progress.steps()),
                  Numbers.duration(now)),
          now);
    }
  }

  /** Takes the line away. */
  @Override
  public void close() {
    line.clear();
  }
}
