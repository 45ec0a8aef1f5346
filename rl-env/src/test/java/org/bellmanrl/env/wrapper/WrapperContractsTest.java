package org.bellmanrl.env.wrapper;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bellmanrl.api.Environment;
import org.bellmanrl.api.VectorEnvironment;
import org.bellmanrl.api.Wrapper;
import org.bellmanrl.api.space.Box;
import org.bellmanrl.api.space.Dict;
import org.bellmanrl.api.space.Discrete;
import org.bellmanrl.api.space.MultiBinary;
import org.bellmanrl.api.space.MultiDiscrete;
import org.bellmanrl.api.space.Space;
import org.bellmanrl.api.space.Tuple;
import org.bellmanrl.env.raycast.Basic;
import org.bellmanrl.env.raycast.RaycastOptions;
import org.bellmanrl.env.toytext.FrozenLake;
import org.bellmanrl.env.toytext.FrozenLakeOptions;
import org.bellmanrl.testkit.RandomTask;
import org.bellmanrl.testkit.WrapperContract;
import org.junit.jupiter.api.Nested;

/** Every wrapper keeps the contract of wrappers. */
class WrapperContractsTest {
  private static final Space REALS = Box.of(-5, 5, 4);
  private static final Space PIXELS = Box.pixels(6, 5, 3);
  private static final Space NESTED =
      Dict.of(Map.of("a", Tuple.of(new Discrete(3, 1), Box.of(-1, 1, 2)), "b", new MultiBinary(3)));
  private static final Space THREE = new Discrete(3);
  private static final Space PLANE = Box.of(-2, 2, 2);

  /** Wrappers that only move and compare numbers, which no compiler can round differently. */
  abstract static class Moving extends WrapperContract {
    @Override
    protected int steps() {
      return 100;
    }

    @Override
    protected Optional<String> notInterpreted() {
      return Optional.of("numbers are only moved and compared");
    }
  }

  /** Wrappers that calculate. */
  abstract static class Calculating extends WrapperContract {
    @Override
    protected int steps() {
      return 100;
    }
  }

  @Nested
  class RenderContract extends Moving {
    @Override
    protected Wrapper wrapper() {
      return new Render(7, 9);
    }

    @Override
    protected VectorEnvironment inner(int rows) {
      return Basic.batch(RaycastOptions.defaults().withSize(8, 8).withFrameSkip(1), rows);
    }

    @Override
    protected Optional<String> allocates() {
      return Optional.of("pictures are drawn for people, by what allocates");
    }
  }

  @Nested
  class RandomStartContract extends Moving {
    @Override
    protected Wrapper wrapper() {
      return new RandomStart();
    }

    @Override
    protected VectorEnvironment inner(int rows) {
      return FrozenLake.batch(FrozenLakeOptions.defaults(), rows);
    }
  }

  @Nested
  class TimeLimitContract extends Moving {
    @Override
    protected Wrapper wrapper() {
      return new TimeLimit(7);
    }

    @Override
    protected VectorEnvironment inner(int rows) {
      return new RandomTask(NESTED, THREE).rows(rows);
    }
  }

  @Nested
  class RecordEpisodeStatisticsContract extends Moving {
    @Override
    protected Wrapper wrapper() {
      return new RecordEpisodeStatistics();
    }

    @Override
    protected VectorEnvironment inner(int rows) {
      return new RandomTask(NESTED, THREE).withMask().rows(rows);
    }
  }

  @Nested
  class ClipRewardContract extends Moving {
    @Override
    protected Wrapper wrapper() {
      return new ClipReward(-0.2, 0.7);
    }

    @Override
    protected VectorEnvironment inner(int rows) {
      return new RandomTask(REALS, THREE).rows(rows);
    }
  }

  @Nested
  class ScaleRewardContract extends Calculating {
    @Override
    protected Wrapper wrapper() {
      return new ScaleReward(0.3);
    }

    @Override
    protected VectorEnvironment inner(int rows) {
      return new RandomTask(REALS, THREE).rows(rows);
    }
  }

  @Nested
  class NormalizeObservationContract extends Calculating {
    @Override
    protected Wrapper wrapper() {
      return new NormalizeObservation();
    }

    @Override
    protected VectorEnvironment inner(int rows) {
      return new RandomTask(REALS, THREE).rows(rows);
    }

    @Override
    protected List<VectorEnvironment> refused() {
      return List.of(new RandomTask(THREE, THREE).rows(1));
    }

    @Override
    protected boolean rowsIndependent() {
      return false;
    }

    @Override
    protected boolean forgetsAtReset() {
      return false;
    }
  }

  @Nested
  class NormalizePixelsContract extends Moving {
    @Override
    protected Wrapper wrapper() {
      return new NormalizeObservation(1e-8, 3, Update.STEP);
    }

