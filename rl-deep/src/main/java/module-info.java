import org.bellmanrl.api.LearnerProvider;
import org.bellmanrl.deep.dqn.Dqn;
import org.bellmanrl.deep.onpolicy.A2c;
import org.bellmanrl.deep.onpolicy.DeepReinforce;
import org.bellmanrl.deep.onpolicy.Ppo;
import org.bellmanrl.deep.sac.Sac;

/** Networks, optimisers, replay and deep learners. */
module org.bellmanrl.deep {
  requires transitive org.bellmanrl.api;
  requires static com.google.auto.service;
  requires static jdk.incubator.vector;
  requires static org.jspecify;

  exports org.bellmanrl.deep.dqn;
  exports org.bellmanrl.deep.network;
  exports org.bellmanrl.deep.onpolicy;
  exports org.bellmanrl.deep.optimizer;
  exports org.bellmanrl.deep.policy;
  exports org.bellmanrl.deep.replay;
  exports org.bellmanrl.deep.sac;

  provides LearnerProvider with
      A2c.Provider,
      DeepReinforce.Provider,
      Dqn.Provider,
      Ppo.Provider,
      Sac.Provider;
}
