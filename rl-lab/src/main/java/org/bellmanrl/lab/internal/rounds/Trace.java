package org.bellmanrl.lab.internal.rounds;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.bellmanrl.api.Actions;
import org.bellmanrl.api.EnvironmentSpec;
import org.bellmanrl.api.Listener.Step;
import org.bellmanrl.api.Observations;
import org.bellmanrl.api.Outcomes;
import org.bellmanrl.api.Transitions;
import org.bellmanrl.api.space.Columns;
import org.bellmanrl.api.space.Dict;
import org.bellmanrl.api.space.Layout;
import org.bellmanrl.api.space.Rows;
import org.bellmanrl.results.document.UserError;

/**
 * What happened in some rows over some steps: a slot for each step of each row. Not thread-safe,
 * except that threads may {@link #read} different rows.
 */
public final class Trace {
  private static final int FIRST = 1;
  private static final int TERMINATED = 2;
  private static final int TRUNCATED = 4;
  private static final int CHANGED = 8;

  private final int steps;
  private final boolean[] first;
  private final Observations starts;
  private final Actions actions;
  private final Outcomes outcomes;

  /**
   * An empty trace.
   *
   * @param spec the task
   * @param extras what the behaviour adds to its actions
   * @param rows how many, at least 1
   * @param steps how many, at least 1
   */
  Trace(EnvironmentSpec spec, Dict extras, int rows, int steps) {
    int slots = Math.multiplyExact(rows, steps);
    this.steps = steps;
    this.first = new boolean[slots];
    this.starts = new Observations(spec, slots);
    this.actions = new Actions(spec.actionSpace(), extras, slots);
    this.outcomes = new Outcomes(spec, slots);
  }

  /** How many steps there is room for. */
  int steps() {
    return steps;
  }

  /** Takes in a step of all rows but its reward and diagnostics. */
  void record(Transitions transitions, int step) {
    Rows rows = transitions.rows();
    for (int i = 0; i < rows.count(); i++) {
      int row = rows.at(i);
      int slot = row * steps + step;
      first[slot] = transitions.first()[row];
      if (first[slot]) {
        starts.copyRow(transitions.observations(), row, slot);
      }
      actions.values().copyRow(transitions.actions().values(), row, slot);
      actions.extras().copyRow(transitions.actions().extras(), row, slot);
      outcomes.discount()[slot] = transitions.discount()[row];
      outcomes.terminated()[slot] = transitions.terminated()[row];
      outcomes.truncated()[slot] = transitions.truncated()[row];
      outcomes.observations().copyRow(transitions.nextObservations(), row, slot);
    }
  }

  /** Takes in the reward of a step of all rows, what was earned, and its diagnostics. */
  void record(Step taken, int step) {
    int width = outcomes.diagnosticsWidth();
    for (int i = 0; i < taken.rows().count(); i++) {
      int row = taken.rows().at(i);
      outcomes.setReward(row * steps + step, taken.reward(row), taken.earned(row));
      for (int d = 0; d < width; d++) {
        outcomes.diagnostics()[(row * steps + step) * width + d] = taken.diagnostic(row, d);
      }
    }
  }

  /** Takes in some steps of the only row of another trace, from the first on. */
  void copy(Trace from, int row, int count) {
    for (int step = 0; step < count; step++) {
      int slot = row * steps + step;
      first[slot] = from.first[step];
      starts.copyRow(from.starts, step, slot);
      actions.values().copyRow(from.actions.values(), step, slot);
      actions.extras().copyRow(from.actions.extras(), step, slot);
      outcomes.copyRow(from.outcomes, step, slot);
    }
  }

  /**
   * Writes the first observations of the episodes that begin with a step.
   *
   * @throws UserError if none begins there: the rows are not as they were when this was recorded
   */
  void reset(Rows rows, int step, Observations into) {
    for (int i = 0; i < rows.count(); i++) {
      int row = rows.at(i);
      if (!first[row * steps + step]) {
        throw new UserError(
            "what was recorded of row %d does not go on where the row is: a worker sent something else than its steps"
                .formatted(row));
      }
      into.copyRow(starts, row * steps + step, row);
    }
  }

  /** Writes what was done in a step. */
  void act(Rows rows, int step, Actions into) {
    for (int i = 0; i < rows.count(); i++) {
      int row = rows.at(i);
      into.values().copyRow(actions.values(), row * steps + step, row);
      into.extras().copyRow(actions.extras(), row * steps + step, row);
    }
  }

  /** Writes what came of a step. */
  void step(Rows rows, int step, Outcomes into) {
    for (int i = 0; i < rows.count(); i++) {
      into.copyRow(outcomes, rows.at(i) * steps + step, rows.at(i));
    }
  }

