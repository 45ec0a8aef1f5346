package org.bellmanrl.deep.dqn;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.bellmanrl.api.Accepts;
import org.bellmanrl.api.EnvironmentSpec;
import org.bellmanrl.api.Learner;
import org.bellmanrl.api.LearnerContext;
import org.bellmanrl.api.Metrics;
import org.bellmanrl.api.Policy;
import org.bellmanrl.api.SpaceKind;
import org.bellmanrl.api.Transitions;
import org.bellmanrl.api.ValueFunction;
import org.bellmanrl.api.options.Described;
import org.bellmanrl.api.random.RandomStream;
import org.bellmanrl.api.random.Role;
import org.bellmanrl.api.schedule.Clock;
import org.bellmanrl.api.schedule.Linear;
import org.bellmanrl.api.schedule.Schedule;
import org.bellmanrl.api.schedule.Scheduled;
import org.bellmanrl.api.space.Columns;
import org.bellmanrl.api.space.Discrete;
import org.bellmanrl.api.state.State;
import org.bellmanrl.deep.internal.UpdateMeans;
import org.bellmanrl.deep.network.Activation;
import org.bellmanrl.deep.network.Network;
import org.bellmanrl.deep.network.NetworkValues;
import org.bellmanrl.deep.network.NonFiniteException;
import org.bellmanrl.deep.network.ObservationEncoder;
import org.bellmanrl.deep.network.Workspace;
import org.bellmanrl.deep.optimizer.Adam;
import org.bellmanrl.deep.optimizer.GlobalNorm;
import org.bellmanrl.deep.optimizer.Optimizer;
import org.bellmanrl.deep.replay.Prioritisation;
import org.bellmanrl.deep.replay.Replay;
import org.bellmanrl.deep.replay.ReplayBatch;
import org.bellmanrl.deep.replay.ReplayConfig;

/**
 * Learns action values by Q-learning on transitions drawn from a memory, towards a target network
 * that follows slowly.
 *
 * <pre>
 * θ ← θ − α ∇ huber(Q(S, A; θ) − (R + γ max_a Q(S', a; θ⁻)))
 * </pre>
 *
 * <p>Source: Mnih et al., <i>Human-level control through deep reinforcement learning</i>, Nature
 * 518, 2015, algorithm 1. Each of these is an option, independent of the others: double Q-learning
 * (van Hasselt, Guez and Silver, 2016), the dueling head (Wang et al., 2016), prioritised replay
 * (Schaul et al., 2016), returns over n steps, and noisy layers (Fortunato et al., 2018; set the
 * exploration to 0). Departures from the source are those of Stable-Baselines3, whose defaults
 * these are: Adam, Huber's loss rather than a clipped error, gradients clipped by global norm, and
 * actions at random until learning starts. Beyond both, the maximum is over the actions that the
 * mask of S' allows, a truncated episode bootstraps from its true last observation, and γ is
 * multiplied by the environment's own discount.
 *
 * <p>Frequencies count transitions over all rows. In one call all rows are stored first, then the
 * updates that have become due are made. Not thread-safe.
 */
public final class Dqn implements Learner {

  private final Config config;
  private final ObservationEncoder encoder;
  private final Network online;
  private final Network target;
  private final Replay replay;
  private final ReplayBatch batch;
  private final Workspace onlineBatch;
  private final Workspace targetBatch;
  private final Workspace choosingBatch;
  private final TdLoss loss;
  private final Optimizer optimizer;
  private final GlobalNorm norm = new GlobalNorm();
  private final float[] gradients;
  private final Scheduled learningRate;
  private final Scheduled priorityBeta;
  private final RandomStream drawing;
  private final RandomStream noise;
  private final NetworkValues values;
  private final ValuePolicy behaviour;
  private final Policy policy;
  private final UpdateMeans means = new UpdateMeans("loss", "mean_value", "gradient_norm");
  private long steps;
  private long updates;

