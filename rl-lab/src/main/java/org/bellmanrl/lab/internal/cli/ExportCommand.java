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
import org.bellmanrl.api.space.Box;
import org.bellmanrl.api.transform.ObservationTransform;
import org.bellmanrl.api.transform.Standardization;
import org.bellmanrl.deep.policy.NetworkPolicy;
import org.bellmanrl.deep.policy.Policies;
import org.bellmanrl.deep.policy.PortablePolicy;
import org.bellmanrl.deep.policy.ShippedPolicy;
import org.bellmanrl.deep.policy.Standardizer;
import org.bellmanrl.deep.policy.WritablePolicy;
import org.bellmanrl.lab.internal.assembly.Assembler;
import org.bellmanrl.lab.internal.export.ModelCard;
import org.bellmanrl.lab.internal.export.OnnxExport;
import org.bellmanrl.lab.internal.export.Tables;
import org.bellmanrl.lab.internal.run.AtomicFiles;
import org.bellmanrl.lab.internal.run.Experiment;
import org.bellmanrl.lab.internal.run.Judgement;
import org.bellmanrl.lab.internal.run.Numbers;
import org.bellmanrl.lab.internal.run.RunFolder;
import org.bellmanrl.lab.internal.run.Summary;
import org.bellmanrl.lab.internal.run.UserError;
import org.bellmanrl.lab.internal.run.Versions;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code rl export RUN --to FILE}: writes a learned policy for other programs. */
final class ExportCommand implements Command {
  private static final String ONNX = ".onnx";
  private static final String ZIP = ".zip";

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
                "policy.zip, for Java with rl-deep alone, with a card that tells of it; or"
                    + " policy.onnx, for ONNX Runtime and others."))
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
        RunFolder.open(RunArguments.one(arguments.matchedPositionalValue(0, ""), terminal));
    boolean best = arguments.hasMatchedOption("--best");
    try (VectorEnvironment environment = assembler.judged(run.experiment())) {
      Learner learner =
          best ? assembler.restoredBest(run, environment) : assembler.restored(run, environment);
      WritablePolicy policy = writable(run.experiment(), learner, environment);
      boolean masked = environment.spec().masked();
      Map<String, String> about = metadata(run, best);
      AtomicFiles.write(
          to,
          to.toString().endsWith(ONNX)
              ? OnnxExport.write(
                  policy, environment.spec().maskWidth(), about.getOrDefault("bellman", ""), about)
              : Policies.toBytes(shipped(run, policy, masked, best, about)));
    } catch (IllegalArgumentException e) {
      throw new UserError(to + " can't be written: " + e.getMessage(), e);
    }
    terminal.line("policy in " + to);
    return OK;
  }

  private static ShippedPolicy shipped(
      RunFolder.Opened run,
      WritablePolicy policy,
      boolean masked,
      boolean best,
      Map<String, String> about) {
    String card =
        ModelCard.of(policy, masked, run.experiment(), run.summary(), best, run.configuration());
    return new ShippedPolicy(run.experiment().environment().id(), policy, masked, about, card);
  }

  /**
   * The policy of a learner as numbers, for the task without its wrappers.
   *
   * @throws UserError if it isn't made of a network or a table, or if wrappers do more than to
   *     standardise observations
   */
  private WritablePolicy writable(
      Experiment experiment, Learner learner, VectorEnvironment environment) {
    WritablePolicy policy;
    if (learner.policy() instanceof PortablePolicy portable) {
      policy = portable.portable();
    } else {
      policy =
          Tables.of(learner.policy(), environment.spec())
              .orElseThrow(() ->
                  new UserError(
                      "the policy of "
                          + experiment.learner().id()
                          + " on "
                          + experiment.environment().id()
                          + " can't be written down: it is neither a network (as of dqn, a2c, ppo,"
                          + " sac, deep-reinforce) nor a table of a finite task (as of"
                          + " q-learning, sarsa, value-iteration)"));
    }
    return withoutWrappers(experiment, policy, environment);
  }

  private WritablePolicy withoutWrappers(
      Experiment experiment, WritablePolicy policy, VectorEnvironment environment) {
    EnvironmentSpec bare = bare(experiment);
    Optional<ObservationTransform> transform =
        environment.capability(0, ObservationTransform.class);
    if (bare.actionSpace().equals(policy.actionSpace())) {
      if (transform.isEmpty() && bare.observationSpace().equals(policy.observationSpace())) {
        return policy;
      }
      if (transform.isPresent()
          && transform.get() instanceof Standardization standardization
          && policy instanceof NetworkPolicy network
          && bare.observationSpace() instanceof Box box) {
        return network.behind(Standardizer.of(box, standardization));
      }
    }
    List<String> wrappers = experiment.wrappers().stream().map(Experiment.Part::id).toList();
    throw new UserError(
        "what the wrappers of this run do can't be written down: "
            + String.join(", ", wrappers)
            + "; normalize-observation alone can");
  }

  private EnvironmentSpec bare(Experiment experiment) {
    try (VectorEnvironment environment =
        assembler.environment(experiment.environment().id(), experiment.environment().options())) {
      return environment.spec();
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
