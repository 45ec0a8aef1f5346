package org.bellmanrl.onnx.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bellmanrl.api.Action;
import org.bellmanrl.api.Actions;
import org.bellmanrl.api.Actor;
import org.bellmanrl.api.EnvironmentSpec;
import org.bellmanrl.api.Observations;
import org.bellmanrl.api.Policy;
import org.bellmanrl.api.Policy.Decider;
import org.bellmanrl.api.interaction.Evaluation;
import org.bellmanrl.api.random.RandomStream;
import org.bellmanrl.api.random.RandomStreams;
import org.bellmanrl.api.space.Box;
import org.bellmanrl.api.space.DType;
import org.bellmanrl.api.space.Dict;
import org.bellmanrl.api.space.Discrete;
import org.bellmanrl.api.space.MultiBinary;
import org.bellmanrl.api.space.MultiDiscrete;
import org.bellmanrl.api.space.Rows;
import org.bellmanrl.api.space.Space;
import org.bellmanrl.api.state.StateException;
import org.bellmanrl.deep.network.Activation;
import org.bellmanrl.deep.network.Convolution2d;
import org.bellmanrl.deep.network.Dense;
import org.bellmanrl.deep.network.Dueling;
import org.bellmanrl.deep.network.Flatten;
import org.bellmanrl.deep.network.Gru;
import org.bellmanrl.deep.network.Initialisation;
import org.bellmanrl.deep.network.InputSpec;
import org.bellmanrl.deep.network.LayerNormalization;
import org.bellmanrl.deep.network.LayerSpec;
import org.bellmanrl.deep.network.Lstm;
import org.bellmanrl.deep.network.Network;
import org.bellmanrl.deep.network.NetworkSpec;
import org.bellmanrl.deep.policy.NetworkPolicy;
import org.bellmanrl.deep.policy.Standardizer;
import org.bellmanrl.env.classic.CartPole;
import org.bellmanrl.env.classic.CartPoleOptions;
import org.bellmanrl.onnx.OnnxExport;
import org.bellmanrl.policy.Policies;
import org.bellmanrl.policy.ShippedPolicy;
import org.bellmanrl.policy.TablePolicy;
import org.bellmanrl.policy.WritablePolicy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Models of PyTorch, and our own, act here as they do there. */
class OnnxPolicyTest {
  private static final int ROWS = 200;
  private static final Box FOUR = Box.of(-2f, 2f, 4);
  private static final EnvironmentSpec CART = EnvironmentSpec.of("Cart", FOUR, new Discrete(2));

  private final RandomStream random = RandomStream.ofSeed(8);

  private static byte[] resource(String name) throws IOException {
    try (InputStream in = OnnxPolicyTest.class.getResourceAsStream(name)) {
      return in.readAllBytes();
    }
  }

  private static ShippedPolicy bound(
      byte[] model, EnvironmentSpec spec, Map<String, String> options) {
    return OnnxImporter.bound("file", model, Model.read(model), spec, options);
  }

  private static ShippedPolicy bound(byte[] model, EnvironmentSpec spec) {
    return bound(model, spec, Map.of());
  }

  private static String outputOf(ShippedPolicy policy) {
    return ((OnnxPolicy) policy.policy()).output();
  }

  private static void refused(ModelBuilder model, EnvironmentSpec spec, String... messages) {
    byte[] content = model.build();
    assertThatThrownBy(() -> bound(content, spec))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("file does not fit " + spec.name())
        .hasMessageContainingAll(messages);
  }

  @Test
  void controllerOfPyTorch_balancesThePole() throws IOException {
    try (CartPole cart = new CartPole(CartPoleOptions.defaults())) {
      ShippedPolicy policy = bound(resource("cartpole_controller.onnx"), cart.spec());
      assertThat(outputOf(policy)).isEqualTo("logits");
      assertThat(policy.about()).containsEntry("producer", "pytorch");
      assertThat(Evaluation.of(cart, policy, Evaluation.Plan.episodes(20)).meanReturn())
          .isEqualTo(500);
    }
  }

  @Test
  void networkOfPyTorch_givesWhatPyTorchGives() throws IOException {
    Session session = Session.optimised(resource("cartpole_mixed.onnx"), Limits.DEFAULT);
    ByteBuffer state = Session.Input.room(ElementType.FLOAT, 4);
    List<String> lines =
        new String(resource("cartpole_mixed.csv"), StandardCharsets.UTF_8).lines().toList();
    assertThat(lines).hasSize(20);
    for (String line : lines) {
      double[] row = Arrays.stream(line.split(",")).mapToDouble(Double::parseDouble).toArray();
      for (int i = 0; i < 4; i++) {
        ElementType.FLOAT.put(state, i, row[i]);
      }
      Session.Input input = new Session.Input(ElementType.FLOAT, new long[] {1, 4}, state);
      Session.Numbers scores =
          (Session.Numbers) session.run(Map.of("state", input), Set.of("scores")).get("scores");
      assertThat(ElementType.FLOAT.get(scores.bytes(), 0)).isCloseTo(row[4], within(1e-5));
      assertThat(ElementType.FLOAT.get(scores.bytes(), 1)).isCloseTo(row[5], within(1e-5));
    }
  }

  private NetworkPolicy network(
      NetworkPolicy.Reading reading, Space observations, Space actions, LayerSpec... layers) {
    InputSpec input =
        observations instanceof Box box && box.dtype() == DType.UINT8
            ? InputSpec.of(box)
            : InputSpec.vector(observations instanceof Dict ? 22 : 4);
    Network network = Network.create(new NetworkSpec(input, List.of(layers)), random);
    return new NetworkPolicy(observations, actions, network, reading);
  }

  private NetworkPolicy network(Space observations, Space actions, LayerSpec... layers) {
    return network(NetworkPolicy.Reading.LIKELIEST, observations, actions, layers);
  }

