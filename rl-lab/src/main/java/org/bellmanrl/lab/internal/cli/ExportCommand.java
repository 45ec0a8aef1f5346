package org.bellmanrl.lab.internal.cli;

import com.google.inject.Inject;
import java.nio.file.Path;
import java.util.Optional;
import org.bellmanrl.api.Learner;
import org.bellmanrl.api.VectorEnvironment;
import org.bellmanrl.lab.internal.assembly.Assembler;
import org.bellmanrl.lab.internal.export.PolicyExport;
import org.bellmanrl.lab.internal.run.StoredRun;
import org.bellmanrl.onnx.OnnxExport;
import org.bellmanrl.policy.Policies;
import org.bellmanrl.policy.ShippedPolicy;
import org.bellmanrl.results.document.AtomicFiles;
import org.bellmanrl.results.document.UserError;
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
            ExportCommand.class, "export", "Export the learned policy of a run for other programs.")
        .addPositional(RunArguments.run())
        .addOption(
            Command.option(
                "--to",
                "FILE",
                Path.class,
                "The file: policy.zip, with a model card, for Java programs that have only"
                    + " rl-policy (for networks, rl-deep); or policy.onnx, for ONNX Runtime and"
                    + " others, which takes the most likely action if the policy is stochastic."))
        .addOption(
            Command.flag("--best", "Use the policy that did best in a trial, not the last one."));
  }

  @Override
  public int run(ParseResult arguments) {
    Path to = arguments.matchedOptionValue("--to", (Path) null);
    if (to == null || !(to.toString().endsWith(ONNX) || to.toString().endsWith(ZIP))) {
      throw new UserError(
          "give the file with --to FILE.zip or --to FILE.onnx"
              + (to == null ? "" : ", was '" + to + "'"));
    }
    String name = arguments.matchedPositionalValue(0, "");
    boolean best = arguments.hasMatchedOption("--best");
    try {
      Optional<ShippedPolicy> pretrained = Pretrained.find(name);
      if (pretrained.isPresent() && best) {
        throw new UserError("--best is for a run, and " + name + " is a pretrained policy");
      }
      ShippedPolicy policy = pretrained.orElseGet(() -> of(name, best));
      AtomicFiles.write(
          to, to.toString().endsWith(ONNX) ? OnnxExport.toBytes(policy) : Policies.toBytes(policy));
      terminal.line("policy in " + to);
      String wrappers = policy.about().getOrDefault(PolicyExport.WRAPPERS, "");
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

  private ShippedPolicy of(String name, boolean best) {
    StoredRun run = StoredRun.open(RunArguments.one(name, assembler, terminal));
    try (VectorEnvironment environment = assembler.judged(run.experiment())) {
      Learner learner =
          best ? assembler.restoredBest(run, environment) : assembler.restored(run, environment);
      return PolicyExport.of(
          assembler,
          run.experiment(),
          learner,
          environment,
          run.summary(),
          best,
          run.configuration());
    }
  }
}
