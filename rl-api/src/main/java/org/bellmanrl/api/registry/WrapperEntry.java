package org.bellmanrl.api.registry;

import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import org.bellmanrl.api.Wrapper;

/** A wrapper that has an id. */
public final class WrapperEntry extends Entry {
  private final Function<Record, ? extends Wrapper> maker;
  private final String takes;
  private final String gives;
  private final boolean needsNetworks;
  private final boolean changesRewards;

  private WrapperEntry(
      String id,
      String description,
      Supplier<? extends Record> defaults,
      Function<Record, ? extends Wrapper> maker,
      String takes,
      String gives,
      boolean needsNetworks,
      boolean changesRewards) {
    super("wrapper", id, description, defaults);
    this.maker = maker;
    this.takes = takes;
    this.gives = gives;
    this.needsNetworks = needsNetworks;
    this.changesRewards = changesRewards;
  }

  /**
   * Makes an entry of a wrapper that takes any task and keeps its spaces.
   *
   * @param id the id: {@code kebab-case}, behind {@code namespace/} in a plugin
   * @param description what it is, in one line for listings
   * @param defaults gives the record that holds the default of every option
   * @param maker makes a wrapper
   */
  @SuppressWarnings("unchecked") // the schema makes records of this class only
  public static <C extends Record> WrapperEntry of(
      String id,
      String description,
      Supplier<C> defaults,
      Function<? super C, ? extends Wrapper> maker) {
    return new WrapperEntry(
        id,
        description,
        defaults,
        (Function<Record, ? extends Wrapper>) maker,
        "any task",
        "the same spaces",
        false,
        false);
  }

  /**
   * Makes an entry of a record that is itself the wrapper.
   *
   * @param id the id: {@code kebab-case}, behind {@code namespace/} in a plugin
   * @param description what it is, in one line for listings
   * @param defaults gives the wrapper with the default of every option
   */
  public static <W extends Record & Wrapper> WrapperEntry of(
      String id, String description, Supplier<W> defaults) {
    return of(id, description, defaults, Function.<W>identity());
  }

  /** Returns this entry with other words for the tasks that the wrapper can be put around. */
  public WrapperEntry takes(String words) {
    return new WrapperEntry(
        id(), description(), defaults(), maker, words, gives, needsNetworks, changesRewards);
  }

  /** Returns this entry with other words for what becomes of the task. */
  public WrapperEntry gives(String words) {
    return new WrapperEntry(
        id(), description(), defaults(), maker, takes, words, needsNetworks, changesRewards);
  }

  /**
   * Returns this entry for a wrapper that computes with neural networks, so that a launcher starts
   * the JVM with the Vector API, which makes networks several times faster.
   */
  public WrapperEntry ofNetworks() {
    return new WrapperEntry(
        id(), description(), defaults(), maker, takes, gives, true, changesRewards);
  }

  /**
   * Returns this entry for a wrapper whose rewards are not those that the task pays, so that what a
   * learner expects is not compared with the returns of an evaluation. See {@link
   * org.bellmanrl.api.Outcomes#changeReward}.
   */
  public WrapperEntry ofRewards() {
    return new WrapperEntry(
        id(), description(), defaults(), maker, takes, gives, needsNetworks, true);
  }

  /** Returns whether it computes with neural networks. */
  public boolean needsNetworks() {
    return needsNetworks;
  }

  /** Returns whether its rewards are not those that the task pays. */
  public boolean changesRewards() {
    return changesRewards;
  }

  /** Returns which tasks it can be put around, in a few words for listings. */
  public String takes() {
    return takes;
  }

  /** Returns what the task becomes, in a few words for listings. */
  public String gives() {
    return gives;
  }

  /**
   * Makes a wrapper from options that are a record of the class of the entry's defaults.
   *
   * @throws ClassCastException if they are another record
   */
  public Wrapper create(Record options) {
    return made(() -> maker.apply(options));
  }

  /**
   * Makes a wrapper from options by name, as a command line or a file has them.
   *
   * @throws IllegalArgumentException if an option is unknown or out of range
   */
  public Wrapper create(Map<String, ?> options) {
    return create(parse(options));
  }
}
