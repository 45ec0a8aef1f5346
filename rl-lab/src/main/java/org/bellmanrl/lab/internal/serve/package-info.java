/**
 * A learner, or a policy, for programs that own their loop and run elsewhere.
 *
 * <p>{@link org.bellmanrl.lab.internal.serve.EpisodeService} holds the episodes; {@link
 * org.bellmanrl.lab.internal.serve.HttpProtocol} is how they are played over HTTP.
 */
@NullMarked
package org.bellmanrl.lab.internal.serve;

import org.jspecify.annotations.NullMarked;
