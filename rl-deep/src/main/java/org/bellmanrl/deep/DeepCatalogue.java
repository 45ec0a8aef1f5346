package org.bellmanrl.deep;

import org.bellmanrl.api.registry.Catalogue;
import org.bellmanrl.api.registry.LearnerEntry;
import org.bellmanrl.api.registry.WrapperEntry;
import org.bellmanrl.deep.continuous.CrossQ;
import org.bellmanrl.deep.continuous.Ddpg;
import org.bellmanrl.deep.continuous.Sac;
import org.bellmanrl.deep.continuous.Td3;
import org.bellmanrl.deep.continuous.Tqc;
import org.bellmanrl.deep.dqn.C51;
import org.bellmanrl.deep.dqn.Dqn;
import org.bellmanrl.deep.dqn.DqnConfig;
import org.bellmanrl.deep.dqn.Iqn;
import org.bellmanrl.deep.dqn.MunchausenDqn;
import org.bellmanrl.deep.dqn.Pqn;
import org.bellmanrl.deep.dqn.QrDqn;
import org.bellmanrl.deep.dqn.StreamQ;
import org.bellmanrl.deep.exploration.RandomNetworkDistillation;
import org.bellmanrl.deep.onpolicy.A2c;
import org.bellmanrl.deep.onpolicy.DeepReinforce;
import org.bellmanrl.deep.onpolicy.Impala;
import org.bellmanrl.deep.onpolicy.Ppo;
import org.bellmanrl.deep.onpolicy.StreamAc;

/** Lists the deep learners of this module, and its wrapper. */
public final class DeepCatalogue implements Catalogue {

  @Override
  public void list(Offers offers) {
    dqn(offers);
    onPolicy(offers);
    continuous(offers);
    streaming(offers);
    offers.add(
        WrapperEntry.of(
                "rnd",
                "add a reward for what a network cannot predict yet (Burda et al., 2019)",
                RandomNetworkDistillation::new)
            .ofNetworks()
            .ofRewards());
  }

  private static void dqn(Offers offers) {
    offers.add(
        LearnerEntry.ofNetworks(
            Dqn.ID,
            "deep Q-network (Mnih et al., 2015), with double, dueling, prioritised, n-step, noisy",
            Dqn.accepts(),
            DqnConfig::defaults,
            Dqn::new));
    offers.add(
        LearnerEntry.ofNetworks(
            "r2d2",
            "DQN with memory: a recurrent network, replayed sequences, rescaled values"
                + " (Kapturowski et al., 2019)",
            Dqn.accepts(),
            DqnConfig::r2d2,
            Dqn::new));
    offers.add(
        LearnerEntry.ofNetworks(
            QrDqn.ID,
            "DQN that learns quantiles of the return (Dabney et al., 2018)",
            QrDqn.accepts(),
            QrDqn.Config::defaults,
            QrDqn::new));
    offers.add(
        LearnerEntry.ofNetworks(
            Iqn.ID,
            "DQN that learns quantiles of the return at any fraction (Dabney et al., 2018)",
            Iqn.accepts(),
            Iqn.Config::defaults,
            Iqn::new));
    offers.add(
        LearnerEntry.ofNetworks(
            C51.ID,
            "DQN that learns the distribution of the return over atoms (Bellemare et al., 2017)",
            C51.accepts(),
            C51.Config::defaults,
            C51::new));
    offers.add(
        LearnerEntry.ofNetworks(
            "rainbow",
            "c51, double, dueling, prioritised, n-step and noisy at once (Hessel et al., 2018)",
            C51.accepts(),
            C51.Config::rainbow,
            C51::new));
    offers.add(
        LearnerEntry.ofNetworks(
            MunchausenDqn.ID,
            "DQN that adds the logarithm of its policy to the reward (Vieillard et al., 2020)",
            MunchausenDqn.accepts(),
            MunchausenDqn.Config::defaults,
            MunchausenDqn::new));
    offers.add(
        LearnerEntry.ofNetworks(
            Pqn.ID,
            "Q-network on policy, from many environments, without replay and target (Gallici et"
                + " al., 2024)",
            Pqn.accepts(),
            Pqn.Config::defaults,
            Pqn::new));
    offers.add(
        LearnerEntry.ofNetworks(
            StreamQ.ID,
            "Q-learning with traces and a network, from each step once (Elsayed et al., 2024)",
            StreamQ.accepts(),
            StreamQ.Config::defaults,
            StreamQ::new));
  }

  private static void onPolicy(Offers offers) {
    offers.add(
        LearnerEntry.ofNetworks(
            A2c.ID,
            "advantage actor-critic with networks (Mnih et al., 2016)",
            A2c.accepts(),
            A2c.Config::defaults,
            A2c::new));
    offers.add(
        LearnerEntry.ofNetworks(
            Impala.ID,
            "actor-critic whose behaviour may lag behind, by V-trace (Espeholt et al., 2018)",
            Impala.accepts(),
            Impala.Config::defaults,
            Impala::new));
    offers.add(
        LearnerEntry.ofNetworks(
            DeepReinforce.ID,
            "Monte Carlo policy gradient with networks, with or without a baseline (Williams,"
                + " 1992)",
            DeepReinforce.accepts(),
            DeepReinforce.Config::defaults,
            DeepReinforce::new));
    offers.add(
        LearnerEntry.ofNetworks(
            Ppo.ID,
            "proximal policy optimisation with networks (Schulman et al., 2017)",
            Ppo.accepts(),
            Ppo.Config::defaults,
            Ppo::new));
  }

  private static void streaming(Offers offers) {
    offers.add(
        LearnerEntry.ofNetworks(
            StreamAc.ID,
            "actor-critic with traces and networks, from each step once (Elsayed et al., 2024)",
            StreamAc.accepts(),
            StreamAc.Config::defaults,
            StreamAc::new));
  }

  private static void continuous(Offers offers) {
    offers.add(
        LearnerEntry.ofNetworks(
            Ddpg.ID,
            "deep deterministic policy gradient (Lillicrap et al., 2016)",
            Ddpg.accepts(),
            Ddpg.Config::defaults,
            Ddpg::new));
    offers.add(
        LearnerEntry.ofNetworks(
            Td3.ID,
            "DDPG with twin critics, delayed and smoothed (Fujimoto et al., 2018)",
            Td3.accepts(),
            Td3.Config::defaults,
            Td3::new));
    offers.add(
        LearnerEntry.ofNetworks(
            Sac.ID,
            "soft actor-critic with twin critics and a learned temperature (Haarnoja et al., 2018)",
            Sac.accepts(),
            Sac.Config::defaults,
            Sac::new));
    offers.add(
        LearnerEntry.ofNetworks(
            Tqc.ID,
            "SAC with truncated quantile critics (Kuznetsov et al., 2020)",
            Tqc.accepts(),
            Tqc.Config::defaults,
            Tqc::new));
    offers.add(
        LearnerEntry.ofNetworks(
            CrossQ.ID,
            "SAC with batch normalisation instead of target networks (Bhatt et al., 2024)",
            CrossQ.accepts(),
            CrossQ.Config::defaults,
            CrossQ::new));
  }
}
