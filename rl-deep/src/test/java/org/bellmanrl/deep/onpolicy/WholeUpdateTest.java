package org.bellmanrl.deep.onpolicy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bellmanrl.api.Learner;
import org.bellmanrl.api.Policy;
import org.bellmanrl.api.Transitions;
import org.bellmanrl.api.interaction.Budget;
import org.bellmanrl.api.interaction.Trainer;
import org.bellmanrl.api.space.Box;
import org.bellmanrl.api.space.Columns;
import org.bellmanrl.api.space.Discrete;
import org.bellmanrl.api.space.Space;
import org.bellmanrl.api.state.State;
import org.bellmanrl.deep.Entries;
import org.bellmanrl.deep.WrittenOut;
import org.bellmanrl.deep.internal.action.NetworkActor;
import org.bellmanrl.testkit.RandomTask;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Whole updates from rollouts against a program in double precision, which runs networks over one
 * observation after the other, looks ahead by the definitions, and takes differences of its losses.
 * Behaviours are made to differ from the policy, so that ratios are not 1.
 */
class WholeUpdateTest {
  private static final int ROWS = 2;
  private static final int STEPS = 6;
  private static final int SEQUENCE = 4;
  private static final double GAMMA = 0.9;
  private static final double LAMBDA = 0.8;
  private static final double CLIP = 0.2;
  private static final double VALUE_WEIGHT = 0.7;
  private static final double ENTROPY_WEIGHT = 0.05;

  private static final Map<String, String> OPTIONS =
      Map.of(
          "gamma", "" + GAMMA,
          "n_steps", "" + STEPS,
          "vf_coef", "" + VALUE_WEIGHT,
          "ent_coef", "" + ENTROPY_WEIGHT,
          "max_grad_norm", "0.5",
          "learning_rate", "0.02");

  private static final Map<String, Map<String, String>> MORE =
      Map.of(
          "a2c",
          Map.of("gae_lambda", "" + LAMBDA),
          "impala",
          Map.of("lambda", "" + LAMBDA, "largest_rho", "1.1", "largest_c", "0.9"),
          "ppo",
          Map.of(
              "gae_lambda", "" + LAMBDA,
              "batch_size", "" + ROWS * STEPS,
              "n_epochs", "1",
              "clip_range", "" + CLIP,
              "clip_range_vf", "" + CLIP,
              "sequence_length", "" + SEQUENCE));

  @ParameterizedTest(name = "{0}, {1}, {2}")
  @CsvSource({
    "ppo, masked, 5",
    "ppo, numbers, 5",
    "ppo, masked, lstm 3",
    "a2c, masked, 5",
    "a2c, numbers, lstm 3",
    "impala, masked, 5",
    "impala, masked, lstm 3"
  })
  void update_lossesAndGradients_equalAProgramInDoubles(String id, String kind, String hidden) {
    Map<String, String> options = new HashMap<>(OPTIONS);
    options.putAll(MORE.get(id));
    options.put("hidden", hidden);
    boolean masked = kind.equals("masked");
    Space actions = masked ? new Discrete(3, 5) : Box.of(-1f, 1f, 2);
    RandomTask task = new RandomTask(Box.of(-1f, 1f, 2), actions).withMaxEpisodeSteps(5);
    try (Trainer<Program> trainer =
        Trainer.on((masked ? task.withMask() : task).rows(ROWS))
            .budget(Budget.steps(5 * ROWS * STEPS))
            .build(context ->
                new Program((RolloutLearner) Entries.learner(id).create(context, options)))) {
      trainer.run();
      assertThat(trainer.learner().updates).isEqualTo(5);
    }
  }

  /** What a row saw and did. */
  @SuppressWarnings("ArrayRecordComponent") // compared by nobody
  private record Step(
      int row,
      boolean first,
      double[] observation,
      boolean[] mask,
      int choice,
      double[] numbers,
      double oldLogProbability,
      double[] policyState,
      double reward,
      double discount,
      boolean last,
      double[] next) {}

  private static final class Program implements Learner {
    int updates;

    private final RolloutLearner learner;
    private final boolean choices;
    private final int sequence;
    private final List<Step> steps = new ArrayList<>();
    private final double[][] valueStates;

    // Of the rollout, by step.
    private final double[] advantage = new double[ROWS * STEPS];
    private final double[] target = new double[ROWS * STEPS];
    private final double[] oldValue = new double[ROWS * STEPS];
    private final double[][] valueStateBefore = new double[ROWS * STEPS][];

