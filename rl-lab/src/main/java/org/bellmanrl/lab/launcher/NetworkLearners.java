package org.bellmanrl.lab.launcher;

import org.bellmanrl.api.registry.LearnerEntry;
import org.bellmanrl.api.registry.Registry;

/**
 * Prints the ids of the learners that compute with neural networks, a line each; for these the
 * launcher starts the JVM with the Vector API.
 */
final class NetworkLearners {
  private NetworkLearners() {}

  /**
   * Prints the ids of the learners on the class path.
   *
   * @param args unused
   */
  public static void main(String[] args) {
    Registry registry = Registry.builder().discover(NetworkLearners.class.getClassLoader()).build();
    registry.all(LearnerEntry.class).stream()
        .filter(LearnerEntry::needsNetworks)
        .forEach(entry -> System.out.println(entry.id()));
  }
}
