package org.bellmanrl.deep.onpolicy;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.Arrays;
import java.util.List;
import org.bellmanrl.api.Accepts;
import org.bellmanrl.api.LearnerContext;
import org.bellmanrl.api.Observations;
import org.bellmanrl.api.Transitions;
import org.bellmanrl.api.options.Described;
import org.bellmanrl.api.options.Require;
import org.bellmanrl.api.random.RandomStream;
import org.bellmanrl.api.random.Streams.Role;
import org.bellmanrl.api.space.Rows;
import org.bellmanrl.api.space.Space;
import org.bellmanrl.api.state.State;
import org.bellmanrl.deep.internal.ObGd;
import org.bellmanrl.deep.internal.SparseInitialisation;
import org.bellmanrl.deep.internal.UpdateMeans;
import org.bellmanrl.deep.internal.action.ActionHead;
import org.bellmanrl.deep.internal.action.Gaussian;
import org.bellmanrl.deep.internal.action.TakenActions;
import org.bellmanrl.deep.network.Activation;
import org.bellmanrl.deep.network.Network;
import org.bellmanrl.deep.network.NonFiniteException;
import org.bellmanrl.deep.network.Trunk;
import org.bellmanrl.deep.network.Workspace;

/**
 * Stream AC(λ): actor-critic with eligibility traces and networks, from each step once. It keeps no
 * steps and no batches: it needs room for the parameters, traces of the same length for each
 * environment, and little else.
 *
 * <pre>
 * δ = R + γ v(S') − v(S)
 * z ← γλ z + ∇v(S)                                     for the values
 * z ← γλ z + ∇(ln π(A|S) + τ sgn(δ) H[π(·|S)])         for the policy
 * w ← w + min(α, 1 / (κ max(|δ|, 1) ‖z‖₁)) δ z         for each of them
 * </pre>
 *
 * <p>Source: Elsayed, Vasan and Mahmood, <i>Streaming deep reinforcement learning finally
 * works</i>, 2024, stream AC(λ) with the bounded step of algorithm 3, sparse initialisation and
 * normalised layers. The scaling of observations and rewards is that of the wrappers {@code
 * normalize-observation} and {@code normalize-reward}; put them around a task whose numbers are not
 * near 1. Departures: γ is multiplied by the environment's own discount, and a truncated episode
 * continues from its true last observation. Masked actions have probability 0. Actions that are
 * numbers are normally distributed, with means and deviations from the policy network, the latter
 * through softplus, and are clipped to their bounds.
 *
 * <p>With several environments each has its traces, and they learn one after the other. Not
 * thread-safe.
 */
public final class StreamAc extends ActorCritic {
  /** The id of this learner. */
  public static final String ID = "stream-ac";

  /** Steps of this size make actions collapse whose deviations do not depend on the state. */
  private static final Gaussian GAUSSIAN = new Gaussian(Gaussian.Deviations.SOFTPLUS, false, -1, 0);

  private static final int[] SLOT = {0};
  private static final float[] NO_PARAMETERS = {};

  private final Config config;
  private final ActionHead head;
  private final TakenActions taken;
  private final Workspace policyNow;
  private final Workspace valueNow;
  private final Workspace valueNext;
  private final float[][] policyTraces;
  private final float[][] valueTraces;
  private final double[] logProbability = new double[1];
  private final double[] entropy = new double[1];
  private final double[] weight = {1};
  private final UpdateMeans means =
      new UpdateMeans("td_error", "entropy", "policy_step_size", "value_step_size");
  private long steps;

  /**
   * Creates a learner with new networks.
   *
   * @throws IllegalArgumentException if it can't take the actions, or the networks share layers
   */
  public StreamAc(LearnerContext context, Config config) {
    accepts().check(ID, context.spec());
    if (!config.network().shared().isEmpty()) {
      throw new IllegalArgumentException(
          ID
              + " has traces of two networks, which cannot share layers: shared must be empty,"
              + " was "
              + config.network().shared());
    }
    refuseRecurrence(ID, config.network());
    super(ActorCriticNetworks.create(context, config.network(), GAUSSIAN, true));
    this.config = config;
    RandomStream random = context.streams().stream(Role.INITIALISATION, 1);
    SparseInitialisation.draw(networks.policy(), config.sparsity(), random);
    SparseInitialisation.draw(networks.value(), config.sparsity(), random);
    this.head = networks.head(1);
    this.taken = head.taken(1, context.spec().maskWidth());
    this.policyNow = networks.policy().workspace(1, Workspace.Use.TRAINING);
    this.valueNow = networks.value().workspace(1, Workspace.Use.TRAINING);
    this.valueNext = networks.value().workspace(1, Workspace.Use.FORWARD);
    this.policyTraces = new float[context.rows()][];
    this.valueTraces = new float[context.rows()][];
    for (int row = 0; row < context.rows(); row++) {
      policyTraces[row] = networks.policy().newVector();
      valueTraces[row] = networks.value().newVector();
    }
  }

  @Override
  public void observe(Transitions transitions) {
    Rows rows = transitions.rows();
    for (int i = 0; i < rows.count(); i++) {
      learn(transitions, rows.at(i));
    }
  }

