package org.bellmanrl.testkit;

import java.util.Arrays;
import org.bellmanrl.api.Action;
import org.bellmanrl.api.Environment;
import org.bellmanrl.api.EnvironmentSpec;
import org.bellmanrl.api.Observation;
import org.bellmanrl.api.Outcome;
import org.bellmanrl.api.VectorEnvironment;
import org.bellmanrl.api.random.RandomStream;
import org.bellmanrl.api.space.Columns;
import org.bellmanrl.api.space.Discrete;
import org.bellmanrl.api.space.Layout;
import org.bellmanrl.api.space.Layout.Leaf;
import org.bellmanrl.api.space.Space;
import org.bellmanrl.api.state.State;
import org.bellmanrl.api.state.Stateful;

/**
 * A task of any spaces that shows one of 64 observations at random, to see whether a learner or a
 * wrapper gets along with them.
 *
 * <p>The reward is higher the nearer the action's first element is to its largest value, and a
 * little noisy; one step in ten terminates the episode. With a mask, each choice is allowed with
 * probability one half, and one that is drawn in any case. For learner contracts. Not thread-safe.
 */
public final class RandomTask implements Environment, Stateful {
  private static final int DRAWN = 64;

  private final EnvironmentSpec spec;
  private final Layout layout;
  private final Columns drawn;
  private final Leaf first;
  private final int[] maskParts;

  /** A task without mask. */
  public RandomTask(Space observations, Space actions) {
    this(EnvironmentSpec.of("testkit/RandomTask-v0", observations, actions));
  }

  private RandomTask(EnvironmentSpec spec) {
    this.spec = spec;
    this.layout = spec.observationSpace().layout();
    this.first = spec.actionSpace().layout().leaves().getFirst();
    // Drawn once, because sampling a space allocates.
    this.drawn = new Columns(spec.observationSpace(), DRAWN);
    RandomStream random = RandomStream.ofSeed(0);
    for (int row = 0; row < DRAWN; row++) {
      spec.observationSpace().sample(random, drawn, row);
    }
    this.maskParts = MomentChecks.maskParts(spec);
  }

  /** The same with a mask; for Discrete, MultiDiscrete and MultiBinary actions. */
  public RandomTask withMask() {
    return new RandomTask(spec.withMask());
  }

  /** The same with an episode limit. */
  public RandomTask withMaxEpisodeSteps(int steps) {
    return new RandomTask(spec.withMaxEpisodeSteps(steps));
  }

  /** Several of these, side by side. */
  public static VectorEnvironment rows(int rows, Space observations, Space actions) {
    return new RandomTask(observations, actions).rows(rows);
  }

  /** Several like this one, side by side. */
  public VectorEnvironment rows(int rows) {
    Environment[] tasks = new Environment[rows];
    Arrays.setAll(tasks, row -> new RandomTask(spec));
    return VectorEnvironment.of(tasks);
  }

  @Override
  public EnvironmentSpec spec() {
    return spec;
  }

  @Override
  public void reset(RandomStream random, Observation observation) {
    show(random, observation);
  }

  @Override
  public void step(Action action, RandomStream random, Outcome outcome) {
    outcome.reward(worth(action) + 0.1 * random.random());
    if (random.random() < 0.1) {
      outcome.terminate();
    }
    show(random, outcome.observation());
  }

  /** The action's first element, squeezed into (0, 1). */
  private double worth(Action action) {
    double value =
        switch (first.dtype()) {
          case INT32 -> action.discreteOf(0, 0);
          case FLOAT32 -> action.getOf(0, 0);
          case UINT8 -> action.unsignedOf(0, 0);
        };
    double start = first.space() instanceof Discrete discrete ? discrete.start() : 0;
    double x = value - start;
    return 0.5 + 0.5 * x / (1 + Math.abs(x));
  }

  private void show(RandomStream random, Observation observation) {
    int row = random.integers(DRAWN);
    for (int leaf = 0; leaf < layout.leaves().size(); leaf++) {
      Leaf part = layout.leaves().get(leaf);
      for (int i = 0; i < part.width(); i++) {
        int at = part.offset() + i;
        switch (part.dtype()) {
          case INT32 -> observation.setDiscreteOf(leaf, i, drawn.ints()[row * layout.ints() + at]);
          case FLOAT32 -> observation.setOf(leaf, i, drawn.floats()[row * layout.floats() + at]);
          case UINT8 ->
              observation.setUnsignedOf(leaf, i, drawn.bytes()[row * layout.bytes() + at]);
        }
      }
    }
    int from = 0;
    for (int width : maskParts) {
      int always = random.integers(width);
      for (int a = 0; a < width; a++) {
        boolean allowed = random.random() < 0.5;
        observation.allow(from + a, allowed || a == always);
      }
      from += width;
    }
  }

  /** Nothing is remembered between steps. */
  @Override
  public void carry(State state) {
    state.begin("random-task", 1);
    state.end();
  }
}
