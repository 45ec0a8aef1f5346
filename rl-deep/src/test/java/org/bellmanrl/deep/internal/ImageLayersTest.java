package org.bellmanrl.deep.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.bellmanrl.api.random.RandomStream;
import org.bellmanrl.api.space.Box;
import org.bellmanrl.deep.network.Activation;
import org.bellmanrl.deep.network.Convolution2d;
import org.bellmanrl.deep.network.Dense;
import org.bellmanrl.deep.network.Flatten;
import org.bellmanrl.deep.network.Initialisation;
import org.bellmanrl.deep.network.InputSpec;
import org.bellmanrl.deep.network.LayerSpec;
import org.bellmanrl.deep.network.Network;
import org.bellmanrl.deep.network.NetworkSpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImageLayersTest {
  private static final Initialisation START = new Initialisation.FanIn();

  private static List<LayerSpec> layers(InputSpec input) {
    return ImageLayers.of(input, START);
  }

  /** Every size has layers that fit it, the smallest of each kind too. */
  @ParameterizedTest
  @CsvSource({"84,84,4", "36,40,4", "40,36,4", "35,84,2", "10,10,2", "3,3,2", "2,9,1", "1,1,1"})
  void of_anySize_fits(int height, int width, int expected) {
    InputSpec input = InputSpec.pixels(height, width, 3);
    List<LayerSpec> layers = new ArrayList<>(layers(input));
    assertThat(layers).hasSize(expected).last().isEqualTo(new Flatten());
    layers.add(new Dense(2, Activation.NONE));
    assertThat(
            Network.create(new NetworkSpec(input, layers), RandomStream.ofSeed(0)).spec().layers())
        .isEqualTo(layers);
  }

  @Test
  void of_boardOfMinAtar_isTheNetworkOfItsPaper() {
    assertThat(layers(InputSpec.of(Box.bytes(1, 10, 10, 4))))
        .containsExactly(new Convolution2d(16, 3, 1, 0, Activation.RELU, START), new Flatten());
  }

  @Test
  void of_vector_isEmpty() {
    assertThat(layers(InputSpec.vector(100))).isEmpty();
  }
}
