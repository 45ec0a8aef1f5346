package org.bellmanrl.api.registry;

import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.bellmanrl.api.Environment;
import org.bellmanrl.api.VectorEnvironment;

/**
 * Environments that cannot be listed one by one, because their names are known elsewhere: in
 * another program's registry, for instance. Their ids are the family's id, a slash and the name,
 * which may itself have slashes: {@code gym/ALE/Pong-v5}.
 *
 * <p>{@link Registry#get} answers for such an id with the entry that {@link #member} makes, unless
 * an environment with this very id is listed. Whether there is an environment of that name is seen
 * when it is created.
 */
public final class EnvironmentFamily extends Entry {
  private static final Pattern NAME =
      Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.:-]*(?:/[A-Za-z0-9][A-Za-z0-9_.:-]*)*");

  private static final int MAX_LENGTH = 100;

  private final Maker<Record> maker;
  private final Batch<Record> batch;

  /**
   * Makes an environment of a family.
   *
   * @param <C> the options
   */
  @FunctionalInterface
  public interface Maker<C extends Record> {

    /**
     * Makes an environment.
     *
     * @param name its id without the family's
     * @throws IllegalArgumentException if there is none of that name
     */
    Environment create(String name, C options);
  }

  /**
   * Makes the batched form of an environment of a family.
   *
   * @param <C> the options
   */
  @FunctionalInterface
  public interface Batch<C extends Record> {

    /**
     * Makes environments that are stepped together.
     *
     * @param name their id without the family's
     * @param rows number of rows, at least 1
     * @throws IllegalArgumentException if there is none of that name
     */
    VectorEnvironment create(String name, C options, int rows);
  }

  private EnvironmentFamily(
      String id,
      String description,
      Supplier<? extends Record> defaults,
      Maker<Record> maker,
      Batch<Record> batch) {
    super("environment family", id, description, defaults);
    this.maker = maker;
    this.batch = batch;
  }

  /**
   * Makes a family.
   *
   * @param id what all ids begin with, before the first slash
   * @param description what its environments are, in one line for listings
   * @param defaults gives the record that holds the default of every option
   * @param maker makes an environment
   * @param batch makes several that are stepped together
   */
  @SuppressWarnings("unchecked") // the schema makes records of this class only
  public static <C extends Record> EnvironmentFamily of(
      String id, String description, Supplier<C> defaults, Maker<C> maker, Batch<C> batch) {
    return new EnvironmentFamily(
        id, description, defaults, (Maker<Record>) maker, (Batch<Record>) batch);
  }

  /**
   * Returns the entry of an environment.
   *
   * @param name its id without the family's: letters, digits and {@code _ . : -}, in parts that
   *     slashes separate
   * @throws IllegalArgumentException if the name is not of that form
   */
  public EnvironmentEntry member(String name) {
    if (name.length() > MAX_LENGTH || !NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "what follows "
              + id()
              + "/ in an id must be letters, digits and _ . : - in parts that slashes separate, at"
              + " most "
              + MAX_LENGTH
              + " characters, was '"
              + name
              + "'");
    }
    EnvironmentEntry entry =
        EnvironmentEntry.of(
            id() + "/" + name,
            description(),
            defaults(),
            options -> maker.create(name, options),
            (options, rows) -> batch.create(name, options, rows));
    entry.bind(lookup(), origin());
    return entry;
  }
}
