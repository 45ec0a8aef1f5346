package org.bellmanrl.deep.exploration;

import java.util.Arrays;
import java.util.Objects;
import org.bellmanrl.api.Outcomes;
import org.bellmanrl.api.VectorEnvironment;
import org.bellmanrl.api.WrappedEnvironments;
import org.bellmanrl.api.Wrapper;
import org.bellmanrl.api.options.Described;
import org.bellmanrl.api.options.Require;
import org.bellmanrl.api.random.RandomStream;
import org.bellmanrl.api.random.RandomStreams;
import org.bellmanrl.api.space.Columns;
import org.bellmanrl.api.space.DType;
import org.bellmanrl.api.space.Rows;
import org.bellmanrl.api.state.State;
import org.bellmanrl.api.state.StateException;
import org.bellmanrl.deep.network.Activation;
import org.bellmanrl.deep.network.Dense;
import org.bellmanrl.deep.network.Initialisation;
import org.bellmanrl.deep.network.InputSpec;
import org.bellmanrl.deep.network.Network;
import org.bellmanrl.deep.network.NetworkSpec;
import org.bellmanrl.deep.network.ObservationEncoder;
import org.bellmanrl.deep.network.Trunk;
import org.bellmanrl.deep.network.Workspace;
import org.bellmanrl.deep.optimizer.Adam;
import org.bellmanrl.deep.optimizer.Optimizer;

/**
 * Adds to each reward a bonus for what is new: how badly one network predicts what another, random
 * one makes of the observation that was reached.
 *
 * <pre>
 * x = (s' − mean) / deviation, cut at ±5
 * e = mean of (f̂(x) − f(x))²,   r + scale · e / σ
 * </pre>
 *
 * <p>f keeps its initial weights; f̂ takes a step of Adam towards it on the observations of all
 * listed rows, after every step of these. Mean and deviation are those of each input so far, those
 * of one-hot numbers among them; the learner's observations stay as they are. Hidden layers of both
 * networks start orthogonal with gain √2. Both matter: otherwise what f makes of a number out of
 * hundreds differs so little from what it makes of another that the error of a new one is lost
 * among those which Adam's steps leave. σ is the running standard deviation of the discounted sums
 * of e, per row and across the ends of episodes. Takes and gives any spaces. Left out of
 * evaluation. State saved: f̂, its optimiser, the moments of the inputs, the sums of the rows and
 * their moments.
 *
 * <p>Source: Burda et al., <i>Exploration by Random Network Distillation</i>, 2019, sections 2.2
 * and 2.4, and the authors' code for the start of the networks. There the bonus has its own value
 * function and discount; here it is part of the reward, so that every learner can take it. There
 * random actions give the first moments of observations; here the first steps do.
 *
 * @param scale weight of the bonus, at least 0
 * @param learningRate of f̂, above 0
 * @param gamma discount of the sums that scale the bonus, in [0, 1)
 * @param features outputs of both networks, at least 1
 * @param network hidden layers of both networks
 * @param seed what their initial weights are drawn from, at least 0
 */
