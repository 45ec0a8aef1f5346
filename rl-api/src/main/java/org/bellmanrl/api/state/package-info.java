/**
 * Saving and restoring what a run has learned: {@link org.bellmanrl.api.state.Stateful} objects
 * write themselves to a {@link org.bellmanrl.api.state.StateWriter} and read themselves back from a
 * {@link org.bellmanrl.api.state.StateReader}.
 *
 * <p>Start with {@link org.bellmanrl.api.state.Stateful}; {@link
 * org.bellmanrl.api.state.BinaryState} turns such objects into bytes and files.
 *
 * <p><b>Stability:</b> stable.
 */
@NullMarked
package org.bellmanrl.api.state;

import org.jspecify.annotations.NullMarked;
