package org.bellmanrl.env.mujoco;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.bellmanrl.api.Action;

/** Compiles a task that is given as a source file. */
final class TaskSource {
  private static final String SUFFIX = ".java";

  /** A model to look at: nothing is worth anything, and nothing ends. */
  private static final MujocoTask NONE =
      new MujocoTask() {
        @Override
        public double reward(MujocoSimulation simulation, Action action) {
          return 0;
        }

        @Override
        public boolean terminated(MujocoSimulation simulation) {
          return false;
        }
      };

  private TaskSource() {}

  /**
   * Compiles a file, and makes an object of its class.
   *
   * @param file a source file in the unnamed package, named like its class; empty for none
   * @throws IllegalArgumentException if that can't be done; the message says why
   */
  static MujocoTask load(String file) {
    if (file.isBlank()) {
      return NONE;
    }
    Path source = Path.of(file);
    String name = source.getFileName().toString();
    if (!name.endsWith(SUFFIX) || !Files.isRegularFile(source)) {
      throw new IllegalArgumentException(
          "task must be a Java source file that is there, such as Upright.java, was " + file);
    }
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    if (compiler == null) {
      throw new IllegalStateException(
          "the task " + file + " can't be compiled by a JRE: run with a JDK");
    }
    Path classes = null;
    try {
      classes = Files.createTempDirectory("bellman-task");
      compile(compiler, source, classes);
      return instance(source, name.substring(0, name.length() - SUFFIX.length()), classes);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot compile the task " + file, e);
    } finally {
      if (classes != null) {
        delete(classes);
      }
    }
  }

  private static void compile(JavaCompiler compiler, Path source, Path classes) throws IOException {
    StringWriter messages = new StringWriter();
    try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
      boolean compiled =
          compiler
              .getTask(
                  messages,
                  files,
                  null,
                  List.of("-d", classes.toString(), "-classpath", classPath(), "-proc:none"),
                  null,
                  files.getJavaFileObjects(source))
              .call();
      if (!compiled) {
        throw new IllegalArgumentException(
            "the task " + source + " does not compile:\n" + messages.toString().strip());
      }
    }
  }

  /** Where our own classes are, on a class path or on a module path. */
  private static String classPath() {
    return String.join(
        System.getProperty("path.separator"),
        System.getProperty("java.class.path", ""),
        System.getProperty("jdk.module.path", ""));
  }

  private static MujocoTask instance(Path source, String name, Path classes) throws IOException {
    URL[] urls = {classes.toUri().toURL()};
    try (URLClassLoader loader = new URLClassLoader(urls, MujocoTask.class.getClassLoader())) {
      // Nested classes must be loaded before the files go.
      try (Stream<Path> files = Files.list(classes)) {
        for (String file : files.map(path -> path.getFileName().toString()).toList()) {
          Class.forName(file.replaceFirst("\\.class$", ""), true, loader);
        }
      }
      return loader
          .loadClass(name)
          .asSubclass(MujocoTask.class)
          .getDeclaredConstructor()
          .newInstance();
    } catch (ReflectiveOperationException | ClassCastException e) {
      throw new IllegalArgumentException(
          "the task %s must have a public class %s that implements MujocoTask, with a public constructor without parameters: %s"
              .formatted(source, name, e),
          e);
    }
  }

  private static void delete(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
      Files.delete(folder);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot delete " + folder, e);
    }
  }
}
