package org.bellmanrl.deep.internal.action;

import java.util.Map;
import org.bellmanrl.api.Actions;
import org.bellmanrl.api.Observations;
import org.bellmanrl.api.Transitions;
import org.bellmanrl.api.random.RandomStream;
import org.bellmanrl.api.space.Box;
import org.bellmanrl.api.space.Columns;
import org.bellmanrl.api.space.Dict;
import org.bellmanrl.api.space.Layout.Leaf;
import org.bellmanrl.api.space.MultiBinary;
import org.bellmanrl.api.space.Space;
import org.bellmanrl.deep.internal.ExactMath;
import org.bellmanrl.deep.network.MaskedValues;
import org.bellmanrl.deep.network.NonFiniteException;

/**
 * One softmax for each element of an action, over those of its choices that the mask allows; the
 * elements are independent.
 *
 * <pre>
 * π(a|s) = Π_g p_g(a_g),  p_g(j) = exp(l_gj) / Σ_allowed exp(l_gk),  0 for a masked choice
 * ∂ ln p(a) / ∂ l_j = 1{j = a} − p_j,  ∂ H / ∂ l_j = −p_j (ln p_j + H)
 * </pre>
 */
final class CategoricalHead extends ActionHead {
  private static final Dict EXTRAS =
      Dict.of(Map.of(LOG_PROBABILITY, Box.of(Float.NEGATIVE_INFINITY, Float.POSITIVE_INFINITY, 1)));

  private final int groups;

  /** Where the choices of each element begin; one more at the end. */
  private final int[] begin;

  private final int outputs;
  private final Leaf leaf;
  private final boolean bits;

  /** Of the last batch: probabilities, and per element ln Σ exp and the entropy. */
  private final double[] probabilities;

  private final double[] logPartition;
  private final double[] entropies;

  CategoricalHead(Space actionSpace, int maxRows) {
    int[] counts = choices(actionSpace);
    this.leaf = actionSpace.layout().leaves().getFirst();
    this.groups = counts.length;
    this.begin = new int[groups + 1];
    for (int g = 0; g < groups; g++) {
      begin[g + 1] = begin[g] + counts[g];
    }
    this.outputs = begin[groups];
    this.bits = actionSpace instanceof MultiBinary;
    this.probabilities = new double[Math.multiplyExact(maxRows, outputs)];
    this.logPartition = new double[Math.multiplyExact(maxRows, groups)];
    this.entropies = new double[maxRows * groups];
  }

  @Override
  public int outputs() {
    return outputs;
  }

  @Override
  public Dict extras() {
    return EXTRAS;
  }

  @Override
  public TakenActions taken(int slots, int maskWidth) {
    return new TakenActions(slots, groups, 0, maskWidth);
  }

  @Override
  public void take(Transitions transitions, int row, TakenActions into, int slot) {
    Columns actions = transitions.actions().values();
    for (int g = 0; g < groups; g++) {
      int at = row * groups + g;
      into.choices[slot * groups + g] =
          bits ? actions.bytes()[at] : actions.ints()[at] - leaf.start(g);
    }
    int width = into.maskWidth;
    if (width > 0) {
      boolean[] mask = transitions.observations().mask();
      System.arraycopy(mask, row * width, into.mask, slot * width, width);
    }
  }

  private void write(int choice, int group, Columns actions, int row) {
    if (bits) {
      actions.bytes()[row * groups + group] = (byte) choice;
    } else {
      actions.ints()[row * groups + group] = leaf.start(group) + choice;
    }
  }

  @Override
  public void sample(
      float[] outputs,
      int at,
      Observations observations,
      int row,
      RandomStream random,
      Actions actions) {
    int width = observations.maskWidth();
    double logProbability = 0;
    for (int g = 0; g < groups; g++) {
      int n = begin[g + 1] - begin[g];
      softmax(outputs, at + begin[g], n, observations.mask(), width, row * width + begin[g], 0, 0);
      double point = random.random();
      int choice = draw(n, point);
      if (choice < 0) {
        throw undecided(outputs, at, g, observations, row);
      }
      write(choice, g, actions.values(), row);
      logProbability += outputs[at + begin[g] + choice] - logPartition[0];
    }
    float[] recorded = actions.extras().floats();
    if (recorded.length > 0) {
      recorded[(row + 1) * actions.extras().layout().floats() - 1] = (float) logProbability;
    }
  }

