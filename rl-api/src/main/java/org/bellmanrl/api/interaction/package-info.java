/**
 * Policies and learners meeting environments.
 *
 * <p>{@link org.bellmanrl.api.interaction.Interaction} is the passive state machine; {@link
 * org.bellmanrl.api.interaction.Trainer} and {@link org.bellmanrl.api.interaction.Evaluation} drive
 * it; {@link org.bellmanrl.api.interaction.Simulation} steps an environment by hand.
 *
 * <p><b>Stability:</b> stable.
 */
@NullMarked
package org.bellmanrl.api.interaction;

import org.jspecify.annotations.NullMarked;
