package org.bellmanrl.env.wrapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.bellmanrl.api.VectorEnvironment;
import org.bellmanrl.api.interaction.Simulation;
import org.bellmanrl.api.random.RandomStream;
import org.bellmanrl.api.render.PictureView;
import org.bellmanrl.api.space.Box;
import org.bellmanrl.api.space.Discrete;
import org.bellmanrl.env.classic.CartPole;
import org.bellmanrl.env.classic.CartPoleOptions;
import org.bellmanrl.testkit.RandomTask;
import org.junit.jupiter.api.Test;

class RenderTest {
  private static VectorEnvironment poles() {
    return CartPole.batch(CartPoleOptions.defaults(), 1);
  }

  @Test
  void step_showsThePictureOfTheMoment() {
    RandomStream actions = RandomStream.ofSeed(3);
    try (Simulation simulation = new Simulation(new Render(30, 40).wrap(poles()))) {
      assertThat(simulation.spec().observationSpace()).isEqualTo(Box.pixels(30, 40, 3));
      simulation.reset(1);
      for (int i = 0; i < 5; i++) {
        int[] argb = new int[30 * 40];
        simulation.environment().capability(0, PictureView.class).orElseThrow().draw(argb, 40, 30);
        byte[] seen = simulation.observations().values().bytes();
        for (int pixel = 0; pixel < argb.length; pixel++) {
          int rgb =
              (seen[3 * pixel] & 0xFF) << 16
                  | (seen[3 * pixel + 1] & 0xFF) << 8
                  | (seen[3 * pixel + 2] & 0xFF);
          assertThat(rgb).isEqualTo(argb[pixel] & 0xFFFFFF);
        }
        simulation.stepSampled(actions);
      }
    }
  }

  @Test
  void wrap_aTaskThatDrawsNothing_isRefusedWithARemedy() {
    VectorEnvironment blind = new RandomTask(Box.of(0, 1, 2), new Discrete(2)).rows(1);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Render().wrap(blind))
        .withMessageContaining("draws nothing")
        .withMessageContaining("PictureView");
  }

  @Test
  void wrap_moreThanFitsInMemory_isRefusedWithARemedy() {
    VectorEnvironment many = CartPole.batch(CartPoleOptions.defaults(), 64);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Render(4096, 4096).wrap(many))
        .withMessageContaining("64 observations of 4096 × 4096 × 3 bytes")
        .withMessageContaining("smaller");
  }

  @Test
  void options_outOfRange_areRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Render(0, 84))
        .withMessage("height must be in [1, 4096], was 0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Render(84, 5000))
        .withMessage("width must be in [1, 4096], was 5000");
  }
}
