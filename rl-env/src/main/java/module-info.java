import org.bellmanrl.api.EnvironmentProvider;
import org.bellmanrl.api.VectorEnvironmentProvider;
import org.bellmanrl.api.WrapperProvider;
import org.bellmanrl.env.internal.AccessControlProvider;
import org.bellmanrl.env.internal.AcrobotBatchProvider;
import org.bellmanrl.env.internal.AcrobotProvider;
import org.bellmanrl.env.internal.ActionMaskProvider;
import org.bellmanrl.env.internal.BairdCounterexampleProvider;
import org.bellmanrl.env.internal.BlackjackProvider;
import org.bellmanrl.env.internal.BlockingMazeProvider;
import org.bellmanrl.env.internal.CarRentalProvider;
import org.bellmanrl.env.internal.CartPoleBatchProvider;
import org.bellmanrl.env.internal.CartPoleProvider;
import org.bellmanrl.env.internal.CliffWalkingBatchProvider;
import org.bellmanrl.env.internal.CliffWalkingProvider;
import org.bellmanrl.env.internal.CliffWalkingSlipperyBatchProvider;
import org.bellmanrl.env.internal.CliffWalkingSlipperyProvider;
import org.bellmanrl.env.internal.ClipActionProvider;
import org.bellmanrl.env.internal.ClipRewardProvider;
import org.bellmanrl.env.internal.ContextualBanditProvider;
import org.bellmanrl.env.internal.DelayObservationProvider;
import org.bellmanrl.env.internal.DictTaskProvider;
import org.bellmanrl.env.internal.DiscretizeActionProvider;
import org.bellmanrl.env.internal.DiscretizeProvider;
import org.bellmanrl.env.internal.DynaMazeProvider;
import org.bellmanrl.env.internal.EndlessRewardProvider;
import org.bellmanrl.env.internal.FilterObservationProvider;
import org.bellmanrl.env.internal.FlattenObservationProvider;
import org.bellmanrl.env.internal.FrameStackProvider;
import org.bellmanrl.env.internal.FrozenLake8x8BatchProvider;
import org.bellmanrl.env.internal.FrozenLake8x8Provider;
import org.bellmanrl.env.internal.FrozenLakeBatchProvider;
import org.bellmanrl.env.internal.FrozenLakeProvider;
import org.bellmanrl.env.internal.GamblerProvider;
import org.bellmanrl.env.internal.GrayscaleProvider;
import org.bellmanrl.env.internal.IdentityProvider;
import org.bellmanrl.env.internal.KArmedBanditProvider;
import org.bellmanrl.env.internal.MaskedTaskProvider;
import org.bellmanrl.env.internal.MaxAndSkipProvider;
import org.bellmanrl.env.internal.MaximizationBiasProvider;
import org.bellmanrl.env.internal.MazeBatchProvider;
import org.bellmanrl.env.internal.MazeProvider;
import org.bellmanrl.env.internal.MemoryProvider;
import org.bellmanrl.env.internal.MountainCarBatchProvider;
import org.bellmanrl.env.internal.MountainCarContinuousBatchProvider;
import org.bellmanrl.env.internal.MountainCarContinuousProvider;
import org.bellmanrl.env.internal.MountainCarProvider;
import org.bellmanrl.env.internal.MultiDiscreteTaskProvider;
import org.bellmanrl.env.internal.NanGuardProvider;
import org.bellmanrl.env.internal.NormalizeObservationProvider;
import org.bellmanrl.env.internal.NormalizeRewardProvider;
import org.bellmanrl.env.internal.OrderEnforcingProvider;
import org.bellmanrl.env.internal.PendulumBatchProvider;
import org.bellmanrl.env.internal.PendulumProvider;
import org.bellmanrl.env.internal.RandomWalkProvider;
import org.bellmanrl.env.internal.RecordEpisodeStatisticsProvider;
import org.bellmanrl.env.internal.RescaleActionProvider;
import org.bellmanrl.env.internal.ResizeProvider;
import org.bellmanrl.env.internal.ScaleRewardProvider;
import org.bellmanrl.env.internal.ShortCorridorProvider;
import org.bellmanrl.env.internal.ShortcutMazeProvider;
import org.bellmanrl.env.internal.StickyActionProvider;
import org.bellmanrl.env.internal.TaxiBatchProvider;
import org.bellmanrl.env.internal.TaxiProvider;
import org.bellmanrl.env.internal.TileCodedProvider;
import org.bellmanrl.env.internal.TimeAwareObservationProvider;
import org.bellmanrl.env.internal.TimeLimitProvider;
import org.bellmanrl.env.internal.TupleTaskProvider;
import org.bellmanrl.env.internal.TwoStateChainProvider;
import org.bellmanrl.env.internal.WindyGridworldProvider;

/** Environments, wrappers, vectorisation and rendering. */
module org.bellmanrl.env {
  requires transitive org.bellmanrl.api;
  requires java.desktop;
  requires static com.google.auto.service;
  requires static transitive org.jspecify;

  exports org.bellmanrl.env.classic;
  exports org.bellmanrl.env.diagnostic;
  exports org.bellmanrl.env.math;
  exports org.bellmanrl.env.picture;
  exports org.bellmanrl.env.textbook;
  exports org.bellmanrl.env.toytext;
  exports org.bellmanrl.env.vector;
  exports org.bellmanrl.env.wrapper;

  provides EnvironmentProvider with
      AccessControlProvider,
      AcrobotProvider,
      BairdCounterexampleProvider,
      BlackjackProvider,
      BlockingMazeProvider,
      CarRentalProvider,
      CartPoleProvider,
      CliffWalkingProvider,
      CliffWalkingSlipperyProvider,
      ContextualBanditProvider,
      DictTaskProvider,
      DynaMazeProvider,
      EndlessRewardProvider,
      FrozenLake8x8Provider,
      FrozenLakeProvider,
      GamblerProvider,
      IdentityProvider,
      KArmedBanditProvider,
      MaskedTaskProvider,
      MaximizationBiasProvider,
      MazeProvider,
      MemoryProvider,
      MountainCarContinuousProvider,
      MountainCarProvider,
      MultiDiscreteTaskProvider,
      PendulumProvider,
      RandomWalkProvider,
      ShortCorridorProvider,
      ShortcutMazeProvider,
      TaxiProvider,
      TupleTaskProvider,
      TwoStateChainProvider,
      WindyGridworldProvider;
  provides VectorEnvironmentProvider with
      AcrobotBatchProvider,
      CartPoleBatchProvider,
      CliffWalkingBatchProvider,
      CliffWalkingSlipperyBatchProvider,
      FrozenLake8x8BatchProvider,
      FrozenLakeBatchProvider,
      MazeBatchProvider,
      MountainCarBatchProvider,
      MountainCarContinuousBatchProvider,
      PendulumBatchProvider,
      TaxiBatchProvider;
  provides WrapperProvider with
      ActionMaskProvider,
      ClipActionProvider,
      ClipRewardProvider,
      DelayObservationProvider,
      DiscretizeActionProvider,
      DiscretizeProvider,
      FilterObservationProvider,
      FlattenObservationProvider,
      FrameStackProvider,
      GrayscaleProvider,
      MaxAndSkipProvider,
      NanGuardProvider,
      NormalizeObservationProvider,
      NormalizeRewardProvider,
      OrderEnforcingProvider,
      RecordEpisodeStatisticsProvider,
      RescaleActionProvider,
      ResizeProvider,
      ScaleRewardProvider,
      StickyActionProvider,
      TileCodedProvider,
      TimeAwareObservationProvider,
      TimeLimitProvider;
}
