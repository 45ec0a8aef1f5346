package org.bellmanrl.env.raycast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.bellmanrl.api.Environment;
import org.bellmanrl.api.Observations;
import org.bellmanrl.api.VectorEnvironment;
import org.bellmanrl.api.interaction.Simulation;
import org.bellmanrl.api.random.RandomStreams;
import org.bellmanrl.api.render.TextView;
import org.bellmanrl.api.space.Box;
import org.bellmanrl.api.space.Discrete;
import org.bellmanrl.api.space.Rows;
import org.bellmanrl.api.state.BinaryState;
import org.bellmanrl.api.state.StateException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RaycastTest {
  private static final RaycastOptions TIC = RaycastOptions.defaults().withFrameSkip(1);

  private static Environment environment(String task, RaycastOptions options) {
    return switch (task) {
      case "Basic" -> new Basic(options);
      case "Corridor" -> new Corridor(options);
      case "DefendTheCenter" -> new DefendTheCenter(options);
      case "HealthGathering" -> new HealthGathering(options);
      case "MyWayHome" -> new MyWayHome(options);
      default -> throw new IllegalArgumentException(task);
    };
  }

  private static void step(Simulation simulation, int action) {
    simulation.actions().ints()[0] = action;
    simulation.stepWritten();
  }

  @ParameterizedTest
  @CsvSource({
    "Basic,4,75",
    "Corridor,8,525",
    "DefendTheCenter,4,525",
    "HealthGathering,4,525",
    "MyWayHome,4,525"
  })
  void spec_hasTheButtonsAndTheLimit(String task, int actions, int limit) {
    Environment environment = environment(task, RaycastOptions.defaults());
    assertThat(environment.spec().name()).isEqualTo("raycast/" + task + "-v1");
    assertThat(environment.spec().actionSpace()).isEqualTo(new Discrete(actions));
    assertThat(environment.spec().observationSpace()).isEqualTo(Box.pixels(84, 84, 1));
    assertThat(environment.spec().maxEpisodeSteps()).isEqualTo(limit);
  }

  @Test
  void basic_kill_pays106LessItsCosts() {
    int kills = 0;
    try (Simulation simulation = new Simulation(new Basic(TIC))) {
      for (long seed = 0; seed < 20; seed++) {
        simulation.reset(seed);
        double cost = 0;
        // To the left wall and back, with a shot whenever the gun is loaded.
        for (int i = 0; !simulation.ended(); i++) {
          int action = i % 15 == 0 ? 3 : i < 50 ? 1 : 2;
          step(simulation, action);
          cost += action == 3 ? 6 : 1;
          assertThat(simulation.episodeReturn())
              .isEqualTo(simulation.terminated() ? 106 - cost : -cost);
        }
        kills += simulation.terminated() ? 1 : 0;
      }
    }
    assertThat(kills).isPositive();
  }

  @Test
  void basic_untilTheLimit_costsATicEach() {
    try (Simulation simulation = new Simulation(new Basic(RaycastOptions.defaults()))) {
      simulation.reset(0);
      while (!simulation.ended()) {
        step(simulation, 0);
      }
      assertThat(simulation.truncated()).isTrue();
      assertThat(simulation.episodeReturn()).isEqualTo(-300);
    }
  }

  @Test
  void frameSkip_repeatsTheAction() {
    try (Simulation one = new Simulation(new MyWayHome(TIC));
        Simulation four = new Simulation(new MyWayHome(TIC.withFrameSkip(4)))) {
      one.reset(2);
      four.reset(2);
      for (int i = 0; i < 30; i++) {
        int action = i % 4;
        for (int k = 0; k < 4; k++) {
          step(one, action);
        }
        step(four, action);
        assertThat(four.observations().values().bytes())
            .isEqualTo(one.observations().values().bytes());
      }
    }
  }

  /** The plane of grey values is the same whatever planes follow, and RGB shows the same world. */
  @Test
  void planes_followThePicture() {
    byte[] grey = first(TIC);
    byte[] all = first(TIC.withDepth(true).withAutomap(true));
    byte[] rgb = first(TIC.withRgb(true));
    int darker = 0;
    for (int i = 0; i < grey.length; i++) {
      assertThat(all[3 * i]).isEqualTo(grey[i]);
      int sum =
          77 * (rgb[3 * i] & 0xFF) + 150 * (rgb[3 * i + 1] & 0xFF) + 29 * (rgb[3 * i + 2] & 0xFF);
      assertThat(sum / 256).isEqualTo(grey[i] & 0xFF);
      darker += (all[3 * i + 1] & 0xFF) < 255 ? 1 : 0;
    }
    assertThat(darker).as("pixels of something within 16 cells").isGreaterThan(grey.length / 2);
    int[] map = new int[256];
    for (int i = 0; i < grey.length; i++) {
      map[all[3 * i + 2] & 0xFF]++;
    }
    assertThat(map[255]).as("the player's pixels").isBetween(2, 40);
    assertThat(map[150]).as("walls").isPositive();
    assertThat(map[50]).as("open cells").isPositive();
  }

  private static byte[] first(RaycastOptions options) {
    try (Simulation simulation = new Simulation(new Corridor(options))) {
      simulation.reset(0);
      return simulation.observations().values().bytes().clone();
    }
  }

  /**
   * The floor at the player's feet is closer than the wall ahead, and further lines are further.
   */
  @Test
  void depth_growsFromTheFeetToTheHorizon() {
    try (Simulation simulation = new Simulation(new HealthGathering(TIC.withDepth(true)))) {
      simulation.reset(0);
      byte[] seen = simulation.observations().values().bytes();
      int last = 0;
      for (int y = 83; y > 50; y--) {
        int distance = seen[(y * 84 + 2) * 2 + 1] & 0xFF;
        assertThat(distance).isGreaterThanOrEqualTo(last);
        last = distance;
      }
      assertThat(last).isBetween(20, 255);
    }
  }

  @Test
  void healthGathering_standingStill_livesForThirteenBurns() {
    try (Simulation simulation = new Simulation(new HealthGathering(TIC))) {
      simulation.reset(1);
      while (!simulation.ended()) {
        step(simulation, 0);
      }
      assertThat(simulation.terminated()).isTrue();
      assertThat(simulation.length()).isGreaterThanOrEqualTo(13 * 24);
      assertThat(simulation.episodeReturn()).isEqualTo(simulation.length() - 101.0);
    }
  }

  @Test
  void corridor_walkingAhead_isPaidByTheCellUntilShot() {
    int deaths = 0;
    for (long seed = 0; seed < 20; seed++) {
      try (Simulation simulation = new Simulation(new Corridor(TIC))) {
        simulation.reset(seed);
        step(simulation, 4);
        assertThat(simulation.reward()).isCloseTo(64 * 0.13, within(1e-9));
        while (!simulation.ended()) {
          step(simulation, 4);
        }
        assertThat(simulation.terminated()).isTrue();
        deaths += simulation.diagnostic("health") == 0 ? 1 : 0;
      }
    }
    assertThat(deaths).as("of 20 who only ran").isGreaterThan(10);
  }

  @Test
  void defendTheCenter_doingNothing_diesForOne() {
    try (Simulation simulation = new Simulation(new DefendTheCenter(RaycastOptions.defaults()))) {
      simulation.reset(0);
      while (!simulation.ended()) {
        step(simulation, 0);
      }
      assertThat(simulation.terminated()).isTrue();
      assertThat(simulation.episodeReturn()).isEqualTo(-1);
    }
  }

  @Test
  void text_isTheViewInLetters() {
    Environment environment = new Basic(TIC);
    try (Simulation simulation = new Simulation(environment)) {
      simulation.reset(0);
      String text = environment.capability(TextView.class).orElseThrow().text(false);
      assertThat(text.lines()).hasSize(25);
      assertThat(text).startsWith("health 100, ammo 50, kills 0\n");
      assertThat(text.lines().skip(1)).allSatisfy(line -> assertThat(line).hasSize(72));
      assertThat(text.chars().distinct().count()).isGreaterThan(10);
    }
  }

  @Test
  void restore_ofAnotherWorld_isRefused() {
    Simulation corridor = new Simulation(new Corridor(TIC));
    corridor.reset(0);
    for (int i = 0; i < 60 && !corridor.ended(); i++) {
      step(corridor, 4);
    }
    byte[] saved = BinaryState.toBytes(corridor.environment());
    assertThatThrownBy(
            () -> BinaryState.fromBytes(saved, new Simulation(new Basic(TIC)).environment()))
        .isInstanceOf(StateException.class);
  }

  @Test
  void batch_moreThanFitsInMemory_isRefusedWithARemedy() {
    RaycastOptions large = TIC.withSize(1024, 1024).withRgb(true);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Basic.batch(large, 1000))
        .withMessageContaining("1000 observations of 1024 × 1024 × 3 bytes")
        .withMessageContaining("smaller");
  }

  @Test
  void options_outOfRange_areRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TIC.withSize(7, 84))
        .withMessage("width must be in [8, 1024], was 7");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TIC.withSize(84, 1025))
        .withMessage("height must be in [8, 1024], was 1025");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TIC.withFrameSkip(0))
        .withMessage("frame_skip must be in [1, 100], was 0");
  }

  /** Any size draws every pixel, also those that no wall is large enough for. */
  @ParameterizedTest
  @CsvSource({"8,8", "9,11", "8,200", "200,9", "84,84"})
  void draw_anySize_writesEveryPixel(int width, int height) {
    for (String task :
        new String[] {"Basic", "Corridor", "DefendTheCenter", "HealthGathering", "MyWayHome"}) {
      RaycastOptions options = TIC.withSize(width, height);
      byte[][] drawn = new byte[2][];
      for (int filling = 0; filling < 2; filling++) {
        try (VectorEnvironment one = VectorEnvironment.of(environment(task, options))) {
          Observations observations = new Observations(one.spec(), 1);
          drawn[filling] = observations.values().bytes();
          Arrays.fill(drawn[filling], (byte) (filling + 1));
          one.reset(Rows.all(1), RandomStreams.ofSeeds(0), observations);
        }
      }
      assertThat(drawn[0]).as(task).isEqualTo(drawn[1]);
    }
  }
}
