package org.bellmanrl.deep;

import org.bellmanrl.api.registry.Catalogue;
import org.bellmanrl.api.registry.LearnerEntry;
import org.bellmanrl.api.registry.Offers;
import org.bellmanrl.deep.dqn.Dqn;
import org.bellmanrl.deep.dqn.DqnConfig;
import org.bellmanrl.deep.onpolicy.A2c;
import org.bellmanrl.deep.onpolicy.DeepReinforce;
import org.bellmanrl.deep.onpolicy.Ppo;
import org.bellmanrl.deep.sac.Sac;

/** Lists the deep learners of this module. */
public final class DeepCatalogue implements Catalogue {

  @Override
  public void list(Offers offers) {
    dqn(offers);
    onPolicy(offers);
    sac(offers);
  }

  private static void dqn(Offers offers) {
    offers.add(
        LearnerEntry.ofNetworks(
            "dqn",
            "deep Q-network (Mnih et al., 2015), with double, dueling, prioritised, n-step, noisy",
            Dqn.accepts(),
            DqnConfig::defaults,
            Dqn::new));
  }

  private static void onPolicy(Offers offers) {
    offers.add(
        LearnerEntry.ofNetworks(
            "a2c",
            "advantage actor-critic with networks (Mnih et al., 2016)",
            A2c.accepts(),
            A2c.Config::defaults,
            A2c::new));
    offers.add(
        LearnerEntry.ofNetworks(
            "deep-reinforce",
            "Monte Carlo policy gradient with networks, with or without a baseline (Williams,"
                + " 1992)",
            DeepReinforce.accepts(),
            DeepReinforce.Config::defaults,
            DeepReinforce::new));
    offers.add(
        LearnerEntry.ofNetworks(
            "ppo",
            "proximal policy optimisation with networks (Schulman et al., 2017)",
            Ppo.accepts(),
            Ppo.Config::defaults,
            Ppo::new));
  }

  private static void sac(Offers offers) {
    offers.add(
        LearnerEntry.ofNetworks(
            "sac",
            "soft actor-critic with twin critics and a learned temperature (Haarnoja et al., 2018)",
            Sac.accepts(),
            Sac.Config::defaults,
            Sac::new));
  }
}
