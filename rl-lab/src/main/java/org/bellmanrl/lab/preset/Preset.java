package org.bellmanrl.lab.preset;

import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.bellmanrl.api.Learner;
import org.bellmanrl.api.LearnerContext;
import org.bellmanrl.api.VectorEnvironment;
import org.bellmanrl.api.Wrapper;
import org.bellmanrl.api.interaction.Budget;
import org.bellmanrl.api.interaction.Evaluation;
import org.bellmanrl.api.registry.LearnerEntry;
import org.bellmanrl.lab.internal.assembly.Assembler;
import org.bellmanrl.lab.internal.run.Experiment;
import org.bellmanrl.results.document.UserError;
import org.jspecify.annotations.Nullable;

/**
 * Settings known to work for a learner on a task: the learner's options, how many environments are
 * stepped together and in which wrappers, how long to train, and how the result is evaluated.
 *
 * <p>Immutable and thread-safe; {@link Presets} finds it.
 */
public final class Preset {
  private final Assembler assembler;
  private final Experiment experiment;

  Preset(Assembler assembler, Experiment experiment) {
    this.assembler = assembler;
    this.experiment = experiment;
  }

  /** Returns the source of the settings, for people. */
  public String source() {
    return experiment.preset();
  }

  /** Returns every option of the learner by name, with its value. */
  public Map<String, @Nullable Object> options() {
    return experiment.learner().options();
  }

  /**
   * Returns the learner's configuration, to change some of it before a learner is made.
   *
   * @param type the learner's record, {@code PpoConfig.class} for instance
   * @throws IllegalArgumentException if the learner has another record
   */
  public <C extends Record> C config(Class<C> type) {
    Record config = entry().options().parse(options());
    if (!type.isInstance(config)) {
      throw new IllegalArgumentException(
          "the options of %s are a %s, not a %s"
              .formatted(entry().id(), config.getClass().getSimpleName(), type.getSimpleName()));
    }
    return type.cast(config);
  }

  /**
   * Makes a learner with these settings.
   *
   * @throws IllegalArgumentException if it does not take the context's spaces
   */
  public Learner learner(LearnerContext context) {
    return made(() -> assembler.learner(experiment.learner().id(), options(), context));
  }

  /** Runs a maker, and throws what programs expect instead of the error for the command line. */
  private static <T> T made(Supplier<T> maker) {
    try {
      return maker.get();
    } catch (UserError e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  private LearnerEntry entry() {
    return assembler.entries().registry().get(LearnerEntry.class, experiment.learner().id());
  }

  /** Returns how many environments are stepped together. */
  public int rows() {
    return experiment.rows();
  }

  /** Returns the wrappers around the environments, the innermost first. */
  public List<Wrapper> wrappers() {
    return made(() -> experiment.wrappers().stream().map(assembler::wrapper).toList());
  }

  /**
   * Makes {@link #rows} environments in the {@link #wrappers}, to train on; the caller, usually a
   * trainer, closes them.
   */
  public VectorEnvironment environments() {
    return made(() -> assembler.environment(experiment));
  }

  /**
   * Makes an environment to evaluate on: rewards are the task's own, and the statistics of wrappers
   * are those of environments that were trained on, and no longer change.
   *
   * @param trained from {@link #environments}
   */
  public VectorEnvironment evaluated(VectorEnvironment trained) {
    return made(() -> assembler.judged(experiment, trained));
  }

  /** Returns how long to train. */
  public Budget budget() {
    return experiment.budget();
  }

  /** Returns how the result is evaluated: by which episodes, from seed 0 unless they have seeds. */
  public Evaluation.Plan evaluation() {
    return experiment.evaluation();
  }

  /** Returns the learner, the environment and the source. */
  @Override
  public String toString() {
    return experiment.title() + " (" + source() + ")";
  }
}
