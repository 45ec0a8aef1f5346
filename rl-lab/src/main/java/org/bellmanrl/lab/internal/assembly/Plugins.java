package org.bellmanrl.lab.internal.assembly;

import com.google.common.hash.Hashing;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import org.bellmanrl.api.registry.Catalogue;
import org.bellmanrl.api.registry.Registry;
import org.bellmanrl.lab.internal.run.UserError;
import org.jspecify.annotations.Nullable;

/**
 * Jars that add environments and learners, each in a class loader of its own above the program's.
 *
 * <p>Plugins don't see each other, so two may hold different versions of one library; what a plugin
 * needs beside this program has to be in its jar. A jar that is of no use is told of and left out.
 */
public final class Plugins implements AutoCloseable {
  private static final String LOADER_PREFIX = "plugin ";
  private static final String SERVICE = "META-INF/services/" + Catalogue.class.getName();

  private final Map<Path, URLClassLoader> loaders = new LinkedHashMap<>();
  private final List<String> warnings = new ArrayList<>();

  private Plugins() {}

  /**
   * Opens plugins.
   *
   * @param places jars, or folders of jars
   * @param parent what the plugins may use
   * @throws UserError if a place does not exist or can't be read
   */
  public static Plugins open(List<Path> places, ClassLoader parent) {
    Plugins plugins = new Plugins();
    try {
      for (Path place : places) {
        List<Path> jars = jars(place);
        if (jars.isEmpty()) {
          plugins.warnings.add("there is no jar in the plugin folder " + place);
        }
        for (Path jar : jars) {
          plugins.add(jar, parent);
        }
      }
    } catch (RuntimeException e) {
      plugins.close();
      throw e;
    }
    return plugins;
  }

  private static List<Path> jars(Path place) {
    if (!Files.isDirectory(place)) {
      if (Files.isRegularFile(place)) {
        return List.of(place);
      }
      throw new UserError(
          "there is no plugin folder " + place + "; give --plugins a folder of jars, or a jar");
    }
    List<Path> jars = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(place, "*.jar")) {
      files.forEach(jars::add);
    } catch (IOException e) {
      throw new UserError("cannot read the plugin folder " + place + ": " + e.getMessage(), e);
    }
    jars.sort(null);
    return jars;
  }

  private void add(Path jar, ClassLoader parent) {
    try {
      // A class loader passes over what is no zip file without a word.
      try (JarFile file = new JarFile(jar.toFile(), false)) {
        if (file.getEntry(SERVICE) == null) {
          warnings.add("the plugin " + jar + " offers nothing: it has no file " + SERVICE);
          return;
        }
      }
      Path real = jar.toRealPath();
      if (!loaders.containsKey(real)) {
        URL[] urls = {real.toUri().toURL()};
        loaders.put(real, new URLClassLoader(LOADER_PREFIX + jar, urls, parent));
      }
    } catch (IOException e) {
      warnings.add(
          "the plugin "
              + jar
              + " is left out, it can't be read as a jar: "
              + e.getMessage()
              + "; build it anew or take it away");
    }
  }

  /** Adds what the plugins offer. */
  void discover(Registry.Builder builder) {
    for (URLClassLoader loader : loaders.values()) {
      builder.discover(loader.getName().substring(LOADER_PREFIX.length()), loader);
    }
  }

  /**
   * What is known of the plugin that is an entry's origin.
   *
   * @return its file, version and check sum by name; empty if the origin is no plugin
   */
  Optional<Map<String, String>> about(String origin) {
    for (Map.Entry<Path, URLClassLoader> plugin : loaders.entrySet()) {
      if (plugin.getValue().getName().equals(LOADER_PREFIX + origin)) {
        return Optional.of(about(plugin.getKey()));
      }
    }
    return Optional.empty();
  }

  private static Map<String, String> about(Path jar) {
    try (JarFile file = new JarFile(jar.toFile(), false)) {
      Manifest manifest = file.getManifest();
      String version =
          manifest == null
              ? null
              : manifest.getMainAttributes().getValue(Attributes.Name.IMPLEMENTATION_VERSION);
      Map<String, String> about = new LinkedHashMap<>();
      about.put("file", String.valueOf(jar.getFileName()));
      about.put("version", version == null ? "unknown" : version);
      about.put("sha256", Hashing.sha256().hashBytes(Files.readAllBytes(jar)).toString());
      return about;
    } catch (IOException e) {
      throw new UserError("cannot read the plugin " + jar + ": " + e.getMessage(), e);
    }
  }

  /** What is wrong with jars that were left out, a line each. */
  List<String> warnings() {
    return warnings;
  }

  /**
   * Which plugin a failure came out of.
   *
   * @return its jar; null if this program's own code threw, or a library's that it called
   */
  public static @Nullable String culprit(Throwable failure) {
    for (Throwable at = failure; at != null; at = at.getCause()) {
      for (StackTraceElement frame : at.getStackTrace()) {
        String loader = frame.getClassLoaderName();
        if (loader != null && loader.startsWith(LOADER_PREFIX)) {
          return loader.substring(LOADER_PREFIX.length());
        }
      }
    }
    return null;
  }

  /** Closes the jars: nothing of the plugins may be used any more. */
  @Override
  public void close() {
    for (URLClassLoader loader : loaders.values()) {
      try {
        loader.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
