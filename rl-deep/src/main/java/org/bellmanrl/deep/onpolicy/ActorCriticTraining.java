package org.bellmanrl.deep.onpolicy;

import static java.util.Objects.requireNonNull;

import java.util.Arrays;
import org.bellmanrl.api.Observations;
import org.bellmanrl.api.state.State;
import org.bellmanrl.api.state.Stateful;
import org.bellmanrl.deep.internal.EncodedObservations;
import org.bellmanrl.deep.internal.action.ActionHead;
import org.bellmanrl.deep.internal.action.TakenActions;
import org.bellmanrl.deep.internal.parallel.ParallelParts;
import org.bellmanrl.deep.network.Network;
import org.bellmanrl.deep.network.NonFiniteException;
import org.bellmanrl.deep.network.Sequences;
import org.bellmanrl.deep.network.Workspace;
import org.bellmanrl.deep.optimizer.GlobalNorm;
import org.bellmanrl.deep.optimizer.Optimizer;
import org.bellmanrl.deep.optimizer.OptimizerSpec;
import org.jspecify.annotations.Nullable;

/**
 * One batch on its way through both networks and back, and the step that follows.
 *
 * <ol>
 *   <li>{@link #forward} fills {@link #logProbability}, {@link #entropy} and {@link #value};
 *   <li>the learner writes the derivatives of its loss: {@link #logProbabilityGradient} and {@link
 *       #valueGradient}, and the weight of the entropy;
 *   <li>{@link #backward} and {@link #step} do the rest.
 * </ol>
 *
 * <p>Networks that share nothing have their own arrays, so another thread may run one of them.
 * Layers that both share run once, as part of the policy network; those of networks with recurrent
 * layers, which have their own states, run in both, and their gradients are added up before the
 * step. The parameters are copied behind it.
 */
final class ActorCriticTraining implements Stateful {
  private final ActorCriticNetworks networks;
  private final ActionHead head;
  private final Workspace policyBatch;
  private final Workspace valueBatch;
  private final Workspace single;
  private final Sequences sequences;
  private final boolean recurrent;

  /** Whether values are computed from what the policy network left behind its shared layers. */
  private final boolean joined;

  /** The gradients of the last step: of the policy network, the value network and ln σ. */
  final float[] policyGradients;

  final float[] valueGradients;
  final float[] deviationGradients;
  private final Optimizer policyOptimizer;
  private final Optimizer valueOptimizer;
  private final Optimizer deviationOptimizer;
  private final GlobalNorm norm = new GlobalNorm();

  private final ParallelParts forward = new ParallelParts();
  private final ParallelParts backward = new ParallelParts();
  private final Runnable forwardPolicy = this::forwardPolicy;
  private final Runnable forwardValue = this::forwardValue;
  private final Runnable backwardPolicy = this::backwardPolicy;
  private final Runnable backwardValue = this::backwardValue;

  // The batch.
  private @Nullable EncodedObservations observations;
  private @Nullable TakenActions taken;
  private int[] slots = {};
  private int from;
  private int count;
  private double entropyGradient;

  /** ln π(a|s) of each row of the batch. */
  final double[] logProbability;

  /** The entropy of π(·|s) of each row of the batch. */
  final double[] entropy;

  /** v(s) of each row of the batch. */
  final double[] value;

  /** The derivative of the loss with respect to {@link #logProbability}, for the learner. */
  final double[] logProbabilityGradient;

  /** The derivative of the loss with respect to {@link #value}, for the learner. */
  final double[] valueGradient;

