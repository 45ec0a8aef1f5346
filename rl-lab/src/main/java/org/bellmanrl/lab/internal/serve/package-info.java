/**
 * A learner, or a policy, for programs that own their loop and run elsewhere: episodes over HTTP.
 *
 * <p>{@link org.bellmanrl.lab.internal.serve.EpisodeService} holds the episodes; {@link
 * org.bellmanrl.lab.internal.serve.EpisodeServer} is its door.
 */
@NullMarked
package org.bellmanrl.lab.internal.serve;

import org.jspecify.annotations.NullMarked;
