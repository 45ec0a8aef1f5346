package com.example.drive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.List;
import org.bellmanrl.api.options.OptionSchema;
import org.bellmanrl.api.registry.Entry;
import org.bellmanrl.api.registry.EnvironmentEntry;
import org.bellmanrl.api.registry.LearnerEntry;
import org.bellmanrl.api.registry.ListenerEntry;
import org.bellmanrl.api.registry.PolicyEntry;
import org.bellmanrl.api.registry.Registry;
import org.bellmanrl.api.registry.WrapperEntry;
import org.junit.jupiter.api.Test;

/** The catalogue is found, and all of it can be used. */
class DiscoveryTest {
  private final Registry registry =
      Registry.builder().discover(DiscoveryTest.class.getClassLoader()).build();

  private <E extends Entry> void assertFound(Class<E> kind, String... ids) {
    List<E> entries =
        registry.all(kind).stream().filter(entry -> entry.id().startsWith("example/")).toList();

    assertEquals(List.of(ids), entries.stream().map(Entry::id).toList());
    for (Entry entry : entries) {
      for (OptionSchema.Description option : entry.options().descriptions()) {
        assertFalse(option.description().isBlank(), entry.id() + " " + option.name());
      }
    }
  }

  @Test
  void registry_findsEverything() {
    assertEquals(List.of(), registry.problems());
    assertFound(EnvironmentEntry.class, "example/Signpost-v1", "example/TwoLaneDrive-v1");
    assertFound(
        LearnerEntry.class,
        "example/advantage-learning",
        "example/deep-q-learning",
        "example/differential-q-learning");
    assertFound(PolicyEntry.class, "example/keep-distance");
    assertFound(ListenerEntry.class, "example/streak");
    assertFound(WrapperEntry.class, "example/fog");
  }
}
