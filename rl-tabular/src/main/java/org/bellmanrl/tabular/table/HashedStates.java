package org.bellmanrl.tabular.table;

import java.util.Arrays;
import org.bellmanrl.api.space.Columns;
import org.bellmanrl.api.space.Space;
import org.bellmanrl.api.state.State;
import org.bellmanrl.api.state.StateException;

/**
 * Numbers states in the order in which they are first seen: a hash table with open addressing and
 * linear probing, at most half full. Its memory grows with the states seen, not with the space.
 *
 * <p>The key of a state is its observation, all ints and bytes of it. Finding a state allocates
 * nothing; numbering one allocates when the arrays are full, which then double.
 */
public final class HashedStates implements StateIndex {
  private static final int INITIAL_CAPACITY = 64;
  private static final int MAX_LENGTH = Integer.MAX_VALUE - 8;
  private static final int MAX_STATES = 1 << 29;

  private final int intStride;
  private final int byteStride;
  private final boolean readOnly;
  private int size;

  /**
   * The keys of the states, one after the other; only ever appended to, so snapshots share them.
   */
  private int[] ints;

  private byte[] bytes;

  /** Hashes of the states. */
  private int[] hashes;

  /** The number of a state plus 1, or 0 where no state is. */
  private int[] slots;

  /**
   * Creates an index without states.
   *
   * @throws IllegalArgumentException if observations are not whole numbers
   */
  public HashedStates(Space observations) {
    if (!Space.Kind.INTEGERS.matches(observations)) {
      throw new IllegalArgumentException(
          "a hashed table needs observations in %s, were %s"
              .formatted(Space.Kind.INTEGERS.words(), observations));
    }
    this.intStride = observations.layout().ints();
    this.byteStride = observations.layout().bytes();
    this.readOnly = false;
    this.ints = new int[0];
    this.bytes = new byte[0];
    rehash(0);
  }

  private HashedStates(HashedStates original) {
    this.intStride = original.intStride;
    this.byteStride = original.byteStride;
    this.readOnly = true;
    this.size = original.size;
    this.ints = original.ints;
    this.bytes = original.bytes;
    this.hashes = original.hashes;
    this.slots = original.slots.clone();
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public int find(Columns observations, int row) {
    return slots[slot(observations, row)] - 1;
  }

  @Override
  public int number(Columns observations, int row) {
    int slot = slot(observations, row);
    return slots[slot] != 0 ? slots[slot] - 1 : add(observations, row);
  }

  /** Returns the slot that holds the state of a row, or else the free slot where it belongs. */
  private int slot(Columns observations, int row) {
    int hash = hash(observations.ints(), row * intStride, observations.bytes(), row * byteStride);
    int mask = slots.length - 1;
    int slot = hash & mask;
    while (slots[slot] != 0 && !matches(slots[slot] - 1, hash, observations, row)) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  private boolean matches(int state, int hash, Columns observations, int row) {
    if (hashes[state] != hash) {
      return false;
    }
    int[] shown = observations.ints();
    for (int i = 0, key = state * intStride, at = row * intStride; i < intStride; i++) {
      if (ints[key + i] != shown[at + i]) {
        return false;
      }
    }
    int key = state * byteStride;
    int at = row * byteStride;
    return byteStride == 0
        || Arrays.equals(bytes, key, key + byteStride, observations.bytes(), at, at + byteStride);
  }

  private int hash(int[] numbers, int firstInt, byte[] small, int firstByte) {
    int hash = 0;
    for (int i = 0; i < intStride; i++) {
      hash = (hash + numbers[firstInt + i]) * 0x9e3779b1;
    }
    for (int i = 0; i < byteStride; i++) {
      hash = (hash + small[firstByte + i]) * 0x9e3779b1;
    }
    // The low bits choose the slot, and a product has its best bits on top.
    return hash ^ (hash >>> 15);
  }

  private int add(Columns observations, int row) {
    if (readOnly) {
      throw new IllegalStateException("a snapshot of a table can't be written");
    }
    if (size == hashes.length) {
      grow();
    }
    int state = size;
    System.arraycopy(observations.ints(), row * intStride, ints, state * intStride, intStride);
    System.arraycopy(observations.bytes(), row * byteStride, bytes, state * byteStride, byteStride);
    insert(state);
    size++;
    return state;
  }

  /** Hashes the key of a state that is not among the slots and puts it there. */
  private void insert(int state) {
    hashes[state] = hash(ints, state * intStride, bytes, state * byteStride);
    int mask = slots.length - 1;
    int slot = hashes[state] & mask;
    while (slots[slot] != 0) {
      slot = (slot + 1) & mask;
    }
    slots[slot] = state + 1;
  }

  private void grow() {
    int limit = Math.min(MAX_STATES, MAX_LENGTH / Math.max(1, Math.max(intStride, byteStride)));
    if (size == limit) {
      throw new IllegalStateException(
          "a hashed table holds at most %d states of this task, and more were seen"
              .formatted(limit));
    }
    int capacity = (int) Math.min(limit, Math.max(INITIAL_CAPACITY, 2L * size));
    ints = Arrays.copyOf(ints, capacity * intStride);
    bytes = Arrays.copyOf(bytes, capacity * byteStride);
    rehash(capacity);
  }

  private void rehash(int capacity) {
    hashes = new int[capacity];
    slots = new int[2 * Integer.highestOneBit(2 * Math.max(capacity, INITIAL_CAPACITY) - 1)];
    for (int state = 0; state < size; state++) {
      insert(state);
    }
  }

  @Override
  public StateIndex snapshot() {
    return new HashedStates(this);
  }

  @Override
  public void carry(State state) {
    state.begin("hashed-states", 1);
    int count = state.carry("states", size);
    int[] savedInts = state.carryUpTo("ints", ints, size * intStride, MAX_LENGTH);
    byte[] savedBytes = state.carryUpTo("bytes", bytes, size * byteStride, MAX_LENGTH);
    state.end();
    if (!state.restoring()) {
      return;
    }
    if (count < 0
        || count > MAX_STATES
        || savedInts.length != (long) count * intStride
        || savedBytes.length != (long) count * byteStride) {
      throw new StateException(
          "a saved table has %d states with %d ints and %d bytes, expected %d and %d per state"
              .formatted(count, savedInts.length, savedBytes.length, intStride, byteStride));
    }
    size = count;
    ints = savedInts;
    bytes = savedBytes;
    rehash(count);
  }
}
