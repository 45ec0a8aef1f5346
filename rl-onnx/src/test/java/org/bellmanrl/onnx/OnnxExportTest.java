package org.bellmanrl.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bellmanrl.api.Actions;
import org.bellmanrl.api.EnvironmentSpec;
import org.bellmanrl.api.Observations;
import org.bellmanrl.api.random.RandomStream;
import org.bellmanrl.api.random.RandomStreams;
import org.bellmanrl.api.space.Box;
import org.bellmanrl.api.space.Columns;
import org.bellmanrl.api.space.DType;
import org.bellmanrl.api.space.Dict;
import org.bellmanrl.api.space.Discrete;
import org.bellmanrl.api.space.Layout.Leaf;
import org.bellmanrl.api.space.MultiBinary;
import org.bellmanrl.api.space.MultiDiscrete;
import org.bellmanrl.api.space.ProductIndex;
import org.bellmanrl.api.space.Rows;
import org.bellmanrl.api.space.Space;
import org.bellmanrl.api.transform.ObservationTransform;
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
import org.bellmanrl.deep.network.InputSpec;
import org.bellmanrl.deep.network.LayerNormalization;
import org.bellmanrl.deep.network.LayerSpec;
import org.bellmanrl.deep.network.Network;
import org.bellmanrl.deep.network.NetworkSpec;
import org.bellmanrl.deep.network.NoisyDense;
import org.bellmanrl.deep.network.Parallel;
import org.bellmanrl.deep.network.ParameterBlock;
import org.bellmanrl.deep.network.ResidualBlock;
import org.bellmanrl.deep.network.StateDependentNoise;
import org.bellmanrl.deep.policy.NetworkPolicy;
import org.bellmanrl.deep.policy.Standardizer;
import org.bellmanrl.env.wrapper.NormalizeObservation;
import org.bellmanrl.env.wrapper.Update;
import org.bellmanrl.policy.ShippedPolicy;
import org.bellmanrl.policy.TablePolicy;
import org.bellmanrl.policy.WritablePolicy;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** ONNX Runtime does what our policies do. */
class OnnxExportTest {
  private static final int ROWS = 10_000;
  private static final float TOLERANCE = 1e-5f;

  /** Bounds that no output reaches: then actions are the outputs. */
  private static final Box NUMBERS = Box.of(-1e6f, 1e6f, 3);

  private static final Box NUMBERS_OF_SIX = Box.of(-1e6f, 1e6f, 6);

  private final RandomStream random = RandomStream.ofSeed(11);

  private NetworkPolicy policy(Space observations, Space actions, LayerSpec... layers) {
    InputSpec input =
        observations instanceof Box box && box.dtype() == DType.UINT8
            ? InputSpec.of(box)
            : InputSpec.vector(inputs(observations));
    Network network = Network.create(new NetworkSpec(input, List.of(layers)), random);
    // Biases that are not zero, as after training.
    network
        .blocks()
        .forEach(block -> {
          for (int i = 0; i < block.columns() && block.rows() == 1; i++) {
            network.parameters()[block.index(0, i)] += (float) random.uniform(-0.3, 0.3);
          }
        });
    return new NetworkPolicy(observations, actions, network);
  }

  private static int inputs(Space space) {
    int sum = 0;
    for (Leaf leaf : space.layout().leaves()) {
      for (int i = 0; i < leaf.width(); i++) {
        sum +=
            switch (leaf.space()) {
              case Discrete discrete -> discrete.n();
              case MultiDiscrete multi -> multi.n(i);
              default -> 1;
            };
      }
    }
    return sum;
  }

  private static Dense dense(int units, Activation activation) {
    return new Dense(units, activation, new Initialisation.Orthogonal(1));
  }

  /** What came out, ours and that of ONNX Runtime. */
  @SuppressWarnings("ArrayRecordComponent") // compared by nobody
  private record Result(
      Observations observations,
      Actions ours,
      float[] outputs,
      Object theirs,
      OrtSession session) {}

