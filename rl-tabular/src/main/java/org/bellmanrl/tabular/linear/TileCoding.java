package org.bellmanrl.tabular.linear;

import org.bellmanrl.api.options.Require;
import org.bellmanrl.api.random.RandomStream;
import org.bellmanrl.api.space.Columns;
import org.bellmanrl.api.space.Space;

/**
 * Tile coding: several grids over the observations, each shifted a little against the others; the
 * features are the tiles, 1 where the observation lies and 0 elsewhere.
 *
 * <p>Tiling t is shifted by t (1, 3, 5, …) / tilings of a tile's width, as Miller and Glanz advise.
 * An exact coding has a feature for each tile; a hashed one spreads them over a memory of any size,
 * and tiles that meet there share a weight.
 *
 * <p>Source: Sutton &amp; Barto, 2nd ed., 2018, section 9.5.4; Miller &amp; Glanz, <i>UNH_CMAC
 * Version 2.1</i>, University of New Hampshire, 1996, whose hashing Sutton's tile coding software
 * took over: a sum of random numbers, one for each coordinate, modulo the memory. The random
 * numbers here are drawn from our own generator. Immutable.
 */
public final class TileCoding implements FeatureMap {
  private static final int TABLE = 2048;
  private static final int INCREMENT = 449;

  private final ScaledInputs inputs;
  private final int tilings;
  private final int tiles;
  private final int memory;
  private final int perTiling;
  private final int[] random;

  /** By how much of a tile's {@code tilings}-th part each tiling is shifted along each element. */
  private final int[] shifts;

  /** The logarithm of {@code tilings}; -1 if it is not a power of two. */
  private final int bits;

  private TileCoding(ScaledInputs inputs, int tilings, int tiles, int memory) {
    Require.atLeast("tilings", tilings, 1);
    if (tiles < 1) {
      throw new IllegalArgumentException("tiles per element must be at least 1, was " + tiles);
    }
    if (memory < 0) {
      throw new IllegalArgumentException(
          "memory must be at least 1 feature, or 0 for an exact coding, was " + memory);
    }
    this.inputs = inputs;
    this.tilings = tilings;
    this.tiles = tiles;
    this.memory = memory;
    this.shifts = new int[tilings * inputs.count()];
    for (int i = 0; i < shifts.length; i++) {
      int tiling = i / inputs.count();
      shifts[i] = (int) ((long) tiling * (2 * (i % inputs.count()) + 1) % tilings);
    }
    this.bits = Integer.bitCount(tilings) == 1 ? Integer.numberOfTrailingZeros(tilings) : -1;
    // A shifted grid covers the range with one tile more.
    this.perTiling = memory > 0 ? 0 : inputs.power(tiles + 1, "tile coding without a memory");
    this.random = new int[memory > 0 ? TABLE : 0];
    if (memory > 0) {
      RandomStream stream = RandomStream.ofSeed(0);
      stream.fillIntegers(random, 0, TABLE, 0, Integer.MAX_VALUE);
    } else if ((long) perTiling * tilings > Integer.MAX_VALUE - 8) {
      throw new IllegalArgumentException(
          "%d tilings of %d tiles don't fit an array; give a memory".formatted(tilings, perTiling));
    }
  }

  /**
   * A feature for each tile between the bounds of the space.
   *
   * @param space a finite space, taken as the number of its value, or a bounded vector
   * @param tilings number of grids, at least 1
   * @param tiles tiles that span the range of an element, at least 1
   * @throws IllegalArgumentException if there are too many tiles for an array
   */
  public static TileCoding exact(Space space, int tilings, int tiles) {
    return new TileCoding(ScaledInputs.of(space), tilings, tiles, 0);
  }

  /** Makes tilings of a vector between given bounds; values outside are clipped to them. */
  public static TileCoding exact(Space space, double[] low, double[] high, int tilings, int tiles) {
    return new TileCoding(ScaledInputs.within(space, low, high), tilings, tiles, 0);
  }

  /**
   * Tiles hashed to a memory.
   *
   * @param space a finite space, taken as the number of its value, or a bounded vector
   * @param tilings number of grids, at least 1
   * @param tiles tiles that span the range of an element, at least 1
   * @param memory number of features, at least 1
   */
  public static TileCoding hashed(Space space, int tilings, int tiles, int memory) {
    if (memory < 1) {
      throw new IllegalArgumentException("memory must be at least 1 feature, was " + memory);
    }
    return new TileCoding(ScaledInputs.of(space), tilings, tiles, memory);
  }

  @Override
  public int size() {
    return memory > 0 ? memory : perTiling * tilings;
  }

  @Override
  public int active() {
    return tilings;
  }

  /** The tile of tiling {@code k}. */
  @Override
  public int index(Columns observations, int row, int k) {
    return memory > 0 ? hashedIndex(observations, row, k) : exactIndex(observations, row, k);
  }

  private int exactIndex(Columns observations, int row, int tiling) {
    int index = tiling;
    for (int i = 0; i < inputs.count(); i++) {
      index = index * (tiles + 1) + coordinate(observations, row, tiling, i);
    }
    return index;
  }

  private int hashedIndex(Columns observations, int row, int tiling) {
    long sum = random[tiling & (TABLE - 1)];
    for (int i = 0; i < inputs.count(); i++) {
      int coordinate = coordinate(observations, row, tiling, i);
      sum += random[(coordinate + INCREMENT * (i + 1)) & (TABLE - 1)];
    }
    return (int) (sum % memory);
  }

  private int coordinate(Columns observations, int row, int tiling, int i) {
    int quantised = (int) (inputs.get(observations, row, i) * tiles * tilings);
    int shifted = quantised + shifts[tiling * inputs.count() + i];
    // A division takes longer than all the rest.
    return bits >= 0 ? shifted >> bits : shifted / tilings;
  }

  /** Always 1. */
  @Override
  public double value(Columns observations, int row, int k) {
    return 1;
  }
}
