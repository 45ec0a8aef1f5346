package org.bellmanrl.lab.internal.assembly;

import org.bellmanrl.api.EnvironmentSpec;
import org.bellmanrl.api.VectorEnvironment;

/** The same environments with another episode limit, for training, judging and playing alike. */
final class EpisodeLimit extends ForwardingEnvironments {
  private final EnvironmentSpec spec;

  /** Truncates episodes of {@code inner} after a number of steps; never if that is 0. */
  EpisodeLimit(VectorEnvironment inner, int steps) {
    super(inner);
    this.spec = inner.spec().withMaxEpisodeSteps(steps);
  }

  @Override
  public EnvironmentSpec spec() {
    return spec;
  }
}
