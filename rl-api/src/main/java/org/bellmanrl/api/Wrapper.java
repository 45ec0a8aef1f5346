package org.bellmanrl.api;

/**
 * Changes what a task shows, takes or pays, without knowing the task.
 *
 * <p>There is one mechanism for one environment and for many: a wrapper puts a {@link
 * VectorEnvironment} around another. A wrapper is an immutable description that can be used any
 * number of times; what it makes holds the state.
 */
@FunctionalInterface
public interface Wrapper {

  /**
   * Wraps.
   *
   * @param inner the environments to wrap; closed with the result
   * @throws IllegalArgumentException if the wrapper can't take the spaces of {@code inner}; the
   *     message says which it takes
   */
  VectorEnvironment wrap(VectorEnvironment inner);

  /**
   * A capability of wrapped environments: they apply their wrappers to other environments, for
   * evaluation.
   *
   * <p>Statistics are copied as of now and no longer change. Wrappers that change rewards are left
   * out, so that returns are the task's own. {@link WrappedEnvironments} implements this.
   */
  @FunctionalInterface
  interface ForEvaluation {

    /**
     * Wraps environments for evaluation.
     *
     * @param bare environments such as the innermost wrapper was given; closed with the result
     */
    VectorEnvironment around(VectorEnvironment bare);
  }
}
