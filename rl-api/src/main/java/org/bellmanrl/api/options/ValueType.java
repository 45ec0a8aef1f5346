package org.bellmanrl.api.options;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.bellmanrl.api.options.OptionSchema.OptionException;
import org.jspecify.annotations.Nullable;

/**
 * How values of one type are read and written.
 *
 * <p>Here are no switches over types, because the JDK generates their code when they first run, and
 * all of this runs at start-up.
 */
abstract sealed class ValueType {
  private final String name;
  private final String expectation;
  private final String example;

  private ValueType(String name, String expectation, String example) {
    this.name = name;
    this.expectation = expectation;
    this.example = example;
  }

  /**
   * Finds how to read a type.
   *
   * @return null if no option can have that type
   */
  static @Nullable ValueType of(MethodHandles.Lookup lookup, Type type) {
    if (type instanceof ParameterizedType generic) {
      if (generic.getRawType() == Map.class) {
        return List.of(generic.getActualTypeArguments()).equals(List.of(String.class, Object.class))
            ? new Rest()
            : null;
      }
      if (generic.getRawType() != List.class && generic.getRawType() != Optional.class) {
        return null;
      }
      boolean list = generic.getRawType() == List.class;
      Type inner = generic.getActualTypeArguments()[0];
      ValueType element = list ? scalar(lookup, inner) : of(lookup, inner);
      if (element == null || element.isOptional() || element instanceof Rest) {
        return null;
      }
      return list ? new ListOf(element) : new OptionalOf(element);
    }
    return scalar(lookup, type);
  }

  private static @Nullable ValueType scalar(MethodHandles.Lookup lookup, Type type) {
    if (!(type instanceof Class<?> scalar)) {
      return null;
    } else if (scalar == int.class || scalar == Integer.class) {
      return new WholeNumber(true);
    } else if (scalar == long.class || scalar == Long.class) {
      return new WholeNumber(false);
    } else if (scalar == double.class || scalar == Double.class) {
      return new RealNumber();
    } else if (scalar == float.class || scalar == Float.class) {
      return new SingleNumber();
    } else if (scalar == boolean.class || scalar == Boolean.class) {
      return new Truth();
    } else if (scalar == String.class) {
      return new Text();
    } else if (scalar.isEnum()) {
      return new Choice(scalar);
    }
    try {
      MethodHandle parse =
          lookup.findStatic(scalar, "parse", MethodType.methodType(scalar, String.class));
      return new Parsed(scalar, parse);
    } catch (NoSuchMethodException | IllegalAccessException e) {
      return null;
    }
  }

  /** The type's name in listings. */
  final String name() {
    return name;
  }

  /** What to write behind "must be". */
  final String expectation() {
    return expectation;
  }

  /** A value that could be typed. */
  final String example() {
    return example;
  }

  /** Returns whether there is always a way to give no value. */
  boolean isOptional() {
    return false;
  }

  /** Turns a text or a value from a file into the component's value. */
  abstract Object read(Object value) throws Mismatch;

  /** Writes a component's value as it could be typed. */
  abstract String text(Object value);

  /** Writes a component's value with the types of JSON; null stands for no value. */
  abstract @Nullable Object plain(Object value);

  /**
   * Reads a value whose type is not known: text as a Python literal, anything else as it is.
   *
   * @throws OptionException if the text begins like a literal and does not end like one
   */
  static @Nullable Object any(@Nullable Object value) {
    if (value instanceof List<?> list) {
      List<@Nullable Object> read = new ArrayList<>();
      list.forEach(element -> read.add(any(element)));
      return Collections.unmodifiableList(read);
    }
    if (!(value instanceof String text)) {
      return value instanceof Integer whole ? (Long) whole.longValue() : value;
    }
    try {
      return Literals.any(text);
    } catch (Mismatch e) {
      throw new OptionException("'" + text + "' can't be read: " + e.detail());
    }
  }

  /** Writes a value of {@link #any} with the types of JSON, so that it is read back. */
  static @Nullable Object plainAny(@Nullable Object value) {
    if (value instanceof String text) {
      return Literals.isFree(text) ? text : Literals.quote(text);
    } else if (value instanceof Double real && !Double.isFinite(real)) {
      return Literals.text(real);
    } else if (value instanceof List<?> list) {
      List<@Nullable Object> plain = new ArrayList<>();
      list.forEach(element -> plain.add(plainAny(element)));
      return Collections.unmodifiableList(plain);
    }
    return value;
  }