    @Override
    protected VectorEnvironment inner(int rows) {
      return new RandomTask(PIXELS, THREE).rows(rows);
    }

    @Override
    protected boolean rowsIndependent() {
      return false;
    }

    @Override
    protected boolean forgetsAtReset() {
      return false;
    }
  }

  /** What a row has shown does not matter to the others before rows are merged. */
  @Nested
  class NormalizeObservationByRoundsContract extends Calculating {
    @Override
    protected Wrapper wrapper() {
      return new NormalizeObservation(1e-8, 3, Update.ROUND);
    }

    @Override
    protected VectorEnvironment inner(int rows) {
      return new RandomTask(REALS, THREE).rows(rows);
    }

    @Override
    protected boolean forgetsAtReset() {
      return false;
    }
  }

  @Nested
  class NormalizeRewardByRoundsContract extends Calculating {
    @Override
    protected Wrapper wrapper() {
      return new NormalizeReward(0.99, 1e-8, Update.ROUND, 0.5);
    }

    @Override
    protected VectorEnvironment inner(int rows) {
      return new RandomTask(REALS, THREE).rows(rows);
    }

    @Override
    protected boolean forgetsAtReset() {
      return false;
    }
  }

  @Nested
  class CountBonusContract extends Calculating {
    @Override
    protected Wrapper wrapper() {
      return new CountBonus(0.5);
    }

    /** So few observations that no step has to make the table larger. */
    @Override
    protected VectorEnvironment inner(int rows) {
      return new RandomTask(new Discrete(40), THREE).rows(rows);
    }

    @Override
    protected boolean rowsIndependent() {
      return false;
    }

    @Override
    protected boolean forgetsAtReset() {
      return false;
    }
  }

  @Nested
  class NormalizeRewardContract extends Calculating {
    @Override
    protected Wrapper wrapper() {
      return new NormalizeReward();
    }

    @Override
    protected VectorEnvironment inner(int rows) {
      return new RandomTask(REALS, THREE).rows(rows);
    }

    @Override
    protected boolean rowsIndependent() {
      return false;
    }

    @Override
    protected boolean forgetsAtReset() {
      return false;
    }
  }

  @Nested
  class RescaleActionContract extends Calculating {
    @Override
    protected Wrapper wrapper() {
      return new RescaleAction();
    }

    @Override
    protected VectorEnvironment inner(int rows) {
      return new RandomTask(REALS, PLANE).rows(rows);
    }

    @Override
    protected List<VectorEnvironment> refused() {
      return List.of(new RandomTask(REALS, THREE).rows(1));
    }
  }

  @Nested
  class ClipActionContract extends Moving {
    @Override
    protected Wrapper wrapper() {
      return new ClipAction();
    }

    @Override
    protected VectorEnvironment inner(int rows) {
      return new RandomTask(REALS, PLANE).rows(rows);
    }

    @Override
    protected List<VectorEnvironment> refused() {
      return List.of(new RandomTask(REALS, THREE).rows(1));
    }
  }

  @Nested
  class FlattenObservationContract extends Moving {
    @Override
    protected Wrapper wrapper() {
      return new FlattenObservation();
    }

    @Override
    protected VectorEnvironment inner(int rows) {
      return new RandomTask(NESTED, THREE).withMask().rows(rows);
    }
  }

  @Nested
  class FilterObservationContract extends Moving {
    @Override
    protected Wrapper wrapper() {
      return new FilterObservation(List.of("a"));
    }

    @Override
    protected VectorEnvironment inner(int rows) {
      return new RandomTask(NESTED, THREE).rows(rows);
    }

    @Override
    protected List<VectorEnvironment> refused() {
      return List.of(new RandomTask(REALS, THREE).rows(1));
    }
  }

  @Nested
  class HideContract extends Moving {
    @Override
    protected Wrapper wrapper() {
      return new Hide(List.of(1));
    }

    @Override
    protected VectorEnvironment inner(int rows) {
      return new RandomTask(REALS, THREE).rows(rows);
    }

    @Override
    protected List<VectorEnvironment> refused() {
      return List.of(new RandomTask(NESTED, THREE).rows(1));
    }
  }

  @Nested
  class FrameStackContract extends Moving {
    @Override
    protected Wrapper wrapper() {
      return new FrameStack(3);
    }

    @Override
    protected VectorEnvironment inner(int rows) {
      return new RandomTask(REALS, THREE).withMask().rows(rows);
    }

    @Override
    protected List<VectorEnvironment> refused() {
      return List.of(new RandomTask(NESTED, THREE).rows(1));
    }
  }

