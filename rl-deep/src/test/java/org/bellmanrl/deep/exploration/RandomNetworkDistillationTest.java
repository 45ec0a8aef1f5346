package org.bellmanrl.deep.exploration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.bellmanrl.api.Action;
import org.bellmanrl.api.Environment;
import org.bellmanrl.api.EnvironmentSpec;
import org.bellmanrl.api.Observation;
import org.bellmanrl.api.Outcome;
import org.bellmanrl.api.VectorEnvironment;
import org.bellmanrl.api.Wrapper;
import org.bellmanrl.api.interaction.Simulation;
import org.bellmanrl.api.random.RandomStream;
import org.bellmanrl.api.space.Box;
import org.bellmanrl.api.space.Discrete;
import org.bellmanrl.deep.network.Activation;
import org.bellmanrl.deep.network.Trunk;
import org.bellmanrl.testkit.RandomTask;
import org.bellmanrl.testkit.WrapperContract;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class RandomNetworkDistillationTest {
  private static final RandomNetworkDistillation SMALL =
      new RandomNetworkDistillation(0.5, 0.01, 0.9, 4, Trunk.of(Activation.RELU, 8), 3);

  /** Shows what the last action was, and pays nothing. */
  private static final class Echo implements Environment {
    @Override
    public EnvironmentSpec spec() {
      return EnvironmentSpec.of("Echo", new Discrete(5), new Discrete(5)).continuing();
    }

    @Override
    public void reset(RandomStream random, Observation observation) {
      observation.setDiscrete(0);
    }

    @Override
    public void step(Action action, RandomStream random, Outcome outcome) {
      outcome.observation().setDiscrete(action.discrete());
    }
  }

  private static Simulation simulation() {
    return new Simulation(SMALL.wrap(VectorEnvironment.of(new Echo())));
  }

  @Test
  void bonus_ofWhatIsSeenAgainAndAgain_fallsBelowThatOfWhatIsNew() {
    try (Simulation simulation = simulation()) {
      simulation.reset(0);
      for (int i = 0; i < 500; i++) {
        simulation.step(1);
      }
      double known = simulation.reward();
      simulation.step(4);

      assertThat(known).isNotNegative();
      assertThat(simulation.reward()).isGreaterThan(10 * known);
    }
  }

  @Test
  void evaluation_leavesTheBonusOut() {
    VectorEnvironment wrapped = SMALL.wrap(VectorEnvironment.of(new Echo()));
    VectorEnvironment bare = VectorEnvironment.of(new Echo());

    assertThat(((Wrapper.ForEvaluation) wrapped).around(bare)).isSameAs(bare);
  }

  @Test
  void options_outsideOfTheirRanges_areRefusedByName() {
    Trunk trunk = Trunk.of(Activation.RELU, 8);
    assertThatThrownBy(() -> new RandomNetworkDistillation(-1, 0.01, 0.9, 4, trunk, 0))
        .hasMessageContaining("scale");
    assertThatThrownBy(() -> new RandomNetworkDistillation(1, 0, 0.9, 4, trunk, 0))
        .hasMessageContaining("learning_rate");
    assertThatThrownBy(() -> new RandomNetworkDistillation(1, 0.01, 1, 4, trunk, 0))
        .hasMessageContaining("gamma");
    assertThatThrownBy(() -> new RandomNetworkDistillation(1, 0.01, 0.9, 0, trunk, 0))
        .hasMessageContaining("features");
  }

  @Nested
  class Contract extends WrapperContract {
    @Override
    protected Wrapper wrapper() {
      return SMALL;
    }

    @Override
    protected VectorEnvironment inner(int rows) {
      return new RandomTask(Box.of(-1, 1, 4), new Discrete(3)).rows(rows);
    }

    @Override
    protected int steps() {
      return 100;
    }

    @Override
    protected boolean rowsIndependent() {
      return false;
    }

    @Override
    protected boolean forgetsAtReset() {
      return false;
    }
  }
}
