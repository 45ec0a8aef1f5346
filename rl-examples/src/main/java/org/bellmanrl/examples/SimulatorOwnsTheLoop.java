package org.bellmanrl.examples;

import java.util.Arrays;
import org.bellmanrl.api.EnvironmentSpec;
import org.bellmanrl.api.Listener;
import org.bellmanrl.api.Outcome;
import org.bellmanrl.api.interaction.Budget;
import org.bellmanrl.api.interaction.Interaction;
import org.bellmanrl.api.schedule.Schedule;
import org.bellmanrl.api.space.Discrete;
import org.bellmanrl.api.space.Rows;
import org.bellmanrl.tabular.learner.ControlConfig;
import org.bellmanrl.tabular.td.QLearning;

/**
 * Learns inside a simulator that has its own clock and its own loop.
 *
 * <p>Carts on a track shall learn to reach its end. They move at different speeds, so at any moment
 * some of them have arrived at a place and need a command while others are under way. Each cart is
 * a row of one {@link Interaction}; one learner learns from all of them.
 */
public final class SimulatorOwnsTheLoop {
  private static final int CARTS = 3;

  /** Steps of all carts from one report of metrics to the next. */
  private static final int REPORT_INTERVAL = 1_000;

  private static final EnvironmentSpec SPEC =
      EnvironmentSpec.of("carts", new Discrete(Carts.PLACES), new Discrete(2));

  private final Interaction interaction;
  private final Rows starting = new Rows(CARTS);

  private long nextReport = REPORT_INTERVAL;

  private SimulatorOwnsTheLoop(int ticks, long seed, Listener... listeners) {
    // ε falls over the first half of the budget. The carts need about two commands per tick.
    ControlConfig config =
        QLearning.defaults().withEpsilon(Schedule.linear(1, 0.05, 0.5, Schedule.Clock.FRACTION));
    interaction =
        Interaction.learning(
            SPEC,
            CARTS,
            seed,
            Budget.steps(2L * ticks),
            context -> new QLearning(context, config),
            listeners);
  }

  /** Runs the simulator for a while and prints the learned values. */
  public static void main(String[] arguments) {
    QLearning learned = learn(20_000, 42);
    for (int place = 0; place < Carts.PLACES - 1; place++) {
      System.out.printf(
          "at %d: back %.3f, ahead %.3f%n",
          place, learned.table().get(place, 0), learned.table().get(place, 1));
    }
  }

  /** Runs the simulator for a number of ticks of its clock, and returns the learner. */
  static QLearning learn(int ticks, long seed, Listener... listeners) {
    SimulatorOwnsTheLoop control = new SimulatorOwnsTheLoop(ticks, seed, listeners);
    new Carts(CARTS).run(ticks, control::command);
    return (QLearning) control.interaction.learner().orElseThrow();
  }

  /** Commands the carts that have arrived; the simulator calls this. */
  private void command(Carts carts, Rows waiting) {
    // 1. Report the outcomes of the last commands; there are none in the first call.
    if (!interaction.idle().isAll()) {
      for (int i = 0; i < waiting.count(); i++) {
        int cart = waiting.at(i);
        Outcome outcome = interaction.outcome(cart);
        outcome.observation().setDiscrete(carts.place[cart]);
        if (carts.atEnd(cart)) {
          outcome.reward(1);
          outcome.terminate();
        }
      }
      interaction.observe(waiting);
      if (interaction.progress().steps() >= nextReport) {
        interaction.reportMetrics();
        nextReport += REPORT_INTERVAL;
      }
    }
    // 2. Begin a new episode where there is none.
    starting.clear();
    for (int i = 0; i < interaction.idle().count(); i++) {
      int cart = interaction.idle().at(i);
      carts.place[cart] = 0;
      interaction.first(cart).setDiscrete(0);
      starting.add(cart);
    }
    interaction.begin(starting);
    // 3. Choose the next commands.
    interaction.act(waiting);
    for (int i = 0; i < waiting.count(); i++) {
      int cart = waiting.at(i);
      carts.send(cart, interaction.actions().values().ints()[cart] == 1 ? 1 : -1);
    }
  }

  /** The simulator, which does not depend on Bellman's learners. */
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

    /** Sends a cart to the next or the previous place. Cart i needs i + 1 ticks for that. */
    void send(int cart, int direction) {
      course[cart] = direction;
      untilArrival[cart] = cart + 1;
    }

    boolean atEnd(int cart) {
      return place[cart] == PLACES - 1;
    }
  }
}
