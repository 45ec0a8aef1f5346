package org.bellmanrl.deep.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.bellmanrl.api.Action;
import org.bellmanrl.api.Actions;
import org.bellmanrl.api.Environment;
import org.bellmanrl.api.EnvironmentSpec;
import org.bellmanrl.api.LearnerContext;
import org.bellmanrl.api.Observation;
import org.bellmanrl.api.Observations;
import org.bellmanrl.api.Outcome;
import org.bellmanrl.api.Outcomes;
import org.bellmanrl.api.Transitions;
import org.bellmanrl.api.interaction.Budget;
import org.bellmanrl.api.interaction.Evaluation;
import org.bellmanrl.api.interaction.RunProgress;
import org.bellmanrl.api.interaction.Trainer;
import org.bellmanrl.api.model.GoalReward;
import org.bellmanrl.api.random.RandomStream;
import org.bellmanrl.api.random.Streams;
import org.bellmanrl.api.space.Box;
import org.bellmanrl.api.space.Dict;
import org.bellmanrl.api.space.Discrete;
import org.bellmanrl.api.space.Rows;
import org.bellmanrl.api.state.State;
import org.bellmanrl.api.state.Stateful;
import org.bellmanrl.deep.Entries;
import org.junit.jupiter.api.Test;

/** Goals are replaced by what was achieved later in the same episode, and rewards with them. */
class HindsightTest {
  private static final Box GOAL = Box.of(-1e6f, 1e6f, 1);
  private static final EnvironmentSpec LINE =
      EnvironmentSpec.of("Line", GoalReward.space(GOAL, GOAL), new Discrete(2));

  /** The reward is the way to the goal. */
  private static final class Distance implements GoalReward {
    @Override
    public double reward(float[] achieved, int achievedAt, float[] desired, int desiredAt) {
      return -Math.abs(achieved[achievedAt] - desired[desiredAt]);
    }

    @Override
    public boolean terminates(float[] achieved, int achievedAt, float[] desired, int desiredAt) {
      return achieved[achievedAt] == desired[desiredAt];
    }
  }

  private static LearnerContext context(EnvironmentSpec spec) {
    return LearnerContext.of(spec, 1, Streams.of(0), new RunProgress(Budget.steps(10)));
  }

  private static ReplayConfig all(int capacity) {
    return ReplayConfig.uniform(capacity, 0.5).withRelabelledGoals(1);
  }

  /** Episodes of these lengths in which what is achieved counts up, towards a goal far away. */
  private static void play(Replay replay, boolean lastOpen, int... lengths) {
    Observations observations = new Observations(LINE, 1);
    Outcomes outcomes = new Outcomes(LINE, 1);
    Transitions transitions =
        new Transitions(
            Rows.all(1),
            observations,
            new Actions(LINE.actionSpace(), Dict.EMPTY, 1),
            outcomes,
            null);
    int shown = 0;
    for (int episode = 0; episode < lengths.length; episode++) {
      shown = 100 * episode;
      for (int step = 0; step < lengths[episode]; step++) {
        show(observations, shown);
        show(outcomes.observations(), ++shown);
        outcomes.discount()[0] = 1;
        boolean last = step == lengths[episode] - 1 && !(lastOpen && episode == lengths.length - 1);
        outcomes.truncated()[0] = last;
        transitions.first()[0] = step == 0;
        replay.add(transitions);
      }
    }
  }

  private static void show(Observations into, int achieved) {
    float[] floats = into.values().floats();
    floats[0] = achieved;
    floats[1] = 1000;
    floats[2] = achieved;
  }

  @Test
  void sample_replacesGoalsByLaterOnesOfTheEpisode() {
    // The ring holds fewer slots than are written, so that episodes wrap around its end.
    Replay replay = new Replay(context(LINE).withGoals(new Distance()), all(14));
    play(replay, true, 3, 6, 4, 5);
    RandomStream random = RandomStream.ofSeed(1);
    ReplayBatch batch = replay.batch(14);
    Map<Integer, TreeSet<Integer>> goals = new TreeMap<>();
    for (int draw = 0; draw < 200; draw++) {
      replay.sample(random, batch);
      for (int i = 0; i < batch.size(); i++) {
        float[] now = batch.observations().floats();
        float[] next = batch.nextObservations().floats();
        int at = 3 * i;
        assertThat(next[at]).isEqualTo(now[at] + 1);
        assertThat(now[at + 2]).isEqualTo(now[at]);
        float goal = now[at + 1];
        assertThat(next[at + 1]).isEqualTo(goal);
        assertThat(batch.rewards()[i]).isEqualTo(-Math.abs(next[at] - goal));
        assertThat(batch.bootstraps()[i]).isEqualTo(next[at] == goal ? 0f : 0.5f);
        goals.computeIfAbsent((int) now[at], key -> new TreeSet<>()).add((int) goal);
      }
    }
    // What is left of the second episode, and the third and fourth, which is still in flight.
    int[] ends = {106, 204, 305};
    goals.forEach((start, met) -> {
      int end = ends[start / 100 - 1];
      TreeSet<Integer> later = new TreeSet<>();
      for (int goal = start + 1; goal <= end; goal++) {
        later.add(goal);
      }
      assertThat(met).as("from %d", start).isEqualTo(later);
    });
    assertThat(goals).hasSizeGreaterThanOrEqualTo(10);
  }

