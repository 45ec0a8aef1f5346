package org.bellmanrl.tabular.td;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.bellmanrl.api.Actions;
import org.bellmanrl.api.Actor;
import org.bellmanrl.api.EnvironmentSpec;
import org.bellmanrl.api.Learner;
import org.bellmanrl.api.Observations;
import org.bellmanrl.api.Policy;
import org.bellmanrl.api.Transitions;
import org.bellmanrl.api.interaction.Budget;
import org.bellmanrl.api.interaction.Interaction;
import org.bellmanrl.api.interaction.RunProgress;
import org.bellmanrl.api.random.RandomStreams;
import org.bellmanrl.api.space.Box;
import org.bellmanrl.api.space.Discrete;
import org.bellmanrl.api.space.Rows;
import org.bellmanrl.api.state.State;
import org.bellmanrl.tabular.Steps;
import org.bellmanrl.tabular.Tasks;
import org.bellmanrl.tabular.table.QTable;
import org.junit.jupiter.api.Test;

final class SarsaTest {
  private final EnvironmentSpec spec = Tasks.chain();
  private final Sarsa learner = learner(spec);
  private final QTable q = learner.table();
  private final Steps steps = new Steps(spec, 1);

  private static Sarsa learner(EnvironmentSpec spec) {
    return new Sarsa(Tasks.context(spec, 1), Sarsa.defaults().withGamma(0.5));
  }

  @Test
  void observe_step_usesTheNextActionAndNotTheBest() {
    q.set(1, 0, 4);
    q.set(1, 1, 8);

    steps.step(0, 0, 1, 3, 1).next(0, 0).to(learner);

    // 0.5 (3 + 0.5 * 4)
    assertThat(q.get(0, 1)).isEqualTo(2.5);
  }

  @Test
  void observe_terminated_doesNotBootstrap() {
    q.set(2, 1, 100);

    steps.step(0, 1, 0, 3, 2).next(0, 1).terminated(0).to(learner);

    assertThat(q.get(1, 0)).isEqualTo(1.5);
  }

  @Test
  void observe_terminatedInTheFirstStep_readsNoNextAction() {
    EnvironmentSpec shifted = EnvironmentSpec.of("Shifted", new Discrete(2), new Discrete(2, 5));
    Sarsa other = learner(shifted);

    new Steps(shifted, 1).step(0, 0, 5, 3, 0).next(0, 0).terminated(0).to(other);

    assertThat(other.table().get(0, 0)).isEqualTo(1.5);
  }

  @Test
  void observe_truncated_bootstrapsFromTheActionAtTheLastObservation() {
    q.set(2, 1, 100);

    steps.step(0, 1, 0, 3, 2).next(0, 1).truncated(0).to(learner);

    assertThat(q.get(1, 0)).isEqualTo(26.5);
  }

  @Test
  void observe_environmentDiscount_multipliesGamma() {
    q.set(2, 1, 8);

    steps.step(0, 1, 0, 3, 2).next(0, 1).discount(0, 0.25).to(learner);

    assertThat(q.get(1, 0)).isEqualTo(2);
  }

  @Test
  void interaction_playsTheActionThatWasLearnedFrom() {
    EnvironmentSpec limited = spec.withMaxEpisodeSteps(3);
    Script script = new Script();
    Spy spy = new Spy(learner(limited), script);
    Interaction interaction =
        Interaction.learning(
            limited,
            1,
            spy,
            RandomStreams.ofSeeds(0),
            new RunProgress(Budget.steps(100)),
            List.of());
    Rows all = Rows.all(1);
    List<Integer> played = new ArrayList<>();
    for (int step = 0; step < 6; step++) {
      if (!interaction.idle().isEmpty()) {
        interaction.observations().values().ints()[0] = 0;
        interaction.begin(all);
      }
      interaction.act(all);
      played.add(interaction.actions().values().ints()[0]);
      interaction.outcomes().observations().values().ints()[0] = 1;
      interaction.observe(all);
    }

    // Per episode of three steps: one action to begin with, one after each step, of which the last,
    // at
    // the true last observation of the truncated episode, is not played.
    assertThat(script.drawn).containsExactly(0, 1, 1, 0, 1, 0, 0, 1);
    assertThat(script.seen).containsExactly(0, 1, 1, 1, 0, 1, 1, 1);
    assertThat(played).containsExactly(0, 1, 1, 1, 0, 0);
    assertThat(spy.following).containsExactly(1, 1, 0, 0, 0, 1);
  }

  @Test
  void create_boxObservations_isRefused() {
    EnvironmentSpec box = EnvironmentSpec.of("CartPole", Box.of(-1, 1, 4), new Discrete(2));

    assertThatThrownBy(() -> learner(box))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("sarsa needs observations in a finite space");
  }

  /** Draws by a list, and notes which state it was asked about. */
  private static final class Script implements Policy, Actor {
    private static final int[] SCRIPT = {0, 1, 1, 0, 1, 0, 0, 1};
    final List<Integer> drawn = new ArrayList<>();
    final List<Integer> seen = new ArrayList<>();

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
      int action = SCRIPT[drawn.size()];
      seen.add(observations.values().ints()[0]);
      drawn.add(action);
      actions.values().ints()[0] = action;
    }

    @Override
    public int rows() {
      return 1;
    }

    @Override
    public void carry(State state, int row) {}
  }

  /**
   * Learns as SARSA does while it behaves by a script, and notes which next actions it is given.
   */
  private static final class Spy implements Learner {
    private final Sarsa sarsa;
    private final Script script;
    final List<Integer> following = new ArrayList<>();

    Spy(Sarsa sarsa, Script script) {
      this.sarsa = sarsa;
      this.script = script;
    }

    @Override
    public Policy behaviour() {
      return script;
    }

    @Override
    public Policy policy() {
      return sarsa.policy();
    }

    @Override
    public boolean needsNextAction() {
      return sarsa.needsNextAction();
    }

    @Override
    public void observe(Transitions transitions) {
      following.add(transitions.nextActions().values().ints()[0]);
      sarsa.observe(transitions);
    }

    @Override
    public void carry(State state) {}
  }
}
