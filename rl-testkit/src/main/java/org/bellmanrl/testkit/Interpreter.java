package org.bellmanrl.testkit;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * A second JVM that interprets every bytecode ({@code -Xint}) and plays what this one plays, on the
 * same class path and module path.
 *
 * <p>There is one for all contracts of this JVM, because starting it costs more than most plays. It
 * starts with the first play, and ends with this JVM. Thread-safe.
 */
final class Interpreter {
  private static final Interpreter SHARED = new Interpreter();

  private @Nullable Worker worker;

  private Interpreter() {}

  /**
   * Fails unless the digest that interpreted code gives is the one that this JVM gets while it
   * compiles, and once it has compiled what the rounds before the last one have made hot.
   */
  static void check(String subject, Class<?> contract, DigestedContract digested, int rounds) {
    CompletableFuture<String> answer = SHARED.ask(contract);
    List<String> compiled = new ArrayList<>();
    for (int i = 1; i < rounds; i++) {
      compiled.add(digested.digest());
    }
    Compilers.finish();
    compiled.add(digested.digest());
    String interpreted = digest(answer);
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

  private static String digest(CompletableFuture<String> answer) {
    try {
      return answer.join();
    } catch (CompletionException e) {
      throw new IllegalStateException("the interpreting JVM gave no digest: " + e.getMessage(), e);
    }
  }

  private synchronized CompletableFuture<String> ask(Class<?> contract) {
    Worker asked = worker;
    if (asked == null || asked.hasEnded()) {
      asked = new Worker();
      worker = asked;
    }
    return asked.ask(contract);
  }

  /** The process; it answers in the order of the questions. */
  private static final class Worker {
    private final Process process;
    private final Queue<CompletableFuture<String>> waiting = new ArrayDeque<>();
    private boolean ended;

    Worker() {
      try {
        // A file, because a class path can be longer than what a system takes on a command line.
        Path arguments = Files.createTempFile("bellman-interpreter", ".txt");
        Files.write(arguments, arguments().stream().map(Worker::quoted).toList());
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        process =
            new ProcessBuilder(java.toString(), "@" + arguments).redirectErrorStream(true).start();
        Thread reader = new Thread(() -> read(arguments), "bellman-interpreter");
        reader.setDaemon(true);
        reader.start();
      } catch (IOException e) {
        throw new UncheckedIOException("can't start a second JVM: " + e.getMessage(), e);
      }
    }

    private static List<String> arguments() {
      List<String> arguments = new ArrayList<>();
      arguments.add("-Xint");
      for (String given : ManagementFactory.getRuntimeMXBean().getInputArguments()) {
        // Modules, system properties and assertions; no agents, no memory or compiler settings.
        if ((given.startsWith("--") && !isForVectors(given))
            || given.startsWith("-D")
            || given.startsWith("-e")) {
          arguments.add(given);
        }
      }
      arguments.add("-Dstdout.encoding=UTF-8");
      arguments.add("-Dstderr.encoding=UTF-8");
      arguments.add("-cp");
      arguments.add(System.getProperty("java.class.path", ""));
      Module module = DigestMain.class.getModule();
      if (module.isNamed()) {
        arguments.add("-m");
        arguments.add(module.getName() + "/" + DigestMain.class.getName());
      } else {
        arguments.add(DigestMain.class.getName());
      }
      return arguments;
    }

    /**
     * Whether an argument brings the Vector API. An interpreter takes hundreds of calls for what
     * one instruction does, so there networks compute with plain loops, which must give the same
     * bits.
     */
    private static boolean isForVectors(String argument) {
      return argument.endsWith("=jdk.incubator.vector");
    }

    /** As the argument files of the java launcher want it. */
    private static String quoted(String argument) {
      return '"' + argument.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    synchronized CompletableFuture<String> ask(Class<?> contract) {
      CompletableFuture<String> answer = new CompletableFuture<>();
      if (ended) {
        answer.completeExceptionally(new IllegalStateException("it has just ended"));
        return answer;
      }
      waiting.add(answer);
      try {
        OutputStream questions = process.getOutputStream();
        questions.write((contract.getName() + '\n').getBytes(StandardCharsets.UTF_8));
        questions.flush();
      } catch (IOException e) {
        // The process is dead or dying; whatever it printed comes with the answer.
        process.destroy();
      }
      return answer;
    }

    synchronized boolean hasEnded() {
      return ended;
    }

    private synchronized @Nullable CompletableFuture<String> next() {
      return waiting.poll();
    }

    /** Passes on answers until the process ends. */
    private void read(Path arguments) {
      StringBuilder printed = new StringBuilder();
      try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
        String line = lines.readLine();
        Files.deleteIfExists(arguments);
        for (; line != null; line = lines.readLine()) {
          if (!line.startsWith(DigestMain.MARK)) {
            printed.append(System.lineSeparator()).append(line);
            continue;
          }
          CompletableFuture<String> answer = next();
          String digest = line.substring(DigestMain.MARK.length());
          if (answer != null && digest.isEmpty()) {
            answer.completeExceptionally(new IllegalStateException(printed.toString()));
          } else if (answer != null) {
            answer.complete(digest);
          }
          printed.setLength(0);
        }
      } catch (IOException e) {
        printed.append(System.lineSeparator()).append(e);
      }
      end("it has ended" + printed);
    }

    private synchronized void end(String message) {
      ended = true;
      process.destroyForcibly();
      for (CompletableFuture<String> answer = next(); answer != null; answer = next()) {
        answer.completeExceptionally(new IllegalStateException(message));
      }
    }
  }
}