  @Test
  void sample_share_isThatOfReplacedGoals() {
    Replay replay =
        new Replay(
            context(LINE).withGoals(new Distance()),
            ReplayConfig.uniform(50, 0.5).withRelabelledGoals(0.8));
    play(replay, false, 20, 20);
    ReplayBatch batch = replay.batch(50);
    RandomStream random = RandomStream.ofSeed(2);
    int replaced = 0;
    for (int draw = 0; draw < 200; draw++) {
      replay.sample(random, batch);
      for (int i = 0; i < 50; i++) {
        replaced += batch.observations().floats()[3 * i + 1] == 1000 ? 0 : 1;
      }
    }
    // 10,000 draws: five standard deviations are 0.02.
    assertThat(replaced / 10_000.0).isBetween(0.78, 0.82);
  }

  @Test
  void create_withoutGoals_isRefused() {
    assertThatThrownBy(() -> new Replay(LINE, 1, all(50)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("relabelled_goals must be 0 for Line, which has no goals, was 1.0");
    EnvironmentSpec other = EnvironmentSpec.of("Other", GOAL, new Discrete(2));
    assertThatThrownBy(() -> new Replay(context(other).withGoals(new Distance()), all(50)))
        .hasMessageContaining("must have a part achieved_goal");
    assertThatThrownBy(() -> all(50).withNStep(2))
        .hasMessageContaining("relabelled_goals must be 0 with n_steps above 1");
    assertThatThrownBy(() ->
            Entries.learner("dqn")
                .options()
                .parse(Map.of("relabelled_goals", "0.5", "n_steps", "2")))
        .hasMessageContaining("relabelled_goals");
  }

  /** Flip bits until they are those of the goal. */
  private static final class Bits implements Environment, Stateful, GoalReward {
    private static final int N = 9;
    private static final EnvironmentSpec SPEC =
        EnvironmentSpec.of(
                "Bits", GoalReward.space(Box.of(0f, 1f, N), Box.of(0f, 1f, N)), new Discrete(N))
            .withMaxEpisodeSteps(N);

    private int bits;
    private int goal;

    @Override
    public EnvironmentSpec spec() {
      return SPEC;
    }

    @Override
    public void reset(RandomStream random, Observation observation) {
      bits = random.integers(1 << N);
      goal = bits ^ (1 + random.integers((1 << N) - 1));
      show(observation);
    }

    @Override
    public void step(Action action, RandomStream random, Outcome outcome) {
      bits ^= 1 << action.discrete();
      outcome.reward(bits == goal ? 0 : -1);
      if (bits == goal) {
        outcome.terminate();
      }
      show(outcome.observation());
    }

    private void show(Observation observation) {
      for (int i = 0; i < N; i++) {
        observation.setOf(0, i, bits >> i & 1);
        observation.setOf(1, i, goal >> i & 1);
        observation.setOf(2, i, bits >> i & 1);
      }
    }

    @Override
    public double reward(float[] achieved, int achievedAt, float[] desired, int desiredAt) {
      return terminates(achieved, achievedAt, desired, desiredAt) ? 0 : -1;
    }

    @Override
    public boolean terminates(float[] achieved, int achievedAt, float[] desired, int desiredAt) {
      return Arrays.equals(achieved, achievedAt, achievedAt + N, desired, desiredAt, desiredAt + N);
    }

    @Override
    public void carry(State state) {
      state.begin("bits", 1);
      bits = state.carry("bits", bits);
      goal = state.carry("goal", goal);
      state.end();
    }
  }

  private static double meanReturn(String share) {
    Map<String, String> options =
        Map.of(
            "relabelled_goals", share,
            "buffer_size", "20000",
            "learning_starts", "500",
            "learning_rate", "0.001",
            "target_update_interval", "200",
            "train_freq", "1",
            "gamma", "0.95",
            "hidden", "64");
    try (Trainer<?> trainer =
        Trainer.on(new Bits())
            .seed(0)
            .budget(Budget.steps(8000))
            .build(context -> Entries.learner("dqn").create(context, options))) {
      trainer.run();
      return Evaluation.of(new Bits(), trainer.learner().policy(), Evaluation.Plan.episodes(100))
          .meanReturn();
    }
  }

  /**
   * The best policy flips 4.5 bits on average, the last of which costs nothing; failing costs 9.
   */
  @Test
  void train_bitFlipping_isSolvedWithHindsightAlone() {
    assertThat(meanReturn("0.8")).isGreaterThan(-4);
    assertThat(meanReturn("0")).isLessThan(-7);
  }
}
