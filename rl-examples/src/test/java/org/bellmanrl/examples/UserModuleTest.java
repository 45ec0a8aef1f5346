package org.bellmanrl.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.lang.module.ModuleReader;
import java.lang.module.ModuleReference;
import java.lang.reflect.Modifier;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.bellmanrl.api.Environment;
import org.bellmanrl.deep.network.Network;
import org.bellmanrl.env.classic.CartPole;
import org.bellmanrl.policy.ShippedPolicy;
import org.bellmanrl.tabular.td.QLearning;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A user's code compiles against the libraries with every lint as an error, and with nothing but
 * the libraries on its path: no JSpecify, no AutoService.
 */
class UserModuleTest {
  private static final Path TEMPLATE = Path.of("plugin-template/src/main/java");

  @TempDir Path folder;

  private static Path place(Class<?> type) {
    return Path.of(URI.create(type.getProtectionDomain().getCodeSource().getLocation().toString()));
  }

  private static String path(Class<?>... types) {
    return Stream.of(types)
        .map(type -> place(type).toString())
        .collect(Collectors.joining(System.getProperty("path.separator")));
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

  /** The public types of the exported packages, whose members are all read when one is named. */
  private static Set<String> types(ModuleReference module) throws IOException {
    Set<String> exported =
        module.descriptor().exports().stream()
            .filter(export -> !export.isQualified())
            .map(ModuleDescriptor.Exports::source)
            .collect(Collectors.toSet());
    try (ModuleReader reader = module.open();
        Stream<String> resources = reader.list()) {
      return resources
          .filter(name -> name.endsWith(".class") && !name.contains("-info"))
          .map(name -> name.substring(0, name.length() - ".class".length()).replace('/', '.'))
          .filter(name -> exported.contains(name.substring(0, name.lastIndexOf('.'))))
          .filter(UserModuleTest::isPublic)
          .map(name -> name.replace('$', '.'))
          .collect(Collectors.toCollection(TreeSet::new));
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

  @ParameterizedTest
  @ValueSource(strings = {"--module-path", "--class-path"})
  void exportedTypes_compileUnderEveryLint(String pathOption) throws IOException {
    Class<?>[] libraries = {
      Environment.class, CartPole.class, QLearning.class, ShippedPolicy.class, Network.class
    };
    Set<ModuleReference> modules =
        ModuleFinder.of(Stream.of(libraries).map(UserModuleTest::place).toArray(Path[]::new))
            .findAll();
    assertThat(modules).hasSize(libraries.length);
    List<Path> sources = new ArrayList<>();
    StringBuilder uses = new StringBuilder("package user;\n\nclass Uses {\n");
    int count = 0;
    for (ModuleReference module : modules) {
      for (String type : types(module)) {
        uses.append("  Class<?> c%d = %s.class;%n".formatted(count++, type));
      }
    }
    assertThat(count).isGreaterThan(150);
    sources.add(Files.writeString(folder.resolve("Uses.java"), uses.append("}\n")));
    if (pathOption.equals("--module-path")) {
      String requires =
          modules.stream()
              .map(module -> "  requires " + module.descriptor().name() + ";\n")
              .collect(Collectors.joining());
      sources.add(
          Files.writeString(
              folder.resolve("module-info.java"), "module user {\n" + requires + "}\n"));
    }

    assertThat(compiled(sources, "-Xlint:all", pathOption, path(libraries))).isEmpty();
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
    String libraries = path(Environment.class, QLearning.class, ShippedPolicy.class, Network.class);
    assertThat(compiled(sources, lint, "--module-path", libraries)).isEmpty();
  }
}
