package org.bellmanrl.env.minatar;

import org.bellmanrl.api.state.StateException;
import org.bellmanrl.api.state.StateReader;
import org.bellmanrl.api.state.StateWriter;
import org.jspecify.annotations.Nullable;

/** The variables of games on their way to a saved state or back, each named once. */
final class Fields {
  private final @Nullable StateWriter out;
  private final @Nullable StateReader in;

  private Fields(@Nullable StateWriter out, @Nullable StateReader in) {
    this.out = out;
    this.in = in;
  }

  static Fields saved(StateWriter out) {
    return new Fields(out, null);
  }

  static Fields restored(StateReader in) {
    return new Fields(null, in);
  }

  /**
   * Whole numbers.
   *
   * @throws StateException if one that is read is not in [least, most]
   */
  void ints(String name, int[] values, int least, int most) {
    if (out != null) {
      out.write(name, values);
    } else if (in != null) {
      in.read(name, values);
      for (int value : values) {
        if (value < least || value > most) {
          throw new StateException(
              "%s must be in [%d, %d], was %d".formatted(name, least, most, value));
        }
      }
    }
  }

  void longs(String name, long[] values, long most) {
    if (out != null) {
      out.write(name, values);
    } else if (in != null) {
      in.read(name, values);
      for (long value : values) {
        if (value < 0 || value > most) {
          throw new StateException("%s must be in [0, %d], was %d".formatted(name, most, value));
        }
      }
    }
  }

  void booleans(String name, boolean[] values) {
    if (out != null) {
      out.write(name, values);
    } else if (in != null) {
      in.read(name, values);
    }
  }
}
