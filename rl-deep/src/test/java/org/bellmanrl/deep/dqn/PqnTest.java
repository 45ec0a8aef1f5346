package org.bellmanrl.deep.dqn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.bellmanrl.api.Accepts;
import org.bellmanrl.api.Environment;
import org.bellmanrl.api.Learner;
import org.bellmanrl.api.LearnerContext;
import org.bellmanrl.api.VectorEnvironment;
import org.bellmanrl.api.interaction.Budget;
import org.bellmanrl.api.interaction.Evaluation;
import org.bellmanrl.api.interaction.Trainer;
import org.bellmanrl.api.schedule.Schedule;
import org.bellmanrl.api.space.Box;
import org.bellmanrl.api.space.Discrete;
import org.bellmanrl.deep.Entries;
import org.bellmanrl.deep.network.Activation;
import org.bellmanrl.deep.network.Network;
import org.bellmanrl.deep.network.Trunk;
import org.bellmanrl.testkit.LearnerContract;
import org.bellmanrl.testkit.RandomTask;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PqnTest {
  private static final Map<String, String> SMALL =
      Map.of("n_steps", "8", "batch_size", "4", "hidden", "8,layer-norm", "lambda", "0.8");

  private static VectorEnvironment rows(int rows, Supplier<? extends Environment> task) {
    Environment[] tasks = new Environment[rows];
    Arrays.setAll(tasks, row -> task.get());
    return VectorEnvironment.of(tasks);
  }

  @Nested
  class Contract extends LearnerContract {
    @Override
    protected Learner create(LearnerContext context) {
      return Entries.learner("pqn").create(context, SMALL);
    }

    @Override
    protected Accepts accepts() {
      return Pqn.accepts();
    }
  }

  /** Normalisation of pictures, place by place. */
  @Nested
  class PictureContract extends LearnerContract {
    @Override
    protected Learner create(LearnerContext context) {
      return Entries.learner("pqn")
          .create(
              context,
              Map.of(
                  "n_steps", "8",
                  "batch_size", "4",
                  "hidden", "[conv 4 3 1 0 none, layer-norm, conv 5 2, flatten, 6]"));
    }

    @Override
    protected Accepts accepts() {
      return Pqn.accepts();
    }

    @Override
    protected VectorEnvironment task(int rows) {
      return RandomTask.rows(rows, Box.pixels(5, 6, 2), new Discrete(3));
    }

    @Override
    protected List<VectorEnvironment> acceptedTasks(int rows) {
      return List.of(task(rows));
    }
  }

  /**
   * PQN of a linear network in double precision: returns by their definition forward in time, one
   * step of rectified Adam for each rollout.
   */
  private static final class Reference {
    private static final double GAMMA = 0.9;
    private static final double LAMBDA = 0.7;
    private static final double RATE = 0.02;

    /** Weights of an action, the last of which is its bias. */
    private final double[][] weights;

    private final double[][] first = new double[2][4];
    private final double[][] second = new double[2][4];
    private int updates;

    Reference(Network network) {
      this.weights = Recorder.weights(network);
    }

    private double value(double[] observation, int action) {
      double[] w = weights[action];
      return w[0] * observation[0] + w[1] * observation[1] + w[2] * observation[2] + w[3];
    }

    private double best(double[] observation) {
      return Math.max(value(observation, 0), value(observation, 1));
    }

    /** Σ over n of (1 − λ) λⁿ⁻¹ G(n), what is left of the weights on the longest return. */
    private double target(List<Recorder.Seen> steps, int from) {
      double sum = 0;
      double rewards = 0;
      double discount = 1;
      double weight = 1;
      for (int i = from; ; i++) {
        Recorder.Seen step = steps.get(i);
        rewards += discount * step.reward();
        discount *= GAMMA * step.discount();
        double tail = discount == 0 ? 0 : discount * best(step.next());
        if (step.last() || i == steps.size() - 1) {
          return sum + weight * (rewards + tail);
        }
        sum += weight * (1 - LAMBDA) * (rewards + tail);
        weight *= LAMBDA;
      }
    }

    void learn(List<Recorder.Seen> rollout) {
      double[][] gradient = new double[2][4];
      for (int row = 0; row < 2; row++) {
        int of = row;
        List<Recorder.Seen> steps = rollout.stream().filter(step -> step.row() == of).toList();
        for (int i = 0; i < steps.size(); i++) {
          Recorder.Seen step = steps.get(i);
          double error = value(step.observation(), step.action()) - target(steps, i);
          for (int k = 0; k < 4; k++) {
            double input = k == 3 ? 1 : step.observation()[k];
            gradient[step.action()][k] += error * input / rollout.size();
          }
        }
      }
      updates++;
      double longest = 2 / (1 - 0.999) - 1;
      double length =
          longest - 2 * updates * Math.pow(0.999, updates) / (1 - Math.pow(0.999, updates));
      for (int action = 0; action < 2; action++) {
        for (int k = 0; k < 4; k++) {
          double g = gradient[action][k];
          first[action][k] = 0.9 * first[action][k] + 0.1 * g;
          second[action][k] = 0.999 * second[action][k] + 0.001 * g * g;
          double m = first[action][k] / (1 - Math.pow(0.9, updates));
          if (length > 5) {
            double v = second[action][k] / (1 - Math.pow(0.999, updates));
            double r =
                Math.sqrt(
                    (length - 4)
                        * (length - 2)
                        * longest
                        / ((longest - 4) * (longest - 2) * length));
            m *= r / (Math.sqrt(v) + 1e-8);
          }
          weights[action][k] -= RATE * m;
        }
      }
    }
  }

  @Test
  void observe_equalsAnIndependentProgram() {
    Pqn.Config config =
        new Pqn.Config(
            Schedule.constant(Reference.RATE),
            16,
            32,
            1,
            Reference.GAMMA,
            Reference.LAMBDA,
            Schedule.constant(0.5),
            1e6,
            new Trunk(List.of(), Activation.RELU));
    List<Recorder.Seen> seen = new ArrayList<>();
    Reference[] reference = new Reference[1];
    try (Trainer<Recorder<Pqn>> trainer =
        Trainer.on(rows(2, Tasks.Doors::new))
            .seed(3)
            .budget(Budget.steps(960))
            .build(context -> {
              Pqn pqn = new Pqn(context, config);
              reference[0] = new Reference(pqn.network());
              return new Recorder<>(pqn, seen);
            })) {
      for (int rollout = 1; rollout <= 30; rollout++) {
        trainer.run(32);
        reference[0].learn(seen.subList(32 * (rollout - 1), 32 * rollout));
        double[][] weights = Recorder.weights(trainer.learner().learner().network());
        for (int action = 0; action < 2; action++) {
          assertThat(weights[action])
              .as("rollout %d", rollout)
              .containsExactly(reference[0].weights[action], within(1e-5));
        }
      }
    }
    assertThat(seen).anyMatch(Recorder.Seen::last);
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 2})
  void train_smallTasks_areSolved(long seed) {
    Map<String, String> options =
        Map.of(
            "n_steps", "16",
            "batch_size", "32",
            "gamma", "0.5",
            "learning_rate", "linear:0.01:0:100%",
            "exploration", "linear:1:0.05:50%",
            "hidden", "[dense 16 none, layer-norm]");
    try (Trainer<?> trainer =
        Trainer.on(rows(4, Tasks.Doors::new))
            .seed(seed)
            .budget(Budget.steps(10_000))
            .build(context -> Entries.learner("pqn").create(context, options))) {
      trainer.run();
      assertThat(
              Evaluation.of(
                      new Tasks.Doors(), trainer.learner().policy(), Evaluation.Plan.episodes(1))
                  .meanLength())
          .isEqualTo(3);
    }
    try (Trainer<?> trainer =
        Trainer.on(rows(4, Tasks.Ceiling::new))
            .seed(seed)
            .budget(Budget.steps(10_000))
            .build(context -> Entries.learner("pqn").create(context, options))) {
      trainer.run();
      assertThat(
              Evaluation.of(
                      new Tasks.Ceiling(), trainer.learner().policy(), Evaluation.Plan.episodes(20))
                  .meanReturn())
          .isEqualTo(10);
    }
  }

  @Test
  void create_withMinibatchesThatDontDivide_isRefused() {
    assertThatThrownBy(() ->
            Trainer.on(rows(3, Tasks.Doors::new))
                .build(context -> Entries.learner("pqn").create(context, Map.of("n_steps", "5"))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(
            "batch_size must divide n_steps · environments, but 5 · 3 = 15 is not a multiple of 32");
  }
}
