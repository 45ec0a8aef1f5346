package org.bellmanrl.lab.internal.onnx;

import org.bellmanrl.api.Observations;
import org.bellmanrl.api.space.Box;
import org.bellmanrl.api.space.Columns;
import org.bellmanrl.api.space.Discrete;
import org.bellmanrl.api.space.MultiBinary;
import org.bellmanrl.api.space.MultiDiscrete;
import org.bellmanrl.api.space.Space;

/**
 * Makes an action of an output of a model.
 *
 * <p>An output of integers, one per element, is the action itself. An output of real numbers scores
 * choices, each element's one after the other: the largest allowed one is taken, the first of
 * several. For actions of real numbers the output is the action, clipped to the bounds.
 */
final class ActionOutput {
  private final Space space;
  private final int elements;
  private final int[] counts;
  private final int start;
  private final int scores;

  /**
   * For actions of a space.
   *
   * @throws IllegalArgumentException if actions are nested or bytes
   */
  ActionOutput(Space space) {
    this.space = space;
    this.start = space instanceof Discrete discrete ? discrete.start() : 0;
    this.elements = space.layout().leaves().getFirst().width();
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

  /**
   * Writes the action of a row.
   *
   * @throws IllegalArgumentException if the output is of another size, or no action
   */
  void write(Tensor output, Observations observations, int row, Columns into) {
    for (double value : output.values()) {
      if (Double.isNaN(value)) {
        throw new IllegalArgumentException("the output holds NaN: " + output);
      }
    }
    if (space instanceof Box box && output.size() == elements) {
      for (int i = 0; i < elements; i++) {
        float value = (float) output.at(i);
        into.floats()[row * elements + i] = Math.max(box.low(i), Math.min(box.high(i), value));
      }
    } else if (!output.type().real() && output.size() == elements && counts.length > 0) {
      for (int i = 0; i < elements; i++) {
        double choice = output.at(i) - start;
        if (!(choice >= 0 && choice < counts[i])) {
          throw new IllegalArgumentException(
              "the output is action %s, which is not in %s".formatted(output.at(i), space));
        }
        write((int) choice, i, row, into);
      }
    } else if (output.type().real() && output.size() == scores && counts.length > 0) {
      int first = 0;
      for (int i = 0; i < elements; i++) {
        write(best(output, first, counts[i], observations, row) - first, i, row, into);
        first += counts[i];
      }
    } else {
      throw new IllegalArgumentException(
          "the output is %s, but an action of %s needs %s"
              .formatted(
                  output,
                  space,
                  space instanceof Box
                      ? elements + " numbers"
                      : scores + " scores or " + elements + " integers"));
    }
  }

  private static int best(Tensor output, int first, int count, Observations observations, int row) {
    int best = -1;
    for (int j = first; j < first + count; j++) {
      if (observations.allows(row, j) && (best < 0 || output.at(j) > output.at(best))) {
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
      into.ints()[row * elements + element] = start + choice;
    }
  }
}
