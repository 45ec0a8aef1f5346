package org.bellmanrl.env.mujoco;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.bellmanrl.api.Environment;
import org.bellmanrl.api.EnvironmentSpec;
import org.bellmanrl.api.interaction.Simulation;
import org.bellmanrl.api.registry.UnavailableException;
import org.bellmanrl.api.space.Box;
import org.bellmanrl.api.state.BinaryState;
import org.bellmanrl.api.state.Stateful;
import org.bellmanrl.testkit.Allocation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@RequiresMujoco
class MujocoTest {

  @ParameterizedTest
  @MethodSource("org.bellmanrl.env.mujoco.Environments#gymnasium")
  void create_everyTask_namedWithDescribedOptions(String id) {
    assertThat(Environments.entry(id).description()).isNotBlank();
    assertThat(Environments.entry(id).options().descriptions())
        .hasSizeGreaterThan(2)
        .allMatch(option -> !option.description().isBlank());
    try (Environment environment = Environments.make(id, Map.of())) {
      assertThat(environment.spec().name()).isEqualTo(id);
    }
  }

  @ParameterizedTest
  @MethodSource("org.bellmanrl.env.mujoco.Environments#gymnasium")
  void carry_intoAFreshModel_sameFuture(String id) {
    try (Simulation first = new Simulation(Environments.make(id, Map.of()));
        Simulation second = new Simulation(Environments.make(id, Map.of()))) {
      first.reset(7);
      for (int i = 0; i < 25; i++) {
        step(first, i);
      }
      BinaryState.fromBytes(BinaryState.toBytes(first), second);
      for (int i = 0; i < 25; i++) {
        step(first, i);
        step(second, i);
        assertThat(second.observations().values().floats())
            .isEqualTo(first.observations().values().floats());
        assertThat(second.reward()).isEqualTo(first.reward());
      }
    }
  }

  private static void step(Simulation simulation, int i) {
    if (simulation.ended()) {
      simulation.reset();
    }
    float[] action = simulation.actions().floats();
    for (int k = 0; k < action.length; k++) {
      action[k] = (float) (0.3 * Math.sin(i + 2.0 * k));
    }
    simulation.stepWritten();
  }

  @Test
  void options_ofGymnasium_changeWhatTheySay() {
    assertThat(width("HalfCheetah-v5", "exclude_current_positions_from_observation", false))
        .isEqualTo(18);
    assertThat(width("Swimmer-v5", "exclude_current_positions_from_observation", false))
        .isEqualTo(10);
    assertThat(width("Ant-v5", "include_cfrc_ext_in_observation", false)).isEqualTo(27);
    assertThat(width("Humanoid-v5", "include_cinert_in_observation", false)).isEqualTo(218);
    assertThat(width("HumanoidStandup-v5", "include_cvel_in_observation", false)).isEqualTo(270);
    Map<String, Object> lenient =
        Map.of("terminate_when_unhealthy", false, "healthy_z_range", "(0.7, inf)");
    try (Environment endless = Environments.make("Hopper-v5", lenient)) {
      assertThat(endless.spec().terminates()).isFalse();
    }
    Map<String, Object> named = Map.of("main_body", "torso");
    try (Environment ant = Environments.make("Ant-v5", named)) {
      assertThat(ant.spec().name()).isEqualTo("Ant-v5");
    }
  }

  private static int width(String id, String option, boolean value) {
    try (Environment environment = Environments.make(id, Map.of(option, value))) {
      return ((Box) environment.spec().observationSpace()).size();
    }
  }

  @Test
  void options_outOfRange_namedWithValueAndRange() {
    assertRefused("Hopper-v5", Map.of("frame_skip", 0), "frame_skip must be at least 1, was 0");
    assertRefused(
        "Hopper-v5",
        Map.of("healthy_z_range", List.of(2.0, 1.0)),
        "healthy_z_range must be two numbers, the lower one first, was [2.0, 1.0]");
    assertRefused(
        "Walker2d-v5",
        Map.of("reset_noise_scale", -1.0),
        "reset_noise_scale must be at least 0, was -1.0");
    assertRefused("Ant-v5", Map.of("main_body", "99"), "main_body of Ant-v5 must be in [0, 14)");
    assertRefused("Ant-v5", Map.of("main_body", "tail"), "there is no body named 'tail' in");
    assertRefused("Ant-v5", Map.of("xml_file", "./no.xml"), "there is no model file ./no.xml");
    assertThatThrownBy(() -> Environments.make("Ant-v5", Map.of("xml_file", "no.xml")))
        .isInstanceOf(UnavailableException.class)
        .hasMessageContaining("the model no.xml of Gymnasium was not found");
    assertRefused("mujoco/Custom-v0", Map.of(), "needs the option xml");
  }

