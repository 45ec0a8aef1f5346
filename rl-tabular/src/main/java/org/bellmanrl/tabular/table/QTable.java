package org.bellmanrl.tabular.table;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bellmanrl.api.Actions;
import org.bellmanrl.api.EnvironmentSpec;
import org.bellmanrl.api.Observations;
import org.bellmanrl.api.ValueFunction;
import org.bellmanrl.api.options.Require;
import org.bellmanrl.api.random.RandomStream;
import org.bellmanrl.api.space.Discrete;
import org.bellmanrl.api.space.Rows;
import org.bellmanrl.api.state.State;
import org.bellmanrl.tabular.internal.ActionIndex;
import org.bellmanrl.tabular.internal.Choice;
import org.bellmanrl.tabular.internal.States;

/**
 * Q(s, a): a value per state and action, in one array with the actions of a state side by side.
 *
 * <p>Actions are the numbers of the values of a finite space (Discrete, or a product of such, the
 * last part varying fastest). States are numbered by a {@link StateIndex}: in advance if
 * observations are finite too, or as they are seen; the table then grows. An <i>entry</i> is {@code
 * state * actions() + action}.
 *
 * <p>The learner that made the table writes it and gives states their numbers; a policy over it
 * only reads, and finds the initial value where no state has a number. Not safe for a writer beside
 * readers; {@link #snapshot()} gives a copy that can't be written.
 */
public final class QTable implements ValueFunction {
  private final StateIndex stateIndex;
  private final ActionIndex actionIndex;
  private final EnvironmentSpec spec;
  private final int actions;

  /** Whether states and actions are Discrete: then an entry is {@code s * actions + a - origin}. */
  private final boolean discrete;

  private final int firstState;
  private final int origin;
  private final double initialValue;
  private final boolean readOnly;

  /** Whether the states are another table's, which then carries them. */
  private final boolean shared;

  /** The tables that share these states and grow with this one. */
  private final List<QTable> twins = new ArrayList<>();

  private double[] values;

  /** The values of a state that has no number. */
  private final double[] unseen;

  /**
   * A table of all states of a task, with the same value everywhere.
   *
   * @param spec the task, of finite observations and actions
   * @param initialValue the value, finite
   * @throws IllegalArgumentException if a space is not finite or the table would be too large
   */
  public QTable(EnvironmentSpec spec, double initialValue) {
    this(spec, DenseStates.of(spec, ActionIndex.of(spec.actionSpace()).size()), initialValue);
  }

  /**
   * A table with the same value everywhere.
   *
   * @param spec the task, of finite actions
   * @param states numbers its states; owned by the table from now on
   * @param initialValue the value, finite
   * @throws IllegalArgumentException if actions are not finite or the table would be too large
   */
  public QTable(EnvironmentSpec spec, StateIndex states, double initialValue) {
    this(spec, states, initialValue, false);
  }

  private QTable(EnvironmentSpec spec, StateIndex states, double initialValue, boolean shared) {
    Require.finite("initial_value", initialValue);
    this.spec = spec;
    this.initialValue = initialValue;
    this.shared = shared;
    this.stateIndex = states;
    this.actionIndex = ActionIndex.of(spec.actionSpace());
    this.actions = actionIndex.size();
    this.values = new double[States.entries(spec, stateIndex.size(), actions)];
    this.unseen = new double[actions];
    if (states instanceof DenseStates
        && spec.observationSpace() instanceof Discrete s
        && spec.actionSpace() instanceof Discrete a) {
      this.discrete = true;
      this.firstState = s.start();
      // May wrap around for extreme starts; so does the sum it is subtracted from.
      this.origin = s.start() * actions + a.start();
    } else {
      this.discrete = false;
      this.firstState = 0;
      this.origin = 0;
    }
    this.readOnly = false;
    Arrays.fill(values, initialValue);
    Arrays.fill(unseen, initialValue);
  }

  private QTable(QTable original) {
    this.spec = original.spec;
    this.initialValue = original.initialValue;
    this.shared = false;
    this.unseen = original.unseen;
    this.stateIndex = original.stateIndex.snapshot();
    this.actionIndex = original.actionIndex;
    this.actions = original.actions;
    this.discrete = original.discrete;
    this.firstState = original.firstState;
    this.origin = original.origin;
    this.values = original.values.clone();
    this.readOnly = true;
  }

  /**
   * A further table over the same states, so that an entry means the same in both. This table gives
   * states their numbers and carries them; it must be carried first.
   *
   * @param initialValue the value everywhere in the new table, finite
   */
  public QTable twin(double initialValue) {
    QTable twin = new QTable(spec, stateIndex, initialValue, true);
    twin.resize(values.length);
    twins.add(twin);
    return twin;
  }

  /** Number of states: all of a finite space, or those seen so far. */
  public int states() {
    return stateIndex.size();
  }

  /** Number of actions, the same in every state. */
  public int actions() {
    return actions;
  }

  /** Number of entries, {@code states() * actions()}. */
  public int entries() {
    return stateIndex.size() * actions;
  }

  /** The entry of what a row shows and does; a state that has no number gets one. */
  public int entry(Observations observations, Actions chosen, int row) {
    if (discrete) {
      return observations.values().ints()[row] * actions + chosen.values().ints()[row] - origin;
    }
    return number(observations, row) * actions + actionIndex.of(chosen.values(), row);
  }

  private int number(Observations observations, int row) {
    int state = stateIndex.number(observations.values(), row);
    if ((state + 1L) * actions > values.length) {
      int least = States.entries(spec, stateIndex.size(), actions);
      resize(Math.max(least, States.doubled(values.length)));
    }
    return state;
  }

