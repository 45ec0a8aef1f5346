/**
 * The environments that come with Bellman. Each package below holds one family; an environment is
 * made from its options ({@code new FrozenLake(FrozenLakeOptions.defaults())}) or found by its id
 * in a {@link org.bellmanrl.api.registry.Registry}. Wrappers are in {@link
 * org.bellmanrl.env.wrapper}.
 *
 * <table>
 * <caption>What there is</caption>
 * <tr><th>id</th><th>class</th><th>observation</th><th>actions</th><th>limit</th><th>exact model</th></tr>
 * <tr><td>{@code Acrobot-v1}</td>
 *     <td>{@link org.bellmanrl.env.classic.Acrobot Acrobot}</td>
 *     <td>Box of 6</td><td>3</td><td>500</td><td>no</td></tr>
 * <tr><td>{@code Baird-v1}</td>
 *     <td>{@link org.bellmanrl.env.textbook.BairdCounterexample BairdCounterexample}</td>
 *     <td>Box of 8</td><td>2</td><td>1000</td><td>no</td></tr>
 * <tr><td>{@code BitFlipping-v1}</td>
 *     <td>{@link org.bellmanrl.env.goal.BitFlipping BitFlipping}</td>
 *     <td>Dict of three Boxes of 8</td><td>8</td><td>8</td><td>no</td></tr>
 * <tr><td>{@code Blackjack-v1}</td>
 *     <td>{@link org.bellmanrl.env.toytext.Blackjack Blackjack}</td>
 *     <td>Tuple of 32, 11 and 2</td><td>2</td><td>none</td>
 *     <td>with {@code sab=false}, {@code natural=false}</td></tr>
 * <tr><td>{@code CartPole-v1}</td>
 *     <td>{@link org.bellmanrl.env.classic.CartPole CartPole}</td>
 *     <td>Box of 4</td><td>2</td><td>500</td><td>no</td></tr>
 * <tr><td>{@code CliffWalking-v1}</td>
 *     <td>{@link org.bellmanrl.env.toytext.CliffWalking CliffWalking}</td>
 *     <td>Discrete(48)</td><td>4</td><td>none</td><td>yes</td></tr>
 * <tr><td>{@code CliffWalkingSlippery-v1}</td>
 *     <td>{@link org.bellmanrl.env.toytext.CliffWalking CliffWalking}</td>
 *     <td>Discrete(48)</td><td>4</td><td>none</td><td>yes</td></tr>
 * <tr><td>{@code CountRecall-v1}</td>
 *     <td>{@link org.bellmanrl.env.diagnostic.CountRecall CountRecall}</td>
 *     <td>MultiDiscrete(2, 2)</td><td>7</td><td>none, 12 steps</td><td>no</td></tr>
 * <tr><td>{@code DeepSea-v1}</td>
 *     <td>{@link org.bellmanrl.env.diagnostic.DeepSea DeepSea}</td>
 *     <td>Discrete(100), or as many</td><td>2</td><td>none, 10 steps</td><td>yes</td></tr>
 * <tr><td>{@code DictTask-v1}</td>
 *     <td>{@link org.bellmanrl.env.diagnostic.DictTask DictTask}</td>
 *     <td>Dict of 3 and a Box</td><td>6</td><td>50</td><td>no</td></tr>
 * <tr><td>{@code EndlessReward-v1}</td>
 *     <td>{@link org.bellmanrl.env.diagnostic.EndlessReward EndlessReward}</td>
 *     <td>Discrete(1)</td><td>1</td><td>10</td><td>yes</td></tr>
 * <tr><td>{@code FrozenLake-v1}</td>
 *     <td>{@link org.bellmanrl.env.toytext.FrozenLake FrozenLake}</td>
 *     <td>Discrete(16), or the size of the map</td><td>4</td><td>100</td><td>yes</td></tr>
 * <tr><td>{@code FrozenLake8x8-v1}</td>
 *     <td>{@link org.bellmanrl.env.toytext.FrozenLake FrozenLake}</td>
 *     <td>Discrete(64)</td><td>4</td><td>200</td><td>yes</td></tr>
 * <tr><td>{@code GivenRewards-v1}</td>
 *     <td>{@link org.bellmanrl.env.diagnostic.GivenRewards GivenRewards}</td>
 *     <td>Discrete(10), or one for each reward</td><td>1</td><td>none</td><td>yes</td></tr>
 * <tr><td>{@code Identity-v1}</td>
 *     <td>{@link org.bellmanrl.env.diagnostic.Identity Identity}</td>
 *     <td>Discrete(4)</td><td>4</td><td>100</td><td>yes</td></tr>
 * <tr><td>{@code MaskedTask-v1}</td>
 *     <td>{@link org.bellmanrl.env.diagnostic.MaskedTask MaskedTask}</td>
 *     <td>Discrete(4)</td><td>4, masked</td><td>50</td><td>yes</td></tr>
 * <tr><td>{@code Maze-v1}</td>
 *     <td>{@link org.bellmanrl.env.toytext.Maze Maze}</td>
 *     <td>Discrete(110), or the size of the map</td><td>4</td><td>10 per open place</td>
 *     <td>yes</td></tr>
 * <tr><td>{@code Memory-v1}</td>
 *     <td>{@link org.bellmanrl.env.diagnostic.Memory Memory}</td>
 *     <td>Discrete(4)</td><td>2</td><td>none, 6 steps</td><td>no</td></tr>
 * <tr><td>{@code MinAtar/Asterix-v1}</td>
 *     <td>{@link org.bellmanrl.env.minatar.Asterix Asterix}</td>
 *     <td>10 × 10 × 4 bits</td><td>5</td><td>none</td><td>no</td></tr>
 * <tr><td>{@code MinAtar/Breakout-v1}</td>
 *     <td>{@link org.bellmanrl.env.minatar.Breakout Breakout}</td>
 *     <td>10 × 10 × 4 bits</td><td>3</td><td>none</td><td>no</td></tr>
 * <tr><td>{@code MinAtar/Freeway-v1}</td>
 *     <td>{@link org.bellmanrl.env.minatar.Freeway Freeway}</td>
 *     <td>10 × 10 × 7 bits</td><td>3</td><td>none, 2501 steps</td><td>no</td></tr>
 * <tr><td>{@code MinAtar/Seaquest-v1}</td>
 *     <td>{@link org.bellmanrl.env.minatar.Seaquest Seaquest}</td>
 *     <td>10 × 10 × 10 bits</td><td>6</td><td>none</td><td>no</td></tr>
 * <tr><td>{@code MinAtar/SpaceInvaders-v1}</td>
 *     <td>{@link org.bellmanrl.env.minatar.SpaceInvaders SpaceInvaders}</td>
 *     <td>10 × 10 × 6 bits</td><td>4</td><td>none</td><td>no</td></tr>
 * <tr><td>{@code MountainCar-v0}</td>
 *     <td>{@link org.bellmanrl.env.classic.MountainCar MountainCar}</td>
 *     <td>Box of 2</td><td>3</td><td>200</td><td>no</td></tr>
 * <tr><td>{@code MountainCarContinuous-v0}</td>
 *     <td>{@link org.bellmanrl.env.classic.MountainCarContinuous MountainCarContinuous}</td>
 *     <td>Box of 2</td><td>Box of 1</td><td>999</td><td>no</td></tr>
 * <tr><td>{@code MultiDiscreteTask-v1}</td>
 *     <td>{@link org.bellmanrl.env.diagnostic.MultiDiscreteTask MultiDiscreteTask}</td>
 *     <td>MultiDiscrete[3, 3]</td><td>MultiDiscrete[3, 3]</td><td>50</td><td>yes</td></tr>
 * <tr><td>{@code Pendulum-v1}</td>
 *     <td>{@link org.bellmanrl.env.classic.Pendulum Pendulum}</td>
 *     <td>Box of 3</td><td>Box of 1</td><td>200</td><td>no</td></tr>
 * <tr><td>{@code PointMaze-v1}</td>
 *     <td>{@link org.bellmanrl.env.goal.PointMaze PointMaze}</td>
 *     <td>Dict of three Boxes of 2</td><td>Box of 2</td><td>100</td><td>no</td></tr>
 * <tr><td>{@code RandomWalk-v1}</td>
 *     <td>{@link org.bellmanrl.env.textbook.RandomWalk RandomWalk}</td>
 *     <td>Discrete(19), or as many</td><td>1</td><td>none</td><td>yes</td></tr>
 * <tr><td>{@code RepeatPrevious-v1}</td>
 *     <td>{@link org.bellmanrl.env.diagnostic.RepeatPrevious RepeatPrevious}</td>
 *     <td>Discrete(4)</td><td>4</td><td>none, 52 steps</td><td>no</td></tr>
 * <tr><td>{@code ShortCorridor-v1}</td>
 *     <td>{@link org.bellmanrl.env.textbook.ShortCorridor ShortCorridor}</td>
 *     <td>1</td><td>2</td><td>1000</td><td>no</td></tr>
 * <tr><td>{@code TMaze-v1}</td>
 *     <td>{@link org.bellmanrl.env.diagnostic.TMaze TMaze}</td>
 *     <td>Discrete(4)</td><td>4</td><td>100</td><td>no</td></tr>
 * <tr><td>{@code Taxi-v4}</td>
 *     <td>{@link org.bellmanrl.env.toytext.Taxi Taxi}</td>
 *     <td>Discrete(500)</td><td>6, masked</td><td>200</td>
 *     <td>with {@code fickle_passenger=false}</td></tr>
 * <tr><td>{@code TenArmed-v1}</td>
 *     <td>{@link org.bellmanrl.env.textbook.KArmedBandit KArmedBandit}</td>
 *     <td>1</td><td>10</td><td>1000</td><td>no</td></tr>
 * <tr><td>{@code TupleTask-v1}</td>
 *     <td>{@link org.bellmanrl.env.diagnostic.TupleTask TupleTask}</td>
 *     <td>Tuple of 3 and 3</td><td>3</td><td>50</td><td>yes</td></tr>
 * <tr><td>{@code TwoStateChain-v1}</td>
 *     <td>{@link org.bellmanrl.env.diagnostic.TwoStateChain TwoStateChain}</td>
 *     <td>Discrete(2)</td><td>2</td><td>50</td><td>yes</td></tr>
 * <tr><td>{@code raycast/Basic-v1}</td>
 *     <td>{@link org.bellmanrl.env.raycast.Basic Basic}</td>
 *     <td>84 × 84 pixels</td><td>4</td><td>75</td><td>no</td></tr>
 * <tr><td>{@code raycast/Corridor-v1}</td>
 *     <td>{@link org.bellmanrl.env.raycast.Corridor Corridor}</td>
 *     <td>84 × 84 pixels</td><td>8</td><td>525</td><td>no</td></tr>
 * <tr><td>{@code raycast/DefendTheCenter-v1}</td>
 *     <td>{@link org.bellmanrl.env.raycast.DefendTheCenter DefendTheCenter}</td>
 *     <td>84 × 84 pixels</td><td>4</td><td>525</td><td>no</td></tr>
 * <tr><td>{@code raycast/HealthGathering-v1}</td>
 *     <td>{@link org.bellmanrl.env.raycast.HealthGathering HealthGathering}</td>
 *     <td>84 × 84 pixels</td><td>4</td><td>525</td><td>no</td></tr>
 * <tr><td>{@code raycast/MyWayHome-v1}</td>
 *     <td>{@link org.bellmanrl.env.raycast.MyWayHome MyWayHome}</td>
 *     <td>84 × 84 pixels</td><td>4</td><td>525</td><td>no</td></tr>
 * </table>
 *
 * <p><b>Stability:</b> evolving.
 */
@NullMarked
package org.bellmanrl.env;

import org.jspecify.annotations.NullMarked;
