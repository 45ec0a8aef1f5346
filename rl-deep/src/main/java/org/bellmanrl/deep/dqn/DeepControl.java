package org.bellmanrl.deep.dqn;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.bellmanrl.api.Accepts;
import org.bellmanrl.api.LearnerContext;
import org.bellmanrl.api.Policy;
import org.bellmanrl.api.ValueFunction;
import org.bellmanrl.api.random.Streams.Role;
import org.bellmanrl.api.schedule.Scheduled;
import org.bellmanrl.api.space.Discrete;
import org.bellmanrl.api.state.State;
import org.bellmanrl.deep.internal.UpdateMeans;
import org.bellmanrl.deep.internal.action.ParameterNoise;
import org.bellmanrl.deep.internal.parallel.ParallelParts;
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
import org.bellmanrl.deep.network.Parallel;
import org.bellmanrl.deep.network.Workspace;
import org.bellmanrl.deep.optimizer.Adam;
import org.bellmanrl.deep.optimizer.GlobalNorm;
import org.bellmanrl.deep.optimizer.Optimizer;
import org.bellmanrl.deep.replay.Pass;
import org.bellmanrl.deep.replay.ReplayLearner;
import org.jspecify.annotations.Nullable;

/**
 * Base class of learners of action values with a network, from a replay memory and towards a target
 * network: it provides both networks, the behaviour policy and the metrics. A subclass says what
 * the outputs of the network mean: its {@link ValueLoss}, how many outputs an action has, and how
 * they become a value.
 *
 * <p>With recurrent layers it learns from sequences, as {@link DqnConfig} says: both networks run
 * along them from the state that the network had when it acted. The optimiser is Adam.
 */
public abstract class DeepControl extends ReplayLearner {
  /** σ of noise of parameters at first, as in OpenAI Baselines. */
  private static final double FIRST_DEVIATION = 0.01;

  private final String name;
  private final DqnConfig config;
  private final Network online;

  /** The target network. */
  final Network target;

  /** The target network as it is read at S'. */
  private final Network next;

  /** What decides on the action at S': one of the two, as it is read for that. */
  private final Network choosing;

  /** The online network and the target network on the batch. */
  private final ParallelParts forward = new ParallelParts();

  private final Runnable forwardOnline = this::forwardOnline;
  private final Runnable forwardNext = this::forwardNext;
  private final Pass onlinePass;
  private final Pass nextPass;
  private final Pass choosingPass;

  /** The outputs that decide on the action at S'. */
  private final float[] choices;

  private final ValueLoss loss;
  private final Optimizer optimizer;
  private final GlobalNorm norm = new GlobalNorm();

  /** The gradients of the last update. */
  final float[] gradients;

  private final Scheduled priorityBeta;
  private final NetworkValues values;
  private final ValuePolicy behaviour;
  private final @Nullable Perturbation perturbation;
  private final Policy policy;
  private final UpdateMeans means = new UpdateMeans("loss", "mean_value", "gradient_norm");

  /**
   * Creates a learner with new networks, which have a value per action, and an empty replay memory.
   *
   * @param name names the learner in messages and in the saved state
   * @param loss what is minimised
   * @throws IllegalArgumentException if actions are not Discrete, or if the memory does not fit
   *     into the heap
   */
  protected DeepControl(String name, LearnerContext context, DqnConfig config, ValueLoss loss) {
    this(name, context, config, loss, 1);
  }

  /**
   * As above, of networks whose values are to be read off several outputs.
   *
   * @param outputs how many outputs of the network an action has
   * @param reading layers without parameters that turn all outputs into a value per action; none if
   *     they are the values
   */
  protected DeepControl(
      String name,
      LearnerContext context,
      DqnConfig config,
      ValueLoss loss,
      int outputs,
      LayerSpec... reading) {
    this(name, context, config, loss, outputs, spec -> ControlNetworks.of(spec, reading));
  }

