package org.bellmanrl.api;

import org.bellmanrl.api.registry.Provider;

/**
 * Makes learners of one kind; found by {@link java.util.ServiceLoader}.
 *
 * @param <C> its hyperparameters
 */
public interface LearnerProvider<C extends Record> extends Provider<C> {

  /** Which spaces it can take. */
  Accepts accepts();

  /**
   * Makes a learner.
   *
   * @throws IllegalArgumentException if it can't take the task; see {@link Accepts#check}
   */
  Learner create(LearnerContext context, C options);
}
