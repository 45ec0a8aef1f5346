/**
 * Many environments at once: {@link org.bellmanrl.env.vector.ShardedEnvironments} steps rows by
 * several threads, with the same bits for any number of them.
 *
 * <p>One after the other is {@link org.bellmanrl.api.VectorEnvironment#of}; batched forms are made
 * by the environments themselves ({@code CartPole.batch(options, rows)}).
 *
 * <p><b>Stability:</b> evolving.
 */
@NullMarked
package org.bellmanrl.env.vector;

import org.jspecify.annotations.NullMarked;
