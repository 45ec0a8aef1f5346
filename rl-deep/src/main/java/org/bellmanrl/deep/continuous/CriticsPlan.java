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

/**
 * Critics as data.
 *
 * @param hidden the layers of each
 * @param count how many there are, at least 1
 * @param targetCritics of how many target networks a target is made, from 1 to their number; 0 if
 *     there are none, and the critics themselves make it
 * @param loss what they learn
 * @param combination what the policy maximises
 * @param optimizer by which they learn
 */
record CriticsPlan(
    Trunk hidden,
    int count,
    int targetCritics,
    CriticLoss loss,
    Combination combination,
    OptimizerSpec optimizer) {

  /**
   * Makes critics for batches of so many rows.
   *
   * @param random draws the first parameters
   * @param noise what is drawn in updates, a stream that the learner carries
   */
  Critics create(Inputs inputs, int rows, RandomStream random, RandomStream noise) {
    NetworkSpec spec =
        hidden.critic(
            inputs.encoder(),
            inputs.actionSize(),
            new Initialisation.FanIn(),
            new Dense(loss.outputs(), Activation.NONE));
    Network[] networks = new Network[count];
    Arrays.setAll(networks, k -> Network.create(spec, random));
    return targetCritics == 0
        ? new JointCritics(networks, inputs, rows, loss, combination, optimizer, noise)
        : new TargetedCritics(
            networks, inputs, rows, loss, combination, targetCritics, optimizer, noise);
  }
}
