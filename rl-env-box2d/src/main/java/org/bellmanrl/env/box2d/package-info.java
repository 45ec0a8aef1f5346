/**
 * Tasks with rigid bodies, over the native library Box2D by way of libGDX: {@link
 * org.bellmanrl.env.box2d.LunarLander} and {@link org.bellmanrl.env.box2d.BipedalWalker}.
 *
 * <p>They follow the environments of those names in Gymnasium 1.3.0 (Towers et al., 2024). The
 * native library is unpacked into {@code java.io.tmpdir} and loaded at the first reset; a JVM
 * without {@code --enable-native-access=ALL-UNNAMED} warns about that.
 *
 * <p>Environments of one thread each may run side by side; each has its own native world, which
 * {@link org.bellmanrl.api.Environment#close()} frees.
 *
 * <p><b>Stability:</b> evolving.
 */
@NullMarked
package org.bellmanrl.env.box2d;

import org.jspecify.annotations.NullMarked;
