package org.bellmanrl.lab;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import com.google.common.io.MoreFiles;
import com.google.common.io.RecursiveDeleteOption;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.CRC32C;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.bellmanrl.api.Action;
import org.bellmanrl.api.Environment;
import org.bellmanrl.api.EnvironmentSpec;
import org.bellmanrl.api.Observation;
import org.bellmanrl.api.Outcome;
import org.bellmanrl.api.interaction.Budget;
import org.bellmanrl.api.interaction.Interaction;
import org.bellmanrl.api.interaction.Trainer;
import org.bellmanrl.api.options.OptionSchema;
import org.bellmanrl.api.random.RandomStream;
import org.bellmanrl.api.random.RandomStreams;
import org.bellmanrl.api.registry.Entry;
import org.bellmanrl.api.registry.EnvironmentEntry;
import org.bellmanrl.api.registry.LearnerEntry;
import org.bellmanrl.api.registry.ListenerEntry;
import org.bellmanrl.api.registry.PolicyEntry;
import org.bellmanrl.api.registry.Registry;
import org.bellmanrl.api.registry.WrapperEntry;
import org.bellmanrl.api.space.Discrete;
import org.bellmanrl.api.state.BinaryState;
import org.bellmanrl.api.state.StateException;
import org.bellmanrl.env.toytext.FrozenLake;
import org.bellmanrl.env.toytext.FrozenLakeOptions;
import org.bellmanrl.lab.cluster.JobDispatcher;
import org.bellmanrl.lab.cluster.Work;
import org.bellmanrl.lab.internal.assembly.Assembler;
import org.bellmanrl.lab.internal.assembly.InstalledCatalogues;
import org.bellmanrl.lab.internal.assembly.Resolver;
import org.bellmanrl.lab.internal.assembly.TrainingRequest;
import org.bellmanrl.lab.internal.assembly.Wrapping;
import org.bellmanrl.lab.internal.cluster.ClusterWork;
import org.bellmanrl.lab.internal.cluster.LearnerPlugins;
import org.bellmanrl.lab.internal.cluster.RemoteRounds;
import org.bellmanrl.lab.internal.cluster.RemoteRuns;
import org.bellmanrl.lab.internal.preset.Presets;
import org.bellmanrl.lab.internal.run.Experiment;
import org.bellmanrl.lab.internal.run.MetricsTable;
import org.bellmanrl.lab.internal.run.RunFolder;
import org.bellmanrl.lab.internal.run.SeedGroup;
import org.bellmanrl.lab.internal.run.Stepping;
import org.bellmanrl.lab.internal.serve.EpisodeService;
import org.bellmanrl.lab.internal.serve.JsonEpisodes;
import org.bellmanrl.lab.internal.serve.SpacesFile;
import org.bellmanrl.lab.internal.training.CheckpointInterval;
import org.bellmanrl.lab.internal.training.TrainingRun;
import org.bellmanrl.lab.internal.training.TrainingRuns;
import org.bellmanrl.lab.internal.training.TrainingSetup;
import org.bellmanrl.lab.internal.tune.Study;
import org.bellmanrl.lab.serve.RefusedException;
import org.bellmanrl.policy.Policies;
import org.bellmanrl.results.document.Document;
import org.bellmanrl.results.document.UserError;
import org.bellmanrl.tabular.learner.ControlConfig;
import org.bellmanrl.tabular.td.QLearning;
import org.bellmanrl.tune.SearchSpace;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Every reader of files and texts answers whatever it is given: it reads it, or refuses it in one
 * line. Checksums are made to fit, so that what lies behind them is reached.
 *
 * <p>A failure prints the input, and which seed and number it has.
 */
class FuzzTest {
  private static final Registry REGISTRY =
      Registry.builder().discover(Registry.class.getClassLoader()).build();

  private static final List<Entry> ENTRIES =
      Stream.of(
              LearnerEntry.class,
              EnvironmentEntry.class,
              WrapperEntry.class,
              ListenerEntry.class,
              PolicyEntry.class)
          .<Entry>flatMap(kind -> REGISTRY.all(kind).stream())
          .toList();

  private static final String TRACE =
      """
      {"id": "FrozenLake-v1", "kwargs": {"is_slippery": false, "desc": ["SFG"]}, "max_episode_steps": 100}
      {"reset": 0, "obs": 0}
      {"action": 2, "obs": 1, "reward": 0.0, "terminated": false, "truncated": false}
      {"action": 2, "obs": 2, "reward": 1.0, "terminated": true, "truncated": false}
      """;

