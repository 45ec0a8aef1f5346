package org.bellmanrl.env.box2d;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bellmanrl.api.Environment;
import org.bellmanrl.api.interaction.Simulation;
import org.bellmanrl.api.space.Box;
import org.bellmanrl.api.space.Space;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Recorded runs of Gymnasium 1.3.0 are met. */
class GymnasiumTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "LunarLander-v3",
        "LunarLander-v3-continuous",
        "LunarLander-v3-wind",
        "LunarLander-v3-continuous-windy",
        "LunarLanderContinuous-v3"
      })
  void step_lander_equalUntilTheFirstContactAndCloseAfter(String name) {
    Comparison comparison = compare(name);
    assertThat(comparison.firstDifference).isEmpty();
    assertThat(comparison.exactRows).isGreaterThan(300);
    assertMostEpisodesAreClose(comparison);
  }

  /** A walker stands on the ground from the first row on; each episode was recorded separately. */
  @ParameterizedTest
  @ValueSource(strings = {"BipedalWalker-v3-new-worlds", "BipedalWalkerHardcore-v3-new-worlds"})
  void step_walkerInANewWorld_close(String name) {
    Comparison comparison = compare(name);
    assertThat(comparison.rows).isGreaterThan(700);
    assertMostEpisodesAreClose(comparison);
  }

  /** The first observation holds the random stream's every draw: in all episodes, whatever came. */
  @Test
  void reset_walker_closeInEveryEpisode() {
    Trace trace = Trace.read("BipedalWalker-v3");
    List<Double> differences = new ArrayList<>();
    trace.play(
        trace.environment(),
        (line, expected, played) -> {
          if (!expected.has("action")) {
            float[] theirs = Trace.floats(expected.get("obs"));
            differences.add(difference(theirs, played.observations().values().floats()));
          }
        });
    assertThat(differences).hasSize(10).allMatch(difference -> difference < 1e-6);
  }

  private static Comparison compare(String name) {
    Trace trace = Trace.read(name);
    Environment environment = trace.environment();
    assertThat(environment.spec().maxEpisodeSteps())
        .isEqualTo(trace.header().get("max_episode_steps").asInt());
    assertSpace(environment.spec().observationSpace(), trace.header().get("observation_space"));
    assertSpace(environment.spec().actionSpace(), trace.header().get("action_space"));
    Comparison comparison = new Comparison();
    trace.play(environment, comparison);
    comparison.endEpisode();
    return comparison;
  }

  private static void assertSpace(Space space, JsonNode expected) {
    if (expected.has("discrete")) {
      assertThat(space).hasToString("Discrete(" + expected.get("discrete").asInt() + ")");
    } else {
      assertThat(space)
          .isEqualTo(Box.of(Trace.floats(expected.get("low")), Trace.floats(expected.get("high"))));
    }
  }

  private static void assertMostEpisodesAreClose(Comparison comparison) {
    assertThat(10 * comparison.closeEpisodes)
        .as(comparison.toString())
        .isGreaterThanOrEqualTo(9 * comparison.episodes);
  }

  private static double difference(float[] theirs, float[] ours) {
    double worst = 0;
    for (int i = 0; i < ours.length; i++) {
      worst = Math.max(worst, Math.abs((double) ours[i] - theirs[i]));
    }
    return worst;
  }

  /** Exact rows before the first contact of an episode, and how far off those after it are. */
  static final class Comparison implements Trace.RowCheck {
    private static final double CLOSE = 5e-3;

    String firstDifference = "";
    int rows;
    int exactRows;
    int equalRows;
    int episodes;
    int closeEpisodes;
    double worst;
    private boolean contact;
    private double worstOfEpisode;

    @Override
    public void row(int line, JsonNode expected, Simulation played) {
      float[] theirs = Trace.floats(expected.get("obs"));
      float[] ours = played.observations().values().floats();
      boolean step = expected.has("action");
      if (!step) {
        endEpisode();
        episodes++;
        contact = false;
      }
      boolean ended = step && expected.get("terminated").asBoolean();
      contact |= ended || (theirs.length == 8 ? legs(theirs, 6, 7) : legs(theirs, 8, 13));
      rows++;
      boolean sameOutcome =
          !step
              || (expected.get("reward").asDouble() == played.reward()
                  && ended == played.terminated()
                  && expected.get("truncated").asBoolean() == played.truncated());
      boolean equal = sameOutcome && Arrays.equals(theirs, ours);
      equalRows += equal ? 1 : 0;
      if (!contact) {
        exactRows++;
        if (!equal && firstDifference.isEmpty()) {
          firstDifference =
              "line %d: expected %s, was %s with reward %s"
                  .formatted(line, expected, Arrays.toString(ours), played.reward());
        }
        return;
      }
      worstOfEpisode = Math.max(worstOfEpisode, difference(theirs, ours));
      if (ended != played.terminated()) {
        worstOfEpisode = Double.POSITIVE_INFINITY;
      }
    }

    private static boolean legs(float[] observation, int left, int right) {
      return observation[left] != 0 || observation[right] != 0;
    }

    void endEpisode() {
      if (rows > 0) {
        closeEpisodes += worstOfEpisode <= CLOSE ? 1 : 0;
        worst = Math.max(worst, worstOfEpisode);
      }
      worstOfEpisode = 0;
    }

    @Override
    public String toString() {
      return "%d rows, %d before contact, %d equal; %d of %d episodes close, worst %s %s"
          .formatted(rows, exactRows, equalRows, closeEpisodes, episodes, worst, firstDifference);
    }
  }
}
