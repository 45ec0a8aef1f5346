package org.bellmanrl.env;

import org.bellmanrl.api.registry.Catalogue;
import org.bellmanrl.api.registry.EnvironmentEntry;
import org.bellmanrl.api.registry.PolicyEntry;
import org.bellmanrl.api.registry.WrapperEntry;
import org.bellmanrl.env.classic.Acrobot;
import org.bellmanrl.env.classic.AcrobotOptions;
import org.bellmanrl.env.classic.CartPole;
import org.bellmanrl.env.classic.CartPoleOptions;
import org.bellmanrl.env.classic.MountainCar;
import org.bellmanrl.env.classic.MountainCarContinuous;
import org.bellmanrl.env.classic.MountainCarOptions;
import org.bellmanrl.env.classic.Pendulum;
import org.bellmanrl.env.classic.PendulumOptions;
import org.bellmanrl.env.diagnostic.CountRecall;
import org.bellmanrl.env.diagnostic.CountRecallOptions;
import org.bellmanrl.env.diagnostic.DeepSea;
import org.bellmanrl.env.diagnostic.DeepSeaOptions;
import org.bellmanrl.env.diagnostic.DictTask;
import org.bellmanrl.env.diagnostic.DictTaskOptions;
import org.bellmanrl.env.diagnostic.EndlessReward;
import org.bellmanrl.env.diagnostic.EndlessRewardOptions;
import org.bellmanrl.env.diagnostic.GivenRewards;
import org.bellmanrl.env.diagnostic.GivenRewardsOptions;
import org.bellmanrl.env.diagnostic.Identity;
import org.bellmanrl.env.diagnostic.IdentityOptions;
import org.bellmanrl.env.diagnostic.MaskedTask;
import org.bellmanrl.env.diagnostic.MaskedTaskOptions;
import org.bellmanrl.env.diagnostic.Memory;
import org.bellmanrl.env.diagnostic.MemoryOptions;
import org.bellmanrl.env.diagnostic.MultiDiscreteTask;
import org.bellmanrl.env.diagnostic.MultiDiscreteTaskOptions;
import org.bellmanrl.env.diagnostic.RepeatPrevious;
import org.bellmanrl.env.diagnostic.RepeatPreviousOptions;
import org.bellmanrl.env.diagnostic.TMaze;
import org.bellmanrl.env.diagnostic.TMazeOptions;
import org.bellmanrl.env.diagnostic.TupleTask;
import org.bellmanrl.env.diagnostic.TupleTaskOptions;
import org.bellmanrl.env.diagnostic.TwoStateChain;
import org.bellmanrl.env.diagnostic.TwoStateChainOptions;
import org.bellmanrl.env.goal.BitFlipping;
import org.bellmanrl.env.goal.PointMaze;
import org.bellmanrl.env.minatar.Asterix;
import org.bellmanrl.env.minatar.Breakout;
import org.bellmanrl.env.minatar.Freeway;
import org.bellmanrl.env.minatar.MinAtarOptions;
import org.bellmanrl.env.minatar.Seaquest;
import org.bellmanrl.env.minatar.SpaceInvaders;
import org.bellmanrl.env.policy.BlackjackStrategy;
import org.bellmanrl.env.policy.CliffPath;
import org.bellmanrl.env.policy.ConstantAction;
import org.bellmanrl.env.policy.RandomActions;
import org.bellmanrl.env.raycast.Basic;
import org.bellmanrl.env.raycast.Corridor;
import org.bellmanrl.env.raycast.DefendTheCenter;
import org.bellmanrl.env.raycast.HealthGathering;
import org.bellmanrl.env.raycast.MyWayHome;
import org.bellmanrl.env.raycast.RaycastOptions;
import org.bellmanrl.env.textbook.AccessControl;
import org.bellmanrl.env.textbook.AccessControlOptions;
import org.bellmanrl.env.textbook.BairdCounterexample;
import org.bellmanrl.env.textbook.CarRental;
import org.bellmanrl.env.textbook.CarRentalOptions;
import org.bellmanrl.env.textbook.ChangingMaze;
import org.bellmanrl.env.textbook.ChangingMazeOptions;
import org.bellmanrl.env.textbook.ContextualBandit;
import org.bellmanrl.env.textbook.ContextualBanditOptions;
import org.bellmanrl.env.textbook.DynaMaze;
import org.bellmanrl.env.textbook.DynaMazeOptions;
import org.bellmanrl.env.textbook.Gambler;
import org.bellmanrl.env.textbook.GamblerOptions;
import org.bellmanrl.env.textbook.KArmedBandit;
import org.bellmanrl.env.textbook.KArmedBanditOptions;
import org.bellmanrl.env.textbook.MaximizationBias;
import org.bellmanrl.env.textbook.MaximizationBiasOptions;
import org.bellmanrl.env.textbook.RandomWalk;
import org.bellmanrl.env.textbook.RandomWalkOptions;
import org.bellmanrl.env.textbook.ShortCorridor;
import org.bellmanrl.env.textbook.ShortCorridorOptions;
import org.bellmanrl.env.textbook.WindyGridworld;
import org.bellmanrl.env.textbook.WindyGridworldOptions;
import org.bellmanrl.env.toytext.Blackjack;
import org.bellmanrl.env.toytext.BlackjackOptions;
import org.bellmanrl.env.toytext.CliffWalking;
import org.bellmanrl.env.toytext.CliffWalkingOptions;
import org.bellmanrl.env.toytext.FrozenLake;
import org.bellmanrl.env.toytext.FrozenLakeOptions;
import org.bellmanrl.env.toytext.Maze;
import org.bellmanrl.env.toytext.MazeOptions;
import org.bellmanrl.env.toytext.Taxi;
import org.bellmanrl.env.toytext.TaxiOptions;
import org.bellmanrl.env.wrapper.ActionMask;
import org.bellmanrl.env.wrapper.ClipAction;
import org.bellmanrl.env.wrapper.ClipReward;
import org.bellmanrl.env.wrapper.CountBonus;
import org.bellmanrl.env.wrapper.DelayObservation;
import org.bellmanrl.env.wrapper.Discretize;
import org.bellmanrl.env.wrapper.DiscretizeAction;
import org.bellmanrl.env.wrapper.EpisodicLife;
import org.bellmanrl.env.wrapper.FilterObservation;
import org.bellmanrl.env.wrapper.FireReset;
import org.bellmanrl.env.wrapper.FlattenAction;
import org.bellmanrl.env.wrapper.FlattenObservation;
import org.bellmanrl.env.wrapper.FrameStack;
import org.bellmanrl.env.wrapper.Grayscale;
import org.bellmanrl.env.wrapper.Hide;
import org.bellmanrl.env.wrapper.MaxAndSkip;
import org.bellmanrl.env.wrapper.NanGuard;
import org.bellmanrl.env.wrapper.NoOpStart;
import org.bellmanrl.env.wrapper.NormalizeObservation;
import org.bellmanrl.env.wrapper.NormalizeReward;
import org.bellmanrl.env.wrapper.OrderEnforcing;
import org.bellmanrl.env.wrapper.RandomStart;
import org.bellmanrl.env.wrapper.RecordEpisodeStatistics;
import org.bellmanrl.env.wrapper.Render;
import org.bellmanrl.env.wrapper.RepeatAction;
import org.bellmanrl.env.wrapper.RescaleAction;
import org.bellmanrl.env.wrapper.Resize;
import org.bellmanrl.env.wrapper.ScaleReward;
import org.bellmanrl.env.wrapper.StickyAction;
import org.bellmanrl.env.wrapper.TileCoded;
import org.bellmanrl.env.wrapper.TimeAwareObservation;
import org.bellmanrl.env.wrapper.TimeLimit;

