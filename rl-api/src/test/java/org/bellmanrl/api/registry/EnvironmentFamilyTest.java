package org.bellmanrl.api.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.invoke.MethodHandles;
import java.util.Map;
import org.bellmanrl.api.Action;
import org.bellmanrl.api.Environment;
import org.bellmanrl.api.EnvironmentSpec;
import org.bellmanrl.api.Observation;
import org.bellmanrl.api.Outcome;
import org.bellmanrl.api.VectorEnvironment;
import org.bellmanrl.api.random.RandomStream;
import org.bellmanrl.api.registry.Catalogue.Offers;
import org.bellmanrl.api.registry.Registry.UnknownIdException;
import org.bellmanrl.api.space.Discrete;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class EnvironmentFamilyTest {
  private final Registry registry = Registry.of(new Shapes());

  /** Sees the options, which are private. */
  private static final class Shapes implements Catalogue {
    @Override
    public void list(Offers offers) {
      offers.add(
          EnvironmentFamily.of(
              "shape",
              "any shape",
              () -> new Size(3),
              (name, size) -> new Shape(name, size.n()),
              (name, size, rows) -> VectorEnvironment.of(new Shape("many " + name, size.n()))));
      offers.add(
          EnvironmentEntry.of(
              "shape/Own-v1", "listed", () -> new Size(1), size -> new Shape("own", 1)));
    }

    @Override
    public MethodHandles.Lookup lookup() {
      return MethodHandles.lookup();
    }
  }

  private record Size(int n) {}

  private record Shape(String name, int n) implements Environment {
    @Override
    public EnvironmentSpec spec() {
      return EnvironmentSpec.of(name, new Discrete(n), new Discrete(n));
    }

    @Override
    public void reset(RandomStream random, Observation observation) {}

    @Override
    public void step(Action action, RandomStream random, Outcome outcome) {}
  }

  private EnvironmentEntry get(String id) {
    return registry.get(EnvironmentEntry.class, id);
  }

  @Test
  void get_idOfTheFamily_makesWhatTheNameSays() {
    EnvironmentEntry entry = get("shape/flat/Circle-v2");

    assertThat(entry.id()).isEqualTo("shape/flat/Circle-v2");
    assertThat(entry.create(Map.of("n", "5"))).isEqualTo(new Shape("flat/Circle-v2", 5));
    try (VectorEnvironment many = entry.create(Map.of(), 2)) {
      assertThat(many.spec().name()).isEqualTo("many flat/Circle-v2");
    }
  }

  @Test
  void get_idThatIsListed_isTheListedOne() {
    assertThat(get("shape/Own-v1").description()).isEqualTo("listed");
    assertThat(registry.all(EnvironmentEntry.class)).hasSize(1);
    assertThat(registry.all(EnvironmentFamily.class)).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"shape/", "shape/../x", "shape/a b", "shape/a//b", "shape/.a"})
  void get_nameOfAnotherForm_isRefused(String id) {
    assertThatThrownBy(() -> get(id))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("what follows shape/ in an id");
  }

  @ParameterizedTest
  @ValueSource(strings = {"shape", "other/Circle-v2"})
  void get_noFamilyOfThatName_isUnknown(String id) {
    assertThatThrownBy(() -> get(id)).isInstanceOf(UnknownIdException.class);
  }
}
