package org.bellmanrl.lab.internal.cluster;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.bellmanrl.lab.Main;
import org.bellmanrl.lab.launcher.JvmFlags;
import org.bellmanrl.results.document.UserError;

/**
 * Workers in processes of this machine. They end when their standard input does: with this one. If
 * one ends before, a warning says how, and what it printed last.
 */
final class LocalWorkers implements AutoCloseable {
  private static final long PATIENCE_NANOS = 5_000_000_000L;
  private static final int MOST_LINES = 20;

  /** Exit codes of processes that were asked to end, as by Ctrl-C: SIGINT and SIGTERM. */
  private static final Set<Integer> ASKED = Set.of(130, 143);

  private final List<Process> processes = new ArrayList<>();
  private final Consumer<String> warnings;
  private final Runnable lastFailed;
  private final AtomicInteger working;
  private volatile boolean closing;

  /**
   * Starts workers.
   *
   * @param count how many, at least 1
   * @param words the options of {@code rl worker}
   * @param warnings takes how a worker failed; called from any thread
   * @param lastFailed is run when all have failed
   */
  LocalWorkers(int count, List<String> words, Consumer<String> warnings, Runnable lastFailed) {
    this.warnings = warnings;
    this.lastFailed = lastFailed;
    this.working = new AtomicInteger(count);
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    boolean networks = ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent();
    command.addAll(networks ? JvmFlags.networks() : JvmFlags.plain());
    command.addAll(List.of("-Xlog:disable", "--sun-misc-unsafe-memory-access=allow"));
    String archive = System.getProperty("bellman.archive", "");
    if (!archive.isEmpty()) {
      command.add("-XX:SharedArchiveFile=" + archive);
    }
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
    command.add("worker");
    command.addAll(words);
    try {
      for (int i = 0; i < count; i++) {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        processes.add(process);
        Thread.ofVirtual().name("worker-" + process.pid()).start(() -> listen(process));
      }
    } catch (IOException e) {
      close();
      throw new UserError("cannot start a worker: " + e.getMessage(), e);
    }
  }

  /** Reads what a worker prints until it ends. */
  private void listen(Process process) {
    Deque<String> lines = new ArrayDeque<>();
    try (BufferedReader reader = process.inputReader()) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        if (lines.size() == MOST_LINES) {
          lines.removeFirst();
        }
        lines.addLast(line);
      }
    } catch (IOException e) {
      lines.addLast("(its output could not be read: " + e.getMessage() + ")");
    }
    try {
      int code = process.waitFor();
      if (closing || ASKED.contains(code)) {
        return;
      }
      warnings.accept(
          "the worker that was started on this machine as process %d has ended with exit code %d; it printed last:\n  %s"
              .formatted(
                  process.pid(), code, lines.isEmpty() ? "(nothing)" : String.join("\n  ", lines)));
      if (working.decrementAndGet() == 0) {
        lastFailed.run();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    closing = true;
    try {
      for (Process process : processes) {
        process.getOutputStream().close();
      }
      long begun = System.nanoTime();
      for (Process process : processes) {
        long left = PATIENCE_NANOS - (System.nanoTime() - begun);
        if (!process.waitFor(left, TimeUnit.NANOSECONDS)) {
          process.destroyForcibly();
        }
      }
    } catch (IOException e) {
      processes.forEach(Process::destroyForcibly);
    } catch (InterruptedException e) {
      processes.forEach(Process::destroyForcibly);
      Thread.currentThread().interrupt();
    }
  }
}