  ActorCriticTraining(ActorCriticNetworks networks, OptimizerSpec optimizer, int maxRows) {
    this.networks = networks;
    this.head = networks.head(maxRows);
    this.policyBatch = networks.policy().workspace(maxRows, Workspace.Use.TRAINING);
    this.recurrent = networks.recurrent();
    this.joined = networks.sharedLayers() > 0 && !recurrent;
    this.valueBatch =
        joined
            ? networks.value().workspaceBehind(policyBatch, networks.sharedLayers())
            : networks.value().workspace(maxRows, Workspace.Use.TRAINING);
    this.single = networks.value().workspace(1, Workspace.Use.FORWARD);
    this.sequences = new Sequences(recurrent ? maxRows : 1);
    this.policyGradients = networks.policy().newVector();
    this.valueGradients = networks.value().newVector();
    this.deviationGradients = new float[networks.logDeviation().length];
    this.policyOptimizer = optimizer.create(policyGradients.length);
    this.valueOptimizer = optimizer.create(valueGradients.length);
    this.deviationOptimizer = optimizer.create(deviationGradients.length);
    this.logProbability = new double[maxRows];
    this.entropy = new double[maxRows];
    this.value = new double[maxRows];
    this.logProbabilityGradient = new double[maxRows];
    this.valueGradient = new double[maxRows];
  }

  /**
   * v of what a row shows.
   *
   * @param states of the value network, by row; as before the observation
   */
  double value(Observations observations, int row, float[] states) {
    networks.encoder().encode(observations.values(), row, single, 0);
    return singleValue(states, row);
  }

  /** v of an observation that was kept, which a row of this number shows. */
  double value(EncodedObservations observations, int slot, float[] states, int row) {
    observations.get(slot, single, 0);
    return singleValue(states, row);
  }

  private double singleValue(float[] states, int row) {
    int size = networks.value().stateSize();
    if (size > 0) {
      System.arraycopy(states, row * size, single.states(), 0, size);
    }
    networks.value().forward(single, 1);
    return single.outputs()[0];
  }

  /** Lets the state of a row follow on the value that was computed last. */
  void advance(float[] states, int row) {
    int size = networks.value().stateSize();
    System.arraycopy(single.finalStates(), 0, states, row * size, size);
  }

  /** v of the first {@code count} observations that were kept. */
  void values(EncodedObservations observations, int count, double[] into) {
    int most = valueBatch.maxRows();
    for (int from = 0; from < count; from += most) {
      int rows = Math.min(most, count - from);
      if (joined) {
        observations.range(from, rows, policyBatch);
        networks.policy().forward(policyBatch, rows);
      } else {
        observations.range(from, rows, valueBatch);
      }
      networks.value().forward(valueBatch, rows);
      for (int i = 0; i < rows; i++) {
        into[from + i] = valueBatch.outputs()[i * valueBatch.outputStride()];
      }
    }
  }

  /** What the rows of a batch are, if a network is recurrent: to be arranged before forward. */
  Sequences sequences() {
    return sequences;
  }

  /** The states that the sequences of a batch begin with in the policy network. */
  float[] policyStates() {
    return policyBatch.states();
  }

  /** The states that the sequences of a batch begin with in the value network. */
  float[] valueStates() {
    return valueBatch.states();
  }

  /** Runs both networks on the listed slots of what was observed and done. */
  void forward(
      EncodedObservations observations, TakenActions taken, int[] slots, int from, int count) {
    select(observations, taken, slots, from, count);
    if (joined) {
      forwardPolicy();
      forwardValue();
    } else {
      forward.both(forwardPolicy, forwardValue, work());
    }
  }

  /** Runs the policy network alone. */
  void forwardPolicy(
      EncodedObservations observations, TakenActions taken, int[] slots, int from, int count) {
    select(observations, taken, slots, from, count);
    forwardPolicy();
  }

  private void select(
      EncodedObservations observations, TakenActions taken, int[] slots, int from, int count) {
    this.observations = observations;
    this.taken = taken;
    this.slots = slots;
    this.from = from;
    this.count = count;
  }

  /** About as many multiply-adds as a forward pass of the batch takes. */
  private long work() {
    return (long) count * (policyGradients.length + valueGradients.length);
  }

  private void forwardPolicy() {
    requireNonNull(observations).gather(slots, from, count, policyBatch);
    forward(networks.policy(), policyBatch);
    head.evaluate(
        policyBatch.outputs(),
        policyBatch.outputStride(),
        requireNonNull(taken),
        slots,
        from,
        count,
        logProbability,
        entropy);
  }

  private void forwardValue() {
    if (!joined) {
      requireNonNull(observations).gather(slots, from, count, valueBatch);
    }
    forward(networks.value(), valueBatch);
    for (int i = 0; i < count; i++) {
      value[i] = valueBatch.outputs()[i * valueBatch.outputStride()];
    }
  }

