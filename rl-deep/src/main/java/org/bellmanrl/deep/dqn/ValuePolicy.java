package org.bellmanrl.deep.dqn;

import org.bellmanrl.api.Actions;
import org.bellmanrl.api.Actor;
import org.bellmanrl.api.Observations;
import org.bellmanrl.api.options.Require;
import org.bellmanrl.api.random.RandomStream;
import org.bellmanrl.api.random.RandomStreams;
import org.bellmanrl.api.schedule.Progress;
import org.bellmanrl.api.schedule.Schedule;
import org.bellmanrl.api.schedule.Scheduled;
import org.bellmanrl.api.space.Dict;
import org.bellmanrl.api.space.Discrete;
import org.bellmanrl.api.space.Rows;
import org.bellmanrl.deep.internal.action.ActionHead;
import org.bellmanrl.deep.internal.action.NetworkActor;
import org.bellmanrl.deep.internal.action.ParameterNoise;
import org.bellmanrl.deep.network.NetworkValues;
import org.bellmanrl.deep.policy.NetworkPolicy;
import org.bellmanrl.deep.policy.PortablePolicy;
import org.jspecify.annotations.Nullable;

/**
 * Takes the allowed action of the largest value, the first of several; or, to explore, any allowed
 * action with probability ε.
 *
 * <p>An exploring policy draws per row, in this order: one {@code random()}, to explore if it is
 * below ε; then one {@code integers(allowed actions)} if exploring, else the noise of noisy layers,
 * if the policy is {@link #noisy} (which recurrent networks draw first, and for each row). A greedy
 * one draws nothing. The policy is a view: it follows the network while it learns, and ε along the
 * progress, read once per call. Actors allocate nothing.
 *
 * <p>A {@link #perturbed} policy explores by noise of its parameters, drawn when an episode begins,
 * instead of random actions, which it takes until learning starts.
 */
public final class ValuePolicy implements PortablePolicy {
  private final NetworkValues values;
  private final Discrete actionSpace;
  private final boolean noisy;
  private final @Nullable Exploration exploration;
  private final @Nullable ParameterNoise perturbation;

  private ValuePolicy(
      NetworkValues values,
      Discrete actionSpace,
      boolean noisy,
      @Nullable Exploration exploration,
      @Nullable ParameterNoise perturbation) {
    this.values = values;
    this.actionSpace = actionSpace;
    this.noisy = noisy;
    this.exploration = exploration;
    this.perturbation = perturbation;
    if (values.width() != actionSpace.n()) {
      throw new IllegalArgumentException(
          "actions of %s need a network with %d outputs, had %d"
              .formatted(actionSpace, actionSpace.n(), values.width()));
    }
  }

  /**
   * A policy that does not explore.
   *
   * @throws IllegalArgumentException if the values are not one per action
   */
  public static ValuePolicy greedy(NetworkValues values, Discrete actionSpace) {
    return new ValuePolicy(values, actionSpace, false, null, null);
  }

  /**
   * A policy that explores.
   *
   * @param values one per action
   * @param epsilon the probability of exploring, in [0, 1]
   * @param learningStarts the number of steps before which the probability is 1, at least 0
   * @param progress how far the run is
   * @throws IllegalArgumentException if ε is out of range, or the values are not one per action
   */
  public static ValuePolicy epsilonGreedy(
      NetworkValues values,
      Discrete actionSpace,
      Schedule epsilon,
      long learningStarts,
      Progress progress) {
    Require.unit("epsilon", epsilon);
    return new ValuePolicy(
        values, actionSpace, false, new Exploration(epsilon, learningStarts, progress), null);
  }

  /** The same with noise of noisy layers, drawn for each action that is not one of exploration. */
  public ValuePolicy noisy() {
    return new ValuePolicy(values, actionSpace, true, exploration, null);
  }

  /** The same with noise of parameters instead of random actions, once learning has started. */
  ValuePolicy perturbed(ParameterNoise by) {
    return new ValuePolicy(values, actionSpace, false, exploration, by);
  }

