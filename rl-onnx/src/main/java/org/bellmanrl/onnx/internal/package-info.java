/**
 * How policies are written as ONNX ({@link org.bellmanrl.onnx.internal.PolicyGraph}) and models are
 * bound to tasks ({@link org.bellmanrl.onnx.internal.OnnxImporter}): see
 * docs/adr/0016-rooms-for-policies.md.
 */
@NullMarked
package org.bellmanrl.onnx.internal;

import org.jspecify.annotations.NullMarked;
