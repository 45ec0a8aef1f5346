/**
 * Writes and reads messages of protocol buffers, as far as TensorBoard's event files and ONNX need
 * them: start at {@link org.bellmanrl.lab.internal.protobuf.MessageWriter} and {@link
 * org.bellmanrl.lab.internal.protobuf.MessageReader}.
 */
@NullMarked
package org.bellmanrl.lab.internal.protobuf;

import org.jspecify.annotations.NullMarked;
