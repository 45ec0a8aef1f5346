package org.bellmanrl.bench.report;

import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A report as one page that needs nothing else: styles and drawings stand in it. */
final class HtmlPage {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final int BAR = 120;
  private static final int TREND = 120;
  private static final int TREND_HEIGHT = 28;

  private static final String STYLE =
      """
      :root { color-scheme: light dark; --text: #1c2024; --soft: #5b6570; --line: #d8dde3;
        --card: #f6f8fa; --page: #ffffff; --bar: #2f6feb; --rest: #dfe5ec; }
      @media (prefers-color-scheme: dark) { :root { --text: #e6e9ec; --soft: #9aa5b1;
        --line: #30363d; --card: #161b22; --page: #0d1117; --bar: #58a6ff; --rest: #2a313a; } }
      * { box-sizing: border-box; }
      body { margin: 0 auto; max-width: 72rem; padding: 1.5rem 1rem 4rem; background: var(--page);
        color: var(--text); font: 16px/1.5 system-ui, sans-serif; }
      h1 { font-size: 1.6rem; margin: 0 0 .25rem; }
      h2 { font-size: 1.1rem; margin: 2.2rem 0 .6rem; }
      h2 small { color: var(--soft); font-weight: 400; display: block; font-size: .85rem; }
      p { max-width: 46rem; }
      .soft { color: var(--soft); }
      dl { display: grid; grid-template-columns: max-content 1fr; gap: .15rem 1rem; margin: 1rem 0;
        padding: .8rem 1rem; background: var(--card); border: 1px solid var(--line);
        border-radius: .5rem; font-size: .9rem; }
      dt { color: var(--soft); }
      dd { margin: 0; overflow-wrap: anywhere; }
      table { width: 100%; border-collapse: collapse; font-size: .9rem;
        font-variant-numeric: tabular-nums; }
      th { text-align: left; font-weight: 500; color: var(--soft); }
      th, td { padding: .4rem .8rem .4rem 0; border-bottom: 1px solid var(--line);
        vertical-align: middle; }
      td:first-child { overflow-wrap: anywhere; min-width: 10rem; }
      code { font: .85rem ui-monospace, monospace; }
      svg { vertical-align: middle; }
      .rest { fill: var(--rest); } .bar { fill: var(--bar); }
      .whisker { stroke: var(--text); stroke-width: 1.5; }
      .mark { stroke: var(--text); stroke-width: 1; stroke-dasharray: 2 2; }
      .trend { fill: none; stroke: var(--bar); stroke-width: 1.5; }
      .dot { fill: var(--bar); }
      @media (min-width: 48.01rem) {
        table { table-layout: fixed; }
        th:nth-child(1) { width: 32%; } th:nth-child(2) { width: 18%; }
        th:nth-child(3) { width: 27%; } th:nth-child(4) { width: 9%; }
      }
      @media (max-width: 48rem) {
        thead { display: none; }
        tr { display: block; padding: .5rem 0; border-bottom: 1px solid var(--line); }
        td { display: flex; justify-content: space-between; gap: 1rem; border: 0;
          padding: .15rem 0; }
        td:first-child { font-weight: 600; }
        td[data-name]::before { content: attr(data-name); color: var(--soft); }
        td:empty { display: none; }
      }
      """;

  private final BenchReport report;
  private final List<BenchReport> earlier;
  private final Peers peers;
  private final StringBuilder html = new StringBuilder();

  /**
   * A page.
   *
   * @param earlier reports before this one, the oldest first
   */
  HtmlPage(BenchReport report, List<BenchReport> earlier, Peers peers) {
    this.report = report;
    this.earlier = List.copyOf(earlier);
    this.peers = peers;
  }

