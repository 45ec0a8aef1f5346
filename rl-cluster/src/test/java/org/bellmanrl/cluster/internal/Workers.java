package org.bellmanrl.cluster.internal;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.bellmanrl.lab.Main;

/** Workers in their own processes, which can be killed. */
final class Workers implements AutoCloseable {
  private final String address;
  private final List<Process> processes = new ArrayList<>();

  Workers(String address) {
    this.address = address;
  }

  /** Where a cluster can be founded: a port of this machine that nothing listens on. */
  static String freeAddress() throws IOException {
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return "127.0.0.1:" + free.getLocalPort();
    }
  }

  /** A command in its own process. */
  static Process start(Object... words) throws IOException {
    return command(words)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  static ProcessBuilder command(Object... words) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
    command.add("--sun-misc-unsafe-memory-access=allow");
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
    for (Object word : words) {
      command.add(word.toString());
    }
    return new ProcessBuilder(command);
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
