package org.bellmanrl.deep.exploration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.bellmanrl.api.Action;
import org.bellmanrl.api.Environment;
import org.bellmanrl.api.EnvironmentSpec;
import org.bellmanrl.api.Observation;
import org.bellmanrl.api.Observations;
import org.bellmanrl.api.Outcome;
import org.bellmanrl.api.Outcomes;
import org.bellmanrl.api.VectorEnvironment;
import org.bellmanrl.api.Wrapper;
import org.bellmanrl.api.interaction.Simulation;
import org.bellmanrl.api.random.RandomStream;
import org.bellmanrl.api.random.RandomStreams;
import org.bellmanrl.api.space.Box;
import org.bellmanrl.api.space.Columns;
import org.bellmanrl.api.space.Discrete;
import org.bellmanrl.api.space.Rows;
import org.bellmanrl.deep.Reference;
import org.bellmanrl.deep.network.Activation;
import org.bellmanrl.deep.network.Trunk;
import org.bellmanrl.testkit.RandomTask;
import org.bellmanrl.testkit.WrapperContract;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class RandomNetworkDistillationTest {
  private static final RandomNetworkDistillation SMALL =
      new RandomNetworkDistillation(0.5, 0.01, 0.9, 4, Trunk.of(Activation.RELU, 8), 3);

  /** Shows what the last action was, and pays nothing. */
  private static final class Echo implements Environment {
    private final int numbers;

    Echo(int numbers) {
      this.numbers = numbers;
    }

    @Override
    public EnvironmentSpec spec() {
      Discrete any = new Discrete(numbers);
      return EnvironmentSpec.of("Echo", any, any).continuing();
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

  /** Shows and pays what a page has for a row, whatever is done. */
  private static final class Scripted implements Environment {
    private final Reference page;
    private final int row;
    private int step;

    Scripted(Reference page, int row) {
      this.page = page;
      this.row = row;
    }

    @Override
    public EnvironmentSpec spec() {
      return EnvironmentSpec.of("Scripted", Box.of(-1f, 1f, 3), new Discrete(2)).continuing();
    }

    @Override
    public void reset(RandomStream random, Observation observation) {
      show(page.get("observations").get(0), observation);
    }

    private void show(JsonNode rows, Observation observation) {
      for (int i = 0; i < 3; i++) {
        observation.set(i, rows.get(row).get(i).asDouble());
      }
    }

    @Override
    public void step(Action action, RandomStream random, Outcome outcome) {
      outcome.reward(page.get("rewards").get(step).get(row).asDouble());
      show(page.get("observations").get(step), outcome.observation());
      step++;
    }
  }

  /** Errors, the predictor's steps, and the moments that scale the bonus, all in the rewards. */
  @Test
  void rewards_ofTwoRows_equalTheReference() {
    Reference page = Reference.read("exploration/rnd");
    RandomNetworkDistillation rnd =
        new RandomNetworkDistillation(
            page.get("scale").asDouble(),
            page.get("learning_rate").asDouble(),
            page.get("gamma").asDouble(),
            page.get("features").asInt(),
            Trunk.of(Activation.RELU, page.get("hidden").asInt()),
            page.get("seed").asInt());
    VectorEnvironment wrapped =
        rnd.wrap(VectorEnvironment.of(new Scripted(page, 0), new Scripted(page, 1)));
    Rows rows = Rows.all(2);
    RandomStreams random = RandomStreams.ofSeeds(0, 1);
    Outcomes outcomes = new Outcomes(wrapped.spec(), 2);
    Columns actions = new Columns(wrapped.spec().actionSpace(), 2);
    wrapped.reset(rows, random, new Observations(wrapped.spec(), 2));

    JsonNode expected = page.get("expected");
    for (int step = 0; step < expected.size(); step++) {
      outcomes.clear(rows);
      wrapped.step(rows, actions, random, outcomes);

      for (int row = 0; row < 2; row++) {
        String which = "step " + step + ", row " + row;
        Reference.check(outcomes.reward()[row], expected.get(step).get(row), which);
      }
    }
    assertThat(expected.size()).isGreaterThan(10);
  }

  private static Simulation simulation() {
    return new Simulation(SMALL.wrap(VectorEnvironment.of(new Echo(5))));
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

  /**
   * Without normalised inputs and a wide start of the networks, new places get a smaller bonus than
   * the largest of known ones.
   */
  @Test
  void bonus_ofOnePlaceMoreAmongHundreds_isThatOfSomethingNew() {
    RandomNetworkDistillation rnd = new RandomNetworkDistillation();
    try (Simulation simulation = new Simulation(rnd.wrap(VectorEnvironment.of(new Echo(400))))) {
      simulation.reset(0);
      for (int i = 0; i < 5000; i++) {
        simulation.step(i % 50);
      }
      double known = 0;
      for (int place = 0; place < 50; place++) {
        simulation.step(place);
        known = Math.max(known, simulation.reward());
      }
      for (int place = 50; place < 60; place++) {
        simulation.step(place);
        assertThat(simulation.reward()).as("place %d", place).isGreaterThan(2 * known);
      }
    }
  }

  @Test
  void evaluation_leavesTheBonusOut() {
    VectorEnvironment wrapped = SMALL.wrap(VectorEnvironment.of(new Echo(5)));
    VectorEnvironment bare = VectorEnvironment.of(new Echo(5));

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

  /** Pictures of bytes, which go through convolutions. */
  @Nested
  class PictureContract extends Contract {
    @Override
    protected VectorEnvironment inner(int rows) {
      return new RandomTask(Box.pixels(8, 8, 2), new Discrete(3)).rows(rows);
    }
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
