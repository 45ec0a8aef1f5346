package com.example.drive;

import org.bellmanrl.api.Actions;
import org.bellmanrl.api.Actor;
import org.bellmanrl.api.Observations;
import org.bellmanrl.api.Policy;
import org.bellmanrl.api.random.RandomStream;
import org.bellmanrl.api.random.RandomStreams;
import org.bellmanrl.api.space.Rows;

/**
 * Takes any allowed action with probability ε, else one of the largest value, ties at random.
 *
 * <p>A view: it follows the values while they are learned.
 */
final class EpsilonGreedy implements Policy {
  private final ActionValues values;
  private final double epsilon;

  EpsilonGreedy(ActionValues values, double epsilon) {
    this.values = values;
    this.epsilon = epsilon;
  }

  @Override
  public Actor actor(int rows, RandomStreams random) {
    return new EpsilonGreedyActor(rows, values, epsilon, random);
  }

  @Override
  public EpsilonGreedy snapshot() {
    return new EpsilonGreedy(values.snapshot(), epsilon);
  }

  private static final class EpsilonGreedyActor extends Actor.Memoryless {
    private final ActionValues values;
    private final double epsilon;

    EpsilonGreedyActor(int rows, ActionValues values, double epsilon, RandomStreams random) {
      super(rows, random);
      this.values = values;
      this.epsilon = epsilon;
    }

    @Override
    public void act(Rows rows, Observations observations, Actions actions) {
      for (int i = 0; i < rows.count(); i++) {
        int row = rows.at(i);
        RandomStream stream = random.row(row);
        // What is explored among counts as best: then every allowed action ties.
        boolean explore = stream.random() < epsilon;
        double best = explore ? Double.NEGATIVE_INFINITY : values.max(observations, row);
        int base = values.base(observations, row);
        int candidates = 0;
        for (int a = 0; a < values.width(); a++) {
          candidates += isCandidate(observations, row, a, base, best) ? 1 : 0;
        }
        int left = stream.integers(candidates);
        int chosen = -1;
        while (left >= 0) {
          chosen++;
          left -= isCandidate(observations, row, chosen, base, best) ? 1 : 0;
        }
        actions.values().ints()[row] = values.action(chosen);
      }
    }

    private boolean isCandidate(
        Observations observations, int row, int action, int base, double best) {
      return observations.allows(row, action) && values.get(base + action) >= best;
    }
  }
}
