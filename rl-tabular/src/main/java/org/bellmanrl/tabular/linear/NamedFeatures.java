package org.bellmanrl.tabular.linear;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.bellmanrl.api.space.Space;

/**
 * A feature map of this package by its name and numbers.
 *
 * @param kind which map
 * @param numbers its numbers, in the order of its text form
 */
record NamedFeatures(Kind kind, List<Integer> numbers) implements Features {
  /** The maps that have a name. */
  enum Kind {
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

  NamedFeatures {
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

  static NamedFeatures parse(String text) {
    String[] parts = text.strip().split(":", -1);
    for (Kind kind : Kind.values()) {
      if (kind.word().equals(parts[0].toLowerCase(Locale.ROOT))) {
        List<Integer> numbers = new ArrayList<>();
        for (int i = 1; i < parts.length; i++) {
          numbers.add(number(parts[i], text));
        }
        return new NamedFeatures(kind, numbers);
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

  @Override
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

  /** Returns the text form. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(kind.word());
    for (int number : numbers) {
      text.append(':').append(number);
    }
    return text.toString();
  }
}
