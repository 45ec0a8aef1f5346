package org.bellmanrl.deep.internal;

import java.util.Arrays;
import org.bellmanrl.api.Observations;
import org.bellmanrl.api.state.State;
import org.bellmanrl.api.state.Stateful;
import org.bellmanrl.deep.network.ObservationEncoder;
import org.bellmanrl.deep.network.Workspace;

/** Slots for observations, encoded for a network. Not thread-safe. */
public final class EncodedObservations implements Stateful {
  private final ObservationEncoder encoder;
  private final int size;
  private float[] floats;
  private byte[] bytes;

  /**
   * Creates zeroed slots.
   *
   * @throws IllegalArgumentException if so many observations don't fit into an array
   */
  public EncodedObservations(ObservationEncoder encoder, int slots) {
    this.encoder = encoder;
    this.size = encoder.size();
    int numbers = numbers(slots);
    this.floats = new float[encoder.bytes() ? 0 : numbers];
    this.bytes = new byte[encoder.bytes() ? numbers : 0];
  }

  private int numbers(int slots) {
    long numbers = (long) slots * size;
    if (numbers > Integer.MAX_VALUE - 8) {
      throw new IllegalArgumentException(
          "%d observations of %d numbers can't be kept, at most %d can"
              .formatted(slots, size, (Integer.MAX_VALUE - 8) / size));
    }
    return (int) numbers;
  }

  /**
   * Makes room for more observations, and keeps those that are there.
   *
   * @throws IllegalArgumentException if so many don't fit into an array
   */
  public void grow(int slots) {
    int numbers = numbers(slots);
    floats = Arrays.copyOf(floats, encoder.bytes() ? 0 : numbers);
    bytes = Arrays.copyOf(bytes, encoder.bytes() ? numbers : 0);
  }

  /** Encodes what a row shows into a slot. */
  public void put(int slot, Observations observations, int row) {
    if (encoder.bytes()) {
      encoder.encode(observations.values(), row, bytes, slot * size);
    } else {
      encoder.encode(observations.values(), row, floats, slot * size);
    }
  }

  /** Copies a slot of others, which are encoded in the same way. */
  public void put(int slot, EncodedObservations others, int from) {
    if (encoder.bytes()) {
      System.arraycopy(others.bytes, from * size, bytes, slot * size, size);
    } else {
      copy(others.floats, from * size, floats, slot * size, size);
    }
  }

  /** Copies a slot into a row of a network's inputs. */
  public void get(int slot, Workspace workspace, int row) {
    if (encoder.bytes()) {
      System.arraycopy(bytes, slot * size, workspace.pixels(), row * size, size);
    } else {
      System.arraycopy(floats, slot * size, workspace.inputs(), row * size, size);
    }
  }

  /**
   * Copies listed slots into the first rows of a network's inputs.
   *
   * @param slots which, from {@code from} on
   * @param count how many
   */
  public void gather(int[] slots, int from, int count, Workspace workspace) {
    if (encoder.bytes()) {
      for (int i = 0; i < count; i++) {
        System.arraycopy(bytes, slots[from + i] * size, workspace.pixels(), i * size, size);
      }
      return;
    }
    float[] inputs = workspace.inputs();
    for (int i = 0; i < count; i++) {
      copy(floats, slots[from + i] * size, inputs, i * size, size);
    }
  }

  /** A loop, because a call of arraycopy costs more than most observations are long. */
  private static void copy(float[] from, int at, float[] to, int toAt, int count) {
    for (int i = 0; i < count; i++) {
      to[toAt + i] = from[at + i];
    }
  }

  /** Copies neighbouring slots into the first rows of a network's inputs. */
  public void range(int from, int count, Workspace workspace) {
    if (encoder.bytes()) {
      System.arraycopy(bytes, from * size, workspace.pixels(), 0, count * size);
    } else {
      System.arraycopy(floats, from * size, workspace.inputs(), 0, count * size);
    }
  }

  /** Writes the first {@code slots} slots alone. */
  public void carry(State state, int slots) {
    state.begin("encoded-observations", 1);
    state.carry("floats", floats, 0, encoder.bytes() ? 0 : slots * size);
    state.carry("bytes", bytes, 0, encoder.bytes() ? slots * size : 0);
    state.end();
  }

  @Override
  public void carry(State state) {
    carry(state, slots());
  }

  private int slots() {
    return (encoder.bytes() ? bytes.length : floats.length) / size;
  }
}
