package org.bellmanrl.deep.network;

import org.bellmanrl.api.options.Require;

/**
 * Turns the distributions that a network computes of the returns of actions into their means: from
 * that many outputs per action, one action after the other, to one value per action. It has no
 * parameters.
 *
 * @param actions how many there are, at least 1
 * @param softmax whether the outputs of an action are the logits of probabilities, of returns that
 *     are evenly spaced from {@code low} to {@code high}; else they are quantiles
 * @param low the smallest return; 0 for quantiles
 * @param high the largest return, above {@code low}; 0 for quantiles
 */
public record Expectation(int actions, boolean softmax, double low, double high)
    implements LayerSpec {
  public Expectation {
    Require.atLeast("actions", actions, 1);
    Require.finite("low", low);
    Require.finite("high", high);
    if (softmax ? low >= high : low != 0 || high != 0) {
      throw new IllegalArgumentException(
          "low must be below high, and both 0 for quantiles, were %s and %s".formatted(low, high));
    }
  }

  /** The means of quantiles. */
  public static Expectation ofQuantiles(int actions) {
    return new Expectation(actions, false, 0, 0);
  }

  /** The means of probabilities of returns from {@code low} to {@code high}. */
  public static Expectation ofCategories(int actions, double low, double high) {
    return new Expectation(actions, true, low, high);
  }
}
