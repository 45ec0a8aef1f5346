package org.bellmanrl.deep.dqn;

import org.bellmanrl.deep.network.LayerSpec;
import org.bellmanrl.deep.network.NetworkSpec;

/**
 * The networks of a {@link DeepControl}, which share their parameters, but for those of the target
 * network: what is computed of an observation differs by what it is for.
 *
 * @param learning what learns, at S
 * @param next what the target network computes at S'
 * @param choosing what decides on the action at S'
 * @param values one value per action, to act by
 */
record ControlNetworks(
    NetworkSpec learning, NetworkSpec next, NetworkSpec choosing, NetworkSpec values) {
  /**
   * The same outputs everywhere.
   *
   * @param reading layers without parameters that turn all outputs into a value per action
   */
  static ControlNetworks of(NetworkSpec spec, LayerSpec... reading) {
    return new ControlNetworks(spec, spec, spec, spec.followedBy(reading));
  }
}
