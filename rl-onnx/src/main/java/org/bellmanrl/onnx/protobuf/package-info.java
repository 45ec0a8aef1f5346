/**
 * Writes and reads messages of protocol buffers, as far as ONNX and TensorBoard's event files need
 * them: start at {@link org.bellmanrl.onnx.protobuf.MessageWriter} and {@link
 * org.bellmanrl.onnx.protobuf.MessageReader}. Exported to rl-lab alone.
 */
@NullMarked
package org.bellmanrl.onnx.protobuf;

import org.jspecify.annotations.NullMarked;