/** Lists the environments and wrappers of this module. */
public final class EnvCatalogue implements Catalogue {

  @Override
  public void list(Offers offers) {
    policies(offers);
    textbook(offers);
    classicControl(offers);
    wrappers(offers);
    toyText(offers);
    diagnostics(offers);
    goals(offers);
    minAtar(offers);
    raycast(offers);
  }

  private static void textbook(Offers offers) {
    offers.add(
        EnvironmentEntry.of(
            "AccessControl-v1",
            "assign servers to customers who pay, or wait for those who pay more",
            AccessControlOptions::defaults,
            AccessControl::new));
    offers.add(
        EnvironmentEntry.of(
            "Baird-v1",
            "where learning off policy with features diverges",
            BairdCounterexample::new));
    offers.add(
        EnvironmentEntry.of(
            "BlockingMaze-v1",
            "a maze whose short way is closed after a while",
            ChangingMazeOptions::blocking,
            ChangingMaze::blocking));
    offers.add(
        EnvironmentEntry.of(
            "CarRental-v1",
            "move cars overnight to where they will be asked for",
            CarRentalOptions::defaults,
            CarRental::new));
    offers.add(
        EnvironmentEntry.of(
            "ContextualBandit-v1",
            "which arm pays best in this context?",
            ContextualBanditOptions::defaults,
            ContextualBandit::new));
    offers.add(
        EnvironmentEntry.of(
            "DynaMaze-v1",
            "find the way through the maze that planning is shown on",
            DynaMazeOptions::defaults,
            DynaMaze::new));
    offers.add(
        EnvironmentEntry.of(
            "Gambler-v1",
            "bet on a coin until there is 100, or nothing",
            GamblerOptions::defaults,
            Gambler::new));
    offers.add(
        EnvironmentEntry.of(
            "TenArmed-v1",
            "the k-armed testbed: which arm pays best?",
            KArmedBanditOptions::defaults,
            KArmedBandit::new));
    offers.add(
        EnvironmentEntry.of(
            "MaximizationBias-v1",
            "many poor choices, of which one always looks good",
            MaximizationBiasOptions::defaults,
            MaximizationBias::new));
    offers.add(
        EnvironmentEntry.of(
            "RandomWalk-v1",
            "walk at random along a line until an end is reached, with values to learn",
            RandomWalkOptions::defaults,
            RandomWalk::new));
    offers.add(
        EnvironmentEntry.of(
            "ShortCorridor-v1",
            "cells that look the same, where the best policy is random",
            ShortCorridorOptions::defaults,
            ShortCorridor::new));
    offers.add(
        EnvironmentEntry.of(
            "ShortcutMaze-v1",
            "a maze in which a shortcut opens after a while",
            ChangingMazeOptions::shortcut,
            ChangingMaze::shortcut));
    offers.add(
        EnvironmentEntry.of(
            "WindyGridworld-v1",
            "cross a field on which the wind blows upwards",
            WindyGridworldOptions::defaults,
            WindyGridworld::new));
  }