  /** Writes some steps of a row, from the first on. */
  public void write(DataOutputStream out, int row, int count) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(width() + width(starts));
    for (int slot = row * steps; slot < row * steps + count; slot++) {
      buffer.clear();
      put(buffer, actions.values(), slot);
      put(buffer, actions.extras(), slot);
      buffer.putDouble(outcomes.reward()[slot]).putDouble(outcomes.discount()[slot]);
      int width = outcomes.diagnosticsWidth();
      for (int d = slot * width; d < (slot + 1) * width; d++) {
        buffer.putDouble(outcomes.diagnostics()[d]);
      }
      put(buffer, outcomes.observations(), slot);
      if (first[slot]) {
        put(buffer, starts, slot);
      }
      boolean changed = outcomes.earned(slot) != outcomes.reward()[slot];
      out.writeByte(
          (first[slot] ? FIRST : 0)
              | (changed ? CHANGED : 0)
              | (outcomes.terminated()[slot] ? TERMINATED : 0)
              | (outcomes.truncated()[slot] ? TRUNCATED : 0));
      out.write(buffer.array(), 0, buffer.position());
      if (changed) {
        out.writeDouble(outcomes.earned(slot));
      }
    }
  }

  /** Reads what {@link #write} wrote, into the first steps of a row. */
  public void read(DataInputStream in, int row, int count) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(width() + width(starts));
    for (int slot = row * steps; slot < row * steps + count; slot++) {
      int flags = in.readUnsignedByte();
      first[slot] = (flags & FIRST) != 0;
      outcomes.terminated()[slot] = (flags & TERMINATED) != 0;
      outcomes.truncated()[slot] = (flags & TRUNCATED) != 0;
      in.readFully(buffer.array(), 0, width() + (first[slot] ? width(starts) : 0));
      buffer.clear();
      get(buffer, actions.values(), slot);
      get(buffer, actions.extras(), slot);
      double reward = buffer.getDouble();
      outcomes.setReward(slot, reward, reward);
      outcomes.discount()[slot] = buffer.getDouble();
      int width = outcomes.diagnosticsWidth();
      for (int d = slot * width; d < (slot + 1) * width; d++) {
        outcomes.diagnostics()[d] = buffer.getDouble();
      }
      get(buffer, outcomes.observations(), slot);
      if (first[slot]) {
        get(buffer, starts, slot);
      }
      if ((flags & CHANGED) != 0) {
        outcomes.setReward(slot, reward, in.readDouble());
      }
    }
  }

  /** Bytes of a slot, without its flags, the start of an episode, and what was earned besides. */
  private int width() {
    return width(actions.values())
        + width(actions.extras())
        + (2 + outcomes.diagnosticsWidth()) * Double.BYTES
        + width(outcomes.observations());
  }

  private static int width(Observations observations) {
    return width(observations.values()) + observations.maskWidth();
  }

  private static int width(Columns columns) {
    Layout layout = columns.layout();
    return layout.ints() * Integer.BYTES + layout.floats() * Float.BYTES + layout.bytes();
  }

  private static void put(ByteBuffer buffer, Observations observations, int row) {
    put(buffer, observations.values(), row);
    for (int i = row * observations.maskWidth(); i < (row + 1) * observations.maskWidth(); i++) {
      buffer.put((byte) (observations.mask()[i] ? 1 : 0));
    }
  }

  private static void get(ByteBuffer buffer, Observations observations, int row) {
    get(buffer, observations.values(), row);
    for (int i = row * observations.maskWidth(); i < (row + 1) * observations.maskWidth(); i++) {
      observations.mask()[i] = buffer.get() != 0;
    }
  }

  private static void put(ByteBuffer buffer, Columns columns, int row) {
    Layout layout = columns.layout();
    for (int i = row * layout.ints(); i < (row + 1) * layout.ints(); i++) {
      buffer.putInt(columns.ints()[i]);
    }
    for (int i = row * layout.floats(); i < (row + 1) * layout.floats(); i++) {
      buffer.putFloat(columns.floats()[i]);
    }
    buffer.put(columns.bytes(), row * layout.bytes(), layout.bytes());
  }

  private static void get(ByteBuffer buffer, Columns columns, int row) {
    Layout layout = columns.layout();
    for (int i = row * layout.ints(); i < (row + 1) * layout.ints(); i++) {
      columns.ints()[i] = buffer.getInt();
    }
    for (int i = row * layout.floats(); i < (row + 1) * layout.floats(); i++) {
      columns.floats()[i] = buffer.getFloat();
    }
    buffer.get(columns.bytes(), row * layout.bytes(), layout.bytes());
  }
}
