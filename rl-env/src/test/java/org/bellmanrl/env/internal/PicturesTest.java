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
import org.junit.jupiter.params.provider.CsvSource;
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

  /**
   * What a picture is about differs enough from what it is drawn on, as WCAG 2.1 asks for: within a
   * box around it, in percent of the picture, the lightest colour from the darkest.
   */
  @ParameterizedTest
  @CsvSource({
    // Rods, poles, rails and the line to reach, then what is written.
    "CartPole-v1, 48, 50, 52, 60, 3",
    "CartPole-v1, 20, 77, 30, 84, 3",
    "Acrobot-v1, 40, 52, 60, 64, 3",
    "Acrobot-v1, 40, 74, 60, 86, 3",
    "Acrobot-v1, 2, 26, 12, 32, 3",
    "Gambler-v1, 64, 42, 80, 58, 4.5",
    "AccessControl-v1, 14, 52, 20, 68, 4.5",
    "CarRental-v1, 22, 11, 29, 18, 4.5"
  })
  void draw_inks_differEnough(String id, int left, int top, int right, int bottom, double least) {
    int height = 400;
    try (Simulation simulation = simulation(id)) {
      PictureView view = picture(simulation.environment(), 0);
      int width = (int) Math.round(height * view.aspect());
      int[] argb = draw(view, width, height);
      double darkest = 1;
      double lightest = 0;
      for (int y = height * top / 100; y < height * bottom / 100; y++) {
        for (int x = width * left / 100; x < width * right / 100; x++) {
          double luminance = luminance(argb[y * width + x]);
          darkest = Math.min(darkest, luminance);
          lightest = Math.max(lightest, luminance);
        }
      }
      assertThat((lightest + 0.05) / (darkest + 0.05)).isGreaterThanOrEqualTo(least);
    }
  }

  private static double luminance(int rgb) {
    return 0.2126 * linear(rgb >> 16) + 0.7152 * linear(rgb >> 8) + 0.0722 * linear(rgb);
  }

  private static double linear(int component) {
    double value = (component & 255) / 255.0;
    return value <= 0.03928 ? value / 12.92 : Math.pow((value + 0.055) / 1.055, 2.4);
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
