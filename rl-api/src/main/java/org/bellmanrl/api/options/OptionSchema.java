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
   *     options have the same name, or {@code lookup} cannot see the record (an alias that clashes
   *     is found when aliases are first needed)
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
        Option option = option(lookup, type, components[i], i);
        options.add(option);
        claim(byName, option.name(), option, type);
      }
      MethodHandle constructor =
          lookup.findConstructor(type, MethodType.methodType(void.class, types));
      return new OptionSchema<>(defaults, type, constructor, List.copyOf(options), byName);
    } catch (NoSuchMethodException | IllegalAccessException e) {
      throw new IllegalArgumentException(
          "the lookup of "
              + lookup.lookupClass().getName()
              + " does not see the constructor and accessors of record "
              + type.getName()
              + ": pass MethodHandles.lookup() of a class beside the record (a catalogue returns it"
              + " from its method lookup())",
          e);
    }
  }

  /** Returns the schema of something that has no options. */
  public static OptionSchema<NoOptions> none() {
    return of(MethodHandles.lookup(), new NoOptions());
  }

  private static Option option(
      MethodHandles.Lookup lookup, Class<?> type, RecordComponent component, int index)
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
    return new Option(
        snakeCase(component.getName()),
        index,
        valueType,
        component,
        lookup.unreflect(component.getAccessor()));
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
      arguments[option.index()] = get(option.accessor(), defaults);
    }
    String[] givenAs = new String[options.size()];
    for (Map.Entry<String, ?> entry : values.entrySet()) {
      String name = entry.getKey();
      Option option = find(name);
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
      arguments[option.index()] = option.read(entry.getValue(), get(option.accessor(), defaults));
    }
    try {
      return type.cast(constructor.invokeWithArguments(arguments));
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new AssertionError("a record's canonical constructor declares no exceptions", e);
    }
  }

  private Option find(String name) {
    Option option = byName.get(snakeCase(name));
    if (option != null) {
      return option;
    }
    // Only now, because the first annotation that a run reads takes the JDK tens of milliseconds.
    Map<String, Option> all = withAliases();
    Option aliased = all.get(snakeCase(name));
    if (aliased != null) {
      return aliased;
    }
    List<String> near = NearMatches.closest(name, all.keySet(), NEAR);
    throw new OptionException(
        "unknown option '"
            + name
            + "'"
            + (near.isEmpty() ? "" : ", did you mean '" + String.join("' or '", near) + "'?")
            + (options.isEmpty()
                ? "; there are no options"
                : "; there are: " + String.join(", ", byName.keySet())));
  }

  private Map<String, Option> withAliases() {
    Map<String, Option> all = new LinkedHashMap<>(byName);
    for (Option option : options) {
      Described described = option.component().getAnnotation(Described.class);
      if (described != null) {
        for (String alias : described.aliases()) {
          claim(all, alias, option, type);
        }
      }
    }
    return all;
  }

  /** Describes the options, in the order of the record's components. */
  public List<OptionDescription> descriptions() {
    List<OptionDescription> descriptions = new ArrayList<>();
    for (Option option : options) {
      Described described = option.component().getAnnotation(Described.class);
      descriptions.add(
          new OptionDescription(
              option.name(),
              option.type().name(),
              option.text(get(option.accessor(), defaults)),
              described == null ? "" : described.value(),
              described == null ? "" : described.range(),
              described == null ? List.of() : List.of(described.aliases())));
    }
    return List.copyOf(descriptions);
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

  /**
   * Reads a component.
   *
   * <p>Adapting each accessor to one common type would be shorter, but the JDK generates a class
   * for every such adapter, which cost some ten milliseconds per schema at start-up. Bound to the
   * record, accessors of primitives can be called as they are, and the others differ from Object by
   * a view.
   */
  private static @Nullable Object get(MethodHandle accessor, Record record) {
    MethodHandle bound = accessor.bindTo(record);
    Class<?> type = bound.type().returnType();
    try {
      if (type == int.class) {
        return (int) bound.invokeExact();
      } else if (type == long.class) {
        return (long) bound.invokeExact();
      } else if (type == double.class) {
        return (double) bound.invokeExact();
      } else if (type == float.class) {
        return (float) bound.invokeExact();
      } else if (type == boolean.class) {
        return (boolean) bound.invokeExact();
      }
      return (Object) bound.asType(MethodType.methodType(Object.class)).invokeExact();
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
      String name, int index, ValueType type, RecordComponent component, MethodHandle accessor) {
    private static final int SHOWN = 80;

    @Nullable Object read(@Nullable Object value, @Nullable Object defaultValue) {
      boolean none = value == null || (value instanceof String text && Literals.isNone(text));
      if (none && type.isOptional()) {
        return Optional.empty();
      }
      if (none && defaultValue == null) {
        return null;
      }
      try {
        if (value == null) {
          throw new Mismatch();
        }
        return type.read(value);
      } catch (Mismatch e) {
        String example = text(defaultValue);
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
                + (Literals.isNone(example) ? type.example() : example));
      }
    }

    private String text(@Nullable Object value) {
      return value == null ? "None" : type.text(value);
    }

    private static String shown(@Nullable Object value) {
      if (value == null) {
        return "None";
      }
      String text = value instanceof String s ? "'" + s + "'" : value.toString();
      return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "…";
    }
  }
}
