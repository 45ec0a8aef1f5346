package org.bellmanrl.deep.dqn;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.Arrays;
import org.bellmanrl.api.LearnerContext;
import org.bellmanrl.api.Transitions;
import org.bellmanrl.api.options.Described;
import org.bellmanrl.api.options.Require;
import org.bellmanrl.api.random.RandomStream;
import org.bellmanrl.api.random.Streams.Role;
import org.bellmanrl.api.schedule.Schedule;
import org.bellmanrl.api.schedule.Scheduled;
import org.bellmanrl.api.space.Rows;
import org.bellmanrl.api.state.State;
import org.bellmanrl.deep.internal.UpdateMeans;
import org.bellmanrl.deep.network.Activation;
import org.bellmanrl.deep.network.Network;
import org.bellmanrl.deep.network.NonFiniteException;
import org.bellmanrl.deep.network.Trunk;
import org.bellmanrl.deep.network.Workspace;
import org.bellmanrl.deep.optimizer.GlobalNorm;
import org.bellmanrl.deep.optimizer.Optimizer;
import org.bellmanrl.deep.optimizer.RAdam;

/**
 * Parallelised Q-network: learns action values on policy, from a rollout of many environments, by
 * λ-returns. It has neither a replay memory nor a target network; layer normalisation keeps it
 * stable.
 *
 * <pre>
 * G = R + γ ((1 − λ) max_a Q(S', a; θ) + λ G')
 * θ ← θ − α ∇ ½ mean((Q(S, A; θ) − G)²)
 * </pre>
 *
 * <p>Source: Gallici et al., <i>Simplifying deep temporal difference learning</i>, 2024 (ICLR
 * 2025), algorithm 1 with λ-returns (section 4). As in the authors' experiments: rectified Adam,
 * gradients clipped by global norm, several epochs of minibatches over a rollout. Departures: γ is
 * multiplied by the environment's own discount, a truncated episode continues from its true last
 * observation, and the maximum is over the actions that the mask allows.
 *
 * <p>Learns when {@code n_steps · environments} steps have come, in whichever rows. Not
 * thread-safe.
 */
public final class Pqn extends OnlineControl {
  /** The id of this learner. */
  public static final String ID = "pqn";

  private final Config config;
  private final LambdaRollout rollout;
  private final Workspace batch;
  private final Optimizer optimizer;
  private final GlobalNorm norm = new GlobalNorm();
  private final float[] gradients;
  private final Scheduled learningRate;
  private final RandomStream random;
  private final int[] order;
  private final UpdateMeans means = new UpdateMeans("loss", "mean_value", "gradient_norm");
  private long updates;

  /**
   * Creates a learner with a new network.
   *
   * @throws IllegalArgumentException if actions are not Discrete, or the rollout can't be divided
   *     into minibatches
   */
  public Pqn(LearnerContext context, Config config) {
    super(ID, context, config.network(), config.exploration());
    int capacity = Math.multiplyExact(config.nSteps(), context.rows());
    if (capacity % config.batchSize() != 0) {
      throw new IllegalArgumentException(
          "batch_size must divide n_steps · environments, but %d · %d = %d is not a multiple of %d"
              .formatted(config.nSteps(), context.rows(), capacity, config.batchSize()));
    }
    this.config = config;
    Network network = values.network();
    this.rollout =
        new LambdaRollout(values, actions, capacity, context.rows(), context.spec().maskWidth());
    this.batch = network.workspace(config.batchSize(), Workspace.Use.TRAINING);
    this.optimizer = new RAdam().create(network.parameters().length);
    this.gradients = network.newVector();
    this.learningRate = new Scheduled(config.learningRate(), context.progress());
    this.random = context.streams().stream(Role.LEARNER, 0);
    this.order = new int[capacity];
  }

  @Override
  public void observe(Transitions transitions) {
    Rows rows = transitions.rows();
    values.encoder().requireFinite(transitions.nextObservations().values(), rows);
    for (int i = 0; i < rows.count(); i++) {
      rollout.add(transitions, rows.at(i));
      if (rollout.full()) {
        rollout.finish(config.gamma(), config.lambda());
        improve();
        rollout.clear();
      }
    }
  }

  private void improve() {
    for (int i = 0; i < order.length; i++) {
      order[i] = i;
    }
    for (int epoch = 0; epoch < config.nEpochs(); epoch++) {
      random.shuffle(order);
      for (int from = 0; from < order.length; from += config.batchSize()) {
        improve(from);
      }
    }
  }

