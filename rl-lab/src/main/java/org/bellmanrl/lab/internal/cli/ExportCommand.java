package org.bellmanrl.lab.internal.cli;

import com.google.inject.Inject;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bellmanrl.api.EnvironmentSpec;
import org.bellmanrl.api.Learner;
import org.bellmanrl.api.VectorEnvironment;
import org.bellmanrl.api.transform.ObservationTransform;
import org.bellmanrl.api.transform.Standardization;
import org.bellmanrl.deep.policy.NetworkPolicy;
import org.bellmanrl.deep.policy.PortablePolicy;
import org.bellmanrl.lab.internal.assembly.Assembler;
import org.bellmanrl.lab.internal.export.OnnxExport;
import org.bellmanrl.lab.internal.run.AtomicFiles;
import org.bellmanrl.lab.internal.run.Experiment;
import org.bellmanrl.lab.internal.run.Judgement;
import org.bellmanrl.lab.internal.run.Numbers;
import org.bellmanrl.lab.internal.run.RunFolder;
import org.bellmanrl.lab.internal.run.UserError;
import org.bellmanrl.lab.internal.run.Versions;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code rl export RUN --to FILE}: writes a learned policy for other programs. */
final class ExportCommand implements Command {
  private static final String ONNX = ".onnx";

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
        .addPositional(Command.argument(0, "RUN", "The run folder."))
        .addOption(Command.option("--to", "FILE.onnx", Path.class, "The file, of ONNX."))
        .addOption(Command.flag("--best", "Take the policy that did best in a trial."));
  }

  @Override
  public int run(ParseResult arguments) {
    Path to = arguments.matchedOptionValue("--to", (Path) null);
    if (to == null || !to.toString().endsWith(ONNX)) {
      throw new UserError(
          "give the file with --to FILE.onnx" + (to == null ? "" : ", was '" + to + "'"));
    }
    RunFolder.Opened run = RunFolder.open(Path.of(arguments.matchedPositionalValue(0, "")));
    boolean best = arguments.hasMatchedOption("--best");
    try (VectorEnvironment environment = assembler.judged(run.experiment())) {
      Learner learner =
          best ? assembler.restoredBest(run, environment) : assembler.restored(run, environment);
      if (!(learner.policy() instanceof PortablePolicy portable)) {
        throw new UserError(
            "the policy of "
                + run.experiment().learner().id()
                + " can't be written down as ONNX; those can that read their actions straight off a"
                + " network's outputs, as dqn, ppo and a2c do");
      }
      NetworkPolicy policy = portable.portable();
      EnvironmentSpec bare = bare(run.experiment());
      AtomicFiles.write(
          to,
          OnnxExport.write(
              policy,
              bare.observationSpace(),
              standardization(run.experiment(), policy, environment, bare),
              environment.spec().maskWidth(),
              Versions.all().getOrDefault("bellman", ""),
              metadata(run, best)));
    }
    terminal.line("policy in " + to);
    return OK;
  }

  private EnvironmentSpec bare(Experiment experiment) {
    try (VectorEnvironment environment =
        assembler.environment(experiment.environment().id(), experiment.environment().options())) {
      return environment.spec();
    }
  }

  /**
   * What must be done to the observations of the bare task before the policy sees them.
   *
   * @throws UserError if that is something else than to standardise them, or if wrappers change
   *     actions too
   */
  private static @Nullable Standardization standardization(
      Experiment experiment,
      NetworkPolicy policy,
      VectorEnvironment environment,
      EnvironmentSpec bare) {
    Optional<ObservationTransform> transform =
        environment.capability(0, ObservationTransform.class);
    if (bare.actionSpace().equals(policy.actionSpace())) {
      if (transform.isEmpty() && bare.observationSpace().equals(policy.observationSpace())) {
        return null;
      }
      if (transform.isPresent() && transform.get() instanceof Standardization standardization) {
        return standardization;
      }
    }
    List<String> wrappers = experiment.wrappers().stream().map(Experiment.Part::id).toList();
    throw new UserError(
        "what the wrappers of this run do can't be written down as ONNX: "
            + String.join(", ", wrappers)
            + "; normalize-observation alone can");
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
    if (judgement != null && !best) {
      metadata.put("mean_return", Numbers.exact(judgement.meanReturn()));
      metadata.put("std_return", Numbers.exact(judgement.stdReturn()));
      metadata.put("evaluation_episodes", Long.toString(judgement.episodes()));
      metadata.put("evaluation_seed", Long.toString(experiment.evaluation().seed()));
    }
    return metadata;
  }
}
