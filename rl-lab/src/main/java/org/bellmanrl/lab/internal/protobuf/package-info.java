/**
 * Writes messages of protocol buffers, as far as TensorBoard's event files and ONNX need them:
 * start at {@link org.bellmanrl.lab.internal.protobuf.MessageWriter}.
 */
@NullMarked
package org.bellmanrl.lab.internal.protobuf;

import org.jspecify.annotations.NullMarked;
