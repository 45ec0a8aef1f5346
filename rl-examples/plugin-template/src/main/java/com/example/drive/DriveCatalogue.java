package com.example.drive;

import org.bellmanrl.api.registry.Catalogue;
import org.bellmanrl.api.registry.EnvironmentEntry;
import org.bellmanrl.api.registry.LearnerEntry;
import org.bellmanrl.api.registry.ListenerEntry;
import org.bellmanrl.api.registry.WrapperEntry;

/** Lists what this plugin offers. */
public final class DriveCatalogue implements Catalogue {

  @Override
  public void list(Offers offers) {
    offers.add(
        EnvironmentEntry.of(
            "example/Signpost-v1",
            "a road in fog: remember the signpost until the junction",
            Signpost.Options::defaults,
            options -> new Signpost(options.length())));
    offers.add(
        EnvironmentEntry.of(
            "example/TwoLaneDrive-v1",
            "a drive without end past slower cars in two lanes",
            TwoLaneDriveOptions::defaults,
            TwoLaneDrive::new));
    offers.add(
        WrapperEntry.of(
            "example/fog",
            "now and then shows the last clear observation once more",
            () -> new Fog(0.2)));
    offers.add(
        LearnerEntry.of(
            DifferentialQLearning.ID,
            "off-policy control of the reward per step (Wan, Naik & Sutton, 2021)",
            DifferentialQLearning.ACCEPTS,
            DifferentialQLearning.Config::defaults,
            DifferentialQLearning::new));
    offers.add(
        ListenerEntry.of(
            "example/streak",
            "stops training after so many good episodes in a row",
            () -> new Streak.Options(10, 0.5),
            (context, options) -> new Streak(options)));
  }
}
