package org.bellmanrl.onnx.internal;

import java.util.Arrays;
import java.util.Map;
import org.bellmanrl.api.Observations;
import org.bellmanrl.api.space.Box;
import org.bellmanrl.api.space.Columns;
import org.bellmanrl.api.space.Discrete;
import org.bellmanrl.api.space.Layout.Leaf;
import org.bellmanrl.api.space.MultiBinary;
import org.bellmanrl.api.space.MultiDiscrete;
import org.bellmanrl.api.space.Space;

/**
 * Makes an action of an output of a model.
 *
 * <p>An output of whole numbers, one per element, is the action itself. An output of real numbers
 * scores choices, each element's one after the other: the largest allowed one is taken, the first
 * of several; so does a map from choices to numbers. For actions of real numbers the output is the
 * action, clipped to the bounds.
 */
final class ActionOutput {
  private final Space space;
  private final int elements;
  private final int[] counts;
  private final Leaf leaf;
  private final int scores;

  /**
   * For actions of a space.
   *
   * @throws IllegalArgumentException if actions are nested or bytes
   */
  ActionOutput(Space space) {
    this.space = space;
    this.leaf = space.layout().leaves().getFirst();
    this.elements = leaf.width();
    this.counts = new int[space instanceof Box ? 0 : elements];
    int sum = 0;
    for (int i = 0; i < counts.length; i++) {
      counts[i] =
          switch (space) {
            case Discrete discrete -> discrete.n();
            case MultiDiscrete multi -> multi.n(i);
            case MultiBinary binary -> 2;
            default ->
                throw new IllegalArgumentException("actions must not be nested, were " + space);
          };
      sum += counts[i];
    }
    this.scores = sum;
  }

  /** Whether so many numbers for a row can be an action, or score the choices. */
  boolean takes(boolean real, int size) {
    return size == (real && counts.length > 0 ? scores : elements)
        && (real || !(space instanceof Box));
  }

  /** Whether a map from choices to numbers can be an action. */
  boolean takesMaps() {
    return space instanceof Discrete;
  }

  /** What {@link #takes} takes, for messages. */
  String wanted() {
    return space instanceof Box
        ? elements + " real numbers"
        : scores + " scores or " + elements + " integers";
  }

  /**
   * Writes the action of a row.
   *
   * @param values as many as {@link #takes} takes
   * @param real whether they are real numbers
   * @throws IllegalArgumentException if they hold NaN, or are no action of the space
   */
  void write(double[] values, boolean real, Observations observations, int row, Columns into) {
    for (double value : values) {
      if (Double.isNaN(value)) {
        throw new IllegalArgumentException("the output holds NaN");
      }
    }
    if (space instanceof Box box) {
      for (int i = 0; i < elements; i++) {
        float value = (float) values[i];
        into.floats()[row * elements + i] = Math.max(box.low(i), Math.min(box.high(i), value));
      }
    } else if (!real) {
      for (int i = 0; i < elements; i++) {
        write(checked((long) values[i], i), i, row, into);
      }
    } else {
      int first = 0;
      for (int i = 0; i < elements; i++) {
        write(best(values, first, counts[i], observations, row) - first, i, row, into);
        first += counts[i];
      }
    }
  }

  /**
   * Writes the choice with the largest number in a map, as scikit-learn's classifiers give it.
   *
   * @throws IllegalArgumentException if a key is no action of the space
   */
  void write(Map<?, ?> map, Observations observations, int row, Columns into) {
    double[] values = new double[scores];
    Arrays.fill(values, Double.NEGATIVE_INFINITY);
    map.forEach((key, value) -> {
      if (!(key instanceof Long label) || !(value instanceof Number number)) {
        throw new IllegalArgumentException(
            "the output maps '%s', but actions of %s are numbers".formatted(key, space));
      }
      values[checked(label, 0)] = number.doubleValue();
    });
    write(values, true, observations, row, into);
  }

  private int checked(long action, int element) {
    long choice = action - leaf.start(element);
    if (choice < 0 || choice >= counts[element]) {
      throw new IllegalArgumentException(
          "the output is action %d, which is not in %s".formatted(action, space));
    }
    return (int) choice;
  }

  private static int best(
      double[] values, int first, int count, Observations observations, int row) {
    int best = -1;
    for (int j = first; j < first + count; j++) {
      if (observations.allows(row, j) && (best < 0 || values[j] > values[best])) {
        best = j;
      }
    }
    if (best < 0) {
      throw new IllegalArgumentException("the mask allows no action");
    }
    return best;
  }

  private void write(int choice, int element, int row, Columns into) {
    if (space instanceof MultiBinary) {
      into.bytes()[row * elements + element] = (byte) choice;
    } else {
      into.ints()[row * elements + element] = leaf.start(element) + choice;
    }
  }
}
