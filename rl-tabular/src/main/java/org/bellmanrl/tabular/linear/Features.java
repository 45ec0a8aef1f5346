package org.bellmanrl.tabular.linear;

import java.util.List;
import org.bellmanrl.api.space.Space;

/**
 * Makes the feature map for a task's observations. A command line or a file names one of those in
 * this package:
 *
 * <ul>
 *   <li>{@code tiles:8:10}: {@link TileCoding}, 8 tilings of 10 tiles per element; {@code
 *       tiles:8:10:4096} hashed to 4096 features;
 *   <li>{@code fourier:3}: {@link FourierBasis} of order 3;
 *   <li>{@code polynomial:2}: {@link PolynomialBasis} of order 2;
 *   <li>{@code radial:5}: {@link RadialBasis} with 5 centres per element;
 *   <li>{@code aggregation:10}: {@link StateAggregation} into 10 groups;
 *   <li>{@code raw}: {@link RawFeatures}.
 * </ul>
 *
 * <p>A program may give any other: {@code config.withFeatures(space -> new MyFeatures(space))}.
 */
@FunctionalInterface
public interface Features {

  /**
   * Returns the map for observations of a space.
   *
   * @throws IllegalArgumentException if the map can't take the space, or a number is out of range
   */
  FeatureMap over(Space space);

  /** Returns exact tile coding. */
  static Features tiles(int tilings, int tiles) {
    return new NamedFeatures(NamedFeatures.Kind.TILES, List.of(tilings, tiles));
  }

  /** Returns a Fourier basis. */
  static Features fourier(int order) {
    return new NamedFeatures(NamedFeatures.Kind.FOURIER, List.of(order));
  }

  /** Returns state aggregation. */
  static Features aggregation(int groups) {
    return new NamedFeatures(NamedFeatures.Kind.AGGREGATION, List.of(groups));
  }

  /** Returns the observation's elements as they are. */
  static Features raw() {
    return new NamedFeatures(NamedFeatures.Kind.RAW, List.of());
  }

  /**
   * Reads the text form described above.
   *
   * @throws IllegalArgumentException if the text names no map, or not its numbers
   */
  static Features parse(String text) {
    return NamedFeatures.parse(text);
  }
}
