package org.bellmanrl.deep.dqn;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.Arrays;
import org.bellmanrl.api.LearnerContext;
import org.bellmanrl.api.Observations;
import org.bellmanrl.api.Transitions;
import org.bellmanrl.api.options.Described;
import org.bellmanrl.api.options.Require;
import org.bellmanrl.api.random.Streams.Role;
import org.bellmanrl.api.schedule.Schedule;
import org.bellmanrl.api.space.Rows;
import org.bellmanrl.api.state.State;
import org.bellmanrl.deep.internal.ObGd;
import org.bellmanrl.deep.internal.SparseInitialisation;
import org.bellmanrl.deep.internal.UpdateMeans;
import org.bellmanrl.deep.network.Activation;
import org.bellmanrl.deep.network.MaskedValues;
import org.bellmanrl.deep.network.Network;
import org.bellmanrl.deep.network.NonFiniteException;
import org.bellmanrl.deep.network.Trunk;
import org.bellmanrl.deep.network.Workspace;

/**
 * Stream Q(λ): Q-learning with eligibility traces and a network, from each step once. It keeps no
 * steps, no batches and no target network: it needs room for the parameters, a trace of the same
 * length for each environment, and little else.
 *
 * <pre>
 * δ = R + γ max_a Q(S', a) − Q(S, A)
 * z ← γλ z + ∇Q(S, A)
 * w ← w + min(α, 1 / (κ max(|δ|, 1) ‖z‖₁)) δ z
 * </pre>
 *
 * <p>Source: Elsayed, Vasan and Mahmood, <i>Streaming deep reinforcement learning finally
 * works</i>, 2024, stream Q(λ) with the bounded step of algorithm 3, sparse initialisation and
 * normalised layers. The scaling of observations and rewards is that of the wrappers {@code
 * normalize-observation} and {@code normalize-reward}; put them around a task whose numbers are not
 * near 1. Departures: the trace is cut before an exploring action, as in Watkins (1989), γ is
 * multiplied by the environment's own discount, a truncated episode continues from its true last
 * observation, and the maximum is over the actions that the mask allows.
 *
 * <p>With several environments each has a trace, and they learn one after the other. Not
 * thread-safe.
 */
public final class StreamQ extends OnlineControl {
  /** The id of this learner. */
  public static final String ID = "stream-q";

  private final Config config;
  private final Workspace now;
  private final Workspace next;
  private final float[][] traces;
  private final UpdateMeans means = new UpdateMeans("td_error", "mean_value", "step_size");
  private long steps;

  /**
   * Creates a learner with a new network.
   *
   * @throws IllegalArgumentException if actions are not Discrete
   */
  public StreamQ(LearnerContext context, Config config) {
    super(ID, context, config.network(), config.exploration());
    this.config = config;
    Network network = values.network();
    SparseInitialisation.draw(
        network, config.sparsity(), context.streams().stream(Role.INITIALISATION, 1));
    this.now = network.workspace(1, Workspace.Use.TRAINING);
    this.next = network.workspace(1, Workspace.Use.FORWARD);
    this.traces = new float[context.rows()][];
    Arrays.setAll(traces, row -> network.newVector());
  }

  @Override
  public void observe(Transitions transitions) {
    Rows rows = transitions.rows();
    for (int i = 0; i < rows.count(); i++) {
      learn(transitions, rows.at(i));
    }
  }

