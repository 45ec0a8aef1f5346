package org.bellmanrl.deep.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.bellmanrl.api.Actions;
import org.bellmanrl.api.EnvironmentSpec;
import org.bellmanrl.api.Observations;
import org.bellmanrl.api.Outcomes;
import org.bellmanrl.api.Transitions;
import org.bellmanrl.api.random.RandomStream;
import org.bellmanrl.api.space.Box;
import org.bellmanrl.api.space.Dict;
import org.bellmanrl.api.space.Discrete;
import org.bellmanrl.api.space.Rows;
import org.bellmanrl.deep.network.Sequences;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Sequences of a task whose observations say which step of which episode of which row they are, and
 * whose states are these numbers and one half.
 */
class SequenceReplayTest {
  private static final int ROWS = 2;
  private static final float GAMMA = 0.5f;
  private static final EnvironmentSpec SPEC =
      EnvironmentSpec.of("Steps", Box.of(0f, Float.POSITIVE_INFINITY, 1), new Discrete(2));

  private final Observations observations = new Observations(SPEC, ROWS);
  private final Outcomes outcomes = new Outcomes(SPEC, ROWS);
  private final Actions actions =
      new Actions(
          SPEC.actionSpace(), Dict.of(Map.of("hidden_state", Box.of(-1e9f, 1e9f, 1))), ROWS);
  private final Transitions transitions =
      new Transitions(Rows.all(ROWS), observations, actions, outcomes, null);
  private final RandomStream random = RandomStream.ofSeed(5);
  private final int[] episode = {0, 1};
  private int episodes = ROWS;
  private final int[] step = new int[ROWS];

  /** The lengths of all episodes that are over, by number. */
  private final int[] lengths = new int[1000];

  /** Numbers of an episode's observations: 100 · episode + step, episodes of all rows counted. */
  private static float number(int episode, int step) {
    return 100f * episode + step;
  }

  private void play(Replay replay, int steps) {
    for (int i = 0; i < steps; i++) {
      for (int row = 0; row < ROWS; row++) {
        float shown = number(episode[row], step[row]);
        boolean last = (step[row] >= 2 && random.integers(12) == 0) || step[row] == 90;
        observations.values().floats()[row] = shown;
        actions.extras().floats()[row] = shown + 0.5f;
        outcomes.observations().values().floats()[row] = shown + 1;
        outcomes.reward()[row] = shown % 7;
        outcomes.discount()[row] = last ? 0 : 1;
        outcomes.terminated()[row] = last;
        transitions.first()[row] = step[row] == 0;
      }
      replay.add(transitions);
      for (int row = 0; row < ROWS; row++) {
        step[row]++;
        if (outcomes.terminated()[row]) {
          lengths[episode[row]] = step[row];
          episode[row] = episodes++;
          step[row] = 0;
        }
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"0,4,2,1,false", "3,5,2,1,true", "2,6,3,3,false", "5,1,1,2,true", "0,20,10,2,true"})
  void sample_givesSequencesAsTheyWere(
      int burnIn, int length, int period, int nStep, boolean prioritised) {
    ReplayConfig config =
        new ReplayConfig(
                200,
                nStep,
                GAMMA,
                1,
                prioritised ? Optional.of(new Prioritisation()) : Optional.empty())
            .withSequences(Optional.of(new SequenceConfig(burnIn, length, period, 1)));
    Replay replay = new Replay(SPEC, ROWS, config);
    SequenceBatch batch = replay.sequences(6);
    Set<Float> begun = new HashSet<>();
    for (int round = 0; round < 40; round++) {
      play(replay, round == 0 ? 60 : 7);
      replay.sample(random, batch, 1);
      check(batch, burnIn, length, period, nStep, begun);
      if (prioritised) {
        float[] errors = new float[batch.steps().maxSize()];
        for (int i = 0; i < errors.length; i++) {
          errors[i] = (float) random.uniform(-2, 2);
        }
        replay.update(batch, errors);
      }
    }
    assertThat(begun.size()).isGreaterThan(20);
  }

  private void check(
      SequenceBatch batch, int burnIn, int length, int period, int nStep, Set<Float> begun) {
    Sequences sequences = batch.sequences();
    float[] shown = batch.observations().floats();
    int steps = 0;
    for (int place = 0; place < sequences.count(); place++) {
      float first = shown[sequences.row(0, place)];
      begun.add(first);
      assertThat(batch.states()[place]).isEqualTo(first + 0.5f);
      assertThat(first % 100 % period).isZero();
      int rows = sequences.length(place);
      for (int t = 0; t < rows; t++) {
        assertThat(shown[sequences.row(t, place)]).isEqualTo(first + t);
      }
      int end = lengths[(int) first / 100];
      int left = (end == 0 ? Integer.MAX_VALUE : end) - (int) first % 100;
      int transitionsOf = Math.min(left, burnIn + length);
      int burned = Math.max(0, Math.min(burnIn, transitionsOf - length));
      assertThat(rows).isEqualTo(1 + Math.min(left, transitionsOf - 1 + nStep));
      for (int t = burned; t < transitionsOf; t++, steps++) {
        assertThat(batch.row(steps)).isEqualTo(sequences.row(t, place));
        int next = Math.min(t + nStep, left);
        assertThat(batch.nextRow(steps)).isEqualTo(sequences.row(next, place));
        double sum = 0;
        for (int k = t; k < next; k++) {
          sum += Math.pow(GAMMA, k - t) * ((first + k) % 7);
        }
        assertThat((double) batch.steps().rewards()[steps]).isCloseTo(sum, within(1e-4));
        float bootstrap = next == left ? 0 : (float) Math.pow(GAMMA, next - t);
        assertThat(batch.steps().bootstraps()[steps]).isEqualTo(bootstrap);
      }
    }
    assertThat(batch.steps().size()).isEqualTo(steps);
  }

  @Test
  void sequences_ofSingleTransitions_areRefused() {
    Replay replay = new Replay(SPEC, 1, ReplayConfig.uniform(5, GAMMA));

    assertThatThrownBy(() -> replay.sequences(4))
        .hasMessage("this replay holds single transitions, not sequences");
  }
}