  private static void classicControl(Offers offers) {
    offers.add(
        EnvironmentEntry.of(
            "Acrobot-v1",
            "swing the end of a two-link chain above a line",
            AcrobotOptions::defaults,
            Acrobot::new,
            Acrobot::batch));
    offers.add(
        EnvironmentEntry.of(
            "CartPole-v1",
            "balance a pole on a cart by pushing the cart left or right",
            CartPoleOptions::defaults,
            CartPole::new,
            CartPole::batch));
    offers.add(
        EnvironmentEntry.of(
            "MountainCarContinuous-v0",
            "swing a weak car out of a valley with as little force as possible",
            MountainCarOptions::defaults,
            MountainCarContinuous::new,
            MountainCarContinuous::batch));
    offers.add(
        EnvironmentEntry.of(
            "MountainCar-v0",
            "swing a weak car out of a valley",
            MountainCarOptions::defaults,
            MountainCar::new,
            MountainCar::batch));
    offers.add(
        EnvironmentEntry.of(
            "Pendulum-v1",
            "swing a pendulum up and keep it there",
            PendulumOptions::defaults,
            Pendulum::new,
            Pendulum::batch));
  }

  private static void wrappers(Offers offers) {
    offers.add(
        WrapperEntry.of(
                "action-mask",
                "forbid actions, or hide the task's mask",
                ActionMask.Options::defaults,
                ActionMask::new)
            .takes("discrete, multi-discrete or multi-binary actions"));
    offers.add(
        WrapperEntry.of(
                "clip-action",
                "take any real action and clip it to the task's bounds",
                ClipAction::new)
            .takes("real actions (a float32 Box)")
            .gives("unbounded real actions of the same shape"));
    offers.add(
        WrapperEntry.of("clip-reward", "clip rewards to a range", ClipReward::new).ofRewards());
    offers.add(
        WrapperEntry.of(
            "delay-observation", "show observations some steps late", DelayObservation::new));
    offers.add(
        WrapperEntry.of(
                "discretize-action",
                "offer finitely many of a continuous task's actions",
                DiscretizeAction::new)
            .takes("real actions (a float32 Box)")
            .gives(
                "the number of a combination of bins (Discrete), or one bin per element (MultiDiscrete)"));
    offers.add(
        WrapperEntry.of(
                "discretize", "sort real observations into bins of equal width", Discretize::new)
            .takes("real observations (a float32 Box)")
            .gives("the number of the bin (Discrete), or one bin per element (MultiDiscrete)"));
    offers.add(
        WrapperEntry.of("episodic-life", "end an episode when a life is lost", EpisodicLife::new)
            .takes("discrete actions; tasks with the diagnostic 'lives'"));
    offers.add(
        WrapperEntry.of(
                "filter-observation",
                "show some parts of a Dict or Tuple only",
                FilterObservation::new)
            .takes("observations in a Dict or a Tuple")
            .gives("a Dict or a Tuple of the chosen parts"));
    offers.add(
        WrapperEntry.of("fire-reset", "press FIRE when an episode begins", FireReset::new)
            .takes("three discrete actions or more, without a mask"));
    offers.add(
        WrapperEntry.of(
                "flatten-action",
                "number the combinations of a multi-discrete action",
                FlattenAction::new)
            .takes("multi-discrete actions (MultiDiscrete), masked ones too")
            .gives("the number of a combination (Discrete)"));
    offers.add(
        WrapperEntry.of(
                "flatten-observation",
                "make one vector of any observation",
                FlattenObservation::new)
            .takes("any observations, nested ones too")
            .gives("one real vector (a float32 Box)"));
    offers.add(
        WrapperEntry.of("frame-stack", "show the last observations together", FrameStack::new)
            .takes("observations in a Box, or in a Discrete from 0")
            .gives("a Box with one more dimension, or a MultiDiscrete"));
    offers.add(
        WrapperEntry.of("grayscale", "turn colours to grey", Grayscale::new)
            .takes("pictures of height x width x 3 (a uint8 Box)")
            .gives("pictures of height x width, or x 1"));
    offers.add(
        WrapperEntry.of("hide", "take components of observations away", Hide::new)
            .takes("observations in a Box of one dimension, or of three, then channels")
            .gives("a Box of what is left"));
    offers.add(
        WrapperEntry.of(
                "max-and-skip",
                "repeat actions and show the larger of the last two observations",
                MaxAndSkip::new)
            .takes("observations in a Box; actions without a mask"));
    offers.add(
        WrapperEntry.of(
            "nan-guard", "stop at the first NaN and say where it came from", NanGuard::new));
    offers.add(
        WrapperEntry.of(
                "no-op-start",
                "begin episodes with a random number of actions that do nothing",
                NoOpStart::new)
            .takes("discrete actions without a mask"));
    offers.add(
        WrapperEntry.of(
                "normalize-observation",
                "bring observations to mean 0 and variance 1 by running statistics",
                NormalizeObservation::new)
            .takes("observations in a Box")
            .gives("real observations of the same shape"));
    offers.add(
        WrapperEntry.of(
                "count-bonus",
                "add a reward for observations that were seldom seen",
                CountBonus::new)
            .ofRewards());
    offers.add(
        WrapperEntry.of(
                "normalize-reward",
                "divide rewards by the running deviation of returns",
                NormalizeReward::new)
            .ofRewards());
    offers.add(
        WrapperEntry.of(
            "order-enforcing",
            "refuse steps before a reset, after an end and after close",
            OrderEnforcing::new));
    offers.add(
        WrapperEntry.of("random-start", "begin episodes in any state", RandomStart::new)
            .takes("tasks whose observation is the state of an exact model"));
    offers.add(
        WrapperEntry.of(
            "record-episode-statistics",
            "report return and length of the episode as diagnostics",
            RecordEpisodeStatistics::new));
    offers.add(
        WrapperEntry.of(
                "render", "show the picture of the task instead of its observation", Render::new)
            .takes("any task that draws itself")
            .gives("pictures of height x width x 3 (a uint8 Box)"));
    offers.add(
        WrapperEntry.of("repeat-action", "take each action a number of times", RepeatAction::new)
            .takes("any task without a mask"));
    offers.add(
        WrapperEntry.of(
                "rescale-action",
                "take actions from [-1, 1] or another range and map them to the task's",
                RescaleAction::new)
            .takes("real actions (a float32 Box)")
            .gives("real actions of the same shape in the new range"));
    offers.add(
        WrapperEntry.of("resize", "resize pictures by areas", Resize::new)
            .takes("pictures of height x width, or x channels (a uint8 Box)")
            .gives("pictures of the new height and width"));
    offers.add(
        WrapperEntry.of("scale-reward", "multiply rewards by a factor", ScaleReward::new)
            .ofRewards());
    offers.add(
        WrapperEntry.of("sticky-action", "take the last action again at random", StickyAction::new)
            .takes("any task without a mask"));
    offers.add(
        WrapperEntry.of(
                "tile-coded",
                "sort real observations into several shifted grids of tiles",
                TileCoded::new)
            .takes("real observations (a float32 Box)")
            .gives("the active tile of each tiling (MultiDiscrete)"));
    offers.add(
        WrapperEntry.of(
                "time-aware-observation",
                "add the time within the episode to observations",
                TimeAwareObservation::new)
            .takes("any observations of a task with an episode limit")
            .gives("them and the time in one real vector, or as parts of a Dict or a Tuple"));
    offers.add(
        WrapperEntry.of("time-limit", "truncate episodes after a number of steps", TimeLimit::new));
  }

