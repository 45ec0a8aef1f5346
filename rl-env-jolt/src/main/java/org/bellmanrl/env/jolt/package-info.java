/**
 * Bodies of boxes, capsules, joints and motors over the native library Jolt Physics (J. Rouwé) by
 * way of jolt-jni: {@link org.bellmanrl.env.jolt.Huggy} the dog, a {@link
 * org.bellmanrl.env.jolt.Crawler} and a {@link org.bellmanrl.env.jolt.Biped}.
 *
 * <p>Start with {@link org.bellmanrl.env.jolt.Fetch}, the task, and {@link
 * org.bellmanrl.env.jolt.Body}, which describes a body of your own. The native library is unpacked
 * into {@code java.io.tmpdir} and loaded at the first reset; a JVM without {@code
 * --enable-native-access=ALL-UNNAMED} warns about that.
 *
 * <p>Environments of one thread each may run side by side; each has its own native world, which
 * {@link org.bellmanrl.api.Environment#close()} frees. The same seed and actions give the same bits
 * in every one of them, in every process and after a restored state.
 *
 * <p><b>Stability:</b> evolving.
 */
@NullMarked
package org.bellmanrl.env.jolt;

import org.jspecify.annotations.NullMarked;