  /**
   * A learner with networks and a memory of its own.
   *
   * @throws IllegalArgumentException if actions are not Discrete, or if the memory does not fit
   *     into the heap
   */
  public Dqn(LearnerContext context, Config config) {
    EnvironmentSpec spec = context.spec();
    accepts().check("dqn", spec);
    Discrete actions = (Discrete) spec.actionSpace();
    this.config = config;
    this.encoder = new ObservationEncoder(spec.observationSpace());
    this.replay = new Replay(spec, context.rows(), config.replay());
    this.batch = replay.batch(config.batchSize());
    this.online =
        Network.create(
            QNetwork.of(encoder.input(), actions.n(), config),
            context.streams().stream(Role.INITIALISATION, 0));
    this.target = online.copy();
    this.onlineBatch = online.workspace(config.batchSize(), Workspace.Use.TRAINING);
    this.targetBatch = target.workspace(config.batchSize(), Workspace.Use.FORWARD);
    this.choosingBatch =
        config.doubleQ()
            ? online.workspace(config.batchSize(), Workspace.Use.FORWARD)
            : targetBatch;
    this.loss = new TdLoss(actions, config.batchSize());
    this.optimizer = new Adam().create(online.parameters().length);
    this.gradients = online.newVector();
    this.learningRate = new Scheduled(config.learningRate(), context.progress());
    this.priorityBeta = new Scheduled(config.priorityBeta(), context.progress());
    this.drawing = context.streams().stream(Role.REPLAY, 0);
    this.noise = context.streams().stream(Role.LEARNER, 0);
    this.values = new NetworkValues(encoder, online);
    ValuePolicy exploring =
        ValuePolicy.epsilonGreedy(
            values, actions, config.exploration(), config.learningStarts(), context.progress());
    this.behaviour = config.noisy() ? exploring.noisy() : exploring;
    this.policy = ValuePolicy.greedy(values, actions);
  }

  @Override
  public void observe(Transitions transitions) {
    encoder.requireFinite(transitions.nextObservations().values(), transitions.rows());
    replay.add(transitions);
    long before = steps;
    steps += transitions.rows().count();
    for (long due = due(before, steps, config.targetUpdateInterval()); due > 0; due--) {
      target.moveTowards(online, (float) config.tau());
    }
    if (steps > config.learningStarts()) {
      int each = config.gradientSteps() < 0 ? config.trainFreq() : config.gradientSteps();
      for (long due = each * due(before, steps, config.trainFreq()); due > 0; due--) {
        update();
      }
    }
  }

  /** How many multiples of an interval were passed. */
  private static long due(long before, long after, int interval) {
    return after / interval - before / interval;
  }

  private void update() {
    if (replay.size() == 0) {
      return; // no n-step window is complete yet
    }
    replay.sample(drawing, batch, priorityBeta.now());
    forward(target, targetBatch, batch.nextObservations());
    if (config.doubleQ()) {
      forward(online, choosingBatch, batch.nextObservations());
    }
    forward(online, onlineBatch, batch.observations());
    loss.compute(
        batch,
        onlineBatch.outputs(),
        targetBatch.outputs(),
        choosingBatch.outputs(),
        onlineBatch.outputStride(),
        onlineBatch.outputGradients());
    Arrays.fill(gradients, 0f);
    online.backward(onlineBatch, config.batchSize(), gradients);
    float scale = norm.clip(gradients, (float) config.maxGradNorm());
    if (!Float.isFinite(loss.loss()) || !Float.isFinite(norm.last())) {
      throw notFinite();
    }
    optimizer.step(online.parameters(), gradients, learningRate.now(), scale);
    if (config.prioritised()) {
      replay.update(batch, loss.errors());
    }
    updates++;
    means.add(loss.loss(), loss.meanValue(), norm.last());
  }

  private void forward(Network network, Workspace into, Columns observations) {
    encoder.encode(observations, config.batchSize(), into);
    if (config.noisy()) {
      into.sampleNoise(noise);
    }
    network.forward(into, config.batchSize());
  }

  /** Looks for the first thing that is not finite, in the order of the computation. */
  private NonFiniteException notFinite() {
    String when = "in update " + (updates + 1) + " of dqn: ";
    for (int row = 0; row < config.batchSize(); row++) {
      if (!Float.isFinite(batch.rewards()[row])) {
        return new NonFiniteException(
            when
                + "the reward of a transition is %s as a float, observation %s"
                    .formatted(batch.rewards()[row], batch.observations().text(row)));
      }
    }
    try {
      target.requireFinite(target.parameters(), "target parameter");
      targetBatch.requireFinite();
      online.requireFinite(online.parameters(), "parameter");
      onlineBatch.requireFinite();
      online.requireFinite(gradients, "gradient");
    } catch (NonFiniteException e) {
      return new NonFiniteException(when + e.getMessage());
    }
    return new NonFiniteException(
        when + "loss is %s, norm of the gradients %s".formatted(loss.loss(), norm.last()));
  }

