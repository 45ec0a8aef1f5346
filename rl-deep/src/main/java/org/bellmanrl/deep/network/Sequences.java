package org.bellmanrl.deep.network;

import java.util.Arrays;
import org.bellmanrl.api.options.Require;

/**
 * How the rows of a batch follow each other in time, for networks with recurrent layers.
 *
 * <p>A batch holds sequences of any lengths, the longest first, step by step: first the first step
 * of every sequence, then the second step of those that have one, and so on. So there is no padding
 * between them, and no row without meaning. Within a sequence new episodes may begin: before a row
 * that is {@linkplain #first(int) first}, the state is zero.
 *
 * <p>Made once for the largest batch. Not thread-safe.
 */
public final class Sequences {
  private final int[] order;
  private final int[] lengths;
  private final int[] going;
  private final int[] begin;
  private final boolean[] first;
  private final boolean[] stops;
  private int count;
  private int steps;

  /** Steps of all sequences that were added. */
  private int added;

  /**
   * No sequences yet.
   *
   * @param maxRows the most rows of all sequences together, at least 1
   */
  public Sequences(int maxRows) {
    Require.atLeast("max_rows", maxRows, 1);
    this.order = new int[maxRows];
    this.lengths = new int[maxRows];
    this.going = new int[maxRows];
    this.begin = new int[maxRows + 1];
    this.first = new boolean[maxRows];
    this.stops = new boolean[maxRows];
  }

  /** The most rows of all sequences together. */
  public int maxRows() {
    return order.length;
  }

  /** Forgets all sequences. */
  public void clear() {
    count = 0;
    steps = 0;
    added = 0;
  }

  /**
   * Adds a sequence, which {@link #arrange} then gives a place.
   *
   * @param length its steps, at least 1
   * @throws IllegalArgumentException if there is no room
   */
  public void add(int length) {
    if (length < 1 || length > order.length - added) {
      throw new IllegalArgumentException(
          "a sequence must have from 1 to %d steps, which are left of %d, had %d"
              .formatted(order.length - added, order.length, length));
    }
    lengths[count++] = length;
    added += length;
  }

  /** Gives all sequences that were added their places, and no row is {@link #first} yet. */
  public void arrange() {
    steps = 0;
    for (int i = 0; i < count; i++) {
      int place = i;
      while (place > 0 && lengths[order[place - 1]] < lengths[i]) {
        order[place] = order[place - 1];
        place--;
      }
      order[place] = i;
      steps = Math.max(steps, lengths[i]);
    }
    int still = count;
    for (int step = 0; step < steps; step++) {
      while (lengths[order[still - 1]] <= step) {
        still--;
      }
      going[step] = still;
      begin[step + 1] = begin[step] + still;
    }
    Arrays.fill(first, 0, rows(), false);
    Arrays.fill(stops, 0, rows(), false);
  }

  /**
   * Arranges rows that have nothing to do with each other: each a sequence of one step.
   *
   * @param rows at least 1
   */
  public void single(int rows) {
    clear();
    for (int i = 0; i < rows; i++) {
      lengths[i] = 1;
      order[i] = i;
      first[i] = false;
      stops[i] = false;
    }
    count = rows;
    added = rows;
    steps = 1;
    going[0] = rows;
    begin[1] = rows;
  }

  /** How many sequences there are. */
  public int count() {
    return count;
  }

  /** Steps of the longest one. */
  public int steps() {
    return steps;
  }

  /** Steps of all of them together. */
  public int rows() {
    return begin[steps];
  }

  /** Which of the sequences, by the order in which they were added, has a place. */
  public int at(int place) {
    return order[place];
  }

  /** The steps of the sequence at a place. */
  public int length(int place) {
    return lengths[order[place]];
  }

  /** The number of sequences that have a step: they stand at the first places. */
  public int going(int step) {
    return going[step];
  }

  /** The row of the batch that holds a step of the sequence at a place. */
  public int row(int step, int place) {
    return begin[step] + place;
  }

  /** Returns whether an episode begins with a row: then the state before it is zero. */
  public boolean first(int row) {
    return first[row];
  }

  /** Sets whether an episode begins with a row, after {@link #arrange}. */
  public void first(int row, boolean begins) {
    first[row] = begins;
  }

  /** Lets no gradient pass from a row to the step before it, after {@link #arrange}. */
  public void stop(int row) {
    stops[row] = true;
  }

  /** Returns whether no gradient passes from a row to the step before it. */
  boolean stops(int row) {
    return stops[row] || first[row];
  }
}
