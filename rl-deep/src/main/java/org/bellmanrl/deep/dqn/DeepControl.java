package org.bellmanrl.deep.dqn;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.bellmanrl.api.Accepts;
import org.bellmanrl.api.EnvironmentSpec;
import org.bellmanrl.api.Learner;
import org.bellmanrl.api.LearnerContext;
import org.bellmanrl.api.Policy;
import org.bellmanrl.api.Transitions;
import org.bellmanrl.api.ValueFunction;
import org.bellmanrl.api.random.RandomStream;
import org.bellmanrl.api.random.Streams.Role;
import org.bellmanrl.api.schedule.Scheduled;
import org.bellmanrl.api.space.Columns;
import org.bellmanrl.api.space.Discrete;
import org.bellmanrl.api.state.State;
import org.bellmanrl.deep.internal.UpdateMeans;
import org.bellmanrl.deep.internal.action.ParameterNoise;
import org.bellmanrl.deep.network.Activation;
import org.bellmanrl.deep.network.Dense;
import org.bellmanrl.deep.network.Dueling;
import org.bellmanrl.deep.network.Initialisation;
import org.bellmanrl.deep.network.LayerSpec;
import org.bellmanrl.deep.network.Network;
import org.bellmanrl.deep.network.NetworkSpec;
import org.bellmanrl.deep.network.NetworkValues;
import org.bellmanrl.deep.network.NoisyDense;
import org.bellmanrl.deep.network.NonFiniteException;
import org.bellmanrl.deep.network.ObservationEncoder;
import org.bellmanrl.deep.network.Workspace;
import org.bellmanrl.deep.optimizer.GlobalNorm;
import org.bellmanrl.deep.optimizer.Optimizer;
import org.bellmanrl.deep.optimizer.OptimizerSpec;
import org.bellmanrl.deep.replay.Replay;
import org.bellmanrl.deep.replay.ReplayBatch;
import org.bellmanrl.deep.replay.SequenceBatch;
import org.jspecify.annotations.Nullable;

/**
 * Base class of learners of action values with a network, from a replay memory and towards a target
 * network: it provides both networks, the memory, the behaviour policy, the metrics and the saved
 * state. A subclass says what the outputs of the network mean: its {@link ValueLoss}, how many
 * outputs an action has, and how they become a value.
 *
 * <p>With recurrent layers it learns from sequences, as {@link DqnConfig} says: both networks run
 * along them from the state that the network had when it acted.
 *
 * <p>Frequencies count transitions over all rows. In one call all rows are stored first, then the
 * updates that have become due are made. Not thread-safe.
 */
public abstract class DeepControl implements Learner {
  /** σ of noise of parameters at first, as in OpenAI Baselines. */
  private static final double FIRST_DEVIATION = 0.01;

  private final String name;
  private final DqnConfig config;
  private final ObservationEncoder encoder;
  private final Network online;

  /** The target network. */
  final Network target;

  /** The target network as it is read at S'. */
  private final Network next;

  /** What decides on the action at S': one of the two, as it is read for that. */
  private final Network choosing;

  private final Replay replay;

  /** The steps that were drawn. */
  final ReplayBatch batch;

  /** The passes of a recurrent network; null for others, which learn from single transitions. */
  final @Nullable SequencePasses sequences;

  private final Workspace onlineBatch;
  private final Workspace targetBatch;
  private final Workspace choosingBatch;
  private final ValueLoss loss;
  private final Optimizer optimizer;
  private final GlobalNorm norm = new GlobalNorm();

  /** The gradients of the last update. */
  final float[] gradients;

  private final Scheduled learningRate;
  private final Scheduled priorityBeta;
  private final RandomStream drawing;

  /** The learner's own randomness, beside the replay's draws. */
  final RandomStream noise;

  private final NetworkValues values;
  private final ValuePolicy behaviour;
  private final @Nullable Perturbation perturbation;
  private final Policy policy;
  private final UpdateMeans means = new UpdateMeans("loss", "mean_value", "gradient_norm");
  private long steps;
  private long updates;

  /**
   * Creates a learner with new networks and an empty replay memory.
   *
   * @param name names the learner in messages and in the saved state
   * @param loss what is minimised
   * @param outputs how many outputs of the network an action has
   * @param reading layers without parameters that turn all outputs into a value per action; none if
   *     they are the values
   * @throws IllegalArgumentException if actions are not Discrete, or if the memory does not fit
   *     into the heap
   */
  protected DeepControl(
      String name,
      LearnerContext context,
      DqnConfig config,
      ValueLoss loss,
      OptimizerSpec optimizer,
      int outputs,
      LayerSpec... reading) {
    this(name, context, config, loss, optimizer, outputs, spec -> Readings.of(spec, reading));
  }

