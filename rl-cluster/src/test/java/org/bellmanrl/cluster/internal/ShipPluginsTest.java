package org.bellmanrl.cluster.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;
import org.bellmanrl.api.registry.Catalogue;
import org.bellmanrl.api.registry.Registry;
import org.bellmanrl.lab.Main;
import org.bellmanrl.lab.cluster.ClusterProvider;
import org.bellmanrl.lab.cluster.Membership;
import org.bellmanrl.lab.internal.assembly.Assembler;
import org.bellmanrl.lab.internal.assembly.InstalledCatalogues;
import org.bellmanrl.lab.internal.cluster.ClusterWork;
import org.bellmanrl.lab.internal.cluster.LearnerPlugins;
import org.bellmanrl.lab.internal.cluster.RemoteProtocol;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Commands that send their plugins to workers. */
@Timeout(600)
class ShipPluginsTest {
  private static final long PATIENCE_SECONDS = 120;
  private static final long LOOK_MILLIS = 50;

  private static final String COIN =
      """
      package acme;
      import org.bellmanrl.api.*;
      import org.bellmanrl.api.random.RandomStream;
      import org.bellmanrl.api.registry.*;
      import org.bellmanrl.api.space.Discrete;
      import org.bellmanrl.api.state.State;
      public final class Coin implements Catalogue {
        public void list(Offers offers) {
          offers.add(EnvironmentEntry.of("acme/Coin-v1", "a coin of acme", Toss::new));
        }
        static final class Toss implements Environment {
          public EnvironmentSpec spec() {
            return EnvironmentSpec.of("acme/Coin-v1", new Discrete(1), new Discrete(2));
          }
          public void reset(RandomStream random, Observation observation) {
            observation.setDiscrete(0);
          }
          public void step(Action action, RandomStream random, Outcome outcome) {
            outcome.observation().setDiscrete(0);
            outcome.reward(action.discrete() * Weight.GRAMS + random.integers(5));
            if (random.integers(3) == 0) {
              outcome.terminate();
            }
          }
          public void carry(State state) {}
        }
      }
      """;

  @TempDir Path folder;
  private Path plugins;
  private String address;

  /** A jar and, beside it, its library. */
  @BeforeEach
  void build() throws IOException {
    address = Workers.freeAddress();
    plugins = Files.createDirectories(folder.resolve("plugins"));
    Path classes = Files.createDirectories(folder.resolve("classes"));
    Path coin = Files.writeString(folder.resolve("Coin.java"), COIN);
    Path weight =
        Files.writeString(
            folder.resolve("Weight.java"),
            "package acme; class Weight { static double GRAMS = 4; }");
    int status =
        ToolProvider.findFirst("javac")
            .orElseThrow()
            .run(
                System.out,
                System.err,
                "-proc:none",
                "-cp",
                System.getProperty("java.class.path"),
                "-d",
                classes.toString(),
                coin.toString(),
                weight.toString());
    assertThat(status).isZero();
    try (JarOutputStream out = out(plugins.resolve("coin.jar"))) {
      add(out, "acme/Coin.class", Files.readAllBytes(classes.resolve("acme/Coin.class")));
      add(out, "acme/Coin$Toss.class", Files.readAllBytes(classes.resolve("acme/Coin$Toss.class")));
      add(
          out,
          "META-INF/services/" + Catalogue.class.getName(),
          "acme.Coin".getBytes(StandardCharsets.UTF_8));
    }
    try (JarOutputStream out =
        out(Files.createDirectories(plugins.resolve("lib")).resolve("weight.jar"))) {
      add(out, "acme/Weight.class", Files.readAllBytes(classes.resolve("acme/Weight.class")));
    }
  }

  private static JarOutputStream out(Path jar) throws IOException {
    return new JarOutputStream(Files.newOutputStream(jar));
  }

  private static void add(JarOutputStream out, String name, byte[] bytes) throws IOException {
    out.putNextEntry(new JarEntry(name));
    out.write(bytes);
  }

  private ClusterProvider.Service worker(LearnerPlugins taken) {
    Assembler assembler =
        new Assembler(Registry.builder().discover(ShipPluginsTest.class.getClassLoader()).build());
    return new PekkoCluster()
        .work(
            Membership.of(address),
            1,
            true,
            RemoteProtocol.facts(),
            new ClusterWork(assembler, taken),
            line -> {});
  }

