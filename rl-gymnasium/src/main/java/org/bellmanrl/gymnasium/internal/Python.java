package org.bellmanrl.gymnasium.internal;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.bellmanrl.api.registry.UnavailableException;
import org.jspecify.annotations.Nullable;

/**
 * Which Python runs the environments: the one that the system property {@value #PROPERTY} names,
 * else the environment variable {@value #VARIABLE}, else that of the active virtual or Conda
 * environment, else {@code python3} on the path.
 */
public final class Python {
  /** The system property that names the interpreter. */
  public static final String PROPERTY = "bellman.python";

  /** The environment variable that names the interpreter. */
  public static final String VARIABLE = "RL_PYTHON";

  private final Map<String, String> variables;
  private final @Nullable String property;

  Python(Map<String, String> variables, @Nullable String property) {
    this.variables = variables;
    this.property = property;
  }

  /** That of this process, as its properties and variables are now. */
  public static Python ofProcess() {
    return new Python(System.getenv(), System.getProperty(PROPERTY));
  }

  /**
   * Finds the interpreter.
   *
   * @return what to start
   * @throws UnavailableException if there is none
   */
  public String command() {
    if (System.getProperty("os.name").toLowerCase(Locale.ROOT).startsWith("windows")) {
      throw new UnavailableException(
          "Python environments need Linux or macOS: what is shared with Python there is not shared"
              + " in the same way on Windows");
    }
    String named = property != null ? property : variables.getOrDefault(VARIABLE, "");
    if (!named.isBlank()) {
      return named;
    }
    for (String variable : List.of("VIRTUAL_ENV", "CONDA_PREFIX")) {
      String root = variables.getOrDefault(variable, "");
      Path python = Path.of(root, "bin", "python");
      if (!root.isBlank() && Files.isExecutable(python)) {
        return python.toString();
      }
    }
    for (String folder : variables.getOrDefault("PATH", "").split(File.pathSeparator, -1)) {
      Path python = Path.of(folder, "python3");
      if (Files.isExecutable(python)) {
        return python.toString();
      }
    }
    throw new UnavailableException(
        "Python was not found: install Python 3.9 or newer and gymnasium (pip install gymnasium), or"
            + " name an interpreter by --python or "
            + VARIABLE);
  }
}
