package org.bellmanrl.api.registry;

import java.lang.invoke.MethodHandles;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.bellmanrl.api.options.OptionSchema;
import org.jspecify.annotations.Nullable;

/**
 * Something that has an id: what it is, which options it takes and how it is made.
 *
 * <p>An entry is lazy: its options are read from the record when they are first needed. Entries are
 * immutable once they are listed, and thread-safe.
 */
public abstract sealed class Entry
    permits ContextEntry, EnvironmentEntry, EnvironmentFamily, WrapperEntry {
  /** The defaults of what has no options. */
  static final Supplier<Record> NO_OPTIONS = NoOptions::new;

  private final String kind;
  private final String id;
  private final String description;
  private final Supplier<? extends Record> defaults;
  private MethodHandles.Lookup lookup = MethodHandles.publicLookup();
  private String origin = "this program";
  private volatile @Nullable OptionSchema<?> options;

  Entry(String kind, String id, String description, Supplier<? extends Record> defaults) {
    this.kind = kind;
    this.id = id;
    this.description = description;
    this.defaults = defaults;
  }

  /**
   * Returns the id, {@code Name-vN} or {@code kebab-case}, behind {@code namespace/} in a plugin.
   */
  public final String id() {
    return id;
  }

  /** Returns what this is, in one line for listings. */
  public final String description() {
    return description;
  }

  /** Returns the module, jar or plugin that offers this, in words for messages. */
  public final String origin() {
    return origin;
  }

  /**
   * Returns the options and their defaults.
   *
   * @throws IllegalStateException if they cannot be read off the record; the message names the
   *     entry and where it comes from
   */
  public final OptionSchema<?> options() {
    OptionSchema<?> known = options;
    if (known == null) {
      try {
        Record values = Objects.requireNonNull(defaults.get(), "the default options are null");
        // A catalogue sees its own records, but not the one that stands for no options.
        known =
            OptionSchema.of(values instanceof NoOptions ? MethodHandles.lookup() : lookup, values);
      } catch (RuntimeException | LinkageError e) {
        throw new IllegalStateException(
            "the options of the " + this + " cannot be read: " + reason(e), e);
      }
      options = known;
    }
    return known;
  }

  /**
   * Returns the value of every option: those given, and the defaults of the others.
   *
   * @return by name and in order; see {@link OptionSchema#values}
   * @throws IllegalArgumentException if an option is unknown or out of range
   */
  public final Map<String, @Nullable Object> complete(Map<String, ?> values) {
    return complete(options(), values);
  }

  private static <C extends Record> Map<String, @Nullable Object> complete(
      OptionSchema<C> schema, Map<String, ?> values) {
    return schema.values(schema.parse(values));
  }

  final Supplier<? extends Record> defaults() {
    return defaults;
  }

  final MethodHandles.Lookup lookup() {
    return lookup;
  }

  /** Binds this entry to the catalogue that lists it; called once, before it is published. */
  final void bind(MethodHandles.Lookup catalogueLookup, String catalogueOrigin) {
    lookup = catalogueLookup;
    origin = catalogueOrigin;
  }

  /** Makes sure that everything a listing needs is there. */
  final Id check() {
    Objects.requireNonNull(description, "the description of " + id + " is null");
    Objects.requireNonNull(defaults, "the default options of " + id + " are null");
    return Id.parse(Objects.requireNonNull(id, "an id is null"));
  }

  /** Reads options by name. */
  final Record parse(Map<String, ?> values) {
    return options().parse(values);
  }

  /**
   * Makes something.
   *
   * @throws IllegalStateException naming the entry, if the factory returns null
   * @throws IllegalArgumentException if what the options ask for has more elements than an array
   */
  final <T> T made(Supplier<? extends @Nullable T> factory) {
    T thing;
    try {
      thing = factory.get();
    } catch (ArithmeticException e) {
      if (!String.valueOf(e.getMessage()).endsWith("overflow")) {
        throw e;
      }
      throw tooLarge(e);
    } catch (NegativeArraySizeException e) {
      throw tooLarge(e);
    }
    if (thing == null) {
      throw new IllegalStateException("the " + this + " made null instead of an object");
    }
    return thing;
  }

  private static IllegalArgumentException tooLarge(RuntimeException e) {
    return new IllegalArgumentException(
        "what its options ask for would have more than "
            + Integer.MAX_VALUE
            + " elements; make them smaller",
        e);
  }

  /** Refuses null as the answer of a method of something that was made. */
  final void answered(@Nullable Object answer, String method) {
    if (answer == null) {
      throw new IllegalStateException("the " + this + " answers " + method + " with null");
    }
  }

  private record NoOptions() {}

  private static String reason(Throwable e) {
    return e.getMessage() == null ? e.toString() : e.getMessage();
  }

  /** Returns kind, id and origin, for messages. */
  @Override
  public final String toString() {
    return kind + " '" + id + "' (" + origin + ")";
  }
}
