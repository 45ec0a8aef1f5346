package org.bellmanrl.deep.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.bellmanrl.api.Actions;
import org.bellmanrl.api.EnvironmentSpec;
import org.bellmanrl.api.Observations;
import org.bellmanrl.api.Policy;
import org.bellmanrl.api.random.RandomStream;
import org.bellmanrl.api.random.RandomStreams;
import org.bellmanrl.api.space.Box;
import org.bellmanrl.api.space.Dict;
import org.bellmanrl.api.space.Discrete;
import org.bellmanrl.api.space.MultiBinary;
import org.bellmanrl.api.space.MultiDiscrete;
import org.bellmanrl.api.space.Rows;
import org.bellmanrl.api.space.Space;
import org.bellmanrl.api.space.Tuple;
import org.bellmanrl.api.state.BinaryState;
import org.bellmanrl.api.state.State;
import org.bellmanrl.api.state.StateException;
import org.bellmanrl.api.state.Stateful;
import org.bellmanrl.deep.network.Activation;
import org.bellmanrl.deep.network.BatchRenormalization;
import org.bellmanrl.deep.network.Convolution2d;
import org.bellmanrl.deep.network.Dense;
import org.bellmanrl.deep.network.Dropout;
import org.bellmanrl.deep.network.Dueling;
import org.bellmanrl.deep.network.Embedding;
import org.bellmanrl.deep.network.Expectation;
import org.bellmanrl.deep.network.Flatten;
import org.bellmanrl.deep.network.HypersphericalBlock;
import org.bellmanrl.deep.network.HypersphericalEmbedding;
import org.bellmanrl.deep.network.ImplicitQuantiles;
import org.bellmanrl.deep.network.Initialisation;
import org.bellmanrl.deep.network.LayerNormalization;
import org.bellmanrl.deep.network.LayerSpec;
import org.bellmanrl.deep.network.Network;
import org.bellmanrl.deep.network.NetworkSpec;
import org.bellmanrl.deep.network.NoisyDense;
import org.bellmanrl.deep.network.ObservationEncoder;
import org.bellmanrl.deep.network.Parallel;
import org.bellmanrl.deep.network.ResidualBlock;
import org.bellmanrl.deep.network.StateDependentNoise;
import org.bellmanrl.policy.Policies;
import org.bellmanrl.policy.ShippedPolicy;
import org.bellmanrl.policy.WritablePolicy;
import org.bellmanrl.testkit.PolicyContract;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PoliciesTest {
  private static final int ROWS = 500;

  /** One in so many bytes of the state is damaged: a checksum is over all of them. */
  private static final int STRIDE = 5;

  private static final Box FOUR = Box.of(-2f, 2f, 4);

  @TempDir Path folder;

  private static NetworkPolicy network(Space observations, Space actions, LayerSpec... layers) {
    return network(NetworkPolicy.Reading.LIKELIEST, observations, actions, layers);
  }

  private static NetworkPolicy network(
      NetworkPolicy.Reading reading, Space observations, Space actions, LayerSpec... layers) {
    NetworkSpec spec =
        new NetworkSpec(new ObservationEncoder(observations).input(), List.of(layers));
    RandomStream random = RandomStream.ofSeed(3);
    Network network = Network.create(spec, random);
    network
        .blocks()
        .forEach(block -> {
          for (int i = 0; i < block.size(); i++) {
            int at = block.index(i / block.columns(), i % block.columns());
            double least = block.name().equals("variance") ? 0 : -1;
            network.parameters()[at] = (float) random.uniform(least, 1);
          }
        });
    return new NetworkPolicy(observations, actions, network, reading);
  }

  private static NetworkPolicy drawnNumbers() {
    NetworkPolicy likeliest = network(FOUR, Box.of(-1f, 1f, 2), dense(2, Activation.TANH));
    return new NetworkPolicy(
        FOUR,
        likeliest.actionSpace(),
        likeliest.network(),
        NetworkPolicy.Reading.DRAWN,
        -1f,
        -0.5f);
  }

  private static Dense dense(int units, Activation activation) {
    return new Dense(units, activation);
  }

  private static NetworkPolicy cart() {
    return network(FOUR, new Discrete(3, 5), dense(16, Activation.TANH), dense(3, Activation.NONE));
  }

  private static ShippedPolicy shipped(WritablePolicy policy, boolean masked) {
    Map<String, String> about = new LinkedHashMap<>();
    about.put("learner", "dqn");
    about.put("seed", "4");
    EnvironmentSpec spec =
        EnvironmentSpec.of("Cart-v1", policy.observationSpace(), policy.actionSpace());
    return new ShippedPolicy(masked ? spec.withMask() : spec, policy, about, "# Card\n");
  }

  private ShippedPolicy roundTrip(ShippedPolicy policy) throws IOException {
    return Policies.load(write(Policies.toBytes(policy)));
  }

  private Path write(byte[] content) throws IOException {
    Path file = folder.resolve("policy.zip");
    Files.write(file, content);
    return file;
  }

  /** What a policy does where the rows show anything, and allow some of all actions. */
  private static Actions act(Policy policy, EnvironmentSpec spec) {
    Observations observations = new Observations(spec, ROWS);
    RandomStream random = RandomStream.ofSeed(9);
    for (int row = 0; row < ROWS; row++) {
      spec.observationSpace().sample(random, observations.values(), row);
    }
    for (int i = 0; i < observations.mask().length; i++) {
      int choice = i % spec.maskWidth();
      observations.mask()[i] = choice % 2 == 0 || choice % 3 == 0 || random.bernoulli(0.5);
    }
    Actions actions = new Actions(spec.actionSpace(), Dict.EMPTY, ROWS);
    long[] seeds = new long[ROWS];
    Arrays.setAll(seeds, i -> i);
    policy.actor(ROWS, RandomStreams.ofSeeds(seeds)).act(Rows.all(ROWS), observations, actions);
    return actions;
  }

  private static void sameActions(Policy left, Policy right, EnvironmentSpec spec) {
    Actions a = act(left, spec);
    Actions b = act(right, spec);
    assertThat(a.values().ints()).isEqualTo(b.values().ints());
    assertThat(a.values().floats()).isEqualTo(b.values().floats());
    assertThat(a.values().bytes()).isEqualTo(b.values().bytes());
    // A policy that always does the same would agree whatever became of its numbers.
    assertThat(IntStream.range(0, ROWS).mapToObj(row -> a.values().text(row)).distinct().count())
        .as("different actions of %s", spec)
        .isGreaterThan(1);
  }

  private static List<WritablePolicy> all() {
    Space nested =
        Dict.of(
            Map.of(
                "place", new Discrete(5, -2),
                "dials", Tuple.of(new MultiDiscrete(3, 4, 2), new MultiBinary(3)),
                "camera", Box.pixels(2, 2, 1),
                "pose", Box.of(new float[] {-1, 0, -3}, new float[] {1, 5, 3})));
    double[] means = {1, -2, 0.5, 3};
    double[] deviations = {0.5, 2, 1e-4, 1};
    return List.of(
        cart(),
        network(
            FOUR,
            new MultiDiscrete(3, 4),
            dense(33, Activation.NONE),
            new LayerNormalization(Activation.SILU, 1e-4),
            dense(12, Activation.LEAKY_RELU),
            new LayerNormalization(Activation.LEAKY_RELU, 1e-3, false),
            new NoisyDense(9, Activation.RELU),
            dense(8, Activation.TANH),
            new Dueling(7)),
        network(
            Box.pixels(12, 11, 3),
            new MultiBinary(2),
            new Convolution2d(5, 3, 2, 1, Activation.RELU, new Initialisation.FanIn()),
            new Flatten(),
            dense(4, Activation.NONE)),
        network(
            Box.pixels(12, 11, 3),
            new Discrete(4),
            new LayerNormalization(Activation.NONE, 1e-3),
            new Convolution2d(5, 3, 1, 1, Activation.NONE, new Initialisation.FanIn()),
            new LayerNormalization(Activation.RELU),
            new Convolution2d(3, 3, 2, 0, Activation.NONE, new Initialisation.FanIn()),
            new BatchRenormalization(Activation.TANH),
            new Flatten(),
            dense(4, Activation.NONE)),
        network(Box.bytes(1, 10, 10, 4), new Discrete(3), new Flatten(), dense(3, Activation.NONE)),
        network(nested, Box.of(-0.1f, 0.1f, 2, 1), dense(2, Activation.NONE)),
        network(new Discrete(9, 3), new Discrete(4), new Embedding(4)),
        network(
            new MultiDiscrete(3, 2),
            new Discrete(2),
            new Parallel(
                List.of(
                    new Parallel.Branch(0, List.of(3), List.of(new Embedding(4))),
                    new Parallel.Branch(3, List.of(2), List.of(new Embedding(4))))),
            dense(2, Activation.NONE)),
        network(
            FOUR,
            new Discrete(4),
            new ResidualBlock(4, 2, Activation.SILU, new Initialisation.FanIn()),
            new Dropout(0.1),
            dense(4, Activation.NONE)),
        network(
            FOUR,
            new Discrete(4),
            new HypersphericalEmbedding(6, 3),
            new HypersphericalBlock(6, 2, 0.5, Activation.RELU),
            dense(4, Activation.NONE)),
        network(
            FOUR,
            new Discrete(3),
            dense(5, Activation.TANH),
            new ImplicitQuantiles(
                6, 0.5, false, 7, List.of(dense(4, Activation.NONE), new Dueling(3))),
            Expectation.ofQuantiles(3)),
        network(
            FOUR,
            Box.of(-0.5f, 0.5f, 2),
            new Parallel(
                List.of(
                    new Parallel.Branch(0, List.of(4), List.of(dense(2, Activation.NONE))),
                    new Parallel.Branch(
                        0, List.of(4), List.of(new StateDependentNoise(2, 0, false))))),
            new Parallel(List.of(Parallel.Branch.unchanged(0, 2)))),
        network(FOUR, new Discrete(4), dense(4, Activation.NONE))
            .behind(new Standardizer(FOUR, means, deviations, 2)),
        network(Box.of(-1f, 1f, 4), new Discrete(4), dense(4, Activation.NONE))
            .behind(new Standardizer(Box.pixels(2, 2), means, deviations, 1e9)),
        network(
            NetworkPolicy.Reading.SQUASHED,
            FOUR,
            Box.of(new float[] {-1, 2}, new float[] {4, 2.5f}),
            dense(8, Activation.TANH),
            dense(4, Activation.NONE)),
        network(
            NetworkPolicy.Reading.SQUASHED,
            FOUR,
            Box.of(new float[] {-1, 2}, new float[] {4, 2.5f}),
            new BatchRenormalization(Activation.TANH, 1e-2, 0.2, 7),
            dense(2, Activation.NONE)),
        network(
            NetworkPolicy.Reading.DRAWN, FOUR, new MultiDiscrete(2, 3), dense(5, Activation.TANH)),
        drawnNumbers());
  }

  @Test
  void load_ofEveryKind_actsAlike() throws IOException {
    for (WritablePolicy policy : all()) {
      for (boolean masked : new boolean[] {false, true}) {
        if (masked && policy.actionSpace() instanceof Box) {
          continue;
        }
        ShippedPolicy before = shipped(policy, masked);
        ShippedPolicy after = roundTrip(before);
        assertThat(after.spec()).isEqualTo(before.spec());
        sameActions(policy, after, before.spec());
        assertThat(Policies.toBytes(after)).isEqualTo(Policies.toBytes(before));
      }
    }
  }

  @Test
  void oneForAllThreads_actsAsAlone() throws Exception {
    for (WritablePolicy policy : all()) {
      ShippedPolicy shared = roundTrip(shipped(policy, false));
      Actions alone = act(policy, shared.spec());
      try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
        List<Future<Actions>> answers = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
          answers.add(threads.submit(() -> act(shared, shared.spec())));
        }
        for (Future<Actions> answer : answers) {
          assertThat(answer.get().values().ints()).isEqualTo(alone.values().ints());
          assertThat(answer.get().values().floats()).isEqualTo(alone.values().floats());
          assertThat(answer.get().values().bytes()).isEqualTo(alone.values().bytes());
        }
      }
    }
  }

  @Test
  void load_ofATruncatedFile_saysSo() throws IOException {
    byte[] whole = Policies.toBytes(shipped(cart(), true));
    for (int length = 0; length < whole.length; length++) {
      Path file = write(Arrays.copyOf(whole, length));
      assertThatThrownBy(() -> Policies.load(file))
          .isInstanceOf(StateException.class)
          .hasMessageStartingWith(file.toString());
    }
  }

  @Test
  void load_withAFlippedBit_isRefusedOrTheSame() throws IOException {
    ShippedPolicy policy = shipped(cart(), true);
    byte[] whole = Policies.toBytes(policy);
    byte[] state = state(whole);
    int content = indexOf(whole, state);
    for (int at = 0; at < whole.length; at++) {
      boolean inState = at >= content && at < content + state.length;
      if (inState && at % STRIDE != 0) {
        continue;
      }
      byte[] flipped = whole.clone();
      flipped[at] ^= (byte) (1 << at / STRIDE % 8);
      Path file = write(flipped);
      if (inState) {
        assertThatThrownBy(() -> Policies.load(file))
            .isInstanceOf(StateException.class)
            .hasMessageStartingWith(file + ": ");
        continue;
      }
      try {
        // A zip notes some things twice, and others, such as dates, that mean nothing to us.
        assertThat(Policies.toBytes(Policies.load(file))).isEqualTo(whole);
      } catch (StateException e) {
        assertThat(e).hasMessageStartingWith(file.toString());
      }
    }
  }

  private static int indexOf(byte[] whole, byte[] part) {
    return IntStream.range(0, whole.length)
        .filter(i -> Arrays.mismatch(whole, i, whole.length, part, 0, part.length) >= part.length)
        .findFirst()
        .orElseThrow();
  }

  /** State that is whole, by its checksum, and yet can't be what it says. */
  @Test
  void restore_ofWhatCantBe_saysWhatAndAllocatesLittle() {
    refused(
        2,
        out -> {
          body(out);
          layer(out, "Dense", "units", 1 << 28);
          out.carry("0/weights", new float[8]);
        },
        "at most 67108864 outputs, had 268435456");
    refused(
        2,
        out -> {
          body(out);
          layer(out, "Dense", "units", 1 << 20);
          out.carry("0/weights", new float[8]);
        },
        "must hold 4194304 numbers, held 8");
    refused(
        2,
        out -> {
          body(out);
          layer(out, "Attention", "units", 3);
        },
        "unknown layer 'Attention'");
    refused(
        1,
        out -> {
          body(out);
          layer(out, "Dense", "units", 3);
          out.carry("0/weights", new float[] {1, 2, 3, 4, 5, 6, 7, 8, 9, Float.NaN, 11, 12});
          out.carry("0/bias", new float[3]);
          out.end();
        },
        "is NaN");
    refused(
        1,
        out -> {
          body(out);
          layer(out, "Dense", "units", 2);
          out.carry("0/weights", new float[8]);
          out.carry("0/bias", new float[2]);
          out.end();
        },
        "need a network with 3 outputs, had 2");
  }

  private static void head(State out) {
    out.begin("shipped-policy", 1);
    out.carry("task", "Cart-v1");
    out.carry("masked", false);
    out.carry("facts", 0);
  }

  private static void space(State out, String kind, String name, int value) {
    out.begin("space", 2);
    out.carry("kind", kind);
    out.carry(name, value);
  }

  private static void layer(State out, String type, String name, int value) {
    out.begin("layer", 1);
    out.carry("type", type);
    out.carry(name, value);
    out.carry("activation", "RELU");
    out.end();
  }

  private static void body(State out) {
    head(out);
    out.begin("space", 2);
    out.carry("kind", "Box");
    out.carry("shape", new int[] {4});
    out.carry("bytes", false);
    out.carry("low", new float[] {-2, -2, -2, -2});
    out.carry("high", new float[] {2, 2, 2, 2});
    out.end();
    space(out, "Discrete", "n", 3);
    out.carry("start", 0);
    out.end();
    out.carry("kind", "network");
    out.carry("reading", "LIKELIEST");
    out.carry("log-deviations", new float[0]);
    out.carry("standardized", false);
    out.begin("network-with-layers", 2);
    out.carry("dtype", "FLOAT32");
    out.carry("extents", new int[] {4});
    out.carry("scale", 1f);
    out.carry("layers", 1);
  }

  private interface Writing {
    void write(State out);
  }

  private static void refused(int open, Writing writing, String message) {
    Stateful part =
        out -> {
          writing.write(out);
          for (int i = 0; i < open; i++) {
            out.end();
          }
        };
    byte[] bytes = BinaryState.toBytes(part);
    assertThatThrownBy(() -> loaded(zip(bytes)))
        .isInstanceOf(StateException.class)
        .hasMessageContaining(message);
  }

  @Nested
  class LoadedNetworkContract extends PolicyContract {
    @Override
    protected EnvironmentSpec task() {
      return shipped(cart(), true).spec();
    }

    @Override
    protected Policy create() {
      return loaded(shipped(cart(), true));
    }
  }

  @Nested
  class LoadedSquashedContract extends PolicyContract {
    private final NetworkPolicy policy =
        network(
                NetworkPolicy.Reading.SQUASHED,
                Box.of(-1f, 1f, 4),
                Box.of(new float[] {-1, 2}, new float[] {4, 2.5f}),
                dense(8, Activation.TANH),
                dense(4, Activation.NONE))
            .behind(new Standardizer(FOUR, new double[4], new double[] {1, 2, 3, 4}, 10));

    @Override
    protected EnvironmentSpec task() {
      return shipped(policy, false).spec();
    }

    @Override
    protected Policy create() {
      return loaded(shipped(policy, false));
    }
  }

  @Nested
  class LoadedDrawnContract extends PolicyContract {
    @Override
    protected EnvironmentSpec task() {
      return shipped(drawnNumbers(), false).spec();
    }

    @Override
    protected Policy create() {
      return loaded(shipped(drawnNumbers(), false));
    }
  }

  private static ShippedPolicy loaded(ShippedPolicy policy) {
    return loaded(Policies.toBytes(policy));
  }

  private static ShippedPolicy loaded(byte[] content) {
    try {
      Path file = Files.createTempFile("policy", ".zip");
      try {
        Files.write(file, content);
        return Policies.load(file);
      } finally {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The numbers in a policy.zip. */
  private static byte[] state(byte[] zip) throws IOException {
    try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(zip))) {
      while (!in.getNextEntry().getName().equals("policy.state")) {
        in.closeEntry();
      }
      return in.readAllBytes();
    }
  }

  /** A policy.zip with these numbers. */
  private static byte[] zip(byte[] state) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (Map.Entry<String, byte[]> content :
          Map.of("README.md", new byte[0], "policy.state", state).entrySet()) {
        CRC32 sum = new CRC32();
        sum.update(content.getValue());
        ZipEntry entry = new ZipEntry(content.getKey());
        entry.setMethod(ZipEntry.STORED);
        entry.setSize(content.getValue().length);
        entry.setCrc(sum.getValue());
        zip.putNextEntry(entry);
        zip.write(content.getValue());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }
}
