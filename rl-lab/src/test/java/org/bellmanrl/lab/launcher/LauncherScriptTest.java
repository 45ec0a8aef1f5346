package org.bellmanrl.lab.launcher;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The script {@code rl} in its own clone whose Maven is a script that copies a jar: a program that
 * prints what it was given and what it runs with.
 */
@DisabledOnOs(OS.WINDOWS)
class LauncherScriptTest {
  private static final long HANGING_SECONDS = 300;
  private static final Map<String, String> CACHES = Map.of("STUB_CACHES", "1");

  private static final String PROGRAM =
      """
      package org.bellmanrl.lab;
      public final class Main {
        public static void main(String[] words) {
          boolean vector = ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent();
          System.out.println("words " + String.join("|", words));
          System.out.println("vector " + vector);
          System.out.println("ascii " + Boolean.getBoolean("bellman.ascii"));
          for (String word : words) {
            if (word.startsWith("write=")) {
              try {
                java.nio.file.Files.writeString(java.nio.file.Path.of(word.substring(6)), word);
              } catch (java.io.IOException e) {
                throw new java.io.UncheckedIOException(e);
              }
            }
          }
        }
      }
      """;

  private static final String HELPER =
      """
      package org.bellmanrl.lab.launcher;
      final class NAME {
        public static void main(String[] words) {
          BODY
        }
      }
      """;

  private static final String MAVEN =
      """
      #!/usr/bin/env bash
      echo x >> "$STUB/builds"
      echo "[INFO] Building Bellman stub 1 [3/9]"
      for file in $STUB_WAITS_FOR; do
        until grep -q "so far" "$file" 2> /dev/null; do sleep 0.1; done
      done
      mkdir -p rl-lab/target/app/{lib,onnx} && cp "$STUB/program.jar" rl-lab/target/app/lib/
      cp "$STUB/program.jar" rl-lab/target/app/onnx/
      """;

  @TempDir static Path shared;
  @TempDir Path folder;
  private Path clone;

