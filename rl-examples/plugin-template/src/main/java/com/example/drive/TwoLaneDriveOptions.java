package com.example.drive;

import org.bellmanrl.api.options.Described;
import org.bellmanrl.api.options.Require;

/**
 * The options of {@link TwoLaneDrive}.
 *
 * @param sight how many cells ahead the driver sees, in [2, 50]
 * @param traffic probability that a car comes into sight on a clear road, in [0, 1]
 * @param bump what it costs to run into a car, at least 0
 */
public record TwoLaneDriveOptions(
    @Described(value = "cells that the driver sees ahead", range = TwoLaneDriveOptions.SIGHT)
        int sight,
    @Described(value = "chance of a new car on a clear road", range = Require.UNIT) double traffic,
    @Described(value = "cost of running into a car", range = Require.NOT_NEGATIVE) double bump) {
  private static final String SIGHT = "[2, 50]";

  public TwoLaneDriveOptions {
    Require.inRange("sight", sight, SIGHT);
    Require.unit("traffic", traffic);
    Require.notNegative("bump", bump);
  }

  /** Six cells of sight, a new car with probability 0.3, and a cost of 10. */
  public static TwoLaneDriveOptions defaults() {
    return new TwoLaneDriveOptions(6, 0.3, 10);
  }
}
