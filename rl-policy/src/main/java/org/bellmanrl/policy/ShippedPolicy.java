package org.bellmanrl.policy;

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
 * own. Acting allocates nothing, but for the models of other programs.
 */
public final class ShippedPolicy implements Policy {
  private final EnvironmentSpec spec;
  private final Policy policy;
  private final Map<String, String> about;
  private final String card;

  /**
   * A policy to be shipped.
   *
   * @param task what it is for: its name, its spaces, and whether it has a mask
   * @param policy what it does; a snapshot of it is taken
   * @param about what is known of it, by name, in this order
   * @param card the same and more for people to read, as Markdown
   * @throws IllegalArgumentException if the policy is written for other spaces, or its actions
   *     can't be masked
   */
  public ShippedPolicy(
      EnvironmentSpec task, Policy policy, Map<String, String> about, String card) {
    EnvironmentSpec bare =
        EnvironmentSpec.of(task.name(), task.observationSpace(), task.actionSpace());
    this.spec = task.masked() ? bare.withMask() : bare;
    this.policy = policy.snapshot();
    this.about = Collections.unmodifiableMap(new LinkedHashMap<>(about));
    this.card = card;
    if (policy instanceof WritablePolicy writable) {
      checkFit(writable, spec);
    }
    if (spec.masked() && policy instanceof TablePolicy && !(actionSpace() instanceof Discrete)) {
      throw new IllegalArgumentException(
          "a table can be masked for Discrete actions alone, not for " + actionSpace());
    }
  }

  private static void checkFit(WritablePolicy policy, EnvironmentSpec task) {
    if (!policy.observationSpace().equals(task.observationSpace())
        || !policy.actionSpace().equals(task.actionSpace())) {
      throw new IllegalArgumentException(
          "the policy takes %s and gives %s, but %s has observations of %s and actions of %s"
              .formatted(
                  policy.observationSpace(),
                  policy.actionSpace(),
                  task.name(),
                  task.observationSpace(),
                  task.actionSpace()));
    }
  }

  /** What it is for: the spaces, and whether there is a mask. */
  public EnvironmentSpec spec() {
    return spec;
  }

  /** The space of observations, as the task shows them. */
  public Space observationSpace() {
    return spec.observationSpace();
  }

  /** The space of actions, as the task takes them. */
  public Space actionSpace() {
    return spec.actionSpace();
  }

  /** What is known of it, by name: learner, environment, seeds, results, versions. */
  public Map<String, String> about() {
    return about;
  }

  /** The model card, as Markdown. */
  public String card() {
    return card;
  }

  /** What decides: a table, a network, or a model of another program. It must not be changed. */
  public Policy policy() {
    return policy;
  }

  /** Zeroed observations of so many rows, for an actor to look at. */
  public Observations observations(int rows) {
    return new Observations(spec, rows);
  }

  /** Zeroed actions of so many rows, for an actor to write. */
  public Actions actions(int rows) {
    return new Actions(actionSpace(), Dict.EMPTY, rows);
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
