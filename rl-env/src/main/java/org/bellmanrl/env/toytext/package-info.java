/**
 * Small tasks with finitely many states, most of them with an exact model: where learning begins.
 *
 * <p>Begin with {@link org.bellmanrl.env.toytext.FrozenLake}. FrozenLake, Taxi, CliffWalking and
 * Blackjack draw the same random numbers and give the same outcomes, step for step, as the
 * environments of those names in Gymnasium 1.3.0 (Towers et al., 2024), and their options have its
 * names; {@link org.bellmanrl.env.toytext.Maze} is our own.
 *
 * <p><b>Stability:</b> evolving.
 */
@NullMarked
package org.bellmanrl.env.toytext;

import org.jspecify.annotations.NullMarked;
