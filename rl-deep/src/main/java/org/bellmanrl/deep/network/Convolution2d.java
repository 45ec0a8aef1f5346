package org.bellmanrl.deep.network;

import java.util.Objects;
import org.bellmanrl.api.options.Require;

/**
 * A square two-dimensional convolution over an input of height × width × channels. The output has
 * {@code (extent + 2·padding − kernel) / stride + 1} rows and columns (rounded down) of {@code
 * filters} channels.
 *
 * @param filters number of output channels, at least 1
 * @param kernel side of the window, at least 1
 * @param stride step of the window, at least 1
 * @param padding rows and columns of zeros around the input, from 0 to {@code kernel - 1}
 * @param activation applied to each output
 * @param initialisation of the weights and the bias
 */
public record Convolution2d(
    int filters,
    int kernel,
    int stride,
    int padding,
    Activation activation,
    Initialisation initialisation)
    implements LayerSpec {
  public Convolution2d {
    Require.atLeast("filters", filters, 1);
    Require.atLeast("kernel", kernel, 1);
    Require.atLeast("stride", stride, 1);
    if (padding < 0 || padding >= kernel) {
      throw new IllegalArgumentException(
          "padding must be in [0, %d] for a kernel of %d, was %d"
              .formatted(kernel - 1, kernel, padding));
    }
    Objects.requireNonNull(activation, "activation");
    Objects.requireNonNull(initialisation, "initialisation");
  }

  /** A convolution without padding that starts as {@link Initialisation.FanIn} says. */
  public Convolution2d(int filters, int kernel, int stride, Activation activation) {
    this(filters, kernel, stride, 0, activation, new Initialisation.FanIn());
  }
}
