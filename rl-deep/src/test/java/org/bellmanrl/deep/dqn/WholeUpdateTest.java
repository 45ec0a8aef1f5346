package org.bellmanrl.deep.dqn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;
import org.bellmanrl.api.interaction.Budget;
import org.bellmanrl.api.interaction.Trainer;
import org.bellmanrl.api.random.RandomStream;
import org.bellmanrl.api.space.Box;
import org.bellmanrl.api.space.Discrete;
import org.bellmanrl.deep.Entries;
import org.bellmanrl.deep.WrittenOut;
import org.bellmanrl.deep.replay.DrawnBatch;
import org.bellmanrl.deep.replay.ReplayBatch;
import org.bellmanrl.deep.replay.SequenceBatch;
import org.bellmanrl.testkit.RandomTask;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A whole update from what was drawn, in a masked task, against a program in double precision,
 * which runs networks over one observation after the other and takes differences of its loss.
 */
class WholeUpdateTest {
  private static final int ACTIONS = 3;
  private static final int ATOMS = 5;
  private static final double LOW = -1;
  private static final double HIGH = 4;

  private static final Map<String, String> OPTIONS =
      Map.of(
          "hidden", "4",
          "activation", "tanh",
          "learning_rate", "0.01",
          "gamma", "0.9",
          "learning_starts", "40",
          "batch_size", "12",
          "buffer_size", "500",
          "target_update_interval", "30");

  private static final Map<String, Map<String, String>> MORE =
      Map.of(
          "dqn",
          Map.of(),
          "rainbow",
          Map.of("atoms", "" + ATOMS, "v_min", "" + LOW, "v_max", "" + HIGH),
          "r2d2",
          Map.of(
              "hidden",
              "lstm 3",
              "batch_size",
              "20",
              "sequence_length",
              "5",
              "burn_in",
              "3",
              "n_steps",
              "2"));

  @ParameterizedTest
  @ValueSource(strings = {"dqn", "rainbow", "r2d2"})
  void learn_lossAndGradients_equalAProgramInDoubles(String id) {
    Map<String, String> options = new HashMap<>(OPTIONS);
    options.putAll(MORE.get(id));
    RandomTask task = new RandomTask(Box.of(-1f, 1f, 2), new Discrete(ACTIONS, 5)).withMask();
    try (Trainer<DeepControl> trainer =
        Trainer.on(task.rows(2))
            .budget(Budget.steps(200))
            .build(context -> (DeepControl) Entries.learner(id).create(context, options))) {
      trainer.run();
      DeepControl learner = trainer.learner();
      Program program = new Program(learner, DrawnBatch.draw(learner), id);
      learner.report((name, value) -> {});

      learner.update(1e-4);

      Map<String, Double> metrics = new HashMap<>();
      learner.report(metrics::put);
      assertThat(metrics.get("loss")).isCloseTo(program.loss(), within(1e-5));
      program.changed.check(learner.gradients, program::loss);
    }
  }

  private static final class Program {
    /** What learns, with parameters that change. */
    final WrittenOut changed;

    private final WrittenOut online;
    private final boolean distribution;
    private final boolean rescaled;
    private final ReplayBatch batch;
    private final @Nullable SequenceBatch along;
    private final double[][] noise;

    /** y of each row, or the probabilities of all atoms. */
    private final double[][] targets;

    Program(DeepControl learner, ReplayBatch batch, String id) {
      this.online = new WrittenOut(learner.network());
      this.changed = online.copy();
      this.distribution = id.equals("rainbow");
      this.rescaled = id.equals("r2d2");
      this.batch = batch;
      this.along = batch.sequences();
      WrittenOut target = new WrittenOut(learner.target);
      RandomStream random = DrawnBatch.noise(learner);
      double[][] next = outputs(target, target, true, target.noise(random));
      double[][] choosing =
          id.equals("dqn") ? next : outputs(online, online, true, online.noise(random));
      this.noise = online.noise(random);
      this.targets = new double[batch.size()][];
      for (int row = 0; row < targets.length; row++) {
        int best = -1;
        for (int a = 0; a < ACTIONS; a++) {
          boolean allowed = batch.nextMask()[row * ACTIONS + a];
          if (allowed && (best < 0 || value(choosing[row], a) > value(choosing[row], best))) {
            best = a;
          }
        }
        targets[row] =
            best < 0 ? target(row, new double[next[row].length], 0) : target(row, next[row], best);
      }
    }

