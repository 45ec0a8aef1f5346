package org.bellmanrl.api.registry;

import java.util.function.BiFunction;
import java.util.function.Supplier;
import org.bellmanrl.api.Accepts;
import org.bellmanrl.api.Learner;
import org.bellmanrl.api.LearnerContext;

/** A learner that has an id. */
public final class LearnerEntry extends ContextEntry<LearnerContext, Learner> {
  private final Accepts accepts;
  private final boolean needsNetworks;

  private LearnerEntry(
      String id,
      String description,
      Accepts accepts,
      boolean needsNetworks,
      Supplier<? extends Record> defaults,
      BiFunction<? super LearnerContext, Record, ? extends Learner> maker) {
    super("learner", id, description, defaults, maker);
    this.accepts = accepts;
    this.needsNetworks = needsNetworks;
  }

  /**
   * Makes an entry.
   *
   * @param id the id: {@code kebab-case}, behind {@code namespace/} in a plugin
   * @param description what it is, in one line for listings
   * @param accepts which spaces it can take
   * @param defaults gives the record that holds the default of every hyperparameter
   * @param maker makes a learner for a context
   */
  public static <C extends Record> LearnerEntry of(
      String id,
      String description,
      Accepts accepts,
      Supplier<C> defaults,
      BiFunction<? super LearnerContext, ? super C, ? extends Learner> maker) {
    return new LearnerEntry(id, description, accepts, false, defaults, erased(maker));
  }

  /**
   * Makes an entry of a learner that computes with neural networks, so that a launcher starts the
   * JVM with the Vector API, which makes networks several times faster. The parameters are those of
   * {@link #of}.
   */
  public static <C extends Record> LearnerEntry ofNetworks(
      String id,
      String description,
      Accepts accepts,
      Supplier<C> defaults,
      BiFunction<? super LearnerContext, ? super C, ? extends Learner> maker) {
    return new LearnerEntry(id, description, accepts, true, defaults, erased(maker));
  }

  @Override
  public Learner create(LearnerContext context, Record options) {
    Learner learner = super.create(context, options);
    answered(learner.policy(), "policy()");
    answered(learner.behaviour(), "behaviour()");
    answered(learner.values(), "values()");
    return learner;
  }

  /** Returns which spaces it can take. */
  public Accepts accepts() {
    return accepts;
  }

  /** Returns whether it computes with neural networks. */
  public boolean needsNetworks() {
    return needsNetworks;
  }
}
