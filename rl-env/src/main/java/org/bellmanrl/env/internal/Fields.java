package org.bellmanrl.env.internal;

import java.util.Objects;
import org.bellmanrl.api.state.StateException;
import org.bellmanrl.api.state.StateReader;
import org.bellmanrl.api.state.StateWriter;
import org.jspecify.annotations.Nullable;

/** The variables of games on their way to a saved state or back, each named once. */
public final class Fields {
  private final @Nullable StateWriter out;
  private final @Nullable StateReader in;

  private Fields(@Nullable StateWriter out, @Nullable StateReader in) {
    this.out = out;
    this.in = in;
  }

  public static Fields saved(StateWriter out) {
    return new Fields(out, null);
  }

  public static Fields restored(StateReader in) {
    return new Fields(null, in);
  }

  /**
   * Whole numbers.
   *
   * @throws StateException if one that is read is not in [least, most]
   */
  public void ints(String name, int[] values, int least, int most) {
    if (out != null) {
      out.write(name, values);
    } else {
      require(in).read(name, values);
      check(name, values, least, most);
    }
  }

  public void longs(String name, long[] values, long most) {
    if (out != null) {
      out.write(name, values);
    } else {
      require(in).read(name, values);
      for (long value : values) {
        if (value < 0 || value > most) {
          throw new StateException("%s must be in [0, %d], was %d".formatted(name, most, value));
        }
      }
    }
  }

  public void booleans(String name, boolean[] values) {
    if (out != null) {
      out.write(name, values);
    } else {
      require(in).read(name, values);
    }
  }

  /** A whole number; the one that is read, or the one given. */
  public int ranged(String name, int value, int least, int most) {
    if (out != null) {
      out.write(name, value);
      return value;
    }
    int[] read = {require(in).readInt(name)};
    check(name, read, least, most);
    return read[0];
  }

  /** A real number; the one that is read, or the one given. */
  public double finite(String name, double value) {
    if (out != null) {
      out.write(name, value);
      return value;
    }
    double read = require(in).readDouble(name);
    return check(name, read);
  }

  /** Real numbers. */
  public void finite(String name, double[] values) {
    if (out != null) {
      out.write(name, values);
    } else {
      require(in).read(name, values);
      for (double value : values) {
        check(name, value);
      }
    }
  }

  private static StateReader require(@Nullable StateReader in) {
    return Objects.requireNonNull(in);
  }

  private static double check(String name, double value) {
    if (!Double.isFinite(value)) {
      throw new StateException("%s must be finite, was %s".formatted(name, value));
    }
    return value;
  }

  private static void check(String name, int[] values, int least, int most) {
    for (int value : values) {
      if (value < least || value > most) {
        throw new StateException(
            "%s must be in [%d, %d], was %d".formatted(name, least, most, value));
      }
    }
  }
}
