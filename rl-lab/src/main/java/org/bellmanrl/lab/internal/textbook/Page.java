package org.bellmanrl.lab.internal.textbook;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.bellmanrl.results.document.AtomicFiles;
import org.bellmanrl.results.document.Numbers;

/** The page of the docs: every row with its verdict, and the figures. */
final class Page {
  private static final String IMAGES = "images/textbook";

  private final StringBuilder rows = new StringBuilder();
  private final StringBuilder text = new StringBuilder();

  Page(boolean quick) {
    text.append(
        """
        # The textbook's results, reproduced

        Every row is an experiment with a known result, which comes from the exact model or from independent simulations of
        what Sutton and Barto (2nd edition, 2018) and the papers describe. `./rl textbook --out docs/textbook.md` makes this
        page;
        [rows.yaml](../rl-lab/src/main/resources/org/bellmanrl/lab/internal/textbook/rows.yaml) has every setting in full.
        Options that are not named have the defaults that `./rl learners ID` lists. A simulated result is ok if it is within
        5 % of the expected value, or within three standard errors if that is more. Braces contain several values of an
        option: all of them were tried, and the best one counts.
        """);
    if (quick) {
      text.append("\nMade with few runs (`--quick`).\n");
    }
    rows.append("\n## Rows\n\n");
    rows.append(
        "| row | measured is | expected | tolerance | measured ± standard error | verdict |\n");
    rows.append("|---|---|---:|---:|---:|---|\n");
  }

  void add(Setting setting, int runs, List<Result> results) {
    rows.append("| **").append(setting.title()).append("**<br>`");
    rows.append(String.join(" ", setting.words(runs))).append("`<br>").append(setting.source());
    if (!setting.note().isEmpty()) {
      rows.append("<br>").append(setting.note());
    }
    rows.append(" | | | | | |\n");
    for (Result result : results) {
      Check check = result.check();
      int decimals = check.decimals();
      rows.append("| ").append(setting.name()).append(" | ").append(check.what());
      if (!result.variant().isEmpty()) {
        rows.append(", best at ").append(result.variant());
      }
      rows.append(" | ").append(Numbers.exact(check.expected()));
      rows.append(" | ").append(Tolerances.text(result)).append(" | ");
      rows.append(Numbers.fixed(result.measured(), decimals));
      if (!check.measure().exact()) {
        rows.append(" ± ").append(Numbers.fixed(result.standardError(), decimals));
      }
      rows.append(" | ").append(result.ok() ? "ok" : "**OFF**").append(" |\n");
    }
  }

  void figures(List<Figure> figures) {
    text.append(
        """

        ## Figures

        The figures show Bellman's own runs; bands are 95 % intervals of the mean. The settings are in
        [figures.yaml](../rl-lab/src/main/resources/org/bellmanrl/lab/internal/textbook/figures.yaml).
        """);
    for (Figure figure : figures) {
      text.append("\n### ").append(figure.title()).append("\n\n");
      if (!figure.source().isEmpty()) {
        text.append(figure.source()).append(".\n\n");
      }
      text.append("![").append(figure.title()).append("](").append(image(figure)).append(")\n");
    }
  }

  static String image(Figure figure) {
    return IMAGES + "/" + figure.file() + ".svg";
  }

  void write(Path file) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    if (folder != null) {
      Files.createDirectories(folder);
    }
    AtomicFiles.write(file, text.toString() + rows);
  }
}