  private void learn(Transitions transitions, int row) {
    if (transitions.first()[row]) {
      Arrays.fill(policyTraces[row], 0f);
      Arrays.fill(valueTraces[row], 0f);
    }
    double decay = config.gamma() * transitions.discount()[row];
    double value = value(transitions.observations(), row, valueNow);
    double following = decay == 0 ? 0 : value(transitions.nextObservations(), row, valueNext);
    double tdError = transitions.reward()[row] + decay * following - value;
    steps++;
    if (!Double.isFinite(tdError)) {
      throw new NonFiniteException(
          "in step %d of %s: the TD error is %s, with reward %s and values %s and %s; all must be finite"
              .formatted(steps, ID, tdError, transitions.reward()[row], value, following));
    }
    traceValue(valueTraces[row]);
    tracePolicy(transitions, row, config.entCoef() * Math.signum(tdError));
    double valueStep = step(networks.value(), valueTraces[row], config.valueKappa(), tdError);
    double policyStep = step(networks.policy(), policyTraces[row], config.policyKappa(), tdError);
    double fading = decay * config.lambda();
    ObGd.decay(valueTraces[row], fading);
    ObGd.decay(policyTraces[row], fading);
    means.add(Math.abs(tdError), entropy[0], policyStep, valueStep);
  }

  private double value(Observations observations, int row, Workspace workspace) {
    networks.encoder().encode(observations.values(), row, workspace, 0);
    networks.value().forward(workspace, 1);
    return workspace.outputs()[0];
  }

  /** Adds ∇v(S) to what has faded. */
  private void traceValue(float[] trace) {
    valueNow.outputGradients()[0] = 1;
    networks.value().backward(valueNow, 1, trace);
  }

  /** Adds ∇(ln π(A|S) + e H) to what has faded. */
  private void tracePolicy(Transitions transitions, int row, double entropyWeight) {
    networks.encoder().encode(transitions.observations().values(), row, policyNow, 0);
    networks.policy().forward(policyNow, 1);
    head.take(transitions, row, taken, 0);
    head.evaluate(
        policyNow.outputs(), policyNow.outputStride(), taken, SLOT, 0, 1, logProbability, entropy);
    head.gradient(
        policyNow.outputs(),
        policyNow.outputStride(),
        taken,
        SLOT,
        0,
        1,
        weight,
        entropyWeight,
        policyNow.outputGradients(),
        NO_PARAMETERS);
    networks.policy().backward(policyNow, 1, policyTraces[row]);
  }

  private double step(Network network, float[] trace, double kappa, double tdError) {
    double stepSize = ObGd.stepSize(config.stepSize(), kappa, tdError, ObGd.size(trace));
    ObGd.move(network.parameters(), trace, stepSize * tdError);
    network.project();
    return stepSize;
  }

  /** The network of the policy. */
  Network policyNetwork() {
    return networks.policy();
  }

  /** The network of the values. */
  Network valueNetwork() {
    return networks.value();
  }

  /** Means of |δ|, the entropy and the shortened step sizes since the last report. */
  @Override
  public void report(Metrics metrics) {
    means.report(metrics);
  }

  @Override
  public void carry(State state) {
    state.begin(ID, 1);
    steps = state.carry("steps", steps);
    state.carry("networks", networks);
    for (int row = 0; row < valueTraces.length; row++) {
      state.carry("policy-trace-" + row, policyTraces[row]);
      state.carry("value-trace-" + row, valueTraces[row]);
    }
    state.carry("means", means);
    state.end();
  }

  /** Returns the spaces that this learner can take. */
  public static Accepts accepts() {
    return new Accepts(
        List.of(Space.Kind.ANY),
        List.of(
            Space.Kind.DISCRETE,
            Space.Kind.MULTI_DISCRETE,
            Space.Kind.MULTI_BINARY,
            Space.Kind.VECTOR));
  }

  /**
   * Hyperparameters; the defaults are the paper's.
   *
   * @param stepSize α, above 0
   * @param policyKappa κ of the policy, above 1
   * @param valueKappa κ of the values, above 1
   * @param gamma γ, in [0, 1]
   * @param lambda λ, in [0, 1]
   * @param entCoef τ, at least 0
   * @param sparsity the share of zeros among the weights that enter a unit at first, in [0, 1)
   * @param network layers of both networks, which share none
   */
  @RecordBuilder
  public record Config(
      @Described(
              value = "step size before it is shortened",
              range = Require.POSITIVE,
              aliases = {"alpha", "lr", "learning_rate"})
          double stepSize,
      @Described(value = "how far steps of the policy stay below the bound", range = "(1, inf]")
          double policyKappa,
      @Described(value = "how far steps of the values stay below the bound", range = "(1, inf]")
          double valueKappa,
      @Described(value = "discount factor of the task", range = Require.UNIT) double gamma,
      @Described(value = "how slowly traces fade", range = Require.UNIT) double lambda,
      @Described(value = "weight of the entropy", range = "at least 0") double entCoef,
      @Described(value = "share of weights that are zero at first", range = "[0, 1)")
          double sparsity,
      ActorCriticLayers network)
      implements StreamAcConfigBuilder.With {
    public Config {
      Require.positive("step_size", stepSize);
      Require.inRange("policy_kappa", policyKappa, "(1, inf]");
      Require.inRange("value_kappa", valueKappa, "(1, inf]");
      Require.unit("gamma", gamma);
      Require.unit("lambda", lambda);
      Require.notNegative("ent_coef", entCoef);
      Require.inRange("sparsity", sparsity, "[0, 1)");
    }

    /** The defaults. */
    public static Config defaults() {
      return new Config(
          1,
          3,
          2,
          0.99,
          0.8,
          0.01,
          0.9,
          ActorCriticLayers.of(
              Trunk.parse(
                  Activation.LEAKY_RELU,
                  "dense 128 none",
                  "layer-norm plain",
                  "dense 128 none",
                  "layer-norm plain")));
    }
  }
}