  @BeforeAll
  static void compile() throws IOException {
    Path sources = Files.createDirectory(shared.resolve("sources"));
    List<String> files = new ArrayList<>();
    files.add(Files.writeString(sources.resolve("Main.java"), PROGRAM).toString());
    Map<String, String> helpers =
        Map.of(
            "NetworkEntries",
            "System.out.println(\"dqn\");",
            "UpgradeJars",
            "",
            "TrainCache",
            // Without the cache that most tests don't need.
            "if (System.getenv(\"STUB_CACHES\") == null) Runtime.getRuntime().halt(1);");
    for (String name : helpers.keySet()) {
      Path file = sources.resolve(name + ".java");
      files.add(
          Files.writeString(file, HELPER.replace("NAME", name).replace("BODY", helpers.get(name)))
              .toString());
    }
    Path classes = Files.createDirectory(shared.resolve("classes"));
    StringWriter messages = new StringWriter();
    PrintWriter printer = new PrintWriter(messages);
    files.addAll(0, List.of("-proc:none", "-d", classes.toString()));
    int status =
        ToolProvider.findFirst("javac")
            .orElseThrow()
            .run(printer, printer, files.toArray(String[]::new));
    assertThat(status).as(messages.toString()).isZero();
    Path jar = shared.resolve("program.jar");
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar));
        Stream<Path> walk = Files.walk(classes)) {
      for (Path file : walk.filter(Files::isRegularFile).sorted().toList()) {
        out.putNextEntry(
            new JarEntry(classes.relativize(file).toString().replace(File.separatorChar, '/')));
        Files.copy(file, out);
      }
    }
    Path maven = Files.createDirectory(shared.resolve("bin")).resolve("mvn");
    Files.writeString(maven, MAVEN);
    assertThat(maven.toFile().setExecutable(true)).isTrue();
  }

  @BeforeEach
  void makeClone() throws IOException {
    clone = makeClone(folder.resolve("clone"));
    Files.deleteIfExists(shared.resolve("builds"));
  }

  private static Path makeClone(Path clone) throws IOException {
    Path root = Path.of("").toAbsolutePath().getParent();
    Files.createDirectories(clone.resolve("etc"));
    Files.copy(root.resolve("rl"), clone.resolve("rl"));
    for (String file : List.of("find-jdk.sh", "jvm.args", "networks.args")) {
      Files.copy(root.resolve("etc").resolve(file), clone.resolve("etc").resolve(file));
    }
    Files.writeString(clone.resolve("pom.xml"), "<project/>");
    try (Stream<Path> modules = Files.list(root)) {
      for (Path module : modules.filter(m -> Files.isDirectory(m.resolve("src/main"))).toList()) {
        Path copy = clone.resolve(module.getFileName());
        Files.createDirectories(copy.resolve("src/main"));
        Files.writeString(copy.resolve("pom.xml"), "<project/>");
      }
    }
    Path commands = clone.resolve("rl-lab/src/main/launcher/training");
    Files.createDirectories(commands);
    return clone;
  }

  /** What a command printed, and its exit status. */
  private record Ran(int status, String out, String err) {}

  private Ran rl(String... words) throws Exception {
    return rl(Map.of(), words);
  }

  /** Runs the script with a bare environment and what is given on top. */
  private Ran rl(Map<String, String> environment, String... words) throws Exception {
    List<String> command = new ArrayList<>(List.of("bash", clone.resolve("rl").toString()));
    command.addAll(List.of(words));
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    Map<String, String> all = new HashMap<>();
    all.put("PATH", shared.resolve("bin") + File.pathSeparator + System.getenv("PATH"));
    all.put("HOME", folder.toString());
    all.put("JAVA_HOME", System.getProperty("java.home"));
    all.put("STUB", shared.toString());
    all.put("LC_ALL", "C.UTF-8");
    all.putAll(environment);
    all.values().removeIf(String::isEmpty);
    builder.environment().clear();
    builder.environment().putAll(all);
    Path out = folder.resolve("out.txt");
    Path err = folder.resolve("err.txt");
    Process process = builder.redirectOutput(out.toFile()).redirectError(err.toFile()).start();
    process.getOutputStream().close();
    if (!process.waitFor(HANGING_SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new AssertionError("hangs: " + command + Files.readString(err, UTF_8));
    }
    return new Ran(process.exitValue(), Files.readString(out, UTF_8), Files.readString(err, UTF_8));
  }

  private Ran ok(Map<String, String> environment, String... words) throws Exception {
    Ran ran = rl(environment, words);
    assertThat(ran.status()).as(ran.err()).isZero();
    return ran;
  }

  private long builds() throws IOException {
    Path builds = shared.resolve("builds");
    return Files.exists(builds) ? Files.readAllLines(builds).size() : 0;
  }

  private Path build() throws IOException {
    Path state = clone.resolve("build/rl");
    return state.resolve(Files.readString(state.resolve("current")).strip());
  }

  /** Waits for what goes on in the background. */
  private void settle(String name) throws Exception {
    Path made = build().resolve(name + ".jdk");
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(HANGING_SECONDS);
    while (!Files.exists(made) || Files.exists(build().resolve(name + ".making"))) {
      assertThat(System.nanoTime()).as("the cache is never made").isLessThan(end);
      Thread.sleep(20);
    }
  }

  /** Waits for the cache that is made in the background. */
  private Path cache(String name) throws Exception {
    settle(name);
    Path cache = build().resolve(name + ".aot");
    assertThat(cache).as(Files.readString(build().resolve(name + ".log"), UTF_8)).exists();
    return cache;
  }

  @Test
  void firstUse_buildsOnce_andSourcesThatChangedAgain() throws Exception {
    Ran first = ok(Map.of(), "envs", "two words");
    assertThat(first.out()).contains("words envs|two words");
    assertThat(first.err())
        .isEqualTo("rl: building Bellman (first use, or sources have changed) ...\n");
    assertThat(ok(Map.of(), "envs").err()).isEmpty();
    assertThat(builds()).isEqualTo(1);

    Path source = Files.writeString(clone.resolve("rl-api/src/main/New.java"), "class New {}");
    Files.setLastModifiedTime(source, FileTime.from(Instant.now().plusSeconds(2)));
    assertThat(ok(Map.of(), "envs").err()).contains("building");
    assertThat(builds()).isEqualTo(2);
    settle("plain");
  }

  @Test
  void longBuild_tellsHowFarItIs() throws Exception {
    Ran ran = ok(Map.of("STUB_WAITS_FOR", folder.resolve("err.txt").toString()), "envs");
    assertThat(ran.err()).containsPattern("rl: building, \\d+ s so far, module 3 of 9\n");
    settle("plain");
  }

  @Test
  void withoutLocale_namesBeyondAsciiWork_andOutputIsAscii() throws Exception {
    clone = makeClone(folder.resolve("Übung"));
    Path file = folder.resolve("größe.txt");
    for (String locale : List.of("", "C", "POSIX")) {
      Map<String, String> environment = Map.of("LC_ALL", locale);
      Ran ran = ok(environment, "envs", "write=größe.txt");
      assertThat(ran.out()).contains("ascii true");
      assertThat(file).as(locale).exists();
      Files.delete(file);
    }
    assertThat(ok(Map.of("LC_ALL", "C.UTF-8"), "envs").out()).contains("ascii false");
    settle("plain");
  }

  @Test
  void withoutHome_works() throws Exception {
    assertThat(ok(Map.of("HOME", ""), "envs").out()).contains("words envs");
    assertThat(ok(Map.of("HOME", "", "JAVA_HOME", System.getProperty("java.home")), "envs").err())
        .isEmpty();
    settle("plain");
  }

  @Test
  void colonInThePath_isRefusedInWords() throws Exception {
    clone = makeClone(folder.resolve("a:b"));
    Ran ran = rl("envs");
    assertThat(ran.status()).isEqualTo(2);
    assertThat(ran.err()).hasLineCount(1).contains("a:b' has a colon in its path");
  }

  @Test
  void readOnlyClone_runsTheBuildThatIsThere() throws Exception {
    ok(Map.of(), "envs");
    settle("plain");
    readOnly(() -> {
      assertThat(ok(Map.of(), "envs").err()).isEmpty();
      assertThat(ok(Map.of(), "train", "dqn").out()).contains("vector true");
      assertThat(ok(Map.of(), "train", "--wrap", "dqn:scale=2").out()).contains("vector true");
      assertThat(ok(Map.of(), "train", "--wrap", "hide:dqn=2").out()).contains("vector false");
      return null;
    });
    Path source = Files.writeString(clone.resolve("rl-api/src/main/New.java"), "class New {}");
    Files.setLastModifiedTime(source, FileTime.from(Instant.now().plusSeconds(2)));
    readOnly(() -> {
      Ran ran = ok(Map.of(), "envs");
      assertThat(ran.out()).contains("words envs");
      assertThat(ran.err()).hasLineCount(1).contains("the old one runs");
      return null;
    });
    assertThat(builds()).isEqualTo(1);
  }

  @Test
  void readOnlyCloneWithoutBuild_isRefusedInWords() throws Exception {
    readOnly(() -> {
      Ran ran = rl("envs");
      assertThat(ran.status()).isEqualTo(2);
      assertThat(ran.err()).hasLineCount(1).contains("cannot write to", "as the owner of");
      return null;
    });
  }

  /** Takes the right to write from the clone's folders; skipped where that binds nobody. */
  private void readOnly(Callable<Void> body) throws Exception {
    List<Path> folders;
    try (Stream<Path> walk = Files.walk(clone)) {
      folders = walk.filter(Files::isDirectory).sorted(Comparator.reverseOrder()).toList();
    }
    try {
      folders.forEach(f -> assertThat(f.toFile().setWritable(false, false)).isTrue());
      Assumptions.assumeFalse(
          Files.isWritable(clone), "root writes everywhere; tried by hand on a read-only mount");
      body.call();
    } finally {
      folders.forEach(f -> assertThat(f.toFile().setWritable(true, true)).isTrue());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2147483000 gone",
        // Pid 1 lives, as in a container, but is not the one that took the lock.
        "1 another beginning",
        "1"
      })
  void staleLock_isTakenOver(String owner) throws Exception {
    Path lock = clone.resolve("build/rl/lock");
    Files.createDirectories(lock);
    Files.writeString(lock.resolve("owner"), owner + "\n");
    assertThat(ok(Map.of(), "envs").out()).contains("words envs");
    assertThat(lock).doesNotExist();
    settle("plain");
  }

  @Test
  void liveLock_isWaitedForInWords() throws Exception {
    Path lock = clone.resolve("build/rl/lock");
    Files.createDirectories(lock);
    Path owner = lock.resolve("owner");
    Process holder =
        new ProcessBuilder(
                "bash",
                "-c",
                """
                eval "$(sed -n '/^beginning() {/,/^}/p' "$0")"
                echo "$$ $(beginning $$)" > "$1/owner"
                until grep -q 'so far' "$2" 2> /dev/null; do sleep 0.1; done
                rm -r "$1"
                """,
                clone.resolve("rl").toString(),
                lock.toString(),
                folder.resolve("err.txt").toString())
            .start();
    while (!Files.exists(owner)) {
      Thread.sleep(10);
    }
    Ran ran = ok(Map.of(), "envs");
    assertThat(ran.err())
        .containsPattern(
            "rl: waiting for another ./rl, process "
                + holder.pid()
                + ", that builds, \\d+ s so far\n");
    assertThat(holder.waitFor()).isZero();
    settle("plain");
  }

  @Test
  void whatMayNeedNetworks_getsTheVectorApi() throws Exception {
    ok(Map.of(), "envs");
    settle("plain");
    Files.writeString(folder.resolve("a.yml"), "learner: {id: dqn}\n");
    Files.writeString(folder.resolve("b.yaml"), "learner:\r\n  id: dqn\r\n");
    Files.writeString(folder.resolve("c.json"), "{\"learner\": {\"id\": \"dqn\"}}");
    Files.createDirectories(folder.resolve("run"));
    Files.createDirectories(folder.resolve("train"));
    for (String line :
        List.of(
            "train dqn CartPole-v1",
            "train bellman/dqn CartPole-v1",
            "train a.yml",
            "train b.yaml",
            "train c.json",
            "eval run",
            "train q-learning X --from=run",
            "--plugins folder train own X",
            "train own X --plugins=folder")) {
      assertThat(ok(Map.of(), line.split(" ", -1)).out()).as(line).contains("vector true");
    }
    assertThat(ok(Map.of("RL_PLUGINS", "folder"), "train", "own", "X").out())
        .contains("vector true");
    for (String line : List.of("envs", "train q-learning FrozenLake-v1", "runs")) {
      assertThat(ok(Map.of(), line.split(" ", -1)).out()).as(line).contains("vector false");
    }
    settle("deep");
  }

  @Test
  void vectorApi_comesWithoutAWarning() throws Exception {
    ok(Map.of(), "envs");
    assertThat(ok(Map.of(), "train", "dqn").err()).isEmpty();
    settle("plain");
    settle("deep");
  }

  /** A cache that a disk or a crash damaged may cost time, and nothing else. */
  @Test
  void damagedCache_isGoneWithoutAndMadeAgain() throws Exception {
    ok(CACHES, "envs");
    Path cache = cache("plain");
    byte[] whole = Files.readAllBytes(cache);
    assertThat(ok(CACHES, "envs").out()).contains("words envs");
    // As if another process were making the cache: so it is not made again in the midst of this.
    Path making = Files.createDirectory(build().resolve("plain.making"));
    for (int i = 0; i < 8; i++) {
      int at = i < 4 ? 100 * i + 3 : (int) ((long) whole.length * i / 8);
      byte[] damaged = whole.clone();
      damaged[at] ^= (byte) (1 << i);
      damaged(cache, damaged, "bit at " + at);
    }
    for (int i = 0; i < 4; i++) {
      byte[] zeros = whole.clone();
      int from = (int) ((long) whole.length * i / 4);
      Arrays.fill(zeros, from, Math.min(whole.length, from + (64 << 10)), (byte) 0);
      damaged(cache, zeros, "zeros at " + from);
    }
    for (int length : new int[] {0, 5000, whole.length - 1}) {
      damaged(cache, Arrays.copyOf(whole, length), "cut at " + length);
    }
    Files.delete(making);
    damaged(cache, new byte[0], "empty");
    assertThat(cache("plain")).isNotEmptyFile();
  }

  private void damaged(Path cache, byte[] content, String how) throws Exception {
    Files.write(cache, content);
    Ran ran = ok(CACHES, "envs", "x");
    assertThat(ran.out()).as(how).contains("words envs|x");
    assertThat(ran.err()).as(how).isEmpty();
  }

  @Test
  void cacheOfADeadProcess_isMadeAgain() throws Exception {
    ok(CACHES, "envs");
    Path cache = cache("plain");
    Files.delete(cache);
    Files.delete(build().resolve("plain.jdk"));
    Path making = Files.createDirectory(build().resolve("plain.making"));
    Files.writeString(making.resolve("owner"), "2147483000 gone\n");

    ok(CACHES, "envs");

    assertThat(cache("plain")).isEqualTo(cache);
  }
}
