package org.bellmanrl.env.toytext;

import io.soabase.recordbuilder.core.RecordBuilder;
import org.bellmanrl.api.options.Described;
import org.bellmanrl.api.options.Require;

/**
 * The options of {@link Taxi}. All but the last are Gymnasium's.
 *
 * @param isRainy whether moves can go sideways
 * @param ficklePassenger whether the passenger can want to go elsewhere once under way
 * @param rainyProbability probability that a move in the rain goes where it was meant to
 * @param fickleProbability probability that an episode's passenger is a fickle one
 * @param actionMask whether observations say which actions would change anything
 */
@RecordBuilder
public record TaxiOptions(
    @Described("moves can go sideways") boolean isRainy,
    @Described("the passenger may choose another destination on the first move with the taxi")
        boolean ficklePassenger,
    @Described(value = "chance that a move in the rain goes as meant", range = Require.UNIT)
        double rainyProbability,
    @Described(value = "chance that an episode's passenger is fickle", range = Require.UNIT)
        double fickleProbability,
    @Described("rule out actions that would change nothing") boolean actionMask)
    implements TaxiOptionsBuilder.With {

  public TaxiOptions {
    Require.unit("rainy_probability", rainyProbability);
    Require.unit("fickle_probability", fickleProbability);
  }

  /** Gymnasium's defaults: dry weather and a steady passenger; with an action mask. */
  public static TaxiOptions defaults() {
    return new TaxiOptions(false, false, 0.8, 0.3, true);
  }
}
