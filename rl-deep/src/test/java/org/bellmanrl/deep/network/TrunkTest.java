package org.bellmanrl.deep.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.bellmanrl.api.random.RandomStream;
import org.bellmanrl.api.space.Box;
import org.bellmanrl.api.space.Dict;
import org.bellmanrl.api.space.Discrete;
import org.bellmanrl.api.space.MultiDiscrete;
import org.bellmanrl.api.space.Space;
import org.bellmanrl.api.space.Tuple;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TrunkTest {
  private static final Initialisation START = new Initialisation.FanIn();
  private static final LayerSpec HEAD = new Dense(2, Activation.NONE, START);

  private static List<LayerSpec> layers(Trunk trunk, Space space) {
    NetworkSpec spec = trunk.network(new ObservationEncoder(space), START, HEAD);
    // The layers fit.
    assertThat(Network.create(spec, RandomStream.ofSeed(0)).outputSize()).isEqualTo(2);
    assertThat(spec.layers().getLast()).isEqualTo(HEAD);
    return spec.layers().subList(0, spec.layers().size() - 1);
  }

  private static Trunk trunk(String... hidden) {
    return Trunk.of(Activation.RELU)
        .withHidden(List.of(hidden).stream().map(HiddenLayer::parse).toList());
  }

  /** Every size has layers that fit it, the smallest of each kind too. */
  @ParameterizedTest
  @CsvSource({"84,84,4", "36,40,4", "40,36,4", "35,84,2", "10,10,2", "3,3,2", "2,9,1", "1,1,1"})
  void network_pictureOfAnySize_fits(int height, int width, int expected) {
    assertThat(layers(trunk(), Box.pixels(height, width, 3)))
        .hasSize(expected)
        .last()
        .isEqualTo(new Flatten());
  }

  @Test
  void network_boardOfMinAtar_isTheNetworkOfItsPaper() {
    assertThat(layers(trunk("128"), Box.bytes(1, 10, 10, 4)))
        .containsExactly(
            new Convolution2d(16, 3, 1, 0, Activation.RELU, START),
            new Flatten(),
            new Dense(128, Activation.RELU, START));
  }

  @Test
  void network_vector_hasTheHiddenLayersAlone() {
    assertThat(layers(trunk(), Box.of(-1f, 1f, 100))).isEmpty();
    assertThat(layers(trunk("dense 8 none", "layer-norm", "4"), Box.of(-1f, 1f, 100)))
        .containsExactly(
            new Dense(8, Activation.NONE, START),
            new LayerNormalization(Activation.RELU),
            new Dense(4, Activation.RELU, START));
  }

  @Test
  void network_ownConvolutions_takeThePlaceOfTheUsualOnes() {
    assertThat(layers(trunk("conv 5 2 2 1 tanh", "7"), Box.pixels(40, 40, 3)))
        .containsExactly(
            new Convolution2d(5, 2, 2, 1, Activation.TANH, START),
            new Flatten(),
            new Dense(7, Activation.RELU, START));
    assertThat(layers(trunk("flatten", "7"), Box.pixels(40, 40, 3)))
        .containsExactly(new Flatten(), new Dense(7, Activation.RELU, START));
  }

  @Test
  void network_normalisationOfPictures_standsWhereItIsWritten() {
    Space picture = Box.pixels(40, 40, 3);
    LayerSpec norm = new LayerNormalization(Activation.RELU);
    LayerSpec first = new Convolution2d(5, 2, 1, 0, Activation.NONE, START);
    LayerSpec second = new Convolution2d(6, 3, 1, 0, Activation.NONE, START);
    LayerSpec dense = new Dense(7, Activation.RELU, START);

    assertThat(layers(trunk("conv 5 2 1 0 none", "layer-norm", "flatten", "7"), picture))
        .containsExactly(first, norm, new Flatten(), dense);
    assertThat(layers(trunk("conv 5 2 1 0 none", "layer-norm", "7"), picture))
        .containsExactly(first, norm, new Flatten(), dense);
    assertThat(layers(trunk("conv 5 2 1 0 none", "flatten", "layer-norm", "7"), picture))
        .containsExactly(first, new Flatten(), norm, dense);
    assertThat(
            layers(
                trunk(
                    "layer-norm",
                    "conv 5 2 1 0 none",
                    "layer-norm",
                    "conv 6 3 1 0 none",
                    "batch-renorm"),
                picture))
        .containsExactly(
            norm, first, norm, second, new BatchRenormalization(Activation.RELU), new Flatten());
    assertThat(layers(trunk("layer-norm", "7"), Box.pixels(10, 10, 4)))
        .containsExactly(
            new Convolution2d(16, 3, 1, 0, Activation.RELU, START), new Flatten(), norm, dense);
  }

  private static final Space NESTED =
      Dict.of(Map.of("a", new Discrete(3), "b", Box.pixels(4, 5, 2), "c", Box.of(-1f, 1f, 6)));

  @Test
  void network_pictureInsideOfADict_goesThroughConvolutionsAlone() {
    assertThat(layers(trunk("8"), NESTED))
        .containsExactly(
            new Parallel(
                List.of(
                    Parallel.Branch.unchanged(0, 3),
                    new Parallel.Branch(
                        3,
                        List.of(4, 5, 2),
                        List.of(
                            new Convolution2d(16, 3, 1, 0, Activation.RELU, START), new Flatten())),
                    Parallel.Branch.unchanged(43, 6))),
            new Dense(8, Activation.RELU, START));
  }

  private static Space twoCameras() {
    return Dict.of(
        Map.of(
            "arm", Tuple.of(Box.of(-1f, 1f, 2), new Discrete(3)),
            "front", Box.pixels(4, 5, 2),
            "pose", Box.of(-1f, 1f, 6),
            "rear", Box.pixels(6, 6, 1)));
  }

  @Test
  void network_partsWithLayersOfTheirOwn_goThroughThese() {
    Convolution2d common = new Convolution2d(2, 2, 1, 0, Activation.RELU, START);
    Convolution2d own = new Convolution2d(3, 4, 1, 0, Activation.NONE, START);
    assertThat(
            layers(
                trunk("rear: [conv 3 4 1 0 none, layer-norm, 7]", "arm: 4 tanh", "conv 2 2", "8"),
                twoCameras()))
        .containsExactly(
            new Parallel(
                List.of(
                    new Parallel.Branch(
                        0, List.of(5), List.of(new Dense(4, Activation.TANH, START))),
                    new Parallel.Branch(5, List.of(4, 5, 2), List.of(common, new Flatten())),
                    Parallel.Branch.unchanged(45, 6),
                    new Parallel.Branch(
                        51,
                        List.of(6, 6, 1),
                        List.of(
                            own,
                            new LayerNormalization(Activation.RELU),
                            new Flatten(),
                            new Dense(7, Activation.RELU, START))))),
            new Dense(8, Activation.RELU, START));
    // A picture that says no convolutions has the usual ones before its own layers.
    assertThat(layers(trunk("front: 7", "arm/1: 3 silu"), twoCameras()))
        .containsExactly(
            new Parallel(
                List.of(
                    Parallel.Branch.unchanged(0, 2),
                    new Parallel.Branch(
                        2, List.of(3), List.of(new Dense(3, Activation.SILU, START))),
                    new Parallel.Branch(
                        5,
                        List.of(4, 5, 2),
                        List.of(
                            new Convolution2d(16, 3, 1, 0, Activation.RELU, START),
                            new Flatten(),
                            new Dense(7, Activation.RELU, START))),
                    Parallel.Branch.unchanged(45, 6),
                    new Parallel.Branch(
                        51,
                        List.of(6, 6, 1),
                        List.of(
                            new Convolution2d(16, 3, 1, 0, Activation.RELU, START),
                            new Flatten())))));
  }

  @Test
  void critic_withLayersForParts_takesTheActionBesideThem() {
    NetworkSpec spec =
        trunk("c: 4", "b: [flatten, 5]", "gru 6", "7")
            .critic(new ObservationEncoder(NESTED), 2, START, HEAD);
    assertThat(spec.layers().getFirst())
        .isEqualTo(
            new Parallel(
                List.of(
                    Parallel.Branch.unchanged(0, 3),
                    new Parallel.Branch(
                        3,
                        List.of(4, 5, 2),
                        List.of(new Flatten(), new Dense(5, Activation.RELU, START))),
                    new Parallel.Branch(
                        43, List.of(6), List.of(new Dense(4, Activation.RELU, START))),
                    Parallel.Branch.unchanged(49, 2))));
    assertThat(spec.layers().get(1))
        .isEqualTo(
            new Parallel(
                List.of(
                    new Parallel.Branch(0, List.of(12), List.of(new Gru(6))),
                    Parallel.Branch.unchanged(12, 2))));
    assertThat(Network.create(spec, RandomStream.ofSeed(0)).outputSize()).isEqualTo(2);
  }

  @Test
  void interleaved_putsTheLayerBeforeEachThatSeesNoPicture() {
    HiddenLayer norm = HiddenLayer.parse("layer-norm");
    assertThat(trunk("c: [4, 5]", "b: conv 2 2", "conv 3 3", "8").interleaved(norm).hidden())
        .hasToString(
            "[c: [layer-norm, 4, layer-norm, 5], b: [conv 2 2 1 0, flatten], conv 3 3 1 0, flatten,"
                + " layer-norm, 8, layer-norm]");
  }

  @Test
  void network_embedding_isForDiscreteObservationsAndParts() {
    assertThat(layers(trunk("embedding 4", "8"), new Discrete(5, 2)))
        .containsExactly(new Embedding(4), new Dense(8, Activation.RELU, START));
    assertThat(layers(trunk("a: [embedding 4, 3]"), NESTED).getFirst())
        .asInstanceOf(InstanceOfAssertFactories.type(Parallel.class))
        .extracting(parallel -> parallel.branches().getFirst())
        .isEqualTo(
            new Parallel.Branch(
                0, List.of(3), List.of(new Embedding(4), new Dense(3, Activation.RELU, START))));
    NetworkSpec critic =
        trunk("embedding 4", "8").critic(new ObservationEncoder(new Discrete(5)), 2, START, HEAD);
    assertThat(critic.layers())
        .containsExactly(
            new Parallel(
                List.of(
                    new Parallel.Branch(0, List.of(5), List.of(new Embedding(4))),
                    Parallel.Branch.unchanged(5, 2))),
            new Dense(8, Activation.RELU, START),
            HEAD);
    assertThat(
            trunk("a: [embedding 4, 3]", "8")
                .interleaved(HiddenLayer.parse("dropout 0.1"))
                .hidden())
        .hasToString("[a: [embedding 4, dropout 0.1, 3], dropout 0.1, 8, dropout 0.1]");

    assertThatThrownBy(() -> layers(trunk("embedding 4"), NESTED))
        .hasMessageContaining("hidden must not begin with embedding 4 for observations of Dict")
        .hasMessageContaining("it is for Discrete and MultiDiscrete ones or parts");
    assertThatThrownBy(() -> layers(trunk("c: embedding 4"), NESTED))
        .hasMessageContaining("the layers for part 'c' must not begin with embedding 4")
        .hasMessageContaining("it is neither Discrete nor MultiDiscrete");
    assertThatThrownBy(() -> layers(trunk("arm: embedding 4"), twoCameras()))
        .hasMessageContaining("it is neither Discrete nor MultiDiscrete");
    assertThatThrownBy(() -> trunk("8", "embedding 4"))
        .hasMessageContaining("an embedding must be the first layer");
    assertThatThrownBy(() -> trunk("a: [2, embedding 4]"))
        .hasMessageContaining("an embedding must be the first layer");
  }

  @Test
  void network_embeddingOfMultiDiscrete_isOneForEachElement() {
    Space two = new MultiDiscrete(3, 2);
    Parallel embedded =
        new Parallel(
            List.of(
                new Parallel.Branch(0, List.of(3), List.of(new Embedding(4))),
                new Parallel.Branch(3, List.of(2), List.of(new Embedding(4)))));
    assertThat(layers(trunk("embedding 4", "8"), two))
        .containsExactly(embedded, new Dense(8, Activation.RELU, START));
    List<Parallel.Branch> withAction = new ArrayList<>(embedded.branches());
    withAction.add(Parallel.Branch.unchanged(5, 2));
    assertThat(trunk("embedding 4", "8").critic(new ObservationEncoder(two), 2, START, HEAD))
        .extracting(critic -> critic.layers().getFirst())
        .isEqualTo(new Parallel(withAction));
    Space nested = Dict.of(Map.of("a", new Discrete(3), "b", two));
    assertThat(layers(trunk("b: embedding 4", "8"), nested).getFirst())
        .isEqualTo(
            new Parallel(
                List.of(
                    Parallel.Branch.unchanged(0, 3),
                    new Parallel.Branch(3, List.of(3), List.of(new Embedding(4))),
                    new Parallel.Branch(6, List.of(2), List.of(new Embedding(4))))));
    assertThatThrownBy(() -> layers(trunk("b: [embedding 4, 8]"), nested))
        .hasMessageContaining(
            "the layers for part 'b' must be embedding 4 alone, which is for each element of"
                + " MultiDiscrete");
  }

  @Test
  void network_partsThatDoNotFit_areRefused() {
    assertThatThrownBy(() -> layers(trunk("d: 4"), NESTED))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("layers for a part 'd'")
        .hasMessageContaining("have the parts a, b, c");
    assertThatThrownBy(() -> layers(trunk("d: 4"), Box.pixels(5, 5, 1)))
        .hasMessageContaining("have no parts");
    assertThatThrownBy(() -> layers(trunk("c: conv 2 2"), NESTED))
        .hasMessageContaining("the layers for part 'c' must not begin with conv 2 2 1 0");
    assertThatThrownBy(() -> layers(trunk("b: 4", "conv 2 2", "layer-norm"), NESTED))
        .hasMessageContaining("hidden must not begin with conv 2 2 1 0, layer-norm for")
        .hasMessageContaining("no picture without layers of its own");
    assertThatThrownBy(() -> trunk("8", "c: 4"))
        .hasMessageContaining("must stand before all others, was [8, c: [4]]");
    assertThatThrownBy(() -> trunk("arm: 4", "arm/1: 4"))
        .hasMessageContaining("part 'arm/1' must have layers once");
    assertThatThrownBy(() -> trunk("arm: 4", "arm: 4"))
        .hasMessageContaining("part 'arm' must have layers once");
    assertThatThrownBy(
            () -> trunk("c: lstm 4").network(new ObservationEncoder(NESTED), START, HEAD))
        .hasMessageContaining("a learner of single steps takes no recurrent layers");
    assertThatThrownBy(() -> HiddenLayer.ofPart("c", List.of()))
        .hasMessageContaining("a part must have a name, and layers");
    assertThatThrownBy(() -> HiddenLayer.ofPart("c", List.of(HiddenLayer.parse("d: 4"))))
        .hasMessageContaining("layers that are for no part themselves");
  }

  @Test
  void critic_takesTheActionBehindTheObservation() {
    NetworkSpec plain =
        trunk("8").critic(new ObservationEncoder(Box.of(-1f, 1f, 3)), 2, START, HEAD);
    assertThat(plain)
        .isEqualTo(NetworkSpec.of(InputSpec.vector(5), new Dense(8, Activation.RELU, START), HEAD));

    NetworkSpec pixels =
        trunk("conv 4 2").critic(new ObservationEncoder(Box.pixels(3, 3, 1)), 2, START, HEAD);
    assertThat(pixels.input()).isEqualTo(InputSpec.vector(11));
    assertThat(pixels.layers().getFirst())
        .isEqualTo(
            new Parallel(
                List.of(
                    new Parallel.Branch(
                        0,
                        List.of(3, 3, 1),
                        List.of(
                            new Convolution2d(4, 2, 1, 0, Activation.RELU, START), new Flatten())),
                    Parallel.Branch.unchanged(9, 2))));
  }

  @Test
  void critic_withMemory_takesTheActionBehindIt() {
    NetworkSpec spec =
        trunk("8", "gru 4", "6").critic(new ObservationEncoder(NESTED), 2, START, HEAD);

    assertThat(spec.input()).isEqualTo(InputSpec.vector(51));
    assertThat(spec.layers().get(1))
        .isEqualTo(
            new Parallel(
                List.of(
                    new Parallel.Branch(
                        0, List.of(105), List.of(new Dense(8, Activation.RELU, START), new Gru(4))),
                    Parallel.Branch.unchanged(105, 2))));
    assertThat(spec.layers().subList(2, 4))
        .containsExactly(new Dense(6, Activation.RELU, START), HEAD);
    assertThatThrownBy(() ->
            trunk("8", "gru 4").critic(new ObservationEncoder(Box.of(-1f, 1f, 3)), 2, START, HEAD))
        .hasMessageContaining("must end in one that is not recurrent");
  }

  @Test
  void network_convolutionsWithoutAPicture_areRefused() {
    assertThatThrownBy(() -> layers(trunk("conv 4 2"), Box.of(-1f, 1f, 3)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("hidden must not begin with conv 4 2 1 0")
        .hasMessageContaining("there is no picture");
    assertThat(layers(trunk("layer-norm", "7"), Box.of(-1f, 1f, 3))).hasSize(2);
    assertThatThrownBy(() -> layers(trunk("layer-norm", "conv 4 2"), Box.of(-1f, 1f, 3)))
        .hasMessageContaining("hidden must not begin with layer-norm, conv 4 2 1 0 for");
  }

  @ParameterizedTest
  @CsvSource({
    "64,64",
    "dense 64,64",
    "DENSE 64 ReLU,dense 64 relu",
    "dense 64 orthogonal:0.5,dense 64 orthogonal:0.5",
    "dense 64 tanh kaiming:2,dense 64 tanh kaiming:2.0",
    "dense 3 fan-in,dense 3 fan-in",
    "conv 16 3,conv 16 3 1 0",
    "conv 16 8 4 2 silu xavier:1,conv 16 8 4 2 silu xavier:1.0",
    "flatten,flatten",
    "embedding 8,embedding 8",
    "residual 32,residual 32 4",
    "residual 32 2 silu orthogonal:1,residual 32 2 silu orthogonal:1.0",
    "dropout 0.01,dropout 0.01",
    "hyper-embedding 32,hyper-embedding 32",
    "hyper-embedding 32 1,hyper-embedding 32 1.0",
    "hyper-block 32,hyper-block 32 4 0.5",
    "hyper-block 32 2 0.25 relu,hyper-block 32 2 0.25 relu",
    "layer-norm,layer-norm",
    "layer-norm plain,layer-norm plain",
    "layer-norm 1e-6 PLAIN Leaky-ReLU,layer-norm 1.0E-6 plain leaky_relu",
    "batch-renorm,batch-renorm 0.01 100000",
    "batch-renorm 0.1 50 none,batch-renorm 0.1 50 none",
    "layer-norm 1e-6 tanh,layer-norm 1.0E-6 tanh",
    "noisy 32 relu,noisy 32 relu",
    "noisy 32 0.1,noisy 32 0.1",
    "pose: 64,pose: [64]",
    "Arm/1 :  dense 64 tanh,Arm/1: [dense 64 tanh]",
    "'my camera:[conv 16 3, flatten,32]','my camera: [conv 16 3 1 0, flatten, 32]'",
    "'pose: [dense 8 orthogonal:0.5, 4]','pose: [dense 8 orthogonal:0.5, 4]'"
  })
  void hiddenLayer_textForms_readBack(String text, String written) {
    HiddenLayer layer = HiddenLayer.parse(text);
    assertThat(layer).hasToString(written).isEqualTo(HiddenLayer.parse(written));
    assertThat(layer).hasSameHashCodeAs(HiddenLayer.parse(written));
  }

  @Test
  void hiddenLayer_givenExactly_keepsWhatItSays() {
    LayerSpec exact = new Dense(5, Activation.TANH, new Initialisation.Orthogonal(0.1));
    HiddenLayer layer = HiddenLayer.of(exact);
    assertThat(layer.with(Activation.RELU, START)).containsExactly(exact);
    assertThat(HiddenLayer.parse(layer.toString())).isEqualTo(layer);
    assertThat(HiddenLayer.parse("5").with(Activation.SILU, new Initialisation.Xavier(2)))
        .containsExactly(new Dense(5, Activation.SILU, new Initialisation.Xavier(2)));
  }

  @ParameterizedTest
  @CsvSource({
    "'   ',is no layer",
    "dance 5,is no layer",
    "dense,units is missing",
    "dense five,must be a whole number",
    "dense 5 6,more than a layer",
    "dense 0,units must be at least 1",
    "conv 5,kernel is missing",
    "flatten relu,more than a layer",
    "embedding 4 relu,more than a layer",
    "dropout 0.1 relu,more than a layer",
    "hyper-embedding 8 3 relu,more than a layer",
    "hyper-block 8 2 0.5 fan-in,more than a layer",
    "hyper-block 8 2 2,'alpha must be in (0, 1]'",
    "dropout 1,'rate must be in [0, 1)'",
    "residual,units is missing",
    "pose: [],is no layer",
    "'pose: [4,]',is no layer",
    "pose: arm: 4,is no layer",
    ": 4,is no layer",
    "layer-norm fan-in,more than a layer",
    "layer-norm plain 1e-6,epsilon must be a number",
    "dense 5 uniform:2,is no initialisation"
  })
  void hiddenLayer_otherText_isRefusedWithTheReason(String text, String reason) {
    assertThatThrownBy(() -> HiddenLayer.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(reason);
  }

  @Test
  void hiddenLayer_ofAHead_isRefused() {
    assertThatThrownBy(() -> HiddenLayer.of(new Dueling(3)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("a hidden layer must be");
  }
}