  String text() {
    html.append("<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
    html.append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
    html.append(
        "<title>Bellman benchmarks</title>\n<link rel=\"icon\" href=\"data:,\">\n<style>\n");
    html.append(STYLE).append("</style>\n</head>\n<body>\n<h1>Bellman benchmarks</h1>\n");
    html.append("<p class=\"soft\">").append(escape(MarkdownPage.ADVICE)).append("</p>\n<dl>\n");
    entry("measured", TIME.format(report.created()) + ", " + report.form() + " form");
    entry("commit", report.commit());
    report.machine().facts().forEach(this::entry);
    entry("earlier reports", Integer.toString(earlier.size()));
    html.append("</dl>\n");
    report.bySuite().values().forEach(this::suite);
    return html.append("</body>\n</html>\n").toString();
  }

  private void entry(String name, String value) {
    html.append("<dt>").append(escape(name)).append("</dt><dd>");
    html.append(escape(value)).append("</dd>\n");
  }

  private void suite(List<Figure> figures) {
    Figure first = figures.getFirst();
    boolean beside = figures.stream().anyMatch(figure -> !peers.of(figure).isEmpty());
    html.append("<h2>").append(escape(first.title())).append("<small><code>");
    html.append(escape(first.suite())).append("</code></small></h2>\n<table>\n<thead><tr>");
    html.append("<th>benchmark</th><th>figure</th><th>part of the limit's speed (dashed: 1)</th>");
    html.append("<th>bytes/op</th><th>trend</th>");
    html.append(beside ? "<th>peers</th>" : "").append("</tr></thead>\n<tbody>\n");
    for (Figure figure : figures) {
      html.append("<tr><td>").append(escape(figure.method()));
      if (!figure.parameters().isEmpty()) {
        html.append(" <span class=\"soft\">").append(escape(figure.parameterText(", ")));
        html.append("</span>");
      }
      html.append("</td>");
      cell("figure", Units.score(figure.score(), figure.error(), figure.unit()));
      html.append("<td data-name=\"of the limit\">").append(ratio(figure)).append("</td>");
      cell("bytes/op", Units.bytes(figure.allocation()));
      html.append("<td data-name=\"trend\">").append(trend(figure)).append("</td>");
      if (beside) {
        html.append("<td data-name=\"peers\">").append(peers(figure)).append("</td>");
      }
      html.append("</tr>\n");
    }
    html.append("</tbody>\n</table>\n");
  }

  private void cell(String name, String text) {
    html.append("<td data-name=\"").append(escape(name)).append("\">");
    html.append(escape(text)).append("</td>");
  }

  private String ratio(Figure figure) {
    if (figure.limit() == null) {
      return report.isLimit(figure)
          ? "<span class=\"soft\">the limit</span>"
          : "<span class=\"soft\">no limit</span>";
    }
    double full = Math.max(1, figure.ratio() + nonNegative(figure.ratioError()));
    double unit = BAR / full;
    double width = figure.ratio() * unit;
    double low = Math.max(0, width - nonNegative(figure.ratioError()) * unit);
    double high = Math.min(BAR, width + nonNegative(figure.ratioError()) * unit);
    String words = Units.withError(figure.ratio(), figure.ratioError()) + " of " + figure.limit();
    return "<span><svg width=\"%d\" height=\"14\" role=\"img\" aria-label=\"%s\"><title>%s</title>"
            .formatted(BAR, escape(words), escape(words))
        + rectangle("rest", BAR)
        + rectangle("bar", width)
        + line("mark", unit, unit, 0, 14)
        + line("whisker", low, high, 7, 7)
        + "</svg> "
        + Units.withError(figure.ratio(), figure.ratioError())
        + "</span>";
  }

  private static double nonNegative(double error) {
    return Double.isNaN(error) ? 0 : error;
  }

  private static String rectangle(String style, double width) {
    return "<rect class=\"%s\" y=\"2\" height=\"10\" rx=\"2\" width=\"%s\"/>"
        .formatted(style, Units.fixed(width, 1));
  }

  private static String line(String style, double x1, double x2, double y1, double y2) {
    return "<line class=\"%s\" x1=\"%s\" x2=\"%s\" y1=\"%s\" y2=\"%s\"/>"
        .formatted(
            style, Units.fixed(x1, 1), Units.fixed(x2, 1), Units.fixed(y1, 1), Units.fixed(y2, 1));
  }

  /** The ratio, or without a limit the speed on this processor, through all reports. */
  private String trend(Figure figure) {
    List<Double> values = new ArrayList<>();
    for (BenchReport each : earlier) {
      boolean comparable =
          figure.limit() != null || each.machine().cpu().equals(report.machine().cpu());
      each.figure(figure.id())
          .filter(old -> comparable && (old.limit() != null) == (figure.limit() != null))
          .ifPresent(old -> values.add(trended(old)));
    }
    if (values.isEmpty()) {
      return "";
    }
    values.add(trended(figure));
    double least = values.stream().mapToDouble(v -> v).min().orElseThrow();
    double most = values.stream().mapToDouble(v -> v).max().orElseThrow();
    // A change of a tenth fills the height at least: noise shall not look like mountains.
    double middle = (least + most) / 2;
    double span = Math.max(most - least, 0.1 * middle);
    StringBuilder points = new StringBuilder();
    double x = 0;
    double y = 0;
    for (int i = 0; i < values.size(); i++) {
      x = 4 + (TREND - 8.0) * i / (values.size() - 1);
      y = TREND_HEIGHT / 2.0 - (values.get(i) - middle) / span * (TREND_HEIGHT - 8);
      points.append(i == 0 ? "" : " ").append(Units.fixed(x, 1)).append(',');
      points.append(Units.fixed(y, 1));
    }
    String words =
        "%d reports, from %s to %s, now %s"
            .formatted(values.size(), short3(least), short3(most), short3(values.getLast()));
    return ("<svg width=\"%d\" height=\"%d\" role=\"img\" aria-label=\"%s\"><title>%s</title>"
            + "<polyline class=\"trend\" points=\"%s\"/>"
            + "<circle class=\"dot\" r=\"2.5\" cx=\"%s\" cy=\"%s\"/></svg>")
        .formatted(TREND, TREND_HEIGHT, words, words, points, Units.fixed(x, 1), Units.fixed(y, 1));
  }

  private static double trended(Figure figure) {
    return figure.limit() == null ? figure.speed() : figure.ratio();
  }

  private static String short3(double value) {
    return value < 1000 ? Units.three(value) : Units.score(value, Double.NaN, Figure.RATE);
  }

  private String peers(Figure figure) {
    StringBuilder text = new StringBuilder("<span>");
    for (Peers.Peer peer : peers.of(figure)) {
      text.append(text.length() > "<span>".length() ? "<br>" : "");
      text.append(escape(MarkdownPage.peer(figure, peer, report.machine())));
    }
    return text.length() > "<span>".length() ? text.append("</span>").toString() : "";
  }

  static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}
