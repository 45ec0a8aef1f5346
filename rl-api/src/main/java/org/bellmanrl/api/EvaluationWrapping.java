package org.bellmanrl.api;

/**
 * A capability of wrapped environments: they apply their wrappers to other environments, for
 * evaluation.
 *
 * <p>Statistics are copied as of now and no longer change. Wrappers that change rewards are left
 * out, so that returns are the task's own. {@link WrappedEnvironments} implements this.
 */
@FunctionalInterface
public interface EvaluationWrapping {

  /**
   * Wraps environments for evaluation.
   *
   * @param bare environments such as the innermost wrapper was given; closed with the result
   */
  VectorEnvironment around(VectorEnvironment bare);
}
