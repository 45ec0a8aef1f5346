package org.bellmanrl.api.options;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The options of something configurable, read off a record: its components are the options, its
 * compact constructor checks the values, and one instance holds the defaults.
 *
 * <pre>{@code
 * record Config(@Described("move sideways two times in three") boolean isSlippery) {}
 *
 * static final OptionSchema<Config> OPTIONS =
 *     OptionSchema.of(MethodHandles.lookup(), new Config(true));
 *
 * Config config = OPTIONS.parse(Map.of("is_slippery", "False"));
 * }</pre>
 *
 * <p>An option's name is the component's in snake_case. Its type is {@code int}, {@code long},
 * {@code double}, {@code float}, {@code boolean} or the class of one of them; {@link String}; an
 * enum (its constants' names in any case, with hyphens or underscores); any other type that has
 * {@code static T parse(String)} and a {@code toString} which {@code parse} reads back; a {@link
 * List} or an {@link Optional} of these. {@code None} and {@code null} are accepted where the
 * component is an {@code Optional} or its default is null.
 *
 * <p>Values may be text, written as in Python, JSON or by hand ({@code False}, {@code 1e-3}, {@code
 * 1/3}, {@code inf}, {@code 1_000}, {@code (1, 0, 0)}, {@code ["SF", "FG"]}, {@code 64,64}), or
 * come typed from a file ({@link Boolean}, {@link Number}, {@link List}, {@link String}, null).
 * Text in quotes stands for what is inside them.
 *
 * <p>Immutable and thread-safe.
 *
 * @param <R> the record
 */
public final class OptionSchema<R extends Record> {
  private static final int NEAR = 3;

  private final R defaults;
  private final Class<R> type;
  private final MethodHandle constructor;
  private final List<Option> options;
  private final Map<String, Option> byName;

  private OptionSchema(
      R defaults,
      Class<R> type,
      MethodHandle constructor,
      List<Option> options,
      Map<String, Option> byName) {
    this.defaults = defaults;
    this.type = type;
    this.constructor = constructor;
    this.options = options;
    this.byName = byName;
  }

  /**
   * Reads the options off a record.
   *
   * @param lookup {@link MethodHandles#lookup()} of a class that can see the record's constructor;
   *     so the record itself need be neither public nor exported
   * @param defaults holds the default of every option
   * @throws IllegalArgumentException if a component has a type that an option cannot have, two
   *     options have the same name, or {@code lookup} cannot see the record
   */
  public static <R extends Record> OptionSchema<R> of(MethodHandles.Lookup lookup, R defaults) {
    // A record class is final, so that the class of an R that is a record is R.
    @SuppressWarnings("unchecked")
    Class<R> type = (Class<R>) defaults.getClass();
    RecordComponent[] components = Objects.requireNonNull(type.getRecordComponents());
    Class<?>[] types = new Class<?>[components.length];
    List<Option> options = new ArrayList<>();
    Map<String, Option> byName = new LinkedHashMap<>();
    try {
      for (int i = 0; i < components.length; i++) {
        types[i] = components[i].getType();
        Option option = option(lookup, type, components[i], defaults, i);
        options.add(option);
        claim(byName, option.name(), option, type);
        for (String alias : option.aliases()) {
          claim(byName, alias, option, type);
        }
      }
      MethodHandle constructor =
          lookup
              .findConstructor(type, MethodType.methodType(void.class, types))
              .asSpreader(Object[].class, types.length)
              .asType(MethodType.methodType(Object.class, Object[].class));
      return new OptionSchema<>(defaults, type, constructor, List.copyOf(options), byName);
    } catch (NoSuchMethodException | IllegalAccessException e) {
      throw new IllegalArgumentException(
          "the lookup of "
              + lookup.lookupClass().getName()
              + " does not see the constructor and accessors of record "
              + type.getName()
              + ": pass MethodHandles.lookup() of a class beside the record",
          e);
    }
  }

  /** Returns the schema of something that has no options. */
  public static OptionSchema<NoOptions> none() {
    return of(MethodHandles.lookup(), new NoOptions());
  }

  private static Option option(
      MethodHandles.Lookup lookup,
      Class<?> type,
      RecordComponent component,
      Record defaults,
      int index)
      throws IllegalAccessException {
    ValueType valueType = ValueType.of(lookup, component.getGenericType());
    if (valueType == null) {
      throw new IllegalArgumentException(
          "component '"
              + component.getName()
              + "' of "
              + type.getName()
              + " has type "
              + component.getGenericType().getTypeName()
              + ", expected int, long, double, float, boolean, String, an enum, a type with"
              + " static parse(String), or a List or Optional of these");
    }
    MethodHandle accessor =
        lookup
            .unreflect(component.getAccessor())
            .asType(MethodType.methodType(Object.class, Record.class));
    Described described = component.getAnnotation(Described.class);
    return new Option(
        snakeCase(component.getName()),
        index,
        valueType,
        accessor,
        get(accessor, defaults),
        described == null ? "" : described.value(),
        described == null ? "" : described.range(),
        described == null ? List.of() : List.of(described.aliases()));
  }

  private static void claim(Map<String, Option> byName, String name, Option option, Class<?> type) {
    if (byName.putIfAbsent(snakeCase(name), option) != null) {
      throw new IllegalArgumentException(
          "two options of " + type.getName() + " have the name '" + name + "'");
    }
  }

  /** Returns the record that holds the defaults. */
  public R defaults() {
    return defaults;
  }

  /**
   * Makes a record from the defaults and the values given.
   *
   * @param values the values that differ from the defaults, by name; a name may also be written
   *     with hyphens, or be an alias
   * @throws OptionException if there is no such option, or its value is of another type
   * @throws IllegalArgumentException the record's own, if it refuses the values
   */
  public R parse(Map<String, ?> values) {
    @Nullable Object[] arguments = new @Nullable Object[options.size()];
    for (Option option : options) {
      arguments[option.index()] = option.defaultValue();
    }
    String[] givenAs = new String[options.size()];
    for (Map.Entry<String, ?> entry : values.entrySet()) {
      String name = entry.getKey();
      Option option = byName.get(snakeCase(name));
      if (option == null) {
        throw unknown(name);
      }
      if (givenAs[option.index()] != null) {
        throw new OptionException(
            "option '"
                + option.name()
                + "' is given twice, as '"
                + givenAs[option.index()]
                + "' and as '"
                + name
                + "'");
      }
      givenAs[option.index()] = name;
      arguments[option.index()] = option.read(entry.getValue());
    }
    try {
      return type.cast((Object) constructor.invokeExact(arguments));
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new AssertionError("a record's canonical constructor declares no exceptions", e);
    }
  }

  private OptionException unknown(String name) {
    List<String> names = options.stream().map(Option::name).toList();
    List<String> near = NearMatches.closest(name, byName.keySet(), NEAR);
    return new OptionException(
        "unknown option '"
            + name
            + "'"
            + (near.isEmpty() ? "" : ", did you mean '" + String.join("' or '", near) + "'?")
            + (names.isEmpty()
                ? "; there are no options"
                : "; there are: " + String.join(", ", names)));
  }

  /** Describes the options, in the order of the record's components. */
  public List<OptionDescription> descriptions() {
    return options.stream().map(Option::description).toList();
  }

  /**
   * Writes out a record, so that {@link #parse} gives back an equal one.
   *
   * @return by name and in the order of the components: {@link Boolean}, {@link Integer}, {@link
   *     Long}, finite {@link Double}, {@link String}, {@link List} of these, or null; immutable
   */
  public Map<String, @Nullable Object> values(R record) {
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    for (Option option : options) {
      Object value = get(option.accessor(), record);
      values.put(option.name(), value == null ? null : option.type().plain(value));
    }
    return Collections.unmodifiableMap(values);
  }

  private static @Nullable Object get(MethodHandle accessor, Record record) {
    try {
      return (Object) accessor.invokeExact(record);
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new AssertionError("a record's accessor declares no exceptions", e);
    }
  }

  /** Turns isSlippery, is-slippery and is_slippery into is_slippery. */
  static String snakeCase(String name) {
    StringBuilder snake = new StringBuilder(name.length() + 4);
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (c == '-') {
        snake.append('_');
        continue;
      }
      if (Character.isUpperCase(c) && i > 0) {
        char before = name.charAt(i - 1);
        boolean wordEnds = Character.isLowerCase(before) || Character.isDigit(before);
        boolean acronymEnds =
            Character.isUpperCase(before)
                && i + 1 < name.length()
                && Character.isLowerCase(name.charAt(i + 1));
        if (wordEnds || acronymEnds) {
          snake.append('_');
        }
      }
      snake.append(c);
    }
    return snake.toString().toLowerCase(Locale.ROOT);
  }

  /** One component. */
  private record Option(
      String name,
      int index,
      ValueType type,
      MethodHandle accessor,
      @Nullable Object defaultValue,
      String text,
      String range,
      List<String> aliases) {
    private static final int SHOWN = 80;

    private boolean takesNone() {
      return defaultValue == null || type.isOptional();
    }

    private @Nullable Object none() {
      return type.isOptional() ? Optional.empty() : null;
    }

    @Nullable Object read(@Nullable Object value) {
      boolean none = value == null || (value instanceof String t && Literals.isNone(t));
      if (none && takesNone()) {
        return none();
      }
      try {
        if (value == null) {
          throw new Mismatch();
        }
        return type.read(value);
      } catch (Mismatch e) {
        String example =
            defaultValue == null || isNone(defaultText()) ? type.example() : defaultText();
        throw new OptionException(
            "option '"
                + name
                + "' must be "
                + type.expectation()
                + ", was "
                + shown(value)
                + (e.detail().isEmpty() ? "" : " (" + e.detail() + ")")
                + "; for example "
                + name
                + "="
                + example);
      }
    }

    private static boolean isNone(String text) {
      return Literals.isNone(text);
    }

    private static String shown(@Nullable Object value) {
      if (value == null) {
        return "None";
      }
      String text = value instanceof String s ? "'" + s + "'" : value.toString();
      return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "…";
    }

    private String defaultText() {
      return defaultValue == null ? "None" : type.text(defaultValue);
    }

    OptionDescription description() {
      return new OptionDescription(name, type.name(), defaultText(), text, range, aliases);
    }
  }
}
