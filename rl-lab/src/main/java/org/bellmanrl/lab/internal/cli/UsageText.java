package org.bellmanrl.lab.internal.cli;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.Model.UsageMessageSpec;
import picocli.CommandLine.ScopeType;

/**
 * How a command is written.
 *
 * <p>Picocli breaks lines where the JDK's break iterator lets it, which is behind any full stop: in
 * the middle of {@code ./rl} and {@code run.yaml}. Full stops inside of words are therefore letters
 * while it breaks lines.
 */
final class UsageText {
  private static final Pattern INNER_STOP = Pattern.compile("\\.(?=\\S)");

  /** A letter that is in none of the texts. */
  private static final String LETTER = "ǀ";

  private UsageText() {}

  /** The text. The command can't be parsed any more: its options are replaced by others. */
  static String of(CommandLine command) {
    CommandSpec spec = command.getCommandSpec();
    for (OptionSpec option : List.copyOf(spec.options())) {
      spec.remove(option);
      spec.addOption(
          OptionSpec.builder(option)
              .scopeType(ScopeType.LOCAL)
              .description(kept(option.description()))
              .build());
    }
    for (PositionalParamSpec positional : List.copyOf(spec.positionalParameters())) {
      spec.remove(positional);
      spec.addPositional(
          PositionalParamSpec.builder(positional)
              .description(kept(positional.description()))
              .build());
    }
    keep(spec.usageMessage());
    command.getSubcommands().values().forEach(inner -> keep(inner.getCommandSpec().usageMessage()));
    return command.getUsageMessage().replace(LETTER, ".");
  }

  private static void keep(UsageMessageSpec message) {
    message.description(kept(message.description()));
    message.footer(kept(message.footer()));
  }

  private static String[] kept(String[] texts) {
    return Stream.of(texts)
        .map(text -> INNER_STOP.matcher(text).replaceAll(LETTER))
        .toArray(String[]::new);
  }
}
