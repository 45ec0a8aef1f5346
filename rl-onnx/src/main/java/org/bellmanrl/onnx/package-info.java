/**
 * Policies in ONNX, the exchange format of neural networks and other models.
 *
 * <p>Out: {@link org.bellmanrl.onnx.OnnxExport} writes a learned table or network.
 *
 * <p>In: with this module and ONNX Runtime on the path, {@code Policies.load(file, task, options)}
 * of rl-policy runs models of PyTorch, Stable-Baselines3, scikit-learn and other programs. Inputs
 * and outputs are bound to the task by their names, types and shapes; what could mean two things is
 * refused with the name of the input or output, and an option says what is meant:
 *
 * <ul>
 *   <li>{@code output}: the name of the output that is the action, or that scores the actions;
 *   <li>{@code layout}: {@code channels-first} or {@code channels-last}, how the model takes
 *       pictures whose declared shape allows both;
 *   <li>{@code state}: {@code IN=OUT,IN=OUT}, the inputs that take at each step what an output gave
 *       at the step before, and zeros when an episode begins.
 * </ul>
 *
 * <p>An input belongs to the part of the observation that it is called after ({@code
 * observation/part}, or the part's own name), in any order; the only input takes the only part
 * whatever its name, and an input {@code mask} or {@code action_mask} takes the mask. Whole numbers
 * enter an input of real numbers one-hot if it has as many elements as they have values. Pictures
 * keep their range of 0 to 255. A model with a fixed batch gets the same row as often as it wants.
 *
 * <p>Of an output, whole numbers are the action itself, and real numbers score the choices of
 * actions that are whole numbers, or are actions that are real numbers, clipped to their bounds.
 * For a model whose actions are scaled to [−1, 1], wrap the task with {@code rescale-action}.
 *
 * <p>ONNX Runtime 1.29 reports to Microsoft what it runs, unless the environment variable {@code
 * ORT_DISABLE_TELEMETRY} is set. This module sets it in its own process before the library is
 * loaded, where it is not set and the system is not Windows; that and loading the library need
 * {@code --enable-native-access} for this module and ONNX Runtime's, or the JVM warns. A program
 * that loads ONNX Runtime itself, earlier, decides for itself.
 *
 * <p><b>Stability:</b> evolving.
 */
@NullMarked
package org.bellmanrl.onnx;

import org.jspecify.annotations.NullMarked;
