/**
 * Doom-like tasks: the world in the first person, drawn by ray casting.
 *
 * <p>The tasks follow scenarios that ViZDoom documents (M. Wydmuch, M. Kempka and W. Jaśkowski,
 * "ViZDoom Competitions: Playing Doom from Pixels", 2018): their rules, buttons and rewards. World,
 * textures and figures are made by formulas here and belong to no game.
 *
 * <p>An observation is a uint8 Box of height × width × channels: grey values or RGB, followed by a
 * plane of distances and an automap if the options ask for them. Action 0 presses no button, action
 * {@code i} the task's button {@code i}, for {@code frame_skip} tics, of which a second would have
 * 35; the reward is the sum of theirs. Lengths are in cells of the map, which stand for 64 of
 * Doom's units.
 *
 * <p>Drawing uses additions, multiplications, divisions, square roots and tables only, so that
 * every platform sees the same bits.
 *
 * <p><b>Stability:</b> evolving.
 */
@NullMarked
package org.bellmanrl.env.raycast;

import org.jspecify.annotations.NullMarked;