  private Result run(
      WritablePolicy policy,
      Space space,
      @Nullable ObservationTransform transform,
      boolean masked,
      int rows)
      throws OrtException {
    EnvironmentSpec bare = EnvironmentSpec.of("bare", space, policy.actionSpace());
    bare = masked ? bare.withMask() : bare;
    Observations raw = new Observations(bare, rows);
    Observations seen =
        new Observations(bare.withSpaces(policy.observationSpace(), policy.actionSpace()), rows);
    for (int row = 0; row < rows; row++) {
      space.sample(random, raw.values(), row);
      for (int i = 0; i < raw.maskWidth(); i++) {
        boolean allowed = i % 2 == row % 2 || random.bernoulli(0.5);
        raw.mask()[row * raw.maskWidth() + i] = allowed;
        seen.mask()[row * raw.maskWidth() + i] = allowed;
      }
    }
    Rows all = Rows.all(rows);
    if (transform == null) {
      seen.copyRows(raw, all);
    } else {
      transform.frozen(rows).begin(all, raw.values(), seen.values());
    }
    Actions actions = new Actions(policy.actionSpace(), Dict.EMPTY, rows);
    policy.actor(rows, RandomStreams.ofSeeds(new long[rows])).act(all, seen, actions);
    WritablePolicy whole =
        transform == null
            ? policy
            : ((NetworkPolicy) policy)
                .behind(
                    Standardizer.of((Box) space, (ObservationTransform.Standardization) transform));
    byte[] model =
        OnnxExport.toBytes(
            new ShippedPolicy(bare, whole, Map.of("environment", "Test-v1"), "# Test\n"));
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    OrtSession session = environment.createSession(model);
    try (OrtSession.Result result = session.run(inputs(environment, raw, rows))) {
      return new Result(
          raw,
          actions,
          result.get("outputs").orElseThrow().getValue() instanceof float[][] outputs
              ? flat(outputs)
              : new float[0],
          result.get("action").orElseThrow().getValue(),
          session);
    }
  }

  private static float[] flat(float[][] rows) {
    float[] values = new float[rows.length * rows[0].length];
    for (int i = 0; i < rows.length; i++) {
      System.arraycopy(rows[i], 0, values, i * rows[i].length, rows[i].length);
    }
    return values;
  }

  private static Map<String, OnnxTensor> inputs(
      OrtEnvironment environment, Observations observations, int rows) throws OrtException {
    Map<String, OnnxTensor> inputs = new HashMap<>();
    Columns values = observations.values();
    for (Leaf leaf : values.layout().leaves()) {
      String name = leaf.path().isEmpty() ? "observation" : "observation/" + leaf.path();
      int width = leaf.width();
      int[] own = leaf.space() instanceof Box box ? box.shape() : new int[] {width};
      own = leaf.space() instanceof Discrete ? new int[0] : own;
      long[] shape = new long[1 + own.length];
      shape[0] = rows;
      for (int i = 0; i < own.length; i++) {
        shape[1 + i] = own[i];
      }
      inputs.put(
          name,
          switch (leaf.dtype()) {
            case FLOAT32 -> {
              FloatBuffer buffer = FloatBuffer.allocate(rows * width);
              for (int row = 0; row < rows; row++) {
                buffer.put(values.floats(), row * values.layout().floats() + leaf.offset(), width);
              }
              yield OnnxTensor.createTensor(environment, buffer.flip(), shape);
            }
            case UINT8 -> {
              ByteBuffer buffer = ByteBuffer.allocateDirect(rows * width);
              for (int row = 0; row < rows; row++) {
                buffer.put(values.bytes(), row * values.layout().bytes() + leaf.offset(), width);
              }
              yield OnnxTensor.createTensor(environment, buffer.flip(), shape, OnnxJavaType.UINT8);
            }
            case INT32 -> {
              LongBuffer buffer = LongBuffer.allocate(rows * width);
              for (int row = 0; row < rows; row++) {
                for (int i = 0; i < width; i++) {
                  buffer.put(values.ints()[row * values.layout().ints() + leaf.offset() + i]);
                }
              }
              yield OnnxTensor.createTensor(environment, buffer.flip(), shape);
            }
          });
    }
    if (observations.maskWidth() > 0) {
      boolean[][] mask = new boolean[rows][observations.maskWidth()];
      for (int row = 0; row < rows; row++) {
        System.arraycopy(
            observations.mask(), row * mask[row].length, mask[row], 0, mask[row].length);
      }
      inputs.put("mask", OnnxTensor.createTensor(environment, mask));
    }
    return inputs;
  }

  private void numbersAgree(
      Space space, @Nullable ObservationTransform transform, int rows, LayerSpec... layers)
      throws OrtException {
    Result result =
        run(
            policy(transform == null ? space : transform.space(), NUMBERS, layers),
            space,
            transform,
            false,
            rows);
    float[] ours = result.ours().values().floats();
    float[] theirs = flat((float[][]) result.theirs());
    assertThat(theirs).isEqualTo(result.outputs());
    float spread = 0;
    for (int i = 0; i < ours.length; i++) {
      assertThat(theirs[i]).as("number %d", i).isCloseTo(ours[i], within(TOLERANCE));
      spread = Math.max(spread, Math.abs(ours[i] - ours[i % 3]));
    }
    // Outputs that do not depend on the observation would agree whatever became of it.
    assertThat(spread).isGreaterThan(0.01f);
  }

