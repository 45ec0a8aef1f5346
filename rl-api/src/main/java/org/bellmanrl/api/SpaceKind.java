package org.bellmanrl.api;

import org.bellmanrl.api.space.Box;
import org.bellmanrl.api.space.DType;
import org.bellmanrl.api.space.Discrete;
import org.bellmanrl.api.space.MultiBinary;
import org.bellmanrl.api.space.MultiDiscrete;
import org.bellmanrl.api.space.ProductIndex;
import org.bellmanrl.api.space.Space;

/** Kinds of spaces, as learners ask for them. A space can be of several kinds. */
public enum SpaceKind {
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

  SpaceKind(String words) {
    this.words = words;
  }

  /** Whether a space is of this kind. */
  public abstract boolean matches(Space space);

  /** How a message or a listing calls this kind. */
  public String words() {
    return words;
  }
}
