package org.bellmanrl.api.space;

import java.util.Arrays;
import java.util.Objects;
import org.bellmanrl.api.options.Require;

/**
 * The list of rows that a call is about, in ascending order.
 *
 * <p>A loop over {@code n} environments rarely has all of them ready at once: some wait for a
 * reset, a turn or a network. Each call therefore names its rows. Mutable and reused; not
 * thread-safe.
 */
public final class Rows {
  private final int[] index;
  private int count;

  /** An empty list that can hold {@code capacity} rows, at least 1. */
  public Rows(int capacity) {
    Require.atLeast("capacity", capacity, 1);
    this.index = new int[capacity];
  }

  /** All of {@code capacity} rows. */
  public static Rows all(int capacity) {
    return new Rows(capacity).fill();
  }

  /** The largest number of rows that fit: every row number is below it. */
  public int capacity() {
    return index.length;
  }

  /** Returns the number of listed rows. */
  public int count() {
    return count;
  }

  /** The {@code i}-th listed row. */
  public int at(int i) {
    return index[i];
  }

  /** Returns whether no row is listed. */
  public boolean isEmpty() {
    return count == 0;
  }

  /** Returns whether every row is listed, so that the {@code i}-th is row {@code i}. */
  public boolean isAll() {
    return count == index.length;
  }

  /** Lists every row. */
  public Rows fill() {
    for (int i = 0; i < index.length; i++) {
      index[i] = i;
    }
    count = index.length;
    return this;
  }

  /**
   * Lists every row but those of another list.
   *
   * @param others a list of the same capacity
   * @throws IllegalArgumentException if the capacities differ
   */
  public Rows fillExcept(Rows others) {
    if (others.index.length != index.length) {
      throw new IllegalArgumentException(
          "the lists must be of the same capacity, were of %d and %d"
              .formatted(index.length, others.index.length));
    }
    int row = 0;
    int to = 0;
    for (int i = 0; i < others.count; i++) {
      int end = others.index[i];
      while (row < end) {
        index[to++] = row++;
      }
      row = end + 1;
    }
    while (row < index.length) {
      index[to++] = row++;
    }
    count = to;
    return this;
  }

  /**
   * Lists one row alone.
   *
   * @throws IndexOutOfBoundsException if the row is not in [0, {@link #capacity()})
   */
  public Rows only(int row) {
    index[0] = Objects.checkIndex(row, index.length);
    count = 1;
    return this;
  }

  /** Lists none. */
  public Rows clear() {
    count = 0;
    return this;
  }

  /**
   * Adds a row above those listed so far.
   *
   * @throws IllegalArgumentException if the row is not above the last one listed, or not below
   *     {@link #capacity()}
   */
  public Rows add(int row) {
    int last = count == 0 ? -1 : index[count - 1];
    if (row <= last || row >= index.length) {
      throw new IllegalArgumentException(
          "rows are listed in ascending order, each in [%d, %d), was %d"
              .formatted(last + 1, index.length, row));
    }
    index[count++] = row;
    return this;
  }

  @Override
  public String toString() {
    return Arrays.toString(Arrays.copyOf(index, count));
  }
}
