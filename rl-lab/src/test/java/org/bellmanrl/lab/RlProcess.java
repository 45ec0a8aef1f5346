package org.bellmanrl.lab;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A command that is run in a process of its own, which can be killed. */
public final class RlProcess implements AutoCloseable {
  private final Process process;
  private final Path output;

  /** Copies what the process prints: limits that it has on files are none on its output. */
  private final Thread copying;

  private RlProcess(Process process, Path output) throws IOException {
    this.process = process;
    this.output = output;
    Files.write(output, new byte[0]);
    this.copying = Thread.ofVirtual().start(this::copy);
  }

  private void copy() {
    try (InputStream in = process.getInputStream();
        OutputStream out = Files.newOutputStream(output)) {
      in.transferTo(out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Starts a command; what it prints goes to the file {@code out.txt} of a folder. */
  public static RlProcess start(Path folder, Object... words) throws IOException {
    return startIn(folder, List.of(), words);
  }

  /** As {@link #start}, with words in front of the command. */
  public static RlProcess startIn(Path folder, List<String> shell, Object... words)
      throws IOException {
    List<String> command = new ArrayList<>(shell);
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-XX:-UsePerfData"));
    command.addAll(List.of("-Dguice_bytecode_gen_option=DISABLED", "-cp"));
    command.add(
        System.getProperty("jdk.module.path", "")
            + System.getProperty("path.separator")
            + System.getProperty("java.class.path", ""));
    command.add(Main.class.getName());
    for (Object word : words) {
      command.add(word.toString());
    }
    Path output = folder.resolve("out.txt");
    return new RlProcess(new ProcessBuilder(command).redirectErrorStream(true).start(), output);
  }

  /** What it has printed so far. */
  public String output() throws IOException {
    return Files.readString(output);
  }

  /** What the system calls it. */
  public long pid() {
    return process.pid();
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  /** Waits until there is a file, and fails if the process ends before. */
  public void await(Path file) throws IOException, InterruptedException {
    while (!Files.exists(file)) {
      if (!process.isAlive() && !Files.exists(file)) {
        throw new AssertionError("ended before there was " + file + ": " + output());
      }
      Thread.sleep(10);
    }
  }

  /** Sends a signal, such as TERM. */
  public void signal(String name) throws IOException, InterruptedException {
    new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor();
  }

  /** Waits for its end; the exit status. */
  public int status() throws InterruptedException {
    int status = process.waitFor();
    copying.join();
    return status;
  }

  /** Whether it ends within some time. */
  public boolean endsWithin(long millis) throws InterruptedException {
    return process.waitFor(millis, TimeUnit.MILLISECONDS);
  }

  /** Ends it without a warning. */
  public void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  @Override
  public void close() {
    try {
      kill();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
