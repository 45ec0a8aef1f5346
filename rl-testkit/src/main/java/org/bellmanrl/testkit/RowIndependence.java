package org.bellmanrl.testkit;

import org.bellmanrl.api.VectorEnvironment;

/** Checks that what happens in a row doesn't depend on which rows a call lists. */
final class RowIndependence {
  private RowIndependence() {}

  static void check(
      VectorEnvironment environment,
      Player together,
      long[] seeds,
      ActionChooser chooser,
      int steps) {
    try (environment) {
      Player player = new Player(environment, seeds, chooser);
      RowChecks.playSubsets(player, seeds.length, seeds[0], steps);
      for (int row = 0; row < seeds.length; row++) {
        Trace expected = together.trace(row);
        Trace actual = player.trace(row).first(expected.moments().size());
        expected.mustEqual(actual, "which rows are listed together doesn't matter");
      }
    }
  }
}
