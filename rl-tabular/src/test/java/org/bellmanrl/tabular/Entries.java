package org.bellmanrl.tabular;

import org.bellmanrl.api.registry.LearnerEntry;
import org.bellmanrl.api.registry.Registry;
import org.bellmanrl.api.registry.ValueFunctionEntry;

/** The entries of this module's catalogue, by id. */
public final class Entries {
  private static final Registry REGISTRY = Registry.of(new TabularCatalogue());

  private Entries() {}

  /** Returns a learner's entry. */
  public static LearnerEntry learner(String id) {
    return REGISTRY.get(LearnerEntry.class, id);
  }

  /** Returns a value function's entry. */
  public static ValueFunctionEntry valueFunction(String id) {
    return REGISTRY.get(ValueFunctionEntry.class, id);
  }
}
