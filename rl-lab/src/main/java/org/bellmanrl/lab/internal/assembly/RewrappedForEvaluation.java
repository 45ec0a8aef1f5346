package org.bellmanrl.lab.internal.assembly;

import org.bellmanrl.api.VectorEnvironment;
import org.bellmanrl.api.Wrapper;

/**
 * Environments in a wrapper that does not say how results are judged with it: for evaluation, the
 * same wrapper is applied to the other environments, with none of the state that it has gathered.
 */
final class RewrappedForEvaluation extends ForwardingEnvironments implements Wrapper.ForEvaluation {
  private final Wrapper wrapper;
  private final VectorEnvironment inner;

  /** Wraps {@code inner}, which is closed with this. */
  RewrappedForEvaluation(Wrapper wrapper, VectorEnvironment inner) {
    this(wrapper, inner, wrapper.wrap(inner));
  }

  private RewrappedForEvaluation(
      Wrapper wrapper, VectorEnvironment inner, VectorEnvironment whole) {
    super(whole);
    this.wrapper = wrapper;
    this.inner = inner;
  }

  /**
   * Returns the wrapped environments, which say how they are judged: either they do so themselves,
   * or this does.
   */
  static VectorEnvironment of(Wrapper wrapper, VectorEnvironment inner) {
    VectorEnvironment whole = wrapper.wrap(inner);
    return whole instanceof Wrapper.ForEvaluation
        ? whole
        : new RewrappedForEvaluation(wrapper, inner, whole);
  }

  @Override
  public VectorEnvironment around(VectorEnvironment bare) {
    return new RewrappedForEvaluation(
        wrapper, inner instanceof Wrapper.ForEvaluation below ? below.around(bare) : bare);
  }
}