  private String rl(Object... words) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    PrintStream stream = new PrintStream(out, false, StandardCharsets.UTF_8);
    List<Object> all = new ArrayList<>(Arrays.asList(words));
    all.addAll(List.of("--plugins", plugins));
    Main.run(stream, stream, all.stream().map(Object::toString).toArray(String[]::new));
    return out.toString(StandardCharsets.UTF_8);
  }

  private static Object[] with(Object[] words, Object... more) {
    return Stream.concat(Arrays.stream(words), Arrays.stream(more)).toArray();
  }

  private static void assertSame(Path run, Path other) {
    for (String file : List.of("run.yaml", "metrics.csv", "learner.state")) {
      assertThat(run.resolve(file)).as(file).hasSameBinaryContentAs(other.resolve(file));
    }
  }

  @Test
  void rowsAndSeeds_ofAPluginThatWorkersLack_haveTheBytesOfOneProcess() throws IOException {
    Object[] rows = {"train", "q-learning", "acme/Coin-v1", "--envs", 3, "--steps", 900};
    rows = with(rows, "--round", 10);
    Object[] seeds = {"train", "q-learning", "acme/Coin-v1", "--steps", 300, "--seeds", 2};
    rl(with(rows, "--out", folder.resolve("rows")));
    rl(with(seeds, "--out", folder.resolve("seeds")));
    List<String> log = new CopyOnWriteArrayList<>();
    InstalledCatalogues installed =
        new InstalledCatalogues(List.of(ShipPluginsTest.class.getClassLoader()));
    Path cache = folder.resolve("cache");
    List<Object> keys = new ArrayList<>();
    for (int begin = 1; begin <= 2; begin++) {
      try (ClusterProvider.Service _ = worker(LearnerPlugins.taken(installed, cache, log::add))) {
        Path there = folder.resolve("there" + begin);
        rl(with(rows, "--out", there, "--cluster", address, "--ship-plugins"));
        assertSame(there, folder.resolve("rows"));
        Path all = folder.resolve("all" + begin);
        rl(with(seeds, "--out", all, "--cluster", address, "--ship-plugins"));
        for (String seed : List.of("seed-0", "seed-1")) {
          assertSame(all.resolve(seed), folder.resolve("seeds").resolve(seed));
        }
      }
      assertThat(log).hasSize(begin); // of two commands
      try (Stream<Path> files = Files.list(cache)) {
        for (Path file : files.toList()) {
          keys.add(Files.getAttribute(file, "unix:ino"));
        }
      }
    }
    // The jar and its library, and the same files when the worker has begun again.
    assertThat(keys).hasSize(4);
    assertThat(new HashSet<>(keys)).hasSize(2);
  }

  /** Workers in their own processes, which neither have the plugin nor take it. */
  @Test
  void plugins_thatAreNotSentOrNotTaken_areNamedWithTheirRemedies() throws Exception {
    Path secret = Files.writeString(folder.resolve("secret"), "sesame");
    Object[] train = {"train", "q-learning", "acme/Coin-v1", "--envs", 3, "--round", 10};
    train = with(train, "--plugins", plugins, "--cluster", address);
    Object[] worker = {"worker", "--join", address, "--cores", 1};
    String lacking = "it has not the plugin coin.jar whose SHA-256 is ";

    assertSays(
        with(worker, "--secret", secret, "--plugin-cache", folder.resolve("cache")),
        with(train, "--secret", secret),
        lacking,
        "; start it with --plugins, or the learner with --ship-plugins");
    assertSays(
        worker,
        with(train, "--ship-plugins"),
        lacking,
        "and both with the same --secret FILE: without a secret or a certificate");
    assertSays(
        with(worker, "--secret", secret, "--accept-plugins", "never"),
        with(train, "--secret", secret, "--ship-plugins"),
        lacking,
        "; start it with --plugins, since it has --accept-plugins never");
    assertThat(folder.resolve("cache")).isEmptyDirectory();
    assertThat(rl("worker", "--join", address, "--accept-plugins", "sometimes"))
        .isEqualTo("error: --accept-plugins must be guarded, always or never, was 'sometimes'\n");
  }

  /** A worker and a learner; what the learner warns of. */
  private void assertSays(Object[] worker, Object[] learner, String... parts) throws Exception {
    Path said = Files.createTempFile(folder, "said", "");
    Process working = Workers.start(worker);
    Process learning =
        Workers.command(with(learner, "--out", folder.resolve("run-" + said.getFileName())))
            .redirectErrorStream(true)
            .redirectOutput(said.toFile())
            .start();
    try {
      while (!Files.readString(said).contains("is not used: ")) {
        assertThat(learning.waitFor(LOOK_MILLIS, TimeUnit.MILLISECONDS))
            .as(Files.readString(said))
            .isFalse();
      }
      learning.destroy();
      assertThat(learning.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
      assertThat(said).content().contains(parts);
    } finally {
      learning.destroyForcibly().waitFor();
      working.destroyForcibly().waitFor();
    }
  }
}
