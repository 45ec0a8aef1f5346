package org.bellmanrl.lab.internal.cli;

import com.google.inject.Inject;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bellmanrl.api.EnvironmentSpec;
import org.bellmanrl.api.VectorEnvironment;
import org.bellmanrl.api.interaction.Evaluation;
import org.bellmanrl.api.state.StateException;
import org.bellmanrl.lab.internal.assembly.Assembler;
import org.bellmanrl.lab.internal.assembly.Wrapping;
import org.bellmanrl.lab.internal.export.PolicyExport;
import org.bellmanrl.lab.internal.run.Experiment;
import org.bellmanrl.lab.internal.run.Judgement;
import org.bellmanrl.policy.Policies;
import org.bellmanrl.policy.ShippedPolicy;
import org.bellmanrl.policy.WritablePolicy;
import org.bellmanrl.results.document.Json;
import org.bellmanrl.results.document.UserError;
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
    return Command.spec(
            ImportCommand.class, "import", "Evaluate a policy that was learned elsewhere.")
        .addPositional(
            Command.argument(
                0,
                "FILE",
                "The policy: policy.onnx, from PyTorch or any other program, or policy.zip."))
        .addOption(
            OptionSpec.builder("--env")
                .paramLabel("ID|NAME=VALUE")
                .type(List.class)
                .auxiliaryTypes(String.class)
                .arity("1")
                .description(
                    "The environment (./rl envs lists them). Repeat it as NAME=VALUE to set an"
                        + " option of the environment.")
                .build())
        .addOption(
            Command.option("--episodes", "N", Integer.class, "Number of episodes (default: 100)."))
        .addOption(
            Command.option("--seed", "S", Long.class, "The seed of the episodes (default: 0)."))
        .addOption(
            Command.option(
                "--output",
                "NAME",
                String.class,
                "The output of the model that is the action, if the names of its outputs do not tell."))
        .addOption(
            OptionSpec.builder("--wrap")
                .paramLabel("ID[:NAME=VALUE,…]")
                .type(List.class)
                .auxiliaryTypes(String.class)
                .arity("1")
                .description(
                    "A wrapper that the policy was trained with. May be repeated, the innermost first.")
                .build())
        .addOption(
            Command.option(
                "--layout",
                "ORDER",
                String.class,
                "How the model takes pictures, if the shapes of its inputs do not tell:"
                    + " channels-first or channels-last."))
        .addOption(
            Command.option(
                "--state",
                "IN=OUT,…",
                String.class,
                "Inputs that take at each step what an output gave at the step before, if their"
                    + " names do not tell."))
        .addOption(Command.flag("--json", "Print the result as JSON."));
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
    Evaluation.Plan plan =
        new Evaluation.Plan(episodes, seed, List.of(), Evaluation.Plan.DEFAULT_MAX_EPISODE_STEPS);
    List<Experiment.Part> wrappers =
        Wrapping.parse("--wrap", arguments.matchedOptionValue("--wrap", List.<String>of()));
    Judgement judgement;
    try (VectorEnvironment environment = assembler.environment(id, options, wrappers)) {
      ShippedPolicy policy = policy(Path.of(file), environment.spec(), options(arguments));
      ActionRange range = new ActionRange(policy, environment.spec());
      judgement = judged(file, environment, range, plan);
      String behind = policy.about().getOrDefault(PolicyExport.WRAPPERS, "");
      if (!behind.isEmpty() && wrappers.isEmpty()) {
        terminal.warning(file + " was trained behind wrappers: " + wrap(behind));
      } else if (!(policy.policy() instanceof WritablePolicy)
          && !policy.about().containsKey("bellman")) { // ours scale their actions
        range.hint().ifPresent(terminal::warning);
      }
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

  private static Judgement judged(
      String file, VectorEnvironment environment, ActionRange policy, Evaluation.Plan plan) {
    try {
      return Judgement.of(Evaluation.of(environment, policy, plan));
    } catch (IllegalArgumentException | StateException e) {
      // What a model computes shows when it is run: actions that there are not, NaN, no end.
      throw new UserError(file + ": " + e.getMessage(), e);
    }
  }

  /** What the command line says about a model. */
  private static Map<String, String> options(ParseResult arguments) {
    Map<String, String> options = new LinkedHashMap<>();
    for (String name : List.of("output", "layout", "state")) {
      if (arguments.hasMatchedOption("--" + name)) {
        options.put(name, arguments.matchedOptionValue("--" + name, ""));
      }
    }
    return options;
  }

  private static ShippedPolicy policy(
      Path file, EnvironmentSpec spec, Map<String, String> options) {
    try {
      return Policies.load(file, spec, options);
    } catch (StateException | UncheckedIOException e) {
      throw new UserError(String.valueOf(e.getMessage()), e);
    } catch (IllegalArgumentException e) {
      throw new UserError(e.getMessage() + trainedBehind(file), e);
    }
  }

  /** The wrappers that a policy.zip was trained behind, as a hint. */
  private static String trainedBehind(Path file) {
    if (!file.toString().endsWith(".zip")) {
      return "";
    }
    String wrappers = Policies.load(file).about().getOrDefault(PolicyExport.WRAPPERS, "");
    return wrappers.isEmpty() ? "" : "; it was trained behind wrappers: " + wrap(wrappers);
  }

  private static String wrap(String wrappers) {
    return "--wrap " + wrappers.replace(" ", " --wrap ");
  }
}
