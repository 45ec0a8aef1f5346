package org.bellmanrl.gymnasium.internal;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.bellmanrl.api.Observations;
import org.bellmanrl.api.Outcomes;
import org.bellmanrl.api.space.Columns;
import org.bellmanrl.api.space.Layout;
import org.bellmanrl.api.space.Rows;

/**
 * The memory that is shared with a Python process, and where everything lies in it; the process
 * computes the same places. One side writes at a time: the requests and replies that are counted
 * here say which. Requests go to a worker, or come from a program that {@link
 * org.bellmanrl.gymnasium.EnvironmentServer} serves.
 */
final class SharedMemory implements AutoCloseable {
  private static final long REQUESTS = 0;
  private static final long REPLIES = 8 * Long.BYTES;
  private static final long COMMAND = 16 * Long.BYTES;
  private static final long COUNT = 17 * Long.BYTES;
  private static final long ARGUMENT = 18 * Long.BYTES;
  private static final long CURRENT = 19 * Long.BYTES;
  private static final long FAILED = 20 * Long.BYTES;
  private static final long CONTROL = 24 * Long.BYTES;
  private static final int ALIGNMENT = 64;

  private static final VarHandle COUNTER = ValueLayout.JAVA_LONG.varHandle();

  private final Arena arena = Arena.ofShared();
  private final MemorySegment memory;
  private final int maskWidth;
  private final long listed;
  private final long seeds;
  private final Place actions;
  private final Place observations;
  private final long mask;
  private final long rewards;
  private final long terminated;
  private final long truncated;
  private final long diagnostics;
  private final int diagnosticsWidth;

  /** Masks as bytes, on the way into the memory. */
  private final byte[] staged;

  /** Where the columns of a space begin. */
  private record Place(Layout layout, long ints, long floats, long bytes) {}

  /** Hands out places one after the other. */
  private static final class Offsets {
    private long at;

    long take(long size) {
      long taken = at;
      at += Math.ceilDiv(size, ALIGNMENT) * ALIGNMENT;
      return taken;
    }

    Place take(Layout layout, long rows) {
      return new Place(
          layout,
          take(rows * layout.ints() * Integer.BYTES),
          take(rows * layout.floats() * Float.BYTES),
          take(rows * layout.bytes()));
    }
  }

