package org.bellmanrl.env.wrapper;

import java.util.List;
import org.bellmanrl.api.VectorEnvironment;
import org.bellmanrl.api.Wrapper;
import org.bellmanrl.api.options.Described;
import org.bellmanrl.api.options.Require;
import org.bellmanrl.api.space.Box;
import org.bellmanrl.api.space.Space;
import org.bellmanrl.api.transform.GridCode;
import org.bellmanrl.api.transform.ObservationTransform;

/**
 * Tile coding: several grids over the observations, each shifted by a part of a tile (Sutton &amp;
 * Barto, 2nd ed., 2018, section 9.5.4).
 *
 * <p>Takes a float32 Box; gives a MultiDiscrete with the number of the active tile in each tiling,
 * the last element's tile varying fastest. {@link FlattenObservation} around it makes the binary
 * feature vector that a linear learner wants, with as many ones as there are tilings.
 *
 * <p>Tiling t is shifted by (1, 3, 5, …) · t / tilings of a tile's width along the elements, modulo
 * one tile; each has one tile more than {@code tiles} along every element, so that all of the range
 * is covered. What lies outside of the range counts as its edge. State saved: none.
 *
 * @param tilings how many grids, at least 1; a power of two of at least 4 times the number of
 *     elements spreads them best
 * @param tiles tiles across the range, one number for all elements or one each, each at least 1
 * @param low where the range begins, likewise; empty for the bounds of the space
 * @param high where the range ends, likewise; empty for the bounds of the space
 */
public record TileCoded(
    @Described(value = "how many grids", range = Require.AT_LEAST_ONE) int tilings,
    @Described(
            value = "tiles across the range: one number for all elements or one each",
            range = Require.AT_LEAST_ONE)
        List<Integer> tiles,
    @Described(
            value = "where the range begins: one for all or one each; empty for the bounds",
            range = Require.FINITE)
        List<Double> low,
    @Described(
            value = "where the range ends: one for all or one each; empty for the bounds",
            range = "finite, above low")
        List<Double> high)
    implements Wrapper {

  public TileCoded {
    Require.atLeast("tilings", tilings, 1);
    tiles = List.copyOf(tiles);
    low = List.copyOf(low);
    high = List.copyOf(high);
    Require.finite("low", low);
    Require.finite("high", high);
    Require.each("tiles", tiles, 1);
  }

  /** So many grids of so many tiles along each element, between the bounds of the space. */
  public TileCoded(int tilings, int tiles) {
    this(tilings, List.of(tiles), List.of(), List.of());
  }

  /** Eight grids of 8 tiles along each element, as in the book's Mountain Car (example 10.1). */
  public TileCoded() {
    this(8, 8);
  }

  /** The transform for observations of a space. */
  public ObservationTransform transform(Space space) {
    if (!Checks.isReal(space)) {
      throw Checks.observations("tile-coded", "a Box of real numbers", space);
    }
    Box box = (Box) space;
    int[] counts = Checks.spreadInts("tiles", tiles, box.size());
    requireFew(counts);
    double[][] ranges = Checks.ranges("tile-coded", box, low, high);
    return GridCode.tilings(box, tilings, counts, ranges[0], ranges[1]);
  }

  private static void requireFew(int[] counts) {
    long product = 1;
    for (int count : counts) {
      product *= count + 1L;
      if (product > Integer.MAX_VALUE) {
        throw new IllegalArgumentException(
            "tile-coded makes more than %d tiles; ask for fewer along each element"
                .formatted(Integer.MAX_VALUE));
      }
    }
  }

  @Override
  public VectorEnvironment wrap(VectorEnvironment inner) {
    return TransformObservation.wrap(this, inner, transform(inner.spec().observationSpace()));
  }
}