  /** ε-greedy in the values, or by noisy values. */
  @Override
  public Policy behaviour() {
    return behaviour;
  }

  /** Greedy in the values. */
  @Override
  public Policy policy() {
    return policy;
  }

  @Override
  public Optional<ValueFunction> values() {
    return Optional.of(values);
  }

  /** The network that learns. */
  public Network network() {
    return online;
  }

  /** The memory. */
  public Replay replay() {
    return replay;
  }

  @Override
  public void report(Metrics metrics) {
    metrics.scalar("epsilon", behaviour.epsilon());
    metrics.scalar("replay_size", replay.size());
    metrics.scalar("updates", (double) updates);
    if (means.report(metrics)) {
      metrics.scalar("learning_rate", learningRate.now());
    }
  }

  @Override
  public void carry(State state) {
    state.begin("dqn", 1);
    steps = state.carry("steps", steps);
    updates = state.carry("updates", updates);
    state.carry("online", online);
    state.carry("target", target);
    state.carry("optimizer", optimizer);
    state.carry("drawing", drawing);
    state.carry("noise", noise);
    state.carry("means", means);
    state.carry("replay", replay);
    state.end();
  }

  /**
   * Hyperparameters, with the defaults of Stable-Baselines3.
   *
   * @param learningRate step size of Adam, above 0
   * @param bufferSize observations that are kept, over all rows; see {@link ReplayConfig#capacity}
   * @param learningStarts transitions before the first update, at least 0 and at most bufferSize
   * @param batchSize transitions in an update, from 1 to bufferSize
   * @param tau how far the target network moves towards the other one, in (0, 1]; 1 copies it
   * @param gamma γ, in [0, 1]
   * @param trainFreq transitions between updates, at least 1
   * @param gradientSteps updates each time, at least 1, or −1 for one per transition
   * @param targetUpdateInterval transitions between moves of the target network, at least 1
   * @param exploration ε, in [0, 1]; until learning starts it is 1
   * @param maxGradNorm largest norm of the gradients, above 0
   * @param hidden units of the hidden layers
   * @param activation of the hidden layers
   * @param doubleQ whether the online network chooses the action that is bootstrapped from
   * @param dueling whether the head is dueling
   * @param nSteps over how many steps rewards are added up, at least 1
   * @param prioritised whether transitions are drawn by priority
   * @param priorityAlpha how much errors count in priorities, in [0, 1]
   * @param priorityBeta how far importance weights correct for that, in [0, 1]
   * @param noisy whether layers are noisy
   * @param frames how many frames are stacked in an observation, so that each is stored once; see
   *     {@link ReplayConfig#frames}
   */
  public record Config(
      @Described(value = "step size of Adam", range = "above 0") Schedule learningRate,
      @Described(value = "observations that are kept", range = "at least 1") int bufferSize,
      @Described(value = "steps before the first update", range = "0 to buffer_size")
          int learningStarts,
      @Described(value = "transitions in an update", range = "1 to buffer_size") int batchSize,
      @Described(value = "how far the target network moves; 1 copies", range = "(0, 1]") double tau,
      @Described(value = "discount of what is to come", range = "[0, 1]") double gamma,
      @Described(value = "steps between updates", range = "at least 1") int trainFreq,
      @Described(value = "updates each time; -1 for one per step", range = "at least 1, or -1")
          int gradientSteps,
      @Described(value = "steps between moves of the target network", range = "at least 1")
          int targetUpdateInterval,
      @Described(value = "probability of exploring", range = "[0, 1]", aliases = "epsilon")
          Schedule exploration,
      @Described(value = "largest norm of all gradients together", range = "above 0")
          double maxGradNorm,
      @Described("units of the hidden layers") List<Integer> hidden,
      @Described("function of the hidden layers") Activation activation,
      @Described("whether the online network chooses what the target network values")
          boolean doubleQ,
      @Described("whether the head is dueling") boolean dueling,
      @Described(value = "steps over which rewards are added up", range = "at least 1") int nSteps,
      @Described("whether transitions are drawn by priority") boolean prioritised,
      @Described(value = "how much errors count in priorities", range = "[0, 1]")
          double priorityAlpha,
      @Described(value = "how far weights correct for priorities", range = "[0, 1]")
          Schedule priorityBeta,
      @Described("whether layers are noisy; explore by that alone with exploration=0")
          boolean noisy,
      @Described(value = "frames stacked in an observation, each stored once", range = "at least 1")
          int frames) {
    /** More steps or episodes than any run has. */
    private static final double FOREVER = 0x1p63;

    private static final double PRIORITY_EPSILON = 1e-6;

    public Config {
      require(
          learningRate.at(0) > 0 && last(learningRate) >= 0,
          "learningRate must be above 0 at first and never below, was " + learningRate);
      atLeastOne("bufferSize", bufferSize);
      require(
          learningStarts >= 0 && learningStarts <= bufferSize,
          "learningStarts must be in [0, %d], the bufferSize, was %d"
              .formatted(bufferSize, learningStarts));
      require(
          batchSize >= 1 && batchSize <= bufferSize,
          "batchSize must be in [1, %d], the bufferSize, was %d".formatted(bufferSize, batchSize));
      require(tau > 0 && tau <= 1, "tau must be in (0, 1], was " + tau);
      require(gamma >= 0 && gamma <= 1, "gamma must be in [0, 1], was " + gamma);
      atLeastOne("trainFreq", trainFreq);
      require(
          gradientSteps >= 1 || gradientSteps == -1,
          "gradientSteps must be at least 1, or -1 for one per step, was " + gradientSteps);
      atLeastOne("targetUpdateInterval", targetUpdateInterval);
      probability("exploration", exploration);
      require(
          maxGradNorm > 0 && maxGradNorm <= Float.MAX_VALUE,
          "maxGradNorm must be above 0 and finite, was " + maxGradNorm);
      hidden = List.copyOf(hidden);
      for (int units : hidden) {
        atLeastOne("each element of hidden", units);
      }
      atLeastOne("nSteps", nSteps);
      require(
          priorityAlpha >= 0 && priorityAlpha <= 1,
          "priorityAlpha must be in [0, 1], was " + priorityAlpha);
      probability("priorityBeta", priorityBeta);
      atLeastOne("frames", frames);
    }

    /** The defaults. */
    public static Config defaults() {
      return new Config(
          Schedule.constant(1e-4),
          1_000_000,
          100,
          32,
          1,
          0.99,
          4,
          1,
          10_000,
          new Linear(1, 0.05, 0.1, Clock.FRACTION),
          10,
          List.of(64, 64),
          Activation.RELU,
          false,
          false,
          1,
          false,
          0.6,
          new Linear(0.4, 1, 1, Clock.FRACTION),
          false,
          1);
    }

    private ReplayConfig replay() {
      return new ReplayConfig(
          bufferSize,
          nSteps,
          gamma,
          frames,
          prioritised
              ? Optional.of(new Prioritisation(priorityAlpha, PRIORITY_EPSILON))
              : Optional.empty());
    }

    private static void probability(String name, Schedule schedule) {
      double first = schedule.at(0);
      double end = last(schedule);
      require(
          first >= 0 && first <= 1 && end >= 0 && end <= 1,
          name + " must be in [0, 1], was " + schedule);
    }

    /** Where a schedule tends to: it is in range all along if it is monotone. */
    private static double last(Schedule schedule) {
      return schedule.at(schedule.clock() == Clock.FRACTION ? 1 : FOREVER);
    }

    private static void atLeastOne(String name, int value) {
      require(value >= 1, name + " must be at least 1, was " + value);
    }

    private static void require(boolean holds, String message) {
      if (!holds) {
        throw new IllegalArgumentException(message);
      }
    }
  }

  /** Returns the spaces that this learner can take. */
  public static Accepts accepts() {
    return new Accepts(List.of(SpaceKind.ANY), List.of(SpaceKind.DISCRETE));
  }
}
