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
import java.util.Objects;
import java.util.Optional;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bellmanrl.api.registry.Catalogue;
import org.bellmanrl.api.registry.Registry;
import org.bellmanrl.lab.internal.run.UserError;
import org.bellmanrl.lab.internal.run.Versions;

/**
 * Jars that add environments and learners, each plugin in a class loader of its own above the
 * program's.
 *
 * <p>A plugin is a jar with a catalogue. It sees this program, the libraries beside it (jars
 * without a catalogue) and those in the folder {@code lib} beside it. A folder of plugins may hold
 * folders, one for each plugin with its libraries. Plugins don't see each other, so that two may
 * hold different versions of one library. A jar that is of no use is reported and left out.
 */
public final class Plugins implements AutoCloseable {
  private static final String LOADER_PREFIX = "plugin ";
  private static final String SERVICE = "META-INF/services/" + Catalogue.class.getName();
  private static final String LIBRARIES = "lib";

  /** What Maven leaves beside a jar: the jar without its libraries, sources, Javadoc and tests. */
  private static final Pattern BY_PRODUCT =
      Pattern.compile("original-.*\\.jar|.*-(sources|javadoc|tests)\\.jar");

  /** The class in the message of an AbstractMethodError. */
  private static final Pattern RECEIVER = Pattern.compile("[Rr]eceiver class ([\\w.$]+)");

  private final ClassLoader parent;
  private final Map<Path, URLClassLoader> loaders = new LinkedHashMap<>();
  private final List<String> warnings = new ArrayList<>();

  private Plugins(ClassLoader parent) {
    this.parent = parent;
  }

  /**
   * Opens plugins.
   *
   * @param places jars, or folders of jars
   * @param parent what the plugins may use
   * @throws UserError if a place does not exist or can't be read
   */
  public static Plugins open(List<Path> places, ClassLoader parent) {
    Plugins plugins = new Plugins(parent);
    try {
      for (Path place : places) {
        if (Files.isDirectory(place)) {
          plugins.addFolders(place);
        } else if (Files.isRegularFile(place)) {
          plugins.add(List.of(place), jars(place.resolveSibling(LIBRARIES)));
        } else {
          throw new UserError(
              "there is no plugin folder " + place + "; give --plugins a folder of jars, or a jar");
        }
      }
    } catch (RuntimeException e) {
      plugins.close();
      throw e;
    }
    return plugins;
  }

  /** Adds the plugins in a folder, and those in the folders in it. */
  private void addFolders(Path place) {
    boolean found = addFolder(place);
    for (Path inner : listed(place, Files::isDirectory)) {
      if (!inner.endsWith(LIBRARIES)) {
        found |= addFolder(inner);
      }
    }
    if (!found) {
      warnings.add("there is no jar in the plugin folder " + place);
    }
  }

  private boolean addFolder(Path folder) {
    List<Path> jars = jars(folder);
    add(jars, jars(folder.resolve(LIBRARIES)));
    return !jars.isEmpty();
  }

  private static List<Path> jars(Path folder) {
    return listed(
        folder,
        file -> {
          String name = String.valueOf(file.getFileName());
          return name.endsWith(".jar") && !BY_PRODUCT.matcher(name).matches();
        });
  }

  private static List<Path> listed(Path folder, DirectoryStream.Filter<Path> filter) {
    List<Path> listed = new ArrayList<>();
    if (Files.isDirectory(folder)) {
      try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, filter)) {
        files.forEach(listed::add);
      } catch (IOException e) {
        throw new UserError("cannot read the plugin folder " + folder + ": " + e.getMessage(), e);
      }
    }
    listed.sort(null);
    return listed;
  }

  /** Adds each jar with a catalogue; the others, and more libraries, are what it may use. */
  private void add(List<Path> jars, List<Path> moreLibraries) {
    List<Path> catalogues = new ArrayList<>();
    List<Path> libraries = new ArrayList<>();
    for (Path jar : jars) {
      // A class loader passes over what is no zip file without a word.
      try (JarFile file = new JarFile(jar.toFile(), false)) {
        (file.getEntry(SERVICE) == null ? libraries : catalogues).add(jar);
      } catch (IOException e) {
        warnings.add(
            "the plugin "
                + jar
                + " is left out, it can't be read as a jar: "
                + e.getMessage()
                + "; build it again or remove it");
      }
    }
    if (catalogues.isEmpty()) {
      libraries.forEach(
          jar -> warnings.add("the plugin " + jar + " offers nothing: it has no file " + SERVICE));
    }
    libraries.addAll(moreLibraries);
    for (Path jar : catalogues) {
      try {
        Path real = jar.toRealPath();
        if (!loaders.containsKey(real)) {
          List<URL> urls = new ArrayList<>(List.of(real.toUri().toURL()));
          for (Path library : libraries) {
            urls.add(library.toRealPath().toUri().toURL());
          }
          loaders.put(
              real, new URLClassLoader(LOADER_PREFIX + jar, urls.toArray(URL[]::new), parent));
        }
      } catch (IOException e) {
        throw new UserError("cannot read the plugin " + jar + ": " + e.getMessage(), e);
      }
    }
  }

  /** Adds what the plugins offer. */
  void discover(Registry.Builder builder) {
    loaders.values().forEach(loader -> builder.discover(name(loader), loader));
  }

  private static String name(URLClassLoader loader) {
    return loader.getName().substring(LOADER_PREFIX.length());
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
   * Says in words which plugin a failure came out of, and how.
   *
   * @return one sentence; empty if this program's own code threw, or a library's that it called
   */
  public Optional<String> blame(Throwable failure) {
    for (Throwable at = failure; at != null; at = at.getCause()) {
      for (URLClassLoader loader : loaders.values()) {
        if (threw(loader, at)) {
          return Optional.of("the plugin " + name(loader) + " failed: " + at + hint(at));
        }
      }
    }
    return Optional.empty();
  }

  private static boolean threw(URLClassLoader loader, Throwable failure) {
    for (StackTraceElement frame : failure.getStackTrace()) {
      if (Objects.equals(frame.getClassLoaderName(), loader.getName())) {
        return true;
      }
    }
    // A method that a plugin lacks has no frame there.
    Matcher receiver = RECEIVER.matcher(String.valueOf(failure.getMessage()));
    return failure instanceof AbstractMethodError
        && receiver.find()
        && loader.findResource(receiver.group(1).replace('.', '/') + ".class") != null;
  }

  /** What to add to a failure of a plugin that was built with other versions; empty for others. */
  static String hint(Throwable failure) {
    for (Throwable at = failure; at != null; at = at.getCause()) {
      String message = String.valueOf(at.getMessage());
      boolean ours = message.contains("org.bellmanrl.") || message.contains("org/bellmanrl/");
      if (ours
          && (at instanceof IncompatibleClassChangeError || at instanceof NoClassDefFoundError)) {
        return "; it was built with another version of Bellman: build it with "
            + Versions.bellman()
            + ", which this is";
      }
      if (at instanceof UnsupportedClassVersionError) {
        return "; it was built for a newer Java: this is " + Runtime.version().feature();
      }
    }
    return "";
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