  private TablePolicy table(Space observations, int states, Space actions, int count) {
    double[] numbers = new double[states * count];
    Arrays.setAll(numbers, i -> random.uniform(-1, 1));
    return new TablePolicy(observations, actions, numbers, TablePolicy.Rule.GREEDY_FIRST);
  }

  @Test
  void ownModels_areReadBack() {
    Initialisation wide = new Initialisation.Orthogonal(1);
    Dict nested =
        Dict.of(
            Map.of(
                "place", new Discrete(5, -2),
                "dials", new MultiDiscrete(3, 4),
                "lamps", new MultiBinary(3),
                "camera", Box.pixels(2, 2, 1),
                "pose", Box.of(-1, 1, 3)));
    List<WritablePolicy> policies =
        List.of(
            network(
                FOUR,
                new Discrete(3, 5),
                new Dense(16, Activation.SILU, wide),
                new LayerNormalization(Activation.TANH),
                new Dense(4, Activation.RELU, wide),
                new Dueling(3)),
            network(FOUR, new MultiDiscrete(2, 3), new Dense(5, Activation.NONE, wide)),
            network(
                Box.pixels(9, 8, 2),
                new MultiBinary(2),
                new Convolution2d(5, 3, 2, 1, Activation.RELU, wide),
                new Flatten(),
                new Dense(4, Activation.NONE, wide)),
            network(nested, Box.of(-0.3f, 0.3f, 2, 1), new Dense(2, Activation.NONE, wide)),
            network(FOUR, new Discrete(4), new Dense(4, Activation.NONE, wide))
                .behind(
                    new Standardizer(
                        FOUR, new double[] {1, -1, 0, 0.5}, new double[] {1, 2, 0.5, 3}, 1.5)),
            network(
                NetworkPolicy.Reading.SQUASHED,
                FOUR,
                Box.of(new float[] {-1, 2}, new float[] {4, 2.5f}),
                new Dense(4, Activation.NONE, wide)),
            table(new Discrete(6, 2), 6, new Discrete(3, 1), 3),
            table(new MultiDiscrete(3, 2), 6, new MultiDiscrete(2, 2), 4));
    for (WritablePolicy policy : policies) {
      EnvironmentSpec plain =
          EnvironmentSpec.of("Task", policy.observationSpace(), policy.actionSpace());
      readBack(policy, plain);
      if (policy.actionSpace() instanceof Discrete) {
        readBack(policy, plain.withMask());
      }
    }
  }

  private void readBack(WritablePolicy policy, EnvironmentSpec spec) {
    byte[] model = OnnxExport.toBytes(new ShippedPolicy(spec, policy, Map.of(), "# Own\n"));
    ShippedPolicy read = bound(model, spec);
    Observations observations = new Observations(spec, ROWS);
    for (int row = 0; row < ROWS; row++) {
      spec.observationSpace().sample(random, observations.values(), row);
    }
    for (int i = 0; i < observations.mask().length; i++) {
      observations.mask()[i] = i % spec.maskWidth() == 0 || random.bernoulli(0.5);
    }
    Actions ours = act(policy, spec, observations);
    Actions theirs = act(read, spec, observations);
    assertThat(theirs.values().ints()).as("%s", spec).isEqualTo(ours.values().ints());
    assertThat(theirs.values().bytes()).isEqualTo(ours.values().bytes());
    for (int i = 0; i < ours.values().floats().length; i++) {
      assertThat(theirs.values().floats()[i]).isCloseTo(ours.values().floats()[i], within(1e-5f));
    }
  }

  private static Actions act(Policy policy, EnvironmentSpec spec, Observations observations) {
    Actions actions = new Actions(spec.actionSpace(), Dict.EMPTY, ROWS);
    policy
        .actor(ROWS, RandomStreams.ofSeeds(new long[ROWS]))
        .act(Rows.all(ROWS), observations, actions);
    return actions;
  }

  /** Whatever is wrong with bytes is told by an exception, never by the native library's end. */
  private static boolean isRefused(byte[] content) {
    try {
      bound(content, CART);
      return false;
    } catch (StateException | IllegalArgumentException e) {
      assertThat(e).hasMessageMatching("(?s).+");
      return true;
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"cartpole_controller.onnx", "cartpole_mixed.onnx"})
  void read_ofATruncatedFile_isRefused(String name) throws IOException {
    byte[] whole = resource(name);
    for (int length = 0; length < whole.length - 16; length++) {
      assertThat(isRefused(Arrays.copyOf(whole, length))).as("%d bytes", length).isTrue();
    }
  }

  /** ONNX has no checksum: a weight may just be another one. */
  @ParameterizedTest
  @ValueSource(strings = {"cartpole_controller.onnx", "cartpole_mixed.onnx"})
  void read_withAFlippedBit_isRefusedOrActs(String name) throws IOException {
    byte[] whole = resource(name);
    int refused = 0;
    for (int at = 0; at < whole.length; at += 2) {
      byte[] flipped = whole.clone();
      flipped[at] ^= (byte) (1 << at / 2 % 8);
      refused += isRefused(flipped) ? 1 : 0;
    }
    assertThat(refused).isGreaterThan(50);
  }

  /** A model whose scores are the first two numbers of what enters. */
  private static ModelBuilder firstTwo(String input, int type, long... shape) {
    return new ModelBuilder()
        .input(input, type, shape)
        .constant("from", ModelBuilder.INT64, new long[] {1}, 0)
        .constant("to", ModelBuilder.INT64, new long[] {1}, 2)
        .constant("axis", ModelBuilder.INT64, new long[] {1}, -1)
        .node("Slice", List.of(input, "from", "to", "axis"), "scores");
  }

