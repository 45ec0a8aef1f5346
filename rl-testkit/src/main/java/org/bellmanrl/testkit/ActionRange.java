package org.bellmanrl.testkit;

import java.util.Arrays;
import java.util.List;
import org.bellmanrl.api.EnvironmentSpec;
import org.bellmanrl.api.interaction.Simulation;
import org.bellmanrl.api.random.Streams;
import org.bellmanrl.api.random.Streams.Role;
import org.bellmanrl.api.space.Box;
import org.bellmanrl.api.space.Columns;
import org.bellmanrl.api.space.DType;
import org.bellmanrl.api.space.Discrete;
import org.bellmanrl.api.space.Layout.Leaf;
import org.bellmanrl.api.space.MultiDiscrete;

/** Plays the smallest and the largest action of each element, and those beside them. */
final class ActionRange {
  private final Simulation simulation;
  private final ActionChooser chooser;
  private final long seed;

  ActionRange(Simulation simulation, ActionChooser chooser, long seed) {
    this.simulation = simulation;
    this.chooser = chooser;
    this.seed = seed;
  }

  /** Requires that what is in the space is taken, and the rest refused by name. */
  void check() {
    EnvironmentSpec spec = simulation.spec();
    int mask = 0;
    for (Leaf leaf : spec.actionSpace().layout().leaves()) {
      for (int i = 0; i < leaf.width(); i++) {
        switch (leaf.space()) {
          case Discrete _, MultiDiscrete _ -> {
            int low = leaf.start(i);
            integers(leaf, i, low, low + leaf.count(i) - 1, mask);
            mask += leaf.count(i);
          }
          case Box box when box.dtype() == DType.FLOAT32 -> reals(leaf, i, box.low(i), box.high(i));
          default -> bytes(leaf, i);
        }
      }
    }
  }

  private void integers(Leaf leaf, int i, int low, int high, int mask) {
    boolean top = high < Integer.MAX_VALUE;
    for (long value : new long[] {low - 1L, high + 1L, low, high}) {
      ready();
      boolean right = value >= low && value <= high;
      if (!right && (value < Integer.MIN_VALUE || (value > high && !top))) {
        continue;
      }
      boolean allowed = !right || simulation.observations().allows(0, mask + (int) value - low);
      if (allowed) {
        simulation.actions().ints()[leaf.offset() + i] = (int) value;
        act(right, RowCopy.element("action", leaf, i), Long.toString(value));
      }
    }
  }

  private void reals(Leaf leaf, int i, float low, float high) {
    float[] wrong = {Float.NaN, Math.nextDown(low), Math.nextUp(high)};
    float[] right = {low, high};
    for (float value : wrong) {
      if (!(value >= low && value <= high)) {
        ready();
        simulation.actions().floats()[leaf.offset() + i] = value;
        act(false, RowCopy.element("action", leaf, i), Float.toString(value));
      }
    }
    for (float value : right) {
      if (Float.isFinite(value)) {
        ready();
        simulation.actions().floats()[leaf.offset() + i] = value;
        act(true, RowCopy.element("action", leaf, i), Float.toString(value));
      }
    }
  }

  private void bytes(Leaf leaf, int i) {
    Columns probe = new Columns(leaf.space(), 1);
    for (int value = 0; value < 256; value++) {
      Arrays.fill(probe.bytes(), probe.bytes()[0]);
      probe.bytes()[i] = (byte) value;
      boolean right = leaf.space().contains(probe, 0);
      boolean edge = value == 0 || value == 1 || value == 2 || value == 255;
      if (edge) {
        ready();
        simulation.actions().bytes()[leaf.offset() + i] = (byte) value;
        if (!right || RandomActions.allowed(simulation.observations(), simulation.actions(), 0)) {
          act(right, RowCopy.element("action", leaf, i), Integer.toString(value));
        }
      }
    }
  }

  /** A fresh episode with an allowed action written. */
  private void ready() {
    simulation.reset(seed);
    var random = Streams.of(seed).stream(Role.POLICY, 0);
    chooser.choose(simulation.observations(), 0, random, simulation.actions());
  }

  private void act(boolean right, String element, String value) {
    String name = simulation.spec().name();
    String action = simulation.actions().text(0);
    if (!right) {
      Checks.refused(
          name,
          "the wrong " + element + " = " + value,
          IllegalArgumentException.class,
          List.of(name, action, simulation.spec().actionSpace().toString()),
          simulation::stepWritten);
      return;
    }
    try {
      simulation.stepWritten();
    } catch (RuntimeException e) {
      throw Failure.of(name, "every action of the action space is taken")
          .where(element + " = " + value + ", first step after the reset")
          .expected("a step with action " + action + " of " + simulation.spec().actionSpace())
          .actual(e)
          .cause(e)
          .error();
    }
  }
}
