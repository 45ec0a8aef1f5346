package org.bellmanrl.tabular.linear;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.HashSet;
import java.util.Set;
import org.bellmanrl.api.random.RandomStream;
import org.bellmanrl.api.space.Box;
import org.bellmanrl.api.space.Columns;
import org.bellmanrl.api.space.Discrete;
import org.bellmanrl.api.space.Space;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class FeatureMapsTest {
  private static final Space UNIT = Box.of(0, 1, 2);
  private static final Space LINE = Box.of(-2, 2, 1);

  private static Columns at(Space space, double... elements) {
    Columns columns = new Columns(space, 1);
    for (int i = 0; i < elements.length; i++) {
      columns.floats()[i] = (float) elements[i];
    }
    return columns;
  }

  private static Columns state(int n, int state) {
    Columns columns = new Columns(new Discrete(n), 1);
    columns.ints()[0] = state;
    return columns;
  }

  private static double[] dense(FeatureMap map, Columns observation) {
    double[] x = new double[map.size()];
    for (int k = 0; k < map.active(); k++) {
      x[map.index(observation, 0, k)] += map.value(observation, 0, k);
    }
    return x;
  }

  @Test
  void tileCoding_oneElement_shiftsEachTilingByItsPart() {
    // Two tilings of two tiles over [-2, 2]: a tile is 2 wide and the second grid half that ahead.
    TileCoding tiles = TileCoding.exact(LINE, 2, 2);

    assertThat(tiles.size()).isEqualTo(6);
    assertThat(dense(tiles, at(LINE, -2))).containsExactly(1, 0, 0, 1, 0, 0);
    assertThat(dense(tiles, at(LINE, -1.01))).containsExactly(1, 0, 0, 1, 0, 0);
    assertThat(dense(tiles, at(LINE, -0.99))).containsExactly(1, 0, 0, 0, 1, 0);
    assertThat(dense(tiles, at(LINE, 0.01))).containsExactly(0, 1, 0, 0, 1, 0);
    assertThat(dense(tiles, at(LINE, 1.5))).containsExactly(0, 1, 0, 0, 0, 1);
    assertThat(dense(tiles, at(LINE, 2))).containsExactly(0, 0, 1, 0, 0, 1);
  }

  @Test
  void tileCoding_twoElements_areShiftedByOneAndThree() {
    TileCoding tiles = TileCoding.exact(UNIT, 4, 1);
    // Tiling 1 is ahead by 1/4 in the first element and by 3/4 in the second.
    int origin = tiles.index(at(UNIT, 0, 0), 0, 1);

    assertThat(tiles.index(at(UNIT, 0.74, 0), 0, 1)).isEqualTo(origin);
    assertThat(tiles.index(at(UNIT, 0.76, 0), 0, 1)).isEqualTo(origin + 2);
    assertThat(tiles.index(at(UNIT, 0, 0.24), 0, 1)).isEqualTo(origin);
    assertThat(tiles.index(at(UNIT, 0, 0.26), 0, 1)).isEqualTo(origin + 1);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 8})
  void tileCoding_exact_everyTilingHasTilesOfItsOwnAndAllAreInRange(int tilings) {
    TileCoding tiles = TileCoding.exact(UNIT, tilings, 4);
    RandomStream random = RandomStream.ofSeed(1);
    Columns observation = new Columns(UNIT, 1);
    for (int i = 0; i < 500; i++) {
      UNIT.sample(random, observation, 0);
      for (int k = 0; k < tilings; k++) {
        assertThat(tiles.index(observation, 0, k)).isBetween(k * 25, k * 25 + 24);
      }
    }
  }

  /** A memory much larger than the tiles tells apart almost all that the exact coding does. */
  @Test
  void tileCoding_hashed_groupsAsTheExactOneDoes() {
    TileCoding exact = TileCoding.exact(UNIT, 8, 8);
    TileCoding hashed = TileCoding.hashed(UNIT, 8, 8, 1 << 20);
    RandomStream random = RandomStream.ofSeed(2);
    Set<Integer> exactTiles = new HashSet<>();
    Set<Integer> hashedTiles = new HashSet<>();
    Set<Long> pairs = new HashSet<>();
    Columns observation = new Columns(UNIT, 1);
    for (int i = 0; i < 5000; i++) {
      UNIT.sample(random, observation, 0);
      for (int k = 0; k < 8; k++) {
        int one = exact.index(observation, 0, k);
        int other = hashed.index(observation, 0, k);
        exactTiles.add(one);
        hashedTiles.add(other);
        pairs.add(((long) one << 32) | other);
      }
    }

    // One hash for each tile, and few tiles that share one.
    assertThat(pairs).hasSameSizeAs(exactTiles);
    assertThat(hashedTiles.size()).isBetween((int) (0.98 * exactTiles.size()), exactTiles.size());
  }

  @Test
  void tileCoding_hashed_staysWithinItsMemory() {
    TileCoding hashed = TileCoding.hashed(UNIT, 8, 8, 37);
    RandomStream random = RandomStream.ofSeed(3);
    Columns observation = new Columns(UNIT, 1);
    Set<Integer> seen = new HashSet<>();
    for (int i = 0; i < 500; i++) {
      UNIT.sample(random, observation, 0);
      for (int k = 0; k < 8; k++) {
        assertThat(hashed.index(observation, 0, k)).isBetween(0, 36);
        seen.add(hashed.index(observation, 0, k));
      }
    }
    assertThat(seen).hasSize(37);
  }

  @Test
  void tileCoding_outsideItsBounds_isTakenAsAtThem() {
    TileCoding tiles = TileCoding.exact(LINE, new double[] {-1}, new double[] {1}, 2, 4);

    assertThat(dense(tiles, at(LINE, -2))).isEqualTo(dense(tiles, at(LINE, -1)));
    assertThat(dense(tiles, at(LINE, 2))).isEqualTo(dense(tiles, at(LINE, 1)));
    assertThat(dense(tiles, at(LINE, 0))).isNotEqualTo(dense(tiles, at(LINE, 1)));
  }

  @Test
  void fourier_isTheCosinesOfTheBook() {
    FourierBasis basis = new FourierBasis(UNIT, 1);

    double[] x = dense(basis, at(UNIT, 0.25, 0.5));

    // c = (0, 0), (0, 1), (1, 0), (1, 1)
    assertThat(x[0]).isEqualTo(1);
    assertThat(x[1]).isCloseTo(0, within(1e-15));
    assertThat(x[2]).isCloseTo(Math.sqrt(0.5), within(1e-15));
    assertThat(x[3]).isCloseTo(-Math.sqrt(0.5), within(1e-15));
  }

  @Test
  void fourier_cosines_areThoseOfTheMathLibrary() {
    for (int i = 0; i <= 10_000; i++) {
      double x = i * 0.00137;
      assertThat(FourierBasis.cosPi(x)).isCloseTo(StrictMath.cos(Math.PI * x), within(3e-14));
    }
    assertThat(FourierBasis.cosPi(0.5)).isZero();
    assertThat(FourierBasis.cosPi(7)).isEqualTo(-1);
  }

  @Test
  void polynomial_isTheProductsOfPowers() {
    PolynomialBasis basis = new PolynomialBasis(UNIT, 2);

    // s1 = 0.5 and s2 = 0.25; the power of the second varies fastest.
    assertThat(dense(basis, at(UNIT, 0.5, 0.25)))
        .containsExactly(1, 0.25, 0.0625, 0.5, 0.125, 0.03125, 0.25, 0.0625, 0.015625);
  }

  @Test
  void radial_fallsWithTheDistanceFromTheCentre() {
    RadialBasis basis = new RadialBasis(LINE, 3);

    double[] x = dense(basis, at(LINE, 0));

    // Centres at -2, 0 and 2, one sigma apart.
    assertThat(x[0]).isCloseTo(Math.exp(-0.5), within(1e-15));
    assertThat(x[1]).isEqualTo(1);
    assertThat(x[2]).isEqualTo(x[0]);
  }

  @Test
  void aggregation_finite_cutsTheNumbersIntoGroups() {
    StateAggregation groups = new StateAggregation(new Discrete(10), 5);

    for (int s = 0; s < 10; s++) {
      assertThat(groups.index(state(10, s), 0, 0)).isEqualTo(s / 2);
    }
  }

  @Test
  void aggregation_vector_cutsEachElementIntoIntervals() {
    StateAggregation groups = new StateAggregation(UNIT, 3);

    assertThat(groups.size()).isEqualTo(9);
    assertThat(groups.index(at(UNIT, 0, 0.5), 0, 0)).isEqualTo(1);
    assertThat(groups.index(at(UNIT, 1, 1), 0, 0)).isEqualTo(8);
  }

  @Test
  void raw_isTheVectorItself() {
    RawFeatures raw = new RawFeatures(LINE);

    assertThat(dense(raw, at(LINE, -1.5))).containsExactly(-1.5);
    assertThat(dense(new RawFeatures(new Discrete(3)), state(3, 2))).containsExactly(0, 0, 1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "tiles:8:10",
        "tiles:8:10:4096",
        "fourier:3",
        "polynomial:2",
        "radial:5",
        "aggregation:2",
        "raw"
      })
  void parse_text_isWhatIsWritten(String text) {
    Features features = Features.parse(text);

    assertThat(features).hasToString(text);
    FeatureMap map = features.over(UNIT);
    Columns observation = at(UNIT, 0.3, 0.9);
    assertThat(map.size()).isPositive();
    for (int k = 0; k < map.active(); k++) {
      assertThat(map.index(observation, 0, k)).isBetween(0, map.size() - 1);
    }
  }

  @Test
  void parse_nonsense_saysWhatThereIs() {
    assertThatThrownBy(() -> Features.parse("wavelets:3"))
        .hasMessageContaining("tiles, fourier, polynomial")
        .hasMessageContaining("wavelets:3");
    assertThatThrownBy(() -> Features.parse("tiles:8")).hasMessageContaining("tiles takes 2 or 3");
    assertThatThrownBy(() -> Features.parse("tiles:8:x")).hasMessageContaining("'x'");
  }

  @Test
  void over_tooManyTiles_saysHowToHaveFewer() {
    Space wide = Box.of(0, 1, 20);

    assertThatThrownBy(() -> Features.tiles(8, 8).over(wide))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("9^20");
    assertThat(Features.parse("tiles:8:8:1000").over(wide).size()).isEqualTo(1000);
  }

  @Test
  void over_unboundedVector_isRefused() {
    Space unbounded = Box.of(0, Float.POSITIVE_INFINITY, 1);

    assertThatThrownBy(() -> Features.fourier(2).over(unbounded))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(unbounded.toString());
  }
}
