package org.bellmanrl.deep.dqn;

import org.bellmanrl.api.Actions;
import org.bellmanrl.api.Actor;
import org.bellmanrl.api.MemorylessActor;
import org.bellmanrl.api.Observations;
import org.bellmanrl.api.random.RandomStream;
import org.bellmanrl.api.random.RandomStreams;
import org.bellmanrl.api.space.Discrete;
import org.bellmanrl.api.space.Rows;
import org.bellmanrl.deep.internal.ObservationEncoder;
import org.bellmanrl.deep.network.Network;
import org.bellmanrl.deep.network.Workspace;
import org.bellmanrl.deep.policy.NetworkPolicy;
import org.bellmanrl.deep.policy.PortablePolicy;
import org.jspecify.annotations.Nullable;

/**
 * Takes the allowed action of the largest value, the first of several; while learning, any allowed
 * one with probability ε, and with noisy layers by values with noise drawn anew for every action.
 *
 * <p>While learning it draws per row, in this order: one {@code random()}, to explore if it is
 * below ε; then one {@code integers(allowed actions)} if exploring, else the noise of noisy layers.
 * Otherwise nothing is drawn. Follows the network while it learns.
 */
final class QPolicy implements PortablePolicy {
  private final QValues values;
  private final Discrete actionSpace;
  private final boolean noisy;
  private final @Nullable Epsilon epsilon;

  private QPolicy(QValues values, Discrete actionSpace, boolean noisy, @Nullable Epsilon epsilon) {
    this.values = values;
    this.actionSpace = actionSpace;
    this.noisy = noisy;
    this.epsilon = epsilon;
  }

  static QPolicy greedy(QValues values, Discrete actionSpace) {
    return new QPolicy(values, actionSpace, false, null);
  }

  static QPolicy exploring(QValues values, Discrete actionSpace, boolean noisy, Epsilon epsilon) {
    return new QPolicy(values, actionSpace, noisy, epsilon);
  }

  @Override
  public Actor actor(int rows, RandomStreams random) {
    return new QActor(
        values, actionSpace, noisy, epsilon == null ? null : epsilon.reader(), rows, random);
  }

  @Override
  public QPolicy snapshot() {
    return new QPolicy(
        values.snapshot(), actionSpace, noisy, epsilon == null ? null : epsilon.frozen());
  }

  @Override
  public NetworkPolicy portable() {
    return new NetworkPolicy(values.encoder().space(), actionSpace, values.network().copy());
  }

  private static final class QActor extends MemorylessActor {
    private final ObservationEncoder encoder;
    private final Network network;
    private final int actions;
    private final int start;
    private final boolean noisy;
    private final Epsilon.@Nullable Reader epsilon;
    private final Workspace batch;

    /** The rows that don't explore. */
    private final int[] greedy;

    QActor(
        QValues values,
        Discrete actionSpace,
        boolean noisy,
        Epsilon.@Nullable Reader epsilon,
        int rows,
        RandomStreams random) {
      super(rows, random);
      this.encoder = values.encoder();
      this.network = values.network();
      this.actions = actionSpace.n();
      this.start = actionSpace.start();
      this.noisy = noisy;
      this.epsilon = epsilon;
      this.batch = network.workspace(noisy ? 1 : rows, Workspace.Use.FORWARD);
      this.greedy = new int[rows];
    }

    @Override
    public void act(Rows rows, Observations observations, Actions into) {
      int count = explore(rows, observations, into.values().ints());
      if (count == 0) {
        return;
      }
      if (noisy) {
        for (int i = 0; i < count; i++) {
          batch.sampleNoise(random.row(greedy[i]));
          exploit(i, 1, observations, into.values().ints());
        }
      } else {
        exploit(0, count, observations, into.values().ints());
      }
    }

    /** Lists the rows that don't explore, and returns how many. */
    private int explore(Rows rows, Observations observations, int[] into) {
      double probability = epsilon == null ? 0 : epsilon.now();
      int count = 0;
      for (int i = 0; i < rows.count(); i++) {
        int row = rows.at(i);
        if (epsilon != null && random.row(row).random() < probability) {
          into[row] = start + uniform(observations, row, random.row(row));
        } else {
          greedy[count++] = row;
        }
      }
      return count;
    }

    private int uniform(Observations observations, int row, RandomStream stream) {
      if (observations.maskWidth() == 0) {
        return stream.integers(actions);
      }
      int allowed = 0;
      for (int a = 0; a < actions; a++) {
        allowed += observations.allows(row, a) ? 1 : 0;
      }
      if (allowed == 0) {
        throw noneAllowed(row);
      }
      int left = stream.integers(allowed);
      int action = 0;
      while (!observations.allows(row, action) || left-- > 0) {
        action++;
      }
      return action;
    }

    private void exploit(int from, int count, Observations observations, int[] into) {
      for (int i = 0; i < count; i++) {
        QValues.encode(encoder, observations.values(), greedy[from + i], batch, i);
      }
      network.forward(batch, count);
      for (int i = 0; i < count; i++) {
        int row = greedy[from + i];
        into[row] = start + best(i * batch.outputStride(), observations, row);
      }
    }

    private int best(int at, Observations observations, int row) {
      float[] outputs = batch.outputs();
      int best = -1;
      for (int a = 0; a < actions; a++) {
        if (observations.allows(row, a) && (best < 0 || outputs[at + a] > outputs[at + best])) {
          best = a;
        }
      }
      if (best < 0) {
        throw noneAllowed(row);
      }
      return best;
    }

    private static IllegalStateException noneAllowed(int row) {
      return new IllegalStateException(
          "the mask of row " + row + " allows no action; it must allow at least one");
    }
  }
}
