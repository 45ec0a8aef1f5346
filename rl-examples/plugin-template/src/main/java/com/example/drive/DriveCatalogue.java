package com.example.drive;

import org.bellmanrl.api.Accepts;
import org.bellmanrl.api.registry.Catalogue;
import org.bellmanrl.api.registry.EnvironmentEntry;
import org.bellmanrl.api.registry.LearnerEntry;
import org.bellmanrl.api.registry.ListenerEntry;
import org.bellmanrl.api.registry.PolicyEntry;
import org.bellmanrl.api.registry.WrapperEntry;
import org.bellmanrl.tabular.learner.ControlConfig;
import org.bellmanrl.tabular.table.Tables;

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
            "example/fog", "repeats the last clear observation at random", () -> new Fog(0.2)));
    offers.add(
        PolicyEntry.of(
            "example/keep-distance",
            "stays in the right lane of the drive, behind the next car",
            KeepDistance::new));
    offers.add(
        LearnerEntry.of(
            "example/differential-q-learning",
            "off-policy control of the reward per step (Wan, Naik & Sutton, 2021)",
            Tables.accepts(),
            DifferentialQLearning.Config::defaults,
            DifferentialQLearning::new));
    offers.add(
        LearnerEntry.of(
            "example/advantage-learning",
            "Q-learning with wider gaps between actions (Bellemare et al., 2016)",
            Tables.accepts(),
            ControlConfig::defaults,
            AdvantageLearning::new));
    offers.add(
        LearnerEntry.ofNetworks(
            "example/deep-q-learning",
            "DQN in its shortest form (Mnih et al., 2015)",
            Accepts.discreteActions(),
            DeepQLearning::defaults,
            DeepQLearning::new));
    offers.add(
        ListenerEntry.of(
            "example/streak",
            "stops training after a number of good episodes in a row",
            Streak.Options::defaults,
            (context, options) -> new Streak(options)));
  }
}
