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
import org.bellmanrl.api.random.RandomStream;
import org.bellmanrl.api.schedule.Schedule;
import org.bellmanrl.deep.Entries;
import org.bellmanrl.deep.internal.ObGd;
import org.bellmanrl.deep.internal.SparseInitialisation;
import org.bellmanrl.deep.network.Activation;
import org.bellmanrl.deep.network.Network;
import org.bellmanrl.deep.network.NetworkSpec;
import org.bellmanrl.deep.network.ParameterBlock;
import org.bellmanrl.deep.network.Trunk;
import org.bellmanrl.testkit.LearnerContract;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StreamQTest {

  private static VectorEnvironment rows(int rows, Supplier<? extends Environment> task) {
    Environment[] tasks = new Environment[rows];
    Arrays.setAll(tasks, row -> task.get());
    return VectorEnvironment.of(tasks);
  }

  @Nested
  class Contract extends LearnerContract {
    @Override
    protected Learner create(LearnerContext context) {
      return Entries.learner("stream-q").create(context, Map.of("hidden", "8,layer-norm"));
    }

    @Override
    protected Accepts accepts() {
      return StreamQ.accepts();
    }
  }

  /** Watkins's Q(λ) of a linear network with bounded steps, in double precision. */
  private static final class Reference {
    private static final double GAMMA = 0.9;
    private static final double LAMBDA = 0.8;
    private static final double ALPHA = 0.7;
    private static final double KAPPA = 1.5;

    private final double[][] weights;
    private final double[][][] traces = new double[2][2][4];
    private int shortened;

    Reference(Network network) {
      this.weights = Recorder.weights(network);
    }

    private double value(double[] observation, int action) {
      double[] w = weights[action];
      return w[0] * observation[0] + w[1] * observation[1] + w[2] * observation[2] + w[3];
    }

    void learn(Recorder.Seen step) {
      double[][] trace = traces[step.row()];
      double value = value(step.observation(), step.action());
      double best = Math.max(value(step.observation(), 0), value(step.observation(), 1));
      double kept = step.first() || value < best ? 0 : 1;
      double sizes = 0;
      for (int action = 0; action < 2; action++) {
        for (int i = 0; i < 4; i++) {
          double input = i == 3 ? 1 : step.observation()[i];
          trace[action][i] = kept * trace[action][i] + (action == step.action() ? input : 0);
          sizes += Math.abs(trace[action][i]);
        }
      }
      double discount = GAMMA * step.discount();
      double next = Math.max(value(step.next(), 0), value(step.next(), 1));
      double error = step.reward() + discount * next - value;
      double bound = ALPHA * KAPPA * Math.max(1, Math.abs(error)) * sizes;
      double rate = Math.min(ALPHA, ALPHA / bound);
      shortened += rate < ALPHA ? 1 : 0;
      for (int action = 0; action < 2; action++) {
        for (int i = 0; i < 4; i++) {
          weights[action][i] += rate * error * trace[action][i];
          trace[action][i] *= discount * LAMBDA;
        }
      }
    }
  }

  @Test
  void observe_equalsAnIndependentProgram() {
    StreamQ.Config config =
        new StreamQ.Config(
            Reference.ALPHA,
            Reference.KAPPA,
            Reference.GAMMA,
            Reference.LAMBDA,
            Schedule.constant(0.3),
            0.3,
            new Trunk(List.of(), Activation.RELU));
    List<Recorder.Seen> seen = new ArrayList<>();
    Reference[] reference = new Reference[1];
    try (Trainer<Recorder<StreamQ>> trainer =
        Trainer.on(rows(2, Tasks.Doors::new))
            .seed(4)
            .budget(Budget.steps(400))
            .build(context -> {
              StreamQ learner = new StreamQ(context, config);
              reference[0] = new Reference(learner.network());
              return new Recorder<>(learner, seen);
            })) {
      for (int call = 0; call < 200; call++) {
        trainer.run(2);
        seen.subList(2 * call, 2 * call + 2).forEach(reference[0]::learn);
        double[][] weights = Recorder.weights(trainer.learner().learner().network());
        for (int action = 0; action < 2; action++) {
          assertThat(weights[action])
              .as("call %d", call)
              .containsExactly(reference[0].weights[action], within(1e-5));
        }
      }
    }
    assertThat(seen).anyMatch(Recorder.Seen::last);
    assertThat(reference[0].shortened).isPositive();
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 2})
  void train_smallTasks_areSolved(long seed) {
    Map<String, String> options =
        Map.of(
            "gamma", "0.9",
            "exploration", "linear:1:0.05:50%",
            "sparsity", "0.5",
            "hidden", "[dense 32 none, layer-norm]");
    try (Trainer<?> trainer =
        Trainer.on(rows(1, Tasks.Doors::new))
            .seed(seed)
            .budget(Budget.steps(6000))
            .build(context -> Entries.learner("stream-q").create(context, options))) {
      trainer.run();
      assertThat(
              Evaluation.of(
                      new Tasks.Doors(), trainer.learner().policy(), Evaluation.Plan.episodes(1))
                  .meanLength())
          .isEqualTo(3);
    }
    try (Trainer<?> trainer =
        Trainer.on(rows(2, Tasks.Ceiling::new))
            .seed(seed)
            .budget(Budget.steps(20_000))
            .build(context -> Entries.learner("stream-q").create(context, options))) {
      trainer.run();
      assertThat(
              Evaluation.of(
                      new Tasks.Ceiling(), trainer.learner().policy(), Evaluation.Plan.episodes(20))
                  .meanReturn())
          .isGreaterThan(9.4);
    }
  }

  @Test
  void obGd_ofALargeError_movesTheValueByLessThanIt() {
    float[] trace = {1, -2, 0, 3, 0.5f};
    assertThat(ObGd.size(trace)).isEqualTo(6.5);
    assertThat(ObGd.stepSize(1, 2, -4, 6.5)).isCloseTo(1 / (2 * 4 * 6.5), within(1e-15));
    assertThat(ObGd.stepSize(0.01, 2, 0.5, 6.5)).isEqualTo(0.01);
    float[] parameters = {1, 1, 1, 1, 1};
    ObGd.move(parameters, trace, 0.5);
    assertThat(parameters).containsExactly(1.5f, 0, 1, 2.5f, 1.25f);
  }

  @Test
  void sparseInitialisation_leavesTheSameShareOfEachUnitsWeights() {
    Network network =
        Network.create(NetworkSpec.mlp(20, 3, Activation.RELU, 10), RandomStream.ofSeed(0));
    SparseInitialisation.draw(network, 0.9, RandomStream.ofSeed(1));
    for (ParameterBlock block : network.blocks()) {
      for (int unit = 0; unit < block.columns(); unit++) {
        int others = 0;
        for (int input = 0; input < block.rows(); input++) {
          float weight = network.parameters()[block.index(input, unit)];
          assertThat(Math.abs(weight)).isLessThan((float) (1 / Math.sqrt(block.rows())) + 1e-6f);
          others += weight == 0 ? 0 : 1;
        }
        assertThat(others).isEqualTo(block.name().equals("bias") ? 0 : block.rows() / 10);
      }
    }
  }

  @Test
  void config_withKappaOfOne_isRefused() {
    assertThatThrownBy(() ->
            Trainer.on(rows(1, Tasks.Doors::new))
                .build(
                    context -> Entries.learner("stream-q").create(context, Map.of("kappa", "1"))))
        .hasMessageContaining("kappa must be in (1, inf], was 1.0");
  }
}
