package org.bellmanrl.env.toytext;

import org.bellmanrl.api.options.Described;

/**
 * The options of {@link Taxi}. All but the last are Gymnasium's.
 *
 * @param isRainy whether moves can go sideways
 * @param ficklePassenger whether the passenger can want to go elsewhere once under way
 * @param rainyProbability probability that a move in the rain goes where it was meant to
 * @param fickleProbability probability that an episode's passenger is a fickle one
 * @param actionMask whether observations say which actions would change anything
 */
public record TaxiOptions(
    @Described("moves can go sideways") boolean isRainy,
    @Described("the passenger may choose another destination on the first move with the taxi")
        boolean ficklePassenger,
    @Described(value = "chance that a move in the rain goes as meant", range = "[0, 1]")
        double rainyProbability,
    @Described(value = "chance that an episode's passenger is fickle", range = "[0, 1]")
        double fickleProbability,
    @Described("rule out actions that would change nothing") boolean actionMask) {

  public TaxiOptions {
    if (!(rainyProbability >= 0 && rainyProbability <= 1)) {
      throw new IllegalArgumentException(
          "rainy_probability must be in [0, 1], was " + rainyProbability);
    }
    if (!(fickleProbability >= 0 && fickleProbability <= 1)) {
      throw new IllegalArgumentException(
          "fickle_probability must be in [0, 1], was " + fickleProbability);
    }
  }

  /** Gymnasium's defaults: dry weather and a steady passenger; with an action mask. */
  public static TaxiOptions defaults() {
    return new TaxiOptions(false, false, 0.8, 0.3, true);
  }
}
