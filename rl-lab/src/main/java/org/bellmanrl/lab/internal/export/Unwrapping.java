package org.bellmanrl.lab.internal.export;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.bellmanrl.api.VectorEnvironment;
import org.bellmanrl.api.Wrapper;
import org.bellmanrl.api.space.Box;
import org.bellmanrl.api.space.DType;
import org.bellmanrl.api.space.Space;
import org.bellmanrl.api.transform.ActionScaling;
import org.bellmanrl.api.transform.GridCode;
import org.bellmanrl.api.transform.ObservationTransform;
import org.bellmanrl.deep.exploration.RandomNetworkDistillation;
import org.bellmanrl.deep.policy.NetworkPolicy;
import org.bellmanrl.deep.policy.Standardizer;
import org.bellmanrl.env.wrapper.ClipReward;
import org.bellmanrl.env.wrapper.CountBonus;
import org.bellmanrl.env.wrapper.FlattenObservation;
import org.bellmanrl.env.wrapper.NanGuard;
import org.bellmanrl.env.wrapper.NormalizeReward;
import org.bellmanrl.env.wrapper.OrderEnforcing;
import org.bellmanrl.env.wrapper.RandomStart;
import org.bellmanrl.env.wrapper.RecordEpisodeStatistics;
import org.bellmanrl.env.wrapper.ScaleReward;
import org.bellmanrl.env.wrapper.TimeLimit;
import org.bellmanrl.policy.WrappedPolicy;
import org.bellmanrl.policy.WritablePolicy;
import org.jspecify.annotations.Nullable;

/**
 * Takes the wrappers of a run into its policy, from the outermost inwards, as far as they can be
 * written down. Those that remain outside are named by their place.
 */
public final class Unwrapping {
  /** They change neither what a policy sees nor what its actions do. */
  private static final Set<Class<? extends Wrapper>> NEUTRAL =
      Set.of(
          ClipReward.class,
          CountBonus.class,
          NanGuard.class,
          NormalizeReward.class,
          OrderEnforcing.class,
          RandomNetworkDistillation.class,
          RandomStart.class,
          RecordEpisodeStatistics.class,
          ScaleReward.class,
          TimeLimit.class);

  private final List<Integer> outside = new ArrayList<>();
  private WritablePolicy core;
  private @Nullable GridCode grid;
  private @Nullable ActionScaling scaling;
  private boolean seesAll = true;
  private boolean actsAll = true;

  private Unwrapping(WritablePolicy policy) {
    this.core = policy;
  }

  /**
   * Takes wrappers into a policy.
   *
   * @param policy for the task in all wrappers
   * @param wrappers the innermost first
   * @param layers the task alone, then in the first wrapper, and so on
   * @param learned what all wrappers together do to observations, with what they have learned
   */
  public static Unwrapping of(
      WritablePolicy policy,
      List<Wrapper> wrappers,
      List<VectorEnvironment> layers,
      List<ObservationTransform> learned) {
    Unwrapping unwrapping = new Unwrapping(policy);
    for (int i = wrappers.size() - 1; i >= 0; i--) {
      VectorEnvironment inner = layers.get(i);
      int before = transforms(inner);
      boolean inside =
          transforms(layers.get(i + 1)) > before
              ? unwrapping.sees(
                  wrappers.get(i), learned.get(before), inner.spec().observationSpace())
              : NEUTRAL.contains(wrappers.get(i).getClass()) || unwrapping.acts(layers.get(i + 1));
      if (!inside) {
        unwrapping.outside.addFirst(i);
      }
    }
    return unwrapping;
  }

  private static int transforms(VectorEnvironment environment) {
    return environment
        .capability(0, ObservationTransform.class)
        .map(transform -> transform.parts().size())
        .orElse(0);
  }

  /** Takes what a wrapper does to observations into the policy, if that can be. */
  private boolean sees(Wrapper wrapper, ObservationTransform transform, Space space) {
    if (seesAll && grid == null) {
      if (transform instanceof GridCode cells) {
        grid = cells;
        return true;
      }
      if (core instanceof NetworkPolicy network && network.standardizer() == null) {
        if (transform instanceof ObservationTransform.Standardization statistics
            && space instanceof Box box) {
          core = network.behind(Standardizer.of(box, statistics));
          return true;
        }
        if (wrapper instanceof FlattenObservation && isFlattenedAlike(space)) {
          core =
              new NetworkPolicy(
                  space,
                  network.actionSpace(),
                  network.network(),
                  network.reading(),
                  network.logDeviations());
          return true;
        }
      }
    }
    seesAll = false;
    return false;
  }

  /**
   * Whether networks make the same vector of observations on their own: they do but for bytes,
   * which they divide by their upper bound.
   */
  private static boolean isFlattenedAlike(Space space) {
    return space.layout().leaves().stream()
        .noneMatch(leaf -> leaf.space() instanceof Box && leaf.dtype() == DType.UINT8);
  }

  /** Takes what a wrapper does to actions into the policy, if that can be. */
  private boolean acts(VectorEnvironment wrapped) {
    Optional<ActionScaling> scaled = wrapped.capability(0, ActionScaling.class);
    if (actsAll
        && scaling == null
        && scaled.isPresent()
        && scaled.get().takes().equals(core.actionSpace())) {
      scaling = scaled.get();
      return true;
    }
    // It may do anything: what is inside of it can't be taken past it.
    seesAll = false;
    actsAll = false;
    return false;
  }

  /** The policy with all wrappers that could be taken into it. */
  public WritablePolicy policy() {
    WritablePolicy policy = core;
    if (grid != null) {
      policy = WrappedPolicy.behind(grid, policy);
    }
    return scaling == null ? policy : WrappedPolicy.scaled(policy, scaling);
  }

  /** The places of the other wrappers, the innermost first. */
  public List<Integer> outside() {
    return List.copyOf(outside);
  }
}