  private void forward(Network network, Workspace batch) {
    if (recurrent) {
      network.forward(batch, sequences);
    } else {
      network.forward(batch, count);
    }
  }

  /** Forgets the gradients of the last step. */
  void clearGradients() {
    Arrays.fill(policyGradients, 0f);
    Arrays.fill(valueGradients, 0f);
    Arrays.fill(deviationGradients, 0f);
  }

  /**
   * Carries the derivatives of the loss back through both networks, for the batch of the last
   * forward pass, and adds them to the gradients.
   *
   * @param entropyGradient the derivative of the loss with respect to each row's entropy
   */
  void backward(double entropyGradient) {
    this.entropyGradient = entropyGradient;
    if (joined) {
      backwardValue();
      backwardPolicy();
    } else {
      backward.both(backwardPolicy, backwardValue, 2 * work());
    }
  }

  /** As {@link #backward}, through the policy network alone. */
  void backwardPolicy(double entropyGradient) {
    this.entropyGradient = entropyGradient;
    backwardPolicy();
  }

  private void backwardPolicy() {
    head.gradient(
        policyBatch.outputs(),
        policyBatch.outputStride(),
        requireNonNull(taken),
        slots,
        from,
        count,
        logProbabilityGradient,
        entropyGradient,
        policyBatch.outputGradients(),
        deviationGradients);
    networks.policy().backward(policyBatch, count, policyGradients);
  }

  private void backwardValue() {
    float[] into = valueBatch.outputGradients();
    for (int i = 0; i < count; i++) {
      into[i * valueBatch.outputStride()] = (float) valueGradient[i];
    }
    networks.value().backward(valueBatch, count, valueGradients);
  }

  /**
   * Takes a step along all gradients, whose norm together is limited.
   *
   * @param policyRate the step size of the policy and of shared layers
   * @param valueRate the step size of the values
   * @param maxNorm the largest norm, above 0; may be infinite
   * @return the norm before it was limited
   * @throws NonFiniteException if a gradient is not finite, naming the first
   */
  double step(double policyRate, double valueRate, double maxNorm) {
    for (int i = 0; i < networks.shared(); i++) {
      policyGradients[i] += valueGradients[i];
      valueGradients[i] = 0f;
    }
    double all =
        Math.sqrt(square(policyGradients) + square(valueGradients) + square(deviationGradients));
    requireFinite(all);
    float scale = all > maxNorm ? (float) (maxNorm / all) : 1f;
    networks.policy().step(policyOptimizer, policyGradients, policyRate, scale);
    deviationOptimizer.step(networks.logDeviation(), deviationGradients, policyRate, scale);
    networks.value().step(valueOptimizer, valueGradients, valueRate, scale);
    networks.tie();
    return all;
  }

  private double square(float[] gradients) {
    double length = norm.of(gradients);
    return length * length;
  }

  private void requireFinite(double length) {
    if (Double.isFinite(length)) {
      return;
    }
    networks.policy().requireFinite(policyGradients, "gradient of the policy");
    networks.value().requireFinite(valueGradients, "gradient of the values");
    throw new NonFiniteException("the norm of the gradients is " + length + ", too large");
  }

  /**
   * Stops at a loss that is not finite, with the name of the first number that is to blame.
   *
   * @param loss the loss of the batch
   */
  void requireFiniteLoss(double loss) {
    if (Double.isFinite(loss)) {
      return;
    }
    network(networks.policy(), "parameter of the policy");
    network(networks.value(), "parameter of the values");
    policyBatch.requireFinite();
    valueBatch.requireFinite();
    throw new NonFiniteException("the loss is " + loss + ", with finite outputs of both networks");
  }

  private static void network(Network network, String what) {
    network.requireFinite(network.parameters(), what);
  }

  /** The optimisers' state; the owner of the networks saves those. */
  @Override
  public void carry(State state) {
    state.begin("actor-critic-training", 1);
    state.carry("policy_optimizer", policyOptimizer);
    state.carry("value_optimizer", valueOptimizer);
    state.carry("deviation_optimizer", deviationOptimizer);
    state.end();
  }
}
