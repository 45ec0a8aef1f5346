package org.bellmanrl.deep;

import org.bellmanrl.api.registry.LearnerEntry;
import org.bellmanrl.api.registry.Registry;

/** The entries of this module's catalogue, by id. */
public final class Entries {
  private static final Registry REGISTRY = Registry.of(new DeepCatalogue());

  private Entries() {}

  /** Returns a learner's entry. */
  public static LearnerEntry learner(String id) {
    return REGISTRY.get(LearnerEntry.class, id);
  }
}