  /** As above, of networks that are read in several ways. */
  DeepControl(
      String name,
      LearnerContext context,
      DqnConfig config,
      ValueLoss loss,
      int outputs,
      Function<NetworkSpec, ControlNetworks> networks) {
    Discrete actions = actions(name, context);
    ObservationEncoder encoder = new ObservationEncoder(context.spec().observationSpace());
    NetworkSpec network = network(encoder, actions.n(), outputs, config);
    ControlNetworks specs = networks.apply(network);
    Network online =
        Network.create(specs.learning(), context.streams().stream(Role.INITIALISATION, 0));
    super(name, context, config.learning(), config.replay(online.stateSize()), encoder);
    this.name = name;
    this.config = config;
    this.online = online;
    this.target = online.copy();
    this.next = target.readAs(specs.next());
    this.choosing = (config.doubleQ() ? online : target).readAs(specs.choosing());
    this.onlinePass = new Pass(online, batch, Workspace.Use.TRAINING);
    this.nextPass = new Pass(next, batch, Workspace.Use.FORWARD);
    if (choosing == next) {
      this.choosingPass = nextPass;
    } else if (choosing == online && batch.sequences() != null) {
      this.choosingPass = onlinePass;
    } else {
      this.choosingPass = new Pass(choosing, batch, Workspace.Use.FORWARD);
    }
    this.choices =
        choosingPass == onlinePass
            ? new float[onlinePass.outputs().length]
            : choosingPass.outputs();
    this.loss = loss;
    this.optimizer = new Adam().create(online.parameters().length);
    this.gradients = online.newVector();
    this.priorityBeta = new Scheduled(config.priorityBeta(), context.progress());
    this.values = new NetworkValues(encoder, online.readAs(specs.values()));
    ValuePolicy exploring =
        ValuePolicy.epsilonGreedy(
            values,
            actions,
            config.exploration(),
            config.learning().learningStarts(),
            context.progress());
    boolean noisy = network.layers().stream().anyMatch(DeepControl::holdsNoise);
    if (config.paramNoise()) {
      ParameterNoise parameterNoise = new ParameterNoise(FIRST_DEVIATION);
      this.perturbation = new Perturbation(parameterNoise, values, batch.maxSize());
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
    return new NetworkSpec(spec.input(), noisy(spec.layers()));
  }

  private static List<LayerSpec> noisy(List<LayerSpec> layers) {
    return layers.stream()
        .map(layer ->
            switch (layer) {
              case Dense dense -> new NoisyDense(dense.units(), dense.activation());
              case Parallel(List<Parallel.Branch> branches) ->
                  new Parallel(
                      branches.stream()
                          .map(b -> new Parallel.Branch(b.from(), b.extents(), noisy(b.layers())))
                          .toList());
              default -> layer;
            })
        .toList();
  }

  private static boolean holdsNoise(LayerSpec layer) {
    return layer instanceof NoisyDense
        || (layer instanceof Parallel parallel
            && parallel.branches().stream()
                .flatMap(branch -> branch.layers().stream())
                .anyMatch(DeepControl::holdsNoise));
  }

  @Override
  protected final void stepped(long before, long after) {
    int interval = config.targetUpdateInterval();
    for (long due = after / interval - before / interval; due > 0; due--) {
      target.moveTowards(online, tau());
    }
  }

  @Override
  protected final double beta() {
    return priorityBeta.now();
  }

  @Override
  protected final void update(double rate) {
    enter(nextPass, true);
    if (choosesApart()) {
      enter(choosingPass, true);
    }
    enter(onlinePass, false);
    forward.both(forwardOnline, forwardNext, 2L * batch.size() * gradients.length);
    prepare(target);
    loss.compute(
        batch,
        onlinePass.outputs(),
        nextPass.outputs(),
        choices,
        onlinePass.stride(),
        onlinePass.outputGradients());
    Arrays.fill(gradients, 0f);
    onlinePass.backward(online, gradients);
    float scale = norm.clip(gradients, (float) config.maxGradNorm());
    if (!Float.isFinite(loss.loss()) || !Float.isFinite(norm.last())) {
      throw notFinite();
    }
    online.step(optimizer, gradients, rate, scale);
    if (config.prioritised()) {
      prioritise(loss.errors());
    }
    if (perturbation != null && every(ParameterNoise.INTERVAL)) {
      perturbation.adapt(batch, behaviour.epsilon(), noise);
    }
    means.add(loss.loss(), loss.meanValue(), norm.last());
  }

  /** Returns whether a separate pass decides on the action at S'. */
  private boolean choosesApart() {
    return choosingPass != nextPass && choosingPass != onlinePass;
  }

  private void forwardNext() {
    nextPass.forward(next, 0);
  }

  private void forwardOnline() {
    if (choosesApart()) {
      choosingPass.forward(choosing, 0);
    }
    onlinePass.forward(online, 0);
    if (choosingPass == onlinePass) {
      onlinePass.nextOutputs(choices); // of the same pass along the sequences
    }
  }

  /**
   * Called before the loss is computed, for losses that need more than the outputs at S and S'.
   *
   * @param target the target network
   */
  protected void prepare(Network target) {}

  /**
   * Runs a network on the batch, with new noise in layers that have any.
   *
   * @param atNext whether at S' rather than at S
   */
  protected final void forward(Network network, Pass pass, boolean atNext) {
    enter(pass, atNext);
    pass.forward(network, 0);
  }

  private void enter(Pass pass, boolean atNext) {
    pass.observations(encoder, atNext);
    pass.workspace().sampleNoise(noise);
  }

  /** Looks for the first thing that is not finite, in the order of the computation. */
  private NonFiniteException notFinite() {
    String when = "in update " + updates() + " of " + name + ": ";
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
      nextPass.workspace().requireFinite();
      online.requireFinite(online.parameters(), "parameter");
      onlinePass.workspace().requireFinite();
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
    return recurrent() ? Optional.empty() : Optional.of(values);
  }

  /** The network that learns. */
  public final Network network() {
    return online;
  }

  @Override
  public final void report(Metrics metrics) {
    metrics.scalar("epsilon", behaviour.epsilon());
    super.report(metrics);
    if (perturbation != null) {
      metrics.scalar("parameter_noise", perturbation.noise().deviation());
    }
    if (means.report(metrics)) {
      metrics.scalar("learning_rate", learningRate());
    }
  }

  @Override
  protected final void carryLearned(State state) {
    state.carry("online", online);
    state.carry("target", target);
    state.carry("optimizer", optimizer);
  }

  @Override
  protected final void carryMeans(State state) {
    state.carry("means", means);
  }

  @Override
  protected final void carryMore(State state) {
    if (perturbation != null) {
      state.carry("parameter_noise", perturbation.noise());
    }
  }

  /** Returns the spaces that these learners take. */
  public static Accepts accepts() {
    return Accepts.discreteActions();
  }
}
