/**
 * Random numbers that equal NumPy's bit for bit, so that a seed means here what it means in
 * Gymnasium.
 *
 * <p>Start with {@link org.bellmanrl.api.random.RandomStream}, one generator with NumPy's {@code
 * Generator} methods. {@link org.bellmanrl.api.random.Streams} derives independent streams from one
 * master seed, by {@link org.bellmanrl.api.random.Streams.Role} and row; {@link
 * org.bellmanrl.api.random.RandomStreams} holds one stream per row.
 *
 * <p>Nothing in this package is safe for use by several threads at once; each thread needs its own
 * streams.
 *
 * <p><b>Stability:</b> stable.
 */
@NullMarked
package org.bellmanrl.api.random;

import org.jspecify.annotations.NullMarked;
