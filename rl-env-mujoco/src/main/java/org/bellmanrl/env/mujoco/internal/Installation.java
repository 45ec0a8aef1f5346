package org.bellmanrl.env.mujoco.internal;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.bellmanrl.api.registry.UnavailableException;
import org.jspecify.annotations.Nullable;

/**
 * Where MuJoCo's library and Gymnasium's models are on this machine.
 *
 * <p>What was named is looked at first and alone: the system property {@value #PROPERTY}, else the
 * environment variable {@value #VARIABLE}. Each may name the library's file, a folder that holds
 * it, an unpacked release of MuJoCo, a folder of Python packages or the root of a virtual
 * environment. Where nothing was named, the active virtual or Conda environment, the packages of
 * each {@code python3} on the path and of the usual Python folders, and the usual folders of a
 * release are looked at in this order.
 *
 * <p>The files are looked for by name; no Python is started.
 */
public final class Installation {
  /** The system property that names the place. */
  public static final String PROPERTY = "bellman.mujoco";

  /** The environment variable that names the place. */
  public static final String VARIABLE = "MUJOCO_HOME";

  private static final Path MODELS = Path.of("gymnasium", "envs", "mujoco", "assets");

  private final Map<String, String> variables;
  private final @Nullable String property;
  private final String os;
  private final Path home;

  Installation(Map<String, String> variables, @Nullable String property, String os, Path home) {
    this.variables = variables;
    this.property = property;
    this.os = os.toLowerCase(Locale.ROOT);
    this.home = home;
  }

  /** That of this process, as its properties and variables are now. */
  public static Installation ofProcess() {
    return new Installation(
        System.getenv(),
        System.getProperty(PROPERTY),
        System.getProperty("os.name"),
        Path.of(System.getProperty("user.home")));
  }

  /**
   * Finds the library.
   *
   * @throws UnavailableException if there is none; the message says what to install
   */
  public Path library() {
    for (Path root : roots()) {
      for (Path folder : libraryFolders(root)) {
        Optional<Path> found = libraryIn(folder);
        if (found.isPresent()) {
          return found.get();
        }
      }
    }
    throw new UnavailableException(
        named()
            .map(place ->
                "there is no library of MuJoCo (%s) in %s, which %s names; it may be the folder of an unpacked release or of a Python environment with mujoco"
                    .formatted(libraryName(), place, property != null ? PROPERTY : VARIABLE))
            .orElse(
                "MuJoCo was not found: pip install mujoco gymnasium, or set %s to the folder where it is"
                    .formatted(VARIABLE)));
  }

  /**
   * Finds a model of Gymnasium's.
   *
   * @param file its name, such as {@code ant.xml}
   * @throws UnavailableException if it is not there; the message says what to install
   */
  public Path model(String file) {
    Set<Path> looked = new LinkedHashSet<>(roots());
    looked.addAll(usualRoots());
    for (Path root : looked) {
      for (Path folder : packageFolders(root)) {
        Path model = folder.resolve(MODELS).resolve(file);
        if (Files.isRegularFile(model)) {
          return model;
        }
      }
    }
    throw new UnavailableException(
        "the model %s of Gymnasium was not found: pip install gymnasium (1.0 or newer), or give the path of a model as xml_file"
            .formatted(file));
  }

  private Optional<Path> named() {
    String place = property != null ? property : variables.getOrDefault(VARIABLE, "");
    return place.isBlank() ? Optional.empty() : Optional.of(Path.of(place));
  }

  private List<Path> roots() {
    return named().map(List::of).orElseGet(this::usualRoots);
  }