  @Test
  void outputs_ofDenseLayers_agree() throws OrtException {
    Box space = Box.of(-3, 3, 2, 4);
    numbersAgree(
        space,
        null,
        ROWS,
        dense(64, Activation.TANH),
        dense(64, Activation.RELU),
        dense(3, Activation.NONE));
    numbersAgree(
        space,
        null,
        ROWS,
        dense(33, Activation.NONE),
        new LayerNormalization(Activation.SILU),
        dense(12, Activation.LEAKY_RELU),
        new LayerNormalization(Activation.LEAKY_RELU, 1e-3, false),
        new NoisyDense(17, Activation.RELU),
        dense(4, Activation.TANH),
        new Dueling(3));
  }

  @Test
  void outputs_ofDistributions_agree() throws OrtException {
    for (Expectation mean :
        List.of(Expectation.ofQuantiles(3), Expectation.ofCategories(3, -2, 5))) {
      numbersAgree(Box.of(-2, 2, 4), null, ROWS, dense(15, Activation.NONE), mean);
      Dueling dueling = new Dueling(3, 5);
      LayerSpec streams = dense(dueling.inputs(), Activation.NONE);
      numbersAgree(Box.of(-2, 2, 4), null, ROWS, streams, dueling, mean);
    }
    for (List<LayerSpec> layers :
        List.of(
            List.<LayerSpec>of(dense(7, Activation.TANH), dense(3, Activation.NONE)),
            List.<LayerSpec>of(new NoisyDense(4, Activation.NONE), new Dueling(3)))) {
      numbersAgree(
          Box.of(-2, 2, 4),
          null,
          ROWS,
          dense(9, Activation.TANH),
          new ImplicitQuantiles(5, 0.7, false, 6, layers),
          Expectation.ofQuantiles(3));
    }
    numbersAgree(
        Box.of(-2, 2, 4),
        null,
        ROWS,
        dense(9, Activation.NONE),
        new ResidualBlock(9, 2, Activation.SILU, new Initialisation.Orthogonal(1)),
        new Dropout(0.5),
        dense(3, Activation.NONE));
    numbersAgree(
        Box.of(-2, 2, 4),
        null,
        ROWS,
        new HypersphericalEmbedding(9, 3),
        new HypersphericalBlock(9, 2, 0.5, Activation.RELU),
        new HypersphericalBlock(9, 4, 0.3, Activation.SILU),
        dense(3, Activation.NONE));
    numbersAgree(
        Box.of(-2, 2, 4),
        null,
        ROWS,
        dense(9, Activation.TANH),
        new StateDependentNoise(2, -0.3, true),
        dense(3, Activation.NONE));
  }

  @Test
  void outputs_behindAStandardization_agree() throws OrtException {
    Box space = Box.of(-5000, 10, 5);
    NormalizeObservation options = new NormalizeObservation(1e-8, 1.5, Update.STEP);
    ObservationTransform transform = options.transform(space, 1);
    Columns in = new Columns(space, 100);
    for (int row = 0; row < 100; row++) {
      space.sample(random, in, row);
    }
    transform.next(Rows.all(100), in, new Columns(transform.space(), 100));
    numbersAgree(space, transform, ROWS, dense(32, Activation.TANH), dense(3, Activation.NONE));
  }

  @Test
  void outputs_ofEverySpace_agree() throws OrtException {
    Dict nested =
        Dict.of(
            Map.of(
                "place", new Discrete(5, -2),
                "dials", new MultiDiscrete(3, 4, 2),
                "lamps", new MultiBinary(3),
                "camera", Box.pixels(2, 2, 1),
                "pose", Box.of(-1, 1, 3)));
    for (Space space : List.of(nested, new Discrete(7), new MultiDiscrete(3, 2))) {
      numbersAgree(space, null, ROWS, dense(16, Activation.TANH), dense(3, Activation.NONE));
    }
    numbersAgree(new Discrete(7, -1), null, ROWS, new Embedding(5), dense(3, Activation.NONE));
    Parallel elements =
        new Parallel(
            List.of(
                new Parallel.Branch(0, List.of(3), List.of(new Embedding(4))),
                new Parallel.Branch(3, List.of(2), List.of(new Embedding(4)))));
    numbersAgree(new MultiDiscrete(3, 2), null, ROWS, elements, dense(3, Activation.NONE));
    Parallel parts =
        new Parallel(
            List.of(
                new Parallel.Branch(
                    0,
                    List.of(2, 2, 1),
                    List.of(
                        new Convolution2d(3, 2, 1, 1, Activation.RELU, new Initialisation.FanIn()),
                        new Flatten())),
                Parallel.Branch.unchanged(4, 9),
                new Parallel.Branch(16, List.of(5), List.of(new Embedding(4))),
                new Parallel.Branch(13, List.of(11), List.of(dense(5, Activation.TANH)))));
    numbersAgree(nested, null, ROWS, parts, dense(3, Activation.NONE));
  }

