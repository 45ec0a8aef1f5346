package org.bellmanrl.lab.internal.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.hash.Hashing;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.spi.ToolProvider;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.bellmanrl.api.interaction.Budget;
import org.bellmanrl.api.registry.Catalogue;
import org.bellmanrl.api.registry.Registry;
import org.bellmanrl.lab.cluster.ClusterException;
import org.bellmanrl.lab.cluster.JobDispatcher;
import org.bellmanrl.lab.cluster.Work;
import org.bellmanrl.lab.internal.assembly.Assembler;
import org.bellmanrl.lab.internal.assembly.InstalledCatalogues;
import org.bellmanrl.lab.internal.assembly.PluginFiles;
import org.bellmanrl.lab.internal.assembly.Resolver;
import org.bellmanrl.lab.internal.assembly.TrainingRequest;
import org.bellmanrl.lab.internal.preset.Presets;
import org.bellmanrl.lab.internal.run.Experiment;
import org.bellmanrl.lab.internal.run.SeedGroup;
import org.bellmanrl.lab.internal.training.CheckpointInterval;
import org.bellmanrl.results.document.UserError;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs that need plugins, on a worker in this process that lacks them. */
class LearnerPluginsTest {
  private static final InstalledCatalogues INSTALLED =
      new InstalledCatalogues(List.of(LearnerPluginsTest.class.getClassLoader()));

  private static final String COIN =
      """
      package acme;
      import org.bellmanrl.api.*;
      import org.bellmanrl.api.random.RandomStream;
      import org.bellmanrl.api.registry.*;
      import org.bellmanrl.api.space.Discrete;
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
            outcome.reward(action.discrete() * Weight.grams() + random.integers(5));
            outcome.terminate();
          }
        }
      }
      """;

  @TempDir static Path shared;
  private static Learner light;
  private static Learner heavy;

  @TempDir Path folder;
  private final List<String> log = new CopyOnWriteArrayList<>();
  private final List<String> fetched = new CopyOnWriteArrayList<>();

  /** A learner that has a plugin, a jar and its library. */
  private record Learner(Assembler assembler, Map<String, Path> files) {
    Experiment experiment() {
      return new Resolver(assembler.entries(), new Presets())
          .resolve(
              TrainingRequest.of("q-learning", "acme/Coin-v1")
                  .withLearnerOptions(new HashMap<>())
                  .withWrappers(List.of())
                  .withBudget(Budget.steps(500))
                  .withSeed(7));
    }
  }

  @BeforeAll
  static void build() throws IOException {
    light = learner("light", 2);
    heavy = learner("heavy", 9);
  }

  /** The same jar with another library. */
  private static Learner learner(String name, int grams) throws IOException {
    Path code = Files.createDirectories(shared.resolve(name).resolve("code"));
    Path classes = Files.createDirectories(shared.resolve(name).resolve("classes"));
    String weight =
        "package acme; class Weight { static double grams() { return " + grams + "; } }";
    int status =
        ToolProvider.findFirst("javac")
            .orElseThrow()
            .run(
                System.out,
                System.err,
                "-proc:none",
                "-cp",
                api(),
                "-d",
                classes.toString(),
                Files.writeString(code.resolve("Coin.java"), COIN).toString(),
                Files.writeString(code.resolve("Weight.java"), weight).toString());
    assertThat(status).isZero();
    Map<String, byte[]> coin = new LinkedHashMap<>();
    for (String file : List.of("acme/Coin.class", "acme/Coin$Toss.class")) {
      coin.put(file, Files.readAllBytes(classes.resolve(file)));
    }
    coin.put(
        "META-INF/services/" + Catalogue.class.getName(),
        "acme.Coin".getBytes(StandardCharsets.UTF_8));
    String library = "acme/Weight.class";
    List<Path> jars =
        List.of(
            jar(shared.resolve(name).resolve("coin.jar"), coin),
            jar(
                shared.resolve(name).resolve("library.jar"),
                Map.of(library, Files.readAllBytes(classes.resolve(library)))));
    List<PluginFiles.Sum> sums = new ArrayList<>();
    Map<String, Path> files = new HashMap<>();
    for (Path jar : jars) {
      byte[] bytes = Files.readAllBytes(jar);
      sums.add(new PluginFiles.Sum(Hashing.sha256().hashBytes(bytes).toString(), bytes.length));
      files.put(sums.getLast().sha256(), jar);
    }
    Assembler assembler =
        INSTALLED.with(
            List.of(new PluginFiles("coin.jar", sums)),
            sum -> files.getOrDefault(sum.sha256(), Path.of("")),
            line -> {});
    return new Learner(assembler, files);
  }