    private double[] logDeviation = {};

    Program(RolloutLearner learner) {
      this.learner = learner;
      this.choices = learner.networks.logDeviation().length == 0;
      this.sequence = learner instanceof Ppo ? SEQUENCE : STEPS;
      this.valueStates = new double[ROWS][learner.networks.value().stateSize()];
    }

    @Override
    public void observe(Transitions transitions) {
      for (int row = 0; row < ROWS; row++) {
        steps.add(step(transitions, row));
      }
      if (steps.size() < ROWS * STEPS) {
        learner.observe(transitions);
        return;
      }
      WrittenOut policy = new WrittenOut(learner.networks.policy());
      WrittenOut value = new WrittenOut(learner.networks.value());
      float[] deviations = learner.networks.logDeviation();
      logDeviation = new double[deviations.length];
      Arrays.setAll(logDeviation, d -> deviations[d]);
      lookAhead(policy, value);
      Map<String, Double> metrics = new HashMap<>();

      learner.observe(transitions);

      learner.report(metrics::put);
      assertThat(metrics.get("policy_loss")).isCloseTo(policyLoss(policy), within(1e-5));
      assertThat(metrics.get("value_loss")).isCloseTo(valueLoss(value), within(1e-5));
      assertThat(metrics.get("entropy")).isCloseTo(entropy(policy), within(1e-5));
      policy.check(learner.training.policyGradients, () -> all(policy));
      value.check(learner.training.valueGradients, () -> VALUE_WEIGHT * valueLoss(value));
      for (int d = 0; d < (choices ? 0 : 2); d++) {
        assertThat((double) learner.training.deviationGradients[d])
            .isCloseTo(WrittenOut.slope(logDeviation, d, () -> all(policy)), within(1e-5));
      }
      steps.clear();
      updates++;
    }

    /** Takes note of a step, and makes another behaviour of the one that took it. */
    private Step step(Transitions transitions, int row) {
      Columns extras = transitions.actions().extras();
      int end = (row + 1) * extras.layout().floats();
      int at = choices ? end - 1 : end - 3;
      extras.floats()[at] += (steps.size() % 5 - 2) * 0.2f;
      float[] state = new float[learner.networks.policy().stateSize()];
      if (state.length > 0) {
        NetworkActor.readState(state.length, transitions.actions(), row, state, 0);
      }
      boolean[] mask = transitions.observations().mask();
      return new Step(
          row,
          transitions.first()[row],
          numbers(transitions.observations().values().floats(), 2 * row, 2),
          choices ? Arrays.copyOfRange(mask, 3 * row, 3 * row + 3) : mask,
          choices ? transitions.actions().values().ints()[row] - 5 : 0,
          choices ? new double[0] : numbers(extras.floats(), end - 2, 2),
          extras.floats()[at],
          numbers(state, 0, state.length),
          transitions.reward()[row],
          transitions.discount()[row],
          transitions.last(row),
          numbers(transitions.nextObservations().values().floats(), 2 * row, 2));
    }

    private static double[] numbers(float[] all, int from, int count) {
      double[] numbers = new double[count];
      Arrays.setAll(numbers, i -> all[from + i]);
      return numbers;
    }

    /** Values, advantages and targets. */
    private void lookAhead(WrittenOut policy, WrittenOut value) {
      double[] nextValue = new double[steps.size()];
      for (int i = 0; i < steps.size(); i++) {
        Step step = steps.get(i);
        double[] state = valueStates[step.row];
        if (step.first) {
          Arrays.fill(state, 0);
        }
        valueStateBefore[i] = state.clone();
        oldValue[i] = value.forward(step.observation, state)[0];
        nextValue[i] = value.forward(step.next, state.clone())[0];
      }
      double[] logProbability = logProbabilities(policy);
      for (int i = steps.size() - 1; i >= 0; i--) {
        Step step = steps.get(i);
        int later = i + ROWS;
        boolean goesOn = !step.last && later < steps.size();
        double decay = GAMMA * step.discount;
        if (learner instanceof Impala) {
          double ratio = Math.exp(logProbability[i] - step.oldLogProbability);
          double rho = Math.min(1.1, ratio);
          double corrected = goesOn ? target[later] : nextValue[i];
          target[i] =
              oldValue[i]
                  + rho * (step.reward + decay * nextValue[i] - oldValue[i])
                  + decay * LAMBDA * Math.min(0.9, ratio) * (corrected - nextValue[i]);
          advantage[i] = rho * (step.reward + decay * corrected - oldValue[i]);
        } else {
          advantage[i] =
              step.reward
                  + decay * nextValue[i]
                  - oldValue[i]
                  + (goesOn ? decay * LAMBDA * advantage[later] : 0);
          target[i] = advantage[i] + oldValue[i];
        }
      }
      if (learner instanceof Ppo) {
        double mean = Arrays.stream(advantage).average().orElseThrow();
        double squares = Arrays.stream(advantage).map(a -> (a - mean) * (a - mean)).sum();
        double deviation = Math.sqrt(squares / (advantage.length - 1));
        Arrays.setAll(advantage, i -> (advantage[i] - mean) / (deviation + 1e-8));
      }
    }

