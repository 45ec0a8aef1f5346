package org.bellmanrl.lab.internal.cli;

import com.google.inject.Inject;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bellmanrl.api.EnvironmentSpec;
import org.bellmanrl.api.Policy;
import org.bellmanrl.api.VectorEnvironment;
import org.bellmanrl.api.interaction.EvaluationPlan;
import org.bellmanrl.api.interaction.Evaluator;
import org.bellmanrl.api.state.StateException;
import org.bellmanrl.deep.policy.Policies;
import org.bellmanrl.deep.policy.ShippedPolicy;
import org.bellmanrl.lab.internal.assembly.Assembler;
import org.bellmanrl.lab.internal.onnx.OnnxPolicy;
import org.bellmanrl.lab.internal.run.Json;
import org.bellmanrl.lab.internal.run.Judgement;
import org.bellmanrl.lab.internal.run.UserError;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** {@code rl import FILE --env ID}: judges a policy that was learned elsewhere. */
final class ImportCommand implements Command {
  private static final int EPISODES = 100;

  private final Terminal terminal;
  private final Assembler assembler;

  @Inject
  ImportCommand(Terminal terminal, Assembler assembler) {
    this.terminal = terminal;
    this.assembler = assembler;
  }

  static CommandSpec spec() {
    return Command.spec(ImportCommand.class, "import", "Judge a policy that was learned elsewhere.")
        .addPositional(
            Command.argument(
                0, "FILE", "policy.onnx, of PyTorch or any other program; or policy.zip."))
        .addOption(
            OptionSpec.builder("--env")
                .paramLabel("ID|NAME=VALUE")
                .type(List.class)
                .auxiliaryTypes(String.class)
                .arity("1")
                .description(
                    "Which environment it is for, rl envs lists them; again for each of its"
                        + " options.")
                .build())
        .addOption(Command.option("--episodes", "N", Integer.class, "Play so many; 100."))
        .addOption(
            Command.option("--seed", "S", Long.class, "The seed that the episodes come from; 0."))
        .addOption(
            Command.option(
                "--output",
                "NAME",
                String.class,
                "The output of the model that decides; 'action' or the first there is."))
        .addOption(Command.flag("--json", "Print JSON."));
  }

  @Override
  public int run(ParseResult arguments) {
    String file = arguments.matchedPositionalValue(0, "");
    String id = "";
    Map<String, @Nullable Object> options = new LinkedHashMap<>();
    for (String word : arguments.matchedOptionValue("--env", List.<String>of())) {
      int equals = word.indexOf('=');
      if (equals > 0) {
        options.put(word.substring(0, equals), word.substring(equals + 1));
      } else if (id.isEmpty()) {
        id = word;
      } else {
        throw new UserError("--env names two environments, '" + id + "' and '" + word + "'");
      }
    }
    if (id.isEmpty()) {
      throw new UserError("say which environment the policy is for: --env ID");
    }
    int episodes = arguments.matchedOptionValue("--episodes", EPISODES);
    long seed = arguments.matchedOptionValue("--seed", 0L);
    if (episodes < 1 || seed < 0) {
      throw new UserError(
          "--episodes must be at least 1 and --seed at least 0, were " + episodes + ", " + seed);
    }
    EvaluationPlan plan =
        new EvaluationPlan(episodes, seed, List.of(), EvaluationPlan.DEFAULT_MAX_EPISODE_STEPS);
    Judgement judgement;
    try (VectorEnvironment environment = assembler.environment(id, options)) {
      Policy policy =
          policy(Path.of(file), environment.spec(), arguments.matchedOptionValue("--output", ""));
      judgement = Judgement.of(Evaluator.evaluate(environment, policy, plan));
    }
    if (arguments.hasMatchedOption("--json")) {
      Map<String, @Nullable Object> entries = new LinkedHashMap<>();
      entries.put("policy", file);
      entries.put("environment", id);
      entries.put("seed", seed);
      entries.putAll(judgement.entries());
      terminal.line(Json.text(entries));
    } else {
      terminal.line(file + " on " + id + ": " + judgement.line());
    }
    return OK;
  }

  private static Policy policy(Path file, EnvironmentSpec spec, String output) {
    if (!file.toString().endsWith(".zip")) {
      return OnnxPolicy.read(file, spec, output);
    }
    try {
      ShippedPolicy policy = Policies.load(file);
      if (!policy.observationSpace().equals(spec.observationSpace())
          || !policy.actionSpace().equals(spec.actionSpace())) {
        throw new UserError(
            "%s does not fit %s: it takes %s and gives %s, the task has %s and %s"
                .formatted(
                    file,
                    spec.name(),
                    policy.observationSpace(),
                    policy.actionSpace(),
                    spec.observationSpace(),
                    spec.actionSpace()));
      }
      return policy;
    } catch (StateException | UncheckedIOException e) {
      throw new UserError(String.valueOf(e.getMessage()), e);
    }
  }
}
