package org.bellmanrl.examples;

import java.util.Arrays;
import java.util.Optional;
import org.bellmanrl.api.Accepts;
import org.bellmanrl.api.Learner;
import org.bellmanrl.api.LearnerContext;
import org.bellmanrl.api.Policy;
import org.bellmanrl.api.Transitions;
import org.bellmanrl.api.ValueFunction;
import org.bellmanrl.api.options.Described;
import org.bellmanrl.api.options.Require;
import org.bellmanrl.api.random.RandomStream;
import org.bellmanrl.api.random.Streams.Role;
import org.bellmanrl.api.schedule.Schedule;
import org.bellmanrl.api.space.Discrete;
import org.bellmanrl.api.state.State;
import org.bellmanrl.deep.dqn.TdLoss;
import org.bellmanrl.deep.dqn.ValuePolicy;
import org.bellmanrl.deep.network.Activation;
import org.bellmanrl.deep.network.Network;
import org.bellmanrl.deep.network.NetworkValues;
import org.bellmanrl.deep.network.Trunk;
import org.bellmanrl.deep.network.Workspace;
import org.bellmanrl.deep.optimizer.Adam;
import org.bellmanrl.deep.optimizer.Optimizer;
import org.bellmanrl.deep.replay.Replay;
import org.bellmanrl.deep.replay.ReplayBatch;
import org.bellmanrl.deep.replay.ReplayConfig;

/**
 * Learns action values with a network, from replayed transitions and towards a target network: DQN
 * in its shortest form, as a starting point for other deep learners.
 *
 * <pre>θ ← θ − α ∇ huber(Q(S, A; θ) − (R + γ max_a Q(S', a; θ⁻)))</pre>
 *
 * <p>Source: Mnih et al., <i>Human-level control through deep reinforcement learning</i>, Nature
 * 518, 2015, algorithm 1, with Adam and a target network that follows at a constant rate. Takes
 * observations of any space and Discrete actions, with or without masks. Not thread-safe.
 */
public final class DeepQLearning implements Learner {
  static final Accepts ACCEPTS = Accepts.discreteActions();

  private static final float TARGET_RATE = 0.01f;

  private final Config config;
  private final NetworkValues q;
  private final Network online;
  private final Network target;
  private final Workspace values;
  private final Workspace nextValues;
  private final TdLoss loss;
  private final float[] gradients;
  private final Optimizer optimizer;
  private final Replay replay;
  private final ReplayBatch batch;
  private final RandomStream drawing;
  private final Policy behaviour;
  private final Policy policy;

  /**
   * Makes a learner with new networks and an empty memory.
   *
   * @throws IllegalArgumentException if actions are not Discrete
   */
  public DeepQLearning(LearnerContext context, Config config) {
    ACCEPTS.check("deep-q-learning", context.spec());
    Discrete actions = (Discrete) context.spec().actionSpace();
    this.config = config;
    this.q = NetworkValues.ofActions(context, config.network());
    this.online = q.network();
    this.target = online.copy();
    this.values = online.workspace(config.batchSize(), Workspace.Use.TRAINING);
    this.nextValues = target.workspace(config.batchSize(), Workspace.Use.FORWARD);
    this.loss = new TdLoss(actions, config.batchSize());
    this.gradients = online.newVector();
    this.optimizer = new Adam().create(gradients.length);
    this.replay = new Replay(context, ReplayConfig.uniform(config.capacity(), config.gamma()));
    this.batch = replay.batch(config.batchSize());
    this.drawing = context.streams().stream(Role.REPLAY, 0);
    this.behaviour =
        ValuePolicy.epsilonGreedy(
            q, actions, config.epsilon(), config.learningStarts(), context.progress());
    this.policy = ValuePolicy.greedy(q, actions);
  }

  @Override
  public void observe(Transitions transitions) {
    replay.add(transitions);
    if (replay.added() >= config.learningStarts()) {
      update();
    }
  }

  private void update() {
    int size = config.batchSize();
    replay.sample(drawing, batch);
    q.encoder().encode(batch.observations(), size, values);
    q.encoder().encode(batch.nextObservations(), size, nextValues);
    online.forward(values, size);
    target.forward(nextValues, size);
    loss.compute(
        batch,
        values.outputs(),
        nextValues.outputs(),
        nextValues.outputs(),
        values.outputStride(),
        values.outputGradients());
    Arrays.fill(gradients, 0);
    online.backward(values, size, gradients);
    online.step(optimizer, gradients, config.learningRate(), 1);
    target.moveTowards(online, TARGET_RATE);
  }

  @Override
  public Policy behaviour() {
    return behaviour;
  }

  /** Returns the greedy policy, which can be exported. */
  @Override
  public Policy policy() {
    return policy;
  }

  @Override
  public Optional<ValueFunction> values() {
    return Optional.of(q);
  }

  @Override
  public void carry(State state) {
    state.begin("deep-q-learning", 1);
    state.carry("online", online);
    state.carry("target", target);
    state.carry("optimizer", optimizer);
    state.carry("replay", replay);
    state.carry("drawing", drawing);
    state.end();
  }

  /**
   * Hyperparameters.
   *
   * @param learningRate step size of Adam, above 0
   * @param gamma γ, in [0, 1]
   * @param epsilon probability of exploring, in [0, 1]
   * @param network hidden layers of the network
   * @param batchSize transitions in an update, at least 1
   * @param learningStarts transitions before the first update, at least 1
   * @param capacity transitions in the replay memory, at least 1
   */
  public record Config(
      @Described(value = "step size of Adam", range = Require.POSITIVE) double learningRate,
      @Described(value = "discount factor of the task", range = Require.UNIT) double gamma,
      @Described(value = "probability of exploring", range = Require.UNIT) Schedule epsilon,
      Trunk network,
      @Described(value = "transitions in an update", range = "at least 1") int batchSize,
      @Described(value = "transitions before the first update", range = "at least 1")
          int learningStarts,
      @Described(value = "transitions in the replay memory", range = "at least 1") int capacity) {
    public Config {
      Require.positive("learning_rate", learningRate);
      Require.unit("gamma", gamma);
      Require.unit("epsilon", epsilon);
      Require.atLeast("batch_size", batchSize, 1);
      Require.atLeast("learning_starts", learningStarts, 1);
      Require.atLeast("capacity", capacity, 1);
    }

    /** ε falls from 1 to 0.05 over the first fifth of the budget. */
    public static Config defaults() {
      return new Config(
          1e-3,
          0.99,
          Schedule.linear(1, 0.05, 0.2, Schedule.Clock.FRACTION),
          Trunk.of(Activation.RELU, 64, 64),
          64,
          1_000,
          50_000);
    }
  }
}