  private static int decided(ShippedPolicy policy, float... observation) {
    Decider decider = policy.decider(policy.spec());
    for (int i = 0; i < observation.length; i++) {
      decider.observation().set(i, observation[i]);
    }
    return decider.decide().discrete();
  }

  @ParameterizedTest
  @ValueSource(ints = {ModelBuilder.FLOAT, ModelBuilder.DOUBLE, ModelBuilder.HALF})
  void realNumbers_ofEveryType_enterAndScore(int type) {
    ShippedPolicy policy =
        bound(firstTwo("x", type, -1, 4).output("scores", type, -1, 2).build(), CART);
    assertThat(decided(policy, 0.5f, 1, 0, 0)).isEqualTo(1);
    assertThat(decided(policy, 1, 0.5f, 0, 0)).isEqualTo(0);
  }

  @Test
  void batch_thatIsFixedOrMissing_isFilled() {
    for (long[] shape : new long[][] {{3, 4}, {4}, {-1, 1, 4}, {1, 1, 4}}) {
      ModelBuilder model = firstTwo("x", ModelBuilder.FLOAT, shape);
      long[] out = shape.clone();
      out[out.length - 1] = 2;
      ShippedPolicy policy = bound(model.output("scores", ModelBuilder.FLOAT, out).build(), CART);
      assertThat(decided(policy, 0.5f, 1, 0, 0)).as("%s", Arrays.toString(shape)).isEqualTo(1);
      assertThat(decided(policy, 1, 0.5f, 0, 0)).isEqualTo(0);
    }
    ModelBuilder shapeless = new ModelBuilder().shapelessInput("x", ModelBuilder.FLOAT);
    shapeless
        .constant("w", ModelBuilder.FLOAT, new long[] {4, 2}, 1, 0, 0, 1, 0, 0, 0, 0)
        .node("MatMul", List.of("x", "w"), "scores")
        .output("scores", ModelBuilder.FLOAT, -1, 2);
    assertThat(decided(bound(shapeless.build(), CART), 0.5f, 1, 0, 0)).isEqualTo(1);
  }

  @Test
  void pictures_enterAsTheDeclaredShapeSays() {
    Box camera = Box.pixels(2, 3, 4);
    EnvironmentSpec task = EnvironmentSpec.of("Picture", camera, Box.of(0f, 300f, 24));
    Observations seen = new Observations(task, 1);
    for (int i = 0; i < 24; i++) {
      seen.values().bytes()[i] = (byte) (200 + i);
    }
    for (String order : List.of("channels-last", "channels-first")) {
      boolean first = order.equals("channels-first");
      long[] declared = first ? new long[] {-1, 4, 2, 3} : new long[] {-1, 2, 3, 4};
      float[] expected = new float[24];
      for (int i = 0; i < 24; i++) {
        expected[first ? i % 4 * 6 + i / 4 : i] = 200 + i;
      }
      Map<String, String> options = Map.of("layout", order);
      for (ShippedPolicy policy :
          List.of(
              bound(flattening(declared), task),
              bound(flattening(-1, -2, -3, -4), task, options))) {
        Actions actions = policy.actions(1);
        policy.actor(1, RandomStreams.ofSeeds(0)).act(Rows.all(1), seen, actions);
        assertThat(actions.values().floats()).as(order).isEqualTo(expected);
      }
    }
    byte[] open = flattening(-1, -2, -3, -4);
    assertThatThrownBy(() -> bound(open, task))
        .hasMessageContainingAll("input 'x' of shape [-1, -1, -1, -1]", "channels-first");
    EnvironmentSpec cube = EnvironmentSpec.of("Cube", Box.pixels(3, 3, 3), Box.of(0f, 300f, 27));
    byte[] equal = flattening(-1, 3, 3, 3);
    assertThatThrownBy(() -> bound(equal, cube)).hasMessageContaining("channels first or last");
    byte[] other = flattening(-1, 3, 4, 2);
    assertThatThrownBy(() -> bound(other, task)).hasMessageContaining("does not fit observations");
  }

  /** A model that shows what enters as its action. */
  private static byte[] flattening(long... shape) {
    return new ModelBuilder()
        .input("x", ModelBuilder.FLOAT, shape)
        .node("Flatten", List.of("x"), "action")
        .output("action", ModelBuilder.FLOAT, -1, -2)
        .build();
  }

  @Test
  void wholeNumbers_enterAsTheDeclaredShapeSays() {
    EnvironmentSpec task = EnvironmentSpec.of("Lake", new Discrete(3, 5), new Discrete(3));
    ModelBuilder oneHot = new ModelBuilder().input("x", ModelBuilder.FLOAT, -1, 3);
    oneHot.node("Identity", List.of("x"), "scores").output("scores", ModelBuilder.FLOAT, -1, 3);
    ModelBuilder number = new ModelBuilder().input("x", ModelBuilder.INT64, -1);
    number
        .constant("five", ModelBuilder.INT64, new long[] {1}, 5)
        .node("Sub", List.of("x", "five"), "choice")
        .output("choice", ModelBuilder.INT64, -1);
    for (ModelBuilder model : List.of(oneHot, number)) {
      ShippedPolicy policy = bound(model.build(), task);
      for (int state = 5; state < 8; state++) {
        Decider decider = policy.decider(task);
        decider.observation().setDiscrete(state);
        assertThat(decider.decide().discrete()).isEqualTo(state - 5);
      }
    }
    ModelBuilder open = new ModelBuilder().input("x", ModelBuilder.FLOAT, -1, -2);
    open.node("Identity", List.of("x"), "scores").output("scores", ModelBuilder.FLOAT, -1, -2);
    refused(open, task, "input 'x' of shape [-1, -1]", "as a number or one-hot");
    ModelBuilder none = new ModelBuilder().shapelessInput("x", ModelBuilder.FLOAT);
    none.node("Identity", List.of("x"), "scores").output("scores", ModelBuilder.FLOAT, -1, -2);
    refused(none, task, "input 'x' without a shape", "as a number or one-hot");
  }

