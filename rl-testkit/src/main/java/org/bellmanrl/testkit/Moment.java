package org.bellmanrl.testkit;

import java.util.Arrays;
import org.bellmanrl.api.EnvironmentSpec;
import org.bellmanrl.api.Observations;
import org.bellmanrl.api.Outcomes;
import org.bellmanrl.api.space.Columns;
import org.jspecify.annotations.Nullable;

/** What one reset or step of one row showed. */
final class Moment {
  final long episode;
  final long step;
  final @Nullable RowCopy action;
  final RowCopy observation;
  final boolean[] mask;
  final double reward;
  private final double earned;
  final double discount;
  final boolean terminated;
  final boolean truncated;
  final double[] diagnostics;
  private final EnvironmentSpec spec;

  /** A reset. */
  Moment(EnvironmentSpec spec, long episode, Observations first, int row) {
    this.spec = spec;
    this.episode = episode;
    this.step = 0;
    this.action = null;
    this.observation = new RowCopy(first.values(), row);
    this.mask = mask(first, row);
    this.reward = 0;
    this.earned = 0;
    this.discount = 1;
    this.terminated = false;
    this.truncated = false;
    this.diagnostics = new double[0];
  }

  /** A step. */
  Moment(
      EnvironmentSpec spec, long episode, long step, Columns actions, Outcomes outcomes, int row) {
    this.spec = spec;
    this.episode = episode;
    this.step = step;
    this.action = new RowCopy(actions, row);
    this.observation = new RowCopy(outcomes.observations().values(), row);
    this.mask = mask(outcomes.observations(), row);
    this.reward = outcomes.reward()[row];
    this.earned = outcomes.earned(row);
    this.discount = outcomes.discount()[row];
    this.terminated = outcomes.terminated()[row];
    this.truncated = outcomes.truncated()[row];
    int width = outcomes.diagnosticsWidth();
    this.diagnostics = Arrays.copyOfRange(outcomes.diagnostics(), row * width, (row + 1) * width);
  }

  private static boolean[] mask(Observations observations, int row) {
    int width = observations.maskWidth();
    return Arrays.copyOfRange(observations.mask(), row * width, (row + 1) * width);
  }

  /** Whether this was a reset. */
  boolean isReset() {
    return action == null;
  }

  /** The first field that differs, bit for bit; null if none does. */
  @Nullable Difference difference(Moment actual) {
    if (isReset() != actual.isReset()) {
      return new Difference("what was called", call(), actual.call());
    }
    if (action != null && actual.action != null) {
      Difference chosen = action.difference("action", actual.action);
      if (chosen != null) {
        return chosen;
      }
    }
    Difference seen = observation.difference("observation", actual.observation);
    if (seen != null) {
      return seen;
    }
    for (int i = 0; i < mask.length; i++) {
      if (mask[i] != actual.mask[i]) {
        return new Difference("mask[" + i + "]", "" + mask[i], "" + actual.mask[i]);
      }
    }
    Difference number = numbers("reward", reward, actual.reward);
    if (number == null) {
      number = numbers("what was earned", earned, actual.earned);
    }
    if (number == null) {
      number = numbers("discount", discount, actual.discount);
    }
    if (number != null) {
      return number;
    }
    if (terminated != actual.terminated) {
      return new Difference("terminated", "" + terminated, "" + actual.terminated);
    }
    if (truncated != actual.truncated) {
      return new Difference("truncated", "" + truncated, "" + actual.truncated);
    }
    for (int i = 0; i < diagnostics.length && number == null; i++) {
      number =
          numbers(
              "diagnostic '" + spec.diagnostics().get(i) + "'",
              diagnostics[i],
              actual.diagnostics[i]);
    }
    return number;
  }

  private String call() {
    return isReset() ? "reset" : "step";
  }

  private static @Nullable Difference numbers(String name, double expected, double actual) {
    return Double.doubleToLongBits(expected) == Double.doubleToLongBits(actual)
        ? null
        : new Difference(name, "" + expected, "" + actual);
  }

  void hash(Hash hash) {
    if (action != null) {
      action.hash(hash);
    }
    observation.hash(hash);
    for (boolean allowed : mask) {
      hash.add(allowed);
    }
    hash.add(reward);
    hash.add(discount);
    hash.add(terminated);
    hash.add(truncated);
    for (double value : diagnostics) {
      hash.add(value);
    }
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    text.append("episode ").append(episode).append(", ");
    if (action == null) {
      text.append("reset: observation ").append(observation);
    } else {
      text.append("step ").append(step).append(": action ").append(action);
      text.append(", observation ").append(observation).append(", reward ").append(reward);
      text.append(", discount ").append(discount);
      text.append(terminated ? ", terminated" : "").append(truncated ? ", truncated" : "");
    }
    if (mask.length > 0) {
      text.append(", mask ").append(Arrays.toString(mask));
    }
    if (diagnostics.length > 0) {
      text.append(", diagnostics ").append(Arrays.toString(diagnostics));
    }
    return text.toString();
  }
}
