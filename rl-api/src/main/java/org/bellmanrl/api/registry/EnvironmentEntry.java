package org.bellmanrl.api.registry;

import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import org.bellmanrl.api.Environment;
import org.bellmanrl.api.VectorEnvironment;
import org.bellmanrl.api.options.Require;
import org.jspecify.annotations.Nullable;

/** An environment that has an id, alone or as many that are stepped together. */
public final class EnvironmentEntry extends Entry {
  private final Function<Record, ? extends Environment> maker;
  private final @Nullable Batch<Record> batch;

  /**
   * Makes the batched form of an environment.
   *
   * @param <C> the options
   */
  @FunctionalInterface
  public interface Batch<C extends Record> {

    /**
     * Makes environments that are stepped together, equal to single ones to the bit.
     *
     * @param rows number of rows, at least 1
     */
    VectorEnvironment create(C options, int rows);
  }

  private EnvironmentEntry(
      String id,
      String description,
      Supplier<? extends Record> defaults,
      Function<Record, ? extends Environment> maker,
      @Nullable Batch<Record> batch) {
    super("environment", id, description, defaults);
    this.maker = maker;
    this.batch = batch;
  }

  /**
   * Makes an entry of an environment without options.
   *
   * @param id the id: {@code Name-vN}, behind {@code namespace/} in a plugin
   * @param description what it is, in one line for listings
   * @param maker makes an environment
   */
  public static EnvironmentEntry of(
      String id, String description, Supplier<? extends Environment> maker) {
    return new EnvironmentEntry(id, description, NO_OPTIONS, options -> maker.get(), null);
  }

  /**
   * Makes an entry of an environment whose rows are stepped one after the other.
   *
   * @param id the id: {@code Name-vN}, behind {@code namespace/} in a plugin
   * @param description what it is, in one line for listings
   * @param defaults gives the record that holds the default of every option
   * @param maker makes an environment
   */
  @SuppressWarnings("unchecked") // the schema makes records of this class only
  public static <C extends Record> EnvironmentEntry of(
      String id,
      String description,
      Supplier<C> defaults,
      Function<? super C, ? extends Environment> maker) {
    return new EnvironmentEntry(
        id, description, defaults, (Function<Record, ? extends Environment>) maker, null);
  }

  /**
   * Makes an entry of an environment that also has a batched form. The parameters are those of
   * {@link #of(String, String, Supplier, Function)}, and what makes the batched form.
   */
  @SuppressWarnings("unchecked") // the schema makes records of this class only
  public static <C extends Record> EnvironmentEntry of(
      String id,
      String description,
      Supplier<C> defaults,
      Function<? super C, ? extends Environment> maker,
      Batch<C> batch) {
    return new EnvironmentEntry(
        id,
        description,
        defaults,
        (Function<Record, ? extends Environment>) maker,
        (Batch<Record>) batch);
  }

  /** Returns whether there is a batched form. */
  public boolean batched() {
    return batch != null;
  }

  /**
   * Makes an environment from options that are a record of the class of the entry's defaults.
   *
   * @throws ClassCastException if they are another record
   * @throws IllegalArgumentException if the options contradict each other; the message says how
   */
  public Environment create(Record options) {
    Environment environment = made(() -> maker.apply(options));
    answered(environment.spec(), "spec()");
    return environment;
  }

  /**
   * Makes an environment from options by name, as a command line or a file has them.
   *
   * @throws IllegalArgumentException if an option is unknown or out of range
   */
  public Environment create(Map<String, ?> options) {
    return create(parse(options));
  }

  /**
   * Makes environments that are stepped together, in the batched form where there is one.
   *
   * @param rows number of rows, at least 1
   * @throws IllegalArgumentException if the options contradict each other, or {@code rows} is less
   *     than 1
   */
  public VectorEnvironment create(Record options, int rows) {
    Require.atLeast("rows", rows, 1);
    if (batch != null && rows > 1) {
      Batch<Record> maker = batch;
      VectorEnvironment environments = made(() -> maker.create(options, rows));
      answered(environments.spec(), "spec()");
      return environments;
    }
    Environment[] environments = new Environment[rows];
    try {
      for (int row = 0; row < rows; row++) {
        environments[row] = create(options);
      }
      return VectorEnvironment.of(environments);
    } catch (Throwable e) {
      for (Environment environment : environments) {
        if (environment != null) {
          environment.close();
        }
      }
      throw e;
    }
  }

  /**
   * Makes environments that are stepped together from options by name.
   *
   * @throws IllegalArgumentException if an option is unknown or out of range
   */
  public VectorEnvironment create(Map<String, ?> options, int rows) {
    return create(parse(options), rows);
  }
}