  private static void toyText(Offers offers) {
    String slippery = "CliffWalkingSlippery-v1";
    String large = "FrozenLake8x8-v1";
    offers.add(
        EnvironmentEntry.of(
            "Blackjack-v1",
            "come closer to 21 than the dealer, but not above it",
            BlackjackOptions::defaults,
            Blackjack::new));
    offers.add(
        EnvironmentEntry.of(
            "CliffWalking-v1",
            "walk along a cliff to the goal without falling off",
            CliffWalkingOptions::defaults,
            CliffWalking::new,
            CliffWalking::batch));
    offers.add(
        EnvironmentEntry.of(
            slippery,
            "the cliff on ground where moves go sideways two times in three",
            () -> new CliffWalkingOptions(true),
            options -> new CliffWalking(slippery, options),
            (options, rows) -> CliffWalking.batch(slippery, options, rows)));
    offers.add(
        EnvironmentEntry.of(
            large,
            "the frozen lake with 8 rows of 8, and 200 steps to cross it",
            () -> FrozenLakeOptions.defaults().withMapName("8x8"),
            options -> FrozenLake.of(large, 200, options),
            (options, rows) -> FrozenLake.batch(large, 200, options, rows)));
    offers.add(
        EnvironmentEntry.of(
            FrozenLake.ID,
            "cross a frozen lake to the goal without falling into a hole",
            FrozenLakeOptions::defaults,
            FrozenLake::of,
            FrozenLake::batch));
    offers.add(
        EnvironmentEntry.of(
            "Maze-v1",
            "a mouse looks for cheese in a maze drawn as text",
            MazeOptions::defaults,
            Maze::new,
            Maze::batch));
    offers.add(
        EnvironmentEntry.of(
            "Taxi-v4",
            "fetch a passenger at one of four stands and bring them to another",
            TaxiOptions::defaults,
            Taxi::new,
            Taxi::batch));
  }