  private static void assertRefused(String id, Map<String, ?> options, String message) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Environments.make(id, options))
        .withMessageContaining(message);
  }

  @Test
  void close_twice_thenRefusesToGoOn() {
    MujocoSimulation simulation = MujocoSimulation.load(Legs.model());
    simulation.close();
    simulation.close();
    assertThatIllegalStateException()
        .isThrownBy(() -> simulation.step(1))
        .withMessageContaining("is closed");
    assertThatIllegalStateException().isThrownBy(() -> simulation.qpos(0));
    assertThatIllegalStateException().isThrownBy(() -> simulation.bodyPosition(0, 0));
  }

  /** A humanoid's model and data take over 1 MB. */
  @Test
  @EnabledOnOs(OS.LINUX)
  void close_manyEnvironments_keepsNoMemory() throws IOException {
    openAndClose(200);
    long before = residentBytes();
    openAndClose(1000);
    assertThat(residentBytes() - before).isLessThan(50_000_000);
  }

  private static void openAndClose(int times) {
    for (int i = 0; i < times; i++) {
      try (Simulation simulation = new Simulation(Environments.make("Hopper-v5", Map.of()))) {
        simulation.reset(i);
        simulation.stepWritten();
      }
    }
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void reset_thousandsOfTimes_keepsNoMemory() throws IOException {
    try (Simulation simulation = new Simulation(Environments.make("Hopper-v5", Map.of()))) {
      for (int i = 0; i < 1000; i++) {
        simulation.reset();
      }
      long before = residentBytes();
      for (int i = 0; i < 10_000; i++) {
        simulation.reset();
      }
      assertThat(residentBytes() - before).isLessThan(50_000_000);
    }
  }

  private static long residentBytes() throws IOException {
    String pages = Files.readString(Path.of("/proc/self/statm")).split(" ", 3)[1];
    return Long.parseLong(pages) * 4096;
  }

  @ParameterizedTest
  @ValueSource(strings = {"Ant-v5", "Humanoid-v5", "Pusher-v5"})
  void step_warm_allocatesNothing(String id) {
    try (Simulation simulation = new Simulation(Environments.make(id, Map.of()))) {
      simulation.reset(1);
      double bytes =
          Allocation.settled(
              1000,
              () -> {
                long allocated = 0;
                for (int i = 0; i < 1000; i++) {
                  if (simulation.ended()) {
                    simulation.reset();
                  }
                  long before = Allocation.bytes();
                  simulation.stepWritten();
                  allocated += Allocation.bytes() - before;
                }
                return allocated;
              });
      assertThat(bytes).isLessThan(Allocation.LIMIT);
    }
  }

  @Test
  void load_noModel_tellsMujocosOwnReason(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("broken.xml"), "<mujoco><worldbody><geom/>");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> MujocoSimulation.load(file))
        .withMessageContaining("can't load")
        .withMessageContaining("broken.xml")
        .withMessageContaining("XML parse error");
    Path unlimited =
        Files.writeString(
            folder.resolve("unlimited.xml"),
            Files.readString(Legs.model()).replace("ctrlrange=\"-2 2\"", ""));
    assertRefused(
        "mujoco/Custom-v0",
        Map.of("xml", unlimited.toString()),
        "needs a ctrlrange that is not empty");
  }

  /** MuJoCo can't return from the error that its working memory is used up. */
  @Test
  void load_modelWithTooLittleMemory_isGivenMore(@TempDir Path folder) throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("small.xml"),
            Files.readString(Legs.model()).replace("memory=\"1M\"", "memory=\"2000\""));
    try (MujocoSimulation small = MujocoSimulation.load(file);
        MujocoSimulation usual = MujocoSimulation.load(Legs.model())) {
      small.step(300);
      usual.step(300);
      assertThat(small.qpos(2)).isEqualTo(usual.qpos(2)).isLessThan(0.6);
    }
  }

  /** A model that falls apart makes MuJoCo warn; by default it writes that to a file. */
  @Test
  void step_unstableModel_writesNoLogFile(@TempDir Path folder) throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("unstable.xml"),
            Files.readString(Legs.model()).replace("gear=\"20\"", "gear=\"1e12\""));
    Path log = Path.of("MUJOCO_LOG.TXT");
    boolean before = Files.exists(log);
    try (MujocoSimulation simulation = MujocoSimulation.load(file)) {
      simulation.setControl(0, 1);
      simulation.step(100);
    }
    assertThat(Files.exists(log)).isEqualTo(before);
  }

  @Test
  void custom_ofASourceFile_rewardsAndEnds(@TempDir Path folder) throws IOException {
    Path task =
        Files.writeString(
            folder.resolve("Rise.java"),
            """
            import org.bellmanrl.api.Action;
            import org.bellmanrl.env.mujoco.MujocoSimulation;
            import org.bellmanrl.env.mujoco.MujocoTask;

            public final class Rise implements MujocoTask {
              public double reward(MujocoSimulation simulation, Action action) {
                return Scale.TWICE * simulation.qpos(2);
              }

              public boolean terminated(MujocoSimulation simulation) {
                return simulation.qpos(2) < 10;
              }

              private static final class Scale {
                static final double TWICE = Double.parseDouble("2");
              }
            }
            """);
    Map<String, Object> options = Map.of("xml", Legs.model().toString(), "task", task.toString());
    Environment environment = Environments.make("mujoco/Custom-v0", options);
    EnvironmentSpec spec = environment.spec();
    assertThat(spec.maxEpisodeSteps()).isEqualTo(1000);
    assertThat(spec.actionSpace()).isEqualTo(Box.of(new float[] {-1, -2}, new float[] {1, 2}));
    assertThat(environment).isInstanceOf(Stateful.class);
    try (Simulation simulation = new Simulation(environment)) {
      simulation.reset(1);
      simulation.stepWritten();
      assertThat(simulation.reward()).isBetween(1.0, 1.4);
      assertThat(simulation.terminated()).isTrue();
    }
  }

  @Test
  void custom_sourceThatIsWrong_saysHow(@TempDir Path folder) throws IOException {
    String xml = Legs.model().toString();
    Path broken = Files.writeString(folder.resolve("Broken.java"), "public class Broken { int x }");
    Path other = Files.writeString(folder.resolve("Other.java"), "public class Other {}");
    assertRefused(
        "mujoco/Custom-v0", Map.of("xml", xml, "task", broken.toString()), "does not compile");
    assertRefused(
        "mujoco/Custom-v0",
        Map.of("xml", xml, "task", other.toString()),
        "must have a public class Other that implements MujocoTask");
    assertRefused(
        "mujoco/Custom-v0",
        Map.of("xml", xml, "task", "Missing.java"),
        "task must be a Java source file that is there");
  }
}
