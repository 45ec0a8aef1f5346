package org.bellmanrl.lab.internal.cli;

import com.google.inject.Inject;
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
import org.bellmanrl.lab.internal.export.ModelCard;
import org.bellmanrl.lab.internal.export.Tables;
import org.bellmanrl.lab.internal.export.Unwrapping;
import org.bellmanrl.lab.internal.run.AtomicFiles;
import org.bellmanrl.lab.internal.run.Experiment;
import org.bellmanrl.lab.internal.run.Judgement;
import org.bellmanrl.lab.internal.run.Numbers;
import org.bellmanrl.lab.internal.run.RunFolder;
import org.bellmanrl.lab.internal.run.Summary;
import org.bellmanrl.lab.internal.run.UserError;
import org.bellmanrl.lab.internal.run.Versions;
import org.bellmanrl.onnx.OnnxExport;
import org.bellmanrl.policy.Policies;
import org.bellmanrl.policy.ShippedPolicy;
import org.bellmanrl.policy.WritablePolicy;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code rl export RUN --to FILE}: writes a learned policy for other programs. */
final class ExportCommand implements Command {
  private static final String ONNX = ".onnx";
  private static final String ZIP = ".zip";

  /** What a file says of wrappers that stand between the task and the policy. */
  static final String WRAPPERS = "wrappers";

  private final Terminal terminal;
  private final Assembler assembler;

  @Inject
  ExportCommand(Terminal terminal, Assembler assembler) {
    this.terminal = terminal;
    this.assembler = assembler;
  }

  static CommandSpec spec() {
    return Command.spec(
            ExportCommand.class, "export", "Write the learned policy of a run for other programs.")
        .addPositional(Command.argument(0, "RUN", "The run folder, or that of several seeds."))
        .addOption(
            Command.option(
                "--to",
                "FILE",
                Path.class,
                "policy.zip, for Java with rl-policy alone (rl-deep for a network), with a card"
                    + " that describes it; or policy.onnx, for ONNX Runtime and others."))
        .addOption(Command.flag("--best", "Take the policy that did best in a trial."));
  }

  @Override
  public int run(ParseResult arguments) {
    Path to = arguments.matchedOptionValue("--to", (Path) null);
    if (to == null || !(to.toString().endsWith(ONNX) || to.toString().endsWith(ZIP))) {
      throw new UserError(
          "give the file with --to FILE.zip or --to FILE.onnx"
              + (to == null ? "" : ", was '" + to + "'"));
    }
    RunFolder.Opened run =
        RunFolder.open(
            RunArguments.one(arguments.matchedPositionalValue(0, ""), assembler, terminal));
    boolean best = arguments.hasMatchedOption("--best");
    try (VectorEnvironment environment = assembler.judged(run.experiment())) {
      Learner learner =
          best ? assembler.restoredBest(run, environment) : assembler.restored(run, environment);
      ShippedPolicy policy = shipped(run, learner, environment, best);
      AtomicFiles.write(
          to, to.toString().endsWith(ONNX) ? OnnxExport.toBytes(policy) : Policies.toBytes(policy));
      terminal.line("policy in " + to);
      String wrappers = policy.about().getOrDefault(WRAPPERS, "");
      if (!wrappers.isEmpty()) {
        terminal.line(
            "it takes "
                + policy.observationSpace()
                + ", as the wrappers of the run give it: "
                + wrappers);
      }
    } catch (IllegalArgumentException e) {
      throw new UserError(to + " can't be written: " + e.getMessage(), e);
    }
    return OK;
  }

  private ShippedPolicy shipped(
      RunFolder.Opened run, Learner learner, VectorEnvironment environment, boolean best) {
    Experiment experiment = run.experiment();
    Unwrapping unwrapping = unwrapped(experiment, learner, environment);
    WritablePolicy policy = unwrapping.policy();
    List<String> wrappers =
        unwrapping.outside().stream()
            .map(place -> written(experiment.wrappers().get(place)))
            .toList();
    boolean masked = environment.spec().masked();
    EnvironmentSpec task =
        EnvironmentSpec.of(
            experiment.environment().id(), policy.observationSpace(), policy.actionSpace());
    Map<String, String> about = metadata(run, best);
    if (!wrappers.isEmpty()) {
      about.put(WRAPPERS, String.join(" ", wrappers));
    }
    String card =
        ModelCard.of(
            policy, masked, wrappers, experiment, run.summary(), best, run.configuration());
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
  private WritablePolicy writable(
      Experiment experiment, Learner learner, VectorEnvironment environment) {
    return Tables.writable(learner.policy(), environment.spec())
        .orElseThrow(() ->
            new UserError(
                "the policy of "
                    + experiment.learner().id()
                    + " on "
                    + experiment.environment().id()
                    + " can't be written down: it is neither a network (as of "
                    + learnersWithNetworks()
                    + ") nor a table of a finite task (as of q-learning, sarsa, value-iteration)"));
  }

  private String learnersWithNetworks() {
    return assembler.registry().all(LearnerEntry.class).stream()
        .filter(LearnerEntry::needsNetworks)
        .map(LearnerEntry::id)
        .collect(Collectors.joining(", "));
  }

  private Unwrapping unwrapped(
      Experiment experiment, Learner learner, VectorEnvironment environment) {
    List<VectorEnvironment> layers = assembler.layers(experiment);
    VectorEnvironment outermost = layers.getLast();
    try (outermost) {
      return Unwrapping.of(
          writable(experiment, learner, environment),
          experiment.wrappers().stream().map(assembler::wrapper).toList(),
          layers,
          environment
              .capability(0, ObservationTransform.class)
              .map(ObservationTransform::parts)
              .orElse(List.of()));
    }
  }

  private static Map<String, String> metadata(RunFolder.Opened run, boolean best) {
    Experiment experiment = run.experiment();
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
    metadata.put("training_steps", Long.toString(run.summary().steps()));
    Judgement judgement = run.summary().judgement();
    Summary.Best trial = run.summary().best();
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
