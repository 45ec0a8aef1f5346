package org.bellmanrl.lab.internal.textbook;

import com.google.inject.Inject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.bellmanrl.results.document.Numbers;
import org.bellmanrl.results.document.UserError;
import org.jspecify.annotations.Nullable;

/** Carries out rows of the textbook and tells, line by line, what came of them. */
public final class Examination {
  private final Laboratory laboratory;

  /** An examination in a laboratory. */
  @Inject
  public Examination(Laboratory laboratory) {
    this.laboratory = laboratory;
  }

  /**
   * What to do.
   *
   * @param pattern which rows, by name: {@code *} stands for anything; empty for all
   * @param quick whether with few runs
   * @param out the page to write, figures beside it; null for none
   */
  public record Request(String pattern, boolean quick, @Nullable Path out) {}

  /**
   * Carries out rows.
   *
   * @param lines takes a line at a time, as soon as it is known
   * @return how many results are off
   */
  public int run(Request request, Consumer<String> lines) throws IOException {
    List<Setting> settings = chosen(request.pattern());
    Page page = new Page(request.quick());
    long begin = System.nanoTime();
    int checks = 0;
    int off = 0;
    lines.accept(line("", "expected", "tolerance", "measured", "± error", "", "").stripTrailing());
    for (Setting setting : settings) {
      int runs = request.quick() ? setting.quick() : setting.runs();
      long from = System.nanoTime();
      List<Outcome> outcomes = laboratory.carryOut(setting, runs);
      double seconds = (System.nanoTime() - from) / 1e9;
      lines.accept(setting.name() + ": " + String.join(" ", setting.words(runs)));
      List<Result> results = new ArrayList<>();
      for (int i = 0; i < setting.checks().size(); i++) {
        Result result = laboratory.check(setting, i, outcomes);
        results.add(result);
        checks++;
        off += result.ok() ? 0 : 1;
        lines.accept(line(result, results.size() == 1 ? seconds : Double.NaN));
      }
      page.add(setting, runs, results);
    }
    lines.accept(
        Numbers.grouped(checks)
            + " results, "
            + (off == 0 ? "all ok" : off + " OFF")
            + ", "
            + Numbers.duration((System.nanoTime() - begin) / 1e9));
    if (request.out() != null) {
      write(request.out(), page, lines);
    }
    return off;
  }

  private void write(Path out, Page page, Consumer<String> lines) throws IOException {
    List<Figure> figures = Book.figures();
    for (Figure figure : figures) {
      long from = System.nanoTime();
      Path file = out.resolveSibling(Page.image(figure));
      figure.chart(laboratory).write(file);
      lines.accept(file + "  " + Numbers.duration((System.nanoTime() - from) / 1e9));
    }
    page.figures(figures);
    page.write(out);
    lines.accept(out.toString());
  }

  private static List<Setting> chosen(String pattern) {
    String glob = pattern.isEmpty() ? "*" : pattern;
    Pattern names = Pattern.compile(("\\Q" + glob + "\\E").replace("*", "\\E.*\\Q"));
    List<Setting> chosen =
        Book.settings().stream().filter(s -> names.matcher(s.name()).matches()).toList();
    if (chosen.isEmpty()) {
      throw new UserError(
          "no row is called '"
              + pattern
              + "'; there are "
              + String.join(", ", Book.settings().stream().map(Setting::name).toList()));
    }
    return chosen;
  }

  private static String line(Result result, double seconds) {
    Check check = result.check();
    String what = check.what() + (result.variant().isEmpty() ? "" : ", " + best(result.variant()));
    return line(
        what,
        Numbers.exact(check.expected()),
        Tolerances.text(result),
        Numbers.fixed(result.measured(), check.decimals()),
        check.measure().exact()
            ? ""
            : "± " + Numbers.fixed(result.standardError(), check.decimals()),
        result.ok() ? "ok" : "OFF",
        Double.isNaN(seconds) ? "" : " " + Numbers.duration(seconds));
  }

  private static String best(String variant) {
    return "at " + variant.substring(variant.indexOf('=') + 1);
  }

  private static String line(Object... cells) {
    return String.format(Locale.ROOT, "  %-34s %10s %10s  %10s %-9s %-4s%s", cells).stripTrailing();
  }
}
