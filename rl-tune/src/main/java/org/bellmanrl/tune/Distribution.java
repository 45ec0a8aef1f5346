package org.bellmanrl.tune;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.bellmanrl.api.internal.NearMatches;
import org.bellmanrl.results.document.Document;
import org.bellmanrl.results.document.Numbers;
import org.bellmanrl.results.document.UserError;
import org.jspecify.annotations.Nullable;

/**
 * The values that a parameter may have, each with a coordinate, in which samplers calculate.
 *
 * <p>A range of numbers is written {@code SCALE:LOW:HIGH}, such as {@code log:1e-5:0.1}; a choice
 * is a list. Coordinates of a range lie in [low, high], those of a choice are 0, 1, 2, …
 *
 * <p>Immutable.
 */
public sealed interface Distribution {

  /**
   * Returns the value at a coordinate.
   *
   * @param coordinate one that {@link #at} gave, or close to it: values of a range are clamped
   */
  @Nullable Object value(double coordinate);

  /**
   * Returns the coordinate of a value that {@link #value} gave.
   *
   * @throws UserError if the value is not a number, or not one of the choices
   */
  double coordinate(@Nullable Object value);

  /**
   * Returns the coordinate at a part of all of them, by which a uniform number becomes one.
   *
   * @param part in [0, 1)
   */
  double at(double part);

  /** Returns the form in which a file holds it: a text or a list. */
  Object written();

  /**
   * Returns how far from one end to the other a value lies, in [0, 1], for pictures.
   *
   * @throws UserError as by {@link #coordinate}
   */
  double place(@Nullable Object value);

  /**
   * Reads the form in which a file holds it.
   *
   * @param name how messages call the parameter
   * @throws UserError if it is no distribution
   */
  static Distribution of(String name, @Nullable Object written) {
    if (written instanceof List<?> list) {
      if (list.isEmpty()) {
        throw new UserError("the choices of '" + name + "' must be at least one, were none");
      }
      return new Choice(list);
    }
    String[] parts = String.valueOf(written).split(":", -1);
    if (parts.length != 3) {
      throw new UserError(
          "'"
              + name
              + "' must be a list of choices, or SCALE:LOW:HIGH such as log:1e-5:0.1, where SCALE is "
              + Scale.names()
              + "; was "
              + written);
    }
    try {
      return new Range(Scale.of(parts[0]), number(parts[1]), number(parts[2]));
    } catch (IllegalArgumentException e) {
      throw new UserError("'" + name + "': " + e.getMessage() + ", was " + written, e);
    }
  }

