/**
 * Saving and restoring what a run has learned: {@link org.bellmanrl.api.state.Stateful} objects say
 * once, in {@code carry}, what their state is, and {@link org.bellmanrl.api.state.State} takes it
 * from them or gives it back.
 *
 * <p>Start with {@link org.bellmanrl.api.state.Stateful}; {@link
 * org.bellmanrl.api.state.BinaryState} turns such objects into bytes and files.
 *
 * <p><b>Stability:</b> stable.
 */
@NullMarked
package org.bellmanrl.api.state;

import org.jspecify.annotations.NullMarked;
