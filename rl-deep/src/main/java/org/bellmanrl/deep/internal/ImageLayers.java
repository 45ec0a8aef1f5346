package org.bellmanrl.deep.internal;

import java.util.ArrayList;
import java.util.List;
import org.bellmanrl.api.space.DType;
import org.bellmanrl.deep.network.Activation;
import org.bellmanrl.deep.network.Convolution2d;
import org.bellmanrl.deep.network.Flatten;
import org.bellmanrl.deep.network.Initialisation;
import org.bellmanrl.deep.network.InputSpec;
import org.bellmanrl.deep.network.LayerSpec;

/**
 * The layers that turn an observation into a vector for the hidden layers of a network.
 *
 * <p>Images of at least 36 × 36 bytes go through the three convolutions of Mnih et al. (2015),
 * smaller ones of at least 3 × 3 through MinAtar's single one, 16 filters of 3 × 3 at stride 1
 * (Young and Tian, 2019). Vectors need no layers.
 */
public final class ImageLayers {
  /** The smallest side that the three convolutions leave an output of. */
  private static final int LARGE = 36;

  private static final int SMALL = 3;

  private ImageLayers() {}

  /**
   * Returns the layers for an input.
   *
   * @param initialisation of the convolutions' weights
   */
  public static List<LayerSpec> of(InputSpec input, Initialisation initialisation) {
    if (input.extents().size() != 3) {
      return List.of();
    }
    List<LayerSpec> layers = new ArrayList<>();
    int side = Math.min(input.extents().get(0), input.extents().get(1));
    if (input.dtype() == DType.UINT8 && side >= LARGE) {
      layers.add(new Convolution2d(32, 8, 4, 0, Activation.RELU, initialisation));
      layers.add(new Convolution2d(64, 4, 2, 0, Activation.RELU, initialisation));
      layers.add(new Convolution2d(64, 3, 1, 0, Activation.RELU, initialisation));
    } else if (input.dtype() == DType.UINT8 && side >= SMALL) {
      layers.add(new Convolution2d(16, 3, 1, 0, Activation.RELU, initialisation));
    }
    layers.add(new Flatten());
    return layers;
  }
}