  private void resize(int length) {
    int before = values.length;
    values = Arrays.copyOf(values, length);
    Arrays.fill(values, before, length, initialValue);
    for (QTable twin : twins) {
      twin.resize(length);
    }
  }

  /** The value of what a row shows and does; the initial value of a state that has no number. */
  public double value(Observations observations, Actions chosen, int row) {
    int from = find(observations, row);
    return from < 0 ? initialValue : values[from + actionIndex.of(chosen.values(), row)];
  }

  /** The value of an entry. */
  public double get(int entry) {
    return values[entry];
  }

  /** The value of an action in a state. */
  public double get(int state, int action) {
    return values[entry(state, action)];
  }

  /**
   * Sets the value of an action in a state.
   *
   * @throws IllegalStateException if this is a snapshot
   */
  public void set(int state, int action, double value) {
    checkWritable();
    values[entry(state, action)] = value;
  }

  /**
   * Adds to the value of an entry.
   *
   * @throws IllegalStateException if this is a snapshot
   */
  public void add(int entry, double difference) {
    checkWritable();
    values[entry] += difference;
  }

  /** The largest value in a state, over all actions; a NaN may go unnoticed. */
  public double max(int state) {
    return max(values, state * actions, actions);
  }

  /**
   * The largest value in a row, over the actions that its mask allows. A row that allows none, as
   * some tasks show after a terminal state, has nothing to come: 0.
   */
  public double max(Observations observations, int row) {
    int from = find(observations, row);
    if (observations.maskWidth() != 0) {
      return maxAllowed(from < 0 ? unseen : values, Math.max(from, 0), observations, row);
    }
    return from < 0 ? initialValue : max(values, from, actions);
  }

  /**
   * The entry of the first action of the state that a row shows; a state that has no number gets
   * one.
   */
  public int first(Observations observations, int row) {
    return discrete
        ? (observations.values().ints()[row] - firstState) * actions
        : number(observations, row) * actions;
  }

  /** The entry of the first action, or a negative number if the state has no number. */
  private int find(Observations observations, int row) {
    return discrete
        ? (observations.values().ints()[row] - firstState) * actions
        : stateIndex.find(observations.values(), row) * actions;
  }

  /**
   * Compares as integers whose order is that of the numbers: without a branch to mispredict, that
   * is three times as fast as comparing doubles when states come at random (and -0 is below 0, as
   * in {@link Math#max(double, double)}).
   */
  private static double max(double[] values, int from, int count) {
    long max = order(values[from]);
    int i = from + 1;
    int end = from + count;
    // In few steps: C2 readies a plain loop for many rounds, which costs more than four actions do.
    if (count >= 4) {
      max =
          Math.max(
              Math.max(max, order(values[i])),
              Math.max(order(values[i + 1]), order(values[i + 2])));
      i += 3;
    }
    if (i + 2 <= end) {
      max = Math.max(max, Math.max(order(values[i]), order(values[i + 1])));
      i += 2;
    }
    while (i < end) {
      max = Math.max(max, order(values[i++]));
    }
    return Double.longBitsToDouble(max ^ ((max >> 63) >>> 1));
  }

  /** Flips all bits but the sign of a negative number; its own inverse on the bits. */
  private static long order(double value) {
    long bits = Double.doubleToRawLongBits(value);
    return bits ^ ((bits >> 63) >>> 1);
  }

  private double maxAllowed(double[] values, int from, Observations observations, int row) {
    double max = Double.NEGATIVE_INFINITY;
    boolean none = true;
    for (int a = 0; a < actions; a++) {
      if (actionIndex.allows(observations, row, a)) {
        max = Math.max(max, values[from + a]);
        none = false;
      }
    }
    return none ? 0 : max;
  }

  /**
   * The action of the largest value in a row: what a greedy policy over this table does.
   *
   * @param choice how ties are broken, and which actions there are
   * @param random the row's stream, for ties broken at random
   */
  @SuppressWarnings("exports") // for the policies of this module
  public int best(Choice choice, Observations observations, int row, RandomStream random) {
    int from = find(observations, row);
    return from < 0
        ? choice.greedy(unseen, 0, observations, row, random)
        : choice.greedy(values, from, observations, row, random);
  }

  @Override
  public int width() {
    return actions;
  }

  @Override
  public void evaluate(Rows rows, Observations observations, double[] into) {
    for (int i = 0; i < rows.count(); i++) {
      int row = rows.at(i);
      int at = find(observations, row);
      double[] known = at < 0 ? unseen : values;
      int from = Math.max(at, 0);
      // Rows are short: a plain loop costs less than System.arraycopy.
      for (int a = 0, to = row * actions; a < actions; a++) {
        into[to + a] = known[from + a];
      }
    }
  }

  @Override
  public QTable snapshot() {
    return new QTable(this);
  }

  @Override
  public void carry(State state) {
    checkWritable();
    state.begin("q-table", 1);
    if (!shared) {
      state.carry("states", stateIndex);
    }
    state.expect("actions", actions);
    int entries = States.entries(spec, stateIndex.size(), actions);
    if (entries > values.length) {
      resize(entries);
    }
    state.carry("q", values, 0, entries);
    Arrays.fill(values, entries, values.length, initialValue);
    state.end();
  }

  private int entry(int state, int action) {
    if (action < 0 || action >= actions) {
      throw new IndexOutOfBoundsException("action must be in [0, " + actions + "), was " + action);
    }
    return state * actions + action;
  }

  private void checkWritable() {
    if (readOnly) {
      throw new IllegalStateException("a snapshot of a table can't be written");
    }
  }
}
