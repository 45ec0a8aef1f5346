package org.bellmanrl.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.bellmanrl.api.Actions;
import org.bellmanrl.api.EnvironmentSpec;
import org.bellmanrl.api.Observations;
import org.bellmanrl.api.Policy;
import org.bellmanrl.api.random.RandomStream;
import org.bellmanrl.api.random.RandomStreams;
import org.bellmanrl.api.registry.UnavailableException;
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
import org.bellmanrl.testkit.PolicyContract;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files of tables, and what is true of files of every kind. */
class PoliciesTest {
  private static final int ROWS = 500;

  /** One in so many bytes of the state is damaged: a checksum is over all of them. */
  private static final int STRIDE = 5;

  @TempDir Path folder;

  private static TablePolicy table(TablePolicy.Rule rule) {
    double[] numbers = new double[30];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = rule == TablePolicy.Rule.PROBABILITIES ? (i % 3 + 1) / 6.0 : i * 7 % 3;
    }
    // Two that are best in the first state.
    numbers[0] = 0.2;
    numbers[1] = 0.4;
    numbers[2] = 0.4;
    return new TablePolicy(new MultiDiscrete(5, 2), new Discrete(3, 1), numbers, rule);
  }

  private static ShippedPolicy shipped(WritablePolicy policy, boolean masked) {
    Map<String, String> about = new LinkedHashMap<>();
    about.put("learner", "q-learning");
    about.put("seed", "4");
    EnvironmentSpec spec =
        EnvironmentSpec.of("Cart-v1", policy.observationSpace(), policy.actionSpace());
    return new ShippedPolicy(
        masked ? spec.withMask() : spec, policy, about, "# Card\n\nÜber alles.\n");
  }

  private static ShippedPolicy first(boolean masked) {
    return shipped(table(TablePolicy.Rule.GREEDY_FIRST), masked);
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

  @Test
  void load_ofEveryRule_actsAlike() throws IOException {
    for (TablePolicy.Rule rule : TablePolicy.Rule.values()) {
      for (boolean masked : new boolean[] {false, true}) {
        ShippedPolicy before = shipped(table(rule), masked);
        ShippedPolicy after = roundTrip(before);
        assertThat(after.spec()).isEqualTo(before.spec());
        sameActions(before, after, before.spec());
        assertThat(Policies.toBytes(after)).isEqualTo(Policies.toBytes(before));
      }
    }
  }

  @Test
  void spaces_ofEveryKind_areReadBack() {
    Space nested =
        Dict.of(
            Map.of(
                "place", new Discrete(5, -2),
                "dials", Tuple.of(new MultiDiscrete(3, 4, 2), new MultiBinary(3)),
                "camera", Box.pixels(2, 2, 1),
                "pose", Box.of(new float[] {-1, 0, -3}, new float[] {1, 5, 3})));
    byte[] bytes = BinaryState.toBytes(out -> SpaceFormat.write(nested, out));
    BinaryState.fromBytes(bytes, in -> assertThat(SpaceFormat.read(in)).isEqualTo(nested));
  }

  @Test
  void load_tellsWhatIsKnown() throws IOException {
    ShippedPolicy policy = roundTrip(shipped(table(TablePolicy.Rule.GREEDY_FIRST), true));
    assertThat(policy.about())
        .containsExactly(Map.entry("learner", "q-learning"), Map.entry("seed", "4"));
    assertThat(policy.card()).isEqualTo("# Card\n\nÜber alles.\n");
    assertThat(policy.spec().name()).isEqualTo("Cart-v1");
    assertThat(policy.spec().masked()).isTrue();
  }

  @Test
  void load_ofATruncatedFile_saysSo() throws IOException {
    byte[] whole = Policies.toBytes(first(false));
    for (int length = 0; length < whole.length; length++) {
      Path file = write(Arrays.copyOf(whole, length));
      assertThatThrownBy(() -> Policies.load(file))
          .isInstanceOf(StateException.class)
          .hasMessageStartingWith(file.toString());
    }
  }

  @Test
  void load_withAFlippedBit_isRefusedOrTheSame() throws IOException {
    ShippedPolicy policy = first(true);
    byte[] whole = Policies.toBytes(policy);
    byte[] state = BinaryState.toBytes(PolicyState.of(policy));
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

  @Test
  void load_ofOtherFiles_saysWhatIsWrong() throws IOException {
    Path missing = folder.resolve("none.zip");
    assertThatThrownBy(() -> Policies.load(missing))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining(missing + ": there is no such file");
    assertThatThrownBy(() -> Policies.load(folder)).isInstanceOf(UncheckedIOException.class);
    Path text = write("What is this?".getBytes(StandardCharsets.UTF_8));
    assertThatThrownBy(() -> Policies.load(text)).hasMessageContaining("not a policy");
    Path other = write(zip(Map.of("other.txt", new byte[3])));
    assertThatThrownBy(() -> Policies.load(other))
        .hasMessage(other + " is not a policy but a zip archive of other things (other.txt)");
  }

  @Test
  void load_ofOnnx_saysWhatIsMissing() throws IOException {
    Path model = folder.resolve("policy.onnx");
    Files.write(model, new byte[] {8, 7});
    EnvironmentSpec task = EnvironmentSpec.of("Task-v1", new Discrete(2), new Discrete(2));
    assertThatThrownBy(() -> Policies.load(model, task))
        .isInstanceOf(UnavailableException.class)
        .hasMessageContaining("needs rl-onnx");
  }

  @Test
  void load_forATask_refusesOtherSpaces() throws IOException {
    ShippedPolicy policy = first(false);
    Path file = write(Policies.toBytes(policy));
    sameActions(policy, Policies.load(file, policy.spec()), policy.spec());
    EnvironmentSpec other = EnvironmentSpec.of("Other-v1", new Discrete(2), new Discrete(3, 1));
    assertThatThrownBy(() -> Policies.load(file, other))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("does not fit Other-v1: it takes MultiDiscrete");
    assertThatThrownBy(() -> Policies.load(file, policy.spec(), Map.of("output", "action")))
        .hasMessageContaining("a policy.zip has no options, was given output");
  }

  @Test
  void load_ofABomb_inflatesNothing() throws IOException {
    byte[] state = BinaryState.toBytes(PolicyState.of(first(true)));
    Path squeezed = write(zip(Map.of("README.md", new byte[0], "policy.state", state)));
    assertThatThrownBy(() -> Policies.load(squeezed)).hasMessageContaining("not compressed");
    Path card = write(zip(Map.of("README.md", new byte[1 << 24], "policy.state", state)));
    assertThatThrownBy(() -> Policies.load(card)).hasMessageContaining("at most 1048576 bytes");
  }

  private static byte[] zip(Map<String, byte[]> entries) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
        zip.putNextEntry(new ZipEntry(entry.getKey()));
        zip.write(entry.getValue());
      }
    }
    return bytes.toByteArray();
  }

  /** State that is whole, by its checksum, and yet can't be what it says. */
  @Test
  void restore_ofWhatCantBe_saysWhatAndAllocatesLittle() {
    refused(1, out -> out.begin("shipped-policy", 2), "saved by a newer release");
    refused(
        2,
        out -> {
          head(out);
          space(out, "MultiBinary", "n", Integer.MAX_VALUE);
        },
        "at most 16777216 elements");
    refused(
        2,
        out -> {
          head(out);
          out.begin("space", 2);
          out.carry("kind", "Box");
          out.carry("shape", new int[] {4096, 4096, 4096});
          out.carry("pixels", true);
        },
        "overflow");
    refused(
        41,
        out -> {
          head(out);
          for (int i = 0; i < 40; i++) {
            out.begin("space", 2);
            out.carry("kind", "Tuple");
            out.carry("parts", 1);
          }
        },
        "at most 32 deep");
    refused(
        1,
        out -> {
          head(out);
          SpaceFormat.write(new Discrete(2), out);
          SpaceFormat.write(new Discrete(2), out);
          out.carry("kind", "network");
        },
        "its kind is 'network', and the modules on the path read table, wrapped; networks need"
            + " rl-deep");
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
    assertThat(catchThrowable(() -> BinaryState.fromBytes(bytes, PolicyState.empty(""))))
        .isInstanceOf(StateException.class)
        .hasMessageContaining(message);
  }

  @Nested
  class LoadedTableContract extends PolicyContract {
    private final TablePolicy policy = table(TablePolicy.Rule.GREEDY_RANDOM);

    @Override
    protected EnvironmentSpec task() {
      return shipped(policy, true).spec();
    }

    @Override
    protected Policy create() {
      return loaded(shipped(policy, true));
    }
  }

  @Nested
  class LoadedProbabilitiesContract extends PolicyContract {
    private final TablePolicy policy = table(TablePolicy.Rule.PROBABILITIES);

    @Override
    protected EnvironmentSpec task() {
      return shipped(policy, false).spec();
    }

    @Override
    protected Policy create() {
      return loaded(shipped(policy, false));
    }
  }

  private static ShippedPolicy loaded(ShippedPolicy policy) {
    PolicyState read = PolicyState.empty(policy.card());
    BinaryState.fromBytes(BinaryState.toBytes(PolicyState.of(policy)), read);
    return read.policy();
  }
}
