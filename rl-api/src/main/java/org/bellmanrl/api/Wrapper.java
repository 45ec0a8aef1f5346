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
}
