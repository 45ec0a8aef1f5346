package org.bellmanrl.bench.command;

import java.util.List;
import org.bellmanrl.results.document.UserError;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** Options as the commands of {@code ./rl bench} have them. */
public final class CommandOptions {
  /** The largest number that {@link #count} takes. */
  public static final int MOST = 10_000;

  private CommandOptions() {}

  /** The option that shows a command's help. */
  public static OptionSpec help() {
    return OptionSpec.builder("-h", "--help")
        .usageHelp(true)
        .description("Show this help.")
        .build();
  }

  /** An option without a value. */
  public static OptionSpec flag(String name, String description) {
    return OptionSpec.builder(name).description(description).build();
  }

  /** An option with a value. */
  public static OptionSpec option(String name, String label, Class<?> type, String description) {
    return OptionSpec.builder(name)
        .paramLabel(label)
        .type(type)
        .arity("1")
        .description(description)
        .build();
  }

  /**
   * Refuses all options of a command but some, because they would have no effect.
   *
   * @param allowed the names of those that may be given
   * @param reason why there is no effect, as the rest of a sentence that begins with the option
   */
  public static void refuseOthers(ParseResult arguments, List<String> allowed, String reason) {
    for (OptionSpec option : arguments.matchedOptionsSet()) {
      if (!allowed.contains(option.longestName())) {
        throw new UserError(option.longestName() + " " + reason);
      }
    }
  }

  /**
   * The value of an option that counts something.
   *
   * @throws UserError if it is not in [1, {@value #MOST}]
   */
  public static int count(ParseResult arguments, String option, int otherwise) {
    int count = arguments.matchedOptionValue(option, otherwise);
    if (count < 1 || count > MOST) {
      throw new UserError("%s must be in [1, %d], was %d".formatted(option, MOST, count));
    }
    return count;
  }
}
