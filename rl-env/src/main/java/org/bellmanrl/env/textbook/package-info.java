/**
 * Small tasks of Sutton and Barto's textbook, each made to show one thing: {@link
 * org.bellmanrl.env.textbook.KArmedBandit} exploration, {@link
 * org.bellmanrl.env.textbook.ShortCorridor} policies that must be random, {@link
 * org.bellmanrl.env.textbook.BairdCounterexample} divergence, {@link
 * org.bellmanrl.env.textbook.RandomWalk} prediction.
 */
@NullMarked
package org.bellmanrl.env.textbook;

import org.jspecify.annotations.NullMarked;
