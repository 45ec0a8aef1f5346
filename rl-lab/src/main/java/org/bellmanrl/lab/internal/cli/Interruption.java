package org.bellmanrl.lab.internal.cli;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.bellmanrl.lab.internal.training.RunPhase;
import org.bellmanrl.lab.internal.training.TrainingRun;

/**
 * While open, a Ctrl-C or a SIGTERM stops the runs instead of the process, which then waits until
 * the learner is saved and this is closed.
 *
 * <p>A step may take long: an update of a deep learner, a simulator, a plan. The process waits
 * {@value #PATIENCE_SECONDS} seconds for it and then ends without saving, as if it had been killed;
 * a resumed run goes back to its last checkpoint. It also ends like that if the task's code ends
 * it, by {@link System#exit} inside of a step, which never returns.
 */
final class Interruption implements AutoCloseable {
  static final int PATIENCE_SECONDS = 4;
  private static final long ASK_AGAIN_MILLIS = 50;

  private final Terminal terminal;
  private final Runnable stop;
  private final Supplier<List<RunPhase>> activities;
  private final String resume;
  private final CountDownLatch saved = new CountDownLatch(1);
  private final Thread hook = new Thread(this::interrupt, "save-before-exit");

  /**
   * Begins to listen.
   *
   * @param stop asks the runs to save and to end; called often
   * @param activities what the runs are at that are under way
   * @param resume the command that goes on
   */
  Interruption(
      Terminal terminal, Runnable stop, Supplier<List<RunPhase>> activities, String resume) {
    this.terminal = terminal;
    this.stop = stop;
    this.activities = activities;
    this.resume = resume;
    Runtime.getRuntime().addShutdownHook(hook);
  }

  private void interrupt() {
    long begun = System.nanoTime();
    try {
      do {
        // More than once: a run that is only about to begin forgets the first.
        stop.run();
        boolean late = System.nanoTime() - begun > TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        Steps steps = Steps.now();
        if (steps.exiting && (late || !steps.running)) {
          terminal.error(
              "the code of the task or of a plugin ended the program in the middle of a step;"
                  + " everything since the last checkpoint is lost. Resume with:  "
                  + resume);
          Runtime.getRuntime().halt(Command.USAGE);
        }
        boolean learning = isAny(RunPhase.LEARNING);
        boolean judging = !learning && isAny(RunPhase.JUDGING);
        if (!isAny(RunPhase.SAVING) && (late || judging)) {
          terminal.line(
              (learning
                      ? "interrupted in the middle of a step that takes long; go on from the last"
                          + " checkpoint with:  "
                      : "interrupted during the evaluation; go on with:  ")
                  + resume);
          terminal.flush();
          return;
        }
      } while (!saved.await(ASK_AGAIN_MILLIS, TimeUnit.MILLISECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean isAny(RunPhase activity) {
    return activities.get().contains(activity);
  }

  /**
   * What the threads of runs are at.
   *
   * @param running whether one is at work
   * @param exiting whether one has called {@link System#exit}
   */
  private record Steps(boolean running, boolean exiting) {
    static Steps now() {
      boolean running = false;
      boolean exiting = false;
      for (Map.Entry<Thread, StackTraceElement[]> thread : Thread.getAllStackTraces().entrySet()) {
        boolean run = false;
        boolean exit = false;
        for (StackTraceElement frame : thread.getValue()) {
          run |= frame.getClassName().equals(TrainingRun.class.getName());
          exit |=
              frame.getClassName().equals(Runtime.class.getName())
                  && frame.getMethodName().equals("exit");
        }
        running |= run && !exit;
        exiting |= run && exit;
      }
      return new Steps(running, exiting);
    }
  }

  /** Lets the process end. */
  @Override
  public void close() {
    saved.countDown();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The process is ending: the hook has done its work.
      return;
    }
  }
}
