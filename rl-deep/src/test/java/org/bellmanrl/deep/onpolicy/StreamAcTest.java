package org.bellmanrl.deep.onpolicy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.bellmanrl.api.Accepts;
import org.bellmanrl.api.Environment;
import org.bellmanrl.api.Learner;
import org.bellmanrl.api.LearnerContext;
import org.bellmanrl.api.Policy;
import org.bellmanrl.api.Transitions;
import org.bellmanrl.api.interaction.Budget;
import org.bellmanrl.api.interaction.Evaluation;
import org.bellmanrl.api.interaction.Trainer;
import org.bellmanrl.api.state.State;
import org.bellmanrl.deep.Entries;
import org.bellmanrl.deep.network.Activation;
import org.bellmanrl.deep.network.Network;
import org.bellmanrl.deep.network.ParameterBlock;
import org.bellmanrl.testkit.LearnerContract;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StreamAcTest {

  @Nested
  class Contract extends LearnerContract {
    @Override
    protected Learner create(LearnerContext context) {
      return Entries.learner("stream-ac").create(context, Map.of("hidden", "8,layer-norm"));
    }

    @Override
    protected Accepts accepts() {
      return StreamAc.accepts();
    }
  }

  /** Actor-critic with traces over tables of preferences and values, in double precision. */
  private static final class Reference {
    private static final double GAMMA = 0.9;
    private static final double LAMBDA = 0.7;
    private static final double ALPHA = 0.5;
    private static final double POLICY_KAPPA = 3;
    private static final double VALUE_KAPPA = 2;
    private static final double TAU = 0.05;

    /** A weight for each number that is shown, and the bias; of each action, and of the value. */
    private final double[][] policy;

    private final double[][] value;
    private final double[][] policyTrace = new double[5][4];
    private final double[][] valueTrace = new double[5][1];

    Reference(StreamAc learner) {
      policy = weights(learner.policyNetwork(), 4);
      value = weights(learner.valueNetwork(), 1);
    }

    static double[][] weights(Network network, int outputs) {
      double[][] weights = new double[5][outputs];
      for (ParameterBlock block : network.blocks()) {
        boolean bias = block.name().equals("bias");
        for (int k = 0; k < outputs; k++) {
          for (int i = 0; i < (bias ? 1 : 4); i++) {
            weights[bias ? 4 : i][k] = network.parameters()[block.index(i, k)];
          }
        }
      }
      return weights;
    }

    void learn(
        boolean first, int shown, int action, double reward, double discount, int shownNext) {
      double decay = GAMMA * discount;
      double error =
          reward + decay * (value[shownNext][0] + value[4][0]) - (value[shown][0] + value[4][0]);
      double[] probability = new double[4];
      double sum = 0;
      for (int k = 0; k < 4; k++) {
        probability[k] = Math.exp(policy[shown][k] + policy[4][k]);
        sum += probability[k];
      }
      double entropy = 0;
      for (int k = 0; k < 4; k++) {
        probability[k] /= sum;
        entropy -= probability[k] * Math.log(probability[k]);
      }
      for (int i = 0; i < 5; i++) {
        double input = i == shown || i == 4 ? 1 : 0;
        valueTrace[i][0] = (first ? 0 : valueTrace[i][0]) + input;
        for (int k = 0; k < 4; k++) {
          double score = (k == action ? 1 : 0) - probability[k];
          double spread = -probability[k] * (Math.log(probability[k]) + entropy);
          policyTrace[i][k] =
              (first ? 0 : policyTrace[i][k]) + input * (score + TAU * Math.signum(error) * spread);
        }
      }
      step(value, valueTrace, VALUE_KAPPA, error, decay);
      step(policy, policyTrace, POLICY_KAPPA, error, decay);
    }

    private static void step(
        double[][] weights, double[][] trace, double kappa, double error, double decay) {
      double size = 0;
      for (double[] row : trace) {
        for (double element : row) {
          size += Math.abs(element);
        }
      }
      double bound = ALPHA * kappa * Math.max(1, Math.abs(error)) * size;
      double rate = Math.min(ALPHA, ALPHA / bound);
      for (int i = 0; i < weights.length; i++) {
        for (int k = 0; k < weights[i].length; k++) {
          weights[i][k] += rate * error * trace[i][k];
          trace[i][k] *= decay * LAMBDA;
        }
      }
    }
  }

  /** Lets a program learn the same beside a learner, and compares. */
  private record Both(StreamAc learner, Reference reference) implements Learner {
    @Override
    public void observe(Transitions transitions) {
      reference.learn(
          transitions.first()[0],
          transitions.observations().values().ints()[0],
          transitions.actions().values().ints()[0],
          transitions.reward()[0],
          transitions.discount()[0],
          transitions.nextObservations().values().ints()[0]);
      learner.observe(transitions);
      compare(Reference.weights(learner.valueNetwork(), 1), reference.value);
      compare(Reference.weights(learner.policyNetwork(), 4), reference.policy);
    }

    private static void compare(double[][] weights, double[][] expected) {
      for (int i = 0; i < weights.length; i++) {
        assertThat(weights[i]).containsExactly(expected[i], within(1e-5));
      }
    }

    @Override
    public Policy behaviour() {
      return learner.behaviour();
    }

    @Override
    public Policy policy() {
      return learner.policy();
    }

    @Override
    public void carry(State state) {
      learner.carry(state);
    }
  }

  @Test
  void observe_equalsAnIndependentProgram() {
    StreamAc.Config config =
        new StreamAc.Config(
            Reference.ALPHA,
            Reference.POLICY_KAPPA,
            Reference.VALUE_KAPPA,
            Reference.GAMMA,
            Reference.LAMBDA,
            Reference.TAU,
            0.5,
            new ActorCriticLayers(List.of(), List.of(), Optional.empty(), Activation.RELU));
    try (Trainer<Both> trainer =
        Trainer.on(Tasks.rows(1, Tasks::echo))
            .seed(2)
            .budget(Budget.steps(300))
            .build(context -> {
              StreamAc learner = new StreamAc(context, config);
              return new Both(learner, new Reference(learner));
            })) {
      trainer.run();
      assertThat(trainer.progress().steps()).isEqualTo(300);
    }
  }

  /** The best is 10 an episode; at random it is 2.5, 6.25 and 5. */
  @ParameterizedTest
  @CsvSource({
    "discrete, 0",
    "discrete, 1",
    "masked, 0",
    "masked, 1",
    "multi-discrete, 0",
    "multi-discrete, 1"
  })
  void train_smallTask_isSolved(String name, long seed) {
    Supplier<Environment> task =
        switch (name) {
          case "discrete" -> Tasks::echo;
          case "masked" -> Tasks::ceiling;
          default -> Tasks::digits;
        };
    Map<String, String> options =
        Map.of("gamma", "0.5", "sparsity", "0.5", "hidden", "[dense 32 none, layer-norm]");
    try (Trainer<?> trainer =
        Trainer.on(Tasks.rows(1, task))
            .seed(seed)
            .budget(Budget.steps(40_000))
            .build(context -> Entries.learner("stream-ac").create(context, options))) {
      trainer.run();
      assertThat(
              Evaluation.of(task.get(), trainer.learner().policy(), Evaluation.Plan.episodes(20))
                  .meanReturn())
          .isGreaterThan(9.5);
    }
  }

  @Test
  void create_withSharedLayers_isRefused() {
    assertThatThrownBy(() ->
            Trainer.on(Tasks.rows(1, Tasks::echo))
                .build(
                    context -> Entries.learner("stream-ac").create(context, Map.of("shared", "8"))))
        .hasMessageContaining("stream-ac has traces of two networks, which cannot share layers");
  }
}
