package org.bellmanrl.lab.internal.assembly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.bellmanrl.api.Accepts;
import org.bellmanrl.api.EnvironmentSpec;
import org.bellmanrl.api.registry.Registry;
import org.bellmanrl.api.registry.WrapperEntry;
import org.bellmanrl.api.space.Box;
import org.bellmanrl.api.space.Discrete;
import org.bellmanrl.api.space.MultiDiscrete;
import org.bellmanrl.api.space.Space;
import org.bellmanrl.env.EnvCatalogue;
import org.bellmanrl.lab.internal.run.Experiment;
import org.bellmanrl.results.document.UserError;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WrappingTest {
  private static final List<WrapperEntry> WRAPPERS =
      Registry.of(new EnvCatalogue()).all(WrapperEntry.class);

  @Test
  void parse_splitsAtCommasOutsideOfBracketsAndQuotes() {
    String quoted = "\"p,q=\\\"]\"";
    assertThat(
            Wrapping.parse(
                "--wrap",
                List.of("a", "acme/b-v2:x=1, y=[1,[2,3]],z=" + quoted, "c:s='a,b',t=u=v,e=")))
        .containsExactly(
            new Experiment.Part("a", Map.of()),
            new Experiment.Part("acme/b-v2", Map.of("x", "1", "y", "[1,[2,3]]", "z", quoted)),
            new Experiment.Part("c", Map.of("s", "'a,b'", "t", "u=v", "e", "")));
  }

  @Test
  void parse_none_isNoWrapper() {
    assertThat(Wrapping.parse("--wrap", List.of("none"))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        ":x=1 | the name is missing",
        "a: | '' is not NAME=VALUE (lists need brackets)",
        "a:bins=3,4 | '4' is not NAME=VALUE (lists need brackets)",
        "a:=3 | '=3' is not NAME=VALUE (lists need brackets)",
        "a:x=1,x=2 | 'x' is there twice",
        "a:x=[1,2 | the brackets don't match",
        "a:x='1 | a quote is not closed",
      })
  void parse_ofOtherThings_isRefused(String text, String reason) {
    assertThatThrownBy(() -> Wrapping.parse("--wrap", List.of(text)))
        .isInstanceOf(UserError.class)
        .hasMessage("--wrap takes ID or ID:NAME=VALUE,NAME=VALUE, was '" + text + "': " + reason);
  }

  @Test
  void remedy_namesAWrapperThatTakesTheTask() {
    Accepts bounded = new Accepts(List.of(Space.Kind.VECTOR), List.of(Space.Kind.BOUNDED_VECTOR));
    Box seen = Box.of(-1, 1, 2);
    assertThat(remedy(bounded, task(seen, Box.of(-1, Float.POSITIVE_INFINITY, 2))))
        .isEqualTo(
            "; for example --wrap 'rescale-action:low=[-1,-1],high=[10,10]', with bounds of your"
                + " own in place of 10");
    assertThat(remedy(bounded, task(seen, Box.of(-1, 1, 2, 2)))).isEmpty();
    assertThat(remedy(bounded, task(seen, Box.of(-1, 1, 2)))).isEmpty();
    assertThat(remedy(Accepts.tables(), task(seen, new Discrete(2))))
        .isEqualTo("; for example --wrap discretize, which makes 100 states");
    assertThat(remedy(Accepts.tables(), task(Box.of(-1, 1, 8), new Discrete(2))))
        .isEqualTo("; for example --wrap discretize:bins=4, which makes 65,536 states");
    assertThat(remedy(Accepts.tables(), task(Box.of(-1, 1, 16), new Discrete(2))))
        .isEqualTo("; for example --wrap discretize:bins=2, which makes 65,536 states");
    assertThat(remedy(Accepts.tables(), task(Box.of(-1, 1, 17), new Discrete(2))))
        .isEqualTo(", but the 17 numbers of this task make too many states");
    assertThat(remedy(Accepts.discreteActions(), task(seen, new MultiDiscrete(3, 3))))
        .isEqualTo("; for example --wrap flatten-action");
    assertThat(remedy(Accepts.discreteActions(), task(seen, Box.of(-2, 2, 1))))
        .isEqualTo("; for example --wrap discretize-action, which makes 5 actions");
    assertThat(remedy(Accepts.discreteActions(), task(seen, Box.of(-2, 2, 6))))
        .isEqualTo("; for example --wrap discretize-action:bins=3, which makes 729 actions");
    assertThat(remedy(Accepts.discreteActions(), task(seen, Box.of(-2, 2, 17))))
        .isEqualTo(", but the 17 numbers of this task make too many actions");
    assertThat(remedy(Accepts.discreteActions(), task(seen, Box.of(0, Float.POSITIVE_INFINITY, 1))))
        .isEqualTo(
            "; for example --wrap 'discretize-action:low=[0],high=[10]', which makes 5 actions, with"
                + " bounds of your own in place of 10");
  }

  private static String remedy(Accepts accepts, EnvironmentSpec spec) {
    return Wrapping.remedy(accepts, spec, WRAPPERS);
  }

  private static EnvironmentSpec task(Space observations, Space actions) {
    return EnvironmentSpec.of("Task", observations, actions);
  }
}
