/**
 * From the outputs of a network to actions: an {@link
 * org.bellmanrl.deep.internal.action.OutputReader} says what the outputs mean, and a {@link
 * org.bellmanrl.deep.internal.action.NetworkActor} runs the network and reads them.
 */
@NullMarked
package org.bellmanrl.deep.internal.action;

import org.jspecify.annotations.NullMarked;
