package org.bellmanrl.lab.internal.cli;

import java.io.IOException;
import java.util.List;
import org.bellmanrl.results.document.Numbers;
import org.bellmanrl.results.document.UserError;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.TypeConversionException;

/**
 * A command of {@code rl}.
 *
 * <p>Each has a static {@code spec} that says how it is written. Specs are built by hand, not read
 * off annotations: that costs every start of {@code rl} the reflection over all commands.
 */
interface Command {
  /** Everything went well. */
  int OK = 0;

  /** What was checked is not as it should be. */
  int FAILED = 1;

  /** The command cannot be carried out as it was given. */
  int USAGE = 2;

  /** A defect of this program. */
  int INTERNAL = 70;

  /** Stopped by the person who started it. */
  int INTERRUPTED = 130;

  /** The reader of the output has gone: what shells show of a program that SIGPIPE ends. */
  int UNREAD = 141;

  /**
   * Stands for a command until it is known to be the one that runs.
   *
   * @param type what to make then
   */
  record Wiring(Class<? extends Command> type) {}

  /**
   * Carries the command out.
   *
   * @return the exit status
   */
  int run(ParseResult arguments) throws IOException;

  /** The spec of a command with the option that every command has. */
  static CommandSpec spec(Class<? extends Command> type, String name, String description) {
    CommandSpec spec = CommandSpec.wrapWithoutInspection(new Wiring(type)).name(name);
    spec.usageMessage().description(description);
    return spec.addOption(
        OptionSpec.builder("-h", "--help").usageHelp(true).description("Show this help.").build());
  }

  /** An option with a value; whole numbers are read as {@link Numbers#whole} reads them. */
  static OptionSpec option(String name, String label, Class<?> type, String description) {
    OptionSpec.Builder option =
        OptionSpec.builder(name).paramLabel(label).type(type).arity("1").description(description);
    if (type == Long.class) {
      option.converters(Command::whole);
    } else if (type == Integer.class) {
      option.converters(Command::narrow);
    }
    return option.build();
  }

  private static long whole(String text) {
    try {
      return Numbers.whole(text);
    } catch (NumberFormatException e) {
      throw new TypeConversionException(e.getMessage());
    }
  }

  private static int narrow(String text) {
    long value = whole(text);
    if (value != (int) value) {
      throw new TypeConversionException("must be at most 2147483647, was " + text);
    }
    return (int) value;
  }

  /** An option without a value. */
  static OptionSpec flag(String name, String description) {
    return OptionSpec.builder(name).description(description).build();
  }

  /**
   * Refuses options that would have no effect.
   *
   * @param options the names of options
   * @param reason why there is no effect, as the rest of a sentence that begins with the option
   */
  static void refuse(ParseResult arguments, List<String> options, String reason) {
    for (String option : options) {
      if (arguments.hasMatchedOption(option)) {
        throw new UserError(option + " " + reason);
      }
    }
  }

  /** The argument at a place; it must be given. */
  static PositionalParamSpec argument(int index, String label, String description) {
    return PositionalParamSpec.builder()
        .index(Integer.toString(index))
        .paramLabel(label)
        .type(String.class)
        .arity("1")
        .required(true)
        .description(description)
        .build();
  }
}