  @Test
  void outputs_ofPictures_agree() throws OrtException {
    numbersAgree(
        Box.pixels(20, 17, 3),
        null,
        500,
        new Convolution2d(8, 5, 2, 2, Activation.RELU, new Initialisation.FanIn()),
        new Convolution2d(6, 3, 1, Activation.TANH),
        new Flatten(),
        dense(3, Activation.NONE));
    numbersAgree(
        Box.pixels(20, 17, 3),
        null,
        500,
        new LayerNormalization(Activation.NONE, 1e-3),
        new Convolution2d(8, 5, 2, 2, Activation.NONE, new Initialisation.FanIn()),
        new LayerNormalization(Activation.RELU),
        new Convolution2d(6, 3, 1, Activation.NONE),
        new BatchRenormalization(Activation.SILU),
        new Flatten(),
        new LayerNormalization(Activation.TANH),
        new Flatten(),
        dense(3, Activation.NONE));
    numbersAgree(Box.pixels(6, 5, 2), null, 500, new Flatten(), dense(3, Activation.NONE));
    numbersAgree(Box.bytes(1, 6, 5, 2), null, 500, new Flatten(), dense(3, Activation.NONE));
  }

  @Test
  void choices_agree() throws OrtException {
    Box space = Box.of(-2, 2, 4);
    for (boolean masked : new boolean[] {false, true}) {
      NetworkPolicy policy =
          policy(space, new Discrete(5, 2), dense(32, Activation.TANH), dense(5, Activation.NONE));
      Result result = run(policy, space, null, masked, ROWS);
      long[] theirs = (long[]) result.theirs();
      int near = 0;
      for (int row = 0; row < ROWS; row++) {
        int ours = result.ours().values().ints()[row];
        if (theirs[row] != ours) {
          float[] outputs = result.outputs();
          assertThat(outputs[row * 5 + ours - 2])
              .isCloseTo(outputs[row * 5 + (int) theirs[row] - 2], within(TOLERANCE));
          near++;
        }
        assertThat(result.observations().allows(row, (int) theirs[row] - 2)).isTrue();
      }
      assertThat(near).isLessThan(10);
      assertThat(theirs).contains(2, 3, 4, 5, 6);
    }
  }

  @Test
  void choicesOfSeveralElements_agree() throws OrtException {
    Box space = Box.of(-2, 2, 4);
    NetworkPolicy multi =
        policy(
            space, new MultiDiscrete(3, 4), dense(32, Activation.TANH), dense(7, Activation.NONE));
    Result result = run(multi, space, null, false, ROWS);
    long[][] theirs = (long[][]) result.theirs();
    int same = 0;
    for (int row = 0; row < ROWS; row++) {
      for (int g = 0; g < 2; g++) {
        same += theirs[row][g] == result.ours().values().ints()[row * 2 + g] ? 1 : 0;
      }
    }
    assertThat(same).isGreaterThan(2 * ROWS - 10);
    NetworkPolicy bits =
        policy(space, new MultiBinary(3), dense(32, Activation.TANH), dense(6, Activation.NONE));
    result = run(bits, space, null, false, ROWS);
    theirs = (long[][]) result.theirs();
    same = 0;
    for (int row = 0; row < ROWS; row++) {
      for (int g = 0; g < 3; g++) {
        same += theirs[row][g] == result.ours().values().bytes()[row * 3 + g] ? 1 : 0;
      }
    }
    assertThat(same).isGreaterThan(3 * ROWS - 10);
  }