  private static final String SPACES =
      """
      {name: my/Task-v0, masked: true, max_episode_steps: 5,
       observations: {dict: {at: {multi-discrete: [3, 4]}, seen: {box: {shape: [2, 2], low: -1}},
        screen: {pixels: [1, 2, 3]}, on: {tuple: [{multi-binary: 2}, {discrete: 4}]}}},
       actions: {discrete: 3}}
      """;

  private static final Assembler ASSEMBLER = new Assembler(REGISTRY);

  @TempDir static Path folder;
  private static Path run;
  private static byte[] policy;
  private static Path network;
  private static Path model;
  private static Path group;
  private static Path study;
  private static Swap remoteRun;
  private static Swap remoteRound;

  @BeforeAll
  static void train() throws IOException {
    run = folder.resolve("runs").resolve("run");
    Object[] words = {
      "train", "q-learning", "CartPole-v1", "--wrap", "discretize:bins=3,low=-1,high=1"
    };
    Rl.ok(Stream.concat(Stream.of(words), Stream.of("--episodes", 9, "--out", run)).toArray());
    Path file = folder.resolve("policy.zip");
    Rl.ok("export", run, "--to", file);
    policy = Files.readAllBytes(file);
    Path deep = folder.resolve("deep");
    Object[] deepWords = {"train", "ppo", "Taxi-v4", "--steps", 8, "--set", "n_steps=8"};
    Object[] deepMore = {"--set", "batch_size=8", "--set", "hidden=[4, lstm 3]", "--out", deep};
    Rl.ok(Stream.concat(Stream.of(deepWords), Stream.of(deepMore)).toArray());
    network = folder.resolve("network.zip");
    Rl.ok("export", deep, "--to", network);
    model = folder.resolve("network.onnx");
    Rl.ok("export", deep, "--to", model);
    group = folder.resolve("runs").resolve("group");
    Rl.ok("train", "sarsa", "Taxi-v4", "--episodes", 3, "--seeds", 2, "--out", group);
    study = folder.resolve("runs").resolve("study");
    Object[] search = {"tune", "sarsa", "Taxi-v4", "--steps", 40, "--trials", 3, "--seeds", 1};
    Rl.ok(Stream.concat(Stream.of(search), Stream.of("--quiet", "--out", study)).toArray());
    remoteRun = Swap.of(FuzzTest::remoteRuns);
    remoteRound = Swap.of(FuzzTest::remoteRounds);
  }