public record RandomNetworkDistillation(
    @Described(value = "weight of the bonus", range = Require.NOT_NEGATIVE) double scale,
    @Described(value = "learning rate of the predictor", range = Require.POSITIVE)
        double learningRate,
    @Described(value = "discount of the sums that scale the bonus", range = "[0, 1)") double gamma,
    @Described(value = "outputs of both networks", range = Require.AT_LEAST_ONE) int features,
    Trunk network,
    @Described(value = "seed of the initial weights", range = Require.NOT_NEGATIVE) long seed)
    implements Wrapper {

  public RandomNetworkDistillation {
    Require.notNegative("scale", scale);
    Require.positive("learning_rate", learningRate);
    Require.inRange("gamma", gamma, "[0, 1)");
    Require.atLeast("features", features, 1);
    Objects.requireNonNull(network, "network");
    Require.atLeast("seed", seed, 0);
  }

  /** A bonus of weight 0.1, from networks with two hidden layers of 64 units and 32 outputs. */
  public RandomNetworkDistillation() {
    this(0.1, 1e-3, 0.99, 32, Trunk.of(Activation.RELU, 64, 64), 0);
  }

  @Override
  public VectorEnvironment wrap(VectorEnvironment inner) {
    return new Rewarded(this, inner);
  }

  private static final class Rewarded extends WrappedEnvironments {
    /** How many deviations from its mean an element is at most. */
    private static final double FARTHEST = 5;

    /** Is added to variances, for elements that never change. */
    private static final double LEAST_VARIANCE = 1e-8;

    private final RandomNetworkDistillation options;
    private final ObservationEncoder encoder;
    private final Network fixed;
    private final Network predictor;
    private final Workspace fixedBatch;
    private final Workspace predictorBatch;
    private final Optimizer optimizer;
    private final float[] gradients;
    private final double[] errors;

    /** Of each input: how many were taken in, their mean and squared deviations. */
    private long seen;

    private final double[] inputMean;
    private final double[] inputSquares;

    /** Discounted sums of errors by row, and how many were taken in, their mean and squares. */
    private final double[] sums;

    private long count;
    private double mean;
    private double squares;

    Rewarded(RandomNetworkDistillation options, VectorEnvironment inner) {
      super(options, inner, inner.spec(), Change.DYNAMICS);
      this.options = options;
      this.encoder = new ObservationEncoder(inner.spec().observationSpace());
      NetworkSpec bytesOrFloats =
          options.network.network(
              encoder,
              new Initialisation.Orthogonal(Math.sqrt(2)),
              new Dense(options.features, Activation.NONE));
      NetworkSpec spec =
          new NetworkSpec(
              new InputSpec(DType.FLOAT32, bytesOrFloats.input().extents()),
              bytesOrFloats.layers());
      RandomStream random = RandomStream.ofSeed(options.seed);
      this.fixed = Network.create(spec, random);
      this.predictor = Network.create(spec, random);
      this.fixedBatch = fixed.workspace(inner.rows(), Workspace.Use.FORWARD);
      this.predictorBatch = predictor.workspace(inner.rows(), Workspace.Use.TRAINING);
      this.optimizer = new Adam().create(predictor.parameters().length);
      this.gradients = predictor.newVector();
      this.inputMean = new double[encoder.size()];
      this.inputSquares = new double[encoder.size()];
      this.errors = new double[inner.rows()];
      this.sums = new double[inner.rows()];
    }

    @Override
    public void step(Rows rows, Columns actions, RandomStreams random, Outcomes outcomes) {
      inner().step(rows, actions, random, outcomes);
      if (rows.isEmpty()) {
        return;
      }
      learn(rows, outcomes.observations().values());
      for (int i = 0; i < rows.count(); i++) {
        int row = rows.at(i);
        sums[row] = options.gamma * sums[row] + errors[i];
        takeIn(sums[row]);
      }
      double deviation = Math.sqrt(count > 1 && squares > 0 ? squares / count : 1);
      for (int i = 0; i < rows.count(); i++) {
        int row = rows.at(i);
        double bonus = options.scale * errors[i] / deviation;
        outcomes.changeReward(row, outcomes.reward()[row] + bonus);
      }
    }

    /** Computes the errors of the listed rows, and makes the predictor learn from them. */
    private void learn(Rows rows, Columns observations) {
      int size = rows.count();
      normalize(rows, observations, fixedBatch.inputs());
      System.arraycopy(fixedBatch.inputs(), 0, predictorBatch.inputs(), 0, size * encoder.size());
      fixed.forward(fixedBatch, size);
      predictor.forward(predictorBatch, size);
      float[] slopes = predictorBatch.outputGradients();
      int stride = predictorBatch.outputStride();
      float weight = 2f / (options.features * size);
      for (int i = 0; i < size; i++) {
        double sum = 0;
        for (int at = i * stride; at < i * stride + options.features; at++) {
          float difference = predictorBatch.outputs()[at] - fixedBatch.outputs()[at];
          sum += (double) difference * difference;
          slopes[at] = weight * difference;
        }
        errors[i] = sum / options.features;
      }
      Arrays.fill(gradients, 0f);
      predictor.backward(predictorBatch, size, gradients);
      predictor.step(optimizer, gradients, options.learningRate, 1);
    }

    /** Takes the observations of the listed rows into the moments, then writes what they become. */
    private void normalize(Rows rows, Columns observations, float[] into) {
      int width = encoder.size();
      int end = rows.count() * width;
      for (int from = 0; from < end; from += width) {
        encoder.encode(observations, rows.at(from / width), into, from);
        seen++;
        for (int k = 0; k < width; k++) {
          double difference = into[from + k] - inputMean[k];
          inputMean[k] += difference / seen;
          inputSquares[k] += difference * (into[from + k] - inputMean[k]);
        }
      }
      for (int from = 0; from < end; from += width) {
        for (int k = 0; k < width; k++) {
          double deviation = Math.sqrt(inputSquares[k] / seen + LEAST_VARIANCE);
          double z = (into[from + k] - inputMean[k]) / deviation;
          into[from + k] = (float) Math.clamp(z, -FARTHEST, FARTHEST);
        }
      }
    }

    /** Takes a number into the moments (Welford, 1962). */
    private void takeIn(double value) {
      count++;
      double difference = value - mean;
      mean += difference / count;
      squares += difference * (value - mean);
    }

    @Override
    protected VectorEnvironment forEvaluation(VectorEnvironment within) {
      return within;
    }

    @Override
    public void carry(State state, int row) {
      state.begin("random-network-distillation", 1);
      sums[row] = state.carryFinite("sum", sums[row]);
      state.end();
      super.carry(state, row);
    }

    @Override
    public void carryShared(State state) {
      int version = state.begin("random-network-distillation", 2);
      if (version < 2) {
        throw new StateException(
            "the bonus of 'rnd' was saved by a release that did not normalise observations for it;"
                + " go on with that release, or train again");
      }
      seen = state.carry("seen", seen);
      state.carry("input_mean", inputMean);
      state.carry("input_squares", inputSquares);
      state.carry("predictor", predictor);
      state.carry("optimizer", optimizer);
      count = state.carry("count", count);
      mean = state.carryFinite("mean", mean);
      squares = state.carryFinite("squares", squares);
      state.end();
      super.carryShared(state);
    }
  }
}
