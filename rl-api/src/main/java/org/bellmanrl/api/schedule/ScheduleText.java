package org.bellmanrl.api.schedule;

import java.util.Locale;

/** Reads and writes the text form of schedules. */
final class ScheduleText {
  private static final String FORMS =
      "a number, linear:FROM:TO:LENGTH with LENGTH like 10000steps, 500episodes or 50%, or"
          + " exponential:FROM:TO:RATE, by episode unless RATE ends in 'steps'";

  private ScheduleText() {}

  static Schedule parse(String text) {
    String[] parts = text.strip().toLowerCase(Locale.ROOT).split(":", -1);
    try {
      return switch (parts[0]) {
        case "linear" -> {
          expect(parts, 4);
          yield linear(number(parts[1]), number(parts[2]), parts[3]);
        }
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
      throw new IllegalArgumentException("not a schedule: '" + text + "'; write " + FORMS, e);
    }
  }

  private static Linear linear(double from, double to, String length) {
    if (length.endsWith("%")) {
      return new Linear(from, to, number(drop(length, "%")) / 100, Schedule.Clock.FRACTION);
    }
    if (length.endsWith("episodes")) {
      return new Linear(from, to, number(drop(length, "episodes")), Schedule.Clock.EPISODES);
    }
    if (length.endsWith("steps")) {
      return new Linear(from, to, number(drop(length, "steps")), Schedule.Clock.STEPS);
    }
    throw new NumberFormatException("no unit");
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
      case FRACTION -> plain(over * 100) + "%";
    };
  }

  static String rate(double rate, Schedule.Clock clock) {
    return switch (clock) {
      case STEPS -> rate + "steps";
      case EPISODES -> Double.toString(rate);
      case FRACTION -> rate / 100 + "%";
    };
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