  /** What reads files or texts. */
  enum Reader {
    EXPERIMENT {
      @Override
      byte[] example() {
        return Rl.ok("config", "q-learning", "FrozenLake-v1").getBytes(UTF_8);
      }

      @Override
      void read(byte[] bytes) throws IOException {
        command("config", Files.write(folder.resolve("experiment.yaml"), bytes));
      }
    },
    DOCUMENT {
      @Override
      byte[] example() throws IOException {
        return Files.readAllBytes(run.resolve("run.yaml"));
      }

      @Override
      void read(byte[] bytes) {
        Document document = Document.parse("run.yaml", new String(bytes, UTF_8));
        Document.parse("again", Document.yaml(document.entries()));
      }
    },
    SUMMARY {
      @Override
      byte[] example() throws IOException {
        return Files.readAllBytes(run.resolve("summary.json"));
      }

      @Override
      void read(byte[] bytes) throws IOException {
        inPlace(
            run.resolve("summary.json"),
            sealed(bytes),
            () -> {
              command("runs", run.getParent());
              command("eval", run, "--episodes", 1);
            });
      }
    },
    /** Of several seeds. */
    SEEDS {
      @Override
      byte[] example() throws IOException {
        return Files.readAllBytes(group.resolve("seeds.yaml"));
      }

      @Override
      void read(byte[] bytes) throws IOException {
        inPlace(
            group.resolve("seeds.yaml"),
            bytes,
            () -> {
              SeedGroup.open(group);
              command("runs", group);
              command("eval", group, "--episodes", 1);
            });
      }
    },
    STUDY {
      @Override
      byte[] example() throws IOException {
        return Files.readAllBytes(study.resolve("study.yaml"));
      }

      @Override
      void read(byte[] bytes) throws IOException {
        inPlace(
            study.resolve("study.yaml"),
            bytes,
            () -> {
              Study.open(study).sampler();
              command("runs", study);
              command("show", study);
            });
      }
    },
    TRIAL {
      @Override
      byte[] example() throws IOException {
        return Files.readAllBytes(study.resolve("trial-0001/trial.json"));
      }

      @Override
      void read(byte[] bytes) throws IOException {
        inPlace(
            study.resolve("trial-0001/trial.json"),
            sealed(bytes),
            () -> {
              command("show", study);
              Study.open(study).trials();
            });
      }
    },
    SEARCH_SPACE {
      @Override
      byte[] example() {
        return """
        parameters: {step_size: log:0.01:1, gamma: [0.9, 0.99], final: uniform:0:0.2}
        options: {exploration: "linear:1:{final}:50%"}
        """
            .getBytes(UTF_8);
      }

      @Override
      void read(byte[] bytes) {
        SearchSpace space = SearchSpace.of(Document.parse("space", new String(bytes, UTF_8)));
        space.options(space.values(new double[space.parameters().size()]));
      }
    },
    SPACES_FILE {
      @Override
      byte[] example() {
        return SPACES.getBytes(UTF_8);
      }

      @Override
      void read(byte[] bytes) throws IOException {
        SpacesFile.read(Files.write(folder.resolve("spaces.yaml"), bytes));
      }
    },
    /** Of a simulator that learns over HTTP. */
    EPISODE_REQUEST {
      @Override
      byte[] example() {
        return """
        {"observation": {"at": [2, 3], "seen": [[-1, 2.5], [0, 1e3]], "screen": [1, 2, 3, 4, 5, 255],
         "on": [[1, 0], 3]}, "mask": [true, false, true]}
        """
            .getBytes(UTF_8);
      }

      @Override
      void read(byte[] bytes) throws IOException {
        EpisodeService.Returns returns = new EpisodeService.Returns();
        EnvironmentSpec spec =
            SpacesFile.read(Files.writeString(folder.resolve("spaces.yaml"), SPACES));
        Map<String, @Nullable Object> told =
            Document.parse("the request", new String(bytes, UTF_8)).entries();
        EpisodeService service =
            new EpisodeService(
                spec,
                Interaction.acting(
                    spec,
                    1,
                    ASSEMBLER.policy(new Experiment.Part("random", Map.of()), spec),
                    RandomStreams.ofSeeds(new long[1]),
                    List.of(returns)),
                returns,
                1);
        try {
          JsonEpisodes episodes = new JsonEpisodes(service);
          Object episode = episodes.begin(told).get("episode");
          Map<String, @Nullable Object> outcome = new HashMap<>(told);
          outcome.put("reward", 1);
          episodes.step(((Number) requireNonNull(episode)).longValue(), outcome);
        } catch (RefusedException e) {
          throw new UserError(e.getMessage(), e);
        }
      }
    },
    METRICS {
      @Override
      byte[] example() throws IOException {
        return Files.readAllBytes(run.resolve("metrics.csv"));
      }

      @Override
      void read(byte[] bytes) {
        MetricsTable.parse("metrics.csv", new String(bytes, UTF_8)).csv();
      }
    },
    TRACE_CHECK {
      @Override
      byte[] example() {
        return TRACE.getBytes(UTF_8);
      }

      @Override
      void read(byte[] bytes) throws IOException {
        command("trace", "check", Files.write(folder.resolve("lake.jsonl"), bytes));
      }
    },
    CHECKPOINT {
      @Override
      byte[] example() {
        return saved(new FrozenLake(FrozenLakeOptions.defaults()));
      }

      @Override
      void read(byte[] bytes) {
        goOn(bytes, new FrozenLake(FrozenLakeOptions.defaults()));
      }
    },
    EPISODE {
      @Override
      byte[] example() {
        return saved(new Walk());
      }

      @Override
      void read(byte[] bytes) {
        goOn(bytes, new Walk());
      }
    },
    POLICY {
      @Override
      byte[] example() {
        return policy;
      }

      @Override
      void read(byte[] bytes) throws IOException {
        Policies.load(Files.write(folder.resolve("damaged.zip"), bytes));
      }
    },
    POLICY_NUMBERS {
      @Override
      byte[] example() throws IOException {
        return entry(policy, "policy.state");
      }

      @Override
      void read(byte[] bytes) throws IOException {
        load(bytes);
      }
    },
    POLICY_NETWORK {
      @Override
      byte[] example() throws IOException {
        return entry(Files.readAllBytes(network), "policy.state");
      }

      @Override
      void read(byte[] bytes) throws IOException {
        load(bytes);
      }
    },
    MODEL {
      @Override
      byte[] example() throws IOException {
        return Files.readAllBytes(model);
      }

      @Override
      void read(byte[] bytes) throws IOException {
        EnvironmentSpec task =
            EnvironmentSpec.of("Taxi-v4", new Discrete(500), new Discrete(6)).withMask();
        Policies.load(Files.write(folder.resolve("damaged.onnx"), bytes), task);
      }
    },
    /** What a learner sends of a run that a worker is to go on with. */
    RUN_JOB {
      @Override
      byte[] example() {
        return remoteRun.job;
      }

      @Override
      void read(byte[] bytes) {
        new ClusterWork(ASSEMBLER, LearnerPlugins.refused(""))
            .perform(remoteRun.stage, bytes, Swap.STOPPED);
      }
    },
    /** What a worker sends back of a run. */
    RUN_RESULT {
      @Override
      byte[] example() {
        return remoteRun.result;
      }

      @Override
      void read(byte[] bytes) {
        remoteRuns(new Swap(bytes));
      }
    },
    /** What a learner sends of rows that a worker is to step. */
    ROUND_JOB {
      @Override
      byte[] example() {
        return remoteRound.job;
      }

      @Override
      void read(byte[] bytes) {
        new ClusterWork(ASSEMBLER, LearnerPlugins.refused(""))
            .perform(remoteRound.stage, bytes, Swap.STOPPED);
      }
    },
    /** What a learner says of the plugins that a worker is to fetch. */
    PLUGINS_OF_A_LEARNER {
      @Override
      byte[] example() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeInt(1);
        out.writeUTF("coin.jar");
        out.writeInt(2);
        for (String digit : List.of("a", "b")) {
          out.writeUTF(digit.repeat(64));
          out.writeLong(5);
        }
        return bytes.toByteArray();
      }