  private static ModelBuilder valueFirst(String value, String scores) {
    return new ModelBuilder()
        .input("x", ModelBuilder.FLOAT, -1, 4)
        .constant("w", ModelBuilder.FLOAT, new long[] {4, 1}, 1, 1, 1, 1)
        .node("MatMul", List.of("x", "w"), value)
        .node("Neg", List.of(value), scores)
        .output(value, ModelBuilder.FLOAT, -1, 1)
        .output(scores, ModelBuilder.FLOAT, -1, 1);
  }

  @Test
  void output_isTheOnlyOneThatFits_orIsNamed_orIsAskedFor() {
    ModelBuilder unlike =
        firstTwo("x", ModelBuilder.FLOAT, -1, 4)
            .constant("w", ModelBuilder.FLOAT, new long[] {4, 1}, 1, 1, 1, 1)
            .node("MatMul", List.of("x", "w"), "v")
            .output("v", ModelBuilder.FLOAT, -1, 1)
            .output("scores", ModelBuilder.FLOAT, -1, 2);
    assertThat(outputOf(bound(unlike.build(), CART))).isEqualTo("scores");
    EnvironmentSpec push = EnvironmentSpec.of("Push", FOUR, Box.of(-2f, 2f, 1));
    assertThat(outputOf(bound(valueFirst("value", "out").build(), push))).isEqualTo("out");
    assertThat(outputOf(bound(valueFirst("v", "mean").build(), push))).isEqualTo("mean");
    ModelBuilder unclear = valueFirst("31", "32");
    refused(unclear, push, "several of its outputs may be the action: [31, 32]", "option output");
    assertThat(outputOf(bound(unclear.build(), push, Map.of("output", "32")))).isEqualTo("32");
    assertThatThrownBy(() -> bound(unclear.build(), push, Map.of("output", "33")))
        .hasMessageContaining("its outputs are [31, 32], there is no '33'");
    refused(unclear, CART, "needs 2 scores or 1 integers");
  }

  /**
   * The outputs of Stable-Baselines3's documented export for numbers: actions, values and
   * log-probabilities, without names, of which only the actions go into another.
   */
  @Test
  void output_amongActionsValuesAndLogProbabilities_isTheActions() {
    ModelBuilder model =
        new ModelBuilder()
            .input("input", ModelBuilder.FLOAT, 1, 4)
            .constant("v", ModelBuilder.FLOAT, new long[] {4, 1}, 1, 1, 1, 1)
            .constant("w", ModelBuilder.FLOAT, new long[] {4, 1}, 0.25, 0, 0, 0)
            .constant("shape", ModelBuilder.INT64, new long[] {2}, -1, 1)
            .constant("axes", ModelBuilder.INT64, new long[] {1}, 1)
            .node("MatMul", List.of("input", "v"), "20")
            .node("MatMul", List.of("input", "w"), "mean")
            .node("Sub", List.of("mean", "mean"), "apart")
            .node("Mul", List.of("apart", "apart"), "square")
            .node("ReduceSum", List.of("square", "axes"), "33", ModelBuilder.integer("keepdims", 0))
            .node("Reshape", List.of("mean", "shape"), "32")
            .output("20", ModelBuilder.FLOAT, 1, 1)
            .output("32", ModelBuilder.FLOAT, 1, 1)
            .output("33", ModelBuilder.FLOAT, 1);
    EnvironmentSpec push = EnvironmentSpec.of("Push", FOUR, Box.of(-2f, 2f, 1));
    ShippedPolicy policy = bound(model.build(), push);
    assertThat(outputOf(policy)).isEqualTo("32");
    Decider decider = policy.decider(push);
    decider.observation().set(0, 2f);
    assertThat(decider.decide().get(0)).isEqualTo(0.5f);
  }

  /** Stable-Baselines3's documented export; see make_sb3.py. */
  @Test
  void exportOfStableBaselines_actsAsItDoesThere() throws IOException {
    Box seen = Box.of(-100f, 100f, 4);
    ShippedPolicy choices =
        bound(resource("sb3_discrete.onnx"), EnvironmentSpec.of("Choice", seen, new Discrete(2)));
    ShippedPolicy numbers =
        bound(resource("sb3_box.onnx"), EnvironmentSpec.of("Number", seen, Box.of(-9f, 9f, 1)));
    List<String> lines = new String(resource("sb3.csv"), StandardCharsets.UTF_8).lines().toList();
    assertThat(lines).hasSize(20);
    for (String line : lines) {
      double[] row = Arrays.stream(line.split(",")).mapToDouble(Double::parseDouble).toArray();
      float[] observation = new float[4];
      for (int i = 0; i < 4; i++) {
        observation[i] = (float) row[i];
      }
      assertThat(decided(choices, observation)).isEqualTo((int) row[4]);
      assertThat(number(numbers, observation)[0]).isCloseTo((float) row[5], within(1e-5f));
    }
  }

