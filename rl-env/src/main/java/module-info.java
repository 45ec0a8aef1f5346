import org.bellmanrl.api.EnvironmentProvider;
import org.bellmanrl.env.internal.BlackjackProvider;
import org.bellmanrl.env.internal.CliffWalkingProvider;
import org.bellmanrl.env.internal.CliffWalkingSlipperyProvider;
import org.bellmanrl.env.internal.FrozenLake8x8Provider;
import org.bellmanrl.env.internal.FrozenLakeProvider;
import org.bellmanrl.env.internal.MazeProvider;
import org.bellmanrl.env.internal.TaxiProvider;

/** Environments, wrappers, vectorisation and rendering. */
module org.bellmanrl.env {
  requires transitive org.bellmanrl.api;
  requires static com.google.auto.service;
  requires static transitive org.jspecify;

  exports org.bellmanrl.env.toytext;

  provides EnvironmentProvider with
      BlackjackProvider,
      CliffWalkingProvider,
      CliffWalkingSlipperyProvider,
      FrozenLake8x8Provider,
      FrozenLakeProvider,
      MazeProvider,
      TaxiProvider;
}
