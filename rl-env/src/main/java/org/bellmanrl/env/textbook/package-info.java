/**
 * Small tasks of Sutton and Barto's textbook, each made to show one thing: {@link
 * org.bellmanrl.env.textbook.KArmedBandit} and {@link org.bellmanrl.env.textbook.ContextualBandit}
 * exploration, {@link org.bellmanrl.env.textbook.Gambler} and {@link
 * org.bellmanrl.env.textbook.CarRental} dynamic programming, {@link
 * org.bellmanrl.env.textbook.RandomWalk} prediction, {@link
 * org.bellmanrl.env.textbook.WindyGridworld} control, {@link
 * org.bellmanrl.env.textbook.MaximizationBias} how the largest of noisy values misleads, {@link
 * org.bellmanrl.env.textbook.DynaMaze} planning and {@link org.bellmanrl.env.textbook.ChangingMaze}
 * models that turn wrong, {@link org.bellmanrl.env.textbook.AccessControl} rewards per step, {@link
 * org.bellmanrl.env.textbook.ShortCorridor} policies that must be random, {@link
 * org.bellmanrl.env.textbook.BairdCounterexample} divergence.
 *
 * <p><b>Stability:</b> evolving.
 */
@NullMarked
package org.bellmanrl.env.textbook;

import org.jspecify.annotations.NullMarked;