  private static float[] number(ShippedPolicy policy, float... observation) {
    Decider decider = policy.decider(policy.spec());
    for (int i = 0; i < observation.length; i++) {
      decider.observation().set(i, observation[i]);
    }
    Action action = decider.decide();
    float[] numbers = new float[policy.actionSpace().layout().leaves().getFirst().width()];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = action.get(i);
    }
    return numbers;
  }

  @Test
  void batchNormalizationAndSplit_areComputed() {
    EnvironmentSpec task = EnvironmentSpec.of("Four", FOUR, Box.of(-9f, 9f, 4));
    ModelBuilder norm =
        new ModelBuilder()
            .input("x", ModelBuilder.FLOAT, -1, 4)
            .constant("scale", ModelBuilder.FLOAT, new long[] {4}, 1, 2, 3, 4)
            .constant("bias", ModelBuilder.FLOAT, new long[] {4}, 0, 1, 0, -1)
            .constant("mean", ModelBuilder.FLOAT, new long[] {4}, 0.5, 0, -0.5, 0)
            .constant("variance", ModelBuilder.FLOAT, new long[] {4}, 4, 4, 4, 16)
            .node("BatchNormalization", List.of("x", "scale", "bias", "mean", "variance"), "action")
            .output("action", ModelBuilder.FLOAT, -1, 4);
    float[] normal = number(bound(norm.build(), task), 1.5f, 1, -1, 2);
    float[] expected = {0.5f, 2, -0.75f, 1};
    for (int i = 0; i < 4; i++) {
      assertThat(normal[i]).isCloseTo(expected[i], within(1e-4f)); // variances have 1e-5 added
    }
    ModelBuilder split =
        new ModelBuilder()
            .input("x", ModelBuilder.FLOAT, -1, 4)
            .constant("sizes", ModelBuilder.INT64, new long[] {2}, 1, 3)
            .node(
                "",
                "Split",
                List.of("x", "sizes"),
                List.of("first", "rest"),
                ModelBuilder.integer("axis", 1))
            .node("Concat", List.of("rest", "first"), "action", ModelBuilder.integer("axis", 1))
            .output("action", ModelBuilder.FLOAT, -1, 4);
    assertThat(number(bound(split.build(), task), 1, 2, -1, -2)).containsExactly(2, -1, -2, 1);
  }

  @Test
  void oneHot_isComputed() {
    EnvironmentSpec task = EnvironmentSpec.of("Lake", new Discrete(3), new Discrete(3));
    ModelBuilder model =
        new ModelBuilder()
            .input("x", ModelBuilder.INT64, -1)
            .constant("depth", ModelBuilder.INT64, new long[] {1}, 3)
            .constant("values", ModelBuilder.FLOAT, new long[] {2}, 0, 1)
            .node("OneHot", List.of("x", "depth", "values"), "scores")
            .output("scores", ModelBuilder.FLOAT, -1, 3);
    ShippedPolicy policy = bound(model.build(), task);
    for (int state = 0; state < 3; state++) {
      Decider decider = policy.decider(task);
      decider.observation().setDiscrete(state);
      assertThat(decider.decide().discrete()).isEqualTo(state);
    }
  }

  @Test
  void halfPrecision_isComputed() {
    ModelBuilder model =
        new ModelBuilder()
            .input("x", ModelBuilder.HALF, -1, 4)
            .constant("w", ModelBuilder.HALF, new long[] {4, 2}, 1, 0, 0, 1, 0.5, -0.5, 0, 0)
            .constant("b", ModelBuilder.HALF, new long[] {2}, 0.25, 0)
            .node("Gemm", List.of("x", "w", "b"), "sums")
            .node("Relu", List.of("sums"), "action")
            .output("action", ModelBuilder.HALF, -1, 2);
    EnvironmentSpec task = EnvironmentSpec.of("Half", FOUR, Box.of(-9f, 9f, 2));
    assertThat(number(bound(model.build(), task), 1, 2, -1, 0)).containsExactly(0.75f, 2.5f);
  }

  private double[] uniforms(int count) {
    double[] values = new double[count];
    random.fillUniform(values, 0, count, -1, 1);
    return values;
  }

  private static double sigmoid(double x) {
    return 1 / (1 + Math.exp(-x));
  }

  /** A long short-term memory of two units: its state enters and leaves in two tensors. */
  @Test
  void longShortTermMemory_carriesItsStates() {
    double[] weights = uniforms(8 * 4);
    double[] recurrent = uniforms(8 * 2);
    double[] biases = uniforms(16);
    ModelBuilder model =
        new ModelBuilder()
            .input("x", ModelBuilder.FLOAT, 1, -1, 4)
            .input("h0", ModelBuilder.FLOAT, 1, -1, 2)
            .input("c0", ModelBuilder.FLOAT, 1, -1, 2)
            .constant("w", ModelBuilder.FLOAT, new long[] {1, 8, 4}, weights)
            .constant("r", ModelBuilder.FLOAT, new long[] {1, 8, 2}, recurrent)
            .constant("b", ModelBuilder.FLOAT, new long[] {1, 16}, biases)
            .constant("shape", ModelBuilder.INT64, new long[] {2}, -1, 2)
            .node(
                "",
                "LSTM",
                List.of("x", "w", "r", "b", "", "h0", "c0"),
                List.of("", "hn", "cn"),
                ModelBuilder.integer("hidden_size", 2))
            .node("Reshape", List.of("hn", "shape"), "action")
            .output("action", ModelBuilder.FLOAT, -1, 2)
            .output("hn", ModelBuilder.FLOAT, 1, -1, 2)
            .output("cn", ModelBuilder.FLOAT, 1, -1, 2);
    double[] h = new double[2];
    double[] c = new double[2];
    unroll(
        model,
        (x, into) -> {
          double[] gates = gates(weights, recurrent, biases, 8, x, h);
          for (int i = 0; i < 2; i++) { // the order of ONNX: input, output, forget, cell
            c[i] = sigmoid(gates[4 + i]) * c[i] + sigmoid(gates[i]) * Math.tanh(gates[6 + i]);
            into[i] = sigmoid(gates[2 + i]) * Math.tanh(c[i]);
          }
          System.arraycopy(into, 0, h, 0, 2);
        });
  }

  /** A gated recurrent unit as PyTorch computes it: the reset gate after the product. */
  @Test
  void gatedRecurrentUnit_carriesItsState() {
    double[] weights = uniforms(6 * 4);
    double[] recurrent = uniforms(6 * 2);
    double[] biases = uniforms(12);
    ModelBuilder model =
        new ModelBuilder()
            .input("x", ModelBuilder.FLOAT, 1, -1, 4)
            .input("hidden", ModelBuilder.FLOAT, 1, -1, 2)
            .constant("w", ModelBuilder.FLOAT, new long[] {1, 6, 4}, weights)
            .constant("r", ModelBuilder.FLOAT, new long[] {1, 6, 2}, recurrent)
            .constant("b", ModelBuilder.FLOAT, new long[] {1, 12}, biases)
            .constant("shape", ModelBuilder.INT64, new long[] {2}, -1, 2)
            .node(
                "",
                "GRU",
                List.of("x", "w", "r", "b", "", "hidden"),
                List.of("", "next_hidden"),
                ModelBuilder.integer("hidden_size", 2),
                ModelBuilder.integer("linear_before_reset", 1))
            .node("Reshape", List.of("next_hidden", "shape"), "action")
            .output("action", ModelBuilder.FLOAT, -1, 2)
            .output("next_hidden", ModelBuilder.FLOAT, 1, -1, 2);
    double[] h = new double[2];
    unroll(
        model,
        (x, into) -> {
          double[] in = gates(weights, new double[12], biases, 6, x, h);
          double[] back = new double[6];
          for (int i = 0; i < 6; i++) {
            back[i] = biases[6 + i] + recurrent[2 * i] * h[0] + recurrent[2 * i + 1] * h[1];
            in[i] -= biases[6 + i];
          }
          for (int i = 0; i < 2; i++) { // the order of ONNX: update, reset, hidden
            double update = sigmoid(in[i] + back[i]);
            double reset = sigmoid(in[2 + i] + back[2 + i]);
            into[i] = (1 - update) * Math.tanh(in[4 + i] + reset * back[4 + i]) + update * h[i];
          }
          System.arraycopy(into, 0, h, 0, 2);
        });
  }

  private interface Cell {
    void step(double[] x, double[] into);
  }

  /** Sums of input, state and both biases. */
  private static double[] gates(
      double[] weights, double[] recurrent, double[] biases, int count, double[] x, double[] h) {
    double[] sums = new double[count];
    for (int i = 0; i < count; i++) {
      sums[i] = biases[i] + biases[count + i];
      for (int j = 0; j < 4; j++) {
        sums[i] += weights[4 * i + j] * x[j];
      }
      for (int j = 0; j < 2; j++) {
        sums[i] += recurrent[2 * i + j] * h[j];
      }
    }
    return sums;
  }

  /** Requires that a model moves as a cell over a few steps. */
  private void unroll(ModelBuilder model, Cell cell) {
    EnvironmentSpec task = EnvironmentSpec.of("Recurrent", FOUR, Box.of(-1f, 1f, 2));
    ShippedPolicy policy = bound(model.build(), task);
    Actor actor = policy.actor(1, RandomStreams.ofSeeds(0));
    actor.begin(Rows.all(1));
    Observations seen = policy.observations(1);
    Actions actions = policy.actions(1);
    double[] expected = new double[2];
    for (int step = 0; step < 5; step++) {
      double[] x = new double[4];
      for (int i = 0; i < 4; i++) {
        seen.values().floats()[i] = (float) random.uniform(-2, 2);
        x[i] = seen.values().floats()[i];
      }
      cell.step(x, expected);
      actor.act(Rows.all(1), seen, actions);
      for (int i = 0; i < 2; i++) {
        assertThat(actions.values().floats()[i]).isCloseTo((float) expected[i], within(1e-5f));
      }
    }
  }

  private static OnnxPolicy limited(ModelBuilder model, long millis, long bytes) {
    byte[] content = model.build();
    Limits limits = new Limits(Duration.ofMillis(millis), bytes);
    return new OnnxPolicy(content, Model.read(content), CART, Map.of(), limits);
  }

  @Test
  void step_thatDoublesItsMemory_isEnded() {
    assumeTrue(Limits.resident() > 0);
    ModelBuilder model = new ModelBuilder().input("x0", ModelBuilder.FLOAT, -1, 4);
    for (int i = 0; i < 32; i++) {
      String from = "x" + i;
      model.node("Concat", List.of(from, from), "x" + (i + 1), ModelBuilder.integer("axis", 1));
    }
    model.node("Identity", List.of("x32"), "scores").output("scores", ModelBuilder.FLOAT, -1, 2);
    assertThatThrownBy(() -> limited(model, 60_000, 64 << 20))
        .isInstanceOf(StateException.class)
        .hasMessage("one step of the model takes more than 64 MB of memory");
  }

  /** Square matrices, of a side that is a number of the observation, multiplied 300 times. */
  private static ModelBuilder multiplying(double side) {
    ModelBuilder model =
        new ModelBuilder()
            .input("x", ModelBuilder.FLOAT, -1, 4)
            .constant("from", ModelBuilder.INT64, new long[] {1}, 0)
            .constant("to", ModelBuilder.INT64, new long[] {1}, 1)
            .constant("axis", ModelBuilder.INT64, new long[] {1}, 1)
            .constant("one", ModelBuilder.INT64, new long[] {1}, 1)
            .constant("two", ModelBuilder.INT64, new long[] {2}, 1, 2)
            .constant("times", ModelBuilder.FLOAT, new long[] {1}, side)
            .node("Slice", List.of("x", "from", "to", "axis"), "first")
            .node("Reshape", List.of("first", "one"), "number")
            .node("Mul", List.of("number", "times"), "real")
            .node("Cast", List.of("real"), "side", ModelBuilder.integer("to", ModelBuilder.INT64))
            .node("Concat", List.of("side", "side"), "shape", ModelBuilder.integer("axis", 0))
            .node("ConstantOfShape", List.of("shape"), "m0");
    for (int i = 0; i < 300; i++) {
      model.node("MatMul", List.of("m" + i, "m0"), "m" + (i + 1));
    }
    return model
        .node("ReduceSum", List.of("m300"), "sum", ModelBuilder.integer("keepdims", 0))
        .node("Expand", List.of("sum", "two"), "scores")
        .output("scores", ModelBuilder.FLOAT, -1, 2);
  }

  @Test
  void step_thatMultipliesForLong_isEnded() {
    OnnxPolicy policy = limited(multiplying(1500), 200, 1L << 40);
    Decider decider = policy.decider(CART);
    assertThat(decider.decide().discrete()).isZero();
    decider.observation().set(0, 1);
    assertThatThrownBy(decider::decide)
        .isInstanceOf(StateException.class)
        .hasMessage("one step of the model takes more than 0.2 s");
    EnvironmentSpec one = EnvironmentSpec.of("One", Box.of(1f, 2f, 4), new Discrete(2));
    byte[] content = multiplying(1500).build();
    Limits limits = new Limits(Duration.ofMillis(200), 1L << 40);
    assertThatThrownBy(() -> new OnnxPolicy(content, Model.read(content), one, Map.of(), limits))
        .isInstanceOf(StateException.class)
        .hasMessage("one step of the model takes more than 0.2 s");
  }

  /** A classifier as scikit-learn's are converted: a label, and a map of probabilities. */
  private static ModelBuilder classifier() {
    return new ModelBuilder()
        .input("float_input", ModelBuilder.FLOAT, -1, 4)
        .node(
            "ai.onnx.ml",
            "LinearClassifier",
            List.of("float_input"),
            List.of("output_label", "scores"),
            ModelBuilder.reals("coefficients", -1, 0, 0, 0, 1, 0, 0, 0),
            ModelBuilder.reals("intercepts", 0, 0),
            ModelBuilder.integers("classlabels_ints", 3, 4),
            ModelBuilder.text("post_transform", "SOFTMAX"))
        .node(
            "ai.onnx.ml",
            "ZipMap",
            List.of("scores"),
            List.of("output_probability"),
            ModelBuilder.integers("classlabels_int64s", 3, 4))
        .output("output_label", ModelBuilder.INT64, -1)
        .mapsOutput("output_probability");
  }

  @Test
  void classifierOfScikitLearn_givesLabelsOrMaps() {
    EnvironmentSpec task = EnvironmentSpec.of("Cart", FOUR, new Discrete(3, 2));
    ShippedPolicy labels = bound(classifier().build(), task);
    assertThat(outputOf(labels)).isEqualTo("output_label");
    ShippedPolicy maps = bound(classifier().build(), task, Map.of("output", "output_probability"));
    for (ShippedPolicy policy : List.of(labels, maps)) {
      assertThat(decided(policy, 1, 0, 0, 0)).isEqualTo(4);
      assertThat(decided(policy, -1, 0, 0, 0)).isEqualTo(3);
    }
    EnvironmentSpec few = EnvironmentSpec.of("Few", FOUR, new Discrete(2));
    refused(classifier(), few, "the output is action", "which is not in Discrete(2)");
  }

  /** A policy that pushes to the right from the third step of an episode on. */
  private static ModelBuilder counting(String before, String after) {
    return new ModelBuilder()
        .input("obs", ModelBuilder.FLOAT, -1, 4)
        .input(before, ModelBuilder.FLOAT, 1, -1, 2)
        .constant("step", ModelBuilder.FLOAT, new long[] {1, 1, 2}, 0, 1)
        .constant("two", ModelBuilder.FLOAT, new long[] {1, 1, 2}, 2.5, 0)
        .constant("shape", ModelBuilder.INT64, new long[] {2}, -1, 2)
        .node("Add", List.of(before, "step"), after)
        .node("Add", List.of(after, "two"), "moved")
        .node("Reshape", List.of("moved", "shape"), "scores")
        .output("scores", ModelBuilder.FLOAT, -1, 2)
        .output(after, ModelBuilder.FLOAT, 1, -1, 2);
  }

  @Test
  void recurrentLayers_exportedAndImported_actAlike() {
    NetworkSpec spec =
        NetworkSpec.of(
            InputSpec.vector(4),
            new Lstm(7),
            new Dense(6, Activation.TANH),
            new Gru(5),
            new Dense(2, Activation.NONE, new Initialisation.Orthogonal(3)));
    EnvironmentSpec task = EnvironmentSpec.of("Task", FOUR, Box.of(-9, 9, 2));
    NetworkPolicy ours = new NetworkPolicy(FOUR, task.actionSpace(), Network.create(spec, random));
    ShippedPolicy shipped = new ShippedPolicy(task, ours, Map.of(), "# Own\n");
    Decider here = shipped.decider(task);
    Decider there = bound(OnnxExport.toBytes(shipped), task).decider(task);
    float first = 0;
    for (int step = 0; step < 100; step++) {
      if (step % 50 == 0) {
        here.begin();
        there.begin();
      }
      for (int i = 0; i < 4; i++) {
        here.observation().set(i, 0.3f);
        there.observation().set(i, 0.3f);
      }
      float number = here.decide().get(0);
      assertThat(there.decide().get(0)).as("step %d", step).isCloseTo(number, within(1e-5f));
      if (step % 50 == 0) {
        first = step == 0 ? number : first;
        assertThat(number).isEqualTo(first);
      } else {
        assertThat(Math.abs(number - first)).as("the state plays a part").isGreaterThan(1e-4f);
      }
    }
  }

  @Test
  void states_areCarriedFromStepToStepAndForgottenAtTheStart() {
    Map<String, String> named = Map.of("state", "memory=seen");
    for (ShippedPolicy policy :
        List.of(
            bound(counting("h_in", "h_out").build(), CART),
            bound(counting("h0", "hn").build(), CART),
            bound(counting("hidden", "next_hidden").build(), CART),
            bound(counting("memory", "seen").build(), CART, named))) {
      Actor actor = policy.actor(2, RandomStreams.ofSeeds(0, 1));
      Actions actions = policy.actions(2);
      int[] steps = new int[2];
      actor.begin(Rows.all(2));
      for (int i = 0; i < 9; i++) {
        if (i == 4) {
          Rows second = new Rows(2);
          second.add(1);
          actor.begin(second);
          steps[1] = 0;
        }
        actor.act(Rows.all(2), policy.observations(2), actions);
        for (int row = 0; row < 2; row++) {
          assertThat(actions.values().ints()[row]).isEqualTo(++steps[row] >= 3 ? 1 : 0);
        }
      }
    }
    refused(
        counting("memory", "seen"),
        CART,
        "its input 'memory' of shape [1, -1, 2]",
        "memory=OUTPUT");
  }

  @Test
  void parts_enterTheInputsThatAreNamedAfterThem() {
    Dict parts = Dict.of(Map.of("far", Box.of(-2f, 2f, 2), "near", Box.of(-2f, 2f, 2)));
    EnvironmentSpec task = EnvironmentSpec.of("Parts", parts, Box.of(-9f, 9f, 2));
    for (String prefix : List.of("", "observation/")) {
      ModelBuilder model =
          new ModelBuilder()
              .input(prefix + "near", ModelBuilder.FLOAT, -1, 2)
              .input(prefix + "far", ModelBuilder.FLOAT, -1, 2)
              .constant("three", ModelBuilder.FLOAT, new long[] {1}, 3)
              .node("Mul", List.of(prefix + "near", "three"), "scaled")
              .node("Add", List.of("scaled", prefix + "far"), "action")
              .output("action", ModelBuilder.FLOAT, -1, 2);
      ShippedPolicy policy = bound(model.build(), task);
      Observations seen = policy.observations(1);
      float[] values = {0.5f, -1, 1, 2}; // far, then near, as a Dict is sorted
      System.arraycopy(values, 0, seen.values().floats(), 0, 4);
      Actions actions = policy.actions(1);
      policy.actor(1, RandomStreams.ofSeeds(0)).act(Rows.all(1), seen, actions);
      assertThat(actions.values().floats()).containsExactly(3.5f, 5);
    }
    ModelBuilder flat = new ModelBuilder().input("x", ModelBuilder.FLOAT, -1, 4);
    flat.node("Identity", List.of("x"), "action").output("action", ModelBuilder.FLOAT, -1, 4);
    refused(flat, task, "its inputs are [x], none of which is 'far'", "flatten-observation");
  }

  @Test
  void read_ofWhatCantBeChecked_isRefusedByName() {
    byte[] elsewhere =
        firstTwo("x", ModelBuilder.FLOAT, -1, 4)
            .constantElsewhere("w")
            .output("scores", ModelBuilder.FLOAT, -1, 2)
            .build();
    assertThatThrownBy(() -> Model.read(elsewhere))
        .hasMessageContainingAll("'w'", "in another file", "external_data=False");
    byte[] loop =
        new ModelBuilder()
            .input("x", ModelBuilder.FLOAT, -1, 4)
            .node("Loop", List.of("", "", "x"), "scores")
            .output("scores", ModelBuilder.FLOAT, -1, 2)
            .build();
    assertThatThrownBy(() -> Model.read(loop)).hasMessageContaining("operator Loop");
    byte[] unknown =
        new ModelBuilder()
            .input("x", ModelBuilder.FLOAT, -1, 4)
            .node("NoSuchOperator", List.of("x"), "scores")
            .output("scores", ModelBuilder.FLOAT, -1, 2)
            .build();
    assertThatThrownBy(() -> bound(unknown, CART))
        .isInstanceOf(StateException.class)
        .hasMessageContainingAll("file: ONNX Runtime can't run the model", "NoSuchOperator");
    byte[] small = flattening(-1, 4);
    assertThatThrownBy(() -> bound(small, CART, Map.of("speed", "9")))
        .hasMessageContaining("there is no option speed, only [output, layout, state]");
  }

  @Test
  void model_thatDoesNotFit_saysHow() throws IOException {
    byte[] model = resource("cartpole_controller.onnx");
    EnvironmentSpec three = EnvironmentSpec.of("Three", Box.of(-1f, 1f, 3), new Discrete(2));
    assertThatThrownBy(() -> bound(model, three))
        .hasMessageContainingAll("does not fit Three", "input 'state'", "Box([3]");
    EnvironmentSpec five = EnvironmentSpec.of("Five", FOUR, new Discrete(5));
    assertThatThrownBy(() -> bound(model, five))
        .hasMessageContaining("needs 5 scores or 1 integers");
    EnvironmentSpec lake = EnvironmentSpec.of("Bits", new MultiBinary(4), new Discrete(2));
    assertThat(outputOf(bound(model, lake))).isEqualTo("logits");
  }

  @Test
  void load_ofAFile_findsTheImporter(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("policy.onnx");
    Files.write(file, resource("cartpole_controller.onnx"));
    assertThat(Policies.load(file, CART).spec().name()).isEqualTo("Cart");
    assertThatThrownBy(() -> Policies.load(file))
        .isInstanceOf(StateException.class)
        .hasMessageContaining("give the task");
    Files.writeString(file, "version https://git-lfs.github.com/spec/v1\noid sha256:0\n");
    assertThatThrownBy(() -> Policies.load(file, CART))
        .isInstanceOf(StateException.class)
        .hasMessage(
            file
                + " is not an ONNX model but a Git LFS pointer; git lfs pull fetches the file itself");
  }
}
