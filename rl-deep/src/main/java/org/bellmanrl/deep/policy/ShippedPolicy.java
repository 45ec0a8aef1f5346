package org.bellmanrl.deep.policy;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.bellmanrl.api.Actions;
import org.bellmanrl.api.Actor;
import org.bellmanrl.api.EnvironmentSpec;
import org.bellmanrl.api.Observations;
import org.bellmanrl.api.Policy;
import org.bellmanrl.api.random.RandomStreams;
import org.bellmanrl.api.space.Dict;
import org.bellmanrl.api.space.Discrete;
import org.bellmanrl.api.space.Space;

/**
 * A learned policy with all that its use needs, as {@link Policies} reads and writes it.
 *
 * <pre>{@code
 * ShippedPolicy policy = Policies.load(Path.of("policy.zip"));   // once, for all threads
 *
 * Actor actor = policy.actor(1, RandomStreams.ofSeeds(0));       // once for each thread
 * Observations seen = policy.observations(1);
 * Actions chosen = policy.actions(1);
 * Rows row = Rows.all(1);
 *
 * seen.values().floats()[0] = …;                                 // as often as need be
 * actor.act(row, seen, chosen);
 * int action = chosen.values().ints()[0];
 * }</pre>
 *
 * <p>Immutable: its numbers are shared by all threads and nobody changes them. What changes, the
 * scratch space and the streams of random numbers, is the actor's, of which each thread has its
 * own. Acting allocates nothing.
 */
public final class ShippedPolicy implements Policy {
  private final String task;
  private final WritablePolicy policy;
  private final boolean masked;
  private final Map<String, String> about;
  private final String card;

  /**
   * A policy to be shipped.
   *
   * @param task what it is for, such as the id of an environment; not blank
   * @param policy what it does; a snapshot of it is taken
   * @param masked whether each observation says which actions are allowed
   * @param about what is known of it, by name, in this order
   * @param card the same and more for people to read, as Markdown
   * @throws IllegalArgumentException if the task is blank or its actions can't be masked
   */
  public ShippedPolicy(
      String task, WritablePolicy policy, boolean masked, Map<String, String> about, String card) {
    this.task = task;
    this.policy = policy.snapshot();
    this.masked = masked;
    this.about = Collections.unmodifiableMap(new LinkedHashMap<>(about));
    this.card = card;
    EnvironmentSpec spec = spec();
    if (masked && policy instanceof TablePolicy && !(policy.actionSpace() instanceof Discrete)) {
      throw new IllegalArgumentException(
          "a table can be masked for Discrete actions alone, not for " + spec.actionSpace());
    }
  }

  /** What it is for: the spaces, and whether there is a mask. */
  public EnvironmentSpec spec() {
    EnvironmentSpec spec =
        EnvironmentSpec.of(task, policy.observationSpace(), policy.actionSpace());
    return masked ? spec.withMask() : spec;
  }

  /** The space of observations, as the task shows them. */
  public Space observationSpace() {
    return policy.observationSpace();
  }

  /** The space of actions, as the task takes them. */
  public Space actionSpace() {
    return policy.actionSpace();
  }

  /** What is known of it, by name: learner, environment, seeds, results, versions. */
  public Map<String, String> about() {
    return about;
  }

  /** The model card, as Markdown. */
  public String card() {
    return card;
  }

  /** Its numbers, and what they mean: a network or a table, which must not be changed. */
  public WritablePolicy numbers() {
    return policy;
  }

  /** Zeroed observations of so many rows, for an actor to look at. */
  public Observations observations(int rows) {
    return new Observations(spec(), rows);
  }

  /** Zeroed actions of so many rows, for an actor to write. */
  public Actions actions(int rows) {
    return new Actions(policy.actionSpace(), Dict.EMPTY, rows);
  }

  @Override
  public Actor actor(int rows, RandomStreams random) {
    return policy.actor(rows, random);
  }

  /** This itself: nothing of it changes. */
  @Override
  public ShippedPolicy snapshot() {
    return this;
  }
}