    /**
     * Outputs of a network at each step, along sequences that begin with what was stored.
     *
     * @param ofPolicy whether it is the policy network
     */
    private double[][] outputs(WrittenOut network, boolean ofPolicy) {
      double[][] outputs = new double[steps.size()][];
      for (int row = 0; row < ROWS; row++) {
        double[] state = network.zeros();
        for (int t = 0; t < STEPS; t++) {
          int i = t * ROWS + row;
          if (t % sequence == 0) {
            state = (ofPolicy ? steps.get(i).policyState : valueStateBefore[i]).clone();
          } else if (steps.get(i).first) {
            Arrays.fill(state, 0);
          }
          outputs[i] = network.forward(steps.get(i).observation, state);
        }
      }
      return outputs;
    }

    private double[] probabilities(double[] outputs, boolean[] mask) {
      double[] exp = new double[3];
      Arrays.setAll(exp, a -> mask[a] ? Math.exp(outputs[a]) : 0);
      double sum = Arrays.stream(exp).sum();
      return Arrays.stream(exp).map(x -> x / sum).toArray();
    }

    private double[] logProbabilities(WrittenOut policy) {
      double[][] outputs = outputs(policy, true);
      double[] logProbabilities = new double[steps.size()];
      for (int i = 0; i < logProbabilities.length; i++) {
        Step step = steps.get(i);
        if (choices) {
          logProbabilities[i] = Math.log(probabilities(outputs[i], step.mask)[step.choice]);
        }
        for (int d = 0; d < step.numbers.length; d++) {
          double z = (step.numbers[d] - outputs[i][d]) / Math.exp(logDeviation[d]);
          logProbabilities[i] -= 0.5 * z * z + logDeviation[d] + 0.5 * Math.log(2 * Math.PI);
        }
      }
      return logProbabilities;
    }

    private double entropy(WrittenOut policy) {
      if (!choices) {
        return Math.log(2 * Math.PI * Math.E) + logDeviation[0] + logDeviation[1];
      }
      double[][] outputs = outputs(policy, true);
      double entropy = 0;
      for (int i = 0; i < outputs.length; i++) {
        for (double p : probabilities(outputs[i], steps.get(i).mask)) {
          entropy -= p == 0 ? 0 : p * Math.log(p) / outputs.length;
        }
      }
      return entropy;
    }

    private double policyLoss(WrittenOut policy) {
      double[] logProbability = logProbabilities(policy);
      double loss = 0;
      for (int i = 0; i < logProbability.length; i++) {
        double each = logProbability[i] * advantage[i];
        if (learner instanceof Ppo) {
          double ratio = Math.exp(logProbability[i] - steps.get(i).oldLogProbability);
          double clipped = Math.clamp(ratio, 1 - CLIP, 1 + CLIP);
          each = Math.min(ratio * advantage[i], clipped * advantage[i]);
        }
        loss -= each / logProbability.length;
      }
      return loss;
    }

    private double valueLoss(WrittenOut value) {
      double[][] values = outputs(value, false);
      double loss = 0;
      for (int i = 0; i < values.length; i++) {
        double change = values[i][0] - oldValue[i];
        double moved = learner instanceof Ppo ? Math.clamp(change, -CLIP, CLIP) : change;
        double error = oldValue[i] + moved - target[i];
        loss += error * error / values.length;
      }
      return loss;
    }

    private double all(WrittenOut policy) {
      return policyLoss(policy) - ENTROPY_WEIGHT * entropy(policy);
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
}
