package org.bellmanrl.env.box2d;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import org.bellmanrl.api.Environment;
import org.bellmanrl.api.interaction.Simulation;
import org.bellmanrl.api.registry.EnvironmentEntry;
import org.bellmanrl.api.registry.Registry;
import org.bellmanrl.api.state.BinaryState;
import org.bellmanrl.api.state.StateException;
import org.bellmanrl.api.state.Stateful;
import org.bellmanrl.testkit.Allocation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Box2dTest {

  @Test
  void discover_classPath_allIdsWithOptionsDescribed() {
    Registry registry = Registry.builder().discover(LunarLander.class.getClassLoader()).build();
    assertThat(registry.problems()).isEmpty();
    for (String id :
        List.of(
            "BipedalWalker-v3",
            "BipedalWalkerHardcore-v3",
            "LunarLander-v3",
            "LunarLanderContinuous-v3")) {
      EnvironmentEntry entry = registry.get(EnvironmentEntry.class, id);
      assertThat(entry.description()).isNotBlank();
      assertThat(entry.options().descriptions())
          .isNotEmpty()
          .allMatch(option -> !option.description().isBlank());
      try (Environment environment = entry.create(Map.of())) {
        assertThat(environment.spec().name()).isEqualTo(id);
        assertThat(environment).isNotInstanceOf(Stateful.class); // so the loop replays it
      }
    }
  }

  @Test
  void options_outOfRange_namedWithValueAndRange() {
    assertRefused("gravity", 0.0, "gravity must be in (-12, 0), was 0.0");
    assertRefused("gravity", Double.NaN, "gravity must be in (-12, 0), was NaN");
    assertRefused("wind_power", 21.0, "wind_power must be in [0, 20], was 21.0");
    assertRefused("turbulence_power", -1.0, "turbulence_power must be in [0, 2], was -1.0");
  }

  private static void assertRefused(String option, double value, String message) {
    assertThatThrownBy(() -> Environments.make("LunarLander-v3", Map.of(option, value)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }

  @ParameterizedTest
  @ValueSource(strings = {"LunarLander-v3", "BipedalWalkerHardcore-v3"})
  void close_twiceAndBeforeReset_harmless(String id) {
    Environment environment = Environments.make(id, Map.of());
    environment.close();
    environment.close();
    SceneView view = environment.capability(SceneView.class).orElseThrow();
    assertThatThrownBy(view::scene)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining(id);
  }

  /** A world that was kept takes over 100 kB, a walker's 213 kB, of native memory at each reset. */
  @ParameterizedTest
  @ValueSource(strings = {"LunarLander-v3", "BipedalWalker-v3"})
  @EnabledOnOs(OS.LINUX)
  void reset_thousandsOfTimes_keepsNoMemory(String id) throws IOException {
    try (Simulation simulation = new Simulation(Environments.make(id, Map.of()))) {
      for (int i = 0; i < 500; i++) {
        simulation.reset();
      }
      long before = residentBytes();
      for (int i = 0; i < 2500; i++) {
        simulation.reset();
      }
      assertThat(residentBytes() - before).isLessThan(200_000_000);
    }
  }

  private static long residentBytes() throws IOException {
    String pages = Files.readString(Path.of("/proc/self/statm")).split(" ", 3)[1];
    return Long.parseLong(pages) * 4096;
  }

  @ParameterizedTest
  @ValueSource(strings = {"LunarLander-v3", "BipedalWalker-v3"})
  void step_warm_allocatesNothing(String id) {
    try (Simulation simulation = new Simulation(Environments.make(id, Map.of()))) {
      simulation.reset(1);
      double bytes =
          Allocation.settled(
              500,
              () -> {
                long allocated = 0;
                for (int i = 0; i < 500; i++) {
                  if (simulation.ended()) {
                    simulation.reset();
                  }
                  long before = Allocation.bytes();
                  simulation.stepWritten();
                  allocated += Allocation.bytes() - before;
                }
                return allocated;
              });
      assertThat(bytes).isZero();
    }
  }

  @Test
  void restore_ofAnotherTask_saysThatItTookAnotherWay() {
    byte[] saved;
    try (Simulation calm = new Simulation(Environments.make("LunarLander-v3", Map.of()))) {
      calm.reset(5);
      calm.step(2);
      saved = BinaryState.toBytes(calm);
    }
    Environment windy = Environments.make("LunarLander-v3", Map.of("enable_wind", true));
    try (Simulation simulation = new Simulation(windy)) {
      assertThatThrownBy(() -> BinaryState.fromBytes(saved, simulation))
          .isInstanceOf(StateException.class)
          .hasMessageContaining("LunarLander-v3 took another course");
    }
  }

  @Test
  void scene_everyTask_showsItsPartsInView() {
    assertThat(kinds("LunarLander-v3").keySet())
        .isEqualTo(
            EnumSet.of(
                Scene.Kind.GROUND,
                Scene.Kind.PAD,
                Scene.Kind.FLAG,
                Scene.Kind.FLAME,
                Scene.Kind.LEG,
                Scene.Kind.LANDER));
    Map<Scene.Kind, Integer> walker = kinds("BipedalWalkerHardcore-v3");
    assertThat(walker)
        .containsEntry(Scene.Kind.HULL, 1)
        .containsEntry(Scene.Kind.LEG, 2)
        .containsEntry(Scene.Kind.SHIN, 2)
        .containsEntry(Scene.Kind.RAY, 10)
        .containsKey(Scene.Kind.OBSTACLE);
  }

  /** How many parts of each kind there are after a step with the main engine, or no motor, on. */
  private static Map<Scene.Kind, Integer> kinds(String id) {
    Map<Scene.Kind, Integer> kinds = new EnumMap<>(Scene.Kind.class);
    Environment environment = Environments.make(id, Map.of());
    try (Simulation simulation = new Simulation(environment)) {
      simulation.reset(3);
      if (simulation.actions().ints().length > 0) {
        simulation.step(2);
      } else {
        simulation.stepWritten();
      }
      Scene scene = environment.capability(SceneView.class).orElseThrow().scene();
      for (Scene.Part part : scene.parts()) {
        kinds.merge(part.kind(), 1, Integer::sum);
        boolean ground = part.kind() == Scene.Kind.GROUND || part.kind() == Scene.Kind.OBSTACLE;
        if (!ground && part.kind() != Scene.Kind.FLAG) {
          assertThat(part.points())
              .allMatch(point -> point.x() >= scene.left() && point.x() <= scene.right());
        }
      }
    }
    return kinds;
  }
}
