import org.bellmanrl.api.EnvironmentProvider;
import org.bellmanrl.api.VectorEnvironmentProvider;
import org.bellmanrl.env.internal.AcrobotBatchProvider;
import org.bellmanrl.env.internal.AcrobotProvider;
import org.bellmanrl.env.internal.BlackjackProvider;
import org.bellmanrl.env.internal.CartPoleBatchProvider;
import org.bellmanrl.env.internal.CartPoleProvider;
import org.bellmanrl.env.internal.CliffWalkingProvider;
import org.bellmanrl.env.internal.CliffWalkingSlipperyProvider;
import org.bellmanrl.env.internal.FrozenLake8x8Provider;
import org.bellmanrl.env.internal.FrozenLakeProvider;
import org.bellmanrl.env.internal.MazeProvider;
import org.bellmanrl.env.internal.MountainCarBatchProvider;
import org.bellmanrl.env.internal.MountainCarContinuousBatchProvider;
import org.bellmanrl.env.internal.MountainCarContinuousProvider;
import org.bellmanrl.env.internal.MountainCarProvider;
import org.bellmanrl.env.internal.PendulumBatchProvider;
import org.bellmanrl.env.internal.PendulumProvider;
import org.bellmanrl.env.internal.TaxiProvider;

/** Environments, wrappers, vectorisation and rendering. */
module org.bellmanrl.env {
  requires transitive org.bellmanrl.api;
  requires static com.google.auto.service;
  requires static transitive org.jspecify;

  exports org.bellmanrl.env.classic;
  exports org.bellmanrl.env.toytext;

  provides EnvironmentProvider with
      AcrobotProvider,
      BlackjackProvider,
      CartPoleProvider,
      CliffWalkingProvider,
      CliffWalkingSlipperyProvider,
      FrozenLake8x8Provider,
      FrozenLakeProvider,
      MazeProvider,
      MountainCarContinuousProvider,
      MountainCarProvider,
      PendulumProvider,
      TaxiProvider;
  provides VectorEnvironmentProvider with
      AcrobotBatchProvider,
      CartPoleBatchProvider,
      MountainCarBatchProvider,
      MountainCarContinuousBatchProvider,
      PendulumBatchProvider;
}
