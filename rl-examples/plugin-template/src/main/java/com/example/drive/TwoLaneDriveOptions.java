package com.example.drive;

import org.bellmanrl.api.options.Described;

/**
 * The options of {@link TwoLaneDrive}.
 *
 * @param sight how many cells ahead the driver sees, in [2, 50]; with few the road is as in fog
 * @param traffic probability that a car comes into sight on a clear road, in [0, 1]
 * @param bump what it costs to run into a car, at least 0
 */
public record TwoLaneDriveOptions(
    @Described(value = "cells that the driver sees ahead", range = "2 to 50") int sight,
    @Described(value = "chance of a new car on a clear road", range = "[0, 1]") double traffic,
    @Described(value = "cost of running into a car", range = "0 or more") double bump) {

  public TwoLaneDriveOptions {
    if (sight < 2 || sight > 50) {
      throw new IllegalArgumentException("sight must be in [2, 50], was " + sight);
    }
    if (!(traffic >= 0 && traffic <= 1)) {
      throw new IllegalArgumentException("traffic must be in [0, 1], was " + traffic);
    }
    if (!(bump >= 0 && bump < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("bump must be at least 0 and finite, was " + bump);
    }
  }

  /** Six cells of sight, a car in every third step, and a bump as dear as ten cells. */
  public static TwoLaneDriveOptions defaults() {
    return new TwoLaneDriveOptions(6, 0.3, 10);
  }
}
