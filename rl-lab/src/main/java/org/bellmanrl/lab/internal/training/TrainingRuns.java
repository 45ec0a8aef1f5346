package org.bellmanrl.lab.internal.training;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.bellmanrl.api.Learner;
import org.bellmanrl.api.Listener;
import org.bellmanrl.api.VectorEnvironment;
import org.bellmanrl.api.interaction.RunProgress;
import org.bellmanrl.deep.network.NonFiniteException;
import org.bellmanrl.lab.internal.assembly.Assembler;
import org.bellmanrl.lab.internal.checkpoint.Checkpoints;
import org.bellmanrl.lab.internal.run.Experiment;
import org.bellmanrl.lab.internal.run.MetricsTable;
import org.bellmanrl.lab.internal.run.RunFolder;
import org.bellmanrl.lab.internal.run.StoredRun;
import org.bellmanrl.lab.internal.run.Summary;
import org.bellmanrl.results.document.UserError;
import org.jspecify.annotations.Nullable;

/**
 * Begins runs, resumes them, reads those of other processes, and judges those that need no more.
 */
public final class TrainingRuns {
  private TrainingRuns() {}

  /**
   * Prepares a new run.
   *
   * @param folder where it is kept, locked; released by {@link TrainingRun#close}, and if this
   *     fails
   * @param tensorBoard whether an event file for TensorBoard is written
   * @throws UserError if the experiment can't be carried out
   */
  public static TrainingRun begin(
      TrainingSetup setup, Experiment experiment, RunFolder folder, boolean tensorBoard) {
    @Nullable TrainingRun run = null;
    try {
      run = new TrainingRun(setup, experiment, folder, tensorBoard);
      run.inherit();
      run.events().begin(experiment);
      folder.begin(experiment, setup.assembler().entries().plugins(experiment));
      return run;
    } catch (Throwable e) {
      if (run != null) {
        after(e, run.events()::discard);
        after(e, run::closeParts);
      }
      after(e, folder::discard);
      after(e, folder::close);
      throw e;
    }
  }

  /**
   * Goes back to where a run was when its last whole checkpoint was written or, to make it longer,
   * to where it ended.
   *
   * @param unfinished not one that has only to be judged, see {@link #judge}
   * @throws UserError if no checkpoint is whole, it doesn't fit the experiment, or the experiment
   *     was changed
   */
  public static TrainingRun resume(TrainingSetup setup, RunFolder.Unfinished unfinished) {
    RunFolder folder = unfinished.folder().hold();
    @Nullable TrainingRun run = null;
    try {
      folder.requireUnchanged();
      Experiment experiment = unfinished.experiment();
      warnOfPlugins(
          unfinished.plugins(), setup.assembler().entries().plugins(experiment), setup.warnings());
      run = new TrainingRun(setup, experiment, folder, TensorBoardLog.isIn(folder.path()));
      if (unfinished.trained()) {
        run.restoreEnd();
      } else if (!run.restore()) {
        run.events().begin(experiment);
        run.inherit();
      }
      run.resumed();
      if (unfinished.longer()) {
        run.lengthen();
      }
      folder.reopen();
      return run;
    } catch (Throwable e) {
      if (run != null) {
        after(e, run::closeParts);
      }
      after(e, folder::close);
      throw e;
    }
  }

  /**
   * What a run that is going on, or was killed, had learned when its newest checkpoint was written:
   * its learner, its metrics and how far it was. Nothing is locked or written, and no listener is
   * made. It can only be looked at and closed.
   *
   * @return empty if there is no whole checkpoint
   */
  public static Optional<TrainingRun> peek(Assembler assembler, RunFolder.Unfinished unfinished) {
    TrainingRun run =
        new TrainingRun(
            TrainingSetup.silent(assembler),
            unfinished.experiment().withListeners(List.of()),
            unfinished.folder(),
            false);
    try {
      if (run.peek()) {
        return Optional.of(run);
      }
    } catch (UserError e) {
      // Its chunks were removed this moment, as a newer one was written.
    } catch (Throwable e) {
      after(e, run::closeParts);
      throw e;
    }
    run.closeParts();
    return Optional.empty();
  }

  /**
   * Evaluates the learned policy of a run that was killed after the end of its training, and
   * completes the folder.
   *
   * @param trained a run whose training has finished
   */
  public static RunResult judge(Assembler assembler, RunFolder.Unfinished trained) {
    Experiment experiment = trained.experiment();
    try (RunFolder folder = trained.folder().hold();
        VectorEnvironment environment = assembler.judged(experiment)) {
      StoredRun run = StoredRun.open(folder.path());
      Summary summary = run.summary();
      InitialNetworks initialNetworks =
          InitialNetworks.of(
              assembler, experiment, () -> assembler.beginner(experiment, environment));
      Learner learner = assembler.restored(run, environment);
      MetricsTable metrics = run.metrics();
      Map<String, Double> last = new LinkedHashMap<>();
      metrics.forEachLatest(last::put);
      learner.report(last::put);
      RunResult result =
          RunResult.of(
              experiment,
              environment.spec(),
              RunProgress.at(experiment.schedules(), summary.steps(), summary.episodes()),
              metrics,
              last,
              !initialNetworks.lasts(learner),
              Judge.judge(
                  assembler,
                  environment,
                  learner,
                  experiment,
                  experiment.evaluation(),
                  new Listener() {}));
      new Checkpoints(folder.checkpoints(), TrainingRun.KEPT_CHECKPOINTS).remove();
      folder.finish(summary.judged(result.judgement(), result.odd()));
      return result;
    } catch (NonFiniteException e) {
      throw TrainingRun.divergence(e);
    }
  }

  /** Does what is to be done after a failure, which it must not hide. */
  static void after(Throwable failure, Runnable work) {
    try {
      work.run();
    } catch (RuntimeException e) {
      failure.addSuppressed(e);
    }
  }

  private static void warnOfPlugins(
      List<Map<String, String>> before, List<Map<String, String>> now, Consumer<String> warnings) {
    for (Map<String, String> plugin : before) {
      if (!now.contains(plugin)) {
        warnings.accept(
            "the run began with another plugin: it was "
                + plugin
                + (now.isEmpty() ? ", and now there is none" : ", and now it is one of " + now));
      }
    }
  }
}
