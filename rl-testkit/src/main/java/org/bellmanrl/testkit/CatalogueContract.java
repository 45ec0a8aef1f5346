package org.bellmanrl.testkit;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bellmanrl.api.Environment;
import org.bellmanrl.api.VectorEnvironment;
import org.bellmanrl.api.options.OptionSchema;
import org.bellmanrl.api.registry.Catalogue;
import org.bellmanrl.api.registry.Entry;
import org.bellmanrl.api.registry.EnvironmentEntry;
import org.bellmanrl.api.registry.EnvironmentFamily;
import org.bellmanrl.api.registry.LearnerEntry;
import org.bellmanrl.api.registry.ListenerEntry;
import org.bellmanrl.api.registry.PolicyEntry;
import org.bellmanrl.api.registry.Registry;
import org.bellmanrl.api.registry.UnavailableException;
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

  /** The options without which an environment cannot be created, by name; none by default. */
  protected Map<String, ?> required(EnvironmentEntry entry) {
    return Map.of();
  }

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

  /** Every option with a range refuses values just outside, and names itself. */
  @Test
  public void options_outsideTheirRange_areRefusedByName() {
    entries()
        .forEach(entry ->
            entry.options().descriptions().stream()
                .filter(option -> !option.range().isEmpty())
                .forEach(option -> checkRange(entry, option)));
  }

  private static List<String> outside(Entry entry, OptionSchema.Description option) {
    Map<String, String> defaults =
        entry.options().descriptions().stream()
            .collect(
                Collectors.toMap(
                    OptionSchema.Description::name, OptionSchema.Description::defaultText));
    try {
      return RangeText.outside(option.range(), WHOLE.matcher(option.type()).find(), defaults);
    } catch (IllegalArgumentException e) {
      throw Failure.of(entry.toString(), "a range has one of the forms of Described.range")
          .where("option " + option.name())
          .expected("such as (0, 1], at least 1 or finite; other words belong into value")
          .actual(option.range())
          .cause(e)
          .error();
    }
  }

  private static void checkRange(Entry entry, OptionSchema.Description option) {
    for (String value : outside(entry, option)) {
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

  /**
   * Environments go by the id of their entry, and batched ones differ from single ones in nothing.
   */
  @Test
  public void environments_specsOfEntries_haveTheirIds() {
    Registry.of(create()).all(EnvironmentEntry.class).forEach(this::checkSpec);
  }

  private void checkSpec(EnvironmentEntry entry) {
    Map<String, ?> options = required(entry);
    try (Environment single = entry.create(options);
        VectorEnvironment batch = entry.create(options, 2)) {
      Checks.equal(entry.toString(), "its spec has its id", entry.id(), single.spec().name());
      Checks.equal(entry.toString(), "rows have the same spec", single.spec(), batch.spec());
    } catch (UnavailableException e) {
      // Needs something that is not installed here.
    }
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