    private double[] target(int row, double[] next, int best) {
      double reward = batch.rewards()[row];
      double bootstrap = batch.bootstraps()[row];
      if (!distribution) {
        double value = rescaled ? restored(next[best]) : next[best];
        double y = reward + bootstrap * value;
        return new double[] {rescaled ? rescaled(y) : y};
      }
      double[] probabilities = probabilities(next, best);
      double[] target = new double[ATOMS];
      double spacing = (HIGH - LOW) / (ATOMS - 1);
      for (int i = 0; i < ATOMS; i++) {
        for (int j = 0; j < ATOMS; j++) {
          double moved = Math.clamp(reward + bootstrap * atom(j), LOW, HIGH);
          double share = 1 - Math.abs(moved - atom(i)) / spacing;
          target[i] += Math.max(0, share) * probabilities[j];
        }
      }
      return target;
    }

    private static double atom(int i) {
      return LOW + i * (HIGH - LOW) / (ATOMS - 1);
    }

    private static double[] probabilities(double[] outputs, int action) {
      double[] exp = new double[ATOMS];
      Arrays.setAll(exp, i -> Math.exp(outputs[action * ATOMS + i]));
      double sum = Arrays.stream(exp).sum();
      return Arrays.stream(exp).map(x -> x / sum).toArray();
    }

    private double value(double[] outputs, int action) {
      if (!distribution) {
        return outputs[action];
      }
      double[] probabilities = probabilities(outputs, action);
      double mean = 0;
      for (int i = 0; i < ATOMS; i++) {
        mean += probabilities[i] * atom(i);
      }
      return mean;
    }

    private static double rescaled(double x) {
      return Math.signum(x) * (Math.sqrt(Math.abs(x) + 1) - 1) + 1e-3 * x;
    }

    /** The inverse, by halving. */
    private static double restored(double y) {
      double low = -1000;
      double high = 1000;
      for (int i = 0; i < 100; i++) {
        double middle = (low + high) / 2;
        if (rescaled(middle) < y) {
          low = middle;
        } else {
          high = middle;
        }
      }
      return low;
    }

    double loss() {
      double[][] outputs = outputs(online, changed, false, noise);
      double loss = 0;
      for (int row = 0; row < outputs.length; row++) {
        int taken = batch.actions().ints()[row] - 5;
        double each = 0;
        if (distribution) {
          double[] probabilities = probabilities(outputs[row], taken);
          for (int i = 0; i < ATOMS; i++) {
            each -= targets[row][i] * Math.log(probabilities[i]);
          }
        } else {
          double size = Math.abs(outputs[row][taken] - targets[row][0]);
          each = size <= 1 ? 0.5 * size * size : size - 0.5;
        }
        loss += batch.weights()[row] * each / outputs.length;
      }
      return loss;
    }

    /**
     * Outputs at S or S' of each step.
     *
     * @param early the network in the burn-in
     * @param late the network afterwards
     */
    private double[][] outputs(
        WrittenOut early, WrittenOut late, boolean atNext, double[][] noise) {
      double[][] outputs = new double[batch.size()][];
      if (along == null) {
        float[] shown = (atNext ? batch.nextObservations() : batch.observations()).floats();
        Arrays.setAll(outputs, row -> late.forward(observation(shown, row), late.zeros(), noise));
      } else {
        run(along, early, late, atNext, outputs);
      }
      return outputs;
    }

    private static void run(
        SequenceBatch along,
        WrittenOut early,
        WrittenOut late,
        boolean atNext,
        double[][] outputs) {
      for (int place = 0; place < along.sequences().count(); place++) {
        double[] state = early.zeros();
        for (int i = 0; i < state.length; i++) {
          state[i] = along.states()[place * state.length + i];
        }
        boolean learns = false;
        for (int t = 0; t < along.sequences().length(place); t++) {
          int row = along.sequences().row(t, place);
          learns |= IntStream.range(0, outputs.length).anyMatch(i -> along.row(i) == row);
          double[] inputs = observation(along.observations().floats(), row);
          double[] given = (learns ? late : early).forward(inputs, state);
          for (int i = 0; i < outputs.length; i++) {
            if ((atNext ? along.nextRow(i) : along.row(i)) == row) {
              outputs[i] = given;
            }
          }
        }
      }
    }

    private static double[] observation(float[] shown, int row) {
      return new double[] {shown[2 * row], shown[2 * row + 1]};
    }
  }
}
