package org.bellmanrl.results.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DocumentTest {

  private static void refused(String text, String message) {
    assertThatExceptionOfType(UserError.class)
        .isThrownBy(() -> Document.parse("run.yaml", text))
        .withMessageContaining(message);
  }

  @Test
  void parse_readsEveryKindOfScalar() {
    String text =
        """
        whole: 12
        long: 3000000000
        huge: 99999999999999999999
        grouped: 1_000
        real: 2.5e-3
        scientific: 1e5
        truth: True
        none: null
        nothing:
        quoted: "3"
        text: linear:0:1:50%
        infinite: -.inf
        version: 1.2.3
        list: [1, two, [3.0]]
        """;
    assertThat(Document.parse("x", text).entries())
        .containsEntry("whole", 12)
        .containsEntry("long", 3_000_000_000L)
        .containsEntry("huge", new java.math.BigInteger("99999999999999999999"))
        .containsEntry("grouped", 1000)
        .containsEntry("real", 2.5e-3)
        .containsEntry("scientific", 1e5)
        .containsEntry("truth", true)
        .containsEntry("none", null)
        .containsEntry("nothing", null)
        .containsEntry("quoted", "3")
        .containsEntry("text", "linear:0:1:50%")
        .containsEntry("infinite", Double.NEGATIVE_INFINITY)
        .containsEntry("version", "1.2.3")
        .containsEntry("list", List.of(1, "two", List.of(3.0)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"2000", "2e3", "2_000", "2000.0", "+2000"})
  void whole_takesANumberHoweverItIsWritten(String written) {
    Document document = Document.parse("x", "steps: " + written + "\nseeds: [" + written + "]");
    assertThat(document.whole("steps", 0, 5000)).isEqualTo(2000);
    assertThat(document.wholes("seeds")).containsExactly(2000L);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "0.5 | must be a whole number of at least 0, was 0.5 (line 2, column 7)",
        "1e300 | must be a whole number of at least 0, was 1.0E300 (line 2, column 7)",
        "\"3\" | must be a whole number of at least 0, was the text \"3\"; leave the quotes out (line 2",
        "three | must be a whole number of at least 0, was three (line 2, column 7)",
      })
  void whole_ofOtherThings_saysWhereAndWhat(String written, String message) {
    Document document = Document.parse("run.yaml", "a: 1\nseed: " + written);
    assertThatExceptionOfType(UserError.class)
        .isThrownBy(() -> document.whole("seed", 0, Long.MAX_VALUE))
        .withMessageStartingWith("run.yaml: 'seed' " + message);
  }

  /** As RL Zoo's files have it. */
  @Test
  void parse_mergeKeys_bringTheEntriesThatAreNotThere() {
    String text =
        """
        defaults: &defaults
          gamma: 0.9
          policy: MlpPolicy
        more: &more {gamma: 0.5, ent_coef: 0.1}
        CartPole-v1:
          <<: *defaults
          gamma: 0.99
        Other-v1:
          <<: [*defaults, *more]
        """;
    Map<String, ?> entries = Document.parse("x", text).entries();
    assertThat(entries.get("CartPole-v1")).isEqualTo(Map.of("gamma", 0.99, "policy", "MlpPolicy"));
    assertThat(entries.get("Other-v1"))
        .isEqualTo(Map.of("gamma", 0.9, "policy", "MlpPolicy", "ent_coef", 0.1));
  }

  @Test
  void parse_ofWrongText_saysWhatAndWhere() {
    refused("a: 1\nb: 2\n  a: 3", "at line 3, column 4: ");
    refused("a: 1\nb: 2\na: 3", "at line 3, column 1: the key 'a' is there twice");
    refused("a: {b: 1, b: 2}", "at line 1, column 11: the key 'b' is there twice");
    refused("a: *x", "at line 1, column 4: no anchor '&x' ends before this");
    refused("a:\n  <<: 3", "at line 2, column 7: '<<' takes the entries of a mapping");
    refused("a: [1, 2", "at line ");
    refused("a: 1\n---\nb: 2", "a second document begins");
    refused("a: !!python/object:x.Y {}", "means nothing here; leave it out");
  }

  @Test
  void refuseOthers_saysWhere() {
    Document document = Document.parse("run.yaml", "seed: 1\nsead: 2\n");
    document.whole("seed", 0, 9);
    assertThatExceptionOfType(UserError.class)
        .isThrownBy(document::refuseOthers)
        .withMessage("run.yaml: unknown entry 'sead', did you mean 'seed'? (line 2, column 7)");
  }

  /** Each of these took minutes, or all memory, or the stack. */
  @Test
  void parse_ofEndlessText_isRefused() {
    refused("a: " + "[".repeat(100_000), "nested more than 64 deep");
    refused("{\"a\": " + "{\"a\": ".repeat(2000), "nested more than 64 deep");
    refused("a: " + "9".repeat(1_000_000), "a number of more than 400 characters");
    refused("a: " + "x".repeat(1_100_000), "a text of more than 1048576 characters");
    refused("a: [" + "1,".repeat(1_100_000) + "]", "more than 1048576 values");
    StringBuilder doubling = new StringBuilder("a0: &a0 [1, 1]\n");
    for (int i = 1; i < 40; i++) {
      doubling.append("a%d: &a%d [*a%d, *a%d]\n".formatted(i, i, i - 1, i - 1));
    }
    refused(doubling.toString(), "more than 1048576 values, aliases counted in full");
  }
}
