package org.bellmanrl.tabular.linear;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.bellmanrl.api.space.Space;

/**
 * Names a feature map, as a command line or a file has it.
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
 * @param kind which map
 * @param numbers its numbers, in the order above
 */
public record Features(Kind kind, List<Integer> numbers) {
  /** The maps that have a name. */
  public enum Kind {
    /** {@link TileCoding}. */
    TILES(2, 3),
    /** {@link FourierBasis}. */
    FOURIER(1, 1),
    /** {@link PolynomialBasis}. */
    POLYNOMIAL(1, 1),
    /** {@link RadialBasis}. */
    RADIAL(1, 1),
    /** {@link StateAggregation}. */
    AGGREGATION(1, 1),
    /** {@link RawFeatures}. */
    RAW(0, 0);

    private final int least;
    private final int most;

    Kind(int least, int most) {
      this.least = least;
      this.most = most;
    }

    private String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  public Features {
    numbers = List.copyOf(numbers);
    if (numbers.size() < kind.least || numbers.size() > kind.most) {
      throw new IllegalArgumentException(
          "%s takes %s, was given %d numbers"
              .formatted(
                  kind.word(),
                  kind.least == kind.most ? kind.least : kind.least + " or " + kind.most,
                  numbers.size()));
    }
  }

  /** Tile coding, exact. */
  public static Features tiles(int tilings, int tiles) {
    return new Features(Kind.TILES, List.of(tilings, tiles));
  }

  /** A Fourier basis. */
  public static Features fourier(int order) {
    return new Features(Kind.FOURIER, List.of(order));
  }

  /** State aggregation. */
  public static Features aggregation(int groups) {
    return new Features(Kind.AGGREGATION, List.of(groups));
  }

  /** The observation's elements as they are. */
  public static Features raw() {
    return new Features(Kind.RAW, List.of());
  }

  /** Reads the text form described above. */
  public static Features parse(String text) {
    String[] parts = text.strip().split(":", -1);
    for (Kind kind : Kind.values()) {
      if (kind.word().equals(parts[0].toLowerCase(Locale.ROOT))) {
        List<Integer> numbers = new ArrayList<>();
        for (int i = 1; i < parts.length; i++) {
          numbers.add(number(parts[i], text));
        }
        return new Features(kind, numbers);
      }
    }
    throw new IllegalArgumentException(
        "features must be tiles, fourier, polynomial, radial, aggregation or raw with their "
            + "numbers, as in 'tiles:8:10' or 'fourier:3', was '"
            + text
            + "'");
  }

  private static int number(String part, String text) {
    try {
      return Integer.parseInt(part);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "features must have whole numbers, was '" + part + "' in '" + text + "'", e);
    }
  }

  /**
   * The map for observations of a space.
   *
   * @throws IllegalArgumentException if the map can't take the space, or a number is out of range
   */
  public FeatureMap over(Space space) {
    return switch (kind) {
      case TILES ->
          numbers.size() == 2
              ? TileCoding.exact(space, numbers.get(0), numbers.get(1))
              : TileCoding.hashed(space, numbers.get(0), numbers.get(1), numbers.get(2));
      case FOURIER -> new FourierBasis(space, numbers.getFirst());
      case POLYNOMIAL -> new PolynomialBasis(space, numbers.getFirst());
      case RADIAL -> new RadialBasis(space, numbers.getFirst());
      case AGGREGATION -> new StateAggregation(space, numbers.getFirst());
      case RAW -> new RawFeatures(space);
    };
  }

  /** The text form. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(kind.word());
    for (int number : numbers) {
      text.append(':').append(number);
    }
    return text.toString();
  }
}
