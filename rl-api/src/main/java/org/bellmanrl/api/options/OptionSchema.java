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
import org.bellmanrl.api.internal.NearMatches;
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
 * List} of these, or an {@link Optional} of either. {@code None} and {@code null} are accepted
 * where the component is an {@code Optional} or its default is null.
 *
 * <p>A component of type {@code Map<String, Object>} takes the options that have no component,
 * under the names that they are given by, for something else that knows them. Their text is read as
 * a Python literal: {@code true}, {@code None}, {@code 3} ({@link Long}), {@code 1e-3} ({@link
 * Double}), {@code [1, 2]}; any other text is itself. {@link #descriptions} leaves it out.
 *
 * <p>A component whose type is itself a record contributes that record's components, as if they
 * stood in its place: families of configurations share a record in this way, and users see one flat
 * list of options.
 *
 * <p>Values may be text, written as in Python, JSON or by hand ({@code False}, {@code 1e-3}, {@code
 * 1/3}, {@code inf}, {@code 1_000}, {@code (1, 0, 0)}, {@code ["SF", "FG"]}, {@code 64,64}), or
 * come typed from a file ({@link Boolean}, {@link Number}, {@link List}, {@link String}, null).
 * Text in quotes stands for what is inside them. For a type with {@code parse}, a map of one entry
 * is its text: YAML reads {@code [a: 1, b: [2, 3]]} as a list of two maps, whose texts are {@code
 * a: 1} and {@code b: [2, 3]}.
 *
 * <p>Immutable and thread-safe.
 *
 * @param <R> the record
 */
public final class OptionSchema<R extends Record> {
  private static final int NEAR = 3;

  private final R defaults;
  private final Class<R> type;
  private final Group root;
  private final List<Option> options;
  private final Map<String, Option> byName;

  /** Takes the options without a component; null if there is none that does. */
  private final @Nullable Option rest;

  private OptionSchema(R defaults, Class<R> type, Group root, List<Option> options) {
    this.defaults = defaults;
    this.type = type;
    this.root = root;
    this.options = List.copyOf(options);
    this.byName = new LinkedHashMap<>();
    Option others = null;
    for (Option option : options) {
      if (option.takesRest()) {
        others = option;
      } else {
        claim(byName, option.name(), option, type);
      }
    }
    this.rest = others;
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
    List<Option> options = new ArrayList<>();
    try {
      Group root = group(lookup, type, List.of(), options);
      return new OptionSchema<>(defaults, type, root, options);
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

  /** Reads a record class, and those of its components that are records. */
  private static Group group(
      MethodHandles.Lookup lookup, Class<?> type, List<MethodHandle> owners, List<Option> options)
      throws NoSuchMethodException, IllegalAccessException {
    RecordComponent[] components = Objects.requireNonNull(type.getRecordComponents());
    Class<?>[] types = new Class<?>[components.length];
    List<Part> parts = new ArrayList<>();
    for (int i = 0; i < components.length; i++) {
      types[i] = components[i].getType();
      MethodHandle accessor = lookup.unreflect(components[i].getAccessor());
      ValueType valueType = ValueType.of(lookup, components[i].getGenericType());
      if (valueType == null && types[i].isRecord()) {
        List<MethodHandle> inner = new ArrayList<>(owners);
        inner.add(accessor);
        parts.add(group(lookup, types[i], inner, options));
        continue;
      }
      if (valueType == null) {
        throw unsupported(type, components[i]);
      }
      Option option =
          new Option(
              snakeCase(components[i].getName()),
              options.size(),
              valueType,
              components[i],
              owners,
              accessor);
      options.add(option);
      parts.add(option);
    }
    return new Group(lookup.findConstructor(type, MethodType.methodType(void.class, types)), parts);
  }

  private static IllegalArgumentException unsupported(Class<?> type, RecordComponent component) {
    return new IllegalArgumentException(
        "component '"
            + component.getName()
            + "' of "
            + type.getName()
            + " has type "
            + component.getGenericType().getTypeName()
            + ", expected int, long, double, float, boolean, String, an enum, a type with"
            + " static parse(String), a List of these, an Optional of either, a"
            + " Map<String, Object>, or a record");
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
      arguments[option.index()] = option.of(defaults);
    }
    String[] givenAs = new String[options.size()];
    Map<String, @Nullable Object> others = new LinkedHashMap<>();
    for (Map.Entry<String, ?> entry : values.entrySet()) {
      String name = entry.getKey();
      Option option = find(name);
      if (option.takesRest()) {
        others.put(name, ValueType.any(entry.getValue()));
        continue;
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
      arguments[option.index()] = option.read(entry.getValue(), option.of(defaults));
    }
    if (rest != null) {
      Map<String, @Nullable Object> all = new LinkedHashMap<>(rest.map(defaults));
      all.putAll(others);
      arguments[rest.index()] = Collections.unmodifiableMap(all);
    }
    return type.cast(root.of(arguments));
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
    if (rest != null) {
      return rest;
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
  public List<Description> descriptions() {
    List<Description> descriptions = new ArrayList<>();
    for (Option option : options) {
      if (option.takesRest()) {
        continue;
      }
      Described described = option.component().getAnnotation(Described.class);
      descriptions.add(
          new Description(
              option.name(),
              option.type().name(),
              option.text(option.of(defaults)),
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
      if (option.takesRest()) {
        option.map(record).forEach((name, value) -> values.put(name, ValueType.plainAny(value)));
        continue;
      }
      Object value = option.of(record);
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

  /** A component of a record. */
  private sealed interface Part {
    /** Returns the component's value, given those of all options. */
    @Nullable Object of(@Nullable Object[] arguments);
  }

  /** A record that is made of its components. */
  private record Group(MethodHandle constructor, List<Part> parts) implements Part {
    @Override
    public Object of(@Nullable Object[] arguments) {
      @Nullable Object[] values = new @Nullable Object[parts.size()];
      for (int i = 0; i < values.length; i++) {
        values[i] = parts.get(i).of(arguments);
      }
      try {
        return constructor.invokeWithArguments(values);
      } catch (RuntimeException | Error e) {
        throw e;
      } catch (Throwable e) {
        throw new AssertionError("a record's canonical constructor declares no exceptions", e);
      }
    }
  }

  /** A component that is an option; {@code owners} lead from the whole record to its own. */
  private record Option(
      String name,
      int index,
      ValueType type,
      RecordComponent component,
      List<MethodHandle> owners,
      MethodHandle accessor)
      implements Part {
    private static final int SHOWN = 80;

    @Override
    public @Nullable Object of(@Nullable Object[] arguments) {
      return arguments[index];
    }

    /** Reads the value of this option off the whole record. */
    @Nullable Object of(Record whole) {
      Record owner = whole;
      for (MethodHandle step : owners) {
        owner = (Record) Objects.requireNonNull(get(step, owner), "a nested record is null");
      }
      return get(accessor, owner);
    }

    /** Returns whether this takes the options without a component. */
    boolean takesRest() {
      return type instanceof ValueType.Rest;
    }

    /** Reads the options without a component off the whole record. */
    @SuppressWarnings("unchecked") // the type of the component
    Map<String, @Nullable Object> map(Record whole) {
      return (Map<String, @Nullable Object>) Objects.requireNonNull(of(whole), name);
    }

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

  /**
   * What a listing shows of an option.
   *
   * @param name the name in snake_case
   * @param type the type in words: {@code int}, {@code list of double}, {@code one of random,
   *     first}
   * @param defaultText the default as it could be typed; {@code None} where there is no value
   * @param description what the option does, or empty
   * @param range the allowed values, or empty
   * @param aliases further names
   */
  public record Description(
      String name,
      String type,
      String defaultText,
      String description,
      String range,
      List<String> aliases) {
    /** Copies the list. */
    public Description {
      aliases = List.copyOf(aliases);
    }
  }

  /**
   * Says that an option does not exist or that its value cannot be understood; the message names
   * the option, the value and what would be right.
   */
  public static final class OptionException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    /** Makes an exception with a message for the person who gave the option. */
    public OptionException(String message) {
      super(message);
    }
  }
}
