package org.bellmanrl.lab.internal.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bellmanrl.lab.Contrast;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The page can be read: contrasts as WCAG 2.1 asks for them, 1.4.3 and 1.4.11, in both themes. */
class ContrastTest {
  private static final Pattern COLOUR = Pattern.compile("--([a-z-]+): (#[0-9a-f]{6});");

  private static Map<String, String> theme(boolean dark) throws Exception {
    String css;
    try (var in = Watch.class.getResourceAsStream("watch.css")) {
      css = new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
    int split = css.indexOf("prefers-color-scheme: dark");
    Map<String, String> colours = new HashMap<>();
    Matcher matcher = COLOUR.matcher(dark ? css : css.substring(0, split));
    while (matcher.find()) {
      colours.put(matcher.group(1), matcher.group(2));
    }
    return colours;
  }

  @ParameterizedTest
  @CsvSource({
    "ink, card, 4.5",
    "ink, ground, 4.5",
    "ink, soft, 4.5",
    "quiet, card, 4.5",
    "quiet, ground, 4.5",
    "quiet, soft, 4.5",
    "accent, card, 4.5",
    "accent, soft, 4.5",
    "on-accent, accent, 4.5",
    "warn, soft, 4.5",
    "bad, soft, 4.5",
    "accent, card, 3",
    "faint, card, 3",
    "edge, card, 3",
    "edge, ground, 3",
    "faint, soft, 3",
    "goal, card, 3",
    "trap, card, 3",
    "hazard, card, 3",
    "wall, card, 3"
  })
  void colours_ofBothThemes_differEnough(String colour, String ground, double least)
      throws Exception {
    for (boolean dark : new boolean[] {false, true}) {
      Map<String, String> theme = theme(dark);

      assertThat(Contrast.of(theme.get(colour), theme.get(ground)))
          .as("%s on %s, dark: %s", colour, ground, dark)
          .isGreaterThanOrEqualTo(least);
    }
  }
}
