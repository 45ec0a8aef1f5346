/**
 * MinAtar: five Atari games reduced to a board of 10 × 10 cells (K. Young and T. Tian, "MinAtar: An
 * Atari-Inspired Testbed for Thorough and Reproducible Reinforcement Learning Experiments", 2019).
 *
 * <p>An observation is a uint8 Box of 10 × 10 × channels, each element 0 or 1: one binary plane for
 * each kind of thing on the board, and planes for the trails that tell which way things move. The
 * actions are none, left, up, right, down and fire, of which each game has a minimal set.
 *
 * <p>Step for step the games are MinAtar's, except that they draw from NumPy's {@code Generator}
 * with PCG64 where MinAtar draws from a {@code RandomState}. The original has no episode limit, and
 * neither have these; put a {@link org.bellmanrl.env.wrapper.TimeLimit} around a game that is to be
 * cut.
 *
 * <p><b>Stability:</b> evolving.
 */
@NullMarked
package org.bellmanrl.env.minatar;

import org.jspecify.annotations.NullMarked;
