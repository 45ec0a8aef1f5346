package org.bellmanrl.api.registry;

import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Supplier;

/**
 * An entry of something that is made for a context.
 *
 * @param <X> the context
 * @param <T> what is made
 */
abstract sealed class ContextEntry<X, T> extends Entry
    permits LearnerEntry, ListenerEntry, PolicyEntry, ValueFunctionEntry {
  private final BiFunction<? super X, Record, ? extends T> maker;

  ContextEntry(
      String kind,
      String id,
      String description,
      Supplier<? extends Record> defaults,
      BiFunction<? super X, Record, ? extends T> maker) {
    super(kind, id, description, defaults);
    this.maker = maker;
  }

  /** Lets a maker take any record: the schema makes records of one class only. */
  @SuppressWarnings("unchecked")
  static <X, C extends Record, T> BiFunction<? super X, Record, ? extends T> erased(
      BiFunction<? super X, ? super C, ? extends T> maker) {
    return (BiFunction<? super X, Record, ? extends T>) maker;
  }

  /**
   * Makes one from options that are a record of the class of the entry's defaults.
   *
   * @throws ClassCastException if they are another record
   * @throws IllegalArgumentException if it does not suit the context; the message says why
   */
  public T create(X context, Record options) {
    return made(() -> maker.apply(context, options));
  }

  /**
   * Makes one from options by name, as a command line or a file has them.
   *
   * @throws IllegalArgumentException if an option is unknown or out of range, or if it does not
   *     suit the context
   */
  public T create(X context, Map<String, ?> options) {
    return create(context, parse(options));
  }
}