  /** As above, of networks that are read in several ways. */
  DeepControl(
      String name,
      LearnerContext context,
      DqnConfig config,
      ValueLoss loss,
      OptimizerSpec optimizer,
      int outputs,
      Function<NetworkSpec, Readings> reading) {
    EnvironmentSpec spec = context.spec();
    Discrete actions = actions(name, context);
    int size = config.learning().batchSize();
    this.name = name;
    this.config = config;
    this.encoder = new ObservationEncoder(spec.observationSpace());
    NetworkSpec network = network(encoder, actions.n(), outputs, config);
    Readings readings = reading.apply(network);
    this.online =
        Network.create(readings.learning(), context.streams().stream(Role.INITIALISATION, 0));
    this.target = online.copy();
    this.next = target.readAs(readings.next());
    this.choosing = (config.doubleQ() ? online : target).readAs(readings.choosing());
    this.replay = new Replay(context, config.replay(online.stateSize()));
    SequenceBatch drawn =
        online.stateSize() > 0 ? replay.sequences(config.learning().sequences()) : null;
    int rows = drawn == null ? size : drawn.sequences().maxRows();
    this.batch = drawn == null ? replay.batch(size) : drawn.steps();
    this.onlineBatch = online.workspace(rows, Workspace.Use.TRAINING);
    this.targetBatch = next.workspace(rows, Workspace.Use.FORWARD);
    if (choosing == next) {
      this.choosingBatch = targetBatch;
    } else if (choosing == online && drawn != null) {
      this.choosingBatch = onlineBatch;
    } else {
      this.choosingBatch = choosing.workspace(rows, Workspace.Use.FORWARD);
    }
    this.sequences =
        drawn == null ? null : new SequencePasses(drawn, onlineBatch, targetBatch, choosingBatch);
    this.loss = loss;
    this.optimizer = optimizer.create(online.parameters().length);
    this.gradients = online.newVector();
    this.learningRate = new Scheduled(config.learning().learningRate(), context.progress());
    this.priorityBeta = new Scheduled(config.priorityBeta(), context.progress());
    this.drawing = context.streams().stream(Role.REPLAY, 0);
    this.noise = context.streams().stream(Role.LEARNER, 0);
    this.values = new NetworkValues(encoder, online.readAs(readings.values()));
    ValuePolicy exploring =
        ValuePolicy.epsilonGreedy(
            values,
            actions,
            config.exploration(),
            config.learning().learningStarts(),
            context.progress());
    boolean noisy = network.layers().stream().anyMatch(NoisyDense.class::isInstance);
    if (config.paramNoise()) {
      ParameterNoise parameterNoise = new ParameterNoise(FIRST_DEVIATION);
      this.perturbation = new Perturbation(parameterNoise, values, size);
      this.behaviour = exploring.perturbed(parameterNoise);
    } else {
      this.perturbation = null;
      this.behaviour = noisy ? exploring.noisy() : exploring;
    }
    this.policy = ValuePolicy.greedy(values, actions);
  }

  /**
   * Returns the actions of the task.
   *
   * @throws IllegalArgumentException if they are not Discrete
   */
  protected static Discrete actions(String name, LearnerContext context) {
    accepts().check(name, context.spec());
    return (Discrete) context.spec().actionSpace();
  }

  /** The network; noisy layers take the place of all dense ones if there are to be any. */
  private static NetworkSpec network(
      ObservationEncoder encoder, int actions, int outputs, DqnConfig config) {
    Dueling dueling = new Dueling(actions, outputs);
    LayerSpec[] head =
        config.dueling()
            ? new LayerSpec[] {new Dense(dueling.inputs(), Activation.NONE), dueling}
            : new LayerSpec[] {new Dense(actions * outputs, Activation.NONE)};
    NetworkSpec spec = config.network().sequenceNetwork(encoder, new Initialisation.FanIn(), head);
    if (!config.noisy()) {
      return spec;
    }
    List<LayerSpec> layers = new ArrayList<>();
    for (LayerSpec layer : spec.layers()) {
      layers.add(
          layer instanceof Dense dense ? new NoisyDense(dense.units(), dense.activation()) : layer);
    }
    return new NetworkSpec(spec.input(), layers);
  }

  @Override
  public void observe(Transitions transitions) {
    encoder.requireFinite(transitions.nextObservations().values(), transitions.rows());
    replay.add(transitions);
    long before = steps;
    steps += transitions.rows().count();
    int interval = config.targetUpdateInterval();
    for (long due = steps / interval - before / interval; due > 0; due--) {
      target.moveTowards(online, (float) config.learning().tau());
    }
    // Nothing can be drawn before an n-step window is complete.
    for (long due = config.learning().updates(before, steps); due > 0 && replay.size() > 0; due--) {
      draw();
      learn();
    }
  }

  /** Draws what the next update learns from. */
  final void draw() {
    if (sequences == null) {
      replay.sample(drawing, batch, priorityBeta.now());
    } else {
      replay.sample(drawing, sequences.batch(), priorityBeta.now());
    }
  }