  private void learn(Transitions transitions, int row) {
    Network network = values.network();
    float[] trace = traces[row];
    Observations from = transitions.observations();
    int best = best(from, row, now);
    int action = transitions.actions().values().ints()[row] - actions.start();
    double value = now.outputs()[action];
    boolean greedy = value == now.outputs()[best];
    if (transitions.first()[row] || !greedy) {
      Arrays.fill(trace, 0f);
    }
    double decay = config.gamma() * transitions.discount()[row];
    double following = 0;
    if (decay != 0) {
      int bestOfNext = best(transitions.nextObservations(), row, next);
      following = next.outputs()[bestOfNext];
    }
    double tdError = transitions.reward()[row] + decay * following - value;
    float[] outputGradients = now.outputGradients();
    Arrays.fill(outputGradients, 0f);
    outputGradients[action] = 1;
    network.backward(now, 1, trace); // adds to what has decayed
    steps++;
    if (!Double.isFinite(tdError)) {
      throw new NonFiniteException(
          "in step %d of %s: the TD error is %s, with reward %s and values %s and %s; all must be finite"
              .formatted(steps, ID, tdError, transitions.reward()[row], value, following));
    }
    double stepSize = ObGd.stepSize(config.stepSize(), config.kappa(), tdError, ObGd.size(trace));
    ObGd.move(network.parameters(), trace, stepSize * tdError);
    network.project();
    ObGd.decay(trace, decay * config.lambda());
    means.add(Math.abs(tdError), value, stepSize);
  }

  /** Runs the network on what a row shows; the first allowed action of the largest value. */
  private int best(Observations observations, int row, Workspace workspace) {
    values.encoder().encode(observations.values(), row, workspace, 0);
    values.network().forward(workspace, 1);
    int best =
        MaskedValues.argmax(
            workspace.outputs(),
            0,
            actions.n(),
            observations.mask(),
            row * observations.maskWidth());
    if (best < 0) {
      throw new IllegalStateException(
          "the mask of row " + row + " allows no action; it must allow at least one");
    }
    return best;
  }

  /** Means of |δ|, Q(S, A) and the shortened step size since the last report. */
  @Override
  public void report(Metrics metrics) {
    super.report(metrics);
    means.report(metrics);
  }

  @Override
  public void carry(State state) {
    state.begin(ID, 1);
    steps = state.carry("steps", steps);
    state.carry("network", values.network());
    for (int row = 0; row < traces.length; row++) {
      state.carry("trace-" + row, traces[row]);
    }
    state.carry("means", means);
    state.end();
  }

  /**
   * Hyperparameters; the defaults are the paper's.
   *
   * @param stepSize α, above 0
   * @param kappa κ, above 1
   * @param gamma γ, in [0, 1]
   * @param lambda λ, in [0, 1]
   * @param exploration ε, in [0, 1]
   * @param sparsity the share of zeros among the weights that enter a unit at first, in [0, 1)
   * @param network layers
   */
  @RecordBuilder
  public record Config(
      @Described(
              value = "step size before it is shortened",
              range = Require.POSITIVE,
              aliases = {"alpha", "lr", "learning_rate"})
          double stepSize,
      @Described(value = "how far steps stay below the bound", range = "(1, inf]") double kappa,
      @Described(value = "discount factor of the task", range = Require.UNIT) double gamma,
      @Described(value = "how slowly traces fade", range = Require.UNIT) double lambda,
      @Described(value = "probability of exploring", range = Require.UNIT, aliases = "epsilon")
          Schedule exploration,
      @Described(value = "share of weights that are zero at first", range = "[0, 1)")
          double sparsity,
      Trunk network)
      implements StreamQConfigBuilder.With {
    public Config {
      Require.positive("step_size", stepSize);
      Require.inRange("kappa", kappa, "(1, inf]");
      Require.unit("gamma", gamma);
      Require.unit("lambda", lambda);
      Require.unit("exploration", exploration);
      Require.inRange("sparsity", sparsity, "[0, 1)");
    }

    /** The defaults. */
    public static Config defaults() {
      return new Config(
          1,
          2,
          0.99,
          0.8,
          Schedule.linear(1, 0.01, 0.05, Schedule.Clock.FRACTION),
          0.9,
          Trunk.parse(
              Activation.LEAKY_RELU,
              "dense 128 none",
              "layer-norm plain",
              "dense 128 none",
              "layer-norm plain"));
    }
  }
}
