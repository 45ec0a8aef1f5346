package org.bellmanrl.api;

/**
 * A capability of wrapped environments: the same wrappers around other environments, for judging
 * what was learned.
 *
 * <p>Statistics are copied as of now and no longer change. Wrappers that change rewards are left
 * out, so that returns are the task's own.
 */
@FunctionalInterface
public interface EvaluationWrapping {

  /**
   * Wraps.
   *
   * @param bare environments as the innermost wrapper found them; closed with the result
   */
  VectorEnvironment around(VectorEnvironment bare);
}
