package org.bellmanrl.deep.continuous;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.DoubleSupplier;
import java.util.stream.DoubleStream;
import org.bellmanrl.api.LearnerContext;
import org.bellmanrl.api.interaction.Budget;
import org.bellmanrl.api.interaction.RunProgress;
import org.bellmanrl.api.interaction.Trainer;
import org.bellmanrl.api.random.RandomStream;
import org.bellmanrl.api.random.Streams;
import org.bellmanrl.api.space.Box;
import org.bellmanrl.deep.Entries;
import org.bellmanrl.deep.network.Network;
import org.bellmanrl.deep.network.ParameterBlock;
import org.bellmanrl.deep.network.Workspace;
import org.bellmanrl.deep.replay.DrawnBatch;
import org.bellmanrl.deep.replay.ReplayBatch;
import org.bellmanrl.deep.replay.SequenceBatch;
import org.bellmanrl.testkit.RandomTask;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The gradients of an update from sequences against differences of its losses, which are computed
 * here one sequence and one step after the other.
 */
class RecurrentControlTest {
  private static final Box OBSERVATIONS = Box.of(-1f, 1f, 2);
  private static final Box ACTIONS = Box.of(-1f, 1f, 2);
  private static final float STEP = 4e-3f;
  private static final double ALPHA = 0.3;
  private static final int DROPPED = 1;

  /** Options without which the losses are not those below. */
  private static final Map<String, Map<String, String>> MORE =
      Map.of(
          "ddpg",
          Map.of(),
          "td3",
          Map.of("policy_delay", "1", "target_policy_noise", "0"),
          "sac",
          Map.of("ent_coef", "" + ALPHA),
          "tqc",
          Map.of(
              "ent_coef",
              "" + ALPHA,
              "n_quantiles",
              "3",
              "top_quantiles_to_drop_per_net",
              "" + DROPPED));

  private static Map<String, String> options(String hidden, String criticHidden) {
    Map<String, String> options = new HashMap<>();
    options.put("hidden", hidden);
    options.put("critic_hidden", criticHidden);
    options.put("activation", "tanh");
    options.put("batch_size", "20");
    options.put("sequence_length", "5");
    options.put("burn_in", "3");
    options.put("learning_starts", "1000");
    options.put("buffer_size", "500");
    return options;
  }

  @ParameterizedTest
  @CsvSource({
    "td3, 'lstm 3, 4', 'gru 3, 4'",
    "td3, 'gru 3, 4', 'lstm 2, gru 2, 4'",
    "ddpg, 4, 'lstm 3, 4'",
    "ddpg, 'lstm 3', 4",
    "sac, 'lstm 3, 4', 'gru 3, 4'",
    "sac, 'gru 3, 4', 4",
    "tqc, 'gru 3, 4', 'lstm 3, 4'"
  })
  void update_gradients_equalDifferences(String id, String hidden, String criticHidden) {
    Map<String, String> options = options(hidden, criticHidden);
    options.putAll(MORE.get(id));
    try (Trainer<ContinuousControl> trainer =
        Trainer.on(RandomTask.rows(2, OBSERVATIONS, ACTIONS))
            .budget(Budget.steps(200))
            .build(context -> (ContinuousControl) Entries.learner(id).create(context, options))) {
      trainer.run();
      check(trainer.learner());
    }
  }

  private static void check(ContinuousControl learner) {
    Losses losses = new Losses(learner, DrawnBatch.draw(learner));
    double[][] targets = losses.targets();

    // Without a step, so that the policy's gradient is that through the critics as they were.
    learner.learn(0);

    Network[] critics = learner.critics.online;
    for (int k = 0; k < critics.length; k++) {
      int critic = k;
      Network changed = critics[k].copy();
      compare(changed, learner.critics.gradients[k], () -> losses.critic(critic, changed, targets));
    }
    Network changed = learner.policyNetwork.network().copy();
    compare(changed, learner.policyNetwork.gradients, () -> losses.policy(changed));
  }

  private static void compare(Network changed, float[] gradients, DoubleSupplier loss) {
    double scale = 0;
    double furthest = 0;
    for (ParameterBlock block : changed.blocks()) {
      for (int row = 0; row < block.rows(); row++) {
        for (int column = 0; column < block.columns(); column++) {
          int i = block.index(row, column);
          float before = changed.parameters()[i];
          changed.parameters()[i] = before + STEP;
          double width = changed.parameters()[i];
          double up = loss.getAsDouble();
          changed.parameters()[i] = before - STEP;
          width -= changed.parameters()[i];
          double difference = (up - loss.getAsDouble()) / width;
          changed.parameters()[i] = before;
          scale = Math.max(scale, Math.abs(difference));
          furthest = Math.max(furthest, Math.abs(gradients[i] - difference));
        }
      }
    }
    assertThat(scale).isGreaterThan(1e-3);
    assertThat(furthest).isLessThan(2e-3 * scale + 2e-5);
  }

