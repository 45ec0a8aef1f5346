package org.bellmanrl.env.toytext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.bellmanrl.api.Action;
import org.bellmanrl.api.Actions;
import org.bellmanrl.api.Environment;
import org.bellmanrl.api.Outcome;
import org.bellmanrl.api.Outcomes;
import org.bellmanrl.api.interaction.Simulation;
import org.bellmanrl.api.model.FiniteModel;
import org.bellmanrl.api.random.RandomStream;
import org.bellmanrl.api.render.GridView;
import org.bellmanrl.api.render.TextView;
import org.bellmanrl.api.space.Dict;
import org.bellmanrl.api.state.BinaryState;
import org.bellmanrl.api.state.StateException;
import org.bellmanrl.env.Environments;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FrozenLakeTest {

  @Test
  void random_belowThePercolationThreshold_isRefusedSoonWithTheThreshold() {
    assertThatThrownBy(() -> FrozenLakeMaps.random(512, 0.4, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("256 maps with map_size = 512 and map_p = 0.4 had no way")
        .hasMessageContaining("0.593");
  }

  @Test
  void desc_ofOneTextWithLines_isTheMap() {
    String text =
        """

        SFF
        HFG
        """;
    FrozenLakeOptions lines = FrozenLakeOptions.defaults().withMap(List.of(text));
    FrozenLakeOptions rows = FrozenLakeOptions.defaults().withMap(List.of("SFF", "HFG"));
    assertThat(new FrozenLake(lines).spec()).isEqualTo(new FrozenLake(rows).spec());
    assertThat(new FrozenLake(lines).model().outcomes())
        .isEqualTo(new FrozenLake(rows).model().outcomes());
  }

  @Test
  void random_givenSeed_gymnasiumsMap() {
    assertThat(FrozenLakeMaps.random(4, 0.8, 0)).containsExactly("SFFF", "HHFF", "FHHF", "HFFG");
    assertThat(FrozenLakeMaps.random(3, 0.3, 2)).containsExactly("SFH", "FHH", "FFG");
    assertThat(FrozenLakeMaps.random(8, 0.5, 1))
        .containsExactly(
            "SFFHFFHF",
            "HFFFFHHF",
            "HFHFHHHF",
            "FFHHHFHH",
            "HFFHFHHH",
            "HFFFFFHF",
            "FFFHHFFF",
            "HHHHHHFG");
  }

  @Test
  void random_hopelessMap_refusedInsteadOfForever() {
    assertThatThrownBy(() -> FrozenLakeMaps.random(5, 0.01, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("raise map_p");
  }

  @ParameterizedTest
  @CsvSource({
    "is_slippery, maybe, is_slippery",
    "success_rate, 1.5, '[0, 1], was 1.5'",
    "success_rate, nan, '[0, 1], was NaN'",
    "'reward_schedule', '1,0', '3 numbers'",
    "'reward_schedule', '1,0,inf', 'reward_schedule[2] must be finite'",
    "map_name, 5x5, '4x4, 8x8'",
    "map_size, 1, '[2, 512], was 1'",
    "map_p, 0, '(0, 1], was 0'",
    "map_seed, -1, 'at least 0, was -1'",
    "desc, 'SFF,FG', 'row 0 has 3 places, row 1 has 2'",
    "desc, 'SF,FF', 'no goal'",
    "desc, 'FF,FG', 'no start'",
    "desc, 'SX,FG', 'unknown character ''X'' at row 0, column 1'",
    "desc, '[]', 'at least one row'"
  })
  void create_badOption_refusedWithItsNameAndValue(String option, String value, String message) {
    assertThatThrownBy(() -> Environments.single("FrozenLake-v1", Map.of(option, value)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }

  @Test
  void create_gymnasiumsSpelling_accepted() {
    Map<String, String> options =
        Map.of(
            "desc", "[\"SFHF\", 'FFFF', \"HFGF\"]",
            "map_name", "None",
            "is_slippery", "False",
            "success_rate", "1/3",
            "reward_schedule", "(1, 0, 0)");
    assertThat(Environments.single("FrozenLake-v1", options).spec().observationSpace())
        .hasToString("Discrete(12)");
  }

  @Test
  void model_slipperyCorner_bothSidesAndAhead() {
    FrozenLake lake = new FrozenLake(FrozenLakeOptions.defaults());
    FiniteModel model = lake.model();
    // Left in the top left corner: up, left and down, of which only down leads anywhere.
    int first = model.from(0, 0);
    assertThat(model.to(0, 0) - first).isEqualTo(3);
    assertThat(model.next(first)).isZero();
    assertThat(model.next(first + 1)).isZero();
    assertThat(model.next(first + 2)).isEqualTo(4);
  }

  @Test
  void step_shortestWay_paysOneAndEnds() {
    Simulation simulation =
        new Simulation(new FrozenLake(FrozenLakeOptions.defaults().withSlippery(false)));
    simulation.reset(1);
    for (int action : new int[] {1, 1, 2, 2, 1}) {
      simulation.step(action);
      assertThat(simulation.ended()).isFalse();
    }
    simulation.step(2);
    assertThat(simulation.reward()).isEqualTo(1);
    assertThat(simulation.discount()).isZero();
    assertThat(simulation.terminated()).isTrue();
  }

  @Test
  void text_afterSteps_agentInBrackets() {
    FrozenLake lake =
        new FrozenLake(
            FrozenLakeOptions.defaults().withMap(List.of("SFH", "FFG")).withSlippery(false));
    Simulation simulation = new Simulation(lake);
    simulation.reset(0);
    TextView view = lake.capability(TextView.class).orElseThrow();
    assertThat(view.text(false)).isEqualTo("[S] .  H \n .  .  G \n");
    simulation.step(1);
    assertThat(view.text(false)).isEqualTo(" S  .  H \n[.] .  G \n");
    simulation.step(2);
    simulation.step(2);
    assertThat(view.text(false)).isEqualTo(" S  .  H \n .  . [G]\n");
  }

  @Test
  void gridView_smallMap_tilesAndEnds() {
    FrozenLake lake = new FrozenLake(FrozenLakeOptions.defaults().withMap(List.of("SFH", "FFG")));
    GridView grid = lake.capability(GridView.class).orElseThrow();
    assertThat(grid.height()).isEqualTo(2);
    assertThat(grid.width()).isEqualTo(3);
    assertThat(grid.tile(0, 0, 2)).isEqualTo('H');
    assertThat(grid.tile(0, 1, 0)).isEqualTo(' ');
    assertThat(grid.terminal(0, 0, 2)).isTrue();
    assertThat(grid.terminal(0, 1, 2)).isTrue();
    assertThat(grid.terminal(0, 0, 0)).isFalse();
    assertThat(grid.state(0, 1, 2)).isEqualTo(5);
    assertThat("" + grid.glyph(0) + grid.glyph(1) + grid.glyph(2) + grid.glyph(3))
        .isEqualTo("←↓→↑");
  }

  @ParameterizedTest
  @ValueSource(strings = {"4x4", "8x8"})
  void names_each_isAMap(String name) {
    assertThat(FrozenLakeMaps.names()).contains(name);
    assertThat(new FrozenLake(FrozenLakeOptions.defaults().withMapName(name)).model().states())
        .isEqualTo(name.equals("4x4") ? 16 : 64);
  }

  @Test
  void restore_stateOfABiggerMap_refused() {
    FrozenLake big =
        new FrozenLake(FrozenLakeOptions.defaults().withMapName("8x8").withSlippery(false));
    Simulation simulation = new Simulation(big);
    simulation.reset(0);
    for (int i = 0; i < 7; i++) {
      simulation.step(2);
    }
    simulation.step(1);
    simulation.step(1);
    byte[] saved = BinaryState.toBytes(big);
    assertThatThrownBy(
            () -> BinaryState.fromBytes(saved, new FrozenLake(FrozenLakeOptions.defaults())))
        .isInstanceOf(StateException.class)
        .hasMessageContaining("state must be in [0, 16), was saved as 23");
  }

  private static final FrozenLakeOptions CHANGING =
      FrozenLakeOptions.defaults().withNewMapEachEpisode(6, 0.7);

  private static String shown(Environment lake) {
    return lake.capability(TextView.class).orElseThrow().text(false).replaceAll("[\\[\\]]", " ");
  }

  @Test
  void newMapEachEpisode_drawsAMapWithAWayForEachEpisode() {
    Environment lake = FrozenLake.of("FrozenLake-v1", 100, CHANGING);
    Simulation simulation = new Simulation(lake);
    Set<String> maps = new HashSet<>();
    for (int seed = 0; seed < 20; seed++) {
      simulation.reset(seed);
      maps.add(shown(lake));
      List<String> drawn = FrozenLakeMaps.random(6, 0.7, seed);
      Environment same =
          FrozenLake.of("FrozenLake-v1", 100, FrozenLakeOptions.defaults().withMap(drawn));
      assertThat(shown(lake)).isEqualTo(shown(same));
    }
    assertThat(maps).hasSizeGreaterThan(15);
  }

  /** On its map, it slips and pays as the lake that has only that map. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void newMapEachEpisode_slipsAndPaysAsFrozenLake(boolean slippery) {
    FrozenLakeOptions options =
        new FrozenLakeOptions(
            null, Optional.empty(), slippery, 0.6, List.of(5.0, -3.0, -0.5), 6, 0.7, 0, true);
    for (int seed = 0; seed < 30; seed++) {
      RandomFrozenLake changing = new RandomFrozenLake("Lake", 100, options);
      FrozenLake fixed =
          new FrozenLake(
              "Lake",
              100,
              new FrozenLakeOptions(
                  FrozenLakeMaps.random(6, 0.7, seed),
                  Optional.empty(),
                  slippery,
                  0.6,
                  List.of(5.0, -3.0, -0.5),
                  6,
                  0.7,
                  0,
                  false));
      RandomStream first = RandomStream.ofSeed(seed);
      Outcomes outcomes = new Outcomes(changing.spec(), 1);
      Outcome outcome = new Outcome(outcomes);
      changing.reset(first, outcome.observation());
      RandomStream second = RandomStream.ofSeed(seed);
      new RandomLake(6, 0.7).draw(second);
      Outcomes others = new Outcomes(fixed.spec(), 1);
      Outcome other = new Outcome(others);
      fixed.reset(second, other.observation());
      Actions actions = new Actions(fixed.spec().actionSpace(), Dict.EMPTY, 1);
      for (int step = 0; step < 50 && !outcome.terminated(); step++) {
        actions.values().ints()[0] = (seed + step * step) % 4;
        Action action = new Action(actions.values());
        changing.step(action, first, outcome);
        fixed.step(action, second, other);
        assertThat(outcome.observation().discrete()).isEqualTo(other.observation().discrete());
        assertThat(outcome.reward()).isEqualTo(other.reward());
        assertThat(outcome.terminated()).isEqualTo(other.terminated());
      }
    }
  }

  @Test
  void newMapEachEpisode_withAMapOrWithoutHope_isRefused() {
    assertThatThrownBy(() ->
            Environments.single(
                "FrozenLake-v1", Map.of("new_map_each_episode", "true", "desc", "SG")))
        .hasMessageContaining("new_map_each_episode draws its maps");
    assertThatThrownBy(() ->
            Environments.single(
                "FrozenLake-v1", Map.of("new_map_each_episode", "true", "map_p", "0.01")))
        .hasMessageContaining("raise map_p");
    assertThatThrownBy(() -> new FrozenLake(CHANGING)).hasMessageContaining("RandomFrozenLake");
  }
}
