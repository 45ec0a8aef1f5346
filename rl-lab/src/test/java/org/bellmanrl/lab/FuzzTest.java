package org.bellmanrl.lab;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
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
import org.bellmanrl.api.interaction.Trainer;
import org.bellmanrl.api.options.OptionSchema;
import org.bellmanrl.api.random.RandomStream;
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
import org.bellmanrl.lab.internal.assembly.Wrapping;
import org.bellmanrl.lab.internal.run.Document;
import org.bellmanrl.lab.internal.run.MetricsTable;
import org.bellmanrl.lab.internal.run.UserError;
import org.bellmanrl.policy.Policies;
import org.bellmanrl.tabular.learner.ControlConfig;
import org.bellmanrl.tabular.td.QLearning;
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

  @TempDir static Path folder;
  private static Path run;
  private static byte[] policy;

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
        Path file = run.resolve("summary.json");
        byte[] whole = Files.readAllBytes(file);
        try {
          Files.write(file, sealed(bytes));
          command("runs", run.getParent());
          command("eval", run, "--episodes", 1);
        } finally {
          Files.write(file, whole);
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
        return entry("policy.state");
      }

      @Override
      void read(byte[] bytes) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(all)) {
          store(zip, "README.md", entry("README.md"));
          store(zip, "policy.state", summed(bytes));
        }
        Policies.load(Files.write(folder.resolve("forged.zip"), all.toByteArray()));
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
    fuzz(reader, 1, 150);
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

  private static byte[] entry(String name) throws IOException {
    try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(policy))) {
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
