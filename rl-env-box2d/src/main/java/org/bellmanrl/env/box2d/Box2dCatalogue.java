package org.bellmanrl.env.box2d;

import org.bellmanrl.api.registry.Catalogue;
import org.bellmanrl.api.registry.EnvironmentEntry;
import org.bellmanrl.api.registry.PolicyEntry;

/** Lists the environments over Box2D of this module. */
public final class Box2dCatalogue implements Catalogue {

  @Override
  public void list(Offers offers) {
    offers.add(
        PolicyEntry.of(
            "lander-heuristic",
            "lands LunarLander-v3 and LunarLanderContinuous-v3 by two controllers",
            LanderHeuristic::new));
    offers.add(
        PolicyEntry.of(
            "walker-heuristic",
            "walks BipedalWalker-v3 by a gait of three phases",
            WalkerGait::new));
    offers.add(
        EnvironmentEntry.of(
            "BipedalWalkerHardcore-v3",
            "walk on two legs over stumps, stairs and pits",
            () -> new BipedalWalkerOptions(true),
            options -> new BipedalWalker("BipedalWalkerHardcore-v3", 2000, options)));
    offers.add(
        EnvironmentEntry.of(
            "BipedalWalker-v3",
            "walk on two legs over slightly uneven ground",
            BipedalWalkerOptions::defaults,
            BipedalWalker::new));
    offers.add(
        EnvironmentEntry.of(
            "LunarLanderContinuous-v3",
            "land a craft on a pad by throttling its engines",
            () -> LunarLanderOptions.defaults().withContinuous(true),
            options -> new LunarLander("LunarLanderContinuous-v3", 1000, options)));
    offers.add(
        EnvironmentEntry.of(
            "LunarLander-v3",
            "land a craft on a pad by switching its engines",
            LunarLanderOptions::defaults,
            LunarLander::new));
  }
}