  /** Takes the options without a component; their values are read one by one. */
  static final class Rest extends ValueType {
    Rest() {
      super("options", "options by name", "{}");
    }

    @Override
    Object read(Object value) throws Mismatch {
      throw new Mismatch();
    }

    @Override
    String text(Object value) {
      return value.toString();
    }

    @Override
    Object plain(Object value) {
      return value;
    }
  }

  private static final class WholeNumber extends ValueType {
    private final boolean narrow;

    WholeNumber(boolean narrow) {
      super(narrow ? "int" : "long", "a whole number", "10");
      this.narrow = narrow;
    }

    @Override
    Object read(Object value) throws Mismatch {
      long whole;
      if (value instanceof String text) {
        whole = Literals.whole(Literals.unquote(text));
      } else if (value instanceof Number number) {
        try {
          whole = new BigDecimal(number.toString()).longValueExact();
        } catch (ArithmeticException | NumberFormatException e) {
          throw new Mismatch();
        }
      } else {
        throw new Mismatch();
      }
      if (!narrow) {
        return whole;
      }
      if (whole != (int) whole) {
        throw new Mismatch("outside " + Integer.MIN_VALUE + " to " + Integer.MAX_VALUE);
      }
      return (int) whole;
    }

    @Override
    String text(Object value) {
      return value.toString();
    }

    @Override
    Object plain(Object value) {
      return value;
    }
  }

  private static final class RealNumber extends ValueType {
    RealNumber() {
      super("double", "a number", "0.5");
    }

    @Override
    Object read(Object value) throws Mismatch {
      return real(value);
    }

    @Override
    String text(Object value) {
      return Literals.text((double) value);
    }

    @Override
    Object plain(Object value) {
      // JSON has no number for infinity.
      return Double.isFinite((double) value) ? value : text(value);
    }
  }

  private static final class SingleNumber extends ValueType {
    SingleNumber() {
      super("float", "a number", "0.5");
    }

    @Override
    Object read(Object value) throws Mismatch {
      double real = real(value);
      float single = (float) real;
      if (Float.isInfinite(single) && Double.isFinite(real)) {
        throw new Mismatch("too large for a float");
      }
      return single;
    }

    @Override
    String text(Object value) {
      return Literals.text((float) value);
    }

    @Override
    Object plain(Object value) {
      // By way of the text, so that a file says 0.1 and not 0.10000000149011612.
      return Float.isFinite((float) value) ? (Object) Double.valueOf(text(value)) : text(value);
    }
  }

  private static double real(Object value) throws Mismatch {
    if (value instanceof String text) {
      return Literals.real(Literals.unquote(text));
    }
    if (value instanceof Number number) {
      return number.doubleValue();
    }
    throw new Mismatch();
  }

  private static final class Truth extends ValueType {
    Truth() {
      super("boolean", "true or false", "true");
    }

    @Override
    Object read(Object value) throws Mismatch {
      if (value instanceof Boolean) {
        return value;
      }
      boolean isNumber = value instanceof Integer || value instanceof Long;
      if (!isNumber && !(value instanceof String)) {
        throw new Mismatch();
      }
      String text = Literals.unquote(value.toString()).strip();
      if (text.equalsIgnoreCase("true") || text.equals("1")) {
        return true;
      } else if (text.equalsIgnoreCase("false") || text.equals("0")) {
        return false;
      }
      throw new Mismatch();
    }

    @Override
    String text(Object value) {
      return value.toString();
    }

    @Override
    Object plain(Object value) {
      return value;
    }
  }

  private static final class Text extends ValueType {
    Text() {
      super("text", "text", "name");
    }

    @Override
    Object read(Object value) throws Mismatch {
      if (value instanceof String text) {
        return Literals.unquote(text);
      }
      throw new Mismatch("put it in quotes");
    }

    @Override
    String text(Object value) {
      return Literals.quoteIfNeeded((String) value);
    }

    @Override
    Object plain(Object value) {
      return text(value);
    }
  }

  private static final class Choice extends ValueType {
    private final Object[] constants;

    Choice(Class<?> type) {
      Object[] all = Objects.requireNonNull(type.getEnumConstants());
      super("one of " + names(all), "one of " + names(all), spelling(all[0]));
      this.constants = all;
    }

    private static String names(Object[] constants) {
      return Arrays.stream(constants).map(Choice::spelling).collect(Collectors.joining(", "));
    }

    private static String spelling(Object constant) {
      return ((Enum<?>) constant).name().toLowerCase(Locale.ROOT);
    }