  /** The losses of a batch, by passes of one step. */
  private static final class Losses {
    private final SequenceBatch along;
    private final Network policy;
    private final Network targetPolicy;
    private final Network[] critics;
    private final Network[] targetCritics;
    private final boolean soft;
    private final boolean quantiles;
    private final int steps;
    private final int stateSize;

    /** ε of the actions at S' and at S. */
    private final double[] nextNoise;

    private final double[] noise;

    Losses(ContinuousControl learner, ReplayBatch batch) {
      this.along = Objects.requireNonNull(batch.sequences());
      this.policy = learner.policyNetwork.network().copy();
      this.targetPolicy =
          learner instanceof DeterministicControl deterministic
              ? deterministic.targetPolicy.copy()
              : policy;
      this.critics = copies(learner.critics.online);
      this.targetCritics = copies(((TargetedCritics) learner.critics).target);
      this.soft = learner instanceof SoftActorCritic;
      this.quantiles = learner instanceof Tqc;
      this.steps = along.steps().size();
      this.stateSize = policy.stateSize() + critics.length * critics[0].stateSize();
      this.nextNoise = new double[2 * steps];
      this.noise = new double[2 * steps];
      RandomStream random = DrawnBatch.noise(learner);
      random.fillStandardNormal(nextNoise, 0, nextNoise.length);
      random.fillStandardNormal(noise, 0, noise.length);
      assertThat(steps).isGreaterThan(10);
    }

    private static Network[] copies(Network[] networks) {
      return Arrays.stream(networks).map(Network::copy).toArray(Network[]::new);
    }

    private int stateAt(int critic) {
      return policy.stateSize() + critic * critics[0].stateSize();
    }

    /** Actions, and what their entropy costs: α ln π of each step, 0 of a deterministic policy. */
    private static final class Chosen {
      final double[] actions;
      final double[] cost;

      Chosen(double[] actions, double[] cost) {
        this.actions = actions;
        this.cost = cost;
      }
    }

    /** What a policy with these outputs chooses with this noise. */
    private Chosen choose(double[] outputs, double[] epsilon) {
      double[] actions = new double[2 * steps];
      double[] cost = new double[steps];
      for (int i = 0; i < actions.length; i++) {
        int step = i / 2;
        if (soft) {
          double logDeviation = outputs[4 * step + 2 + i % 2];
          actions[i] = Math.tanh(outputs[4 * step + i % 2] + Math.exp(logDeviation) * epsilon[i]);
          double logDensity =
              -0.5 * epsilon[i] * epsilon[i] - logDeviation - 0.5 * Math.log(2 * Math.PI);
          cost[step] += ALPHA * (logDensity - Math.log(1 - actions[i] * actions[i]));
        } else {
          actions[i] = Math.tanh(outputs[i]);
        }
      }
      return new Chosen(actions, cost);
    }

    /** The numbers that a step's outputs are moved towards: y, or all atoms. */
    double[][] targets() {
      Chosen next = choose(run(targetPolicy, targetPolicy, 0, null, true), nextNoise);
      double[][] values = new double[critics.length][];
      for (int k = 0; k < critics.length; k++) {
        values[k] = run(targetCritics[k], targetCritics[k], stateAt(k), next.actions, true);
      }
      double[][] targets = new double[steps][];
      int each = critics[0].outputSize();
      for (int step = 0; step < steps; step++) {
        int at = step * each;
        targets[step] =
            Arrays.stream(values)
                .flatMapToDouble(of -> Arrays.stream(of, at, at + each))
                .sorted()
                .limit(quantiles ? (long) critics.length * (each - DROPPED) : 1)
                .toArray();
        for (int j = 0; j < targets[step].length; j++) {
          targets[step][j] =
              along.steps().rewards()[step]
                  + along.steps().bootstraps()[step] * (targets[step][j] - next.cost[step]);
        }
      }
      return targets;
    }

    /** ½ mean((Q(S, A) − y)²), or quantile regression, with other parameters behind the burn-in. */
    double critic(int k, Network changed, double[][] targets) {
      double[] taken = new double[2 * steps];
      for (int i = 0; i < taken.length; i++) {
        taken[i] = along.steps().actions().floats()[i];
      }
      double[] q = run(critics[k], changed, stateAt(k), taken, false);
      int each = q.length / steps;
      double loss = 0;
      for (int i = 0; i < q.length; i++) {
        double[] towards = targets[i / each];
        for (double y : towards) {
          double error = y - q[i];
          double size = Math.abs(error);
          double huber = size <= 1 ? 0.5 * error * error : size - 0.5;
          double tau = (i % each + 0.5) / each;
          loss +=
              (quantiles ? Math.abs(tau - (error < 0 ? 1 : 0)) * huber : 0.5 * error * error)
                  / (q.length * towards.length);
        }
      }
      return loss;
    }

