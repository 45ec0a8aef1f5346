package org.bellmanrl.api.registry;

import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import org.bellmanrl.api.EnvironmentSpec;
import org.bellmanrl.api.ValueFunction;

/** A value function that has an id. */
public final class ValueFunctionEntry extends ContextEntry<EnvironmentSpec, ValueFunction> {
  private ValueFunctionEntry(
      String id,
      String description,
      Supplier<? extends Record> defaults,
      BiFunction<? super EnvironmentSpec, Record, ? extends ValueFunction> maker) {
    super("value function", id, description, defaults, maker);
  }

  /**
   * Makes an entry of a value function without options.
   *
   * @param id the id: {@code kebab-case}, behind {@code namespace/} in a plugin
   * @param description what it is, in one line for listings
   * @param maker makes a value function for a task
   */
  public static ValueFunctionEntry of(
      String id,
      String description,
      Function<? super EnvironmentSpec, ? extends ValueFunction> maker) {
    return new ValueFunctionEntry(
        id, description, NO_OPTIONS, (spec, options) -> maker.apply(spec));
  }

  /**
   * Makes an entry.
   *
   * @param id the id: {@code kebab-case}, behind {@code namespace/} in a plugin
   * @param description what it is, in one line for listings
   * @param defaults gives the record that holds the default of every option
   * @param maker makes a value function for a task, such as an empty table
   */
  public static <C extends Record> ValueFunctionEntry of(
      String id,
      String description,
      Supplier<C> defaults,
      BiFunction<? super EnvironmentSpec, ? super C, ? extends ValueFunction> maker) {
    return new ValueFunctionEntry(id, description, defaults, erased(maker));
  }
}