  @Nested
  class FrameStackOfPixelsContract extends Moving {
    @Override
    protected Wrapper wrapper() {
      return new FrameStack(3, FrameStack.Padding.ZERO, true);
    }

    @Override
    protected VectorEnvironment inner(int rows) {
      return new RandomTask(PIXELS, THREE).rows(rows);
    }
  }

  @Nested
  class FlattenActionContract extends Moving {
    @Override
    protected Wrapper wrapper() {
      return new FlattenAction();
    }

    @Override
    protected VectorEnvironment inner(int rows) {
      return new RandomTask(NESTED, new MultiDiscrete(2, 3, 2)).withMask().rows(rows);
    }

    @Override
    protected List<VectorEnvironment> refused() {
      return List.of(new RandomTask(REALS, THREE).rows(1));
    }
  }

  @Nested
  class NoOpStartContract extends Moving {
    @Override
    protected Wrapper wrapper() {
      return new NoOpStart(5);
    }

    @Override
    protected VectorEnvironment inner(int rows) {
      return new RandomTask(NESTED, THREE).rows(rows);
    }

    @Override
    protected List<VectorEnvironment> refused() {
      return List.of(
          new RandomTask(REALS, THREE).withMask().rows(1), new RandomTask(REALS, PLANE).rows(1));
    }
  }

  @Nested
  class FireResetContract extends Moving {
    @Override
    protected Wrapper wrapper() {
      return new FireReset();
    }

    @Override
    protected VectorEnvironment inner(int rows) {
      Environment[] games = new Environment[rows];
      Arrays.setAll(games, row -> new LivesTask(4));
      return VectorEnvironment.of(games);
    }

    @Override
    protected List<VectorEnvironment> refused() {
      return List.of(new RandomTask(REALS, new Discrete(2)).rows(1));
    }
  }

  @Nested
  class EpisodicLifeContract extends Moving {
    @Override
    protected Wrapper wrapper() {
      return new EpisodicLife();
    }

    @Override
    protected VectorEnvironment inner(int rows) {
      Environment[] games = new Environment[rows];
      Arrays.setAll(games, row -> new LivesTask(4));
      return VectorEnvironment.of(games);
    }

    @Override
    protected List<VectorEnvironment> refused() {
      return List.of(new RandomTask(REALS, PLANE).rows(1));
    }
  }

  @Nested
  class RepeatActionContract extends Moving {
    @Override
    protected Wrapper wrapper() {
      return new RepeatAction(3);
    }

    @Override
    protected VectorEnvironment inner(int rows) {
      return new RandomTask(NESTED, PLANE).withMaxEpisodeSteps(8).rows(rows);
    }

    @Override
    protected List<VectorEnvironment> refused() {
      return List.of(new RandomTask(REALS, THREE).withMask().rows(1));
    }

    @Override
    protected boolean truncatesItself() {
      return true;
    }
  }

  @Nested
  class MaxAndSkipContract extends Moving {
    @Override
    protected Wrapper wrapper() {
      return new MaxAndSkip(3);
    }

    @Override
    protected VectorEnvironment inner(int rows) {
      return new RandomTask(REALS, THREE).withMaxEpisodeSteps(8).rows(rows);
    }

    @Override
    protected List<VectorEnvironment> refused() {
      return List.of(new RandomTask(THREE, THREE).rows(1));
    }

    @Override
    protected boolean truncatesItself() {
      return true;
    }
  }

  @Nested
  class MaxAndSkipPixelsContract extends Moving {
    @Override
    protected Wrapper wrapper() {
      return new MaxAndSkip(2);
    }

    @Override
    protected VectorEnvironment inner(int rows) {
      return new RandomTask(PIXELS, THREE).rows(rows);
    }
  }

  @Nested
  class GrayscaleContract extends Calculating {
    @Override
    protected Wrapper wrapper() {
      return new Grayscale(true, Grayscale.Weights.BT601);
    }

    @Override
    protected VectorEnvironment inner(int rows) {
      return new RandomTask(PIXELS, THREE).rows(rows);
    }

    @Override
    protected List<VectorEnvironment> refused() {
      return List.of(new RandomTask(REALS, THREE).rows(1));
    }
  }

  @Nested
  class ResizeContract extends Calculating {
    @Override
    protected Wrapper wrapper() {
      return new Resize(4, 7);
    }

    @Override
    protected VectorEnvironment inner(int rows) {
      return new RandomTask(PIXELS, THREE).rows(rows);
    }

    @Override
    protected List<VectorEnvironment> refused() {
      return List.of(new RandomTask(REALS, THREE).rows(1));
    }
  }

  @Nested
  class TimeAwareObservationContract extends Calculating {
    @Override
    protected Wrapper wrapper() {
      return new TimeAwareObservation(true, true);
    }

