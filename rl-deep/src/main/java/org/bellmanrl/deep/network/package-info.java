/**
 * Small neural networks for a CPU: a {@link org.bellmanrl.deep.network.NetworkSpec} describes one
 * as data, a {@link org.bellmanrl.deep.network.Network} holds its parameters in one {@code
 * float[]}, and a {@link org.bellmanrl.deep.network.Workspace} holds the numbers of one batch.
 *
 * <p>A learner computes the gradient of its loss with respect to the network's outputs, and the
 * network carries it back:
 *
 * <pre>{@code
 * Network network = Network.create(NetworkSpec.mlp(4, 2, Activation.RELU, 64, 64), random);
 * Workspace batch = network.workspace(64, Workspace.Use.TRAINING);
 * float[] gradients = network.newVector();
 *
 * // fill batch.inputs(), row after row
 * network.forward(batch, 64);
 * // read batch.outputs(), write batch.outputGradients()
 * network.backward(batch, 64, gradients);
 * network.step(optimizer, gradients, learningRate, 1f);
 * }</pre>
 *
 * <p>Nothing is allocated once the workspace exists. The same parameters and inputs give the same
 * bits on every machine that runs the same build, whatever the kernel ({@link
 * org.bellmanrl.deep.network.Network#kernel}), and a row's result does not depend on the batch that
 * it stands in.
 *
 * <p><b>Stability:</b> evolving.
 */
@NullMarked
package org.bellmanrl.deep.network;

import org.jspecify.annotations.NullMarked;
