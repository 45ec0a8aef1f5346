package org.bellmanrl.lab.internal.cluster;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.bellmanrl.lab.Main;
import org.bellmanrl.lab.internal.run.UserError;
import org.bellmanrl.lab.launcher.JvmFlags;

/** Workers in processes of this machine. They end when their standard input does: with this one. */
final class LocalWorkers implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 5;

  private final List<Process> processes = new ArrayList<>();

  /**
   * Starts workers.
   *
   * @param count how many, at least 1
   * @param words the options of {@code rl worker}
   */
  LocalWorkers(int count, List<String> words) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    boolean networks = ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent();
    command.addAll(networks ? JvmFlags.networks() : JvmFlags.plain());
    command.addAll(List.of("-Xlog:disable", "--sun-misc-unsafe-memory-access=allow"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
    command.add("worker");
    command.addAll(words);
    try {
      for (int i = 0; i < count; i++) {
        processes.add(
            new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start());
      }
    } catch (IOException e) {
      close();
      throw new UserError("cannot start a worker: " + e.getMessage(), e);
    }
  }

  @Override
  public void close() {
    try {
      for (Process process : processes) {
        process.getOutputStream().close();
      }
      for (Process process : processes) {
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
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
