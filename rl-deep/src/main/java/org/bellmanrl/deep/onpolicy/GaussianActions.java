package org.bellmanrl.deep.onpolicy;

import io.soabase.recordbuilder.core.RecordBuilder;
import org.bellmanrl.api.options.Described;
import org.bellmanrl.api.space.Box;
import org.bellmanrl.api.space.Space;
import org.bellmanrl.deep.exploration.StateDependentExploration;
import org.bellmanrl.deep.internal.action.Gaussian;

/**
 * How actions of real numbers are distributed: normally, usually with deviations that no state
 * changes, and clipped to their bounds.
 *
 * @param stateStd whether the deviations are outputs of the policy network
 * @param squash whether actions are squeezed into their bounds by tanh; these must be finite
 * @param exploration state-dependent exploration, instead of {@code stateStd}
 */
@RecordBuilder
public record GaussianActions(
    @Described("whether deviations of continuous actions are outputs of the network")
        boolean stateStd,
    @Described("whether continuous actions are squeezed into their bounds by tanh, not clipped")
        boolean squash,
    StateDependentExploration exploration)
    implements GaussianActionsBuilder.With {
  public GaussianActions {
    if (stateStd && exploration.sde()) {
      throw new IllegalArgumentException(
          "state_std must be false with sde=true, whose deviations depend on the state already");
    }
  }

  /** The defaults of Stable-Baselines3. */
  public static GaussianActions defaults() {
    return new GaussianActions(false, false, new StateDependentExploration(false, -1, 0));
  }

  /**
   * Reads the outputs for actions of a space.
   *
   * @throws IllegalArgumentException if the actions are not numbers, and one of these is true
   */
  Gaussian of(Space actions) {
    if (!(actions instanceof Box) && (stateStd || squash || exploration.sde())) {
      throw new IllegalArgumentException(
          "state_std, squash and sde need actions of real numbers, were " + actions);
    }
    Gaussian.Deviations deviations = Gaussian.Deviations.PARAMETERS;
    if (exploration.sde()) {
      deviations = Gaussian.Deviations.EXPLORATION;
    } else if (stateStd) {
      deviations = Gaussian.Deviations.OUTPUTS;
    }
    return new Gaussian(deviations, squash, exploration.sdeSampleFreq(), exploration.logStdInit());
  }
}