  /** Makes an update from what was drawn. */
  final void learn() {
    Arrays.fill(gradients, 0f);
    if (sequences == null) {
      differentiateSteps();
    } else {
      differentiate(sequences);
    }
    float scale = norm.clip(gradients, (float) config.maxGradNorm());
    if (!Float.isFinite(loss.loss()) || !Float.isFinite(norm.last())) {
      throw notFinite();
    }
    online.step(optimizer, gradients, learningRate.now(), scale);
    if (config.prioritised()) {
      if (sequences == null) {
        replay.update(batch, loss.errors());
      } else {
        replay.update(sequences.batch(), loss.errors());
      }
    }
    updates++;
    if (perturbation != null && updates % ParameterNoise.INTERVAL == 0) {
      perturbation.adapt(batch, behaviour.epsilon(), noise);
    }
    means.add(loss.loss(), loss.meanValue(), norm.last());
  }

  /** Computes the gradients of the loss of single transitions. */
  private void differentiateSteps() {
    forward(next, targetBatch, batch.nextObservations());
    if (choosingBatch != targetBatch) {
      forward(choosing, choosingBatch, batch.nextObservations());
    }
    forward(online, onlineBatch, batch.observations());
    prepare(target, batch);
    loss.compute(
        batch,
        onlineBatch.outputs(),
        targetBatch.outputs(),
        choosingBatch.outputs(),
        onlineBatch.outputStride(),
        onlineBatch.outputGradients());
    online.backward(onlineBatch, batch.size(), gradients);
  }

  /** The same for sequences; the network that learns may give the choices in the same pass. */
  private void differentiate(SequencePasses passes) {
    SequenceBatch along = passes.batch();
    targetBatch.sampleNoise(noise);
    passes.forward(next, encoder, targetBatch);
    along.nextOutputs(targetBatch, passes.nextValues);
    if (choosingBatch != targetBatch && choosingBatch != onlineBatch) {
      choosingBatch.sampleNoise(noise);
      passes.forward(choosing, encoder, choosingBatch);
    }
    onlineBatch.sampleNoise(noise);
    passes.forward(online, encoder, onlineBatch);
    along.outputs(onlineBatch, passes.values);
    if (choosingBatch != targetBatch) {
      along.nextOutputs(choosingBatch, passes.choosing);
    }
    loss.compute(
        batch,
        passes.values,
        passes.nextValues,
        passes.choosing,
        onlineBatch.outputStride(),
        passes.gradients);
    along.outputGradients(passes.gradients, onlineBatch);
    online.backward(onlineBatch, along.sequences().rows(), gradients);
  }

  /**
   * Called before the loss is computed, for losses that need more than the outputs at S and S'.
   *
   * @param target the target network
   * @param batch what was drawn
   */
  protected void prepare(Network target, ReplayBatch batch) {}

  /** Runs a network on the observations of a batch, with new noise in layers that have any. */
  protected final void forward(Network network, Workspace into, Columns observations) {
    encoder.encode(observations, batch.size(), into);
    into.sampleNoise(noise);
    network.forward(into, batch.size());
  }

  /** Looks for the first thing that is not finite, in the order of the computation. */
  private NonFiniteException notFinite() {
    String when = "in update " + (updates + 1) + " of " + name + ": ";
    for (int row = 0; row < batch.size(); row++) {
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

  /** ε-greedy in the values, or by noisy values or those of perturbed parameters. */
  @Override
  public final Policy behaviour() {
    return behaviour;
  }

  /** Greedy in the values. */
  @Override
  public final Policy policy() {
    return policy;
  }

  /** By any number of steps. */
  @Override
  public final Rounds rounds() {
    return new Rounds.Any(
        ParameterNoise.with(online, perturbation == null ? null : perturbation.noise()));
  }

  /** The values; none of a recurrent network, whose values depend on what was observed before. */
  @Override
  public final Optional<ValueFunction> values() {
    return sequences == null ? Optional.of(values) : Optional.empty();
  }

  /** The network that learns. */
  public final Network network() {
    return online;
  }

  /** The memory. */
  public final Replay replay() {
    return replay;
  }

  @Override
  public final void report(Metrics metrics) {
    metrics.scalar("epsilon", behaviour.epsilon());
    metrics.scalar("replay_size", replay.size());
    metrics.scalar("updates", (double) updates);
    if (perturbation != null) {
      metrics.scalar("parameter_noise", perturbation.noise().deviation());
    }
    if (means.report(metrics)) {
      metrics.scalar("learning_rate", learningRate.now());
    }
  }

  @Override
  public final void carry(State state) {
    state.begin(name, 1);
    steps = state.carry("steps", steps);
    updates = state.carry("updates", updates);
    state.carry("online", online);
    state.carry("target", target);
    state.carry("optimizer", optimizer);
    state.carry("drawing", drawing);
    state.carry("noise", noise);
    state.carry("means", means);
    state.carry("replay", replay);
    if (perturbation != null) {
      state.carry("parameter_noise", perturbation.noise());
    }
    state.end();
  }

  /** Returns the spaces that these learners take. */
  public static Accepts accepts() {
    return Accepts.discreteActions();
  }
}
