package org.bellmanrl.deep.continuous;

import java.util.Arrays;
import org.bellmanrl.api.random.RandomStream;
import org.bellmanrl.deep.network.Activation;
import org.bellmanrl.deep.network.Dense;
import org.bellmanrl.deep.network.Initialisation;
import org.bellmanrl.deep.network.Network;
import org.bellmanrl.deep.network.NetworkSpec;
import org.bellmanrl.deep.network.Trunk;
import org.bellmanrl.deep.optimizer.OptimizerSpec;
import org.bellmanrl.deep.replay.ReplayBatch;

/**
 * Critics as data.
 *
 * @param hidden the layers of each
 * @param count how many there are, at least 1
 * @param targetCritics of how many target networks a target is made, from 1 to their number; 0 if
 *     there are none, and the critics themselves make it
 * @param loss what they learn
 * @param reduction what the policy maximises
 * @param optimizer by which they learn
 */
record CriticsPlan(
    Trunk hidden,
    int count,
    int targetCritics,
    CriticLoss loss,
    CriticReduction reduction,
    OptimizerSpec optimizer) {

  /**
   * Makes the networks.
   *
   * @param random draws the first parameters
   */
  Network[] networks(CriticInputs inputs, RandomStream random) {
    NetworkSpec spec =
        hidden.critic(
            inputs.encoder(),
            inputs.actionSize(),
            new Initialisation.FanIn(),
            new Dense(loss.outputs(), Activation.NONE));
    Network[] networks = new Network[count];
    Arrays.setAll(networks, k -> Network.create(spec, random));
    return networks;
  }

  /**
   * Makes critics.
   *
   * @param networks those that learn
   * @param batch what they learn from
   * @param policyState numbers of the policy's state, behind which theirs stand in a stored state
   * @param noise what is drawn in updates, a stream that the learner carries
   */
  Critics create(
      Network[] networks,
      CriticInputs inputs,
      ReplayBatch batch,
      int policyState,
      RandomStream noise) {
    return targetCritics == 0
        ? new JointCritics(this, networks, inputs, batch, noise)
        : new TargetedCritics(this, networks, inputs, batch, policyState, noise);
  }
}
