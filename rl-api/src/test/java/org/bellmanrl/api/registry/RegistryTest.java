package org.bellmanrl.api.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.io.IOException;
import java.lang.module.Configuration;
import java.lang.module.ModuleFinder;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bellmanrl.api.options.NoOptions;
import org.bellmanrl.api.options.OptionSchema;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RegistryTest {
  @TempDir Path folder;
  private final List<URLClassLoader> loaders = new ArrayList<>();

  private record Given(String id) implements InstrumentProvider<NoOptions> {
    @Override
    public String description() {
      return "given";
    }

    @Override
    public OptionSchema<NoOptions> options() {
      return OptionSchema.none();
    }

    @Override
    public String play(NoOptions config) {
      return id;
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

  private static Registry of(String... ids) {
    List<Given> given = new ArrayList<>();
    for (String id : ids) {
      given.add(new Given(id));
    }
    return Registry.of(given);
  }

  private static Registry.Builder instruments() {
    return Registry.builder().kind(InstrumentProvider.class);
  }

  private static List<String> ids(Registry registry) {
    List<String> ids = new ArrayList<>();
    for (InstrumentProvider<?> provider : registry.all(InstrumentProvider.class)) {
      ids.add(provider.id());
    }
    return ids;
  }

  private static <C extends Record> String play(
      InstrumentProvider<C> provider, Map<String, ?> options) {
    return provider.play(provider.options().parse(options));
  }

  @Test
  void all_givenProviders_areSortedById() {
    assertThat(ids(of("Tuba-v1", "Cello-v2", "Cello-v10", "drum"))).isSorted().hasSize(4);
    assertThat(Registry.of(List.of()).all(InstrumentProvider.class)).isEmpty();
  }

  @Test
  void get_knownId_givesTheProvider() {
    Registry registry = of("Tuba-v1", "acme/Tuba-v2");

    assertThat(registry.get(InstrumentProvider.class, "Tuba-v1").id()).isEqualTo("Tuba-v1");
    assertThat(registry.get(InstrumentProvider.class, "bellman/Tuba-v1").id()).isEqualTo("Tuba-v1");
    assertThat(registry.get(InstrumentProvider.class, "acme/Tuba-v2").id())
        .isEqualTo("acme/Tuba-v2");
  }

  @Test
  void get_otherVersion_namesTheNewest() {
    assertThatThrownBy(() -> of("Tuba-v2", "Tuba-v10").get(InstrumentProvider.class, "Tuba-v0"))
        .isInstanceOf(UnknownIdException.class)
        .hasMessage(
            "unknown instrument 'Tuba-v0': the newest version is 'Tuba-v10';"
                + " there are: Tuba-v10, Tuba-v2");
  }

  @Test
  void get_noVersion_namesTheNewestButDoesNotTakeIt() {
    assertThatThrownBy(() -> of("Tuba-v1").get(InstrumentProvider.class, "Tuba"))
        .isInstanceOf(UnknownIdException.class)
        .hasMessage(
            "unknown instrument 'Tuba': an id ends in its version, the newest is 'Tuba-v1';"
                + " there are: Tuba-v1");
  }

  @Test
  void get_misspelt_namesNearMatches() {
    assertThatThrownBy(
            () -> of("FrozenLake-v1", "Taxi-v4").get(InstrumentProvider.class, "FrozenLkae-v1"))
        .isInstanceOf(UnknownIdException.class)
        .hasMessage(
            "unknown instrument 'FrozenLkae-v1', did you mean 'FrozenLake-v1'?;"
                + " there are: FrozenLake-v1, Taxi-v4");
  }

  @Test
  void get_emptyRegistry_saysSo() {
    assertThatThrownBy(() -> of().get(InstrumentProvider.class, "?"))
        .isInstanceOf(UnknownIdException.class)
        .hasMessage("unknown instrument '?'; there are none");
  }

  @Test
  void of_sameIdTwice_namesBothClassesAndOrigins() {
    assertThatThrownBy(() -> of("Tuba-v1", "bellman/Tuba-v1"))
        .isInstanceOf(DuplicateIdException.class)
        .hasMessageContaining("two providers of the instrument 'Tuba-v1'")
        .hasMessageContaining(Given.class.getName() + " in ");
  }

  @Test
  void of_malformedId_saysTheForm() {
    assertThatThrownBy(() -> of("Tuba"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("an id must be namespace/Name-vN");
  }

  @Test
  void of_providerOfNoKind_isRefused() {
    Provider<NoOptions> plain =
        new Provider<>() {
          @Override
          public String id() {
            return "Tuba-v1";
          }

          @Override
          public String description() {
            return "of no kind";
          }

          @Override
          public OptionSchema<NoOptions> options() {
            return OptionSchema.none();
          }
        };
    assertThatThrownBy(() -> Registry.of(List.of(plain)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("is of no kind");
    assertThatThrownBy(() -> Registry.builder().kind(Provider.class))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("a kind must be an interface that extends Provider");
    assertThatThrownBy(() -> Registry.builder().kind(Given.class))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void discover_pluginJar_findsItsProviderAndReadsItsPrivateRecord() throws IOException {
    Path jar = plugin().instrument("acme.Tuba", "acme/Tuba-v1").jar("tuba.jar");

    Registry registry = instruments().discover("tuba.jar", loader(jar)).build();

    assertThat(registry.problems()).isEmpty();
    assertThat(ids(registry)).containsExactly("acme/Tuba-v1");
    InstrumentProvider<?> tuba = registry.get(InstrumentProvider.class, "acme/Tuba-v1");
    assertThat(play(tuba, Map.of("volume", "3"))).isEqualTo("volume 3");
  }

  @Test
  void discover_parentAndPlugins_listsTheParentsProvidersOnce() throws IOException {
    URLClassLoader parent =
        loader(plugin().instrument("acme.Tuba", "acme/Tuba-v1").jar("tuba.jar"));
    URLClassLoader first =
        loader(plugin().instrument("acme.Drum", "acme/Drum-v1").jar("drum.jar"), parent);
    URLClassLoader second =
        loader(plugin().instrument("acme.Lute", "acme/Lute-v1").jar("lute.jar"), parent);

    Registry registry =
        instruments()
            .discover(parent)
            .discover("drum", first)
            .discover("lute", second)
            .discover("lute again", second)
            .build();

    assertThat(registry.problems()).isEmpty();
    assertThat(ids(registry)).containsExactly("acme/Drum-v1", "acme/Lute-v1", "acme/Tuba-v1");
  }

  @Test
  void discover_sameIdInTwoJars_namesBothOrigins() throws IOException {
    Path first = plugin().instrument("acme.Tuba", "acme/Tuba-v1").jar("first.jar");
    Path second = plugin().instrument("other.Tuba", "acme/Tuba-v1").jar("second.jar");

    assertThatThrownBy(() ->
            instruments()
                .discover(loader(first))
                .discover("the second plugin", loader(second))
                .build())
        .isInstanceOf(DuplicateIdException.class)
        .hasMessage(
            "two providers of the instrument 'acme/Tuba-v1': acme.Tuba in "
                + first
                + ", and other.Tuba in the second plugin;"
                + " remove one of them or give it an id in a namespace of its own");
  }

  @Test
  void discover_sameIdSetAside_refusesThatIdAlone() throws IOException {
    Path first =
        plugin()
            .instrument("acme.Tuba", "acme/Tuba-v1")
            .instrument("acme.Drum", "acme/Drum-v1")
            .jar("first.jar");
    Path second = plugin().instrument("other.Tuba", "acme/Tuba-v1").jar("second.jar");
    Path third = plugin().instrument("third.Tuba", "acme/Tuba-v1").jar("third.jar");

    Registry registry =
        instruments()
            .setDuplicatesAside()
            .discover("first", loader(first))
            .discover("second", loader(second))
            .discover("third", loader(third))
            .build();

    String claims =
        "two providers of the instrument 'acme/Tuba-v1': acme.Tuba in first, and other.Tuba in"
            + " second; remove one of them or give it an id in a namespace of its own";
    assertThat(ids(registry)).containsExactly("acme/Drum-v1");
    assertThat(registry.problems())
        .extracting(Problem::message)
        .containsExactly(
            claims, claims.replace("other.Tuba", "third.Tuba").replace("second", "third"));
    assertThatThrownBy(() -> registry.get(InstrumentProvider.class, "acme/Tuba-v1"))
        .isInstanceOf(DuplicateIdException.class)
        .hasMessage(claims);
  }

  @Test
  void discover_brokenProviders_areReportedAndTheRestIsFound() throws IOException {
    Path jar =
        plugin()
            .instrument("acme.First", "acme/First-v1")
            .serviceLine("acme.Missing")
            .provider(
                "acme.Throws",
                PluginCompiler.instrumentSource(
                    "acme.Throws",
                    "public Throws() { throw new IllegalStateException(\"no reed\"); }",
                    "\"acme/Throws-v1\""))
            .provider(
                "acme.StaticThrows",
                PluginCompiler.instrumentSource(
                    "acme.StaticThrows",
                    "static final int N = Integer.parseInt(\"x\");",
                    "\"acme/Static-v1\""))
            .source("acme.Gone", "package acme; public class Gone { static String ID = \"x\"; }")
            .provider(
                "acme.NeedsGone", PluginCompiler.instrumentSource("acme.NeedsGone", "", "Gone.ID"))
            .source("acme.GoneBase", "package acme; public interface GoneBase { }")
            .provider(
                "acme.ExtendsGone",
                PluginCompiler.instrumentSource("acme.ExtendsGone", "", "\"acme/Gone-v1\"")
                    .replace("implements ", "implements GoneBase, "))
            .provider(
                "acme.Recursive",
                PluginCompiler.instrumentSource("acme.Recursive", "", "id() + \"\""))
            .provider("acme.NullId", PluginCompiler.instrumentSource("acme.NullId", "", "null"))
            .instrument("acme.BadId", "no id at all")
            .provider("acme.NotOne", "package acme; public class NotOne { }")
            .provider(
                "acme.Hidden",
                PluginCompiler.instrumentSource("acme.Hidden", "private Hidden() {}", "\"h\""))
            .instrument("acme.Last", "acme/Last-v1")
            .jar("broken.jar", "acme/Gone.class", "acme/GoneBase.class");

    Registry registry = instruments().discover("broken.jar", loader(jar)).build();

    assertThat(ids(registry)).containsExactly("acme/First-v1", "acme/Last-v1");
    assertThat(registry.problems())
        .hasSize(10)
        .allSatisfy(problem -> assertThat(problem.message()).contains(" in ", " cannot be used: "))
        .allSatisfy(problem -> assertThat(problem.message()).contains("acme", "broken.jar"));
    assertThat(message(registry, "acme.Throws"))
        .isEqualTo(
            "acme.Throws in broken.jar cannot be used: java.lang.IllegalStateException: no reed");
    assertThat(message(registry, "acme.StaticThrows")).contains("ExceptionInInitializerError");
    assertThat(message(registry, "acme.NeedsGone")).contains("NoClassDefFoundError: acme/Gone");
    assertThat(message(registry, "acme.Recursive")).contains("StackOverflowError");
    assertThat(message(registry, "acme.NullId")).contains("id() is null");
    assertThat(message(registry, "acme.BadId")).contains("was 'no id at all'");
    assertThat(registry.problems())
        .filteredOn(problem -> problem.provider() == null)
        .extracting(problem -> problem.cause().getMessage())
        .anyMatch(text -> text.contains("acme.Missing not found"))
        .anyMatch(text -> text.contains("acme/GoneBase"))
        .anyMatch(text -> text.contains("acme.NotOne not a subtype"))
        .anyMatch(text -> text.contains("acme.Hidden"));
  }

  private static String message(Registry registry, String provider) {
    return registry.problems().stream()
        .filter(problem -> provider.equals(problem.provider()))
        .map(Problem::message)
        .findFirst()
        .orElseThrow();
  }

  @Test
  void discover_malformedServicesFile_isReportedAndOtherPluginsAreFound() throws IOException {
    Path bad =
        plugin().serviceLine("two words").instrument("acme.Tuba", "acme/Tuba-v1").jar("bad.jar");
    Path good = plugin().instrument("acme.Drum", "acme/Drum-v1").jar("good.jar");

    Registry registry =
        instruments().discover("bad.jar", loader(bad)).discover("good.jar", loader(good)).build();

    assertThat(ids(registry)).containsExactly("acme/Drum-v1");
    assertThat(registry.problems()).hasSize(1);
    assertThat(registry.problems().getFirst().message())
        .startsWith("a provider in bad.jar cannot be used: ")
        .contains("Illegal");
  }

  @Test
  void discover_brokenProviderInTheParent_isReportedOnce() throws IOException {
    URLClassLoader parent = loader(missing().jar("parent.jar"));
    URLClassLoader child =
        loader(plugin().instrument("acme.Drum", "acme/Drum-v1").jar("drum.jar"), parent);

    Registry registry = instruments().discover("parent", parent).discover("child", child).build();

    assertThat(registry.problems()).extracting(Problem::origin).containsExactly("parent");
  }

  @Test
  void discover_sameMissingClassInTwoPlugins_isReportedForBoth() throws IOException {
    URLClassLoader first = loader(missing().jar("first.jar"));
    URLClassLoader second = loader(missing().jar("second.jar"));

    Registry registry = instruments().discover("first", first).discover("second", second).build();

    assertThat(registry.problems()).extracting(Problem::origin).containsExactly("first", "second");
  }

  @Test
  void discover_givenProviderOfTheSameClass_isListedOnce()
      throws ReflectiveOperationException, IOException {
    URLClassLoader loader =
        loader(plugin().instrument("acme.Tuba", "acme/Tuba-v1").jar("tuba.jar"));
    Provider<?> given = (Provider<?>) loader.loadClass("acme.Tuba").getConstructor().newInstance();

    Registry registry = instruments().add(given).discover(loader).build();

    assertThat(registry.all(InstrumentProvider.class)).hasSize(1);
  }

  @Test
  void discover_kindThatIsNotAsked_constructsNothing() throws IOException {
    Path jar =
        plugin()
            .provider(
                "acme.Exits",
                PluginCompiler.instrumentSource(
                    "acme.Exits",
                    "public Exits() { throw new AssertionError(\"constructed\"); }",
                    "\"acme/Exits-v1\""))
            .jar("exits.jar");

    Registry registry = Registry.builder().discover(loader(jar)).build();

    assertThat(registry.problems()).isEmpty();
  }

  @Test
  void discover_moduleLayer_findsWhatModulesProvide() throws IOException {
    ModuleLayer layer =
        layer(
            plugin()
                .source(
                    "module-info",
                    """
                    module acme.band {
                      requires org.bellmanrl.api;
                      provides org.bellmanrl.api.registry.InstrumentProvider
                          with acme.Tuba, acme.Throws;
                    }
                    """)
                .instrument("acme.Tuba", "acme/Tuba-v1")
                .source(
                    "acme.Throws",
                    PluginCompiler.instrumentSource(
                        "acme.Throws",
                        "public Throws() { throw new IllegalStateException(\"no reed\"); }",
                        "\"acme/Throws-v1\"")),
            "acme.band");

    Registry registry = instruments().discover(layer).build();

    assertThat(ids(registry)).containsExactly("acme/Tuba-v1");
    InstrumentProvider<?> tuba = registry.get(InstrumentProvider.class, "acme/Tuba-v1");
    assertThat(play(tuba, Map.of("volume", 5))).isEqualTo("volume 5");
    assertThat(registry.problems())
        .extracting(Problem::message)
        .containsExactly(
            "acme.Throws in module acme.band cannot be used:"
                + " java.lang.IllegalStateException: no reed");
  }

  @Test
  void discover_sameIdInModuleAndJar_namesBothOrigins() throws IOException {
    ModuleLayer layer =
        layer(
            plugin()
                .source(
                    "module-info",
                    """
                    module acme.band {
                      requires org.bellmanrl.api;
                      provides org.bellmanrl.api.registry.InstrumentProvider with acme.Tuba;
                    }
                    """)
                .instrument("acme.Tuba", "acme/Tuba-v1"),
            "acme.band");
    Path jar = plugin().instrument("other.Tuba", "acme/Tuba-v1").jar("other.jar");

    assertThatThrownBy(
            () -> instruments().discover(layer).discover("other.jar", loader(jar)).build())
        .isInstanceOf(DuplicateIdException.class)
        .hasMessageContaining("acme.Tuba in module acme.band, and other.Tuba in other.jar;");
  }

  private static ModuleLayer layer(PluginCompiler plugin, String module) throws IOException {
    Path classes =
        plugin.classes(
            "--module-path",
            PluginCompiler.home(Provider.class)
                + File.pathSeparator
                + PluginCompiler.home(NullMarked.class),
            "--patch-module",
            "org.bellmanrl.api=" + PluginCompiler.home(InstrumentProvider.class));
    Configuration configuration =
        ModuleLayer.boot()
            .configuration()
            .resolve(ModuleFinder.of(classes), ModuleFinder.of(), Set.of(module));
    return ModuleLayer.boot()
        .defineModulesWithOneLoader(configuration, Registry.class.getClassLoader());
  }
}
