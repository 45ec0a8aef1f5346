/**
 * What environments, policies, value functions, learners and listeners are.
 *
 * <p>To bring a task, start at {@link org.bellmanrl.api.Environment}; to bring a method, at {@link
 * org.bellmanrl.api.Learner}; to train, at {@link org.bellmanrl.api.interaction.Trainer}.
 *
 * <p><b>Stability:</b> stable.
 */
@NullMarked
package org.bellmanrl.api;

import org.jspecify.annotations.NullMarked;
