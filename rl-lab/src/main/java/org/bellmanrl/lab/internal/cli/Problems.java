package org.bellmanrl.lab.internal.cli;

import org.bellmanrl.api.registry.Problem;
import org.bellmanrl.api.registry.Registry;

/** Tells of what was found but can't be used. */
final class Problems {
  private Problems() {}

  static void report(Terminal terminal, Registry registry) {
    for (Problem problem : registry.problems()) {
      terminal.err().println("warning: " + problem.message());
    }
  }
}