  @Test
  void numbers_areClippedAndInTheShapeOfTheirSpace() throws OrtException {
    Box space = Box.of(-2, 2, 4);
    Box actions = Box.of(new int[] {2, 1}, new float[] {-0.1f, -0.2f}, new float[] {0.1f, 0.05f});
    Result result = run(policy(space, actions, dense(2, Activation.NONE)), space, null, false, 200);
    float[][][] theirs = (float[][][]) result.theirs();
    float least = 1;
    for (int row = 0; row < 200; row++) {
      for (int d = 0; d < 2; d++) {
        assertThat(theirs[row][d][0])
            .isCloseTo(result.ours().values().floats()[row * 2 + d], within(TOLERANCE));
      }
      least = Math.min(least, theirs[row][1][0]);
    }
    assertThat(least).isEqualTo(-0.2f);
  }

  @Test
  void squashedNumbers_agree() throws OrtException {
    Box space = Box.of(-2, 2, 4);
    Box actions = Box.of(new int[] {3}, new float[] {-2, 0, -0.1f}, new float[] {2, 7, 0.3f});
    NetworkPolicy plain =
        policy(
            space,
            NUMBERS_OF_SIX,
            dense(32, Activation.RELU),
            new BatchRenormalization(Activation.TANH),
            dense(6, Activation.NONE));
    // As if it had learned.
    for (ParameterBlock block : plain.network().blocks()) {
      if (block.name().equals("mean") || block.name().equals("variance")) {
        for (int i = 0; i < block.columns(); i++) {
          plain.network().parameters()[block.index(0, i)] = 0.3f + 0.02f * i;
        }
      }
    }
    NetworkPolicy policy =
        new NetworkPolicy(space, actions, plain.network(), NetworkPolicy.Reading.SQUASHED);
    Result result = run(policy, space, null, false, ROWS);
    float[] theirs = flat((float[][]) result.theirs());
    float[] ours = result.ours().values().floats();
    float least = 1;
    float most = -1;
    for (int i = 0; i < ours.length; i++) {
      assertThat(theirs[i]).as("number %d", i).isCloseTo(ours[i], within(TOLERANCE));
      least = Math.min(least, theirs[i / 3 * 3]);
      most = Math.max(most, theirs[i / 3 * 3]);
    }
    assertThat(most - least).isGreaterThan(1);
  }

  @Test
  void tables_agree() throws OrtException {
    Dict nested =
        Dict.of(
            Map.of(
                "place", new Discrete(5, -2),
                "dials", new MultiDiscrete(3, 4),
                "lamps", new MultiBinary(2)));
    for (Space space : List.of(nested, new Discrete(7, 3), new MultiDiscrete(3, 2))) {
      for (Space actions :
          List.of(new Discrete(6, 1), new MultiDiscrete(3, 2), new MultiBinary(3))) {
        TablePolicy table = table(space, actions);
        Result result = run(table, space, null, actions instanceof Discrete, 1000);
        Columns ours = result.ours().values();
        switch (result.theirs()) {
          case long[] theirs ->
              assertThat(theirs).isEqualTo(Arrays.stream(ours.ints()).asLongStream().toArray());
          case long[][] theirs -> {
            int width = theirs[0].length;
            for (int i = 0; i < theirs.length * width; i++) {
              assertThat(theirs[i / width][i % width])
                  .isEqualTo(actions instanceof MultiBinary ? ours.bytes()[i] : ours.ints()[i]);
            }
          }
          default -> throw new AssertionError(result.theirs());
        }
      }
    }
  }

  private TablePolicy table(Space space, Space actions) {
    int states = ProductIndex.of(space).orElseThrow().size();
    double[] numbers = new double[states * ProductIndex.of(actions).orElseThrow().size()];
    Arrays.setAll(numbers, i -> random.uniform(-1, 1));
    return new TablePolicy(space, actions, numbers, TablePolicy.Rule.GREEDY_FIRST);
  }

  @Test
  void model_tellsOfItself() throws OrtException {
    Box space = Box.of(-2, 2, 4);
    Result result =
        run(policy(space, new Discrete(2), dense(2, Activation.NONE)), space, null, true, 3);
    OrtSession session = result.session();
    assertThat(session.getMetadata().getProducerName()).isEqualTo("bellman");
    assertThat(session.getMetadata().getCustomMetadata()).containsEntry("environment", "Test-v1");
    assertThat(session.getInputNames()).containsExactlyInAnyOrder("observation", "mask");
    Map<String, NodeInfo> outputs = session.getOutputInfo();
    assertThat(outputs.keySet()).containsExactlyInAnyOrder("outputs", "action");
    assertThat(outputs.get("outputs").getInfo().toString()).contains("-1, 2");
  }
}