  private static void minAtar(Offers offers) {
    offers.add(
        EnvironmentEntry.of(
            "MinAtar/Asterix-v1",
            "MinAtar: collect gold between enemies that cross the board",
            MinAtarOptions::defaults,
            Asterix::new,
            Asterix::batch));
    offers.add(
        EnvironmentEntry.of(
            "MinAtar/Breakout-v1",
            "MinAtar: break bricks with a ball and a paddle",
            MinAtarOptions::defaults,
            Breakout::new,
            Breakout::batch));
    offers.add(
        EnvironmentEntry.of(
            "MinAtar/Freeway-v1",
            "MinAtar: lead a chicken across eight lanes of cars",
            MinAtarOptions::defaults,
            Freeway::new,
            Freeway::batch));
    offers.add(
        EnvironmentEntry.of(
            "MinAtar/Seaquest-v1",
            "MinAtar: rescue divers, shoot what swims, and mind the oxygen",
            MinAtarOptions::defaults,
            Seaquest::new,
            Seaquest::batch));
    offers.add(
        EnvironmentEntry.of(
            "MinAtar/SpaceInvaders-v1",
            "MinAtar: shoot aliens that march down and shoot back",
            MinAtarOptions::defaults,
            SpaceInvaders::new,
            SpaceInvaders::batch));
  }

