package org.bellmanrl.testkit;

import java.util.List;
import org.bellmanrl.api.EnvironmentSpec;
import org.bellmanrl.api.VectorEnvironment;
import org.bellmanrl.api.interaction.Simulation;
import org.bellmanrl.api.random.Streams;
import org.bellmanrl.api.random.Streams.Role;

/** Checks how the episodes of a task end, and that calls before and after are refused. */
final class EndChecks {
  private final TaskContract contract;

  EndChecks(TaskContract contract) {
    this.contract = contract;
  }

  void areReachedOrDeclaredImpossible() {
    try (VectorEnvironment environment = contract.make(1)) {
      EnvironmentSpec spec = environment.spec();
      long seed = contract.seeds()[0];
      Player player = new Player(environment, new long[] {seed}, contract.endingChooser());
      boolean terminated = false;
      boolean truncated = false;
      int played = 0;
      while (played < contract.endingSteps()
          && (!(terminated || !spec.terminates())
              || !(truncated || !contract.truncatesItself())
              || played < contract.steps())) {
        player.play(1);
        played++;
        Trace trace = player.trace(0);
        int last = trace.moments().size() - 1;
        Moment moment = trace.moments().get(last);
        terminated |= moment.terminated;
        truncated |= moment.truncated;
        if (moment.terminated && !spec.terminates()) {
          throw trace
              .failure(last, "a task whose spec says terminates=false has no end", "terminated")
              .expected(false)
              .actual(true)
              .error();
        }
        if (moment.truncated && !contract.truncatesItself()) {
          throw trace
              .failure(
                  last,
                  "the loop enforces the limit; an environment that cuts episodes for another"
                      + " reason declares it by truncatesItself()",
                  "truncated")
              .expected(false)
              .actual(true)
              .error();
        }
      }
      reached(spec, "terminated", terminated, spec.terminates(), seed);
      reached(spec, "truncated", truncated, contract.truncatesItself(), seed);
    }
  }

  private void reached(
      EnvironmentSpec spec, String end, boolean reached, boolean declared, long seed) {
    if (declared && !reached) {
      throw Failure.of(spec.name(), "an end that is declared possible is reached")
          .where("seed " + seed + ", " + contract.endingSteps() + " steps")
          .expected(end + " at some step")
          .actual("never; override endingChooser() or endingSteps(), or declare it impossible")
          .error();
    }
  }

  void wrongOrderIsRefused() {
    Simulation simulation = new Simulation(contract.make(1));
    String name = simulation.spec().name();
    refused(name, "a step before the first reset", simulation::stepWritten);
    ActionChooser chooser = contract.endingChooser();
    var random = Streams.of(contract.seeds()[0]).stream(Role.POLICY, 0);
    simulation.reset(contract.seeds()[0]);
    for (int i = 0; i < contract.endingSteps() && !simulation.ended(); i++) {
      chooser.choose(simulation.observations(), 0, random, simulation.actions());
      simulation.stepWritten();
    }
    if (simulation.ended()) {
      refused(name, "a step after the end", simulation::stepWritten);
      simulation.reset();
      chooser.choose(simulation.observations(), 0, random, simulation.actions());
      simulation.stepWritten();
      Checks.equal(name, "an episode begins at the reset after an end", 1L, simulation.length());
    }
    simulation.close();
    refused(name, "a step after the close", simulation::stepWritten);
    refused(name, "a reset after the close", simulation::reset);
  }

  private static void refused(String name, String mistake, Runnable call) {
    Checks.refused(name, mistake, IllegalStateException.class, List.of(name), call);
  }
}
