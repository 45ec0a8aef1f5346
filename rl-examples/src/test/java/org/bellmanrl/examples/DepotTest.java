package org.bellmanrl.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.bellmanrl.api.Listener;
import org.bellmanrl.api.interaction.Budget;
import org.bellmanrl.api.interaction.Evaluation;
import org.bellmanrl.api.interaction.Simulation;
import org.bellmanrl.api.interaction.Trainer;
import org.bellmanrl.api.schedule.Progress;
import org.bellmanrl.api.schedule.Schedule;
import org.bellmanrl.api.space.Columns;
import org.bellmanrl.deep.dqn.Dqn;
import org.bellmanrl.deep.dqn.DqnConfig;
import org.bellmanrl.deep.network.ObservationEncoder;
import org.bellmanrl.env.policy.RandomActions;
import org.junit.jupiter.api.Test;

class DepotTest {
  private static final int UP = 0;
  private static final int RIGHT = 1;
  private static final int DOWN = 2;
  private static final int LEFT = 3;

  private static String layout(long layoutSeed, long seed) {
    Depot depot = new Depot(layoutSeed);
    try (Simulation simulation = new Simulation(depot)) {
      simulation.reset(seed);
      return depot.text(false).replaceAll("[^#\n]", ".");
    }
  }

  @Test
  void layout_dependsOnItsSeedAlone() {
    assertThat(layout(1, 5)).isEqualTo(layout(1, 6)).contains("#").isNotEqualTo(layout(2, 5));
  }

  @Test
  void mask_atTheDoor_allowsRightAndDownOnly() {
    try (Simulation simulation = new Simulation(new Depot(1))) {
      simulation.reset(0);

      assertThat(simulation.observations().allows(0, UP)).isFalse();
      assertThat(simulation.observations().allows(0, RIGHT)).isTrue();
      assertThat(simulation.observations().allows(0, DOWN)).isTrue();
      assertThat(simulation.observations().allows(0, LEFT)).isFalse();
    }
  }

  @Test
  void inputs_areThePartsInTheOrderOfTheirNames() {
    Depot depot = new Depot(1);
    ObservationEncoder encoder = new ObservationEncoder(depot.spec().observationSpace());
    Columns columns = new Columns(depot.spec().observationSpace(), 1);
    columns.floats()[0] = 0.5f;
    columns.ints()[0] = 1;
    columns.bytes()[7] = 1;
    float[] inputs = new float[encoder.size()];

    encoder.encode(columns, 0, inputs, 0);

    assertThat(inputs).hasSize(1 + 2 + 7 * 7 * 4);
    assertThat(inputs).startsWith(0.5f, 0, 1);
    assertThat(inputs[3 + 7]).isEqualTo(1);
  }

  @Test
  void dqn_depot_deliversMoreThanAtRandom() {
    List<Double> carrying = new ArrayList<>();
    Listener listener =
        new Listener() {
          @Override
          public void onEpisode(Episode episode, Progress progress) {
            carrying.add(episode.diagnostic(0));
          }
        };
    DqnConfig defaults = DqnConfig.defaults();
    DqnConfig config =
        defaults
            .withLearning(
                defaults
                    .learning()
                    .with(learning ->
                        learning.learningRate(Schedule.constant(1e-3)).bufferSize(20_000)))
            .withTargetUpdateInterval(500);
    try (Trainer<Dqn> trainer =
        Trainer.on(new Depot(1))
            .budget(Budget.steps(20_000))
            .listener(listener)
            .build(context -> new Dqn(context, config))) {
      trainer.run();
      Evaluation result =
          Evaluation.of(new Depot(1), trainer.learner().policy(), Evaluation.Plan.episodes(50));

      Evaluation random =
          Evaluation.of(
              new Depot(1), new RandomActions(new Depot(1).spec()), Evaluation.Plan.episodes(50));
      assertThat(result.meanReturn()).isGreaterThan(random.meanReturn() + 0.5);
    }
    assertThat(carrying).anyMatch(share -> share > 0).allMatch(share -> share >= 0 && share <= 1);
  }
}
