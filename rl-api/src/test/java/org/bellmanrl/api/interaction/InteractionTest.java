package org.bellmanrl.api.interaction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.ArrayList;
import java.util.List;
import org.bellmanrl.api.Actions;
import org.bellmanrl.api.Actor;
import org.bellmanrl.api.EnvironmentSpec;
import org.bellmanrl.api.Listener;
import org.bellmanrl.api.Observations;
import org.bellmanrl.api.Policy;
import org.bellmanrl.api.random.RandomStreams;
import org.bellmanrl.api.schedule.Progress;
import org.bellmanrl.api.space.Box;
import org.bellmanrl.api.space.Discrete;
import org.bellmanrl.api.space.MultiDiscrete;
import org.bellmanrl.api.space.Rows;
import org.bellmanrl.api.state.BinaryState;
import org.bellmanrl.api.state.State;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InteractionTest {
  private static final EnvironmentSpec SPEC =
      EnvironmentSpec.of("Task", new Discrete(100), new Discrete(2));

  private static Interaction recording(Recorder recorder, int rows) {
    return Interaction.learning(
        SPEC,
        rows,
        recorder,
        RandomStreams.ofSeeds(1, 2, 3),
        new RunProgress(Budget.steps(1000)),
        List.of());
  }

  private static Rows rows(int... listed) {
    Rows rows = new Rows(3);
    for (int row : listed) {
      rows.add(row);
    }
    return rows;
  }

  /** Begins the rows at observation 10 × row. */
  private static void begin(Interaction interaction, Rows rows) {
    for (int i = 0; i < rows.count(); i++) {
      interaction.observations().values().ints()[rows.at(i)] = 10 * rows.at(i);
    }
    interaction.begin(rows);
  }

  /** Each step adds one to the observation and pays it. */
  private static void step(Interaction interaction, Rows rows) {
    interaction.act(rows);
    for (int i = 0; i < rows.count(); i++) {
      int row = rows.at(i);
      int next = interaction.observations().values().ints()[row] + 1;
      interaction.outcomes().observations().values().ints()[row] = next;
      interaction.outcomes().reward()[row] = next;
    }
    interaction.observe(rows);
  }

  @Test
  void learning_withListeners_notifiesThemOfStepsEpisodesAndMetrics() {
    List<String> told = new ArrayList<>();
    Listener listener =
        new Listener() {
          @Override
          public void onStep(Step step, Progress progress) {
            told.add("step " + progress.steps());
          }

          @Override
          public void onEpisode(Episode episode, Progress progress) {
            told.add("episode of " + episode.length());
          }

          @Override
          public void onMetric(String name, double value, Progress progress) {
            told.add(name + " " + value + " at " + progress.steps());
          }
        };
    Interaction interaction =
        Interaction.learning(
            SPEC.withMaxEpisodeSteps(2),
            3,
            0,
            Budget.steps(10),
            context -> new Recorder(false),
            listener);
    begin(interaction, rows(0));
    step(interaction, rows(0));
    interaction.reportMetrics();
    step(interaction, rows(0));

    assertThat(told).containsExactly("step 1", "count 1.0 at 1", "episode of 2", "step 2");
  }

  @Test
  void reportMetrics_withoutALearner_reportsNothing() {
    Listener listener =
        new Listener() {
          @Override
          public void onMetric(String name, double value, Progress progress) {
            throw new AssertionError(name);
          }
        };
    Interaction interaction =
        Interaction.acting(
            SPEC, 3, new CoinPolicy(), RandomStreams.ofSeeds(1, 2, 3), List.of(listener));
    begin(interaction, rows(0));
    step(interaction, rows(0));

    interaction.reportMetrics();

    assertThat(interaction.progress().steps()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void observe_changingSubsetsOfRows_keepsEachRowsTrajectory(boolean nextAction) {
    Recorder recorder = new Recorder(nextAction);
    Interaction interaction = recording(recorder, 3);
    begin(interaction, rows(0, 2));
    step(interaction, rows(0, 2));
    step(interaction, rows(2));
    begin(interaction, rows(1));
    step(interaction, rows(0, 1, 2));
    step(interaction, rows(1));
    step(interaction, rows(0, 1, 2));
    int[] next = {0, 10, 20};
    int[] promised = {-1, -1, -1};
    for (Recorder.Seen seen : recorder.seen) {
      int row = seen.row();
      assertThat(seen.observation()).isEqualTo(next[row]);
      assertThat(seen.next()).isEqualTo(++next[row]);
      assertThat(seen.reward()).isEqualTo(next[row]);
      if (nextAction) {
        assertThat(promised[row]).isIn(-1, seen.action());
        promised[row] = seen.nextAction();
      }
    }
    assertThat(next).containsExactly(3, 13, 24);
    assertThat(interaction.progress().steps()).isEqualTo(10);
  }

  @Test
  void begin_inMidEpisode_abandonsIt() {
    Recorder recorder = new Recorder(false);
    Interaction interaction = recording(recorder, 3);
    begin(interaction, rows(0));
    step(interaction, rows(0));
    begin(interaction, rows(0));
    step(interaction, rows(0));
    assertThat(recorder.seen).allMatch(Recorder.Seen::first);
    assertThat(interaction.progress().episodes()).isZero();
  }

  @Test
  void act_rowWithoutEpisode_isRefused() {
    Interaction interaction = recording(new Recorder(false), 3);
    begin(interaction, rows(0));
    assertThatIllegalStateException()
        .isThrownBy(() -> interaction.act(rows(1)))
        .withMessageContaining("row 1 of Task can't act")
        .withMessageContaining("call begin");
  }

  @Test
  void act_twice_isRefused() {
    Interaction interaction = recording(new Recorder(false), 3);
    begin(interaction, rows(0));
    interaction.act(rows(0));
    assertThatIllegalStateException()
        .isThrownBy(() -> interaction.act(rows(0)))
        .withMessageContaining("call observe");
    assertThatIllegalStateException().isThrownBy(() -> interaction.begin(rows(0)));
    assertThatIllegalStateException().isThrownBy(() -> BinaryState.toBytes(interaction));
  }

  @Test
  void observe_withoutAction_isRefused() {
    Interaction interaction = recording(new Recorder(false), 3);
    begin(interaction, rows(0));
    assertThatIllegalStateException()
        .isThrownBy(() -> interaction.observe(rows(0)))
        .withMessageContaining("call act first");
  }

  @Test
  void observe_rewardIsNaN_isStoppedAndNamed() {
    Interaction interaction = recording(new Recorder(false), 3);
    begin(interaction, rows(2));
    interaction.act(rows(2));
    interaction.outcomes().reward()[2] = Double.NaN;
    assertThatIllegalStateException()
        .isThrownBy(() -> interaction.observe(rows(2)))
        .withMessage(
            "reward of Task must be finite, was NaN (row 2, step 1 of the episode, after 0 episodes)");
  }

  @Test
  void begin_observationOutsideOfItsSpace_isRefused() {
    Interaction interaction = recording(new Recorder(false), 3);
    interaction.observations().values().ints()[1] = 100;
    assertThatExceptionOfType(EnvironmentException.class)
        .isThrownBy(() -> interaction.begin(rows(0, 1)))
        .withMessage(
            "observation of Task must be in Discrete(100), was 100 (row 1, reset, after 0 episodes)");
    interaction.begin(rows(0));
    assertThat(interaction.idle().count()).isEqualTo(2);
  }

  @Test
  void observe_observationOutsideOfItsSpace_isRefusedAndNothingIsLearned() {
    Recorder recorder = new Recorder(false);
    Interaction interaction = recording(recorder, 3);
    begin(interaction, rows(0, 2));
    step(interaction, rows(0, 2));
    interaction.act(rows(2));
    interaction.outcomes().observations().values().ints()[2] = -1;
    int before = recorder.seen.size();
    assertThatExceptionOfType(EnvironmentException.class)
        .isThrownBy(() -> interaction.observe(rows(2)))
        .withMessage(
            "observation of Task must be in Discrete(100), was -1 (row 2, step 2 of the episode, after 0 episodes)")
        .satisfies(e -> {
          assertThat(e.row()).isEqualTo(2);
          assertThat(e.step()).isEqualTo(2);
          assertThat(e.episodes()).isZero();
        });
    assertThat(recorder.seen).hasSize(before);
  }

  @ParameterizedTest
  @ValueSource(doubles = {Double.NaN, -0.1, 1.1})
  void observe_discountOutsideOfItsRange_isRefused(double discount) {
    Interaction interaction = recording(new Recorder(false), 3);
    begin(interaction, rows(1));
    interaction.act(rows(1));
    interaction.outcomes().discount()[1] = discount;
    assertThatExceptionOfType(EnvironmentException.class)
        .isThrownBy(() -> interaction.observe(rows(1)))
        .withMessageStartingWith("discount of Task must be in [0, 1], was " + discount);
  }

  @Test
  void act_maskLacksAChoiceOfAnElement_isRefusedAsThat() {
    EnvironmentSpec masked =
        EnvironmentSpec.of("Task", new Discrete(100), new MultiDiscrete(2, 2)).withMask();
    Interaction interaction = acting(masked, new Fixed(0));
    interaction.begin(rows(0));
    boolean[] mask = interaction.observations().mask();
    mask[2] = true;
    mask[3] = true;
    assertThatExceptionOfType(EnvironmentException.class)
        .isThrownBy(() -> interaction.act(rows(0)))
        .withMessage(
            "Task allows no choice of action element 0 at observation 0; a mask must allow at least one (row 0, reset, after 0 episodes)");
  }

  @Test
  void act_maskAllowsNothing_isRefused() {
    EnvironmentSpec masked = SPEC.withMask();
    Interaction interaction = acting(masked, new Fixed(0));
    interaction.begin(rows(0));
    assertThatIllegalStateException()
        .isThrownBy(() -> interaction.act(rows(0)))
        .withMessageStartingWith(
            "Task allows no action at observation 0; a mask must allow at least one");
  }

  @Test
  void act_policyLeavesTheSpace_isRefused() {
    Interaction interaction = acting(SPEC, new Fixed(2));
    interaction.begin(rows(1));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> interaction.act(rows(1)))
        .withMessage("action of Task must be in Discrete(2), was 2 in row 1");
  }

  @Test
  void act_continuousActionIsNaN_isRefused() {
    EnvironmentSpec spec = EnvironmentSpec.of("Task", new Discrete(1), Box.of(-1, 1, 2));
    Interaction interaction = acting(spec, new Fixed(Float.NaN));
    interaction.begin(rows(0));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> interaction.act(rows(0)))
        .withMessageContaining("was [NaN, 0.0] in row 0");
  }

  private static Interaction acting(EnvironmentSpec spec, Policy policy) {
    return Interaction.acting(spec, 3, policy, RandomStreams.ofSeeds(1, 2, 3), List.of());
  }

  /** Always the same action. */
  private record Fixed(float action) implements Policy, Actor {
    @Override
    public Actor actor(int rows, RandomStreams random) {
      return this;
    }

    @Override
    public Policy snapshot() {
      return this;
    }

    @Override
    public void act(Rows rows, Observations observations, Actions actions) {
      for (int i = 0; i < rows.count(); i++) {
        if (actions.values().floats().length > 0) {
          actions.values().floats()[2 * rows.at(i)] = action;
        } else {
          actions.values().ints()[rows.at(i)] = (int) action;
        }
      }
    }

    @Override
    public int rows() {
      return 3;
    }

    @Override
    public void carry(State state, int row) {}
  }
}