  private static double number(String text) {
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("'" + text + "' is not a number", e);
    }
  }

  /** How values of a range are spread; files have the names in lower case, with hyphens. */
  enum Scale {
    /** Evenly. */
    UNIFORM {
      @Override
      double coordinate(double value) {
        return value;
      }

      @Override
      double value(double coordinate) {
        return rounded(coordinate).doubleValue();
      }
    },
    /** Evenly by their logarithms. */
    LOG {
      @Override
      double coordinate(double value) {
        return Math.log(value);
      }

      @Override
      double value(double coordinate) {
        return rounded(Math.exp(coordinate)).doubleValue();
      }
    },
    /** What is missing from 1 is even by its logarithm: for discounts, 0.9 to 0.9999. */
    COMPLEMENT {
      @Override
      double coordinate(double value) {
        return -Math.log1p(-value);
      }

      @Override
      double value(double coordinate) {
        return BigDecimal.ONE.subtract(rounded(Math.exp(-coordinate))).doubleValue();
      }
    },
    /** Evenly over whole numbers. */
    WHOLE {
      @Override
      double coordinate(double value) {
        return value;
      }

      @Override
      double value(double coordinate) {
        return Math.rint(coordinate);
      }
    },
    /** Whole numbers, evenly by their logarithms. */
    LOG_WHOLE {
      @Override
      double coordinate(double value) {
        return Math.log(value);
      }

      @Override
      double value(double coordinate) {
        return Math.rint(Math.exp(coordinate));
      }
    },
    /** Evenly over powers of two. */
    POWER_OF_TWO {
      @Override
      double coordinate(double value) {
        return Math.log(value) / Math.log(2);
      }

      @Override
      double value(double coordinate) {
        return Math.scalb(1.0, (int) Math.rint(coordinate));
      }
    };

    private static final MathContext DIGITS = new MathContext(4);

    abstract double coordinate(double value);

    abstract double value(double coordinate);

    /** Four digits are enough for any hyperparameter, and can be read. */
    private static BigDecimal rounded(double value) {
      return new BigDecimal(value).round(DIGITS);
    }

    boolean whole() {
      return this == WHOLE || this == LOG_WHOLE || this == POWER_OF_TWO;
    }

    /** The distance between neighbouring coordinates; 0 where there are all of them. */
    double step() {
      return this == WHOLE || this == POWER_OF_TWO ? 1 : 0;
    }

    String word() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static String names() {
      return Arrays.stream(values()).map(Scale::word).collect(Collectors.joining(", "));
    }

    static Scale of(String word) {
      for (Scale scale : values()) {
        if (scale.word().equals(word)) {
          return scale;
        }
      }
      List<String> near =
          NearMatches.closest(word, Arrays.stream(values()).map(Scale::word).toList(), 1);
      throw new IllegalArgumentException(
          "unknown scale '"
              + word
              + "'"
              + (near.isEmpty() ? "" : ", did you mean '" + near.getFirst() + "'?")
              + "; there are "
              + names());
    }
  }

  /**
   * Numbers between two ends, both of which can occur.
   *
   * @param scale how they are spread
   * @param least lower end
   * @param most upper end, above the lower one
   */
  record Range(Scale scale, double least, double most) implements Distribution {
    public Range {
      if (!(least < most) || Double.isInfinite(most - least)) {
        throw new IllegalArgumentException("the lower end must be below the upper end");
      }
      boolean wrong =
          switch (scale) {
            case UNIFORM -> false;
            case LOG -> least <= 0;
            case COMPLEMENT -> most >= 1;
            case WHOLE -> least != Math.rint(least) || most != Math.rint(most);
            case LOG_WHOLE -> least < 1 || least != Math.rint(least) || most != Math.rint(most);
            case POWER_OF_TWO -> !isPowerOfTwo(least) || !isPowerOfTwo(most);
          };
      if (wrong) {
        throw new IllegalArgumentException(
            switch (scale) {
              case COMPLEMENT -> "both ends must be below 1";
              case POWER_OF_TWO -> "both ends must be powers of two";
              case WHOLE -> "both ends must be whole numbers";
              case LOG_WHOLE -> "both ends must be whole numbers of at least 1";
              default -> "both ends must be above 0";
            });
      }
    }

    private static boolean isPowerOfTwo(double value) {
      return value >= 1 && value < 0x1p62 && Long.bitCount((long) value) == 1 && value % 1 == 0;
    }

    /** Where coordinates begin. */
    double low() {
      return scale == Scale.LOG_WHOLE
          ? Math.log(least - 0.5)
          : scale.coordinate(least) - scale.step() / 2;
    }

    /** Where coordinates end. */
    double high() {
      return scale == Scale.LOG_WHOLE
          ? Math.log(most + 0.5)
          : scale.coordinate(most) + scale.step() / 2;
    }

    /**
     * Returns the value at a part of the way from one end to the other: the inverse of {@link
     * #place}, but for rounding.
     *
     * @param place in [0, 1]
     */
    public Object valueAt(double place) {
      double first = scale.coordinate(least);
      return value(first + place * (scale.coordinate(most) - first));
    }

    @Override
    public Object value(double coordinate) {
      double value = Math.clamp(scale.value(coordinate), least, most);
      return scale.whole() ? (Object) (long) value : (Object) value;
    }

    @Override
    public double coordinate(@Nullable Object value) {
      if (value instanceof Number number) {
        return scale.coordinate(number.doubleValue());
      }
      throw new UserError("a value of " + written() + " must be a number, was " + value);
    }

    @Override
    public double at(double part) {
      return low() + part * (high() - low());
    }

    @Override
    public double place(@Nullable Object value) {
      double first = scale.coordinate(least);
      return (coordinate(value) - first) / (scale.coordinate(most) - first);
    }

    @Override
    public Object written() {
      return scale.word() + ":" + Numbers.exact(least) + ":" + Numbers.exact(most);
    }
  }

  /**
   * Some values without an order.
   *
   * @param values at least one
   */
  record Choice(List<?> values) implements Distribution {
    public Choice {
      if (values.isEmpty()) {
        throw new IllegalArgumentException("the choices must be at least one, were none");
      }
      values = Collections.unmodifiableList(new ArrayList<>(values));
    }

    @Override
    public @Nullable Object value(double coordinate) {
      return values.get((int) coordinate);
    }

    @Override
    public double coordinate(@Nullable Object value) {
      int index = values.indexOf(value);
      if (index < 0) {
        throw new UserError(
            "there is no choice " + Document.inline(value) + " among " + Document.inline(values));
      }
      return index;
    }

    @Override
    public double at(double part) {
      return Math.floor(part * values.size());
    }

    @Override
    public double place(@Nullable Object value) {
      return values.size() == 1 ? 0.5 : coordinate(value) / (values.size() - 1);
    }

    @Override
    public Object written() {
      return values;
    }
  }
}
