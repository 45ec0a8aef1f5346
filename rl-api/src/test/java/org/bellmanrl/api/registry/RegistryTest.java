package org.bellmanrl.api.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.bellmanrl.api.registry.PluginCompiler.catalogueSource;
import static org.bellmanrl.api.registry.PluginCompiler.offer;

import java.io.File;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.module.Configuration;
import java.lang.module.ModuleFinder;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bellmanrl.api.Listener;
import org.bellmanrl.api.VectorEnvironment;
import org.bellmanrl.api.Wrapper;
import org.bellmanrl.api.registry.Catalogue.Offers;
import org.bellmanrl.api.registry.Registry.UnknownIdException;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RegistryTest {
  private static final String BAND_MODULE =
      """
      module acme.band {
        requires org.bellmanrl.api;
        provides org.bellmanrl.api.registry.Catalogue with acme.Band, acme.Throws;
      }
      """;

  @TempDir Path folder;
  private final List<URLClassLoader> loaders = new ArrayList<>();

  private record Tuba(int volume) implements Wrapper {
    @Override
    public VectorEnvironment wrap(VectorEnvironment inner) {
      return inner;
    }
  }

  @AfterEach
  void closeLoaders() throws IOException {
    for (URLClassLoader loader : loaders) {
      loader.close();
    }
  }

  private URLClassLoader loader(Path jar) {
    return loader(jar, Registry.class.getClassLoader());
  }

  private URLClassLoader loader(Path jar, ClassLoader parent) {
    URLClassLoader loader = PluginCompiler.loader(jar, parent);
    loaders.add(loader);
    return loader;
  }

  private PluginCompiler plugin() {
    return new PluginCompiler(folder);
  }

  private PluginCompiler missing() {
    return plugin()
        .source("acme.Other", "package acme; class Other {}")
        .serviceLine("acme.Missing");
  }

  private static WrapperEntry wrapper(String id) {
    return WrapperEntry.of(id, "given", () -> new Tuba(11));
  }

  private static Registry of(String... ids) {
    return Registry.of(offers -> {
      for (String id : ids) {
        offers.add(wrapper(id));
      }
    });
  }

  private static List<String> ids(Registry registry) {
    return registry.all(WrapperEntry.class).stream().map(Entry::id).toList();
  }

  private static List<String> messages(Registry registry) {
    return registry.problems().stream().map(Registry.Problem::message).toList();
  }

  private static String twice(String id, String one, String other) {
    return "the wrapper '"
        + id
        + "' is offered twice: by "
        + one
        + ", and by "
        + other
        + "; remove one of them, or give it an id in another namespace";
  }

  @Test
  void all_givenEntries_areSortedById() {
    assertThat(ids(of("Tuba-v1", "Cello-v2", "Cello-v10", "drum"))).isSorted().hasSize(4);
    assertThat(Registry.of().all(WrapperEntry.class)).isEmpty();
  }

  @Test
  void get_knownId_givesTheEntry() {
    Registry registry = of("Tuba-v1", "acme/Tuba-v2");

    assertThat(registry.get(WrapperEntry.class, "Tuba-v1").id()).isEqualTo("Tuba-v1");
    assertThat(registry.get(WrapperEntry.class, "bellman/Tuba-v1").id()).isEqualTo("Tuba-v1");
    assertThat(registry.get(WrapperEntry.class, "acme/Tuba-v2").id()).isEqualTo("acme/Tuba-v2");
  }

  @Test
  void get_sameIdOfTwoKinds_givesEach() {
    Registry registry =
        Registry.of(offers -> {
          offers.add(wrapper("fog"));
          offers.add(listener("fog"));
        });

    assertThat(registry.get(WrapperEntry.class, "fog").create(new Tuba(3))).isEqualTo(new Tuba(3));
    assertThat(registry.get(ListenerEntry.class, "fog").description()).isEqualTo("silent");
  }

  private static ListenerEntry listener(String id) {
    return ListenerEntry.of(id, "silent", context -> new Listener() {});
  }

  @Test
  void get_otherVersion_namesTheNewest() {
    assertThatThrownBy(() -> of("Tuba-v2", "Tuba-v10").get(WrapperEntry.class, "Tuba-v0"))
        .isInstanceOf(UnknownIdException.class)
        .hasMessage(
            "unknown wrapper 'Tuba-v0': the newest version is 'Tuba-v10';"
                + " there are: Tuba-v10, Tuba-v2");
  }

  @Test
  void get_otherCase_namesTheIdAndNotItsNewestVersion() {
    Registry registry = of("CartPole-v0", "CartPole-v1");
    for (String version : List.of("v0", "v1")) {
      assertThatThrownBy(() -> registry.get(WrapperEntry.class, "Cartpole-" + version))
          .isInstanceOf(UnknownIdException.class)
          .hasMessageStartingWith(
              "unknown wrapper 'Cartpole-%s', did you mean 'CartPole-%s'?;", version, version);
    }
    assertThatThrownBy(() -> registry.get(WrapperEntry.class, "Cartpole-v7"))
        .hasMessageStartingWith(
            "unknown wrapper 'Cartpole-v7': the newest version is 'CartPole-v1'");
  }

  @Test
  void get_noVersion_namesTheNewestButDoesNotTakeIt() {
    assertThatThrownBy(() -> of("Tuba-v1").get(WrapperEntry.class, "Tuba"))
        .isInstanceOf(UnknownIdException.class)
        .hasMessage(
            "unknown wrapper 'Tuba': an id ends in its version, the newest is 'Tuba-v1';"
                + " there are: Tuba-v1");
  }

  @Test
  void get_misspelt_namesNearMatches() {
    assertThatThrownBy(
            () -> of("FrozenLake-v1", "Taxi-v4").get(WrapperEntry.class, "FrozenLkae-v1"))
        .isInstanceOf(UnknownIdException.class)
        .hasMessage(
            "unknown wrapper 'FrozenLkae-v1', did you mean 'FrozenLake-v1'?;"
                + " there are: FrozenLake-v1, Taxi-v4");
  }

  @Test
  void get_emptyRegistry_saysSo() {
    assertThatThrownBy(() -> of("fog").get(ValueFunctionEntry.class, "?"))
        .isInstanceOf(UnknownIdException.class)
        .hasMessage("unknown value function '?'; there are none");
  }

  @Test
  void of_sameIdTwice_namesBothOrigins() {
    String origin = Discovery.origin(RegistryTest.class, null);

    assertThatThrownBy(() -> of("Tuba-v1", "bellman/Tuba-v1"))
        .isInstanceOf(Registry.DuplicateIdException.class)
        .hasMessage(twice("Tuba-v1", origin, origin));
  }

  @Test
  void of_malformedId_saysTheForm() {
    assertThatThrownBy(() -> of("Tuba"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("an id must be namespace/Name-vN");
  }

  @Test
  @SuppressWarnings("NullAway") // nulls are what is tested
  void of_null_isNamed() {
    assertThatThrownBy(() -> Registry.of(offers -> offers.add(null)))
        .isInstanceOf(NullPointerException.class)
        .hasMessage("an entry is null");
    assertThatThrownBy(() -> Registry.of(new WithLookup(null, wrapper("fog"))))
        .isInstanceOf(NullPointerException.class)
        .hasMessage("lookup() of " + WithLookup.class.getName() + " is null");
  }

  private record WithLookup(MethodHandles.Lookup lookup, Entry entry) implements Catalogue {
    @Override
    public void list(Offers offers) {
      offers.add(entry);
    }
  }

  @Test
  void options_recordThatIsNotPublic_needsTheCataloguesLookup() {
    Entry unseen = wrapper("fog");
    Entry seen = wrapper("fog");
    Registry.of(offers -> offers.add(unseen));
    Registry.of(new WithLookup(MethodHandles.lookup(), seen));

    assertThat(seen.complete(Map.of("volume", "3"))).isEqualTo(Map.of("volume", 3));
    assertThatThrownBy(unseen::options)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith("the options of the wrapper 'fog' (" + unseen.origin() + ")")
        .hasMessageContaining(Tuba.class.getName())
        .hasMessageEndingWith("(a catalogue returns it from its method lookup())");
  }

  @Test
  void options_thatThrow_nameEntryAndOrigin() {
    Entry entry =
        WrapperEntry.of(
            "fog",
            "given",
            () -> {
              throw new IllegalArgumentException("volume must be at most 10, was 11");
            },
            (Tuba options) -> options);
    Registry.of(offers -> offers.add(entry));

    assertThatThrownBy(entry::options)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "the options of the wrapper 'fog' ("
                + entry.origin()
                + ") cannot be read: volume must be at most 10, was 11");
  }

  @Test
  @SuppressWarnings("NullAway") // nulls are what is tested
  void create_factoryThatReturnsNull_namesEntryAndOrigin() {
    WrapperEntry entry = WrapperEntry.of("fog", "given", () -> new Tuba(1), options -> null);
    Registry.of(new WithLookup(MethodHandles.lookup(), entry));

    assertThatThrownBy(() -> entry.create(Map.of()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("the wrapper 'fog' (" + entry.origin() + ") made null instead of an object");
  }

  @Test
  void create_sizesThatOverflow_areRefusedAsTheOptionsFault() {
    WrapperEntry entry =
        WrapperEntry.of(
            "fog",
            "given",
            () -> new Tuba(1),
            options -> new Tuba(Math.multiplyExact(1 << 20, 4096)));
    WrapperEntry faulty =
        WrapperEntry.of("mist", "given", () -> new Tuba(1), options -> new Tuba(1 / zero()));
    Registry.of(
        new WithLookup(MethodHandles.lookup(), entry),
        new WithLookup(MethodHandles.lookup(), faulty));

    assertThatThrownBy(() -> entry.create(Map.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "what its options ask for would have more than 2147483647 elements; make them smaller");
    assertThatThrownBy(() -> faulty.create(Map.of())).isInstanceOf(ArithmeticException.class);
  }

  private static int zero() {
    return 0;
  }

  @Test
  void discover_pluginJar_findsItsEntryAndReadsItsPrivateRecord() throws IOException {
    Path jar = plugin().catalogue("acme.Band", "acme/Tuba-v1").jar("band.jar");

    Registry registry = Registry.builder().discover("band.jar", loader(jar)).build();

    assertThat(registry.problems()).isEmpty();
    WrapperEntry tuba = registry.get(WrapperEntry.class, "acme/Tuba-v1");
    assertThat(tuba.origin()).isEqualTo("band.jar");
    assertThat(tuba.create(Map.of("volume", "3"))).hasToString("Tuba[volume=3]");
    assertThatThrownBy(() -> tuba.create(Map.of("volme", "3")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'volme'")
        .hasMessageContaining("'volume'");
  }

  @Test
  void discover_classPath_namesTheJar() throws IOException {
    Path jar = plugin().catalogue("acme.Band", "acme/Tuba-v1").jar("band.jar");

    Registry registry = Registry.builder().discover(loader(jar)).build();

    assertThat(registry.all(WrapperEntry.class))
        .extracting(Entry::origin)
        .containsExactly(jar.toString());
  }

  @Test
  void discover_recordWhoseInitializerThrows_isNotInitializedByListing() throws IOException {
    Path jar =
        plugin()
            .service(
                "acme.Band",
                catalogueSource(
                    "acme.Band",
                    "",
                    "offers.add(WrapperEntry.of(\"acme/loud\", \"loud\", Loud::defaults));"
                        + offer("\"acme/last\"")))
            .source(
                "acme.Loud",
                """
                package acme;
                import org.bellmanrl.api.*;
                record Loud() implements Wrapper {
                  static final int VOLUME = Integer.parseInt("eleven");
                  static Loud defaults() { return new Loud(); }
                  public VectorEnvironment wrap(VectorEnvironment inner) { return inner; }
                }
                """)
            .jar("band.jar");

    Registry registry = Registry.builder().discover("band.jar", loader(jar)).build();

    assertThat(registry.problems()).isEmpty();
    assertThat(ids(registry)).containsExactly("acme/last", "acme/loud");
    assertThatThrownBy(registry.get(WrapperEntry.class, "acme/loud")::options)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith(
            "the options of the wrapper 'acme/loud' (band.jar) cannot be read: ")
        .hasRootCauseInstanceOf(NumberFormatException.class);
  }

  @Test
  void discover_parentAndPlugins_listsTheParentsEntriesOnce() throws IOException {
    URLClassLoader parent = loader(plugin().catalogue("acme.Tubas", "acme/tuba").jar("tuba.jar"));
    URLClassLoader first =
        loader(plugin().catalogue("acme.Drum", "acme/drum").jar("drum.jar"), parent);
    URLClassLoader second =
        loader(plugin().catalogue("acme.Lute", "acme/lute").jar("lute.jar"), parent);

    Registry registry =
        Registry.builder()
            .discover(parent)
            .discover("drum", first)
            .discover("lute", second)
            .discover("lute again", second)
            .build();

    assertThat(registry.problems()).isEmpty();
    assertThat(ids(registry)).containsExactly("acme/drum", "acme/lute", "acme/tuba");
  }

  @Test
  void discover_pluginClaimsALibrarysId_leavesThePluginsEntryOut() throws IOException {
    Path library = plugin().catalogue("acme.Band", "acme/tuba").jar("library.jar");
    Path jar = plugin().catalogue("other.Band", "acme/tuba", "other/drum").jar("plugin.jar");
    URLClassLoader parent = loader(library);
    URLClassLoader child = loader(jar, parent);

    // The plugin's loader sees its parent's catalogue too, which does not belong to the plugin.
    for (Registry.Builder builder :
        List.of(
            Registry.builder().discover(parent).discover("plugin.jar", child),
            Registry.builder().discover("plugin.jar", child).discover(parent),
            Registry.builder().discover("plugin.jar", child))) {
      Registry registry = builder.build();

      assertThat(ids(registry)).containsExactly("acme/tuba", "other/drum");
      assertThat(registry.get(WrapperEntry.class, "acme/tuba").origin())
          .isEqualTo(library.toString());
      assertThat(messages(registry))
          .containsExactly(twice("acme/tuba", library.toString(), "plugin.jar"));
    }
  }

  @Test
  void discover_pluginClaimsAGivenId_leavesThePluginsEntryOut() throws IOException {
    Path jar = plugin().catalogue("acme.Band", "Tuba-v1").jar("plugin.jar");

    Registry registry =
        Registry.builder()
            .add(offers -> offers.add(wrapper("Tuba-v1")))
            .discover("plugin.jar", loader(jar))
            .build();

    assertThat(registry.get(WrapperEntry.class, "Tuba-v1").description()).isEqualTo("given");
    assertThat(registry.problems())
        .extracting(Registry.Problem::origin)
        .containsExactly("plugin.jar");
  }

  @Test
  void discover_sameIdInThreePlugins_refusesThatIdAlone() throws IOException {
    Path first = plugin().catalogue("acme.Band", "acme/tuba", "acme/drum").jar("first.jar");
    Path second = plugin().catalogue("other.Band", "acme/tuba").jar("second.jar");
    Path third = plugin().catalogue("third.Band", "acme/tuba").jar("third.jar");

    Registry registry =
        Registry.builder()
            .discover("first", loader(first))
            .discover("second", loader(second))
            .discover("third", loader(third))
            .build();

    assertThat(ids(registry)).containsExactly("acme/drum");
    assertThat(messages(registry))
        .containsExactly(
            twice("acme/tuba", "first", "second"), twice("acme/tuba", "first", "third"));
    assertThatThrownBy(() -> registry.get(WrapperEntry.class, "acme/tuba"))
        .isInstanceOf(Registry.DuplicateIdException.class)
        .hasMessage(twice("acme/tuba", "first", "second"));
  }

  @Test
  void discover_brokenCatalogues_areReportedAndTheRestIsFound() throws IOException {
    String fine = offer("\"acme/never\"");
    Path jar =
        plugin()
            .catalogue("acme.First", "acme/first")
            .serviceLine("acme.Missing")
            .service(
                "acme.Throws",
                catalogueSource(
                    "acme.Throws",
                    "public Throws() { throw new IllegalStateException(\"no reed\"); }",
                    fine))
            .service(
                "acme.StaticThrows",
                catalogueSource(
                    "acme.StaticThrows", "static final int N = Integer.parseInt(\"x\");", fine))
            .source("acme.Gone", "package acme; public class Gone { static String ID = \"x\"; }")
            .service("acme.NeedsGone", catalogueSource("acme.NeedsGone", "", offer("Gone.ID")))
            .source("acme.GoneBase", "package acme; public interface GoneBase { }")
            .service(
                "acme.ExtendsGone",
                catalogueSource("acme.ExtendsGone", "", fine)
                    .replace("implements Catalogue", "implements GoneBase, Catalogue"))
            .service("acme.Recursive", catalogueSource("acme.Recursive", "", "list(offers);"))
            .service(
                "acme.NullLookup",
                catalogueSource("acme.NullLookup", "", fine)
                    .replace("return MethodHandles.lookup()", "return null"))
            .service("acme.NotOne", "package acme; public class NotOne { }")
            .service("acme.Hidden", catalogueSource("acme.Hidden", "private Hidden() {}", fine))
            .catalogue("acme.Last", "acme/last")
            .jar("broken.jar", "acme/Gone.class", "acme/GoneBase.class");

    Registry registry = Registry.builder().discover("broken.jar", loader(jar)).build();

    assertThat(ids(registry)).containsExactly("acme/first", "acme/last");
    assertThat(registry.problems())
        .hasSize(9)
        .allSatisfy(problem -> assertThat(problem.message()).contains(" in ", " cannot be used: "))
        .allSatisfy(problem -> assertThat(problem.message()).contains("acme", "broken.jar"));
    assertThat(message(registry, "acme.Throws"))
        .isEqualTo(
            "acme.Throws in broken.jar cannot be used: java.lang.IllegalStateException: no reed");
    assertThat(message(registry, "acme.StaticThrows")).contains("ExceptionInInitializerError");
    assertThat(message(registry, "acme.NeedsGone")).contains("NoClassDefFoundError: acme/Gone");
    assertThat(message(registry, "acme.Recursive")).contains("StackOverflowError");
    assertThat(message(registry, "acme.NullLookup"))
        .contains("lookup() of acme.NullLookup is null");
    assertThat(registry.problems())
        .filteredOn(problem -> problem.what() == null)
        .extracting(problem -> problem.cause().getMessage())
        .anyMatch(text -> text.contains("acme.Missing not found"))
        .anyMatch(text -> text.contains("acme/GoneBase"))
        .anyMatch(text -> text.contains("acme.NotOne not a subtype"))
        .anyMatch(text -> text.contains("acme.Hidden"));
  }

  @Test
  void discover_brokenEntries_areReportedAndTheRestIsFound() throws IOException {
    String broken =
        offer("\"acme/first\"")
            + "offers.add(null);"
            + offer("null")
            + offer("\"no id at all\"")
            + "offers.add(WrapperEntry.of(\"acme/mute\", null, () -> new Tuba(0)));"
            + "offers.add(WrapperEntry.of(\"acme/bare\", \"bare\", (Supplier<Tuba>) null));"
            + offer("\"acme/last\"");
    Path jar =
        plugin().service("acme.Band", catalogueSource("acme.Band", "", broken)).jar("broken.jar");

    Registry registry = Registry.builder().discover("broken.jar", loader(jar)).build();

    assertThat(ids(registry)).containsExactly("acme/first", "acme/last");
    assertThat(messages(registry))
        .containsExactly(
            "acme.Band in broken.jar cannot be used:"
                + " java.lang.NullPointerException: an entry is null",
            "wrapper 'null' (broken.jar) cannot be used:"
                + " java.lang.NullPointerException: an id is null",
            "wrapper 'no id at all' (broken.jar) cannot be used:"
                + " java.lang.IllegalArgumentException: an id must be namespace/Name-vN or"
                + " namespace/kebab-case, the namespace being optional, and have at most 100"
                + " characters, was 'no id at all'",
            "wrapper 'acme/mute' (broken.jar) cannot be used:"
                + " java.lang.NullPointerException: the description of acme/mute is null",
            "wrapper 'acme/bare' (broken.jar) cannot be used:"
                + " java.lang.NullPointerException: the default options of acme/bare are null");
  }

  @Test
  void discover_exceptionWithinAList_keepsTheEntriesBeforeIt() throws IOException {
    String half =
        offer("\"acme/before\"")
            + "if (true) { throw new IllegalStateException(\"half way\"); }"
            + offer("\"acme/after\"");
    Path jar =
        plugin().service("acme.Band", catalogueSource("acme.Band", "", half)).jar("half.jar");

    Registry registry = Registry.builder().discover("half.jar", loader(jar)).build();

    assertThat(ids(registry)).containsExactly("acme/before");
    assertThat(messages(registry))
        .containsExactly(
            "acme.Band in half.jar cannot be used: java.lang.IllegalStateException: half way");
  }

  private static String message(Registry registry, String catalogue) {
    return registry.problems().stream()
        .filter(problem -> catalogue.equals(problem.what()))
        .map(Registry.Problem::message)
        .findFirst()
        .orElseThrow();
  }

  @Test
  void discover_malformedServicesFile_isReportedAndOtherPluginsAreFound() throws IOException {
    Path bad = plugin().serviceLine("two words").catalogue("acme.Band", "acme/tuba").jar("bad.jar");
    Path good = plugin().catalogue("acme.Drums", "acme/drum").jar("good.jar");

    Registry registry =
        Registry.builder()
            .discover("bad.jar", loader(bad))
            .discover("good.jar", loader(good))
            .build();

    assertThat(ids(registry)).containsExactly("acme/drum");
    assertThat(registry.problems()).hasSize(1);
    assertThat(registry.problems().getFirst().message())
        .startsWith("a catalogue in bad.jar cannot be used: ")
        .contains("Illegal");
  }

  @Test
  void discover_brokenCatalogueInTheParent_isReportedOnce() throws IOException {
    URLClassLoader parent = loader(missing().jar("parent.jar"));
    URLClassLoader child =
        loader(plugin().catalogue("acme.Drums", "acme/drum").jar("drum.jar"), parent);

    Registry registry =
        Registry.builder().discover("parent", parent).discover("child", child).build();

    assertThat(registry.problems()).extracting(Registry.Problem::origin).containsExactly("parent");
  }

  @Test
  void discover_sameMissingClassInTwoPlugins_isReportedForBoth() throws IOException {
    URLClassLoader first = loader(missing().jar("first.jar"));
    URLClassLoader second = loader(missing().jar("second.jar"));

    Registry registry =
        Registry.builder().discover("first", first).discover("second", second).build();

    assertThat(registry.problems())
        .extracting(Registry.Problem::origin)
        .containsExactly("first", "second");
  }

  @Test
  void discover_givenCatalogueOfTheSameClass_isListedOnce()
      throws ReflectiveOperationException, IOException {
    URLClassLoader loader = loader(plugin().catalogue("acme.Band", "acme/tuba").jar("band.jar"));
    Catalogue given = (Catalogue) loader.loadClass("acme.Band").getConstructor().newInstance();

    Registry registry = Registry.builder().add(given).discover(loader).build();

    assertThat(registry.problems()).isEmpty();
    assertThat(ids(registry)).containsExactly("acme/tuba");
  }

  @Test
  void discover_moduleLayer_findsWhatModulesProvide() throws IOException {
    Registry registry = Registry.builder().discover(band()).build();

    WrapperEntry tuba = registry.get(WrapperEntry.class, "acme/tuba");
    assertThat(tuba.create(Map.of("volume", 5))).hasToString("Tuba[volume=5]");
    assertThat(tuba.origin()).isEqualTo("module acme.band");
    assertThat(messages(registry))
        .containsExactly(
            "acme.Throws in module acme.band cannot be used:"
                + " java.lang.IllegalStateException: no reed");
  }

  @Test
  void discover_sameIdInModuleAndPlugin_leavesThePluginsEntryOut() throws IOException {
    Path jar = plugin().catalogue("other.Band", "acme/tuba").jar("other.jar");

    Registry registry =
        Registry.builder().discover("other.jar", loader(jar)).discover(band()).build();

    assertThat(registry.get(WrapperEntry.class, "acme/tuba").origin())
        .isEqualTo("module acme.band");
    assertThat(messages(registry)).contains(twice("acme/tuba", "module acme.band", "other.jar"));
  }

  @Test
  void discover_sameIdInModuleAndClassPath_refusesTheId() throws IOException {
    Path jar = plugin().catalogue("other.Band", "acme/tuba").jar("other.jar");

    Registry registry = Registry.builder().discover(band()).discover(loader(jar)).build();

    assertThatThrownBy(() -> registry.get(WrapperEntry.class, "acme/tuba"))
        .isInstanceOf(Registry.DuplicateIdException.class)
        .hasMessage(twice("acme/tuba", "module acme.band", jar.toString()));
  }

  private ModuleLayer band() throws IOException {
    return layer(
        plugin()
            .source("module-info", BAND_MODULE)
            .catalogue("acme.Band", "acme/tuba")
            .source(
                "acme.Throws",
                catalogueSource(
                    "acme.Throws",
                    "public Throws() { throw new IllegalStateException(\"no reed\"); }",
                    "")),
        "acme.band");
  }

  private static ModuleLayer layer(PluginCompiler plugin, String module) throws IOException {
    Path classes =
        plugin.classes(
            "--module-path",
            PluginCompiler.home(Catalogue.class)
                + File.pathSeparator
                + PluginCompiler.home(NullMarked.class));
    Configuration configuration =
        ModuleLayer.boot()
            .configuration()
            .resolve(ModuleFinder.of(classes), ModuleFinder.of(), Set.of(module));
    return ModuleLayer.boot()
        .defineModulesWithOneLoader(configuration, Registry.class.getClassLoader());
  }
}
