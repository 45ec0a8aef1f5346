/**
 * Reads policies that other programs wrote as ONNX, and lets them act: start at {@link
 * org.bellmanrl.lab.internal.onnx.OnnxPolicy}. A reader of its own, for what policies consist of:
 * see docs/adr/0008-onnx-reader.md.
 */
@NullMarked
package org.bellmanrl.lab.internal.onnx;

import org.jspecify.annotations.NullMarked;
