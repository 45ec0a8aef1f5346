package org.bellmanrl.tabular.internal;

import java.util.Arrays;
import org.bellmanrl.api.state.State;
import org.bellmanrl.api.state.StateException;
import org.bellmanrl.api.state.Stateful;

/**
 * A priority queue over the numbers 0 to n − 1 that knows where each one is: a binary heap with the
 * highest priority on top, of equal ones the lowest number, so that its order is the same in every
 * run. Allocates nothing after its making.
 */
public final class IndexedHeap implements Stateful {
  private static final int ABSENT = -1;

  private final int[] heap;
  private final int[] place;
  private final double[] priority;
  private int size;

  /** An empty queue for the numbers 0 to {@code capacity − 1}. */
  public IndexedHeap(int capacity) {
    heap = new int[capacity];
    place = new int[capacity];
    priority = new double[capacity];
    Arrays.fill(place, ABSENT);
  }

  /** How many there are. */
  public int size() {
    return size;
  }

  /** Whether there are none. */
  public boolean isEmpty() {
    return size == 0;
  }

  /** Whether a number is queued. */
  public boolean contains(int item) {
    return place[item] != ABSENT;
  }

  /** The priority of a queued number. */
  public double priority(int item) {
    return priority[item];
  }

  /** The number of the highest priority; there must be one. */
  public int first() {
    return heap[0];
  }

  /** The number in some place of the queue, in [0, size). */
  public int at(int index) {
    return heap[index];
  }

  /** Queues a number, or moves it to another priority. */
  public void put(int item, double value) {
    if (place[item] == ABSENT) {
      place[item] = size;
      heap[size++] = item;
    }
    priority[item] = value;
    up(place[item]);
    down(place[item]);
  }

  /** Takes out the number of the highest priority; there must be one. */
  public int poll() {
    int item = heap[0];
    remove(item);
    return item;
  }

  /** Takes a number out, if it is queued. */
  public void remove(int item) {
    int hole = place[item];
    if (hole == ABSENT) {
      return;
    }
    place[item] = ABSENT;
    int last = heap[--size];
    if (last != item) {
      heap[hole] = last;
      place[last] = hole;
      up(hole);
      down(place[last]);
    }
  }

  /** Takes everything out. */
  public void clear() {
    while (size > 0) {
      place[heap[--size]] = ABSENT;
    }
  }

  private boolean before(int a, int b) {
    return priority[a] > priority[b] || (priority[a] == priority[b] && a < b);
  }

  private void up(int from) {
    int item = heap[from];
    int hole = from;
    while (hole > 0 && before(item, heap[(hole - 1) >>> 1])) {
      move((hole - 1) >>> 1, hole);
      hole = (hole - 1) >>> 1;
    }
    heap[hole] = item;
    place[item] = hole;
  }

  private void down(int from) {
    int item = heap[from];
    int hole = from;
    int child = 2 * hole + 1;
    while (child < size) {
      if (child + 1 < size && before(heap[child + 1], heap[child])) {
        child++;
      }
      if (!before(heap[child], item)) {
        break;
      }
      move(child, hole);
      hole = child;
      child = 2 * hole + 1;
    }
    heap[hole] = item;
    place[item] = hole;
  }

  private void move(int from, int to) {
    heap[to] = heap[from];
    place[heap[to]] = to;
  }

  /** Carries the numbers and their priorities; their places follow from those. */
  @Override
  public void carry(State state) {
    state.begin("indexed-heap", 1);
    int[] items = state.carryUpTo("items", heap, size, heap.length);
    double[] mine = new double[state.restoring() ? 0 : size];
    Arrays.setAll(mine, i -> priority[heap[i]]);
    double[] priorities = state.carryUpTo("priorities", mine, mine.length, heap.length);
    state.end();
    if (!state.restoring()) {
      return;
    }
    clear();
    for (int i = 0; i < items.length; i++) {
      if (items[i] < 0 || items[i] >= heap.length || priorities.length != items.length) {
        throw new StateException(
            "a saved queue holds entry %d of %d, with %d priorities for %d entries"
                .formatted(items[i], heap.length, priorities.length, items.length));
      }
      put(items[i], priorities[i]);
    }
  }
}
