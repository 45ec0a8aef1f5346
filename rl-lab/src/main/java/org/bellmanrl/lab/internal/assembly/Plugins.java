package org.bellmanrl.lab.internal.assembly;

import com.google.common.hash.Hashing;
import com.google.common.io.ByteSource;
import com.google.common.io.MoreFiles;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.bellmanrl.api.registry.Catalogue;
import org.bellmanrl.api.registry.Registry;
import org.bellmanrl.lab.internal.run.Versions;
import org.bellmanrl.results.document.UserError;
import org.jspecify.annotations.Nullable;

/**
 * Jars that add environments and learners, each plugin in its own class loader above the program's.
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
  private final List<Plugin> opened = new ArrayList<>();
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

  /**
   * Opens plugins that are known by their contents. Their files may be removed afterwards.
   *
   * @param where finds a file
   * @param parent what the plugins may use
   * @throws UserError if a file does not exist
   */
  static Plugins open(
      List<PluginFiles> wanted, Function<PluginFiles.Sum, Path> where, ClassLoader parent) {
    Plugins plugins = new Plugins(parent);
    try {
      for (PluginFiles each : wanted) {
        String origin = each.jar() + " with SHA-256 " + each.main().sha256();
        List<Path> files = each.files().stream().map(where).toList();
        plugins.add(new Plugin(each.jar(), origin, files, plugins.loader(origin, files)));
      }
    } catch (RuntimeException e) {
      plugins.close();
      throw e;
    }
    return plugins;
  }

  private void add(Plugin plugin) {
    opened.add(plugin);
    try {
      // Opens all jars, of which the loader would pass over one that is gone by then.
      Collections.list(plugin.loader.findResources(SERVICE));
    } catch (IOException e) {
      throw new UserError("cannot read the plugin " + plugin.origin + ": " + e.getMessage(), e);
    }
    for (Path file : plugin.files) {
      if (!Files.exists(file)) {
        throw new UserError("the file " + file + " of the plugin " + plugin.origin + " is gone");
      }
    }
  }

  private URLClassLoader loader(String origin, List<Path> files) {
    try {
      URL[] urls = new URL[files.size()];
      for (int i = 0; i < urls.length; i++) {
        urls[i] = files.get(i).toUri().toURL();
      }
      return new URLClassLoader(LOADER_PREFIX + origin, urls, parent);
    } catch (IOException e) {
      throw new UserError("cannot read the plugin " + origin + ": " + e.getMessage(), e);
    }
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
        if (opened.stream().noneMatch(plugin -> plugin.files.getFirst().equals(real))) {
          List<Path> files = new ArrayList<>(List.of(real));
          for (Path library : libraries) {
            files.add(library.toRealPath());
          }
          String origin = jar.toString();
          opened.add(
              new Plugin(String.valueOf(real.getFileName()), origin, files, loader(origin, files)));
        }
      } catch (IOException e) {
        throw new UserError("cannot read the plugin " + jar + ": " + e.getMessage(), e);
      }
    }
  }

  /** Adds what the plugins offer. */
  void discover(Registry.Builder builder) {
    opened.forEach(plugin -> builder.discover(plugin.origin, plugin.loader));
  }

  /** The class loaders of the plugins, in the order in which these were given. */
  List<ClassLoader> loaders() {
    return opened.stream().<ClassLoader>map(plugin -> plugin.loader).toList();
  }

  private Optional<Plugin> plugin(String origin) {
    return opened.stream().filter(plugin -> plugin.origin.equals(origin)).findFirst();
  }

  /** The contents of the plugin that is an entry's origin; empty if the origin is no plugin. */
  Optional<PluginFiles> files(String origin) {
    return plugin(origin).map(Plugin::contents);
  }

  /** The files of all plugins that are open, by their SHA-256. */
  public Map<String, Path> files() {
    Map<String, Path> files = new LinkedHashMap<>();
    for (Plugin plugin : opened) {
      for (int i = 0; i < plugin.files.size(); i++) {
        files.put(plugin.sum(i).sha256(), plugin.files.get(i));
      }
    }
    return files;
  }

  /**
   * What is known of the plugin that is an entry's origin.
   *
   * @return its file, version and check sum by name; empty if the origin is no plugin
   */
  Optional<Map<String, String>> about(String origin) {
    return plugin(origin).map(Plugins::about);
  }

  private static Map<String, String> about(Plugin plugin) {
    try (JarFile file = new JarFile(plugin.files.getFirst().toFile(), false)) {
      Manifest manifest = file.getManifest();
      String version =
          manifest == null
              ? null
              : manifest.getMainAttributes().getValue(Attributes.Name.IMPLEMENTATION_VERSION);
      Map<String, String> about = new LinkedHashMap<>();
      about.put("file", plugin.jar);
      about.put("version", version == null ? "unknown" : version);
      about.put("sha256", plugin.sum(0).sha256());
      return about;
    } catch (IOException e) {
      throw new UserError("cannot read the plugin " + plugin.origin + ": " + e.getMessage(), e);
    }
  }

  /**
   * A text beside what an origin offers: in that plugin, or in the program if it is none.
   *
   * @param path the name of the resource
   * @throws UserError if it can't be read
   */
  Optional<String> resource(String origin, String path) {
    ClassLoader loader = plugin(origin).<ClassLoader>map(plugin -> plugin.loader).orElse(parent);
    try (InputStream in = loader.getResourceAsStream(path)) {
      return in == null
          ? Optional.empty()
          : Optional.of(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UserError("cannot read " + path + " of " + origin + ": " + e.getMessage(), e);
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
      for (Plugin plugin : opened) {
        if (threw(plugin.loader, at)) {
          return Optional.of("the plugin " + plugin.origin + " failed: " + at + hint(at));
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
    for (Plugin plugin : opened) {
      try {
        plugin.loader.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** A plugin that is open. */
  private static final class Plugin {
    private final String jar;
    private final String origin;
    private final List<Path> files;
    private final URLClassLoader loader;

    /** As the files were when they were first asked for. */
    private final PluginFiles.@Nullable Sum[] sums;

    Plugin(String jar, String origin, List<Path> files, URLClassLoader loader) {
      this.jar = jar;
      this.origin = origin;
      this.files = files;
      this.loader = loader;
      this.sums = new PluginFiles.Sum[files.size()];
    }

    synchronized PluginFiles.Sum sum(int file) {
      PluginFiles.Sum sum = sums[file];
      if (sum == null) {
        ByteSource bytes = MoreFiles.asByteSource(files.get(file));
        try {
          sum = new PluginFiles.Sum(bytes.hash(Hashing.sha256()).toString(), bytes.size());
        } catch (IOException e) {
          throw new UserError(
              "cannot read the plugin " + files.get(file) + ": " + e.getMessage(), e);
        }
        sums[file] = sum;
      }
      return sum;
    }

    PluginFiles contents() {
      return new PluginFiles(jar, IntStream.range(0, files.size()).mapToObj(this::sum).toList());
    }
  }
}