  /** The probability of exploring now; 0 for a greedy policy. */
  public double epsilon() {
    return exploration == null ? 0 : exploration.now();
  }

  @Override
  public Actor actor(int rows, RandomStreams random) {
    return exploration == null
        ? new NetworkActor(values.encoder(), values.network(), reader(), mode(), rows, random)
        : new ExploringActor(this, exploration.again(), rows, random);
  }

  private ActionHead reader() {
    return ActionHead.create(actionSpace, new float[0], 1);
  }

  private NetworkActor.Mode mode() {
    return noisy ? NetworkActor.Mode.NOISY : NetworkActor.Mode.LIKELIEST;
  }

  @Override
  public ValuePolicy snapshot() {
    return new ValuePolicy(
        values.snapshot(),
        actionSpace,
        noisy,
        exploration == null ? null : exploration.frozen(perturbation != null),
        perturbation == null ? null : perturbation.copy());
  }

  @Override
  public Dict extras() {
    return exploration == null ? Dict.EMPTY : NetworkActor.extras(values.network(), Dict.EMPTY);
  }

  /** The greedy policy of these values, without noise. */
  @Override
  public NetworkPolicy portable() {
    return new NetworkPolicy(values.encoder().space(), actionSpace, values.network().copy());
  }

  /** The probability of exploring along a run. */
  private static final class Exploration {
    private final Progress progress;
    private final Schedule schedule;
    private final long start;
    private final Scheduled scheduled;

    Exploration(Schedule schedule, long start, Progress progress) {
      this.schedule = schedule;
      this.start = start;
      this.progress = progress;
      this.scheduled = new Scheduled(schedule, progress);
    }

    double now() {
      return progress.steps() < start ? 1 : scheduled.now();
    }

    /** The probability of a random action, if parameters are perturbed afterwards. */
    double untilLearning() {
      return progress.steps() < start ? 1 : 0;
    }

    /** Returns a copy for another thread. */
    Exploration again() {
      return new Exploration(schedule, start, progress);
    }

    /** As it is now, for ever. */
    Exploration frozen(boolean perturbed) {
      long until = perturbed && progress.steps() < start ? Long.MAX_VALUE : 0;
      return new Exploration(Schedule.constant(again().now()), until, progress);
    }
  }

  private static final class ExploringActor extends NetworkActor {
    private final RandomStreams random;

    /** Whether the network must see what rows show that explore, too. */
    private final boolean remembers;

    private final int actions;
    private final int start;
    private final Exploration epsilon;
    private final boolean perturbed;

    /** The rows that don't explore. */
    private final Rows greedy;

    ExploringActor(ValuePolicy policy, Exploration epsilon, int rows, RandomStreams random) {
      super(
          policy.values.encoder(),
          policy.values.network(),
          policy.reader(),
          policy.mode(),
          policy.perturbation,
          rows,
          random);
      this.random = random;
      this.remembers = policy.values.network().stateSize() > 0;
      this.actions = policy.actionSpace.n();
      this.start = policy.actionSpace.start();
      this.epsilon = epsilon;
      this.perturbed = policy.perturbation != null;
      this.greedy = new Rows(rows);
    }

    @Override
    public void act(Rows rows, Observations observations, Actions into) {
      double probability = perturbed ? epsilon.untilLearning() : epsilon.now();
      if (remembers) {
        super.act(rows, observations, into);
      }
      greedy.clear();
      for (int i = 0; i < rows.count(); i++) {
        int row = rows.at(i);
        RandomStream stream = random.row(row);
        if (stream.random() < probability) {
          into.values().ints()[row] = start + uniform(observations, row, stream);
        } else {
          greedy.add(row);
        }
      }
      if (!remembers) {
        super.act(greedy, observations, into);
      }
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
        throw new IllegalStateException(
            "the mask of row " + row + " allows no action; it must allow at least one");
      }
      int left = stream.integers(allowed);
      int action = 0;
      while (!observations.allows(row, action) || left-- > 0) {
        action++;
      }
      return action;
    }
  }
}
