package org.bellmanrl.api;

import org.bellmanrl.api.options.Require;
import org.bellmanrl.api.space.Columns;
import org.bellmanrl.api.space.Rows;
import org.bellmanrl.api.state.State;
import org.bellmanrl.api.state.StatefulRows;

/**
 * Observations of all rows, and for masked environments which actions each row allows.
 *
 * <p>Owned by the loop. Current and next observations change places after a step, so get them again
 * from their owner instead of keeping a reference.
 */
public final class Observations implements StatefulRows {
  private final Columns values;
  private final boolean[] mask;
  private final int maskWidth;

  /** Mask elements of each element of an action; empty without a mask. */
  private final int[] choices;

  /**
   * Creates zeroed observations for an environment; a mask starts out allowing nothing.
   *
   * @param spec says the space and whether there is a mask
   * @param rows number of rows, at least 1
   */
  public Observations(EnvironmentSpec spec, int rows) {
    this.values = new Columns(spec.observationSpace(), rows);
    this.maskWidth = spec.maskWidth();
    this.choices = spec.maskWidths();
    Require.memory(
        "a mask of %d × %d choices".formatted(rows, maskWidth), (double) rows * maskWidth);
    this.mask = new boolean[Math.multiplyExact(rows, maskWidth)];
  }

  /** The observations themselves. */
  public Columns values() {
    return values;
  }

  /** Number of rows. */
  @Override
  public int rows() {
    return values.rows();
  }

  /**
   * Which actions are allowed: row {@code r} takes elements {@code r * maskWidth()} onwards. Empty
   * if the environment has no mask.
   */
  public boolean[] mask() {
    return mask;
  }

  /** Mask elements in a row; 0 if the environment has no mask. */
  public int maskWidth() {
    return maskWidth;
  }

  /** Returns whether a row allows an action, by index; always true without a mask. */
  public boolean allows(int row, int action) {
    return maskWidth == 0 || mask[row * maskWidth + action];
  }

  /**
   * Whether a row allows at least one action, which takes a choice of each element; always true
   * without a mask.
   */
  public boolean allowsAny(int row) {
    return forbidden(row) < 0;
  }

  /** The first element of an action that a row allows no choice of; −1 if there is none. */
  private int forbidden(int row) {
    int at = row * maskWidth;
    for (int element = 0; element < choices.length; element++) {
      int end = at + choices[element];
      while (at < end && !mask[at]) {
        at++;
      }
      if (at == end) {
        return element;
      }
      at = end;
    }
    return -1;
  }

  /** Returns the message for a mask that {@link #allowsAny} refuses. */
  public String maskComplaint(String environment, int row) {
    int element = forbidden(row);
    return "%s allows no %s at observation %s; a mask must allow at least one"
        .formatted(
            environment,
            choices.length == 1 ? "action" : "choice of action element " + element,
            values.text(row));
  }

  /** Copies a row, mask included, from observations of the same shape. */
  public void copyRow(Observations source, int sourceRow, int row) {
    values.copyRow(source.values, sourceRow, row);
    if (maskWidth > 0) {
      System.arraycopy(source.mask, sourceRow * maskWidth, mask, row * maskWidth, maskWidth);
    }
  }

  /** Copies the listed rows, masks included, from observations of the same shape. */
  public void copyRows(Observations source, Rows rows) {
    for (int i = 0; i < rows.count(); i++) {
      copyRow(source, rows.at(i), rows.at(i));
    }
  }

  @Override
  public void carry(State state, int row) {
    state.begin("observation", 1);
    values.carry(state, row);
    state.carry("mask", mask, row * maskWidth, maskWidth);
    state.end();
  }
}
