package org.bellmanrl.tabular.table;

import java.util.Arrays;
import org.bellmanrl.api.Actions;
import org.bellmanrl.api.EnvironmentSpec;
import org.bellmanrl.api.Observations;
import org.bellmanrl.api.ValueFunction;
import org.bellmanrl.api.options.Described;
import org.bellmanrl.api.random.RandomStream;
import org.bellmanrl.api.space.Discrete;
import org.bellmanrl.api.space.ProductIndex;
import org.bellmanrl.api.space.Rows;
import org.bellmanrl.api.state.State;
import org.bellmanrl.tabular.internal.ActionIndex;
import org.bellmanrl.tabular.internal.Checks;
import org.bellmanrl.tabular.internal.Choice;
import org.bellmanrl.tabular.internal.States;

/**
 * Q(s, a): a value per state and action, in one array with the actions of a state side by side.
 *
 * <p>States and actions are the numbers of the values of finite spaces (Discrete, or products of
 * such, the last part varying fastest). An <i>entry</i> is {@code state * actions() + action}.
 *
 * <p>The learner that made the table writes it; a policy over it only reads. Not safe for a writer
 * beside readers; {@link #snapshot()} gives a copy that can't be written.
 */
public final class QTable implements ValueFunction {
  private final ProductIndex stateIndex;
  private final ActionIndex actionIndex;
  private final int actions;

  /** Whether states and actions are Discrete: then an entry is {@code s * actions + a - origin}. */
  private final boolean discrete;

  private final int firstState;
  private final int origin;
  private final double[] values;
  private final boolean readOnly;

  /**
   * A table with the same value everywhere.
   *
   * @param spec the task, of finite observations and actions
   * @param initialValue the value, finite
   * @throws IllegalArgumentException if a space is not finite or the table would be too large
   */
  public QTable(EnvironmentSpec spec, double initialValue) {
    Checks.initialValue(initialValue);
    this.stateIndex = States.index(spec.observationSpace());
    this.actionIndex = ActionIndex.of(spec.actionSpace());
    this.actions = actionIndex.size();
    this.values = new double[States.entries(spec, stateIndex.size(), actions)];
    if (spec.observationSpace() instanceof Discrete s && spec.actionSpace() instanceof Discrete a) {
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
  }

  private QTable(QTable original) {
    this.stateIndex = original.stateIndex;
    this.actionIndex = original.actionIndex;
    this.actions = original.actions;
    this.discrete = original.discrete;
    this.firstState = original.firstState;
    this.origin = original.origin;
    this.values = original.values.clone();
    this.readOnly = true;
  }

  /** Number of states. */
  public int states() {
    return stateIndex.size();
  }

  /** Number of actions, the same in every state. */
  public int actions() {
    return actions;
  }

  /** Number of entries, {@code states() * actions()}. */
  public int entries() {
    return values.length;
  }

  /** The entry of what a row shows and does. */
  public int entry(Observations observations, Actions chosen, int row) {
    if (discrete) {
      return observations.values().ints()[row] * actions + chosen.values().ints()[row] - origin;
    }
    return stateIndex.of(observations.values(), row) * actions
        + actionIndex.of(chosen.values(), row);
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
    int from = first(observations, row);
    return observations.maskWidth() == 0
        ? max(values, from, actions)
        : maxAllowed(from, observations, row);
  }

  /** The entry of the first action of the state that a row shows. */
  public int first(Observations observations, int row) {
    return discrete
        ? (observations.values().ints()[row] - firstState) * actions
        : stateIndex.of(observations.values(), row) * actions;
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

  private double maxAllowed(int from, Observations observations, int row) {
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
    return choice.greedy(values, first(observations, row), observations, row, random);
  }

  @Override
  public int width() {
    return actions;
  }

  @Override
  public void evaluate(Rows rows, Observations observations, double[] into) {
    for (int i = 0; i < rows.count(); i++) {
      int row = rows.at(i);
      int from = first(observations, row);
      // Rows are short: a plain loop costs less than System.arraycopy.
      for (int a = 0, to = row * actions; a < actions; a++) {
        into[to + a] = values[from + a];
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
    state.expect("states", states());
    state.expect("actions", actions);
    state.carry("q", values);
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

  /**
   * What a table can be told.
   *
   * @param initialValue what every entry holds at first
   */
  public record Config(@Described("what every entry holds at first") double initialValue) {
    public Config {
      Checks.initialValue(initialValue);
    }
  }
}
