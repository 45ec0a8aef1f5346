package org.bellmanrl.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A second JVM that interprets every bytecode ({@code -Xint}) and runs the same play as this one,
 * on the same class path and module path.
 */
final class Interpreter implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 120;

  private final Path folder;
  private final Path output;
  private final Process process;

  /** Starts it; it works while this JVM warms up. */
  Interpreter(Class<?> contract) {
    try {
      folder = Files.createTempDirectory("bellman-interpreter");
      output = folder.resolve("output.txt");
      Path arguments = folder.resolve("arguments.txt");
      // A file, because a class path can be longer than what a system takes on a command line.
      Files.write(arguments, arguments(contract).stream().map(Interpreter::quoted).toList());
      Path java = Path.of(System.getProperty("java.home"), "bin", "java");
      process =
          new ProcessBuilder(java.toString(), "@" + arguments)
              .redirectErrorStream(true)
              .redirectOutput(output.toFile())
              .start();
    } catch (IOException e) {
      throw new UncheckedIOException("can't start a second JVM: " + e.getMessage(), e);
    }
  }

  private static List<String> arguments(Class<?> contract) {
    List<String> arguments = new ArrayList<>();
    arguments.add("-Xint");
    for (String given : ManagementFactory.getRuntimeMXBean().getInputArguments()) {
      // Modules, system properties and assertions; no agents, no memory or compiler settings.
      if (given.startsWith("--") || given.startsWith("-D") || given.startsWith("-e")) {
        arguments.add(given);
      }
    }
    arguments.add("-cp");
    arguments.add(System.getProperty("java.class.path", ""));
    Module module = DigestMain.class.getModule();
    if (module.isNamed()) {
      arguments.add("-m");
      arguments.add(module.getName() + "/" + DigestMain.class.getName());
    } else {
      arguments.add(DigestMain.class.getName());
    }
    arguments.add(contract.getName());
    return arguments;
  }

  /** As the argument files of the java launcher want it. */
  private static String quoted(String argument) {
    return '"' + argument.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }

  /** Waits for the digest. */
  String digest() {
    try {
      boolean ended = process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
      String text = Files.readString(output);
      int at = text.lastIndexOf(DigestMain.MARK);
      if (!ended || process.exitValue() != 0 || at < 0) {
        throw new IllegalStateException(
            "the interpreting JVM gave no digest (%s):%n%s"
                .formatted(ended ? "exit " + process.exitValue() : "still running", text));
      }
      return text.substring(at + DigestMain.MARK.length()).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for the interpreting JVM", e);
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
    try {
      Files.deleteIfExists(folder.resolve("arguments.txt"));
      Files.deleteIfExists(output);
      Files.deleteIfExists(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Fails unless the interpreted digest is what this JVM gets while it warms up. */
  static void check(String subject, Class<?> contract, Digested digested, int rounds) {
    try (Interpreter interpreter = new Interpreter(contract)) {
      List<String> compiled = new ArrayList<>();
      for (int i = 0; i < rounds; i++) {
        compiled.add(digested.digest());
      }
      String interpreted = interpreter.digest();
      for (int i = 0; i < rounds; i++) {
        if (!compiled.get(i).equals(interpreted)) {
          throw Failure.of(subject, "interpreted and compiled code give different bits")
              .where("digest of the same play, round " + i + " of " + rounds + " here")
              .expected(interpreted + " (java -Xint)")
              .actual(compiled.get(i))
              .repeat("run this check with -Xint, and look at Trace.of(…) under both JVMs")
              .error();
        }
      }
    }
  }
}
