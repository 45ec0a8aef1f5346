package org.bellmanrl.env.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.bellmanrl.api.Observations;
import org.bellmanrl.api.Outcomes;
import org.bellmanrl.api.VectorEnvironment;
import org.bellmanrl.api.interaction.Simulation;
import org.bellmanrl.api.random.RandomStream;
import org.bellmanrl.api.random.RandomStreams;
import org.bellmanrl.api.registry.Entry;
import org.bellmanrl.api.registry.EnvironmentEntry;
import org.bellmanrl.api.render.PictureView;
import org.bellmanrl.api.space.Columns;
import org.bellmanrl.api.space.Rows;
import org.bellmanrl.env.Environments;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** All environments of this module can be drawn. */
class PicturesTest {
  private static final int STEPS = 60;

  static List<String> ids() {
    return Environments.REGISTRY.all(EnvironmentEntry.class).stream().map(Entry::id).toList();
  }

  static List<String> batches() {
    return Environments.REGISTRY.all(EnvironmentEntry.class).stream()
        .filter(EnvironmentEntry::batched)
        .map(Entry::id)
        .toList();
  }

  private static Simulation simulation(String id) {
    Simulation simulation = new Simulation(VectorEnvironment.of(Environments.single(id, Map.of())));
    simulation.reset(1);
    return simulation;
  }

  private static PictureView picture(VectorEnvironment environment, int row) {
    return environment.capability(row, PictureView.class).orElseThrow();
  }

  private static int[] draw(PictureView view, int width, int height) {
    int[] argb = new int[width * height];
    view.draw(argb, width, height);
    return argb;
  }

  @ParameterizedTest
  @MethodSource("ids")
  void draw_anySize_fillsItWithSomethingToSee(String id) {
    try (Simulation simulation = simulation(id)) {
      PictureView view = picture(simulation.environment(), 0);
      assertThat(view.aspect()).isBetween(0.25, 4.0);
      for (int[] size : new int[][] {{40, 30}, {200, 200}, {31, 97}, {640, 120}}) {
        int[] argb = draw(view, size[0], size[1]);
        assertThat(Arrays.stream(argb).map(c -> c >>> 24).distinct()).containsExactly(0xFF);
        assertThat(Arrays.stream(argb).distinct().limit(5).count()).isEqualTo(5);
        Arrays.fill(argb, 0x12345678);
        view.draw(argb, size[0], size[1]);
        assertThat(argb).isEqualTo(draw(view, size[0], size[1]));
      }
      assertThat(draw(view, 1, 1)[0] >>> 24).isEqualTo(0xFF);
    }
  }

  @ParameterizedTest
  @MethodSource("ids")
  void draw_asTheSituationChanges_changes(String id) {
    RandomStream actions = RandomStream.ofSeed(5);
    try (Simulation simulation = simulation(id)) {
      PictureView view = picture(simulation.environment(), 0);
      int[] first = draw(view, 160, 120);
      boolean changed = false;
      for (int i = 0; i < STEPS; i++) {
        if (simulation.ended()) {
          simulation.reset();
        } else {
          simulation.stepSampled(actions);
        }
        changed |= !Arrays.equals(first, draw(view, 160, 120));
      }
      // The endless reward has but one state.
      assertThat(changed).isEqualTo(!id.equals("EndlessReward-v1"));
    }
  }

  @ParameterizedTest
  @MethodSource("batches")
  void draw_ofABatch_isThatOfASingleOne(String id) {
    try (Simulation single = simulation(id);
        VectorEnvironment batch = Environments.batch(id, Map.of(), 3)) {
      RandomStreams random = RandomStreams.ofSeeds(0, 1, 2);
      batch.reset(Rows.all(3), random, new Observations(batch.spec(), 3));
      int[] expected = draw(picture(single.environment(), 0), 200, 150);
      assertThat(draw(picture(batch, 1), 200, 150)).isEqualTo(expected);
      Rows third = new Rows(3).add(2);
      Columns actions = new Columns(batch.spec().actionSpace(), 3);
      Outcomes outcomes = new Outcomes(batch.spec(), 3);
      RandomStream choices = RandomStream.ofSeed(5);
      boolean differs = false;
      for (int i = 0; i < 50 && !outcomes.terminated()[2] && !differs; i++) {
        batch.spec().actionSpace().sample(choices, actions, 2);
        batch.step(third, actions, random, outcomes);
        differs = !Arrays.equals(draw(picture(batch, 2), 200, 150), expected);
      }
      assertThat(differs).as("the picture of the third row differs").isTrue();
      assertThat(draw(picture(batch, 1), 200, 150)).isEqualTo(expected);
    }
  }

  @Test
  void draw_impossibleSize_isRefused() {
    try (Simulation simulation = simulation("CartPole-v1")) {
      PictureView view = picture(simulation.environment(), 0);
      assertThatThrownBy(() -> view.draw(new int[99], 10, 10))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("10 by 10", "array of 99");
      assertThatThrownBy(() -> view.draw(new int[99], 0, 10)).hasMessageContaining("at least 1");
      assertThatThrownBy(() -> view.draw(new int[99], 1 << 17, 1 << 17))
          .hasMessageContaining("131072 by 131072");
    }
  }
}
