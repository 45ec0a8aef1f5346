package org.bellmanrl.lab.internal.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bellmanrl.api.Policy;
import org.bellmanrl.api.VectorEnvironment;
import org.bellmanrl.lab.internal.assembly.Assembler;
import org.bellmanrl.lab.internal.assembly.Wrapping;
import org.bellmanrl.lab.internal.run.Experiment;
import org.bellmanrl.lab.internal.run.UserError;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/**
 * A policy that needs no learning in the place of a run: {@code --policy ID ENV}.
 *
 * @param part the policy's id and options
 * @param task the environment's id
 * @param taskOptions the environment's options
 */
record Baseline(Experiment.Part part, String task, Map<String, @Nullable Object> taskOptions) {
  private static final String POLICY = "--policy";
  private static final String ENV = "--env";

  /** Adds the options that ask for one. */
  static CommandSpec addTo(CommandSpec spec) {
    return spec.addOption(
            Command.option(
                POLICY,
                "ID[:NAME=VALUE,…]",
                String.class,
                "A policy that needs no learning, instead of a run: then ENV stands in the place of"
                    + " RUN. rl policies lists them."))
        .addOption(
            OptionSpec.builder(ENV)
                .paramLabel("NAME=VALUE")
                .type(List.class)
                .auxiliaryTypes(String.class)
                .arity("1")
                .description("With --policy: an option of the environment. May be repeated.")
                .build());
  }

  /** Whether one is asked for. */
  static boolean wanted(ParseResult arguments) {
    return arguments.hasMatchedOption(POLICY);
  }

  /** Reads what is asked for. */
  static Baseline of(ParseResult arguments) {
    Map<String, @Nullable Object> options = new LinkedHashMap<>();
    for (String word : arguments.matchedOptionValue(ENV, List.<String>of())) {
      int equals = word.indexOf('=');
      if (equals < 1) {
        throw new UserError("--env must be NAME=VALUE, was '" + word + "'");
      }
      options.put(word.substring(0, equals), word.substring(equals + 1));
    }
    return new Baseline(
        Wrapping.parse(POLICY, List.of(arguments.matchedOptionValue(POLICY, ""))).getFirst(),
        arguments.matchedPositionalValue(0, ""),
        options);
  }

  /** Refuses the environment's options where there is a run, which has them. */
  static void refuseOptions(ParseResult arguments) {
    if (arguments.hasMatchedOption(ENV)) {
      throw new UserError("--env goes with --policy: a run has its own options");
    }
  }

  VectorEnvironment environment(Assembler assembler) {
    return assembler.environment(task, taskOptions);
  }

  Policy policy(Assembler assembler, VectorEnvironment environment) {
    return assembler.policy(part, environment.spec());
  }
}