    /**
     * mean(α ln π(A|S) − Q(S, A)) with other parameters behind the burn-in, where Q is that of the
     * first critic, with entropy the smallest of all, or of quantiles the mean of all.
     */
    double policy(Network changed) {
      Chosen chosen = choose(run(policy, changed, 0, null, false), noise);
      double[][] values = new double[soft ? critics.length : 1][];
      for (int k = 0; k < values.length; k++) {
        values[k] = run(critics[k], critics[k], stateAt(k), chosen.actions, false);
      }
      double loss = 0;
      int each = critics[0].outputSize();
      for (int step = 0; step < steps; step++) {
        int at = step * each;
        DoubleStream all =
            Arrays.stream(values).flatMapToDouble(of -> Arrays.stream(of, at, at + each));
        double value = (quantiles ? all.average() : all.min()).orElseThrow();
        loss += (chosen.cost[step] - value) / steps;
      }
      return loss;
    }

    /**
     * Outputs at S or S' of each step.
     *
     * @param early the network in the burn-in
     * @param late the network afterwards
     * @param actions that enter behind the observation; null for none
     */
    private double[] run(
        Network early, Network late, int stateAt, double @Nullable [] actions, boolean atNext) {
      int each = early.outputSize();
      int size = early.stateSize();
      double[] outputs = new double[steps * each];
      Workspace single = early.workspace(1, Workspace.Use.FORWARD);
      for (int place = 0; place < along.sequences().count(); place++) {
        if (size > 0) {
          System.arraycopy(along.states(), place * stateSize + stateAt, single.states(), 0, size);
        }
        boolean learns = false;
        for (int t = 0; t < along.sequences().length(place); t++) {
          int row = along.sequences().row(t, place);
          learns |= step(row, false) >= 0;
          int step = step(row, atNext);
          System.arraycopy(along.observations().floats(), 2 * row, single.inputs(), 0, 2);
          for (int d = 0; actions != null && d < 2; d++) {
            single.inputs()[2 + d] = step < 0 ? 0 : (float) actions[2 * step + d];
          }
          (learns ? late : early).forward(single, 1);
          for (int i = 0; step >= 0 && i < each; i++) {
            outputs[step * each + i] = single.outputs()[i];
          }
          if (size > 0) {
            System.arraycopy(single.finalStates(), 0, single.states(), 0, size);
          }
        }
      }
      return outputs;
    }

    /** The step that has its S, or S', in a row; −1 if none has. */
    private int step(int row, boolean atNext) {
      for (int step = 0; step < steps; step++) {
        if ((atNext ? along.nextRow(step) : along.row(step)) == row) {
          return step;
        }
      }
      return -1;
    }
  }

  /** What a sequence begins with is what the networks had there when they did not learn yet. */
  @Test
  void states_ofTheCritics_areThoseAlongTheEpisode() {
    Map<String, String> options = options("lstm 3, 4", "gru 4, 4");
    options.put("batch_size", "200");
    try (Trainer<DeterministicControl> trainer =
        Trainer.on(new RandomTask(OBSERVATIONS, ACTIONS).withMaxEpisodeSteps(9).rows(3))
            .budget(Budget.steps(300))
            .build(context ->
                (DeterministicControl) Entries.learner("td3").create(context, options))) {
      trainer.run();
      DeterministicControl learner = trainer.learner();
      SequenceBatch along = Objects.requireNonNull(DrawnBatch.draw(learner).sequences());
      int size = 6 + 2 * 4;
      boolean zero = false;
      boolean later = false;
      for (int place = 0; place < along.sequences().count(); place++) {
        float[] state = Arrays.copyOfRange(along.states(), place * size, (place + 1) * size);
        boolean begins = state[0] == 0;
        zero |= begins;
        later |= !begins;
        for (float number : state) {
          assertThat(number == 0).isEqualTo(begins);
        }
      }
      assertThat(zero).isTrue();
      assertThat(later).isTrue();
    }
  }

  @Test
  void recurrentLayers_whereTheyMeanNothing_areRefused() {
    LearnerContext context =
        LearnerContext.of(
            new RandomTask(OBSERVATIONS, ACTIONS).spec(),
            1,
            Streams.of(0),
            new RunProgress(Budget.steps(100)));

    assertThatThrownBy(
            () -> Entries.learner("crossq").create(context, Map.of("hidden", "lstm 4, 4")))
        .hasMessageContaining("crossq takes no recurrent layers");
    assertThatThrownBy(() -> Entries.learner("sac").create(context, Map.of("hidden", "lstm 4")))
        .hasMessageContaining("must end in one that is not recurrent");
    assertThat(Entries.learner("sac").create(context, Map.of("hidden", "lstm 4, 4")).values())
        .isEmpty();
  }
}
