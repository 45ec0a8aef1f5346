package org.bellmanrl.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.lang.module.ModuleReference;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A user's code compiles against the libraries with every lint as an error, and with nothing but
 * the libraries and their dependencies on its path: no JSpecify, no AutoService, no RecordBuilder.
 */
class UserModuleTest {
  private static final Path TEMPLATE = Path.of("plugin-template/src/main/java");

  /** What users do without; their compiler would say so if it needed one of them. */
  private static final List<String> ANNOTATIONS =
      List.of("jspecify", "auto-service-annotations", "record-builder-core");

  @TempDir Path folder;

  private static String path(Stream<Path> entries) {
    return entries.map(Path::toString).collect(Collectors.joining(File.pathSeparator));
  }

  /** The dependencies of all libraries, without those whose names begin with one of some words. */
  private static Stream<Path> dependencies(List<String> absent) {
    return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
        .map(Path::of)
        .filter(entry -> Files.isRegularFile(entry) && !entry.startsWith(PublishingTest.ROOT))
        .filter(jar -> absent.stream().noneMatch(jar.getFileName().toString()::startsWith));
  }

  private static Path classes(String module) {
    return PublishingTest.ROOT.resolve(module).resolve("target/classes");
  }

  /** What the compiler has to say. */
  private String compiled(List<Path> sources, String lint, String pathOption, String path)
      throws IOException {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter said = new StringWriter();
    try (var files = compiler.getStandardFileManager(null, null, null)) {
      List<String> options =
          List.of(
              lint,
              "-Werror",
              "-proc:none",
              pathOption,
              path,
              "-d",
              folder.resolve("classes").toString());
      boolean succeeded =
          compiler
              .getTask(said, files, null, options, null, files.getJavaFileObjectsFromPaths(sources))
              .call();
      return said + (succeeded ? "" : "failed");
    }
  }

  /** The public types of an exported package, whose members are all read when one is named. */
  private static List<String> types(Path page) throws IOException {
    Path sources = Path.of(page.getName(0).toString(), "src/main/java");
    Path folder = sources.relativize(page.getParent());
    try (Stream<Path> files = Files.list(classes(page.getName(0).toString()).resolve(folder))) {
      return files
          .map(file -> folder.resolve(file.getFileName()).toString())
          .filter(name -> name.endsWith(".class") && !name.contains("-info"))
          .map(name -> name.substring(0, name.length() - ".class".length()))
          .map(name -> name.replace(File.separatorChar, '.'))
          .filter(UserModuleTest::isPublic)
          .map(name -> name.replace('$', '.'))
          .sorted()
          .toList();
    }
  }

  private static boolean isPublic(String name) {
    try {
      Class<?> type = Class.forName(name, false, UserModuleTest.class.getClassLoader());
      for (Class<?> at = type; at != null; at = at.getEnclosingClass()) {
        if (!Modifier.isPublic(at.getModifiers())) {
          return false;
        }
      }
      return !type.isAnonymousClass() && !type.isLocalClass();
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Map<String, List<Path>> exportedPackages() throws IOException {
    return PublishingTest.exportedPackages()
        .collect(Collectors.groupingBy(page -> page.getName(0).toString()));
  }

  private static Optional<ModuleDescriptor> descriptor(String module) {
    return ModuleFinder.of(classes(module)).findAll().stream()
        .map(ModuleReference::descriptor)
        .findAny();
  }

  private static Set<String> required(ModuleDescriptor module) {
    return module.requires().stream()
        .map(ModuleDescriptor.Requires::name)
        .collect(Collectors.toSet());
  }

  private void check(
      Map<String, List<Path>> packages, List<Path> sources, String pathOption, String path)
      throws IOException {
    StringBuilder uses = new StringBuilder("package user;\n\nclass Uses {\n");
    int count = 0;
    for (List<Path> pages : packages.values()) {
      for (Path page : pages) {
        for (String type : types(page)) {
          uses.append("  Class<?> c%d = %s.class;%n".formatted(count++, type));
        }
      }
    }
    assertThat(count).isPositive();
    sources.add(Files.writeString(folder.resolve("Uses.java"), uses.append("}\n")));

    assertThat(compiled(sources, "-Xlint:all", pathOption, path)).isEmpty();
  }

  @Test
  void exportedTypes_onTheClassPath_compileUnderEveryLint() throws IOException {
    Map<String, List<Path>> packages = exportedPackages();
    Stream<Path> libraries = packages.keySet().stream().map(UserModuleTest::classes);

    String path = path(Stream.concat(libraries, dependencies(ANNOTATIONS)));
    check(packages, new ArrayList<>(), "--class-path", path);
  }

  /**
   * Modules without a descriptor warn who requires them, so they and what they depend on are left
   * out here.
   *
   * @param brought whether a dependency brings JSpecify, as Guava and JUnit do
   */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void exportedTypes_onTheModulePath_compileUnderEveryLint(boolean brought) throws IOException {
    Map<String, List<Path>> packages = exportedPackages();
    packages.keySet().removeIf(module -> descriptor(module).isEmpty());
    List<Path> libraries = packages.keySet().stream().map(UserModuleTest::classes).toList();
    List<String> absent = new ArrayList<>(List.of("gdx", "jolt-jni"));
    Set<String> bringing =
        ModuleFinder.of(dependencies(absent).toArray(Path[]::new)).findAll().stream()
            .map(ModuleReference::descriptor)
            .filter(dependency -> required(dependency).contains("org.jspecify"))
            .map(ModuleDescriptor::name)
            .collect(Collectors.toSet());
    packages
        .keySet()
        .removeIf(module ->
            Collections.disjoint(required(descriptor(module).orElseThrow()), bringing) == brought);
    String requires =
        packages.keySet().stream()
            .map(module -> "  requires " + descriptor(module).orElseThrow().name() + ";\n")
            .collect(Collectors.joining("", "module user {\n", "}\n"));
    List<Path> sources = new ArrayList<>();
    sources.add(Files.writeString(folder.resolve("module-info.java"), requires));

    absent.addAll(brought ? List.of() : ANNOTATIONS);
    String path = path(Stream.concat(libraries.stream(), dependencies(absent)));
    check(packages, sources, "--module-path", path);
  }

  /**
   * What a plugin's author writes: implementations of what is in the API. The lint left out is
   * about the author's own constructors.
   */
  @Test
  void pluginTemplate_compilesUnderEveryLint() throws IOException {
    List<Path> sources;
    try (Stream<Path> files = Files.walk(TEMPLATE)) {
      sources = files.filter(file -> file.toString().endsWith(".java")).toList();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }

    String lint = "-Xlint:all,-missing-explicit-ctor";
    String libraries =
        path(
            Stream.of("rl-api", "rl-policy", "rl-tabular", "rl-deep").map(UserModuleTest::classes));
    assertThat(compiled(sources, lint, "--module-path", libraries)).isEmpty();
  }
}
