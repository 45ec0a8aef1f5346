package org.bellmanrl.deep.onpolicy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.bellmanrl.api.Actions;
import org.bellmanrl.api.EnvironmentSpec;
import org.bellmanrl.api.Observations;
import org.bellmanrl.api.Outcomes;
import org.bellmanrl.api.Transitions;
import org.bellmanrl.api.space.Box;
import org.bellmanrl.api.space.Discrete;
import org.bellmanrl.api.space.Rows;
import org.bellmanrl.deep.network.Activation;
import org.bellmanrl.deep.optimizer.Adam;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Advantages against tables computed by hand, with γ = λ = 1/2 and v(s) = s. */
class RolloutTest {
  private static final EnvironmentSpec SPEC =
      EnvironmentSpec.of("Line", Box.of(-100f, 100f, 1), new Discrete(2));
  private static final int ROWS = 2;

  private ActorCriticNetworks networks;
  private ActorCriticTraining critic;
  private Observations observations;
  private Outcomes outcomes;
  private Transitions transitions;

  @BeforeEach
  void linearValues() {
    networks =
        ActorCriticNetworks.create(
            Tasks.context(SPEC, ROWS), ActorCriticLayers.of(Activation.TANH));
    networks.value().parameters()[networks.value().blocks().getFirst().index(0, 0)] = 1f;
    critic = new ActorCriticTraining(networks, new Adam(), 4);
    observations = new Observations(SPEC, ROWS);
    outcomes = new Outcomes(SPEC, ROWS);
    Actions actions = new Actions(SPEC.actionSpace(), networks.head(1).extras(), ROWS);
    transitions = new Transitions(Rows.all(ROWS), observations, actions, outcomes, null);
  }

  private Rollout rollout(int capacity) {
    return new Rollout(networks, capacity, ROWS, 0, capacity);
  }

  /** A step that nothing ends. */
  private void step(int row, double state, double reward, double next) {
    observations.values().floats()[row] = (float) state;
    outcomes.observations().values().floats()[row] = (float) next;
    outcomes.reward()[row] = reward;
    outcomes.discount()[row] = 1;
    outcomes.terminated()[row] = false;
    outcomes.truncated()[row] = false;
    transitions.first()[row] = false;
  }

  private static void mustHave(Rollout rollout, double[] advantages, double[] targets) {
    for (int i = 0; i < advantages.length; i++) {
      assertThat(rollout.advantage(i)).as("advantage %d", i).isEqualTo(advantages[i], within(1e-6));
      assertThat(rollout.target(i)).as("target %d", i).isEqualTo(targets[i], within(1e-6));
    }
  }

  @Test
  void finish_terminationTruncationAndDiscountInside_givesHandComputedAdvantages() {
    Rollout rollout = rollout(6);
    step(0, 1, 1, 2);
    transitions.first()[0] = true;
    rollout.add(transitions, 0, critic);
    step(0, 2, 0, 4); // truncated in 4; the next episode begins in 8
    outcomes.truncated()[0] = true;
    rollout.add(transitions, 0, critic);
    step(0, 8, 2, 4);
    transitions.first()[0] = true;
    rollout.add(transitions, 0, critic);
    step(0, 4, 1, 6); // terminated: 6 counts for nothing
    outcomes.terminated()[0] = true;
    outcomes.discount()[0] = 0;
    rollout.add(transitions, 0, critic);
    step(0, 2, 1, 3);
    transitions.first()[0] = true;
    outcomes.discount()[0] = 0.5; // the environment's own
    rollout.add(transitions, 0, critic);
    assertThat(rollout.full()).isFalse();
    step(0, 3, 0, 5);
    rollout.add(transitions, 0, critic);
    assertThat(rollout.full()).isTrue();
    rollout.finish(critic, 0.5, 0.5);

    mustHave(
        rollout,
        new double[] {1, 0, -4.75, -3, -0.3125, -0.5},
        new double[] {2, 2, 3.25, 1, 1.6875, 2.5});
  }

