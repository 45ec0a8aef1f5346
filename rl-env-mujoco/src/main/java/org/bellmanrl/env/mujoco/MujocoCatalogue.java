package org.bellmanrl.env.mujoco;

import org.bellmanrl.api.registry.Catalogue;
import org.bellmanrl.api.registry.EnvironmentEntry;

/** Lists Gymnasium's MuJoCo tasks and the one for any model. */
public final class MujocoCatalogue implements Catalogue {

  @Override
  public void list(Offers offers) {
    offers.add(
        EnvironmentEntry.of(
            "Ant-v5", "walk forward on four legs (MuJoCo)", AntOptions::defaults, Ant::new));
    offers.add(
        EnvironmentEntry.of(
            "HalfCheetah-v5",
            "run forward on two legs in a plane (MuJoCo)",
            HalfCheetahOptions::defaults,
            HalfCheetah::new));
    offers.add(
        EnvironmentEntry.of(
            "Hopper-v5",
            "hop forward on one leg in a plane (MuJoCo)",
            HopperOptions::defaults,
            Hopper::new));
    offers.add(
        EnvironmentEntry.of(
            "Humanoid-v5",
            "walk forward with a humanoid (MuJoCo)",
            HumanoidOptions::defaults,
            Humanoid::new));
    offers.add(
        EnvironmentEntry.of(
            "HumanoidStandup-v5",
            "stand up with a humanoid (MuJoCo)",
            HumanoidStandupOptions::defaults,
            HumanoidStandup::new));
    offers.add(
        EnvironmentEntry.of(
            "InvertedDoublePendulum-v5",
            "balance a pole on a pole on a cart (MuJoCo)",
            InvertedDoublePendulumOptions::defaults,
            InvertedDoublePendulum::new));
    offers.add(
        EnvironmentEntry.of(
            "InvertedPendulum-v5",
            "balance a pole on a cart (MuJoCo)",
            InvertedPendulumOptions::defaults,
            InvertedPendulum::new));
    offers.add(
        EnvironmentEntry.of(
            "Pusher-v5",
            "push an object to a goal with an arm (MuJoCo)",
            PusherOptions::defaults,
            Pusher::new));
    offers.add(
        EnvironmentEntry.of(
            "Reacher-v5",
            "reach for a target with an arm of two segments (MuJoCo)",
            ReacherOptions::defaults,
            Reacher::new));
    offers.add(
        EnvironmentEntry.of(
            ReacherGoal.ID,
            "reach for a target with an arm; only being there is rewarded (MuJoCo)",
            ReacherGoal.Options::defaults,
            ReacherGoal::new));
    offers.add(
        EnvironmentEntry.of(
            "Swimmer-v5",
            "swim forward with three segments (MuJoCo)",
            SwimmerOptions::defaults,
            Swimmer::new));
    offers.add(
        EnvironmentEntry.of(
            "Walker2d-v5",
            "walk forward on two legs in a plane (MuJoCo)",
            Walker2dOptions::defaults,
            Walker2d::new));
    offers.add(
        EnvironmentEntry.of(
            CustomRobot.ID,
            "move a MuJoCo model of your own, rewarded by a class of your own",
            CustomRobotOptions::defaults,
            CustomRobot::new));
  }
}
