package org.bellmanrl.deep.policy;

import org.bellmanrl.api.Actions;
import org.bellmanrl.api.MemorylessActor;
import org.bellmanrl.api.Observations;
import org.bellmanrl.api.random.RandomStream;
import org.bellmanrl.api.random.RandomStreams;
import org.bellmanrl.api.space.Box;
import org.bellmanrl.api.space.Discrete;
import org.bellmanrl.api.space.MultiBinary;
import org.bellmanrl.api.space.Rows;
import org.bellmanrl.api.space.Space;
import org.bellmanrl.deep.internal.ActionScale;
import org.bellmanrl.deep.internal.ExactMath;
import org.bellmanrl.deep.internal.ObservationEncoder;
import org.bellmanrl.deep.network.Network;
import org.bellmanrl.deep.network.NonFiniteException;
import org.bellmanrl.deep.network.Workspace;
import org.jspecify.annotations.Nullable;

/** A {@link NetworkPolicy} at work. */
final class NetworkActor extends MemorylessActor {
  private final ObservationEncoder encoder;
  private final @Nullable Standardizer standardizer;
  private final Network network;
  private final Workspace batch;
  private final boolean drawn;

  private final @Nullable Box box;
  private final @Nullable ActionScale scale;
  private final float[] logDeviations;

  private final boolean bits;
  private final int start;
  private final int[] choices;

  /** Of the choices of one element, while one is drawn. */
  private final double[] weights;

  NetworkActor(NetworkPolicy policy, ObservationEncoder encoder, int rows, RandomStreams random) {
    super(rows, random);
    Space actions = policy.actionSpace();
    this.encoder = encoder;
    this.standardizer = policy.standardizer();
    this.network = policy.network();
    this.batch = network.workspace(rows, Workspace.Use.FORWARD);
    this.drawn = policy.reading() == NetworkPolicy.Reading.DRAWN;
    this.box = actions instanceof Box numbers ? numbers : null;
    this.scale =
        policy.reading() == NetworkPolicy.Reading.SQUASHED && box != null
            ? new ActionScale(box)
            : null;
    this.logDeviations = policy.logDeviations();
    this.bits = actions instanceof MultiBinary;
    this.start = actions instanceof Discrete discrete ? discrete.start() : 0;
    this.choices = policy.choices();
    int most = 0;
    for (int count : choices) {
      most = Math.max(most, count);
    }
    this.weights = new double[most];
  }

  @Override
  public void act(Rows rows, Observations observations, Actions actions) {
    int count = rows.count();
    if (count == 0) {
      return;
    }
    for (int i = 0; i < count; i++) {
      int at = i * encoder.size();
      if (standardizer != null) {
        standardizer.write(observations.values(), rows.at(i), batch.inputs(), at);
      } else if (encoder.bytes()) {
        encoder.encode(observations.values(), rows.at(i), batch.pixels(), at);
      } else {
        encoder.encode(observations.values(), rows.at(i), batch.inputs(), at);
      }
    }
    network.forward(batch, count);
    for (int i = 0; i < count; i++) {
      if (box != null) {
        numbers(box, rows.at(i), i * batch.outputStride(), actions.values().floats());
      } else {
        choose(rows.at(i), i * batch.outputStride(), observations, actions);
      }
    }
  }

  private void numbers(Box bounds, int row, int at, float[] into) {
    int size = bounds.size();
    for (int d = 0; d < size; d++) {
      float value = batch.outputs()[at + d];
      if (!Float.isFinite(value)) {
        throw new NonFiniteException(
            "an action must be finite, element %d in row %d is %s".formatted(d, row, value));
      }
      into[row * size + d] =
          scale != null
              ? scale.played(d, ExactMath.tanh(value))
              : Math.max(
                  bounds.low(d), Math.min(bounds.high(d), drawn ? noisy(value, d, row) : value));
    }
  }

  private float noisy(float mean, int d, int row) {
    double sigma = ExactMath.exp(logDeviations[d]);
    return (float) (mean + sigma * random.row(row).standardNormal());
  }

  private void choose(int row, int at, Observations observations, Actions actions) {
    int first = 0;
    for (int g = 0; g < choices.length; g++) {
      int best = best(row, at, first, choices[g], observations);
      int choice = drawn ? drawn(row, at, first, best, choices[g], observations) : best - first;
      if (bits) {
        actions.values().bytes()[row * choices.length + g] = (byte) choice;
      } else {
        actions.values().ints()[row * choices.length + g] = start + choice;
      }
      first += choices[g];
    }
  }

  private int best(int row, int at, int first, int count, Observations observations) {
    float[] outputs = batch.outputs();
    int best = -1;
    for (int j = first; j < first + count; j++) {
      if (observations.allows(row, j) && (best < 0 || outputs[at + j] > outputs[at + best])) {
        best = j;
      }
    }
    if (best < 0 || !Float.isFinite(outputs[at + best])) {
      throw new NonFiniteException(
          best < 0
              ? "the mask of row " + row + " allows no action; it must allow at least one"
              : "preferences for actions must be finite, in row %d one is %s"
                  .formatted(row, outputs[at + best]));
    }
    return best;
  }

  /** The first choice at which the cumulated probability exceeds a point. */
  private int drawn(int row, int at, int first, int best, int count, Observations observations) {
    double max = batch.outputs()[at + best];
    double sum = 0;
    for (int j = 0; j < count; j++) {
      weights[j] =
          observations.allows(row, first + j)
              ? ExactMath.exp(batch.outputs()[at + first + j] - max)
              : 0;
      sum += weights[j];
    }
    double inverse = 1 / sum;
    RandomStream stream = random.row(row);
    double point = stream.random();
    double cumulated = 0;
    int last = best - first;
    for (int j = 0; j < count; j++) {
      double probability = weights[j] * inverse;
      cumulated += probability;
      if (cumulated > point) {
        return j;
      }
      if (probability > 0) {
        last = j; // rounding may leave the sum of all just below the point
      }
    }
    return last;
  }
}
