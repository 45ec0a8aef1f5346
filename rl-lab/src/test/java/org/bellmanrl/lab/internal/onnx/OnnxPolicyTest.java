package org.bellmanrl.lab.internal.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.bellmanrl.api.Actions;
import org.bellmanrl.api.EnvironmentSpec;
import org.bellmanrl.api.Observations;
import org.bellmanrl.api.Policy;
import org.bellmanrl.api.interaction.EvaluationPlan;
import org.bellmanrl.api.interaction.Evaluator;
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
import org.bellmanrl.deep.network.Activation;
import org.bellmanrl.deep.network.Convolution2d;
import org.bellmanrl.deep.network.Dense;
import org.bellmanrl.deep.network.Dueling;
import org.bellmanrl.deep.network.Flatten;
import org.bellmanrl.deep.network.Initialisation;
import org.bellmanrl.deep.network.InputSpec;
import org.bellmanrl.deep.network.LayerNormalization;
import org.bellmanrl.deep.network.LayerSpec;
import org.bellmanrl.deep.network.Network;
import org.bellmanrl.deep.network.NetworkSpec;
import org.bellmanrl.deep.policy.NetworkPolicy;
import org.bellmanrl.deep.policy.Standardizer;
import org.bellmanrl.deep.policy.TablePolicy;
import org.bellmanrl.deep.policy.WritablePolicy;
import org.bellmanrl.env.classic.CartPole;
import org.bellmanrl.env.classic.CartPoleOptions;
import org.bellmanrl.lab.internal.export.OnnxExport;
import org.bellmanrl.lab.internal.protobuf.MessageWriter;
import org.bellmanrl.lab.internal.run.UserError;
import org.junit.jupiter.api.Test;
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

  @Test
  void controllerOfPyTorch_balancesThePole() throws IOException {
    try (CartPole cart = new CartPole(CartPoleOptions.defaults())) {
      OnnxPolicy policy =
          OnnxPolicy.of("controller", resource("cartpole_controller.onnx"), cart.spec(), "");
      assertThat(policy.output()).isEqualTo("logits");
      assertThat(Evaluator.evaluate(cart, policy, EvaluationPlan.episodes(20)).meanReturn())
          .isEqualTo(500);
    }
  }

  @Test
  void networkOfPyTorch_givesWhatPyTorchGives() throws IOException {
    Program program = new Program(Model.read(resource("cartpole_mixed.onnx")));
    List<String> lines =
        new String(resource("cartpole_mixed.csv"), StandardCharsets.UTF_8).lines().toList();
    assertThat(lines).hasSize(20);
    for (String line : lines) {
      double[] row = Arrays.stream(line.split(",")).mapToDouble(Double::parseDouble).toArray();
      Tensor state = new Tensor(Tensor.Type.FLOAT, new int[] {1, 4}, Arrays.copyOf(row, 4));
      Tensor scores = program.run(Map.of("state", state), "scores");
      assertThat(scores.at(0)).isCloseTo(row[4], within(1e-5));
      assertThat(scores.at(1)).isCloseTo(row[5], within(1e-5));
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
                new Dueling(3, 5, Activation.RELU, wide)),
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
    byte[] model = OnnxExport.write(policy, spec.maskWidth(), "1", Map.of());
    OnnxPolicy read = OnnxPolicy.of("own", model, spec, "");
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

  @ParameterizedTest
  @ValueSource(strings = {"cartpole_controller.onnx", "cartpole_mixed.onnx"})
  void read_ofATruncatedFile_saysSo(String name) throws IOException {
    byte[] whole = resource(name);
    for (int length = 0; length < whole.length - 16; length++) {
      byte[] part = Arrays.copyOf(whole, length);
      assertThatThrownBy(() -> OnnxPolicy.of("part", part, CART, ""))
          .isInstanceOf(UserError.class)
          .hasMessageStartingWith("part");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"cartpole_controller.onnx", "cartpole_mixed.onnx"})
  void read_withAFlippedBit_isRefusedOrActs(String name) throws IOException {
    byte[] whole = resource(name);
    int refused = 0;
    for (int at = 0; at < whole.length; at++) {
      for (int bit = at % 3; bit < 8; bit += 3) {
        byte[] flipped = whole.clone();
        flipped[at] ^= (byte) (1 << bit);
        try {
          // ONNX has no checksum: a weight may just be another one.
          assertThat(OnnxPolicy.of("flipped", flipped, CART, "").output()).isNotEmpty();
        } catch (UserError e) {
          assertThat(e).hasMessageStartingWith("flipped");
          refused++;
        }
      }
    }
    assertThat(refused).isGreaterThan(100);
  }

  /** A model of one operation, in the bytes of the format. */
  private static byte[] model(String operator, Consumer<MessageWriter> graph) {
    MessageWriter node = new MessageWriter().text(1, "state").text(2, "out").text(4, operator);
    MessageWriter extents =
        new MessageWriter()
            .message(1, new MessageWriter().integer(1, 1))
            .message(1, new MessageWriter().integer(1, 4));
    MessageWriter type =
        new MessageWriter().message(1, new MessageWriter().integer(1, 1).message(2, extents));
    MessageWriter all =
        new MessageWriter()
            .message(1, node)
            .message(11, new MessageWriter().text(1, "state").message(2, type))
            .message(12, new MessageWriter().text(1, "out").message(2, type));
    graph.accept(all);
    return new MessageWriter()
        .integer(1, 8)
        .message(7, all)
        .message(8, new MessageWriter().integer(2, 17))
        .toBytes();
  }

  @Test
  void read_ofWhatIsUnknown_namesItAndWhatIsKnown() {
    byte[] model = model("GroupQueryAttention", graph -> {});
    assertThatThrownBy(() -> OnnxPolicy.of("file", model, CART, ""))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("unknown operators GroupQueryAttention; known are Abs, Add, ArgMax")
        .hasMessageContaining("Gemm");
    byte[] apart =
        model(
            "Relu",
            graph ->
                graph.message(
                    5,
                    new MessageWriter()
                        .integer(1, 4)
                        .integer(2, 1)
                        .text(8, "w")
                        .message(13, new MessageWriter().text(1, "location"))));
    assertThatThrownBy(() -> OnnxPolicy.of("file", apart, CART, ""))
        .hasMessageContaining("external_data=False");
    byte[] half =
        model(
            "Relu",
            graph ->
                graph.message(5, new MessageWriter().integer(1, 4).integer(2, 10).text(8, "w")));
    assertThatThrownBy(() -> OnnxPolicy.of("file", half, CART, ""))
        .hasMessageContaining("numbers of type 10 can't be read");
  }

  @Test
  void read_ofAConstantThatClaimsMuch_allocatesNothing() {
    MessageWriter huge = new MessageWriter();
    for (int i = 0; i < 3; i++) {
      huge.integer(1, 1 << 20);
    }
    byte[] model = model("Relu", graph -> graph.message(5, huge.integer(2, 1).text(8, "w")));
    assertThatThrownBy(() -> OnnxPolicy.of("file", model, CART, ""))
        .hasMessageContaining("at most 16777216 numbers");
  }

  @Test
  void model_thatDoesNotFit_saysHow() throws IOException {
    byte[] model = resource("cartpole_controller.onnx");
    EnvironmentSpec three = EnvironmentSpec.of("Three", Box.of(-1f, 1f, 3), new Discrete(2));
    assertThatThrownBy(() -> OnnxPolicy.of("file", model, three, ""))
        .hasMessageContaining("does not fit Three", "input 'state'", "3 numbers");
    EnvironmentSpec five = EnvironmentSpec.of("Five", FOUR, new Discrete(5));
    assertThatThrownBy(() -> OnnxPolicy.of("file", model, five, ""))
        .hasMessageContaining("needs 5 scores or 1 integers");
    assertThatThrownBy(() -> OnnxPolicy.of("file", model, CART, "value"))
        .hasMessageContaining("its outputs are [logits], there is no 'value'");
    EnvironmentSpec two =
        EnvironmentSpec.of("Two", Dict.of(Map.of("a", FOUR, "b", FOUR)), new Discrete(2));
    assertThatThrownBy(() -> OnnxPolicy.of("file", model, two, ""))
        .hasMessageContaining("its inputs are [state], none of which is 'observation/a'");
  }
}
