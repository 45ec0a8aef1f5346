package org.bellmanrl.lab;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command {@code rl}. */
@Command(
    name = "rl",
    description = "Reinforcement learning from the command line.",
    mixinStandardHelpOptions = true,
    version = "Bellman 0.1.0-SNAPSHOT")
public final class Main implements Runnable {
  private Main() {}

  /** Prints how the command is used. */
  @Override
  public void run() {
    CommandLine.usage(this, System.out);
  }

  /**
   * Runs the command line and ends the process with its exit status.
   *
   * @param args the words after {@code rl}
   */
  public static void main(String[] args) {
    System.exit(execute(args));
  }

  /**
   * Runs the command line.
   *
   * @param args the words after {@code rl}
   * @return the exit status: 0 if all went well, 2 for input that cannot be used
   */
  public static int execute(String... args) {
    return new CommandLine(new Main()).execute(args);
  }
}
