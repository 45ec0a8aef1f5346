package org.bellmanrl.env.jolt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.bellmanrl.api.interaction.Simulation;
import org.bellmanrl.api.random.RandomStream;
import org.bellmanrl.api.render.PictureView;
import org.bellmanrl.api.render.TextView;
import org.bellmanrl.api.state.BinaryState;
import org.bellmanrl.api.state.StateException;
import org.bellmanrl.testkit.Allocation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FetchTest {
  private static final double TIME_STEP = 1 / 60.0;

  private static Simulation huggy(FetchOptions options) {
    return new Simulation(Huggy.fetch("Huggy-v1", options));
  }

  /** Plays with random actions and returns every observation and reward. */
  private static List<Float> play(Simulation simulation, RandomStream random, int steps) {
    List<Float> seen = new ArrayList<>();
    for (int i = 0; i < steps; i++) {
      if (simulation.ended()) {
        simulation.reset();
      }
      simulation.stepSampled(random);
      for (float value : simulation.observations().values().floats()) {
        seen.add(value);
      }
      seen.add((float) simulation.reward());
    }
    return seen;
  }

  private static RandomStream stream(long seed) {
    return RandomStream.ofSeed(seed);
  }

  @Test
  void spaces_ofHuggy_areTheIssued() {
    try (Simulation simulation = huggy(FetchOptions.defaults())) {
      assertThat(simulation.actions().floats()).hasSize(12);
      simulation.reset(0);
      assertThat(simulation.observations().values().floats()).hasSize(54);
    }
  }

  @Test
  void reset_firstObservation_describesADogThatStands() {
    try (Simulation simulation = huggy(FetchOptions.defaults())) {
      simulation.reset(5);
      float[] seen = simulation.observations().values().floats();
      double length = Math.sqrt(seen[0] * seen[0] + seen[1] * seen[1] + seen[2] * seen[2]);
      assertThat(length).isCloseTo(1, within(1e-6));
      assertThat(seen[3]).isBetween(0.1f, 0.9f);
      assertThat(seen[5]).isCloseTo(1, within(0.01f));
      assertThat(seen[13]).isCloseTo(0.41f, within(0.03f));
      assertThat(seen[14]).isCloseTo(0.33f, within(0.05f));
      assertThat(seen[16]).isCloseTo(-0.65f, within(0.05f));
      assertThat(List.of(seen[38], seen[39], seen[40], seen[41])).containsOnly(1f);
    }
  }

  @Test
  void step_rewardTerms_addUpToTheReward() {
    try (Simulation simulation = huggy(FetchOptions.defaults())) {
      simulation.reset(2);
      RandomStream random = stream(9);
      float before = simulation.observations().values().floats()[3];
      for (int i = 0; i < 40 && !simulation.ended(); i++) {
        simulation.stepSampled(random);
        float after = simulation.observations().values().floats()[3];
        double direction = simulation.diagnostic("reward_direction");
        assertThat(direction).isCloseTo(0.5 * 10 * (before - after), within(1e-5));
        assertThat(simulation.diagnostic("reward_time")).isEqualTo(-0.00333);
        assertThat(simulation.diagnostic("reward_rotation")).isNotPositive();
        assertThat(simulation.reward())
            .isEqualTo(
                direction
                    + simulation.diagnostic("reward_goal")
                    + simulation.diagnostic("reward_time")
                    + simulation.diagnostic("reward_rotation"));
        before = after;
      }
    }
  }

  @Test
  void step_upsideDown_endsWithTheGoalsCost() {
    // Legs that kick as hard as they can turn the dog over sooner or later.
    try (Simulation simulation = huggy(new FetchOptions(false, 0, 1, 0, 0, 8, 8))) {
      RandomStream random = stream(1);
      int fallen = 0;
      for (int episode = 0; episode < 30 && fallen < 2; episode++) {
        simulation.reset(episode);
        while (!simulation.ended()) {
          simulation.stepSampled(random);
        }
        if (simulation.terminated()) {
          assertThat(simulation.reward()).isEqualTo(-1);
          // The y of the world's upward direction in the torso's frame.
          assertThat(simulation.observations().values().floats()[5]).isNegative();
          fallen++;
        }
      }
      assertThat(fallen).isPositive();
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void step_atTheStick_isAFetch(boolean continuing) {
    FetchOptions near = new FetchOptions(continuing, 0, 1, 0, 0, 1, 1);
    try (Simulation simulation = huggy(near)) {
      RandomStream random = stream(4);
      int fetched = 0;
      for (int episode = 0; episode < 60 && fetched == 0; episode++) {
        simulation.reset(episode);
        for (int i = 0; i < 60 && !simulation.ended() && fetched == 0; i++) {
          simulation.stepSampled(random);
          fetched = (int) simulation.diagnostic("fetches");
        }
      }
      assertThat(fetched).isEqualTo(1);
      assertThat(simulation.reward()).isEqualTo(1);
      assertThat(simulation.terminated()).isEqualTo(!continuing);
      double away = 10 * simulation.observations().values().floats()[3];
      if (continuing) {
        assertThat(away).isGreaterThan(0.5);
      } else {
        assertThat(away).isLessThan(0.5);
      }
    }
  }

  @Test
  void play_manyOnTwoThreads_isWhatOneGivesAlone() throws Exception {
    int worlds = 4;
    List<List<Float>> alone = new ArrayList<>();
    for (int i = 0; i < worlds; i++) {
      alone.add(playOne(i));
    }
    List<Future<List<Float>>> together = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
      for (int i = 0; i < worlds; i++) {
        int seed = i;
        Callable<List<Float>> task = () -> playOne(seed);
        together.add(threads.submit(task));
      }
      for (int i = 0; i < worlds; i++) {
        assertThat(together.get(i).get()).isEqualTo(alone.get(i));
      }
    }
  }

  private static List<Float> playOne(int seed) {
    try (Simulation simulation = huggy(FetchOptions.defaults())) {
      simulation.reset(seed);
      return play(simulation, stream(seed), 60);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void restore_inMidStride_hasTheSameFuture(boolean fresh) {
    FetchOptions options = FetchOptions.defaults().withContinuing(true);
    try (Simulation simulation = huggy(options);
        Simulation other = huggy(options)) {
      simulation.reset(3);
      play(simulation, stream(1), 37);
      byte[] saved = BinaryState.toBytes(simulation);
      List<Float> future = play(simulation, stream(2), 120);
      Simulation again = fresh ? other : simulation;
      BinaryState.fromBytes(saved, again);
      assertThat(play(again, stream(2), 120)).isEqualTo(future);
    }
  }

  @Test
  void restore_ofAnotherBody_refused() {
    byte[] saved;
    try (Simulation simulation = huggy(FetchOptions.defaults())) {
      simulation.reset(1);
      saved = BinaryState.toBytes(simulation.environment());
    }
    try (Simulation biped = new Simulation(Biped.fetch("Biped-v1", FetchOptions.defaults()))) {
      biped.reset(1);
      assertThatThrownBy(() -> BinaryState.fromBytes(saved, biped.environment()))
          .isInstanceOf(StateException.class)
          .hasMessageContaining("Biped-v1 has the body Biped, but the saved state is of Huggy");
    }
  }

  /**
   * The binding returns velocities and rotations as new objects. Compiled code does without them,
   * unless methods were compiled in an order in which it can't see that they don't escape, so that
   * only their size can be relied on; and of the rounds only the least, because code that is given
   * up in the middle of a step makes some of its objects twice.
   */
  @Test
  void step_allocatesAtMostWhatTheBindingReturns() {
    int vectors = 2 * Huggy.body().parts().size() * 24;
    int quaternions = 4 * 32;
    try (Simulation simulation = huggy(FetchOptions.defaults())) {
      simulation.reset(1);
      long least = Long.MAX_VALUE;
      for (int round = 0; round < 10; round++) {
        long allocated = 0;
        for (int i = 0; i < 50; i++) {
          if (simulation.ended()) {
            simulation.reset();
          }
          long before = Allocation.bytes();
          simulation.stepWritten();
          allocated += Allocation.bytes() - before;
        }
        least = Math.min(least, allocated);
      }
      assertThat(least).isLessThanOrEqualTo(50L * (vectors + quaternions));
    }
  }

  @Test
  void options_outOfRange_namedWithValueAndRange() {
    assertThatThrownBy(() -> new FetchOptions(false, -1, 1, 0, 0, 2, 8))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("direction_weight must be in [0, 100], was -1.0");
    assertThatThrownBy(() -> new FetchOptions(false, 1, 1, 0, 0, 9, 8))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("farthest must be in [9.0, 20], was 8.0");
  }

  @Test
  void views_show_theDogAndTheStick() {
    Fetch fetch = Huggy.fetch("Huggy-v1", FetchOptions.defaults());
    PictureView picture = fetch.capability(PictureView.class).orElseThrow();
    assertThatThrownBy(() -> picture.draw(new int[1], 1, 1))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("Huggy-v1");
    try (Simulation simulation = new Simulation(fetch)) {
      simulation.reset(2);
      int[] argb = new int[120 * 80];
      picture.draw(argb, 120, 80);
      int[] again = new int[120 * 80];
      picture.draw(again, 120, 80);
      assertThat(again).isEqualTo(argb);
      int tan = 0;
      for (int pixel : argb) {
        int red = (pixel >> 16) & 0xFF;
        int green = (pixel >> 8) & 0xFF;
        int blue = pixel & 0xFF;
        tan += red > green + 20 && green > blue + 20 ? 1 : 0;
      }
      // Fur, and nothing else here, is between red and yellow.
      assertThat(tan).isGreaterThan(80);
      assertThat(fetch.capability(TextView.class).orElseThrow().text(false))
          .contains("@", "/", "0 fetched");
    }
  }

  @Test
  void click_onTheGround_throwsTheStickThere() {
    Fetch fetch = Huggy.fetch("Huggy-v1", new FetchOptions(false, 0.5, 1, 0, 0, 8, 8));
    PictureView.Clickable picture = fetch.capability(PictureView.Clickable.class).orElseThrow();
    try (Simulation simulation = new Simulation(fetch)) {
      simulation.reset(2);
      assertThat(picture.click(0.5, 0, 1.5)).as("a click on the sky").isFalse();
      assertThat(picture.click(0.5, 0.9, 1.5)).isTrue();
      simulation.stepWritten();
      // In tens of metres: what is in front of the camera is nearer than where the stick fell.
      assertThat(simulation.observations().values().floats()[3]).isLessThan(0.7f);
      assertThat(simulation.reward()).as("nobody is paid for a throw").isLessThan(0.1);
    }
  }

  @Test
  void tripod_ofThePage_stands() {
    try (World world = new World(Tripod.body(), TIME_STEP)) {
      world.step(200);
      assertThat(world.touches).containsExactly(false, true, true, true);
      assertThat(world.position[1]).isGreaterThan(0.4);
    }
  }
}