    @Override
    Object read(Object value) throws Mismatch {
      String wanted =
          value instanceof String text ? Literals.unquote(text).strip().replace('-', '_') : "";
      for (Object constant : constants) {
        if (constant.equals(value) || spelling(constant).equalsIgnoreCase(wanted)) {
          return constant;
        }
      }
      throw new Mismatch();
    }

    @Override
    String text(Object value) {
      return spelling(value);
    }

    @Override
    Object plain(Object value) {
      return spelling(value);
    }
  }

  /** A type that reads itself, by {@code static T parse(String)}, and writes itself by toString. */
  private static final class Parsed extends ValueType {
    private final Class<?> type;
    private final MethodHandle parse;

    Parsed(Class<?> type, MethodHandle parse) {
      super(words(type), "of type " + words(type), "…");
      this.type = type;
      this.parse = parse;
    }

    private static String words(Class<?> type) {
      return OptionSchema.snakeCase(type.getSimpleName()).replace('_', ' ');
    }

    @Override
    Object read(Object value) throws Mismatch {
      if (type.isInstance(value)) {
        return value;
      }
      String text = value instanceof Map<?, ?> map ? entryText(map) : scalarText(value);
      try {
        return parse.invoke(text);
      } catch (RuntimeException e) {
        throw new Mismatch(e.getMessage() == null ? e.toString() : e.getMessage());
      } catch (Error e) {
        throw e;
      } catch (Throwable e) {
        throw new Mismatch(e.toString());
      }
    }

    /** Writes {@code [name: value]}, which YAML reads as a map in a list, as it was. */
    private static String entryText(Map<?, ?> map) throws Mismatch {
      if (map.size() != 1) {
        throw new Mismatch("one name with its value is wanted");
      }
      Map.Entry<?, ?> entry = map.entrySet().iterator().next();
      if (!(entry.getValue() instanceof List<?> list)) {
        return entry.getKey() + ": " + scalarText(entry.getValue());
      }
      List<String> texts = new ArrayList<>();
      for (Object each : list) {
        texts.add(scalarText(each));
      }
      return entry.getKey() + ": [" + String.join(", ", texts) + "]";
    }

    private static String scalarText(@Nullable Object value) throws Mismatch {
      if (value instanceof String given) {
        return Literals.unquote(given);
      } else if (value instanceof Double || value instanceof Float) {
        return Literals.tidy(value.toString());
      } else if (value instanceof Number) {
        return value.toString();
      }
      throw new Mismatch();
    }

    @Override
    String text(Object value) {
      return Literals.quoteIfNeeded(value.toString());
    }

    @Override
    Object plain(Object value) {
      return text(value);
    }
  }

  private static final class ListOf extends ValueType {
    private final ValueType element;

    ListOf(ValueType element) {
      super(
          "list of " + element.name(),
          "a list, each element " + element.expectation(),
          "[" + element.example() + "]");
      this.element = element;
    }

    @Override
    Object read(Object value) throws Mismatch {
      List<?> given;
      if (value instanceof String text) {
        given = Literals.elements(text);
      } else if (value instanceof List<?> list) {
        given = list;
      } else if (value instanceof Number) {
        given = List.of(value);
      } else {
        throw new Mismatch();
      }
      List<Object> read = new ArrayList<>(given.size());
      for (Object each : given) {
        if (each == null) {
          throw new Mismatch("element " + read.size() + " is None");
        }
        read.add(element.read(each));
      }
      return List.copyOf(read);
    }

    @Override
    String text(Object value) {
      return ((List<?>) value)
          .stream().map(this::elementText).collect(Collectors.joining(", ", "[", "]"));
    }

    private String elementText(Object value) {
      // Their commas must not be taken for the list's.
      boolean free = element instanceof Text || element instanceof Parsed;
      return free ? Literals.quote(value.toString()) : element.text(value);
    }

    @Override
    Object plain(Object value) {
      return ((List<?>) value).stream().map(element::plain).toList();
    }
  }

  private static final class OptionalOf extends ValueType {
    private final ValueType element;

    OptionalOf(ValueType element) {
      super(element.name(), element.expectation() + " or None", element.example());
      this.element = element;
    }

    @Override
    boolean isOptional() {
      return true;
    }

    @Override
    Object read(Object value) throws Mismatch {
      return Optional.of(element.read(value));
    }

    @Override
    String text(Object value) {
      return ((Optional<?>) value).map(element::text).orElse("None");
    }

    @Override
    @Nullable Object plain(Object value) {
      Optional<?> optional = (Optional<?>) value;
      return optional.isPresent() ? element.plain(optional.get()) : null;
    }
  }
}