  @Test
  void finish_rowsOutOfStepAndAnAbandonedEpisode_keepsTrajectoriesApart() {
    Rollout rollout = rollout(5);
    step(0, 2, 1, 4);
    rollout.add(transitions, 0, critic);
    step(1, 1, 0, 3); // abandoned in 3
    rollout.add(transitions, 1, critic);
    step(1, 5, 1, 7);
    transitions.first()[1] = true;
    rollout.add(transitions, 1, critic);
    step(1, 7, 0, 2);
    rollout.add(transitions, 1, critic);
    step(0, 4, 0, 10);
    rollout.add(transitions, 0, critic);
    rollout.finish(critic, 0.5, 0.5);

    // Row 0: δ = 1, 1. Row 1: δ = 0.5, cut, −0.5, −6.
    mustHave(rollout, new double[] {1.25, 0.5, -2, -6, 1}, new double[] {3.25, 1.5, 3, 1, 5});
  }

  /** Ratios 2, 1/2, 1 and 3 with limits 3/2 and 1, and λ = 1: computed by hand, from the end on. */
  @Test
  void estimateCorrected_behaviourOfAnotherPolicy_givesHandComputedTargets() {
    Rollout rollout = rollout(4);
    step(0, 1, 1, 2);
    transitions.first()[0] = true;
    rollout.add(transitions, 0, critic);
    step(0, 2, 0, 4); // truncated in 4; the next episode begins in 8
    outcomes.truncated()[0] = true;
    rollout.add(transitions, 0, critic);
    step(0, 8, 2, 4);
    transitions.first()[0] = true;
    rollout.add(transitions, 0, critic);
    step(0, 4, 1, 6);
    rollout.add(transitions, 0, critic);
    rollout.finish(critic, 0.5, 1);
    double[] ratio = {2, 0.5, 1, 3};
    for (int i = 0; i < ratio.length; i++) {
      rollout.revise(i, Math.log(ratio[i]), rollout.value(i));
    }
    rollout.estimateCorrected(0.5, 1, 1.5, 1);

    // δ = 1.5 (1 + 1 − 1), 0.5 (0 + 2 − 2), 1 (2 + 2 − 8), 1.5 (1 + 3 − 4).
    // G = 1 + 1.5 + 0.5 · 1 (2 − 2), 2 + 0, 8 − 4 + 0.5 (4 − 4), 4 + 0.
    mustHave(rollout, new double[] {1.5, 0, -4, 0}, new double[] {2.5, 2, 4, 4});

    // With other values of the last two: v = 7 and 3, so that δ = 1 (2 + 1.5 − 7), 1.5 (1 + 3 − 3).
    rollout.revise(2, 0, 7);
    rollout.revise(3, Math.log(3), 3);
    rollout.estimateCorrected(0.5, 1, 1.5, 1);
    // G = 3 + 1.5, and 7 − 3.5 + 0.5 (4.5 − 3); Â = 1 (2 + 0.5 · 4.5 − 7).
    mustHave(rollout, new double[] {1.5, 0, -2.75, 1.5}, new double[] {2.5, 2, 4.25, 4.5});
  }

  /** Then V-trace is the return of all steps that follow (Espeholt et al., 2018, remark 1). */
  @Test
  void estimateCorrected_behaviourOfThePolicyItself_givesReturns() {
    Rollout rollout = rollout(3);
    step(0, 1, 1, 2);
    transitions.first()[0] = true;
    rollout.add(transitions, 0, critic);
    step(0, 2, 3, 5);
    rollout.add(transitions, 0, critic);
    step(0, 5, -1, 4);
    rollout.add(transitions, 0, critic);
    rollout.finish(critic, 0.5, 1);
    double[] targets = {rollout.target(0), rollout.target(1), rollout.target(2)};
    double[] advantages = {rollout.advantage(0), rollout.advantage(1), rollout.advantage(2)};
    for (int i = 0; i < 3; i++) {
      rollout.revise(i, rollout.logProbability(i), rollout.value(i));
    }
    rollout.estimateCorrected(0.5, 1, 1, 1);
    mustHave(rollout, advantages, targets);
  }

  @Test
  void finish_afterClear_knowsNothingOfTheLastRollout() {
    Rollout used = rollout(2);
    step(0, 9, 9, 9);
    used.add(transitions, 0, critic);
    used.add(transitions, 0, critic);
    used.finish(critic, 0.5, 0.5);
    used.clear();
    Rollout fresh = rollout(2);
    for (Rollout rollout : List.of(used, fresh)) {
      step(0, 1, 0, 2);
      rollout.add(transitions, 0, critic);
      step(0, 2, 0, 6);
      rollout.add(transitions, 0, critic);
      rollout.finish(critic, 0.5, 0.5);

      mustHave(rollout, new double[] {0.25, 1}, new double[] {1.25, 3});
    }
  }
}
