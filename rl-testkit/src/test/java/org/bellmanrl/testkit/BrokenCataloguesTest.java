package org.bellmanrl.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.invoke.MethodHandles;
import java.util.Map;
import org.bellmanrl.api.VectorEnvironment;
import org.bellmanrl.api.options.Described;
import org.bellmanrl.api.options.Require;
import org.bellmanrl.api.registry.Catalogue;
import org.bellmanrl.api.registry.Catalogue.Offers;
import org.bellmanrl.api.registry.Entry;
import org.bellmanrl.api.registry.EnvironmentEntry;
import org.bellmanrl.api.registry.PolicyEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.opentest4j.AssertionFailedError;

/** Broken catalogues fail the check that is for them. */
class BrokenCataloguesTest {

  record Sound(
      @Described(value = "a fraction", range = Require.UNIT) double part,
      @Described(value = "a count", range = Require.AT_LEAST_ONE) int stepCount) {
    Sound {
      Require.unit("part", part);
      Require.atLeast("step_count", stepCount, 1);
    }
  }

  record Lax(@Described(value = "a fraction", range = "[0, 1]") double part) {
    Lax {
      if (part < 0) {
        throw new IllegalArgumentException("part must be in [0, 1], was " + part);
      }
    }
  }

  record Nameless(@Described(value = "a count", range = "at least 1") int stepCount) {
    Nameless {
      if (stepCount < 1) {
        throw new IllegalArgumentException("stepCount must be at least 1, was " + stepCount);
      }
    }
  }

  record Changing(double part) {
    Changing {
      part = part + 1;
    }
  }

  private static CatalogueContract contract(Record defaults) {
    return contract(
        PolicyEntry.of(
            "test/policy",
            "a policy",
            () -> defaults,
            (spec, options) -> new TablePolicy(new double[1])));
  }

  private static CatalogueContract contract(Entry entry) {
    Catalogue catalogue =
        new Catalogue() {
          @Override
          public void list(Offers offers) {
            offers.add(entry);
          }

          @Override
          public MethodHandles.Lookup lookup() {
            return MethodHandles.lookup();
          }
        };
    return new CatalogueContract() {
      @Override
      protected Catalogue create() {
        return catalogue;
      }
    };
  }

  @Test
  void sound_keepsTheContract() {
    CatalogueContract contract = contract(new Sound(0.5, 3));

    assertThatCode(contract::options_defaultsWrittenAndRead_areTheSame).doesNotThrowAnyException();
    assertThatCode(contract::options_outsideTheirRange_areRefusedByName).doesNotThrowAnyException();
  }

  @Test
  void rangeThatNothingEnforces_isFound() {
    assertThatThrownBy(contract(new Lax(1))::options_outsideTheirRange_areRefusedByName)
        .isInstanceOf(AssertionFailedError.class)
        .hasMessageContaining("policy 'test/policy'")
        .hasMessageContaining("part=1.000001, whose range is [0, 1]")
        .hasMessageContaining("no exception");
  }

  @Test
  void refusalUnderAnotherName_isFound() {
    assertThatThrownBy(contract(new Nameless(1))::options_outsideTheirRange_areRefusedByName)
        .isInstanceOf(AssertionFailedError.class)
        .hasMessageContaining("message holds step_count");
  }

  @Test
  void defaultsThatChange_areFound() {
    assertThatThrownBy(contract(new Changing(1))::options_defaultsWrittenAndRead_areTheSame)
        .isInstanceOf(AssertionFailedError.class)
        .hasMessageContaining("Changing[part=3.0]");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "[0, 1];false;[-1.0E-6, 1.000001, nan]",
        "(0, 1];false;[0.0, 1.000001, nan]",
        "(0, inf];false;[0.0, nan]",
        "[-pi, pi];false;[-3.1415936535897933, 3.1415936535897933, nan]",
        "[2, 512];true;[1, 513]",
        "[1, size);true;[0, 8]",
        "[-3, most];false;[-3.000001, nan]",
        "above 0;false;[0.0, nan, inf, -inf]",
        "below size, and more;true;[8]",
        "at least 1;true;[0]",
        "at most 0;false;[1.0E-6, nan, inf, -inf]",
        "-1 or at least 0;true;[]",
        "-1 or at least 1;true;[0]",
        "finite;false;[nan, inf, -inf]"
      })
  void outside_range_isJustBeyondItsBounds(String range, boolean whole, String expected) {
    assertThat(RangeText.outside(range, whole, Map.of("size", "8", "most", "inf")))
        .hasToString(expected);
  }

  record Worded(@Described(value = "a count", range = "0 or more") int count) {}

  @Test
  void rangeOfNoForm_isFound() {
    assertThatThrownBy(contract(new Worded(1))::options_outsideTheirRange_areRefusedByName)
        .isInstanceOf(AssertionFailedError.class)
        .hasMessageContaining("option count")
        .hasMessageContaining("0 or more");
  }

  private static CatalogueContract contract(String id, EnvironmentEntry.Batch<Sound> batch) {
    return contract(
        EnvironmentEntry.of(
            id, "a corridor", () -> new Sound(1, 3), options -> new Corridor(3), batch));
  }

  private static VectorEnvironment corridors(int cells) {
    return VectorEnvironment.of(new Corridor(cells), new Corridor(cells));
  }

  @Test
  void environmentUnderAnotherId_isFound() {
    CatalogueContract sound = contract("testkit/Corridor-v0", (options, rows) -> corridors(3));
    CatalogueContract renamed = contract("test/Hall-v0", (options, rows) -> corridors(3));

    assertThatCode(sound::environments_specsOfEntries_haveTheirIds).doesNotThrowAnyException();
    assertThatThrownBy(renamed::environments_specsOfEntries_haveTheirIds)
        .isInstanceOf(AssertionFailedError.class)
        .hasMessageContaining("test/Hall-v0");
  }

  @Test
  void rowsThatDifferFromSingleOnes_areFound() {
    CatalogueContract longer = contract("testkit/Corridor-v0", (options, rows) -> corridors(4));

    assertThatThrownBy(longer::environments_specsOfEntries_haveTheirIds)
        .isInstanceOf(AssertionFailedError.class)
        .hasMessageContaining("rows have the same spec");
  }
}
