package org.bellmanrl.cluster.internal;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.bellmanrl.lab.Main;

/** Workers in processes of their own, which can be killed. */
final class Workers implements AutoCloseable {
  private final String address;
  private final List<Process> processes = new ArrayList<>();

  Workers(String address) {
    this.address = address;
  }

  /** A command in a process of its own. */
  static Process start(Object... words) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
    command.add("--sun-misc-unsafe-memory-access=allow");
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
    for (Object word : words) {
      command.add(word.toString());
    }
    return new ProcessBuilder(command)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  void start(int count) throws IOException {
    for (int i = 0; i < count; i++) {
      processes.add(start("worker", "--join", address, "--cores", 1, "--attended"));
    }
  }

  /** Ends one without a warning. */
  void kill(int index) {
    processes.remove(index).destroyForcibly();
  }

  int count() {
    return processes.size();
  }

  @Override
  public void close() {
    processes.forEach(Process::destroyForcibly);
  }
}
