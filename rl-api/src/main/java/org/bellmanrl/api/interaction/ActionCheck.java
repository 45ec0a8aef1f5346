package org.bellmanrl.api.interaction;

import org.bellmanrl.api.EnvironmentSpec;
import org.bellmanrl.api.space.Box;
import org.bellmanrl.api.space.Columns;
import org.bellmanrl.api.space.DType;
import org.bellmanrl.api.space.Discrete;
import org.bellmanrl.api.space.Layout;
import org.bellmanrl.api.space.Leaf;
import org.bellmanrl.api.space.MultiDiscrete;
import org.bellmanrl.api.space.Rows;

/** Refuses actions that are not in the action space, before an environment sees them. */
final class ActionCheck {
  private final EnvironmentSpec spec;
  private final int[] intLow;
  private final int[] intCount;
  private final float[] floatLow;
  private final float[] floatHigh;
  private final boolean bytes;
  private final boolean discrete;

  ActionCheck(EnvironmentSpec spec) {
    this.spec = spec;
    Layout layout = spec.actionSpace().layout();
    this.intLow = new int[layout.ints()];
    this.intCount = new int[layout.ints()];
    this.floatLow = new float[layout.floats()];
    this.floatHigh = new float[layout.floats()];
    this.bytes = layout.bytes() > 0;
    this.discrete = spec.actionSpace() instanceof Discrete;
    for (Leaf leaf : layout.leaves()) {
      for (int i = 0; i < leaf.width(); i++) {
        int at = leaf.offset() + i;
        switch (leaf.space()) {
          case Discrete discrete -> {
            intLow[at] = discrete.start();
            intCount[at] = discrete.n();
          }
          case MultiDiscrete multi -> intCount[at] = multi.n(i);
          case Box box when box.dtype() == DType.FLOAT32 -> {
            floatLow[at] = box.low(i);
            floatHigh[at] = box.high(i);
          }
          default -> {
            // bytes are checked by the space itself
          }
        }
      }
    }
  }

  void check(Rows rows, Columns actions) {
    if (discrete && rows.count() == 1) {
      int index = actions.ints()[rows.at(0)] - intLow[0];
      if (index < 0 || index >= intCount[0]) {
        throw refuse(actions, rows.at(0));
      }
      return;
    }
    for (int i = 0; i < rows.count(); i++) {
      if (!allowed(actions, rows.at(i))) {
        throw refuse(actions, rows.at(i));
      }
    }
  }

  private boolean allowed(Columns actions, int row) {
    int width = intLow.length;
    for (int j = 0; j < width; j++) {
      int index = actions.ints()[row * width + j] - intLow[j];
      if (index < 0 || index >= intCount[j]) {
        return false;
      }
    }
    width = floatLow.length;
    for (int j = 0; j < width; j++) {
      float value = actions.floats()[row * width + j];
      if (!(value >= floatLow[j] && value <= floatHigh[j])) { // refuses NaN as well
        return false;
      }
    }
    return !bytes || spec.actionSpace().contains(actions, row);
  }

  private IllegalArgumentException refuse(Columns actions, int row) {
    return new IllegalArgumentException(
        "action of %s must be in %s, was %s in row %d"
            .formatted(spec.name(), spec.actionSpace(), actions.text(row), row));
  }
}
