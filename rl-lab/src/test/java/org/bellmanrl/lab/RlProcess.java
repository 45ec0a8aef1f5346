package org.bellmanrl.lab;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.io.MoreFiles;
import com.google.common.io.RecursiveDeleteOption;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;
import java.util.concurrent.TimeUnit;
import java.util.spi.ToolProvider;

/** A command that is run in its own process, which can be killed. */
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
    command.addAll(Launch.COMMAND);
    for (Object word : words) {
      command.add(word.toString());
    }
    Path output = folder.resolve("out.txt");
    return new RlProcess(new ProcessBuilder(command).redirectErrorStream(true).start(), output);
  }

  /** How a process is started: with an archive of its classes, which halves what a start costs. */
  private static final class Launch {
    static final List<String> COMMAND;

    static {
      try {
        // One for each JVM that runs tests, so that none reads what another one writes.
        Path folder = Files.createTempDirectory("bellman-launch");
        Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(folder)));
        String classPath = classPath(folder);
        Path archive = folder.resolve("classes.jsa").toAbsolutePath();
        List<String> making = command("-XX:ArchiveClassesAtExit=" + archive, classPath);
        making.addAll(List.of("train", "q-learning", "Taxi-v4", "--steps", "100", "--quiet"));
        making.addAll(List.of("--out", folder.resolve("run").toString()));
        Process maker = new ProcessBuilder(making).redirectErrorStream(true).start();
        String printed = new String(maker.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (maker.waitFor() != 0) {
          throw new AssertionError(printed);
        }
        COMMAND = List.copyOf(command("-XX:SharedArchiveFile=" + archive, classPath));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
    }

    private static void delete(Path folder) {
      try {
        MoreFiles.deleteRecursively(folder, RecursiveDeleteOption.ALLOW_INSECURE);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private static List<String> command(String archive, String classPath) {
      List<String> command = new ArrayList<>();
      command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
      command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-XX:-UsePerfData"));
      command.addAll(List.of(archive, "-Xlog:disable", "-Dguice_bytecode_gen_option=DISABLED"));
      command.addAll(List.of("-cp", classPath, Main.class.getName()));
      return command;
    }

    /** The class path of this JVM with jars in the place of folders, which no archive can be of. */
    private static String classPath(Path folder) throws IOException {
      String separator = System.getProperty("path.separator");
      StringJoiner jars = new StringJoiner(separator);
      String all = System.getProperty("jdk.module.path", "") + separator;
      for (String entry : (all + System.getProperty("java.class.path", "")).split(separator, -1)) {
        if (Files.isDirectory(Path.of(entry)) && !entry.isEmpty()) {
          Path jar = Files.createTempFile(folder, "classes", ".jar").toAbsolutePath();
          int status =
              ToolProvider.findFirst("jar")
                  .orElseThrow()
                  .run(System.out, System.err, "-c", "-0", "-f", jar.toString(), "-C", entry, ".");
          assertThat(status).isZero();
          jars.add(jar.toString());
        } else if (!entry.isEmpty()) {
          jars.add(entry);
        }
      }
      return jars.toString();
    }
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
