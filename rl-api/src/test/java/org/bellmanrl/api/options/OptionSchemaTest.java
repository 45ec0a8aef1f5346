package org.bellmanrl.api.options;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.invoke.MethodHandles;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.bellmanrl.api.options.OptionSchema.OptionException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class OptionSchemaTest {
  private enum TieBreak {
    RANDOM,
    FIRST_INDEX
  }

  /** Stands for any type that reads itself. */
  private record Decay(String kind, double from, double to) {
    @SuppressWarnings("UnusedMethod") // OptionSchema finds it by its name.
    static Decay parse(String text) {
      int colon = text.indexOf(": ");
      if (colon > 0) {
        return new Decay(text.substring(0, colon), text.length() - colon - 2, 0);
      }
      if (text.startsWith("linear(") && text.endsWith(")")) {
        String[] parts = text.substring(7, text.length() - 1).split(",", -1);
        return new Decay("linear", Double.parseDouble(parts[0]), Double.parseDouble(parts[1]));
      }
      double value = Double.parseDouble(text);
      return new Decay("constant", value, value);
    }

    @Override
    public String toString() {
      return kind.equals("linear") ? "linear(" + from + ", " + to + ")" : "" + from;
    }
  }

  private record Config(
      int steps,
      long seed,
      @Described(value = "step size", range = "(0, 1]", aliases = "alpha") double stepSize,
      float noise,
      @Described("slide sideways") boolean isSlippery,
      String mapName,
      TieBreak tieBreak,
      List<String> desc,
      List<Double> rewards,
      List<Integer> hidden,
      List<Decay> decays,
      Decay epsilon,
      Optional<String> title,
      Optional<Double> clip,
      @Nullable Integer limit,
      @Nullable List<String> rows) {
    Config {
      if (!(stepSize > 0 && stepSize <= 1)) {
        throw new IllegalArgumentException("stepSize must be in (0, 1], was " + stepSize);
      }
    }
  }

  private static final Config DEFAULTS =
      new Config(
          10,
          1L << 40,
          0.1,
          0.3f,
          true,
          "4x4",
          TieBreak.RANDOM,
          List.of("SF", "FG"),
          List.of(1.0, 0.0, 0.0),
          List.of(64, 64),
          List.of(new Decay("linear", 1, 0.5), new Decay("constant", 2, 2)),
          new Decay("linear", 1, 0.05),
          Optional.empty(),
          Optional.of(0.5),
          null,
          null);

  private static final OptionSchema<Config> SCHEMA =
      OptionSchema.of(MethodHandles.lookup(), DEFAULTS);

  private static Config parse(String name, @Nullable Object value) {
    return SCHEMA.parse(Collections.singletonMap(name, value));
  }

  @Test
  void parse_nothing_givesTheDefaults() {
    assertThat(SCHEMA.parse(Map.of())).isEqualTo(DEFAULTS);
  }

  @ParameterizedTest
  @CsvSource({"False,false", "false,false", "0,false", "True,true", "true,true", "1,true"})
  void parse_truthAsText_readsPythonAndJson(String text, boolean expected) {
    assertThat(parse("is_slippery", text).isSlippery()).isEqualTo(expected);
  }

  @Test
  void parse_typedTruth_readsBooleansAndZeroAndOne() {
    assertThat(parse("is_slippery", false).isSlippery()).isFalse();
    assertThat(parse("is_slippery", 0).isSlippery()).isFalse();
    assertThat(parse("is_slippery", 1L).isSlippery()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "7,7",
    "1_000,1000",
    "1e6,1000000",
    "20k,20000",
    "1.5M,1500000",
    "-3,-3",
    "3.0,3",
    "'\"5\"',5"
  })
  void parse_wholeNumber_readsItsSpellings(String text, int expected) {
    assertThat(parse("steps", text).steps()).isEqualTo(expected);
  }

  @Test
  void parse_typedWholeNumber_readsEveryIntegralNumber() {
    assertThat(parse("steps", 7L).steps()).isEqualTo(7);
    assertThat(parse("steps", 7.0).steps()).isEqualTo(7);
    assertThat(parse("seed", Long.MAX_VALUE).seed()).isEqualTo(Long.MAX_VALUE);
    assertThat(parse("seed", "9223372036854775807").seed()).isEqualTo(Long.MAX_VALUE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "x",
        "3.5",
        "1d",
        "0x10",
        "_1",
        "1_",
        "1__0",
        "1e999999999",
        "-1e999999999",
        "1e-999999999",
        "2147483648",
        "inf",
        "True",
        "1/2",
        "++1",
        "."
      })
  void parse_noWholeNumber_namesOptionValueAndExample(String text) {
    assertThatThrownBy(() -> parse("steps", text))
        .isInstanceOf(OptionException.class)
        .hasMessageStartingWith("option 'steps' must be a whole number, was '" + text + "'")
        .hasMessageEndingWith("; for example steps=10");
  }

  @ParameterizedTest
  @CsvSource({"0.25,0.25", "1e-3,0.001", "1/4,0.25", ".5,0.5", "1.,1", "2/4,0.5", "1e-1 / 2,0.05"})
  void parse_realNumber_readsItsSpellings(String text, double expected) {
    assertThat(parse("step_size", text).stepSize()).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "inf,Infinity",
    "-inf,-Infinity",
    "Infinity,Infinity",
    "nan,NaN",
    "-0.0,-0.0",
    "1/3,0.3333333333333333"
  })
  void parse_specialReals_readsPythonsSpelling(String text, double expected) {
    assertThat(parse("rewards", "[" + text + "]").rewards()).containsExactly(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "1f", "0x1p3", "1/0", "1/2/3", "1e400", "a", "NaNa", "1,5", "None"})
  void parse_noRealNumber_isRefused(String text) {
    assertThatThrownBy(() -> parse("step_size", text))
        .isInstanceOf(OptionException.class)
        .hasMessageStartingWith("option 'step_size' must be a number, was '" + text + "'");
  }

  @Test
  void parse_float_roundsOnceAndRefusesOverflow() {
    assertThat(parse("noise", "0.1").noise()).isEqualTo(0.1f);
    assertThat(parse("noise", 0.1).noise()).isEqualTo(0.1f);
    assertThatThrownBy(() -> parse("noise", "1e39"))
        .isInstanceOf(OptionException.class)
        .hasMessageContaining("too large for a float");
  }

  @Test
  void parse_text_standsForItselfOrForWhatIsInQuotes() {
    assertThat(parse("map_name", "8x8").mapName()).isEqualTo("8x8");
    assertThat(parse("map_name", "'8x8'").mapName()).isEqualTo("8x8");
    assertThat(parse("map_name", "\"a\\n\\\"b\\\"\"").mapName()).isEqualTo("a\n\"b\"");
    assertThat(parse("map_name", "None").mapName()).isEqualTo("None");
    assertThat(parse("map_name", "").mapName()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"'open", "\"a\" b", "'a\\"})
  void parse_brokenQuotes_isRefused(String text) {
    assertThatThrownBy(() -> parse("map_name", text))
        .isInstanceOf(OptionException.class)
        .hasMessageStartingWith("option 'map_name' must be text");
  }

  @ParameterizedTest
  @ValueSource(strings = {"first_index", "first-index", "FIRST_INDEX", "First-Index"})
  void parse_choice_toleratesCaseAndHyphens(String text) {
    assertThat(parse("tie_break", text).tieBreak()).isEqualTo(TieBreak.FIRST_INDEX);
  }

  @Test
  void parse_noSuchChoice_namesTheChoices() {
    assertThatThrownBy(() -> parse("tie_break", "last"))
        .hasMessage(
            "option 'tie_break' must be one of random, first_index, was 'last';"
                + " for example tie_break=random");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[\"SFHF\",\"FFFF\"]",
        "['SFHF', 'FFFF']",
        "('SFHF', 'FFFF',)",
        "[SFHF, FFFF]",
        "SFHF,FFFF"
      })
  void parse_listOfText_readsPythonJsonAndBare(String text) {
    assertThat(parse("desc", text).desc()).containsExactly("SFHF", "FFFF");
  }

  @ParameterizedTest
  @ValueSource(strings = {"(1, 0, 0)", "[1,0,0]", "1,0,0", "[1.0, 0e0, 0/3]"})
  void parse_listOfNumbers_readsPythonJsonAndBare(String text) {
    assertThat(parse("rewards", text).rewards()).containsExactly(1.0, 0.0, 0.0);
  }

  @Test
  void parse_typedList_convertsEachElement() {
    assertThat(parse("rewards", List.of(1, "0.5", 0L)).rewards()).containsExactly(1.0, 0.5, 0.0);
    assertThat(parse("hidden", 32).hidden()).containsExactly(32);
    assertThat(parse("hidden", List.of()).hidden()).isEmpty();
    assertThat(parse("hidden", "[]").hidden()).isEmpty();
    assertThat(parse("hidden", "()").hidden()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[1",
        "1]",
        "(1,2]3",
        "[1,,2]",
        ",1",
        "",
        "[a]",
        "['1]",
        "[[1],[2]]",
        "[1)]",
        "[1.5]"
      })
  void parse_brokenList_isRefused(String text) {
    assertThatThrownBy(() -> parse("hidden", text))
        .isInstanceOf(OptionException.class)
        .hasMessageStartingWith("option 'hidden' must be a list, each element a whole number, was")
        .hasMessageEndingWith("; for example hidden=[64, 64]");
  }

  @Test
  void parse_listWithNull_namesTheElement() {
    assertThatThrownBy(() -> parse("hidden", Arrays.asList(1, null)))
        .hasMessageContaining("element 1 is None");
  }

  @Test
  void parse_typeThatReadsItself_takesTextAndNumbers() {
    assertThat(parse("epsilon", "linear(1, 0.1)").epsilon()).isEqualTo(new Decay("linear", 1, 0.1));
    assertThat(parse("epsilon", 0.25).epsilon()).isEqualTo(new Decay("constant", 0.25, 0.25));
    assertThat(parse("epsilon", 1).epsilon()).isEqualTo(new Decay("constant", 1, 1));
    // YAML reads [a: x] as a list of a map.
    assertThat(parse("epsilon", Map.of("arm", 1e-3)).epsilon())
        .isEqualTo(parse("epsilon", "arm: 0.001").epsilon());
    assertThat(
            parse("decays", List.of(Map.of("arm", List.of("x", 1L)), Map.of("b", "yz"))).decays())
        .isEqualTo(parse("decays", "[arm: [x, 1], b: yz]").decays())
        .containsExactly(new Decay("arm", 6, 0), new Decay("b", 2, 0));
    assertThatThrownBy(() -> parse("epsilon", Map.of("a", 1, "b", 2)))
        .isInstanceOf(OptionException.class)
        .hasMessageContaining("one name with its value is wanted");
    assertThatThrownBy(() -> parse("epsilon", Map.of("a", List.of(List.of()))))
        .isInstanceOf(OptionException.class)
        .hasMessageContaining("must be of type decay");
    assertThat(parse("decays", "[linear(1, 0.1), 2]").decays())
        .containsExactly(new Decay("linear", 1, 0.1), new Decay("constant", 2, 2));
  }

  @Test
  void parse_typeRefusesTheText_givesItsMessage() {
    assertThatThrownBy(() -> parse("epsilon", "fast"))
        .isInstanceOf(OptionException.class)
        .hasMessage(
            "option 'epsilon' must be of type decay, was 'fast' (For input string: \"fast\");"
                + " for example epsilon=linear(1.0, 0.05)");
  }

  @Test
  void parse_none_isAcceptedWhereThereIsAnEmptyValue() {
    Config given = SCHEMA.parse(Map.of("limit", "5", "title", "maze", "rows", "[a]"));
    assertThat(given.limit()).isEqualTo(5);
    assertThat(given.title()).contains("maze");
    assertThat(given.rows()).containsExactly("a");
    assertThat(parse("clip", "None").clip()).isEmpty();
    assertThat(parse("clip", null).clip()).isEmpty();
    assertThat(parse("limit", "null").limit()).isNull();
    assertThat(parse("rows", null).rows()).isNull();
  }

  @Test
  void parse_noneWhereAValueIsNeeded_isRefused() {
    assertThatThrownBy(() -> parse("step_size", null))
        .hasMessage("option 'step_size' must be a number, was None; for example step_size=0.1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"step_size", "step-size", "stepSize", "alpha"})
  void parse_nameInAnotherSpellingOrAlias_isTheSameOption(String name) {
    assertThat(parse(name, 0.5).stepSize()).isEqualTo(0.5);
  }

  @Test
  void parse_sameOptionTwice_namesBothSpellings() {
    assertThatThrownBy(() -> SCHEMA.parse(Map.of("alpha", 0.5, "step_size", 0.5)))
        .isInstanceOf(OptionException.class)
        .hasMessageContaining("option 'step_size' is given twice")
        .hasMessageContaining("'alpha'");
  }

  @Test
  void parse_unknownOption_namesNearMatchesAndAll() {
    assertThatThrownBy(() -> parse("is_slipery", "true"))
        .isInstanceOf(OptionException.class)
        .hasMessage(
            "unknown option 'is_slipery', did you mean 'is_slippery'?; there are: steps, seed,"
                + " step_size, noise, is_slippery, map_name, tie_break, desc, rewards, hidden,"
                + " decays, epsilon, title, clip, limit, rows");
    assertThatThrownBy(
            () -> OptionSchema.of(MethodHandles.lookup(), new Nothing()).parse(Map.of("x", 1)))
        .hasMessage("unknown option 'x'; there are no options");
  }

  record Nothing() {}

  @Test
  void parse_recordRefusesTheValue_passesItsMessageOn() {
    assertThatThrownBy(() -> parse("step_size", "1.5"))
        .isExactlyInstanceOf(IllegalArgumentException.class)
        .hasMessage("stepSize must be in (0, 1], was 1.5");
  }

  @ParameterizedTest
  @ValueSource(strings = {"steps", "step_size", "is_slippery", "tie_break", "desc", "epsilon"})
  void parse_valueOfAForeignType_isRefused(String name) {
    assertThatThrownBy(() -> parse(name, Map.of())).isInstanceOf(OptionException.class);
  }

  @Test
  void values_defaults_areOfTheTypesOfJson() {
    Map<String, @Nullable Object> values = SCHEMA.values(DEFAULTS);

    assertThat(values)
        .containsEntry("steps", 10)
        .containsEntry("seed", 1L << 40)
        .containsEntry("step_size", 0.1)
        .containsEntry("noise", 0.3)
        .containsEntry("is_slippery", true)
        .containsEntry("tie_break", "random")
        .containsEntry("rewards", List.of(1.0, 0.0, 0.0))
        .containsEntry("epsilon", "linear(1.0, 0.05)")
        .containsEntry("clip", 0.5)
        .containsEntry("title", null)
        .containsEntry("limit", null);
    assertThat(values.keySet())
        .startsWith("steps", "seed", "step_size", "noise", "is_slippery", "map_name");
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void values_thenParse_givesAnEqualRecord(long seed) {
    Random random = new Random(seed);
    String[] texts = {"", "None", "null", "'a'", "\"", "a,b", "[x]", "π\n\\", " x ", "1", "true"};
    double[] reals = {
      Double.POSITIVE_INFINITY,
      Double.NEGATIVE_INFINITY,
      Double.NaN,
      -0.0,
      Double.MIN_VALUE,
      Double.MAX_VALUE,
      1e-4,
      1e22,
      123456.789
    };
    for (int i = 0; i < 200; i++) {
      Config config =
          new Config(
              random.nextInt(),
              random.nextLong(),
              1 - random.nextDouble(),
              Float.intBitsToFloat(random.nextInt() & 0x7F7FFFFF),
              random.nextBoolean(),
              texts[random.nextInt(texts.length)],
              TieBreak.values()[random.nextInt(2)],
              List.of(texts[random.nextInt(texts.length)], texts[random.nextInt(texts.length)]),
              List.of(reals[random.nextInt(reals.length)], random.nextGaussian()),
              List.of(random.nextInt()),
              List.of(new Decay("linear", random.nextDouble(), random.nextDouble())),
              new Decay("linear", random.nextDouble(), random.nextDouble()),
              Optional.of(texts[random.nextInt(texts.length)]),
              random.nextBoolean() ? Optional.empty() : Optional.of(random.nextGaussian()),
              random.nextBoolean() ? null : random.nextInt(),
              random.nextBoolean() ? null : List.of(texts[random.nextInt(texts.length)]));

      assertThat(SCHEMA.parse(SCHEMA.values(config))).isEqualTo(config);
    }
  }

  @Test
  void descriptions_defaultTexts_parseBackToTheDefaults() {
    for (OptionSchema.Description option : SCHEMA.descriptions()) {
      assertThat(parse(option.name(), option.defaultText())).as(option.name()).isEqualTo(DEFAULTS);
    }
  }

  @Test
  void descriptions_haveTheAnnotationsTexts() {
    assertThat(SCHEMA.descriptions().get(2))
        .isEqualTo(
            new OptionSchema.Description(
                "step_size", "double", "0.1", "step size", "(0, 1]", List.of("alpha")));
    assertThat(SCHEMA.descriptions().get(6).type()).isEqualTo("one of random, first_index");
    assertThat(SCHEMA.descriptions().get(7).defaultText()).isEqualTo("[\"SF\", \"FG\"]");
  }

  private record Shared(
      @Described(value = "discount", aliases = "g") double gamma, List<Integer> hidden) {
    Shared {
      Require.unit("gamma", gamma);
    }
  }

  private record Middle(Shared shared, int n) {}

  private record Outer(Middle middle, double sigma, Table last) {}

  private record Table(String values) {}

  private static final Outer NESTED =
      new Outer(new Middle(new Shared(0.9, List.of(4)), 3), 0.5, new Table("dense"));

  @Test
  void parse_nestedRecords_areOneFlatList() {
    OptionSchema<Outer> schema = OptionSchema.of(MethodHandles.lookup(), NESTED);

    assertThat(schema.descriptions())
        .extracting(OptionSchema.Description::name)
        .containsExactly("gamma", "hidden", "n", "sigma", "values");
    assertThat(schema.parse(Map.of("g", "0.25", "n", 5, "values", "hashed")))
        .isEqualTo(
            new Outer(new Middle(new Shared(0.25, List.of(4)), 5), 0.5, new Table("hashed")));
    assertThat(schema.values(NESTED).toString())
        .isEqualTo("{gamma=0.9, hidden=[4], n=3, sigma=0.5, values=dense}");
    assertThat(schema.parse(schema.values(NESTED))).isEqualTo(NESTED);
  }

  @Test
  void parse_nestedRecordRefuses_passesItsMessageOn() {
    OptionSchema<Outer> schema = OptionSchema.of(MethodHandles.lookup(), NESTED);

    assertThatThrownBy(() -> schema.parse(Map.of("gamma", 2)))
        .isExactlyInstanceOf(IllegalArgumentException.class)
        .hasMessage("gamma must be in [0, 1], was 2.0");
  }

  private record Twice(Shared one, Shared other) {}

  @Test
  void of_nestedRecordsWithTheSameOption_namesIt() {
    Shared shared = new Shared(1, List.of());
    assertThatThrownBy(() -> OptionSchema.of(MethodHandles.lookup(), new Twice(shared, shared)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("have the name 'gamma'");
  }

  private record Unsupported(Object anything) {}

  @Test
  void of_unsupportedComponent_namesIt() {
    assertThatThrownBy(() -> OptionSchema.of(MethodHandles.lookup(), new Unsupported("")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("component 'anything'")
        .hasMessageContaining("java.lang.Object");
  }

  private record SameName(int maxSteps, int max_steps) {}

  @Test
  void of_twoOptionsOfTheSameName_namesIt() {
    assertThatThrownBy(() -> OptionSchema.of(MethodHandles.lookup(), new SameName(1, 2)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("have the name 'max_steps'");
  }

  private record Open(int own, Map<String, Object> others) {}

  private static final OptionSchema<Open> OPEN =
      OptionSchema.of(MethodHandles.lookup(), new Open(1, Map.of("kept", "yes")));

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "7;7",
        "-1_000;-1000",
        "3.0;3.0",
        "1e-3;0.001",
        "inf;Infinity",
        "True;true",
        "None;null"
      })
  void parse_optionWithoutComponent_isReadAsALiteral(String text, String value) {
    Map<String, Object> others = OPEN.parse(Map.of("camelCase", text)).others();

    assertThat(String.valueOf(others.get("camelCase"))).isEqualTo(value);
    assertThat(OPEN.parse(Map.of("own", "2")).own()).isEqualTo(2);
  }

  @Test
  void values_optionsWithoutComponent_areReadBack() {
    Open read =
        OPEN.parse(
            Map.of(
                "text", "free",
                "quoted", "'3'",
                "list", "[1, 2.5, a, '4', [None]]",
                "many", Double.NEGATIVE_INFINITY,
                "from_file", List.of(1, "x")));

    Map<String, Object> values = new LinkedHashMap<>(OPEN.values(read));

    assertThat(values)
        .containsEntry("own", 1)
        .containsEntry("kept", "yes")
        .containsEntry("quoted", "\"3\"")
        .containsEntry("many", "-inf")
        .containsEntry("from_file", List.of(1L, "x"));
    assertThat(OPEN.parse(values)).isEqualTo(read);
    assertThat(OPEN.descriptions()).hasSize(1);
  }

  @Test
  void parse_literalThatDoesNotEnd_isRefused() {
    assertThatThrownBy(() -> OPEN.parse(Map.of("list", "[1, 2")))
        .isInstanceOf(OptionException.class)
        .hasMessageContaining("'[1, 2' can't be read");
  }

  private record Clash(int a, @Described(value = "same name", aliases = "a") int b) {}

  @Test
  void parse_aliasThatIsAnotherOption_namesIt() {
    OptionSchema<Clash> schema = OptionSchema.of(MethodHandles.lookup(), new Clash(1, 2));
    assertThatThrownBy(() -> schema.parse(Map.of("c", 1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("have the name 'a'");
  }

  @Test
  void of_lookupThatCannotSeeTheRecord_saysWhichToPass() {
    assertThatThrownBy(() -> OptionSchema.of(MethodHandles.publicLookup(), DEFAULTS))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("pass MethodHandles.lookup() of a class beside the record");
  }

  @ParameterizedTest
  @CsvSource({
    "isSlippery,is_slippery",
    "gamma,gamma",
    "nStepTD,n_step_td",
    "goalXY,goal_xy",
    "map-name,map_name",
    "TDError,td_error",
    "layer2Size,layer2_size"
  })
  void snakeCase_componentNames_splitsTheWords(String name, String expected) {
    assertThat(OptionSchema.snakeCase(name)).isEqualTo(expected);
  }
}