  private static void raycast(Offers offers) {
    offers.add(
        EnvironmentEntry.of(
            "raycast/Basic-v1",
            "Doom-like: shoot the monster at the other side of a room",
            RaycastOptions::defaults,
            Basic::new,
            Basic::batch));
    offers.add(
        EnvironmentEntry.of(
            "raycast/Corridor-v1",
            "Doom-like: get through a corridor of soldiers to a vest",
            RaycastOptions::defaults,
            Corridor::new,
            Corridor::batch));
    offers.add(
        EnvironmentEntry.of(
            "raycast/DefendTheCenter-v1",
            "Doom-like: hold out in an arena against monsters from everywhere",
            RaycastOptions::defaults,
            DefendTheCenter::new,
            DefendTheCenter::batch));
    offers.add(
        EnvironmentEntry.of(
            "raycast/HealthGathering-v1",
            "Doom-like: stay alive on acid by collecting medkits",
            RaycastOptions::defaults,
            HealthGathering::new,
            HealthGathering::batch));
    offers.add(
        EnvironmentEntry.of(
            "raycast/MyWayHome-v1",
            "Doom-like: find a vest in a maze of rooms",
            RaycastOptions::defaults,
            MyWayHome::new,
            MyWayHome::batch));
  }

  private static void goals(Offers offers) {
    offers.add(
        EnvironmentEntry.of(
            "BitFlipping-v1",
            "flip bits until they are those of a goal",
            BitFlipping.Options::defaults,
            BitFlipping::new));
    offers.add(
        EnvironmentEntry.of(
            "PointMaze-v1",
            "move a point around a wall to a goal",
            PointMaze.Options::defaults,
            PointMaze::new));
  }

  private static void diagnostics(Offers offers) {
    offers.add(
        EnvironmentEntry.of(
            "DictTask-v1",
            "for testing learners: look at both parts of a Dict",
            DictTaskOptions::defaults,
            DictTask::new));
    offers.add(
        EnvironmentEntry.of(
            "EndlessReward-v1",
            "for testing learners: the same reward for ever, cut by a time limit",
            EndlessRewardOptions::defaults,
            EndlessReward::new));
    offers.add(
        EnvironmentEntry.of(
            "GivenRewards-v1",
            "an episode whose rewards are given, to check returns and updates by hand",
            GivenRewardsOptions::defaults,
            GivenRewards::new));
    offers.add(
        EnvironmentEntry.of(
            "Identity-v1",
            "for testing learners: do what you see",
            IdentityOptions::defaults,
            Identity::new));
    offers.add(
        EnvironmentEntry.of(
            "MaskedTask-v1",
            "for testing learners: go as high as the mask allows",
            MaskedTaskOptions::defaults,
            MaskedTask::new));
    offers.add(
        EnvironmentEntry.of(
            "Memory-v1",
            "for testing learners: remember a cue until it is asked for",
            MemoryOptions::defaults,
            Memory::new));
    offers.add(
        EnvironmentEntry.of(
            "MultiDiscreteTask-v1",
            "for testing learners: do what you see, element by element",
            MultiDiscreteTaskOptions::defaults,
            MultiDiscreteTask::new));
    offers.add(
        EnvironmentEntry.of(
            "RepeatPrevious-v1",
            "for testing learners: say what was shown some steps ago",
            RepeatPreviousOptions::defaults,
            RepeatPrevious::new));
    offers.add(
        EnvironmentEntry.of(
            "CountRecall-v1",
            "for testing learners: say how often a value was shown",
            CountRecallOptions::defaults,
            CountRecall::new));
    offers.add(
        EnvironmentEntry.of(
            "DeepSea-v1",
            "a test of exploration: reach a treasure that random actions hardly ever find",
            DeepSeaOptions::defaults,
            DeepSea::new));
    offers.add(
        EnvironmentEntry.of(
            "TMaze-v1",
            "for testing learners: remember a sign until the junction",
            TMazeOptions::defaults,
            TMaze::new));
    offers.add(
        EnvironmentEntry.of(
            "TupleTask-v1",
            "for testing learners: add up the parts of a Tuple",
            TupleTaskOptions::defaults,
            TupleTask::new));
    offers.add(
        EnvironmentEntry.of(
            "TwoStateChain-v1",
            "for testing learners: a little now, or more later",
            TwoStateChainOptions::defaults,
            TwoStateChain::new));
  }

  private static void policies(Offers offers) {
    offers.add(PolicyEntry.of("random", "any allowed action", RandomActions::new));
    offers.add(
        PolicyEntry.of(
            "constant",
            "always the same action",
            ConstantAction.Options::defaults,
            ConstantAction::new));
    offers.add(
        PolicyEntry.of(
            "blackjack-best",
            "the best policy for Blackjack-v1 (Sutton and Barto, figure 5.2)",
            BlackjackStrategy::new));
    offers.add(
        PolicyEntry.of(
            "cliff-path",
            "along the cliff of CliffWalking-v1; the best policy by default",
            CliffPath.Options::defaults,
            CliffPath::new));
  }
}
