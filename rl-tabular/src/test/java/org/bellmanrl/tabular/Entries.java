package org.bellmanrl.tabular;

import org.bellmanrl.api.registry.LearnerEntry;
import org.bellmanrl.api.registry.Registry;

/** The entries of this module's catalogue, by id. */
public final class Entries {
  private static final Registry REGISTRY = Registry.of(new TabularCatalogue());

  private Entries() {}

  /** Returns a learner's entry. */
  public static LearnerEntry learner(String id) {
    return REGISTRY.get(LearnerEntry.class, id);
  }
}
