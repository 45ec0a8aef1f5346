package org.bellmanrl.api;

import java.util.Map;
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

  /**
   * Makes a learner from options by name, as a command line or a file has them.
   *
   * @throws IllegalArgumentException if one is unknown or out of range
   */
  default Learner create(LearnerContext context, Map<String, ?> options) {
    return create(context, options().parse(options));
  }
}
