package org.bellmanrl.env.textbook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.bellmanrl.api.model.FiniteModel;
import org.bellmanrl.api.render.TextView;
import org.junit.jupiter.api.Test;

final class RandomWalkTest {
  @Test
  void model_withoutJumps_keepsTheStraightLine() {
    FiniteModel model = new RandomWalk(RandomWalkOptions.defaults()).model();

    assertThat(model.initial(9)).isEqualTo(1);
    // V(s) = (s − 9) / 10 is what the next step is worth, in every state.
    for (int s = 0; s < 19; s++) {
      double worth = 0;
      for (int i = model.from(s, 0); i < model.to(s, 0); i++) {
        double next = model.terminated(i) ? 0 : (model.next(i) - 9) / 10.0;
        worth += model.probability(i) * (model.reward(i) + next);
      }
      assertThat(worth).isCloseTo((s - 9) / 10.0, within(1e-12));
    }
  }

  @Test
  void model_withJumps_putsWhatLeadsBeyondIntoTheEnd() {
    FiniteModel model = new RandomWalk(RandomWalkOptions.thousand()).model();

    assertThat(model.initial(499)).isEqualTo(1);
    // From the second state there are 99 jumps out on the left: to −1 and beyond.
    int end = -1;
    for (int i = model.from(1, 0); i < model.to(1, 0); i++) {
      if (model.terminated(i)) {
        assertThat(end).isEqualTo(-1);
        end = i;
      }
    }
    assertThat(model.probability(end)).isCloseTo(99 / 200.0, within(1e-12));
    assertThat(model.reward(end)).isEqualTo(-1);
    assertThat(model.to(1, 0) - model.from(1, 0)).isEqualTo(1 + 100 + 1);
  }

  @Test
  void text_walk_showsWhereItIs() {
    RandomWalk walk = new RandomWalk(RandomWalkOptions.five());
    assertThat(walk.capability(TextView.class).orElseThrow().text(false)).isEqualTo("|..A..|\n");
  }

  @Test
  void options_outOfRange_areRefused() {
    assertThatThrownBy(() -> new RandomWalkOptions(2, 1, 0, 1))
        .hasMessage("states must be in [3, 10000000], was 2");
    assertThatThrownBy(() -> new RandomWalkOptions(5, 0, 0, 1))
        .hasMessage("jump must be in [1, 1000000], was 0");
    assertThatThrownBy(() -> new RandomWalkOptions(5, 1, Double.NaN, 1))
        .hasMessage("left must be finite, was NaN");
  }
}