  private List<Path> usualRoots() {
    List<Path> roots = new ArrayList<>();
    for (String variable : List.of("VIRTUAL_ENV", "CONDA_PREFIX")) {
      path(variables.getOrDefault(variable, "")).ifPresent(roots::add);
    }
    for (String entry : variables.getOrDefault("PATH", "").split(File.pathSeparator, -1)) {
      path(entry)
          .filter(folder -> Files.exists(folder.resolve(windows() ? "python.exe" : "python3")))
          .ifPresent(folder -> roots.add(windows() ? folder : folder.resolveSibling("")));
    }
    roots.add(home.resolve(".local"));
    roots.add(Path.of("/usr/local"));
    roots.add(Path.of("/usr"));
    roots.add(Path.of("/opt/homebrew"));
    roots.addAll(children(home.resolve(".mujoco"), "mujoco.*"));
    roots.add(Path.of("/opt/mujoco"));
    roots.add(Path.of("/Applications/MuJoCo.app/Contents/Frameworks/mujoco.framework/Versions/A"));
    return roots;
  }

  /** Folders below a place that may hold the library, or the file itself if the place is one. */
  private List<Path> libraryFolders(Path root) {
    List<Path> folders = new ArrayList<>();
    folders.add(root);
    folders.add(root.resolve("lib"));
    folders.add(root.resolve("bin"));
    for (Path packages : packageFolders(root)) {
      folders.add(packages.resolve("mujoco"));
    }
    return folders;
  }

  /** Folders of Python packages that belong to a place. */
  private List<Path> packageFolders(Path root) {
    List<Path> folders = new ArrayList<>();
    folders.add(root);
    if (Files.isRegularFile(root)) {
      // .../site-packages/mujoco/libmujoco.so
      addAncestor(folders, root, 2);
    } else {
      addAncestor(folders, root, 1);
    }
    folders.add(root.resolve("Lib").resolve("site-packages"));
    for (String lib : List.of("lib", "lib64", "local/lib")) {
      for (Path python : children(root.resolve(lib), "python3.*")) {
        folders.add(python.resolve("site-packages"));
        folders.add(python.resolve("dist-packages"));
      }
    }
    return folders;
  }

  private static void addAncestor(List<Path> folders, Path path, int steps) {
    Path ancestor = path.toAbsolutePath();
    for (int i = 0; i < steps && ancestor != null; i++) {
      ancestor = ancestor.getParent();
    }
    if (ancestor != null) {
      folders.add(ancestor);
    }
  }

  private Optional<Path> libraryIn(Path place) {
    Pattern name = libraryPattern();
    if (Files.isRegularFile(place)) {
      return name.matcher(place.getFileName().toString()).matches()
          ? Optional.of(place.toAbsolutePath())
          : Optional.empty();
    }
    return children(place, name.pattern()).stream()
        .filter(Files::isRegularFile)
        .max(Comparator.naturalOrder())
        .map(Path::toAbsolutePath);
  }

  private Pattern libraryPattern() {
    if (windows()) {
      return Pattern.compile("mujoco\\.dll");
    }
    return os.startsWith("mac")
        ? Pattern.compile("libmujoco.*\\.dylib")
        : Pattern.compile("libmujoco\\.so.*");
  }

  private String libraryName() {
    return windows() ? "mujoco.dll" : os.startsWith("mac") ? "libmujoco*.dylib" : "libmujoco.so*";
  }

  private boolean windows() {
    return os.startsWith("windows");
  }

  private static Optional<Path> path(String text) {
    try {
      return text.isBlank() ? Optional.empty() : Optional.of(Path.of(text));
    } catch (InvalidPathException e) {
      // A variable that holds no path leads nowhere.
      return Optional.empty();
    }
  }

  /** What a folder holds under names of a pattern, sorted; empty if it is no folder. */
  private static List<Path> children(Path folder, String pattern) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    Pattern name = Pattern.compile(pattern);
    List<Path> children = new ArrayList<>();
    try (DirectoryStream<Path> entries =
        Files.newDirectoryStream(
            folder, entry -> name.matcher(entry.getFileName().toString()).matches())) {
      entries.forEach(children::add);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot list " + folder, e);
    }
    children.sort(Comparator.naturalOrder());
    return children;
  }
}
