package org.bellmanrl.testkit;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.bellmanrl.api.options.OptionSchema;
import org.bellmanrl.api.registry.Catalogue;
import org.bellmanrl.api.registry.Entry;
import org.bellmanrl.api.registry.EnvironmentEntry;
import org.bellmanrl.api.registry.EnvironmentFamily;
import org.bellmanrl.api.registry.LearnerEntry;
import org.bellmanrl.api.registry.ListenerEntry;
import org.bellmanrl.api.registry.PolicyEntry;
import org.bellmanrl.api.registry.Registry;
import org.bellmanrl.api.registry.ValueFunctionEntry;
import org.bellmanrl.api.registry.WrapperEntry;
import org.junit.jupiter.api.Test;
import org.opentest4j.AssertionFailedError;

/**
 * What every {@link Catalogue} keeps to.
 *
 * <pre>{@code
 * class DriveCatalogueTest extends CatalogueContract {
 *   @Override
 *   protected Catalogue create() {
 *     return new DriveCatalogue();
 *   }
 * }
 * }</pre>
 */
public abstract class CatalogueContract {
  private static final Pattern UNDERSCORE = Pattern.compile("_(.)");
  private static final Pattern WHOLE = Pattern.compile("\\b(int|long)\\b");
  private static final List<Class<? extends Entry>> KINDS =
      List.of(
          EnvironmentEntry.class,
          EnvironmentFamily.class,
          LearnerEntry.class,
          WrapperEntry.class,
          ListenerEntry.class,
          PolicyEntry.class,
          ValueFunctionEntry.class);

  /** The catalogue. */
  protected abstract Catalogue create();

  private Stream<Entry> entries() {
    Registry registry = Registry.of(create());
    return KINDS.stream().flatMap(kind -> registry.all(kind).stream());
  }

  /** The default options of every entry, written out and read again, are the same. */
  @Test
  public void options_defaultsWrittenAndRead_areTheSame() {
    entries().forEach(entry -> checkDefaults(entry, entry.options()));
  }

  private static <C extends Record> void checkDefaults(Entry entry, OptionSchema<C> schema) {
    C defaults = schema.defaults();
    Record read = schema.parse(schema.values(defaults));
    if (!read.equals(defaults)) {
      throw Failure.of(entry.toString(), "the defaults, written out and read again, are the same")
          .expected(defaults)
          .actual(read)
          .error();
    }
  }

  /** Every option with a range in figures refuses values just outside, and names itself. */
  @Test
  public void options_outsideTheirRange_areRefusedByName() {
    entries()
        .forEach(
            entry -> entry.options().descriptions().forEach(option -> checkRange(entry, option)));
  }

  private static void checkRange(Entry entry, OptionSchema.Description option) {
    boolean whole = WHOLE.matcher(option.type()).find();
    for (String value : RangeText.outside(option.range(), whole)) {
      String text = option.type().startsWith("list") ? "[" + value + "]" : value;
      try {
        entry.options().parse(Map.of(option.name(), text));
      } catch (IllegalArgumentException e) {
        String message = String.valueOf(e.getMessage());
        if (message.contains(option.name()) && isInUsersWords(message, entry)) {
          continue;
        }
        throw failure(entry, option, text).actual(e).cause(e).error();
      } catch (RuntimeException e) {
        throw failure(entry, option, text).actual(e).cause(e).error();
      }
      throw accepted(entry, option, text);
    }
  }

  /** Tells whether a message names options as users type them, not as Java does. */
  private static boolean isInUsersWords(String message, Entry entry) {
    return entry.options().descriptions().stream()
        .map(option ->
            UNDERSCORE
                .matcher(option.name())
                .replaceAll(match -> match.group(1).toUpperCase(Locale.ROOT)))
        .noneMatch(name -> !name.equals(name.toLowerCase(Locale.ROOT)) && message.contains(name));
  }

  private static AssertionFailedError accepted(
      Entry entry, OptionSchema.Description option, String text) {
    return failure(entry, option, text).actual("no exception").error();
  }

  private static Failure failure(Entry entry, OptionSchema.Description option, String text) {
    return Failure.of(entry.toString(), "a value outside an option's range is refused by name")
        .where(option.name() + "=" + text + ", whose range is " + option.range())
        .expected(
            "IllegalArgumentException whose message holds "
                + option.name()
                + ", and no name as in Java");
  }
}
