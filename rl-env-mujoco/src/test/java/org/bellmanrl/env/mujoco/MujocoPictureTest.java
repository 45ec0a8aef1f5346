package org.bellmanrl.env.mujoco;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Map;
import org.bellmanrl.api.interaction.Simulation;
import org.bellmanrl.api.random.RandomStream;
import org.bellmanrl.api.render.PictureView;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@RequiresMujoco
class MujocoPictureTest {
  private static final int WIDTH = 150;
  private static final int HEIGHT = 100;

  private static int[] draw(Simulation simulation) {
    int[] argb = new int[WIDTH * HEIGHT];
    simulation
        .environment()
        .capability(0, PictureView.class)
        .orElseThrow()
        .draw(argb, WIDTH, HEIGHT);
    return argb;
  }

  /** How much stronger one of the colours of a pixel is than another: floor and sky are bluish. */
  private static int warmth(int pixel) {
    return ((pixel >> 16) & 0xFF) - (pixel & 0xFF);
  }

  @ParameterizedTest
  @MethodSource("org.bellmanrl.env.mujoco.Environments#gymnasium")
  void draw_everyTask_showsWhatMovesAndFollowsIt(String id) {
    try (Simulation simulation = new Simulation(Environments.make(id, Map.of()))) {
      RandomStream actions = RandomStream.ofSeed(1);
      simulation.reset(3);
      int[] first = draw(simulation);
      long bluish = Arrays.stream(first).filter(pixel -> warmth(pixel) < -5).count();
      assertThat(bluish).as("floor and sky").isBetween(first.length / 3L, first.length - 100L);
      for (int i = 0; i < 20 && !simulation.ended(); i++) {
        simulation.stepSampled(actions);
      }
      int[] later = draw(simulation);
      assertThat(later).isNotEqualTo(first).isEqualTo(draw(simulation));
      // In the middle of the picture is what the camera follows, or a part of it.
      assertThat(coloured(later)).isGreaterThan(20);
    }
  }

  /** Pixels around the middle that are neither floor nor sky. */
  private static int coloured(int[] argb) {
    int count = 0;
    for (int y = HEIGHT / 4; y < 3 * HEIGHT / 4; y++) {
      for (int x = WIDTH / 4; x < 3 * WIDTH / 4; x++) {
        count += warmth(argb[y * WIDTH + x]) > -5 ? 1 : 0;
      }
    }
    return count;
  }

  @Test
  void draw_inAnEpisode_changesNoBitOfIt() {
    try (Simulation drawn = new Simulation(Environments.make("Hopper-v5", Map.of()));
        Simulation plain = new Simulation(Environments.make("Hopper-v5", Map.of()))) {
      drawn.reset(1);
      plain.reset(1);
      for (int i = 0; i < 15; i++) {
        draw(drawn);
        drawn.stepWritten();
        plain.stepWritten();
        assertThat(drawn.observations().values().floats())
            .isEqualTo(plain.observations().values().floats());
      }
    }
  }
}
