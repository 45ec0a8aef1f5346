package org.bellmanrl.deep.network;

import java.util.Objects;
import org.bellmanrl.api.options.Require;

/**
 * Normalises each row to mean 0 and variance 1, scales and shifts it by learned numbers per unit
 * (Ba, Kiros and Hinton, 2016), and applies an activation: put it behind a layer without one.
 *
 * <p>Of a picture, it normalises the channels of each place for themselves, with a scale and a
 * shift per channel, as Flax's {@code LayerNorm} does; behind {@link Flatten}, it normalises all
 * numbers together.
 *
 * @param activation applied to each output
 * @param epsilon added to the variance, above 0
 * @param learned whether rows are scaled and shifted; without, the layer has no parameters
 */
public record LayerNormalization(Activation activation, double epsilon, boolean learned)
    implements LayerSpec {
  static final double USUAL = 1e-5;

  public LayerNormalization {
    Objects.requireNonNull(activation, "activation");
    Require.inRange("epsilon", epsilon, "(0, 1)");
  }

  /** Layer normalisation that scales and shifts. */
  public LayerNormalization(Activation activation, double epsilon) {
    this(activation, epsilon, true);
  }

  /** The same with the usual epsilon, 1e-5. */
  public LayerNormalization(Activation activation) {
    this(activation, USUAL);
  }
}
