package org.bellmanrl.bench.learning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class ScoresTest {
  @Test
  void estimates_ofTenScores_areThoseByHand() {
    Scores scores = new Scores(10, 1, 9, 2, 8, 3, 7, 4, 6, 500);

    assertThat(scores.mean()).isEqualTo(55);
    // Without the two lowest and the two highest: 3, 4, 6, 7, 8, 9.
    assertThat(scores.interquartileMean()).isEqualTo(37 / 6.0);
    assertThat(scores.median()).isEqualTo(6.5);
    assertThat(scores.least()).isEqualTo(1);
    assertThat(new Scores(1, 5, 2).interquartileMean()).isEqualTo(8 / 3.0);
    assertThat(new Scores(1, 5, 2).median()).isEqualTo(2);
  }

  @Test
  void interval_ofEqualScores_isAPoint() {
    assertThat(new Scores(500, 500, 500).interval()).containsExactly(500, 500);
  }

  @Test
  void interval_ofTwoScores_reachesBoth() {
    // Both draws are the lower one in a quarter of the cases: far more than the 2.5 % of the tail.
    assertThat(new Scores(0, 1).interval()).containsExactly(0, 1);
  }

  @Test
  void interval_ofManyScores_isThatOfTheNormalApproximation() {
    double[] scores = new double[400];
    for (int i = 0; i < scores.length; i++) {
      scores[i] = i % 2;
    }
    double[] interval = new Scores(scores).interval();

    // Of zeros and ones the estimate is 2p - 1/2: it moves twice as far as p, whose standard error
    // is 0.025.
    assertThat(interval[0]).isCloseTo(0.5 - 1.96 * 0.05, within(0.011));
    assertThat(interval[1]).isCloseTo(0.5 + 1.96 * 0.05, within(0.011));
    assertThat(new Scores(scores).interval()).isEqualTo(interval);
  }

  @Test
  void noScores_areRefused() {
    assertThatThrownBy(Scores::new).hasMessageContaining("at least one score");
  }
}