    @Override
    protected VectorEnvironment inner(int rows) {
      return new RandomTask(NESTED, THREE).withMaxEpisodeSteps(6).rows(rows);
    }

    @Override
    protected List<VectorEnvironment> refused() {
      return List.of(new RandomTask(NESTED, THREE).rows(1));
    }
  }

  @Nested
  class TimeAsAPartContract extends Moving {
    @Override
    protected Wrapper wrapper() {
      return new TimeAwareObservation(false, false);
    }

    @Override
    protected VectorEnvironment inner(int rows) {
      return new RandomTask(NESTED, THREE).withMaxEpisodeSteps(6).rows(rows);
    }
  }

  @Nested
  class DelayObservationContract extends Moving {
    @Override
    protected Wrapper wrapper() {
      return new DelayObservation(2);
    }

    @Override
    protected VectorEnvironment inner(int rows) {
      return new RandomTask(NESTED, THREE).withMask().rows(rows);
    }
  }

  @Nested
  class StickyActionContract extends Moving {
    @Override
    protected Wrapper wrapper() {
      return new StickyAction(0.5, 1, 3);
    }

    @Override
    protected VectorEnvironment inner(int rows) {
      return new RandomTask(REALS, PLANE).rows(rows);
    }

    @Override
    protected List<VectorEnvironment> refused() {
      return List.of(new RandomTask(REALS, THREE).withMask().rows(1));
    }
  }

  @Nested
  class DiscretizeContract extends Calculating {
    @Override
    protected Wrapper wrapper() {
      return new Discretize(6);
    }

    @Override
    protected VectorEnvironment inner(int rows) {
      return new RandomTask(REALS, THREE).rows(rows);
    }

    @Override
    protected List<VectorEnvironment> refused() {
      return List.of(new RandomTask(Box.of(0, Float.POSITIVE_INFINITY, 2), THREE).rows(1));
    }
  }

  @Nested
  class DiscretizeActionContract extends Calculating {
    @Override
    protected Wrapper wrapper() {
      return new DiscretizeAction(3);
    }

    @Override
    protected VectorEnvironment inner(int rows) {
      return new RandomTask(REALS, PLANE).rows(rows);
    }

    @Override
    protected List<VectorEnvironment> refused() {
      return List.of(new RandomTask(REALS, THREE).rows(1));
    }
  }

  @Nested
  class TileCodedContract extends Calculating {
    @Override
    protected Wrapper wrapper() {
      return new TileCoded(4, 3);
    }

    @Override
    protected VectorEnvironment inner(int rows) {
      return new RandomTask(REALS, THREE).rows(rows);
    }

    @Override
    protected List<VectorEnvironment> refused() {
      return List.of(new RandomTask(THREE, THREE).rows(1));
    }
  }

  @Nested
  class ActionMaskContract extends Moving {
    @Override
    protected Wrapper wrapper() {
      return new ActionMask(new ActionMask.Options(List.of(1), false));
    }

    @Override
    protected VectorEnvironment inner(int rows) {
      return new RandomTask(REALS, THREE).rows(rows);
    }

    @Override
    protected List<VectorEnvironment> refused() {
      return List.of(new RandomTask(REALS, PLANE).rows(1));
    }
  }

  @Nested
  class HiddenMaskContract extends Moving {
    @Override
    protected Wrapper wrapper() {
      return ActionMask.hidden();
    }

    @Override
    protected VectorEnvironment inner(int rows) {
      // What a hidden mask forbids reaches the inside, so this one forbids nothing.
      return new ActionMask(ActionMask.Options.defaults())
          .wrap(RandomTask.rows(rows, REALS, THREE));
    }
  }

  @Nested
  class OrderEnforcingContract extends Moving {
    @Override
    protected Wrapper wrapper() {
      return new OrderEnforcing();
    }

    @Override
    protected VectorEnvironment inner(int rows) {
      return new RandomTask(NESTED, THREE).withMask().rows(rows);
    }
  }

  @Nested
  class NanGuardContract extends Moving {
    @Override
    protected Wrapper wrapper() {
      return new NanGuard();
    }

    @Override
    protected VectorEnvironment inner(int rows) {
      return new RandomTask(NESTED, PLANE).rows(rows);
    }
  }

  @Nested
  class SeveralAtOnceContract extends Moving {
    @Override
    protected Wrapper wrapper() {
      return inner ->
          new FrameStack(2)
              .wrap(
                  new StickyAction()
                      .wrap(
                          new FlattenObservation()
                              .wrap(new RecordEpisodeStatistics().wrap(inner))));
    }

    @Override
    protected VectorEnvironment inner(int rows) {
      return new RandomTask(NESTED, THREE).rows(rows);
    }
  }
}
