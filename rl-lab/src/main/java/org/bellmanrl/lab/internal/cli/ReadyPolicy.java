package org.bellmanrl.lab.internal.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bellmanrl.api.Policy;
import org.bellmanrl.api.VectorEnvironment;
import org.bellmanrl.lab.internal.assembly.Assembler;
import org.bellmanrl.lab.internal.assembly.Wrapping;
import org.bellmanrl.lab.internal.run.Experiment;
import org.bellmanrl.policy.ShippedPolicy;
import org.bellmanrl.results.document.UserError;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/**
 * A policy in the place of a run: one that needs no learning, {@code --policy ID ENV}, or one of
 * {@link Pretrained}.
 *
 * @param name what it is called
 * @param details what it is, for people
 * @param task the environment's id
 * @param taskOptions the environment's options
 * @param source makes it for an environment
 */
record ReadyPolicy(
    String name,
    String details,
    String task,
    Map<String, @Nullable Object> taskOptions,
    Source source) {
  private static final String POLICY = "--policy";
  private static final String ENV = "--env";

  /** Where a policy comes from. */
  interface Source {
    Policy policy(Assembler assembler, VectorEnvironment environment);
  }

  /** Adds the argument for a run, and the options that ask for a policy instead. */
  static CommandSpec addTo(CommandSpec spec) {
    return spec.addPositional(RunArguments.run())
        .addOption(
            Command.option(
                POLICY,
                "ID[:NAME=VALUE,…]",
                String.class,
                "Use a policy that needs no learning (./rl policies lists them); RUN is then an"
                    + " environment."))
        .addOption(
            OptionSpec.builder(ENV)
                .paramLabel("NAME=VALUE")
                .type(List.class)
                .auxiliaryTypes(String.class)
                .arity("1")
                .description("With --policy: set an option of the environment. May be repeated.")
                .build());
  }

  /** Reads the arguments; empty if they name a run. */
  static Optional<ReadyPolicy> of(ParseResult arguments) {
    String given = arguments.matchedPositionalValue(0, "");
    if (!arguments.hasMatchedOption(POLICY)) {
      if (arguments.hasMatchedOption(ENV)) {
        throw new UserError("--env goes with --policy: a run has its own options");
      }
      return Pretrained.find(given).map(policy -> of(given, policy));
    }
    Map<String, @Nullable Object> options = new LinkedHashMap<>();
    for (String word : arguments.matchedOptionValue(ENV, List.<String>of())) {
      int equals = word.indexOf('=');
      if (equals < 1) {
        throw new UserError("--env must be NAME=VALUE, was '" + word + "'");
      }
      options.put(word.substring(0, equals), word.substring(equals + 1));
    }
    Experiment.Part part =
        Wrapping.parse(POLICY, List.of(arguments.matchedOptionValue(POLICY, ""))).getFirst();
    return Optional.of(
        new ReadyPolicy(
            part.id(),
            "a policy that needs no learning",
            given,
            options,
            (assembler, environment) -> assembler.policy(part, environment.spec())));
  }

  private static ReadyPolicy of(String name, ShippedPolicy policy) {
    return new ReadyPolicy(
        name, "a pretrained policy", policy.spec().name(), Map.of(), (_, _) -> policy);
  }

  VectorEnvironment environment(Assembler assembler) {
    return assembler.environment(task, taskOptions);
  }

  Policy policy(Assembler assembler, VectorEnvironment environment) {
    return source.policy(assembler, environment);
  }
}
