package org.bellmanrl.lab.internal.textbook;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.bellmanrl.lab.internal.plot.Chart;
import org.bellmanrl.lab.internal.plot.Series;
import org.bellmanrl.results.document.Document;
import org.jspecify.annotations.Nullable;

/**
 * A figure made of settings that measure a curve or a number over several values of an option.
 *
 * @param file the name of its file, without an ending
 * @param title above it
 * @param source which of the book's it is; empty for none
 * @param x below it
 * @param y beside it
 * @param range lowest and highest value shown; empty for all
 * @param show what is drawn of each series
 * @param group how many numbers of a curve make a point, their mean
 * @param lines what is drawn
 */
record Figure(
    String file,
    String title,
    String source,
    String x,
    String y,
    List<Double> range,
    Show show,
    int group,
    List<Line> lines) {
  private static final double BAND = 1.96;

  /** What is drawn of a setting. */
  enum Show {
    /** The curve that it measures, with a band of 95 % for the mean. */
    CURVE,
    /** A number over the values of an option. */
    SWEEP,
    /** How far the mean of V over runs is from the true values, over episodes. */
    BIAS,
    /** How far V of a run is from its mean over runs, over episodes. */
    DEVIATION
  }

  /**
   * A line.
   *
   * @param name in the legend
   * @param setting what gives its numbers
   */
  record Line(String name, Setting setting) {}

  static Figure parse(Document document) {
    Map<String, @Nullable Object> base = document.mapping("base").entries();
    String file = document.text("file");
    List<Line> lines = new ArrayList<>();
    for (Document series : document.mappings("series")) {
      Map<String, @Nullable Object> own = new LinkedHashMap<>(series.entries());
      String name = series.text("name");
      Map<String, @Nullable Object> all = new LinkedHashMap<>(base);
      all.putAll(own);
      all.put("name", file + ", " + name);
      if (base.get("options") instanceof Map<?, ?> shared
          && own.get("options") instanceof Map<?, ?> others) {
        Map<Object, @Nullable Object> options = new LinkedHashMap<>(shared);
        options.putAll(others);
        all.put("options", options);
      }
      Map<String, Object> measured = new LinkedHashMap<>();
      measured.put("measure", document.text("measure"));
      measured.put("expected", 0);
      all.put("checks", List.of(measured));
      lines.add(new Line(name, Setting.parse(Document.of("figures.yaml", all))));
    }
    List<Double> range =
        document.has("low") ? List.of(document.real("low"), document.real("high")) : List.of();
    Figure figure =
        new Figure(
            file,
            document.text("title"),
            document.has("source") ? document.text("source") : "",
            document.text("x"),
            document.text("y"),
            range,
            document.has("show")
                ? Show.valueOf(document.text("show").toUpperCase(Locale.ROOT))
                : Show.CURVE,
            (int) (document.has("group") ? document.whole("group", 1, 10_000) : 1),
            lines);
    document.refuseOthers();
    return figure;
  }

  /** Runs what it shows. */
  Chart chart(Laboratory laboratory) {
    List<Series> series = new ArrayList<>();
    for (Line line : lines) {
      Setting setting = line.setting();
      List<Outcome> outcomes = laboratory.carryOut(setting, setting.runs());
      series.add(
          switch (show) {
            case CURVE -> curve(line, outcomes.getFirst());
            case SWEEP -> sweep(line, outcomes);
            case BIAS, DEVIATION -> error(line, outcomes.getFirst(), laboratory.truth(setting));
          });
    }
    Chart chart = Chart.of(title, x, y, series);
    return range.isEmpty() ? chart : chart.between(range.getFirst(), range.getLast());
  }

  private Series curve(Line line, Outcome outcome) {
    int from = line.setting().checks().getFirst().measure().from();
    int points = outcome.size() / group;
    double[] xs = new double[points];
    double[] ys = new double[points];
    double[] bands = new double[points];
    for (int p = 0; p < points; p++) {
      for (int i = p * group; i < (p + 1) * group; i++) {
        xs[p] += (double) (from + i) / group;
        ys[p] += outcome.mean(i) / group;
        // As if what is averaged went up and down together: the band may be too wide, not too
        // narrow.
        bands[p] += BAND * outcome.standardError(i) / group;
      }
    }
    return Series.of(line.name(), xs, ys, bands);
  }

  private Series sweep(Line line, List<Outcome> outcomes) {
    String varied = line.setting().varied();
    List<Map<String, @Nullable Object>> variants = line.setting().variants();
    double[] xs = new double[outcomes.size()];
    double[] ys = new double[xs.length];
    double[] bands = new double[xs.length];
    for (int i = 0; i < xs.length; i++) {
      xs[i] = Double.parseDouble(String.valueOf(variants.get(i).get(varied)));
      ys[i] = outcomes.get(i).mean(0);
      bands[i] = BAND * outcomes.get(i).standardError(0);
    }
    return Series.of(line.name(), xs, ys, bands);
  }

  /** Root of the mean over states of the square of the bias, or of the variance. */
  private Series error(Line line, Outcome outcome, double[] truth) {
    int points = outcome.size() / truth.length;
    double[] xs = new double[points];
    double[] ys = new double[points];
    for (int p = 0; p < points; p++) {
      xs[p] = line.setting().checks().getFirst().measure().from() + p;
      for (int s = 0; s < truth.length; s++) {
        int i = p * truth.length + s;
        double bias = outcome.mean(i) - truth[s];
        ys[p] += (show == Show.BIAS ? bias * bias : outcome.variance(i)) / truth.length;
      }
      ys[p] = Math.sqrt(ys[p]);
    }
    return Series.of(line.name(), xs, ys);
  }
}
