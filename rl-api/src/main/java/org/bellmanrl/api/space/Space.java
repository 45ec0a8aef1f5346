package org.bellmanrl.api.space;

import java.util.List;
import java.util.Objects;
import org.bellmanrl.api.random.RandomStream;
import org.bellmanrl.api.space.Layout.Leaf;

/**
 * The set of values that an observation or an action can take.
 *
 * <p>The vocabulary is closed for this major version, so that every learner, wrapper and file
 * format can treat each case by name. Spaces are immutable, compare by value and may be shared by
 * threads.
 */
public sealed interface Space permits Discrete, MultiDiscrete, MultiBinary, Box, Tuple, Dict {

  /** Returns the layout of a value of this space in a row of {@link Columns}. */
  Layout layout();

  /**
   * Draws a value into one row.
   *
   * @param random the stream to draw from
   * @param into columns of this space
   * @param row the row to overwrite
   */
  default void sample(RandomStream random, Columns into, int row) {
    List<Leaf> leaves = into.layout().leaves();
    for (int i = 0; i < leaves.size(); i++) {
      Leaves.sample(leaves.get(i), random, into, row);
    }
  }

  /**
   * Draws a value into one row, of each element one of the choices that a mask allows, each as
   * likely.
   *
   * <p>Equal to Gymnasium's {@code sample(mask=…)} for {@link Discrete} and {@link MultiDiscrete},
   * draw for draw, but for masks that allow nothing, which are refused here.
   *
   * @param random the stream to draw from
   * @param mask an element per choice, laid out as in {@link org.bellmanrl.api.Observations#mask()}
   * @param from where the row's mask begins
   * @param into columns of this space, which must be finite
   * @param row the row to overwrite
   * @throws IllegalArgumentException if this space is not finite, or an element has no choice
   */
  default void sample(RandomStream random, boolean[] mask, int from, Columns into, int row) {
    Objects.checkFromIndexSize(from, Leaves.choices(this), mask.length);
    int at = from;
    for (Leaf leaf : layout().leaves()) {
      for (int i = 0; i < leaf.width(); i++) {
        Leaves.choose(leaf, i, random, mask, at, into, row);
        at += leaf.count(i);
      }
    }
  }

  /**
   * Draws a value into one row, of each element a choice by its probability: Gymnasium's {@code
   * sample(probability=…)} for {@link Discrete} and {@link MultiDiscrete}, draw for draw.
   *
   * @param random the stream to draw from
   * @param probabilities one per choice of each element, those of an element summing to 1
   * @param into columns of this space, which must be finite
   * @param row the row to overwrite
   * @throws IllegalArgumentException if this space is not finite, or probabilities are missing,
   *     negative or do not sum to 1
   */
  default void sample(RandomStream random, double[] probabilities, Columns into, int row) {
    int choices = Leaves.choices(this);
    if (probabilities.length != choices) {
      throw new IllegalArgumentException(
          "%s needs %d probabilities, had %d".formatted(this, choices, probabilities.length));
    }
    int at = 0;
    for (Leaf leaf : layout().leaves()) {
      for (int i = 0; i < leaf.width(); i++) {
        Leaves.choose(leaf, i, random, probabilities, at, into, row);
        at += leaf.count(i);
      }
    }
  }

  /**
   * Whether the value in a row belongs to this space.
   *
   * @param in columns of this space
   * @param row the row to look at
   */
  default boolean contains(Columns in, int row) {
    for (Leaf leaf : layout().leaves()) {
      if (!Leaves.contains(leaf, in, row)) {
        return false;
      }
    }
    return true;
  }

  /** Kinds of spaces, as learners ask for them. A space can be of several kinds. */
  enum Kind {
    /** Every space there is: for learners that turn what they see into numbers themselves. */
    ANY("any space") {
      @Override
      public boolean matches(Space space) {
        return true;
      }
    },
    /** Finitely many values that can be numbered: Discrete, or a product of such. */
    FINITE("a finite space (Discrete or a product of such)") {
      @Override
      public boolean matches(Space space) {
        return ProductIndex.of(space).isPresent();
      }
    },
    /** Whole numbers, however many: values that can be told apart exactly. */
    INTEGERS(
        "whole numbers (Discrete, MultiDiscrete, MultiBinary, a uint8 Box, or a product of such)") {
      @Override
      public boolean matches(Space space) {
        return space.layout().floats() == 0;
      }
    },
    /** Discrete. */
    DISCRETE("Discrete") {
      @Override
      public boolean matches(Space space) {
        return space instanceof Discrete;
      }
    },
    /** MultiDiscrete. */
    MULTI_DISCRETE("MultiDiscrete") {
      @Override
      public boolean matches(Space space) {
        return space instanceof MultiDiscrete;
      }
    },
    /** MultiBinary. */
    MULTI_BINARY("MultiBinary") {
      @Override
      public boolean matches(Space space) {
        return space instanceof MultiBinary;
      }
    },
    /** A vector of real numbers. */
    VECTOR("a Box of real numbers with one dimension") {
      @Override
      public boolean matches(Space space) {
        return space instanceof Box box && box.dtype() == DType.FLOAT32 && box.dimensions() == 1;
      }
    },
    /** A vector of real numbers, each within finite bounds. */
    BOUNDED_VECTOR("a Box of real numbers with one dimension and finite bounds") {
      @Override
      public boolean matches(Space space) {
        return VECTOR.matches(space) && ((Box) space).bounded();
      }
    },
    /** Pixels: bytes in three dimensions. */
    PIXELS("a uint8 Box of height × width × channels") {
      @Override
      public boolean matches(Space space) {
        return space instanceof Box box && box.dtype() == DType.UINT8 && box.dimensions() == 3;
      }
    };

    private final String words;

    Kind(String words) {
      this.words = words;
    }

    /** Returns whether a space is of this kind. */
    public abstract boolean matches(Space space);

    /** Returns the name of this kind in messages and listings. */
    public String words() {
      return words;
    }
  }
}
