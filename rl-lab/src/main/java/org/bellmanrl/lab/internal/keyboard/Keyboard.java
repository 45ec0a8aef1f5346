package org.bellmanrl.lab.internal.keyboard;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import org.bellmanrl.api.EnvironmentSpec;
import org.bellmanrl.api.Observations;
import org.bellmanrl.api.Policy;
import org.bellmanrl.api.random.RandomStream;
import org.bellmanrl.api.space.Columns;
import org.bellmanrl.api.space.Discrete;
import org.bellmanrl.env.policy.ConstantAction;
import org.bellmanrl.results.document.UserError;
import org.jspecify.annotations.Nullable;

/**
 * Asks a person for every action: a line with its number, or with its numbers where an action has
 * several. An empty line repeats the last action. Safe for use by several threads, which are asked
 * one after the other.
 */
public final class Keyboard extends Policy.Scripted {
  /** Goes up a line and clears it, so that what is drawn around the question stays in place. */
  private static final String OVER = "\u001b[F\u001b[J";

  private final EnvironmentSpec spec;
  private final BufferedReader in;
  private final PrintStream out;
  private final boolean over;
  private @Nullable Columns last;

  /**
   * Makes the policy for a task.
   *
   * @param in what is typed
   * @param out where it asks
   * @param over whether a question that was answered is wiped out
   */
  Keyboard(EnvironmentSpec spec, BufferedReader in, PrintStream out, boolean over) {
    this.spec = spec;
    this.in = in;
    this.out = out;
    this.over = over;
  }

  /** Makes the policy for a task, on this process's standard streams. */
  @SuppressWarnings("SystemConsoleNull") // without a terminal the default console of JDK 25 is null
  public static Keyboard system(EnvironmentSpec spec) {
    Console console = System.console();
    return new Keyboard(
        spec,
        new BufferedReader(new InputStreamReader(System.in, UTF_8)),
        System.out,
        console != null && console.isTerminal());
  }

  @Override
  protected synchronized void act(
      Observations observations, int row, RandomStream random, Columns actions) {
    String problem = "";
    while (true) {
      String line = ask(problem + "action, of " + spec.actionSpace() + ": ");
      try {
        Columns action = read(line.strip(), observations, row);
        last = action;
        actions.copyRow(action, 0, row);
        return;
      } catch (IllegalArgumentException e) {
        problem = e.getMessage() + "; ";
      }
    }
  }

  private String ask(String question) {
    out.print(question);
    out.flush();
    try {
      String line = in.readLine();
      if (line == null) {
        throw new UserError("the input ended before the episode did");
      }
      out.print(over ? OVER : "\n");
      return line;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Columns read(String line, Observations observations, int row) {
    if (line.isEmpty() && last != null) {
      return last;
    }
    Columns action = ConstantAction.action(spec.actionSpace(), numbers(line));
    if (spec.masked()
        && spec.actionSpace() instanceof Discrete discrete
        && !observations.allows(row, action.ints()[0] - discrete.start())) {
      throw new IllegalArgumentException("action " + line + " is not allowed here");
    }
    return action;
  }

  private static List<Double> numbers(String line) {
    try {
      return Arrays.stream(line.split("[,\\s]+", -1)).map(Double::valueOf).toList();
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("'" + line + "' is not a number", e);
    }
  }
}
