package org.bellmanrl.deep.continuous;

import static java.util.Objects.requireNonNull;

import java.util.Arrays;
import org.bellmanrl.api.random.RandomStream;
import org.bellmanrl.api.state.State;
import org.bellmanrl.api.state.Stateful;
import org.bellmanrl.deep.network.Network;
import org.bellmanrl.deep.network.NonFiniteException;
import org.bellmanrl.deep.network.Workspace;
import org.bellmanrl.deep.optimizer.GlobalNorm;
import org.bellmanrl.deep.optimizer.Optimizer;
import org.bellmanrl.deep.replay.Pass;
import org.bellmanrl.deep.replay.ReplayBatch;
import org.jspecify.annotations.Nullable;

/**
 * Action values Q₁, …, Q_K, learned apart towards one target, through which a policy learns.
 *
 * <p>An update shows the pairs of the next step, then those of the step itself, then requests the
 * targets and learns. Not thread-safe.
 */
abstract class Critics implements Stateful {
  /** What enters the networks. */
  final CriticInputs inputs;

  /** What the critics learn from. */
  final ReplayBatch batch;

  /** Numbers of the policy's state at the beginning of a stored state. */
  private final int policyState;

  /** The loss, and how targets are made. */
  final CriticLoss loss;

  /** The networks that learn. */
  final Network[] online;

  /** The gradients of the last step, by critic. */
  final float[][] gradients;

  /** What is drawn in updates: which critics take part, and the noise of layers that have any. */
  final RandomStream noise;

  /** The networks that learn, as they are read for values. */
  private final Network[] valued;

  private final CriticReduction reduction;
  private final Optimizer[] optimizers;

  /** For the policy, which learns through all critics that count at once. */
  private final Pass[] chosen;

  /** Values by critic and row. */
  private final double[][] values;

  private final CriticTask.Pair learning;
  private final CriticTask.Pair valuing = new CriticTask.Pair(new Valuing(), new Valuing());
  private final CriticTask.Pair improving = new CriticTask.Pair(new Improving(), new Improving());

  // Of the call that is under way: targets and step size of step, actions of values; and what step
  // adds up.
  private double[] targets = {};
  private double learningRate;
  private double[] actions = {};
  private double lossSum;
  private double gradientNorm;

  /**
   * Critics over networks.
   *
   * @param online of one specification; those that learn
   * @param policyState numbers of the policy's state, behind which theirs stand in a stored state
   * @param noise a stream that the learner carries
   */
  Critics(
      CriticsPlan plan,
      Network[] online,
      CriticInputs inputs,
      ReplayBatch batch,
      int policyState,
      RandomStream noise) {
    this.noise = noise;
    this.online = online;
    this.inputs = inputs;
    this.batch = batch;
    this.policyState = policyState;
    this.loss = plan.loss();
    this.reduction = plan.reduction();
    this.gradients = new float[online.length][];
    this.optimizers = new Optimizer[online.length];
    this.valued = new Network[online.length];
    for (int k = 0; k < online.length; k++) {
      gradients[k] = online[k].newVector();
      optimizers[k] = plan.optimizer().create(gradients[k].length);
      valued[k] = online[k].followedBy(loss.reading());
    }
    this.chosen = new Pass[reduction.used(online.length)];
    this.values = new double[chosen.length][batch.maxSize()];
    for (int k = 0; k < chosen.length; k++) {
      chosen[k] = new Pass(valued[k], batch, Workspace.Use.TRAINING_WITH_INPUTS);
    }
    this.learning = new CriticTask.Pair(new Learning(loss), new Learning(loss.beside()));
  }

  /** What the policy maximises, for up to {@code maxRows} pairs at a time. */
  CriticValues values(int maxRows) {
    return new CriticValues(valued, reduction, maxRows);
  }

  /** Takes the actions at S' of the batch; their elements are in [−1, 1]. */
  abstract void next(double[] actions);

  /** Takes the actions at S of the batch; their elements are in [−1, 1]. */
  abstract void taken(double[] actions);

  /** How many numbers the target of a row has. */
  abstract int targetSize();

  /**
   * Makes targets of the values of the next step, before reward and discount.
   *
   * @param into takes {@link #targetSize} numbers per row
   */
  abstract void targets(double[] into);

  /**
   * Keeps the outputs of a critic for the next step.
   *
   * @param first the row of the pass where those pairs begin
   * @param j the place of the critic among {@code count}
   * @param into takes the outputs of all critics, row after row
   */
  final void collect(Pass pass, int first, int j, int count, double[] into) {
    int each = loss.outputs();
    for (int i = 0; i < batch.size(); i++) {
      int from = (first + i) * pass.stride();
      int to = (i * count + j) * each;
      for (int o = 0; o < each; o++) {
        into[to + o] = pass.outputs()[from + o];
      }
    }
  }

  /** Makes targets of the outputs of several critics. */
  final void reduce(double[] outputs, int count, double[] into) {
    int perRow = count * loss.outputs();
    for (int i = 0; i < batch.size(); i++) {
      loss.target(outputs, i * perRow, perRow, into, i * targetSize());
    }
  }

  /** Lets target networks follow, if there are any: θ̄ ← θ̄ + τ (θ − θ̄). */
  abstract void follow(float tau);

  /** The pass that takes the pairs of the step through a critic; those of two may be the same. */
  abstract Pass taking(int k);

  /** Computes what a critic says of the pairs of the step. */
  abstract void take(Pass pass, int k);

  /** Names what else is not finite, if anything is: what targets are made of. */
  abstract void requireFiniteTargets(int k);

