/**
 * Tasks whose reward depends on a goal that each episode draws: {@link
 * org.bellmanrl.env.goal.BitFlipping} for discrete actions and {@link
 * org.bellmanrl.env.goal.PointMaze} for real ones. Both tell what a step would have paid for
 * another goal; see {@link org.bellmanrl.api.model.GoalReward}.
 *
 * <p><b>Stability:</b> evolving.
 */
@NullMarked
package org.bellmanrl.env.goal;

import org.jspecify.annotations.NullMarked;