      @Override
      void read(byte[] bytes) throws IOException {
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(remoteRound.stage));
        ByteArrayOutputStream stage = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(stage);
        out.writeByte(in.readUnsignedByte());
        byte[] experiment = new byte[in.readInt() - Integer.BYTES]; // without its plugins: none
        in.readFully(experiment);
        out.writeInt(experiment.length + bytes.length);
        out.write(experiment);
        out.write(bytes);
        in.skipNBytes(Integer.BYTES);
        in.transferTo(out);
        Path cache = folder.resolve("cache");
        LearnerPlugins taken =
            LearnerPlugins.taken(
                new InstalledCatalogues(List.of(Registry.class.getClassLoader())),
                cache,
                line -> {});
        try {
          new ClusterWork(ASSEMBLER, taken)
              .perform(stage.toByteArray(), remoteRound.job, Swap.SENDING);
        } catch (Work.UnfitException e) {
          assertThat(e.getMessage()).isNotBlank();
        }
        assertThat(cache.resolve("a".repeat(64) + ".jar")).doesNotExist();
      }
    },
    /** What a worker sends back of them. */
    ROUND_RESULT {
      @Override
      byte[] example() {
        return remoteRound.result;
      }

      @Override
      void read(byte[] bytes) {
        remoteRounds(new Swap(bytes));
      }
    },
    WRAPPERS {
      @Override
      byte[] example() {
        return "discretize:low=[-1,2],high='a',bins=(1, [2, 3])".getBytes(UTF_8);
      }

      @Override
      void read(byte[] bytes) {
        Wrapping.parse("--wrap", List.of(new String(bytes, UTF_8)));
      }
    },
    MAP {
      @Override
      byte[] example() {
        return "[\"SFFF\", \"FHFH\", \"FFFH\", \"HFFG\"]".getBytes(UTF_8);
      }

      @Override
      void read(byte[] bytes) {
        REGISTRY
            .get(EnvironmentEntry.class, "FrozenLake-v1")
            .create(Map.of("desc", new String(bytes, UTF_8)))
            .close();
      }
    },
    OPTIONS {
      @Override
      byte[] example() {
        return "linear:1:0.05:50%".getBytes(UTF_8);
      }

      @Override
      void read(byte[] bytes) {
        Entry entry = ENTRIES.get(Math.floorMod(Arrays.hashCode(bytes), ENTRIES.size()));
        for (OptionSchema.Description option : entry.options().descriptions()) {
          try {
            entry.complete(Map.of(option.name(), new String(bytes, UTF_8)));
          } catch (IllegalArgumentException e) {
            assertThat(e.getMessage()).isNotBlank();
          }
        }
      }
    };

    /** Something that is read. */
    abstract byte[] example() throws IOException;

    /** Reads; throws what a refusal may throw, or anything. */
    abstract void read(byte[] bytes) throws IOException;
  }

  @ParameterizedTest
  @EnumSource
  void read_ofDamagedInput_readsOrRefuses(Reader reader) throws IOException {
    fuzz(reader, 1, 60);
  }

  @Tag("long")
  @ParameterizedTest
  @EnumSource
  void read_ofMuchDamagedInput_readsOrRefuses(Reader reader) throws IOException {
    fuzz(reader, 2, 5000);
  }

  private static void fuzz(Reader reader, long seed, int inputs) throws IOException {
    byte[] whole = reader.example();
    reader.read(whole);
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < inputs; i++) {
      byte[] bytes = Damage.of(whole, random);
      String input = "seed %d, input %d".formatted(seed, i);
      try {
        // A timeout against hanging alone: any one of these takes milliseconds.
        assertTimeoutPreemptively(Duration.ofMinutes(1), () -> reader.read(bytes));
      } catch (UserError | StateException | IllegalArgumentException | UncheckedIOException e) {
        assertThat(e.getMessage()).as(input).isNotBlank();
      } catch (Throwable e) {
        String base64 =
            Base64.getEncoder()
                .encodeToString(Arrays.copyOf(bytes, Math.min(bytes.length, 20_000)));
        throw new AssertionError(input + " of " + reader + ", in base64: " + base64, e);
      }
    }
  }

  private static void command(Object... words) {
    Rl rl = Rl.run(words);
    if (rl.status() < 0 || rl.status() > 2) {
      throw new AssertionError("status " + rl.status() + ": " + rl.err());
    }
    if (rl.status() == 2) {
      assertThat(rl.err()).startsWith("error: ").hasLineCount(1);
    }
  }

  /** A walk that carries no state: it is saved as the actions of its episode. */
  private static final class Walk implements Environment {
    private int place;

    @Override
    public EnvironmentSpec spec() {
      return EnvironmentSpec.of("Walk-v0", new Discrete(9), new Discrete(3))
          .withMaxEpisodeSteps(100);
    }

    @Override
    public void reset(RandomStream random, Observation observation) {
      place = random.integers(9);
      observation.setDiscrete(place);
    }

    @Override
    public void step(Action action, RandomStream random, Outcome outcome) {
      place = Math.floorMod(place + action.discrete() - random.integers(2), 9);
      outcome.reward(place);
      outcome.observation().setDiscrete(place);
    }
  }

  private static Trainer<QLearning> trainer(Environment environment) {
    return Trainer.on(environment)
        .build(context -> new QLearning(context, ControlConfig.defaults()));
  }

  private static byte[] saved(Environment environment) {
    try (Trainer<QLearning> trainer = trainer(environment)) {
      trainer.run(550);
      return BinaryState.toBytes(trainer);
    }
  }

  private static void goOn(byte[] bytes, Environment environment) {
    try (Trainer<QLearning> trainer = trainer(environment)) {
      BinaryState.fromBytes(summed(bytes), trainer);
      trainer.run(50);
    }
  }

  /** Makes the checksum of saved state fit. */
  private static byte[] summed(byte[] bytes) {
    int body = Math.max(bytes.length - Integer.BYTES, 0);
    CRC32C sum = new CRC32C();
    sum.update(bytes, 0, body);
    ByteBuffer fitting = ByteBuffer.allocate(body + Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    return fitting.put(bytes, 0, body).putInt((int) sum.getValue()).array();
  }

  /** Makes the checksum of sealed JSON fit. */
  private static byte[] sealed(byte[] bytes) {
    String text = new String(bytes, UTF_8);
    int at = text.lastIndexOf(",\n  \"crc32c\"");
    String body = at < 0 ? text : text.substring(0, at);
    CRC32C sum = new CRC32C();
    sum.update(body.getBytes(UTF_8));
    return "%s,\n  \"crc32c\": \"%08x\"\n}\n".formatted(body, sum.getValue()).getBytes(UTF_8);
  }

  private interface Reading {
    void run() throws IOException;
  }

  /** Reads with other bytes in a file. */
  private static void inPlace(Path file, byte[] bytes, Reading reading) throws IOException {
    byte[] whole = Files.readAllBytes(file);
    try {
      Files.write(file, bytes);
      reading.run();
    } finally {
      Files.write(file, whole);
    }
  }

  private static Experiment experiment(String learner, String task, int rows, int round) {
    return new Resolver(ASSEMBLER.entries(), new Presets())
        .resolve(
            TrainingRequest.of(learner, task)
                .withRows(OptionalInt.of(rows))
                .withWrappers(List.of())
                .withBudget(Budget.steps(24))
                .withSeed(7))
        .withStepping(new Stepping(round, false, 0));
  }

  /** A group of runs on workers. */
  private static void remoteRuns(Swap dispatcher) {
    SeedGroup runs =
        new SeedGroup(folder.resolve("remote"), experiment("sarsa", "Taxi-v4", 1, 1), 1, false);
    RemoteRuns remote =
        new RemoteRuns(dispatcher, ASSEMBLER, CheckpointInterval.DEFAULT, (f, r) -> {});
    dispatcher.whenAsked = remote::stop;
    try {
      remote.train(runs, 7);
    } finally {
      delete(runs.path());
    }
  }

  /** A run whose rows are stepped by workers. */
  private static void remoteRounds(Swap dispatcher) {
    Path path = folder.resolve("rounds");
    TrainingSetup setup =
        new TrainingSetup(
            ASSEMBLER,
            CheckpointInterval.DEFAULT,
            (progress, heard, seconds) -> {},
            warning -> {},
            (assembler, experiment, stopping, warnings) ->
                new RemoteRounds(dispatcher, assembler, experiment, stopping, warnings));
    Experiment experiment = experiment("q-learning", "Taxi-v4", 3, 4);
    try (TrainingRun training =
        TrainingRuns.begin(setup, experiment, RunFolder.create(path), false)) {
      training.run();
    } finally {
      delete(path);
    }
  }

  private static void delete(Path path) {
    try {
      if (Files.exists(path)) {
        MoreFiles.deleteRecursively(path, RecursiveDeleteOption.ALLOW_INSECURE);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A worker in this process, whose first result may be swapped for another. */
  private static final class Swap implements JobDispatcher {
    static final Work.Reports STOPPED = reports(null);

    /** Sends five bytes of any file. */
    static final Work.Reports SENDING = reports(new byte[5]);

    private static Work.Reports reports(byte @Nullable [] part) {
      return new Work.Reports() {
        @Override
        public void report(byte[] bytes) {}

        @Override
        public boolean stopWanted() {
          return true;
        }

        @Override
        public byte @Nullable [] fetch(String sha256, long offset) {
          return part;
        }
      };
    }

    private final Work work = new ClusterWork(ASSEMBLER, LearnerPlugins.refused(""));
    private final byte @Nullable [] other;
    private byte[] stage = {};
    private byte[] job = {};
    private byte[] result = {};
    private Runnable whenAsked = () -> {};

    Swap(byte @Nullable [] other) {
      this.other = other;
    }

    /** What the first job of a learner is. */
    static Swap of(Consumer<Swap> learner) {
      Swap honest = new Swap(null);
      learner.accept(honest);
      return honest;
    }

    @SuppressWarnings("ArrayRecordComponent") // never compared
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
    public Job submit(Stage of, byte[] asked, Consumer<byte[]> reports) {
      byte[] shared = ((Shared) of).bytes;
      byte[] done = work.perform(shared, asked, STOPPED);
      whenAsked.run();
      if (job.length == 0) {
        stage = shared;
        job = asked;
        result = done;
        done = other == null ? done : other;
      }
      return new Done(CompletableFuture.completedFuture(done));
    }

    @Override
    public int capacity() {
      return 1;
    }

    @Override
    public void close() {}
  }

  private static void load(byte[] state) throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(all)) {
      store(zip, "README.md", entry(policy, "README.md"));
      store(zip, "policy.state", summed(state));
    }
    Policies.load(Files.write(folder.resolve("forged.zip"), all.toByteArray()));
  }

  private static byte[] entry(byte[] file, String name) throws IOException {
    try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(file))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        if (entry.getName().equals(name)) {
          return zip.readAllBytes();
        }
      }
    }
    throw new AssertionError("no entry " + name);
  }

  private static void store(ZipOutputStream zip, String name, byte[] content) throws IOException {
    CRC32 sum = new CRC32();
    sum.update(content);
    ZipEntry entry = new ZipEntry(name);
    entry.setMethod(ZipEntry.STORED);
    entry.setSize(content.length);
    entry.setCrc(sum.getValue());
    zip.putNextEntry(entry);
    zip.write(content);
    zip.closeEntry();
  }
}
