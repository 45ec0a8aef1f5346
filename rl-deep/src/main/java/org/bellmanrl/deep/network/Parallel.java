package org.bellmanrl.deep.network;

import java.util.List;
import org.bellmanrl.api.options.Require;

/**
 * Layers side by side, each on a part of one vector; what leaves them is joined into one vector, in
 * order. So a picture inside of a nested observation goes through convolutions, and the numbers
 * beside it do not.
 *
 * @param branches at least one
 */
public record Parallel(List<Branch> branches) implements LayerSpec {
  public Parallel {
    branches = List.copyOf(branches);
    if (branches.isEmpty()) {
      throw new IllegalArgumentException("branches must hold at least one branch, was empty");
    }
  }

  /**
   * One of the stacks of layers.
   *
   * @param from the first number of the vector that enters; branches may overlap
   * @param extents shape of the numbers that enter: {@code [size]} or {@code [height, width,
   *     channels]}
   * @param layers those that they pass through, the last of which leaves a vector; none to leave a
   *     vector as it is
   */
  public record Branch(int from, List<Integer> extents, List<LayerSpec> layers) {
    public Branch {
      Require.atLeast("from", from, 0);
      extents = List.copyOf(extents);
      layers = List.copyOf(layers);
      if (extents.size() != 1 && extents.size() != 3) {
        throw new IllegalArgumentException(
            "extents must be [size] or [height, width, channels], was " + extents);
      }
      for (int extent : extents) {
        Require.atLeast("every extent", extent, 1);
      }
      for (LayerSpec layer : layers) {
        if (layer instanceof Parallel) {
          throw new IllegalArgumentException("a branch must not hold parallel layers itself");
        }
      }
    }

    /** Numbers {@code from} to {@code from + size} as they are. */
    public static Branch unchanged(int from, int size) {
      return new Branch(from, List.of(size), List.of());
    }

    Extent extent() {
      return extents.size() == 1
          ? Extent.vector(extents.getFirst())
          : new Extent(extents.get(0), extents.get(1), extents.get(2));
    }
  }
}
