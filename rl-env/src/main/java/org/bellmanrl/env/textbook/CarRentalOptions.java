package org.bellmanrl.env.textbook;

import org.bellmanrl.api.options.Described;
import org.bellmanrl.api.options.Require;

/**
 * The options of {@link CarRental}.
 *
 * @param freeShuttle whether the first car moved from the first place to the second costs nothing
 * @param parkingCost what each place costs a night if more than 10 cars stay there, at least 0
 * @param drawnIncome whether a day pays what was let instead of what its morning lets expect
 * @param maxEpisodeSteps after how many days an episode is cut; 0 for never
 */
public record CarRentalOptions(
    @Described("whether one car a night is moved from the first place to the second for nothing")
        boolean freeShuttle,
    @Described(
            value = "cost of a night with more than 10 cars at a place",
            range = Require.NOT_NEGATIVE)
        double parkingCost,
    @Described("whether a day pays what was let, instead of what its morning lets expect")
        boolean drawnIncome,
    @Described(value = "days until an episode is cut; 0 for never", range = Require.NOT_NEGATIVE)
        int maxEpisodeSteps) {
  public CarRentalOptions {
    Require.notNegative("parking_cost", parkingCost);
    Require.atLeast("max_episode_steps", maxEpisodeSteps, 0);
  }

  /** Example 4.2, in episodes of 100 days. */
  public static CarRentalOptions defaults() {
    return new CarRentalOptions(false, 0, false, 100);
  }

  /** Exercise 4.7: an employee takes one car along, and full car parks cost 4. */
  public static CarRentalOptions withShuttleAndParking() {
    return new CarRentalOptions(true, 4, false, 100);
  }

  /** The same, paying what was let. */
  public CarRentalOptions withDrawnIncome() {
    return new CarRentalOptions(freeShuttle, parkingCost, true, maxEpisodeSteps);
  }
}
