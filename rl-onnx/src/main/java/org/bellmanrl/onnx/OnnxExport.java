package org.bellmanrl.onnx;

import org.bellmanrl.onnx.internal.PolicyGraph;
import org.bellmanrl.policy.ShippedPolicy;

/**
 * Writes a policy as an ONNX model with all that it needs inside.
 *
 * <p>Inputs, each with a batch of rows: {@code observation} in the shape of its space, or one input
 * for each part of a nested one, {@code observation/part}; whole numbers as int64, bits and pixels
 * as uint8; and for tasks with a mask {@code mask}, of truth values. Outputs: {@code outputs},
 * those of the network (values of actions, or preferences, or means), and {@code action} in the
 * shape of its space: choices as int64, numbers clipped to their bounds, or squashed into them.
 *
 * <p>A network with recurrent layers has an input {@code state_in} besides, zeros when an episode
 * begins, and an output {@code state_out}, which is the input of the next step; what is imported
 * here carries the one to the other by itself.
 *
 * <p>A normaliser of observations is computed in double precision, as it is in training. Noise of
 * noisy layers is left out, as in evaluation, and nothing is drawn: a policy that draws its actions
 * becomes one that takes the likeliest.
 *
 * <p>Of a table, {@code outputs} are the numbers of the actions in double precision, and {@code
 * action} is the one of the largest, the first of several: where a table draws among its best
 * actions, or by probabilities, the model takes the first of the likeliest.
 */
public final class OnnxExport {
  private OnnxExport() {}

  /**
   * Writes a policy.
   *
   * @param policy a table or a network, or one of them wrapped; what is {@linkplain
   *     ShippedPolicy#about() known} of it becomes metadata of the model
   * @return the content of a file
   * @throws IllegalArgumentException if the policy is neither, or a table with nested actions
   */
  public static byte[] toBytes(ShippedPolicy policy) {
    return PolicyGraph.write(policy);
  }
}
