package org.bellmanrl.lab.internal.export;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.bellmanrl.api.EnvironmentSpec;
import org.bellmanrl.api.Learner;
import org.bellmanrl.api.VectorEnvironment;
import org.bellmanrl.api.registry.LearnerEntry;
import org.bellmanrl.api.transform.ObservationTransform;
import org.bellmanrl.lab.internal.assembly.Assembler;
import org.bellmanrl.lab.internal.run.Experiment;
import org.bellmanrl.lab.internal.run.Judgement;
import org.bellmanrl.lab.internal.run.Summary;
import org.bellmanrl.lab.internal.run.Versions;
import org.bellmanrl.policy.Policies;
import org.bellmanrl.policy.ShippedPolicy;
import org.bellmanrl.policy.WritablePolicy;
import org.bellmanrl.results.document.AtomicFiles;
import org.bellmanrl.results.document.Document;
import org.bellmanrl.results.document.Numbers;
import org.bellmanrl.results.document.UserError;

/** Turns what a run learned into a policy that other programs can use. */
public final class PolicyExport {
  /** Under which name a policy lists the wrappers that are not part of it. */
  public static final String WRAPPERS = "wrappers";

  private PolicyExport() {}

  /**
   * Writes the policy of a run that is going on.
   *
   * @param environment as for {@link #of}
   * @throws UserError if it can't be written
   */
  public static void write(
      Path file,
      Assembler assembler,
      Experiment experiment,
      Learner learner,
      VectorEnvironment environment,
      Summary summary) {
    String configuration = Document.yaml(experiment.entries());
    ShippedPolicy policy =
        of(assembler, experiment, learner, environment, summary, false, configuration);
    AtomicFiles.write(file, Policies.toBytes(policy));
  }

  /**
   * The policy of a learner, with its card.
   *
   * @param environment the task as results are judged, see {@link Assembler#judged(Experiment)}
   * @param summary how far training is
   * @param best whether it is the policy that did best in a trial, not the last
   * @param configuration the run's file of settings
   * @throws UserError if the policy is made of neither a network nor a table
   */
  public static ShippedPolicy of(
      Assembler assembler,
      Experiment experiment,
      Learner learner,
      VectorEnvironment environment,
      Summary summary,
      boolean best,
      String configuration) {
    Unwrapping unwrapping = unwrapped(assembler, experiment, learner, environment);
    WritablePolicy policy = unwrapping.policy();
    List<String> wrappers =
        unwrapping.outside().stream()
            .map(place -> written(experiment.wrappers().get(place)))
            .toList();
    boolean masked = environment.spec().masked();
    EnvironmentSpec task =
        EnvironmentSpec.of(
            experiment.environment().id(), policy.observationSpace(), policy.actionSpace());
    Map<String, String> about = metadata(experiment, summary, best);
    if (!wrappers.isEmpty()) {
      about.put(WRAPPERS, String.join(" ", wrappers));
    }
    String card = ModelCard.of(policy, masked, wrappers, experiment, summary, best, configuration);
    return new ShippedPolicy(masked ? task.withMask() : task, policy, about, card);
  }

  /** A wrapper with its options, as {@code --wrap} takes it. */
  private static String written(Experiment.Part wrapper) {
    return wrapper.id()
        + wrapper.options().entrySet().stream()
            .map(option -> option.getKey() + "=" + option.getValue())
            .collect(Collectors.joining(",", wrapper.options().isEmpty() ? "" : ":", ""))
            .replace(" ", "");
  }

  /**
   * The policy of a learner as numbers.
   *
   * @throws UserError if it isn't made of a network or a table
   */
  private static WritablePolicy writable(
      Assembler assembler, Experiment experiment, Learner learner, VectorEnvironment environment) {
    return Tables.writable(learner.policy(), environment.spec())
        .orElseThrow(() ->
            new UserError(
                "the policy of "
                    + experiment.title()
                    + " can't be written down: it is neither a network (as of "
                    + learnersWithNetworks(assembler)
                    + ") nor a table of a finite task (as of q-learning, sarsa, value-iteration)"));
  }

  private static String learnersWithNetworks(Assembler assembler) {
    return assembler.entries().registry().all(LearnerEntry.class).stream()
        .filter(LearnerEntry::needsNetworks)
        .map(LearnerEntry::id)
        .collect(Collectors.joining(", "));
  }

  private static Unwrapping unwrapped(
      Assembler assembler, Experiment experiment, Learner learner, VectorEnvironment environment) {
    List<VectorEnvironment> layers = assembler.layers(experiment);
    VectorEnvironment outermost = layers.getLast();
    try (outermost) {
      return Unwrapping.of(
          writable(assembler, experiment, learner, environment),
          experiment.wrappers().stream().map(assembler::wrapper).toList(),
          layers,
          environment
              .capability(0, ObservationTransform.class)
              .map(ObservationTransform::parts)
              .orElse(List.of()));
    }
  }

  private static Map<String, String> metadata(
      Experiment experiment, Summary summary, boolean best) {
    Map<String, String> metadata = new LinkedHashMap<>();
    metadata.put("learner", experiment.learner().id());
    experiment
        .learner()
        .options()
        .forEach((name, value) -> metadata.put("learner." + name, String.valueOf(value)));
    metadata.put("environment", experiment.environment().id());
    experiment
        .environment()
        .options()
        .forEach((name, value) -> metadata.put("environment." + name, String.valueOf(value)));
    metadata.put("seed", Long.toString(experiment.seed()));
    metadata.put("training_steps", Long.toString(summary.steps()));
    Judgement judgement = summary.judgement();
    Summary.Best trial = summary.best();
    if (best && trial != null) {
      metadata.put("best_trial_step", Long.toString(trial.step()));
      metadata.put("best_trial_mean_return", Numbers.exact(trial.meanReturn()));
    }
    if (judgement != null && !best) {
      metadata.put("mean_return", Numbers.exact(judgement.meanReturn()));
      metadata.put("std_return", Numbers.exact(judgement.stdReturn()));
      metadata.put("evaluation_episodes", Long.toString(judgement.episodes()));
      metadata.put("evaluation_seed", Long.toString(experiment.evaluation().seed()));
    }
    metadata.putAll(Versions.all());
    return metadata;
  }
}
