package org.bellmanrl.api;

import java.util.Arrays;
import org.bellmanrl.api.space.Rows;

/**
 * What a step leads to, for all rows: next observation, reward, discount, the two kinds of end, and
 * the diagnostics that the environment declared.
 *
 * <p>Owned by the loop, which clears a row before the environment steps it. The next observation of
 * a step that ends an episode is that episode's true last one; the first observation of the next
 * episode is written at the reset.
 */
public final class Outcomes {
  private Observations observations;
  private final double[] reward;

  /** NaN where that is the reward. */
  private final double[] earned;

  private final double[] discount;
  private final boolean[] terminated;
  private final boolean[] truncated;
  private final double[] diagnostics;
  private final int diagnosticsWidth;

  /** Creates cleared outcomes for an environment of {@code rows} rows. */
  public Outcomes(EnvironmentSpec spec, int rows) {
    this.observations = new Observations(spec, rows);
    this.reward = new double[rows];
    this.earned = new double[rows];
    this.discount = new double[rows];
    this.terminated = new boolean[rows];
    this.truncated = new boolean[rows];
    this.diagnosticsWidth = spec.diagnostics().size();
    this.diagnostics = new double[Math.multiplyExact(rows, diagnosticsWidth)];
    Arrays.fill(earned, Double.NaN);
    Arrays.fill(discount, 1);
  }

  /** Next observations, with the masks of the next actions. */
  public Observations observations() {
    return observations;
  }

  /** Reward per row, as learners see it. */
  public double[] reward() {
    return reward;
  }

  /**
   * The reward of a row as the task paid it, by which policies are judged: before {@link
   * #changeReward}.
   */
  public double earned(int row) {
    return Double.isNaN(earned[row]) ? reward[row] : earned[row];
  }

  /**
   * Changes the reward of a row for learners alone, as wrappers do that scale rewards or add a
   * bonus; what was {@linkplain #earned earned} stays.
   */
  public void changeReward(int row, double changed) {
    setReward(row, changed, earned(row));
  }

  /**
   * Sets the reward of a row, and what was earned.
   *
   * @param learned what learners see
   * @param paid what the task paid
   */
  public void setReward(int row, double learned, double paid) {
    reward[row] = learned;
    earned[row] = paid;
  }

  /** The environment's own discount per row, in [0, 1]: 1 by default, 0 when terminated. */
  public double[] discount() {
    return discount;
  }

  /** Per row, whether the episode reached a terminal state. */
  public boolean[] terminated() {
    return terminated;
  }

  /** Per row, whether the episode was cut short from outside, by a time limit for instance. */
  public boolean[] truncated() {
    return truncated;
  }

  /** Diagnostics: row {@code r} takes {@code r * diagnosticsWidth()} onwards, in declared order. */
  public double[] diagnostics() {
    return diagnostics;
  }

  /** Number of declared diagnostics. */
  public int diagnosticsWidth() {
    return diagnosticsWidth;
  }

  /**
   * Sets the listed rows to what holds unless the environment says otherwise: reward 0, discount 1,
   * not ended, diagnostics 0.
   */
  public void clear(Rows rows) {
    if (rows.count() == 1) {
      clear(rows.at(0));
    } else if (rows.isAll()) {
      int count = rows.count();
      Arrays.fill(reward, 0, count, 0);
      Arrays.fill(earned, 0, count, Double.NaN);
      Arrays.fill(discount, 0, count, 1);
      Arrays.fill(terminated, 0, count, false);
      Arrays.fill(truncated, 0, count, false);
      Arrays.fill(diagnostics, 0, count * diagnosticsWidth, 0);
    } else {
      for (int i = 0; i < rows.count(); i++) {
        clear(rows.at(i));
      }
    }
  }

  private void clear(int row) {
    reward[row] = 0;
    earned[row] = Double.NaN;
    discount[row] = 1;
    terminated[row] = false;
    truncated[row] = false;
    if (diagnosticsWidth > 0) {
      int from = row * diagnosticsWidth;
      Arrays.fill(diagnostics, from, from + diagnosticsWidth, 0);
    }
  }

  /** Copies a row, observation and mask included, from outcomes of the same shape. */
  public void copyRow(Outcomes source, int sourceRow, int row) {
    observations.copyRow(source.observations, sourceRow, row);
    copyResults(source, sourceRow, row);
  }

  /**
   * Copies a row without its observation: reward, discount, the two kinds of end, and as many
   * diagnostics as {@code source} has, which this must have too.
   */
  public void copyResults(Outcomes source, int sourceRow, int row) {
    reward[row] = source.reward[sourceRow];
    earned[row] = source.earned[sourceRow];
    discount[row] = source.discount[sourceRow];
    terminated[row] = source.terminated[sourceRow];
    truncated[row] = source.truncated[sourceRow];
    int width = source.diagnosticsWidth;
    if (width > 0) {
      System.arraycopy(
          source.diagnostics, sourceRow * width, diagnostics, row * diagnosticsWidth, width);
    }
  }

  /**
   * Adds a further step to that of a row, for wrappers that take several steps for one: the reward
   * and what was earned are added, times the discounts so far; discounts are multiplied. The ends
   * and the diagnostics are those of the further step.
   */
  public void addResults(Outcomes source, int sourceRow, int row) {
    double before = discount[row];
    double learned = reward[row] + before * source.reward[sourceRow];
    double paid = earned(row) + before * source.earned(sourceRow);
    copyResults(source, sourceRow, row);
    setReward(row, learned, paid);
    discount[row] = before * source.discount[sourceRow];
  }

  /**
   * Exchanges the observations with others of the same shape; how a loop makes next into current.
   */
  public Observations exchange(Observations other) {
    Observations old = observations;
    observations = other;
    return old;
  }
}