  private void improve(int from) {
    int n = config.batchSize();
    Network network = values.network();
    rollout.observations().gather(order, from, n, batch);
    network.forward(batch, n);
    int stride = batch.outputStride();
    float[] outputs = batch.outputs();
    float[] outputGradients = batch.outputGradients();
    Arrays.fill(outputGradients, 0, n * stride, 0f);
    double loss = 0;
    double sum = 0;
    for (int i = 0; i < n; i++) {
      int slot = order[from + i];
      int at = i * stride + rollout.action(slot);
      double error = outputs[at] - rollout.target(slot);
      loss += 0.5 * error * error / n;
      sum += outputs[at];
      outputGradients[at] = (float) (error / n);
    }
    Arrays.fill(gradients, 0f);
    network.backward(batch, n, gradients);
    float scale = norm.clip(gradients, (float) config.maxGradNorm());
    if (!Double.isFinite(loss) || !Float.isFinite(norm.last())) {
      throw new NonFiniteException(
          "in update %d of %s: loss is %s, norm of the gradients %s; both must be finite"
              .formatted(updates + 1, ID, loss, norm.last()));
    }
    network.step(optimizer, gradients, learningRate.now(), scale);
    updates++;
    means.add(loss, sum / n, norm.last());
  }

  @Override
  public void report(Metrics metrics) {
    super.report(metrics);
    if (means.report(metrics)) {
      metrics.scalar("learning_rate", learningRate.now());
    }
  }

  @Override
  public void carry(State state) {
    state.begin(ID, 1);
    updates = state.carry("updates", updates);
    state.carry("network", values.network());
    state.carry("optimizer", optimizer);
    state.carry("rollout", rollout);
    state.carry("random", random);
    state.carry("means", means);
    state.end();
  }

  /**
   * Hyperparameters.
   *
   * @param learningRate of rectified Adam, above 0 at first and never below
   * @param nSteps steps of each environment in a rollout, at least 1
   * @param batchSize steps in a minibatch, at least 1
   * @param nEpochs times that a rollout is gone through, at least 1
   * @param gamma γ, in [0, 1]
   * @param lambda λ, in [0, 1]
   * @param exploration ε, in [0, 1]
   * @param maxGradNorm largest norm of all gradients together, above 0
   * @param network layers
   */
  @RecordBuilder
  public record Config(
      @Described(value = "step size of rectified Adam", range = Require.POSITIVE, aliases = "lr")
          Schedule learningRate,
      @Described(value = "steps of each environment in a rollout", range = Require.AT_LEAST_ONE)
          int nSteps,
      @Described(value = "steps in a minibatch", range = Require.AT_LEAST_ONE) int batchSize,
      @Described(value = "times that a rollout is gone through", range = Require.AT_LEAST_ONE)
          int nEpochs,
      @Described(value = "discount factor of the task", range = Require.UNIT) double gamma,
      @Described(value = "how far returns look ahead", range = Require.UNIT) double lambda,
      @Described(value = "probability of exploring", range = Require.UNIT, aliases = "epsilon")
          Schedule exploration,
      @Described(value = "largest norm of all gradients together", range = Require.POSITIVE)
          double maxGradNorm,
      Trunk network)
      implements PqnConfigBuilder.With {
    public Config {
      Require.learningRate("learning_rate", learningRate);
      Require.atLeast("n_steps", nSteps, 1);
      Require.atLeast("batch_size", batchSize, 1);
      Require.atLeast("n_epochs", nEpochs, 1);
      Require.unit("gamma", gamma);
      Require.unit("lambda", lambda);
      Require.unit("exploration", exploration);
      Require.positive("max_grad_norm", maxGradNorm);
    }

    /**
     * The paper's settings for MinAtar but for its convolution, and with minibatches of 32 in the
     * place of the 128 that 128 environments have.
     */
    public static Config defaults() {
      return new Config(
          Schedule.linear(5e-4, 0, 1, Schedule.Clock.FRACTION),
          32,
          32,
          2,
          0.99,
          0.65,
          Schedule.linear(1, 0.05, 0.1, Schedule.Clock.FRACTION),
          10,
          Trunk.parse(
              Activation.RELU, "dense 128 none", "layer-norm", "dense 128 none", "layer-norm"));
    }
  }
}
