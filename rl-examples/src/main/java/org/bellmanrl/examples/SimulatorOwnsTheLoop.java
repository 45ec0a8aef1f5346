package org.bellmanrl.examples;

import java.util.Arrays;
import java.util.List;
import org.bellmanrl.api.EnvironmentSpec;
import org.bellmanrl.api.LearnerContext;
import org.bellmanrl.api.Observation;
import org.bellmanrl.api.Outcome;
import org.bellmanrl.api.interaction.Budget;
import org.bellmanrl.api.interaction.Interaction;
import org.bellmanrl.api.interaction.RunProgress;
import org.bellmanrl.api.random.Role;
import org.bellmanrl.api.random.Streams;
import org.bellmanrl.api.space.Discrete;
import org.bellmanrl.api.space.Rows;
import org.bellmanrl.tabular.td.QLearning;

/**
 * Learns inside a simulator that has a clock and a loop of its own.
 *
 * <p>Carts on a track are to reach its end. They move at different speeds, so at any moment some of
 * them have arrived somewhere and need a command while others are under way. Each cart is a row of
 * one {@link Interaction}; what it learns, it learns for all.
 */
public final class SimulatorOwnsTheLoop {
  private static final int CARTS = 3;
  private static final EnvironmentSpec SPEC =
      EnvironmentSpec.of("carts", new Discrete(Carts.PLACES), new Discrete(2));

  private final QLearning learner;
  private final Interaction interaction;
  private final Observation first;
  private final Outcome outcome;
  private final Rows starting = new Rows(CARTS);

  private SimulatorOwnsTheLoop(long seed) {
    Streams streams = Streams.of(seed);
    RunProgress progress = new RunProgress(Budget.steps(Long.MAX_VALUE));
    learner =
        new QLearning(LearnerContext.of(SPEC, CARTS, streams, progress), QLearning.defaults());
    interaction =
        Interaction.learning(
            SPEC, CARTS, learner, streams.rows(Role.POLICY, CARTS), progress, List.of());
    first = new Observation(interaction.observations());
    outcome = new Outcome(interaction.outcomes());
  }

  /** Runs the simulator for a while and prints what was learned. */
  public static void main(String[] arguments) {
    QLearning learned = learn(20_000, 42);
    for (int place = 0; place < Carts.PLACES - 1; place++) {
      System.out.printf(
          "at %d: back %.3f, ahead %.3f%n",
          place, learned.table().get(place, 0), learned.table().get(place, 1));
    }
  }

  /** Lets the simulator run for so many ticks of its clock, and returns what has learned. */
  static QLearning learn(int ticks, long seed) {
    SimulatorOwnsTheLoop control = new SimulatorOwnsTheLoop(seed);
    new Carts(CARTS).run(ticks, control::command);
    return control.learner;
  }

  /** What the simulator calls when carts need a command: the place where learning comes in. */
  private void command(Carts carts, Rows waiting) {
    if (!interaction.idle().isAll()) {
      // 1. Tell what came of the last commands.
      for (int i = 0; i < waiting.count(); i++) {
        int cart = waiting.at(i);
        outcome.at(interaction.outcomes(), cart).observation().setDiscrete(carts.place[cart]);
        if (carts.atEnd(cart)) {
          outcome.reward(1);
          outcome.terminate();
        }
      }
      interaction.observe(waiting);
    }
    // 2. Begin anew where an episode is over.
    starting.clear();
    for (int i = 0; i < interaction.idle().count(); i++) {
      int cart = interaction.idle().at(i);
      carts.place[cart] = 0;
      first.at(interaction.observations(), cart).setDiscrete(0);
      starting.add(cart);
    }
    interaction.begin(starting);
    // 3. Choose.
    interaction.act(waiting);
    for (int i = 0; i < waiting.count(); i++) {
      int cart = waiting.at(i);
      carts.send(cart, interaction.actions().values().ints()[cart] == 1 ? 1 : -1);
    }
  }

  /** The simulator, which has never heard of learning. */
  private static final class Carts {
    static final int PLACES = 6;

    final int[] place;
    private final int[] course;
    private final int[] untilArrival;
    private final Rows waiting;

    Carts(int count) {
      place = new int[count];
      course = new int[count];
      untilArrival = new int[count];
      waiting = new Rows(count);
      Arrays.fill(untilArrival, 1);
    }

    interface Controller {
      void command(Carts carts, Rows waiting);
    }

    void run(int ticks, Controller controller) {
      for (int tick = 0; tick < ticks; tick++) {
        waiting.clear();
        for (int cart = 0; cart < place.length; cart++) {
          if (--untilArrival[cart] == 0) {
            place[cart] = Math.clamp(place[cart] + course[cart], 0, PLACES - 1);
            waiting.add(cart);
          }
        }
        if (!waiting.isEmpty()) {
          controller.command(this, waiting);
        }
      }
    }

    /** Sends a cart one place on or back; the first takes one tick for it, the second two. */
    void send(int cart, int direction) {
      course[cart] = direction;
      untilArrival[cart] = cart + 1;
    }

    boolean atEnd(int cart) {
      return place[cart] == PLACES - 1;
    }
  }
}