  /**
   * Moves all critics towards targets: a step along the gradient of the loss for each.
   *
   * @param targets {@link #targetSize} numbers per row
   * @return the loss, of all critics together, before the step
   * @throws NonFiniteException if the loss or a gradient is not finite
   */
  double step(double[] targets, double learningRate) {
    this.targets = targets;
    this.learningRate = learningRate;
    lossSum = 0;
    gradientNorm = 0;
    learning.each(online.length, 3 * work());
    return lossSum;
  }

  /** Multiply-adds of a forward pass of a critic, about. */
  final long work() {
    return (long) batch.size() * gradients[0].length;
  }

  /** Where the numbers of a critic begin in a stored state. */
  final int stateAt(int k) {
    return policyState + k * online[k].stateSize();
  }

  private NonFiniteException notFinite(int k, Pass pass, String what) {
    String critic = "critic " + (k + 1);
    requireFinite(online[k], "parameter of " + critic);
    pass.workspace().requireFinite();
    online[k].requireFinite(gradients[k], "gradient of " + critic);
    return new NonFiniteException(critic + ": " + what + ", with finite parameters and outputs");
  }

  static void requireFinite(Network network, String what) {
    network.requireFinite(network.parameters(), what);
  }

  /** Mean over the critics of the norm of the last step's gradients. */
  double gradientNorm() {
    return gradientNorm;
  }

  /**
   * What the policy maximises at S of each row, and how it changes with the action.
   *
   * @param actions elements in [−1, 1]
   * @param weight factor of the gradients
   * @param value takes Q(s, a), combined
   * @param actionGradients takes weight · dQ(s, a) / da, laid out as the actions
   */
  void values(double[] actions, double weight, double[] value, double[] actionGradients) {
    this.actions = actions;
    valuing.each(chosen.length, work());
    for (int i = 0; i < batch.size(); i++) {
      value[i] = reduction == CriticReduction.SMALLEST ? smallest(i, weight) : mean(i, weight);
    }
    Arrays.fill(actionGradients, 0);
    improving.each(chosen.length, work());
    for (Pass pass : chosen) {
      addActionGradients(pass, actionGradients);
    }
  }

  /** Sends the gradient of a row into the critic of the smallest value alone. */
  private double smallest(int row, double weight) {
    int best = 0;
    for (int k = 1; k < chosen.length; k++) {
      best = values[k][row] < values[best][row] ? k : best;
    }
    for (int k = 0; k < chosen.length; k++) {
      send(k, row, k == best ? weight : 0);
    }
    return values[best][row];
  }

  private double mean(int row, double weight) {
    double sum = 0;
    for (int k = 0; k < chosen.length; k++) {
      sum += values[k][row];
      send(k, row, weight / chosen.length);
    }
    return sum / chosen.length;
  }

  private void send(int k, int row, double weight) {
    int outputs = valued[k].outputSize();
    int at = row * chosen[k].stride();
    Arrays.fill(chosen[k].outputGradients(), at, at + outputs, (float) (weight / outputs));
  }

  private void addActionGradients(Pass pass, double[] into) {
    int size = inputs.actionSize();
    float[] gradients = pass.workspace().inputGradients();
    for (int i = 0; i < batch.size(); i++) {
      int from = pass.inputGradientsAt(i) + inputs.observationSize();
      for (int d = 0; d < size; d++) {
        into[i * size + d] += gradients[from + d];
      }
    }
  }

  /** Carries the networks that learn, and their optimisers; a subclass adds what else it has. */
  @Override
  public void carry(State state) {
    state.begin("critics", 1);
    state.carry("online", online);
    state.carry("optimizers", optimizers);
    state.end();
  }

  /** A step of a critic. */
  private final class Learning extends CriticTask {
    private final CriticLoss loss;
    private final GlobalNorm norm = new GlobalNorm();
    private @Nullable Pass pass;
    private double value;
    private double length;

    Learning(CriticLoss loss) {
      this.loss = loss;
    }

    @Override
    void begin() {
      pass = taking(k);
    }

    @Override
    void run() {
      Pass taken = requireNonNull(pass);
      take(taken, k);
      value =
          loss.loss(
              batch.size(),
              taken.outputs(),
              taken.stride(),
              targets,
              targetSize(),
              taken.outputGradients());
      length = 0;
      if (!Double.isFinite(value)) {
        return;
      }
      Arrays.fill(gradients[k], 0f);
      taken.backward(online[k], gradients[k]);
      length = norm.of(gradients[k]);
      if (Double.isFinite(length)) {
        online[k].step(optimizers[k], gradients[k], learningRate, 1f);
      }
    }

    @Override
    void end() {
      if (!Double.isFinite(value)) {
        requireFiniteTargets(k);
        throw notFinite(k, requireNonNull(pass), "its loss is " + value);
      }
      if (!Double.isFinite(length)) {
        throw notFinite(k, requireNonNull(pass), "the norm of its gradients is " + length);
      }
      lossSum += value;
      gradientNorm += length / online.length;
    }
  }

  /** What a critic says of the policy's actions. */
  private final class Valuing extends CriticTask {
    @Override
    void begin() {
      inputs.pairs(chosen[k], batch, actions, 0, false);
      chosen[k].workspace().sampleNoise(noise);
    }

    @Override
    void run() {
      Pass pass = chosen[k];
      pass.forward(valued[k], stateAt(k));
      for (int i = 0; i < batch.size(); i++) {
        values[k][i] = CriticValues.mean(pass.outputs(), i * pass.stride(), valued[k].outputSize());
      }
    }
  }

  /** How that changes with the actions. */
  private final class Improving extends CriticTask {
    @Override
    void run() {
      chosen[k].backwardToInputs(valued[k]);
    }
  }
}
