package org.bellmanrl.api.registry;

import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import org.bellmanrl.api.EnvironmentSpec;
import org.bellmanrl.api.Policy;

/** A policy that has an id. Such a policy needs no learning: it is random, constant or scripted. */
public final class PolicyEntry extends ContextEntry<EnvironmentSpec, Policy> {
  private PolicyEntry(
      String id,
      String description,
      Supplier<? extends Record> defaults,
      BiFunction<? super EnvironmentSpec, Record, ? extends Policy> maker) {
    super("policy", id, description, defaults, maker);
  }

  /**
   * Makes an entry of a policy without options.
   *
   * @param id the id: {@code kebab-case}, behind {@code namespace/} in a plugin
   * @param description what it is, in one line for listings
   * @param maker makes a policy for a task, or throws an IllegalArgumentException that says which
   *     tasks suit it
   */
  public static PolicyEntry of(
      String id, String description, Function<? super EnvironmentSpec, ? extends Policy> maker) {
    return new PolicyEntry(id, description, NO_OPTIONS, (spec, options) -> maker.apply(spec));
  }

  /**
   * Makes an entry.
   *
   * @param id the id: {@code kebab-case}, behind {@code namespace/} in a plugin
   * @param description what it is, in one line for listings
   * @param defaults gives the record that holds the default of every option
   * @param maker makes a policy for a task, or throws an IllegalArgumentException that says which
   *     tasks suit it
   */
  public static <C extends Record> PolicyEntry of(
      String id,
      String description,
      Supplier<C> defaults,
      BiFunction<? super EnvironmentSpec, ? super C, ? extends Policy> maker) {
    return new PolicyEntry(id, description, defaults, erased(maker));
  }
}
