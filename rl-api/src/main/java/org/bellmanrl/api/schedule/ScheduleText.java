package org.bellmanrl.api.schedule;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.DoubleStream;
import org.bellmanrl.api.internal.NearMatches;
import org.bellmanrl.api.options.Require;

/** Reads and writes the text form of schedules. */
final class ScheduleText {
  private static final String FORMS =
      "a number, linear:FROM:TO:LENGTH or cosine:FROM:TO:LENGTH with LENGTH like 10000steps,"
          + " 500episodes or 50%, piecewise:VALUE:TIME:VALUE:TIME:VALUE with each TIME like a LENGTH,"
          + " or exponential:FROM:TO:RATE, by episode unless RATE ends in 'steps'";

  private static final List<String> KINDS = List.of("linear", "cosine", "piecewise", "exponential");

  private ScheduleText() {}

  static Schedule parse(String text) {
    String[] parts = text.strip().toLowerCase(Locale.ROOT).split(":", -1);
    try {
      return switch (parts[0]) {
        case "linear" -> {
          expect(parts, 4);
          Measure length = Measure.of(parts[3]);
          yield new Linear(number(parts[1]), number(parts[2]), length.amount(), length.clock());
        }
        case "cosine" -> {
          expect(parts, 4);
          Measure length = Measure.of(parts[3]);
          yield new Cosine(number(parts[1]), number(parts[2]), length.amount(), length.clock());
        }
        case "piecewise" -> piecewise(parts);
        case "exponential" -> {
          expect(parts, 4);
          yield exponential(number(parts[1]), number(parts[2]), parts[3]);
        }
        default -> {
          expect(parts, 1);
          yield new Constant(number(parts[0]));
        }
      };
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "not a schedule: '" + text + "'" + near(parts[0]) + "; write " + FORMS, e);
    }
  }

  private static String near(String kind) {
    List<String> near = KINDS.contains(kind) ? List.of() : NearMatches.closest(kind, KINDS, 1);
    return near.isEmpty() ? "" : ", did you mean '" + near.getFirst() + "'?";
  }

  private static Piecewise piecewise(String[] parts) {
    if (parts.length < 4 || parts.length % 2 != 0) {
      throw new NumberFormatException(parts.length + " parts");
    }
    Schedule.Clock clock = Measure.of(parts[2]).clock();
    List<Schedule.Point> points = new ArrayList<>();
    for (int i = 2; i < parts.length; i += 2) {
      Measure time = Measure.of(parts[i]);
      if (time.clock() != clock) {
        throw new IllegalArgumentException(
            "the times of a piecewise schedule must be in one unit, were '%s' and '%s'"
                .formatted(parts[2], parts[i]));
      }
      points.add(new Schedule.Point(time.amount(), number(parts[i + 1])));
    }
    return new Piecewise(number(parts[1]), points, clock);
  }

  /** A length or a time with its unit. */
  private record Measure(double amount, Schedule.Clock clock) {
    static Measure of(String text) {
      if (text.endsWith("%")) {
        return new Measure(number(drop(text, "%")) / 100, Schedule.Clock.FRACTION);
      }
      if (text.endsWith("episodes")) {
        return new Measure(number(drop(text, "episodes")), Schedule.Clock.EPISODES);
      }
      if (text.endsWith("steps")) {
        return new Measure(number(drop(text, "steps")), Schedule.Clock.STEPS);
      }
      throw new NumberFormatException("no unit");
    }
  }

  static void requireLength(String name, double length, Schedule.Clock clock) {
    Require.positive(name, length);
    if (clock == Schedule.Clock.FRACTION && length > 1) {
      throw new IllegalArgumentException(
          name + " must be at most 100% of the budget, was " + length(length, clock));
    }
  }

  private static Exponential exponential(double from, double to, String rate) {
    if (rate.endsWith("steps")) {
      return new Exponential(from, to, number(drop(rate, "steps")), Schedule.Clock.STEPS);
    }
    if (rate.endsWith("%")) {
      return new Exponential(from, to, number(drop(rate, "%")) * 100, Schedule.Clock.FRACTION);
    }
    String plain = rate.endsWith("episodes") ? drop(rate, "episodes") : rate;
    return new Exponential(from, to, number(plain), Schedule.Clock.EPISODES);
  }

  static String length(double over, Schedule.Clock clock) {
    return switch (clock) {
      case STEPS -> plain(over) + "steps";
      case EPISODES -> plain(over) + "episodes";
      case FRACTION -> plain(written(over, 2, percent -> percent / 100)) + "%";
    };
  }

  static String rate(double rate, Schedule.Clock clock) {
    return switch (clock) {
      case STEPS -> rate + "steps";
      case EPISODES -> Double.toString(rate);
      case FRACTION -> written(rate, -2, percent -> percent * 100) + "%";
    };
  }

  /**
   * The number with the fewest digits that is read as a given one: that with its decimal point
   * moved, or one beside it, since reading rounds.
   *
   * @param zeros by how many digits the point moves to the right
   * @param reading what is made of the number that is written
   */
  private static double written(double value, int zeros, DoubleUnaryOperator reading) {
    double moved = new BigDecimal(Double.toString(value)).scaleByPowerOfTen(zeros).doubleValue();
    return DoubleStream.of(moved, Math.nextUp(moved), Math.nextDown(moved))
        .filter(number -> reading.applyAsDouble(number) == value)
        .boxed()
        .min(Comparator.comparingInt(number -> plain(number).length()))
        .orElse(moved);
  }

  private static String plain(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e15
        ? Long.toString((long) value)
        : Double.toString(value);
  }

  private static double number(String text) {
    return Double.parseDouble(text.strip());
  }

  private static String drop(String text, String end) {
    return text.substring(0, text.length() - end.length());
  }

  private static void expect(String[] parts, int count) {
    if (parts.length != count) {
      throw new NumberFormatException(parts.length + " parts");
    }
  }
}
