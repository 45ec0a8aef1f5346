package org.bellmanrl.deep.continuous;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.bellmanrl.api.EnvironmentSpec;
import org.bellmanrl.api.random.RandomStream;
import org.bellmanrl.api.space.Box;
import org.bellmanrl.deep.Alone;
import org.bellmanrl.deep.network.Activation;
import org.bellmanrl.deep.network.Network;
import org.bellmanrl.deep.network.ObservationEncoder;
import org.bellmanrl.deep.network.Trunk;
import org.bellmanrl.deep.optimizer.Adam;
import org.bellmanrl.deep.replay.Replay;
import org.bellmanrl.deep.replay.ReplayBatch;
import org.bellmanrl.deep.replay.ReplayConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Critics that are worked on in two threads have the results of one. */
class CriticTaskTest {
  private static final int ROWS = 128;
  private static final int OBSERVATION = 3;
  private static final int ACTION = 2;

  /** So many that both ways have been tried. */
  private static final int UPDATES = 400;

  @Test
  void each_beginsAndEndsInOrderAndRunsAll() {
    for (int count = 1; count <= 5; count++) {
      List<String> log = new ArrayList<>();
      boolean[] ran = new boolean[count];
      CriticTask.Pair pair = new CriticTask.Pair(task(log, ran), task(log, ran));
      pair.each(count, 0);

      List<String> expected = new ArrayList<>();
      for (int k = 0; k < count; k += 2) {
        int last = Math.min(k + 1, count - 1);
        for (String what : List.of("begin ", "end ")) {
          for (int each = k; each <= last; each++) {
            expected.add(what + each);
          }
        }
      }
      assertThat(log).isEqualTo(expected);
      assertThat(ran).doesNotContain(false);
    }
  }

  private static CriticTask task(List<String> log, boolean[] ran) {
    return new CriticTask() {
      @Override
      void begin() {
        log.add("begin " + k);
      }

      @Override
      void run() {
        ran[k] = true;
      }

      @Override
      void end() {
        log.add("end " + k);
      }
    };
  }

  static Stream<Arguments> plans() {
    return Stream.of(
        Arguments.of("twin", plan(2, 2, new SquaredError(), CriticReduction.SMALLEST)),
        Arguments.of("ensemble", plan(3, 2, new SquaredError(), CriticReduction.MEAN)),
        Arguments.of("joint", plan(2, 0, new SquaredError(), CriticReduction.SMALLEST)),
        Arguments.of("quantiles", plan(2, 2, new QuantileRegression(5, 1), CriticReduction.MEAN)),
        Arguments.of(
            "categories",
            plan(2, 2, new CategoricalLoss(101, -5, 5, ROWS), CriticReduction.SMALLEST)));
  }

  private static CriticsPlan plan(
      int count, int targets, CriticLoss loss, CriticReduction reduction) {
    return new CriticsPlan(
        Trunk.of(Activation.RELU, 64, 64), count, targets, loss, reduction, new Adam());
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("plans")
  void updates_haveTheBitsOfOneThread(String name, CriticsPlan plan) {
    double[] expected = Alone.compute(() -> learned(plan));
    assertThat(learned(plan)).isEqualTo(expected);
  }

  /** All parameters, what the policy is told, and the losses, after many updates. */
  private static double[] learned(CriticsPlan plan) {
    RandomStream random = RandomStream.ofSeed(11);
    CriticInputs inputs =
        new CriticInputs(new ObservationEncoder(Box.of(-1f, 1f, OBSERVATION)), ACTION);
    ReplayBatch batch =
        new Replay(
                EnvironmentSpec.of("Task", Box.of(-1f, 1f, OBSERVATION), Box.of(-1f, 1f, ACTION)),
                1,
                ReplayConfig.uniform(ROWS, 0.5))
            .batch(ROWS);
    Network[] networks = plan.networks(inputs, random);
    Critics critics = plan.create(networks, inputs, batch, 0, random);
    double[] actions = new double[ROWS * ACTION];
    double[] targets = new double[ROWS * critics.targetSize()];
    double[] value = new double[ROWS];
    double[] actionGradients = new double[actions.length];
    double losses = 0;
    for (int update = 0; update < UPDATES; update++) {
      random.fillRandom(batch.observations().floats(), 0, ROWS * OBSERVATION);
      random.fillRandom(batch.nextObservations().floats(), 0, ROWS * OBSERVATION);
      Arrays.setAll(actions, i -> random.uniform(-1, 1));
      critics.next(actions);
      critics.taken(actions);
      critics.targets(targets);
      losses += critics.step(targets, 0.001);
      critics.values(actions, -1.0 / ROWS, value, actionGradients);
      critics.follow(0.01f);
    }
    return Stream.concat(
            Arrays.stream(networks).map(CriticTaskTest::parameters),
            Stream.of(value, actionGradients, new double[] {losses, critics.gradientNorm()}))
        .flatMapToDouble(Arrays::stream)
        .toArray();
  }

  private static double[] parameters(Network network) {
    double[] doubles = new double[network.parameters().length];
    Arrays.setAll(doubles, i -> network.parameters()[i]);
    return doubles;
  }
}