  /** The first choice at which the cumulated probability exceeds the point; −1 if there is NaN. */
  private int draw(int n, double point) {
    double sum = 0;
    int last = -1;
    for (int j = 0; j < n; j++) {
      double p = probabilities[j];
      sum += p;
      if (p > 0) {
        last = j; // rounding may leave the sum of all just below the point
      }
      if (sum > point) {
        return j;
      }
    }
    return sum > 0 ? last : -1;
  }

  @Override
  public void mode(float[] outputs, int at, Observations observations, int row, Actions actions) {
    int maskAt = row * observations.maskWidth();
    for (int g = 0; g < groups; g++) {
      int n = begin[g + 1] - begin[g];
      int best =
          MaskedValues.argmax(outputs, at + begin[g], n, observations.mask(), maskAt + begin[g]);
      if (best < 0 || !Float.isFinite(outputs[at + begin[g] + best])) {
        throw undecided(outputs, at, g, observations, row);
      }
      write(best, g, actions.values(), row);
    }
  }

  private RuntimeException undecided(
      float[] outputs, int at, int group, Observations observations, int row) {
    StringBuilder text = new StringBuilder();
    boolean any = false;
    for (int j = begin[group]; j < begin[group + 1]; j++) {
      any |= observations.allows(row, j);
      text.append(text.isEmpty() ? "" : ", ").append(outputs[at + j]);
    }
    return any
        ? new NonFiniteException(
            "preferences for actions must be finite, element %d of the action in row %d has [%s]"
                .formatted(group, row, text))
        : new IllegalStateException(
            "the mask of row " + row + " allows no action; it must allow at least one");
  }

  /**
   * Fills probabilities, ln Σ exp and entropy of one element.
   *
   * @param maskWidth 0 if everything is allowed
   * @param into where its probabilities go
   * @param group where the other two go
   */
  private void softmax(
      float[] outputs,
      int at,
      int n,
      boolean[] mask,
      int maskWidth,
      int maskAt,
      int into,
      int group) {
    double max = Double.NEGATIVE_INFINITY;
    for (int j = 0; j < n; j++) {
      if (maskWidth == 0 || mask[maskAt + j]) {
        max = Math.max(max, outputs[at + j]);
      }
    }
    double sum = 0;
    double weighted = 0;
    for (int j = 0; j < n; j++) {
      double e = 0;
      if (maskWidth == 0 || mask[maskAt + j]) {
        double x = outputs[at + j] - max;
        e = ExactMath.exp(x);
        sum += e;
        weighted += e * x;
      }
      probabilities[into + j] = e;
    }
    double scale = 1 / sum;
    for (int j = 0; j < n; j++) {
      probabilities[into + j] *= scale;
    }
    double logSum = ExactMath.log(sum);
    logPartition[group] = max + logSum;
    entropies[group] = logSum - weighted * scale;
  }

  @Override
  public void evaluate(
      float[] outputs,
      int stride,
      TakenActions taken,
      int[] slots,
      int from,
      int count,
      double[] logProbability,
      double[] entropy) {
    int width = taken.maskWidth;
    for (int i = 0; i < count; i++) {
      int slot = slots[from + i];
      double logs = 0;
      double sum = 0;
      for (int g = 0; g < groups; g++) {
        int at = i * stride + begin[g];
        int group = i * groups + g;
        softmax(
            outputs,
            at,
            begin[g + 1] - begin[g],
            taken.mask,
            width,
            slot * width + begin[g],
            i * this.outputs + begin[g],
            group);
        logs += outputs[at + taken.choices[slot * groups + g]] - logPartition[group];
        sum += entropies[group];
      }
      logProbability[i] = logs;
      entropy[i] = sum;
    }
  }

  @Override
  public void gradient(
      float[] outputs,
      int stride,
      TakenActions taken,
      int[] slots,
      int from,
      int count,
      double[] weights,
      double entropyWeight,
      float[] into,
      float[] parameterGradients) {
    for (int i = 0; i < count; i++) {
      int slot = slots[from + i];
      for (int g = 0; g < groups; g++) {
        int group = i * groups + g;
        int at = i * stride;
        double shift = entropies[group] - logPartition[group];
        for (int j = begin[g]; j < begin[g + 1]; j++) {
          double p = probabilities[i * this.outputs + j];
          double towardsEntropy = p * (outputs[at + j] + shift);
          into[at + j] = (float) (-weights[i] * p - entropyWeight * towardsEntropy);
        }
        into[at + begin[g] + taken.choices[slot * groups + g]] += (float) weights[i];
      }
    }
  }
}