  private static Path jar(Path file, Map<String, byte[]> entries) throws IOException {
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(file))) {
      for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
        JarEntry named = new JarEntry(entry.getKey());
        named.setTime(0);
        out.putNextEntry(named);
        out.write(entry.getValue());
      }
    }
    return file;
  }

  /** The jar or folder of rl-api's classes, also where tests are patched into a module. */
  private static String api() {
    String file = Catalogue.class.getName().replace('.', '/') + ".class";
    String url = String.valueOf(Catalogue.class.getResource("/" + file));
    return url.startsWith("jar:")
        ? Path.of(URI.create(url.substring(4, url.indexOf("!/")))).toString()
        : Path.of(URI.create(url.substring(0, url.length() - file.length()))).toString();
  }

  private LearnerPlugins taken() {
    return LearnerPlugins.taken(INSTALLED, folder.resolve("cache"), log::add);
  }

  private static ClusterWork worker(LearnerPlugins plugins) {
    return new ClusterWork(
        new Assembler(Registry.builder().discover(Registry.class.getClassLoader()).build()),
        plugins);
  }

  /** Trains on a worker. */
  private Path train(Learner learner, String name, ClusterWork worker) {
    return train(learner, name, worker, learner.files, bytes -> bytes);
  }

  /**
   * Trains on a worker.
   *
   * @param offered the files that the worker may fetch
   * @param way what becomes of a part of a file on its way
   */
  private Path train(
      Learner learner,
      String name,
      ClusterWork worker,
      Map<String, Path> offered,
      UnaryOperator<byte[]> way) {
    Path path = folder.resolve(name);
    new RemoteRuns(
            new Here(worker, offered, way),
            learner.assembler,
            CheckpointInterval.DEFAULT,
            (done, recent) -> {})
        .train(new SeedGroup(path, learner.experiment(), 1, false), 7);
    return path.resolve("seed-7");
  }

  private static void assertSame(Path run, Path other) {
    for (String file : List.of("run.yaml", "metrics.csv", "learner.state")) {
      assertThat(run.resolve(file)).as(file).hasSameBinaryContentAs(other.resolve(file));
    }
  }

  /** Trains where the plugin is. */
  private Path here(Learner learner, String name) {
    return train(
        learner,
        name,
        new ClusterWork(learner.assembler, LearnerPlugins.refused("")),
        Map.of(),
        x -> x);
  }

  @Test
  void workerWithoutAPlugin_fetchesIt_andHasTheBytesOfOneThatHasIt() {
    assertSame(train(light, "there", worker(taken())), here(light, "here"));
    assertThat(fetched).contains(light.files.keySet().toArray(String[]::new));
    assertThat(log)
        .singleElement()
        .asString()
        .startsWith("uses the plugin coin.jar of a learner, SHA-256 ");
    assertThat(folder.resolve("here").resolve("seed-7").resolve("run.yaml"))
        .content()
        .contains("file: coin.jar");
  }

  @Test
  void worker_thatHasFetchedAPluginBefore_usesItsCache() {
    train(light, "first", worker(taken()));
    fetched.clear();
    assertSame(train(light, "second", worker(taken())), here(light, "here"));
    assertThat(fetched).isEmpty();
  }

  @Test
  void learnersWithOtherVersions_doNotDisturbEachOther() {
    ClusterWork worker = worker(taken());
    for (int round = 0; round < 2; round++) {
      assertSame(train(light, "light" + round, worker), here(light, "light-here" + round));
      assertSame(train(heavy, "heavy" + round, worker), here(heavy, "heavy-here" + round));
    }
    assertThat(folder.resolve("light0").resolve("seed-7").resolve("metrics.csv"))
        .content()
        .isNotEqualTo(contentOf(folder.resolve("heavy0").resolve("seed-7").resolve("metrics.csv")));
    assertThat(log).hasSize(2);
  }

  private static String contentOf(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void workerWithAnotherLibraryOfThePlugin_fetchesTheLearners() {
    assertSame(
        train(heavy, "there", new ClusterWork(light.assembler, taken())), here(heavy, "here"));
    assertThatThrownBy(() ->
            train(heavy, "refused", new ClusterWork(light.assembler, LearnerPlugins.refused("x"))))
        .hasMessageContaining("it has the plugin coin.jar with other libraries; start it with");
  }

  @Test
  void plugin_thatIsNotOffered_isRefusedWithARemedy() {
    assertThatThrownBy(() -> train(light, "there", worker(taken()), Map.of(), bytes -> bytes))
        .isInstanceOf(UserError.class)
        .hasMessageMatching(
            "seed 7: it has not the plugin coin.jar whose SHA-256 is [0-9a-f]{64};"
                + " start it with --plugins, or the learner with --ship-plugins");
  }

  @Test
  void plugin_thatTheWorkerDoesNotTake_isRefusedWithARemedy() {
    assertThatThrownBy(
            () -> train(light, "there", worker(LearnerPlugins.refused("since it takes none"))))
        .hasMessageContaining("; start it with --plugins, since it takes none");
    assertThat(fetched).isEmpty();
  }

  @Test
  void plugin_thatIsChangedOnItsWay_isNotLoaded() throws IOException {
    UnaryOperator<byte[]> flip =
        bytes -> {
          byte[] changed = bytes.clone();
          changed[changed.length / 2] ^= 4;
          return changed;
        };
    assertThatThrownBy(() -> train(light, "there", worker(taken()), light.files, flip))
        .hasMessageContaining(
            "a file of the plugin coin.jar of the learner is not taken: its SHA-256")
        .hasMessageContaining("it has been changed");
    try (Stream<Path> files = Files.list(folder.resolve("cache"))) {
      assertThat(files).isEmpty();
    }
    assertThat(log).isEmpty();
  }

  @Test
  void plugins_thatAreTooLarge_areRefusedBeforeTheyAreFetched() throws IOException {
    PluginFiles.Sum large = new PluginFiles.Sum("0".repeat(64), FileCache.MOST_FILE_BYTES + 1);
    assertThatThrownBy(() -> ask(List.of(large)))
        .hasMessageContaining(
            "is not taken: it has 268435457 bytes, and at most 268435456 are taken");
    List<PluginFiles.Sum> many =
        IntStream.range(0, 5)
            .mapToObj(i -> new PluginFiles.Sum(i + "0".repeat(63), FileCache.MOST_FILE_BYTES))
            .toList();
    assertThatThrownBy(() -> ask(many))
        .hasMessageContaining("have 1342177280 bytes together, and at most 1073741824 are taken");
    assertThat(fetched).isEmpty();
  }

  private void ask(List<PluginFiles.Sum> files) {
    taken()
        .assembler(
            List.of(new PluginFiles("large.jar", files)),
            "it has not the plugin",
            new FetchingReports(Map.of(), bytes -> bytes));
  }

  @Test
  void described_withPathsInsteadOfNames_isRefused() {
    Experiment experiment = light.experiment();
    byte[] honest = RemoteProtocol.bytes(light.assembler, experiment);
    String text = new String(honest, StandardCharsets.ISO_8859_1);
    for (String name : List.of("../a.jar", "/etc/pwd", "..\\a.jar")) {
      byte[] forged = text.replace("coin.jar", name).getBytes(StandardCharsets.ISO_8859_1);
      assertThat(forged).hasSameSizeAs(honest);
      assertThatThrownBy(() -> RemoteProtocol.Described.read(forged))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("must have the name of a file");
    }
  }

  private final class FetchingReports implements Work.Reports {
    private final Map<String, Path> offered;
    private final UnaryOperator<byte[]> way;

    FetchingReports(Map<String, Path> offered, UnaryOperator<byte[]> way) {
      this.offered = offered;
      this.way = way;
    }

    @Override
    public void report(byte[] bytes) {}

    @Override
    public boolean stopWanted() {
      return false;
    }

    /** Parts of at most a hundred bytes. */
    @Override
    public byte @Nullable [] fetch(String sha256, long offset) {
      Path file = offered.get(sha256);
      if (file == null) {
        return null;
      }
      fetched.add(sha256);
      byte[] bytes;
      try {
        bytes = Files.readAllBytes(file);
      } catch (IOException e) {
        throw new AssertionError(e);
      }
      return way.apply(
          Arrays.copyOfRange(bytes, (int) offset, (int) Math.min(offset + 100, bytes.length)));
    }
  }

  /** Does jobs in this process. */
  private final class Here implements JobDispatcher {
    private final Work work;
    private final Work.Reports reports;

    Here(Work work, Map<String, Path> offered, UnaryOperator<byte[]> way) {
      this.work = work;
      this.reports = new FetchingReports(offered, way);
    }

    @SuppressWarnings("ArrayRecordComponent")
    private record Shared(byte[] bytes) implements Stage {}

    private record Done(CompletableFuture<byte[]> result) implements Job {
      @Override
      public void stop() {}
    }

    @Override
    public Stage stage(byte[] bytes, boolean exact) {
      return new Shared(bytes);
    }

    @Override
    public Job submit(Stage stage, byte[] job, Consumer<byte[]> heard) {
      CompletableFuture<byte[]> result = new CompletableFuture<>();
      try {
        result.complete(work.perform(((Shared) stage).bytes, job, reports));
      } catch (Work.UnfitException e) {
        result.completeExceptionally(new ClusterException(String.valueOf(e.getMessage()), e));
      }
      return new Done(result);
    }

    @Override
    public int capacity() {
      return 1;
    }

    @Override
    public void close() {}
  }
}
