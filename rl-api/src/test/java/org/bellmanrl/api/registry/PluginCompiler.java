package org.bellmanrl.api.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;

/**
 * Compiles plugins at run time, into jars and modules that the test's class path knows nothing of.
 */
final class PluginCompiler {
  private final Path folder;
  private final Map<String, String> sources = new LinkedHashMap<>();
  private final List<String> services = new ArrayList<>();

  PluginCompiler(Path folder) {
    this.folder = folder;
  }

  /** Adds a class that is offered as a catalogue. */
  PluginCompiler service(String name, String source) {
    services.add(name);
    return source(name, source);
  }

  /** Adds a catalogue of wrappers that work. */
  PluginCompiler catalogue(String name, String... ids) {
    StringBuilder body = new StringBuilder();
    for (String id : ids) {
      body.append(offer('"' + id + '"'));
    }
    return service(name, catalogueSource(name, "", body.toString()));
  }

  /** Adds a class. */
  PluginCompiler source(String name, String source) {
    sources.put(name, source);
    return this;
  }

  /** Adds a line to the services file only. */
  PluginCompiler serviceLine(String line) {
    services.add(line);
    return this;
  }

  /**
   * The source of a catalogue with a wrapper record {@code Tuba} that is not public.
   *
   * @param members more members of the class
   * @param body the body of its method {@code list}
   */
  static String catalogueSource(String name, String members, String body) {
    int dot = name.lastIndexOf('.');
    return """
    package %1$s;
    import java.lang.invoke.MethodHandles;
    import java.util.function.Supplier;
    import org.bellmanrl.api.*;
    import org.bellmanrl.api.options.*;
    import org.bellmanrl.api.registry.*;
    public final class %2$s implements Catalogue {
      record Tuba(int volume) implements Wrapper {
        public VectorEnvironment wrap(VectorEnvironment inner) { return inner; }
      }
      %3$s
      public void list(Offers offers) {
        %4$s
      }
      public MethodHandles.Lookup lookup() { return MethodHandles.lookup(); }
    }
    """
        .formatted(name.substring(0, dot), name.substring(dot + 1), members, body);
  }

  /** A statement that offers a wrapper; the id is a Java expression. */
  static String offer(String id) {
    return "offers.add(WrapperEntry.of(" + id + ", \"a tuba\", () -> new Tuba(11)));\n";
  }

  /** Compiles to a folder of classes without services files. */
  Path classes(String... options) throws IOException {
    Path classes = Files.createTempDirectory(folder, "classes");
    Path code = Files.createTempDirectory(folder, "sources");
    List<String> arguments = new ArrayList<>(List.of("-proc:none", "-d", classes.toString()));
    arguments.addAll(Arrays.asList(options));
    for (Map.Entry<String, String> source : sources.entrySet()) {
      Path file = code.resolve(source.getKey().replace('.', '/') + ".java");
      Files.createDirectories(file.getParent());
      arguments.add(Files.writeString(file, source.getValue()).toString());
    }
    StringWriter messages = new StringWriter();
    // The tool of java.base: javax.tools would need a module that this one does not read.
    int status =
        ToolProvider.findFirst("javac")
            .orElseThrow()
            .run(
                new PrintWriter(messages),
                new PrintWriter(messages),
                arguments.toArray(String[]::new));
    assertThat(status).as(messages.toString()).isZero();
    return classes;
  }

  /** Compiles to a jar with a services file, without those classes that are named. */
  Path jar(String name, String... left) throws IOException {
    Path classes = classes("-classpath", home(Catalogue.class).toString());
    Path jar = folder.resolve(name);
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar));
        Stream<Path> files = Files.walk(classes)) {
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        String entry = classes.relativize(file).toString().replace('\\', '/');
        if (!Arrays.asList(left).contains(entry)) {
          out.putNextEntry(new JarEntry(entry));
          Files.copy(file, out);
        }
      }
      out.putNextEntry(new JarEntry("META-INF/services/" + Catalogue.class.getName()));
      out.write(String.join("\n", services).getBytes(StandardCharsets.UTF_8));
    }
    return jar;
  }

  static URLClassLoader loader(Path jar, ClassLoader parent) {
    try {
      return new URLClassLoader(new URL[] {jar.toUri().toURL()}, parent);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The folder or jar that a class was loaded from, also where tests are patched into a module. */
  static Path home(Class<?> type) {
    String file = type.getName().replace('.', '/') + ".class";
    String url = String.valueOf(type.getResource("/" + file));
    try {
      if (url.startsWith("jar:")) {
        return Path.of(new URI(url.substring(4, url.indexOf("!/"))));
      }
      return Path.of(new URI(url.substring(0, url.length() - file.length())));
    } catch (URISyntaxException e) {
      throw new AssertionError(url, e);
    }
  }
}
