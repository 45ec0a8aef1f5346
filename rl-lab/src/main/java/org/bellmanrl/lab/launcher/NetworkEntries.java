package org.bellmanrl.lab.launcher;

import java.util.stream.Stream;
import org.bellmanrl.api.registry.LearnerEntry;
import org.bellmanrl.api.registry.Registry;
import org.bellmanrl.api.registry.WrapperEntry;

/**
 * Prints the ids of the learners and wrappers that compute with neural networks, a line each; for
 * these the launcher starts the JVM with the Vector API.
 */
final class NetworkEntries {
  private NetworkEntries() {}

  /**
   * Prints the ids of those on the class path.
   *
   * @param args unused
   */
  public static void main(String[] args) {
    Registry registry = Registry.builder().discover(NetworkEntries.class.getClassLoader()).build();
    Stream.concat(
            registry.all(LearnerEntry.class).stream().filter(LearnerEntry::needsNetworks),
            registry.all(WrapperEntry.class).stream().filter(WrapperEntry::needsNetworks))
        .forEach(entry -> System.out.println(entry.id()));
  }
}
