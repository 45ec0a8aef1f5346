package org.bellmanrl.lab.internal.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.bellmanrl.api.Actions;
import org.bellmanrl.api.Actor;
import org.bellmanrl.api.Learner;
import org.bellmanrl.api.ValueFunction;
import org.bellmanrl.api.VectorEnvironment;
import org.bellmanrl.api.interaction.Simulation;
import org.bellmanrl.api.random.Streams;
import org.bellmanrl.api.random.Streams.Role;
import org.bellmanrl.api.space.Rows;
import org.bellmanrl.api.transform.ObservationTransform;
import org.bellmanrl.lab.internal.view.GridPainter;
import org.bellmanrl.lab.internal.view.GridPicture;
import org.bellmanrl.lab.internal.view.ObservationStatistics;
import org.bellmanrl.lab.internal.view.StateTable;
import org.bellmanrl.lab.internal.view.ValueSlices;
import org.bellmanrl.lab.internal.view.ValueSlices.Axis;
import org.bellmanrl.results.document.UserError;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/**
 * Which two elements of a task's observation its values are drawn over, and what the others are
 * meanwhile.
 *
 * @param x the element to the right
 * @param y the element upwards
 * @param held others that are held at a value, by number
 */
record SliceOptions(int x, int y, Map<Integer, Float> held) {
  private static final String OVER = "--over";
  private static final String AT = "--at";

  static final List<String> OPTIONS = List.of(OVER, AT);

  /** Episodes and steps that the policy plays to find out between which ends the task goes on. */
  private static final int EPISODES = 10;

  private static final int STEPS = 5000;

  static CommandSpec addTo(CommandSpec spec) {
    return spec.addOption(
            Command.option(
                OVER,
                "X,Y",
                String.class,
                "Draw V over two numbers of the observation, by number from 0: 0,2. ./rl envs"
                    + " ENV names them."))
        .addOption(
            Command.option(
                AT,
                "N=VALUE,…",
                String.class,
                "With "
                    + OVER
                    + ": values for the other numbers (default: their means in ten episodes)."));
  }

  /** Returns whether values over two elements are wanted. */
  static boolean wanted(ParseResult arguments) {
    return arguments.hasMatchedOption(OVER) || arguments.hasMatchedOption(AT);
  }

  /** Reads them; the first two elements if nothing is said. */
  static SliceOptions of(ParseResult arguments, ValueSlices slices) {
    String given = arguments.matchedOptionValue(OVER, "0,1");
    String[] words = given.split(",", -1);
    int x = words.length == 2 ? number(words[0], slices) : -1;
    int y = words.length == 2 ? number(words[1], slices) : -1;
    if (x < 0 || y < 0 || x == y) {
      throw new UserError(
          "%s must be two different numbers from 0 to %d, such as 0,1, was '%s'"
              .formatted(OVER, slices.elements() - 1, given));
    }
    Map<Integer, Float> held = new TreeMap<>();
    for (String word : arguments.matchedOptionValue(AT, "").split(",", -1)) {
      if (word.isBlank()) {
        continue;
      }
      String[] parts = word.split("=", 2);
      int element = number(parts[0], slices);
      float value = parts.length == 2 ? value(parts[1]) : Float.NaN;
      if (element < 0 || element == x || element == y || !Float.isFinite(value)) {
        throw new UserError(
            "%s must be N=VALUE with N from 0 to %d and none that is drawn over, such as 2=0.1, was '%s'"
                .formatted(AT, slices.elements() - 1, word));
      }
      held.put(element, value);
    }
    return new SliceOptions(x, y, held);
  }

  private static int number(String text, ValueSlices slices) {
    try {
      int number = Integer.parseInt(text.strip());
      return number < slices.elements() ? number : -1;
    } catch (NumberFormatException e) {
      return -1;
    }
  }

  private static float value(String text) {
    try {
      return Float.parseFloat(text.strip());
    } catch (NumberFormatException e) {
      return Float.NaN;
    }
  }

  /** A learner's values, ready to be drawn in any number of cells. */
  record Drawn(
      SliceOptions options,
      ValueSlices slices,
      ValueFunction values,
      VectorEnvironment environment,
      ObservationStatistics seen) {

    private Axis x(int cells) {
      return slices.axis(options.x, seen, cells);
    }

    private Axis y(int cells) {
      return slices.axis(options.y, seen, cells);
    }

    private float[] others() {
      float[] others = seen.means();
      options.held.forEach((element, value) -> others[element] = value);
      return others;
    }

    private StateTable table(Axis x, Axis y) {
      return slices
          .values(
              values,
              environment
                  .capability(0, ObservationTransform.class)
                  .map(transform -> transform.frozen(1))
                  .orElse(null),
              x,
              y,
              others())
          .orElseThrow();
    }

    /** Lines for a terminal. */
    String text(Terminal terminal) {
      Axis x = x(Math.clamp(terminal.width() / 7, 4, 12));
      Axis y = y(9);
      return new GridPainter(slices.grid(x, y, others()), table(x, y), terminal.style())
          .draw(List.of(0));
    }

    /** Draws them into a file. */
    void write(Path file) throws IOException {
      Axis x = x(24);
      Axis y = y(18);
      new GridPicture(slices.grid(x, y, others()), table(x, y)).write(List.of(0), file);
    }
  }

  /**
   * What is drawn.
   *
   * @throws UserError if the learner has no values
   */
  Drawn drawn(ValueSlices slices, VectorEnvironment environment, Learner learner) {
    ValueFunction values =
        learner
            .values()
            .orElseThrow(() -> new UserError("the learner has no values of states to draw"));
    return new Drawn(this, slices, values, environment, seen(environment, learner));
  }

  /** What the policy sees in some episodes. */
  private static ObservationStatistics seen(VectorEnvironment environment, Learner learner) {
    Rows one = Rows.all(1);
    Simulation simulation = new Simulation(environment);
    float[] shown =
        environment
            .capability(0, ObservationTransform.Source.class)
            .map(ObservationTransform.Source::observations)
            .orElse(simulation.observations())
            .values()
            .floats();
    ObservationStatistics seen = new ObservationStatistics(shown.length);
    Actor actor = learner.policy().actor(1, Streams.of(0).rows(Role.EVALUATION_POLICY, 1));
    Actions actions = new Actions(simulation.spec().actionSpace(), learner.policy().extras(), 1);
    int steps = 0;
    for (int episode = 0; episode < EPISODES && steps < STEPS; episode++) {
      if (episode == 0) {
        simulation.reset(0);
      } else {
        simulation.reset();
      }
      actor.begin(one);
      seen.take(shown);
      while (!simulation.ended() && steps < STEPS) {
        actor.act(one, simulation.observations(), actions);
        simulation.actions().copyRow(actions.values(), 0, 0);
        simulation.stepWritten();
        seen.take(shown);
        steps++;
      }
    }
    return seen;
  }

  /** Returns a hint at the option, with the elements to choose from. */
  static String hint(ValueSlices slices, int width) {
    List<String> words = new ArrayList<>();
    for (int i = 0; i < Math.min(slices.elements(), 8); i++) {
      words.add(i + " " + slices.name(i));
    }
    String more = slices.elements() > words.size() ? "; …" : "";
    return Listing.wrapped(
        "  ",
        "no grid to draw; --over 0,1 draws V over two of: " + String.join("; ", words) + more,
        width);
  }
}
