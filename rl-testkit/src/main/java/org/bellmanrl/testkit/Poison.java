package org.bellmanrl.testkit;

import java.util.Arrays;
import org.bellmanrl.api.Observations;
import org.bellmanrl.api.space.Columns;
import org.bellmanrl.api.space.Layout;

/** What stands in a row before a call that must overwrite all of it. */
enum Poison {
  FIRST(0x5EED5EED, Float.NaN, (byte) 0xA5, true),
  SECOND(0xDEADBEEF, -1.5e30f, (byte) 0x5A, false);

  private final int integer;
  private final float real;
  private final byte unsigned;
  private final boolean allowed;

  Poison(int integer, float real, byte unsigned, boolean allowed) {
    this.integer = integer;
    this.real = real;
    this.unsigned = unsigned;
    this.allowed = allowed;
  }

  void write(Observations into, int row) {
    write(into.values(), row);
    int width = into.maskWidth();
    Arrays.fill(into.mask(), row * width, (row + 1) * width, allowed);
  }

  void write(Columns into, int row) {
    Layout layout = into.layout();
    Arrays.fill(into.ints(), row * layout.ints(), (row + 1) * layout.ints(), integer);
    Arrays.fill(into.floats(), row * layout.floats(), (row + 1) * layout.floats(), real);
    Arrays.fill(into.bytes(), row * layout.bytes(), (row + 1) * layout.bytes(), unsigned);
  }
}
