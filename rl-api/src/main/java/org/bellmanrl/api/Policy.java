package org.bellmanrl.api;

import org.bellmanrl.api.random.RandomStream;
import org.bellmanrl.api.random.RandomStreams;
import org.bellmanrl.api.space.Columns;
import org.bellmanrl.api.space.Dict;
import org.bellmanrl.api.space.Rows;

/**
 * A way of choosing actions: a read view of numbers that a learner may still be changing.
 *
 * <p>A policy holds no scratch space and no stream; its {@link Actor}s do. Neither knows the
 * learner, the environment or whether this is training.
 */
public interface Policy {

  /**
   * Makes an actor that acts in {@code rows} rows.
   *
   * @param rows number of rows, at least 1
   * @param random a stream per row, owned by the actor from now on
   */
  Actor actor(int rows, RandomStreams random);

  /**
   * An immutable copy as of now, which any number of threads may use while learning goes on. Taken
   * between steps.
   */
  Policy snapshot();

  /**
   * Makes something that chooses one action at a time, for programs that run no loop.
   *
   * @param spec the task that the policy is for
   * @param seed seed of the stream that a stochastic policy draws from, at least 0
   */
  default Decider decider(EnvironmentSpec spec, long seed) {
    return new Decider(this, spec, seed);
  }

  /** Makes a decider that draws from a stream of seed 0. */
  default Decider decider(EnvironmentSpec spec) {
    return decider(spec, 0);
  }

  /** The columns that this policy's actors write beside each action; none by default. */
  default Dict extras() {
    return Dict.EMPTY;
  }

  /**
   * A policy over finitely many actions that says how likely each of them is: off-policy methods
   * weigh steps by that, and pages show it.
   */
  interface WithProbabilities extends Policy {

    /**
     * π(a|s): the probability of an action where a row is.
     *
     * @param action its number
     * @return in [0, 1]; 0 for an action that the row's mask forbids
     * @throws IllegalStateException if it does not know them, see {@link #knowsProbabilities}
     */
    double probability(Observations observations, int row, int action);

    /**
     * Whether it does know them; true by default. A class whose objects differ in that, because the
     * actions of some are real numbers or their choices depend on earlier observations, says so
     * here.
     */
    default boolean knowsProbabilities() {
      return true;
    }
  }

  /**
   * A policy for programs that have one observation and want one action.
   *
   * <pre>{@code
   * Decider decider = policy.decider(spec);
   * decider.observation().set(0, cartPosition); // and so on
   * int push = decider.decide().discrete();
   * }</pre>
   *
   * <p>Deciding allocates nothing. Not thread-safe: each thread makes its own; to decide for many
   * rows at once, use {@link Policy#actor}.
   */
  final class Decider {
    private final EnvironmentSpec spec;
    private final Actor actor;
    private final Rows row = Rows.all(1);
    private final Observations observations;
    private final Observation observation;
    private final Actions actions;
    private final Action action;

    Decider(Policy policy, EnvironmentSpec spec, long seed) {
      this.spec = spec;
      this.actor = policy.actor(1, RandomStreams.ofSeeds(seed));
      this.observations = new Observations(spec, 1);
      this.observation = new Observation(observations);
      this.actions = new Actions(spec.actionSpace(), policy.extras(), 1);
      this.action = new Action(actions.values());
      actor.begin(row);
    }

    /** Returns the cursor for the next observation, with its mask if the task has one. */
    public Observation observation() {
      return observation;
    }

    /** Tells the policy that an episode begins, so that it forgets the one before. */
    public void begin() {
      actor.begin(row);
    }

    /**
     * Chooses an action for the observation that was written.
     *
     * @return the action; valid until the next call
     * @throws IllegalArgumentException if the observation is not in its space, or the mask allows
     *     no action
     */
    public Action decide() {
      if (!spec.observationSpace().contains(observations.values(), 0)) {
        throw new IllegalArgumentException(
            "observation must be in %s, was %s"
                .formatted(spec.observationSpace(), observations.values().text(0)));
      }
      if (!observations.allowsAny(0)) {
        throw new IllegalArgumentException(
            "the mask of %s allows no action; write it with observation().allow(action, true)"
                .formatted(spec.name()));
      }
      actor.act(row, observations, actions);
      return action;
    }
  }

  /**
   * Base class for policies that learn nothing and remember nothing: a rule from what is observed
   * to an action. Implementations are immutable and safe for use by several threads.
   */
  abstract class Scripted implements Policy {

    /**
     * Chooses an action in one row.
     *
     * @param observations what the rows show, with their masks
     * @param row the row
     * @param random the row's stream, for rules that draw
     * @param actions takes the action, in the row
     */
    protected abstract void act(
        Observations observations, int row, RandomStream random, Columns actions);

    @Override
    public final Actor actor(int rows, RandomStreams random) {
      return new Actor.Memoryless(rows, random) {
        @Override
        public void act(Rows listed, Observations observations, Actions actions) {
          for (int i = 0; i < listed.count(); i++) {
            int row = listed.at(i);
            Scripted.this.act(observations, row, random.row(row), actions.values());
          }
        }
      };
    }

    /** Returns this policy, which does not change. */
    @Override
    public final Scripted snapshot() {
      return this;
    }
  }
}