  /**
   * Maps the memory of a worker.
   *
   * @param diagnostics how many numbers come with each step of a row
   * @throws IOException if it can't be opened, or is smaller than the rows need
   */
  SharedMemory(Path file, Layout observed, Layout acted, int maskWidth, int diagnostics, int rows)
      throws IOException {
    this.maskWidth = maskWidth;
    this.diagnosticsWidth = diagnostics;
    this.staged = new byte[rows * maskWidth];
    Offsets offsets = new Offsets();
    offsets.take(CONTROL);
    this.listed = offsets.take((long) rows * Integer.BYTES);
    this.seeds = offsets.take((long) rows * Long.BYTES);
    this.actions = offsets.take(acted, rows);
    this.observations = offsets.take(observed, rows);
    this.mask = offsets.take((long) rows * maskWidth);
    this.rewards = offsets.take((long) rows * Double.BYTES);
    this.terminated = offsets.take(rows);
    this.truncated = offsets.take(rows);
    this.diagnostics = offsets.take((long) rows * diagnostics * Double.BYTES);
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      if (channel.size() < offsets.at) {
        throw new IOException(
            "the shared memory has %d bytes, expected %d".formatted(channel.size(), offsets.at));
      }
      this.memory = channel.map(FileChannel.MapMode.READ_WRITE, 0, offsets.at, arena);
    } catch (IOException | RuntimeException | Error e) {
      arena.close();
      throw e;
    }
  }

  /** Writes a request, and counts it when everything else of it is written. */
  void request(int command, int count, int argument, long number) {
    ask(command, count, argument);
    COUNTER.setRelease(memory, REQUESTS, number);
  }

  /** Writes a request that need not be counted. */
  void ask(int command, int count, int argument) {
    memory.set(ValueLayout.JAVA_LONG, COMMAND, command);
    memory.set(ValueLayout.JAVA_LONG, COUNT, count);
    memory.set(ValueLayout.JAVA_LONG, ARGUMENT, argument);
  }

  /** How many replies there have been, so the worker says. */
  long replies() {
    return (long) COUNTER.getAcquire(memory, REPLIES);
  }

  /** How many requests there have been, for the side that serves. */
  long requests() {
    return (long) COUNTER.getAcquire(memory, REQUESTS);
  }

  /**
   * Counts a reply when everything of it is written, for the side that serves.
   *
   * @param failed whether there is an error in the pipe
   */
  void reply(long number, boolean failed) {
    memory.set(ValueLayout.JAVA_LONG, FAILED, failed ? 1 : 0);
    COUNTER.setRelease(memory, REPLIES, number);
  }

  int command() {
    return (int) memory.get(ValueLayout.JAVA_LONG, COMMAND);
  }

  int count() {
    return (int) memory.get(ValueLayout.JAVA_LONG, COUNT);
  }

  long argument() {
    return memory.get(ValueLayout.JAVA_LONG, ARGUMENT);
  }

  /** The row that the worker is busy with, as far as that can still be read. */
  long current() {
    try {
      return memory.get(ValueLayout.JAVA_LONG, CURRENT);
    } catch (InternalError e) {
      return 0;
    }
  }

  void list(int index, int row) {
    memory.set(ValueLayout.JAVA_INT, listed + (long) index * Integer.BYTES, row);
  }

  void seed(int row, long seed) {
    memory.set(ValueLayout.JAVA_LONG, seeds + (long) row * Long.BYTES, seed);
  }

  int listed(int index) {
    return memory.get(ValueLayout.JAVA_INT, listed + (long) index * Integer.BYTES);
  }

  long seed(int row) {
    return memory.get(ValueLayout.JAVA_LONG, seeds + (long) row * Long.BYTES);
  }

  /** Writes the actions of consecutive rows. */
  void writeActions(Columns from, int fromRow, int row, int count) {
    write(actions, from, fromRow, row, count);
  }

  /** Reads the actions of consecutive rows. */
  void readActions(int row, Columns into, int intoRow, int count) {
    read(actions, row, into, intoRow, count);
  }

  /** Writes the observations of consecutive rows, with their masks. */
  void writeObservations(Observations from, int row, int count) {
    write(observations, from.values(), row, row, count);
    write(from.mask(), row * maskWidth, mask + (long) row * maskWidth, count * maskWidth);
  }

  /** Reads the observations of consecutive rows, with their masks. */
  void readObservations(int row, Observations into, int intoRow, int count) {
    read(observations, row, into.values(), intoRow, count);
    for (int i = 0; i < count * maskWidth; i++) {
      into.mask()[intoRow * maskWidth + i] = isSet(mask + (long) row * maskWidth + i);
    }
  }

  private void write(Place place, Columns from, int fromRow, int row, int count) {
    Layout layout = place.layout;
    MemorySegment.copy(
        from.ints(),
        fromRow * layout.ints(),
        memory,
        ValueLayout.JAVA_INT,
        place.ints + (long) row * layout.ints() * Integer.BYTES,
        count * layout.ints());
    MemorySegment.copy(
        from.floats(),
        fromRow * layout.floats(),
        memory,
        ValueLayout.JAVA_FLOAT,
        place.floats + (long) row * layout.floats() * Float.BYTES,
        count * layout.floats());
    MemorySegment.copy(
        from.bytes(),
        fromRow * layout.bytes(),
        memory,
        ValueLayout.JAVA_BYTE,
        place.bytes + (long) row * layout.bytes(),
        count * layout.bytes());
  }

  private void read(Place place, int row, Columns into, int intoRow, int count) {
    Layout layout = place.layout;
    MemorySegment.copy(
        memory,
        ValueLayout.JAVA_INT,
        place.ints + (long) row * layout.ints() * Integer.BYTES,
        into.ints(),
        intoRow * layout.ints(),
        count * layout.ints());
    MemorySegment.copy(
        memory,
        ValueLayout.JAVA_FLOAT,
        place.floats + (long) row * layout.floats() * Float.BYTES,
        into.floats(),
        intoRow * layout.floats(),
        count * layout.floats());
    MemorySegment.copy(
        memory,
        ValueLayout.JAVA_BYTE,
        place.bytes + (long) row * layout.bytes(),
        into.bytes(),
        intoRow * layout.bytes(),
        count * layout.bytes());
  }

  /** Writes the rewards of all rows. */
  void writeRewards(Outcomes from) {
    MemorySegment.copy(
        from.reward(), 0, memory, ValueLayout.JAVA_DOUBLE, rewards, from.reward().length);
  }

  /**
   * Writes whether the episodes of some rows have ended. What is written stays, so that only rows
   * that end, and that begin after it, are written: to do so for all would take as long as their
   * arithmetic.
   */
  void writeFlags(Outcomes from, Rows rows) {
    for (int i = 0; i < rows.count(); i++) {
      int row = rows.at(i);
      memory.set(ValueLayout.JAVA_BYTE, terminated + row, flag(from.terminated()[row]));
      memory.set(ValueLayout.JAVA_BYTE, truncated + row, flag(from.truncated()[row]));
    }
  }

  private static byte flag(boolean set) {
    return (byte) (set ? 1 : 0);
  }

  private void write(boolean[] from, int start, long at, int count) {
    for (int i = 0; i < count; i++) {
      staged[i] = flag(from[start + i]);
    }
    MemorySegment.copy(staged, 0, memory, ValueLayout.JAVA_BYTE, at, count);
  }

  /** Reads what the steps of consecutive rows led to, but for the observations. */
  void readOutcomes(int row, Outcomes into, int intoRow, int count) {
    for (int i = 0; i < count; i++) {
      into.reward()[intoRow + i] =
          memory.get(ValueLayout.JAVA_DOUBLE, rewards + (long) (row + i) * Double.BYTES);
      into.terminated()[intoRow + i] = isSet(terminated + row + i);
      into.discount()[intoRow + i] = into.terminated()[intoRow + i] ? 0 : 1;
      into.truncated()[intoRow + i] = isSet(truncated + row + i);
    }
    MemorySegment.copy(
        memory,
        ValueLayout.JAVA_DOUBLE,
        diagnostics + (long) row * diagnosticsWidth * Double.BYTES,
        into.diagnostics(),
        intoRow * diagnosticsWidth,
        count * diagnosticsWidth);
  }

  private boolean isSet(long at) {
    return memory.get(ValueLayout.JAVA_BYTE, at) != 0;
  }

  @Override
  public void close() {
    if (arena.scope().isAlive()) {
      arena.close();
    }
  }
}
