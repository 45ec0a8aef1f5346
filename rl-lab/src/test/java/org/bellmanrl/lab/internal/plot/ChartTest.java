package org.bellmanrl.lab.internal.plot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import org.bellmanrl.results.document.UserError;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

class ChartTest {
  private static final double[] X = {0, 1, 2, 3, 4};

  @TempDir Path folder;

  private static Chart chart() {
    return Chart.of(
        "Returns & more",
        "episodes",
        "return < 1",
        List.of(
            Series.of("SARSA", X, new double[] {0, 1, 2, 3, 4}, new double[] {1, 1, 1, 1, 1}),
            Series.of("Q", X, new double[] {4, 3, Double.NaN, 1, 0})));
  }

  private Document svg(Chart chart) throws Exception {
    Path file = folder.resolve("new").resolve("chart.svg");
    chart.write(file);
    return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(file.toFile());
  }

  /** The lines of the series: they alone are that wide. */
  private static List<String> curves(Document svg) {
    NodeList paths = svg.getElementsByTagName("path");
    return IntStream.range(0, paths.getLength())
        .mapToObj(i -> (Element) paths.item(i))
        .filter(path -> path.getAttribute("stroke-width").equals("1.6"))
        .map(path -> path.getAttribute("d"))
        .toList();
  }

  @Test
  void svg_hasLinesBandsAndWords() throws Exception {
    Document svg = svg(chart());

    // The second series has a gap, so it is two lines.
    assertThat(curves(svg)).hasSize(3);
    assertThat(curves(svg).getFirst().chars().filter(c -> c == 'L')).hasSize(4);
    assertThat(svg.getElementsByTagName("text").getLength()).isGreaterThan(10);
    String text = svg.getDocumentElement().getTextContent();
    assertThat(text).contains("Returns & more", "episodes", "return < 1", "SARSA", "Q");
    assertThat(text).contains("prefers-color-scheme:dark");
    NodeList paths = svg.getElementsByTagName("path");
    assertThat(
            IntStream.range(0, paths.getLength())
                .filter(i -> ((Element) paths.item(i)).hasAttribute("fill-opacity")))
        .hasSize(1);
  }

  @Test
  void svg_between_leavesOutWhatLiesBeyond() throws Exception {
    Document svg = svg(chart().between(-0.5, 2.5));

    assertThat(curves(svg).getFirst().chars().filter(c -> c == 'L')).hasSize(2);
    assertThatThrownBy(() -> chart().between(1, 1)).isInstanceOf(IllegalArgumentException.class);
  }

  private static Chart withOutlier(double outlier) {
    double[] x = new double[101];
    double[] y = new double[101];
    for (int i = 0; i <= 100; i++) {
      x[i] = i;
      y[i] = i == 50 ? outlier : i % 10;
    }
    return Chart.of("", "steps", "loss", List.of(Series.of("a", x, y)));
  }

  @Test
  void svg_withAnOutlier_cutsItOffAndMarksIt() throws Exception {
    Document near = svg(withOutlier(9));
    Document far = svg(withOutlier(1e6));

    assertThat(curves(near)).hasSize(1);
    assertThat(curves(far)).hasSize(2);
    int lines = near.getElementsByTagName("path").getLength();
    // The same grid, a line more, and the mark.
    assertThat(far.getElementsByTagName("path").getLength()).isGreaterThanOrEqualTo(lines + 1);
    assertThat(far.getDocumentElement().getTextContent()).doesNotContain("1,000,000");
  }

  @Test
  void svg_logarithmic_marksPowersOfTen() throws Exception {
    Chart chart =
        Chart.of(
            "", "steps", "loss", List.of(Series.of("a", X, new double[] {1, 10, 100, 1e3, 1e4})));

    assertThat(svg(chart.logarithmic()).getDocumentElement().getTextContent()).contains("100");
    // Equal ratios are equal distances.
    String d = curves(svg(chart.logarithmic())).getFirst();
    double[] ys =
        java.util.Arrays.stream(d.substring(1).split("L", -1))
            .mapToDouble(point -> Double.parseDouble(point.split(" ", -1)[1]))
            .toArray();
    for (int i = 1; i < ys.length; i++) {
      assertThat(ys[i - 1] - ys[i]).isCloseTo((ys[0] - ys[4]) / 4, within(0.2));
    }
    assertThatThrownBy(() -> withOutlier(0).between(-1, 1).logarithmic())
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void svg_saysWhatItShows() throws Exception {
    Document svg = svg(chart().noted("band: 95 %"));

    assertThat(svg.getElementsByTagName("title").item(0).getTextContent())
        .isEqualTo("Returns & more: return < 1 over episodes: SARSA, Q");
    assertThat(svg.getDocumentElement().getTextContent()).contains("band: 95 %");
  }

  @Test
  void svg_ofOnePoint_isDrawn() throws Exception {
    Chart point = Chart.of("", "", "", List.of(Series.of("a", new double[] {3}, new double[] {5})));

    assertThat(curves(svg(point))).hasSize(1);
    assertThat(curves(svg(point)).getFirst()).doesNotContain("nan").doesNotContain("inf");
  }

  @Test
  void png_isTwiceAsLargeAndColoured() throws IOException {
    Path file = folder.resolve("chart.png");
    chart().write(file);

    BufferedImage image = ImageIO.read(file.toFile());
    assertThat(image.getWidth()).isEqualTo(1280);
    assertThat(image.getHeight()).isEqualTo(760);
    int blue = 0;
    for (int y = 0; y < 760; y++) {
      for (int x = 0; x < 1280; x++) {
        blue += (image.getRGB(x, y) & 0xffffff) == Ink.series(0).light() ? 1 : 0;
      }
    }
    assertThat(blue).isGreaterThan(1000);
  }

  @Test
  void write_toAnotherFormat_isRefused() {
    assertThatThrownBy(() -> chart().write(folder.resolve("chart.gif")))
        .isInstanceOf(UserError.class)
        .hasMessageContaining(".svg or .png");
    assertThat(Files.exists(folder.resolve("chart.gif"))).isFalse();
  }

  @Test
  void series_ofUnequalLengths_isRefused() {
    assertThatThrownBy(() -> Series.of("a", X, new double[3]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("5 places, 3 values");
  }

  @Test
  void axis_marks_areRoundAndInside() {
    Axis axis = Axis.over(-0.03, 1.07, 0, 100);

    assertThat(axis.marks(6)).hasSizeBetween(4, 7).allMatch(m -> m >= -0.03 && m <= 1.07);
    assertThat(axis.step(6)).isEqualTo(0.2);
    assertThat(Axis.text(0.2 * 3, 0.2)).isEqualTo("0.6");
    assertThat(Axis.text(2500, 500)).isEqualTo("2,500");
    assertThat(Axis.text(0.25, 0.25)).isEqualTo("0.25");
    assertThat(axis.place(-0.03)).isEqualTo(0);
    assertThat(axis.place(1.07)).isEqualTo(100);
  }

  /** Labels of the horizontal axis, with their places. */
  private static Map<String, Double> labels(Document svg) {
    Map<String, Double> labels = new LinkedHashMap<>();
    NodeList texts = svg.getElementsByTagName("text");
    for (int i = 0; i < texts.getLength(); i++) {
      Element text = (Element) texts.item(i);
      if (text.getAttribute("text-anchor").equals("middle")
          && text.getTextContent().matches("[0-9,.]+")) {
        labels.put(text.getTextContent(), Double.parseDouble(text.getAttribute("x")));
      }
    }
    return labels;
  }

  @Test
  void svg_ofAlmostRoundLength_hasATickAtItsEndAndRoomBetweenLabels() throws Exception {
    double[] x = {137, 50_000, 199_874};
    String name = "a learner with a long name on a task with a long name";
    Document svg =
        svg(
            Chart.of(
                "", "steps", "return", List.of(Series.of(name, x, new double[] {-2.7, 0, 0.97}))));
    Map<String, Double> labels = labels(svg);

    assertThat(labels.keySet()).startsWith("0").endsWith("200,000");
    double before = Double.NEGATIVE_INFINITY;
    for (Map.Entry<String, Double> label : labels.entrySet()) {
      double half = label.getKey().length() * 11 * 0.55 / 2;
      assertThat(label.getValue() - half).as(label.getKey()).isGreaterThan(before);
      before = label.getValue() + half;
    }
    assertThat(svg.getDocumentElement().getTextContent()).contains("−3", "−1");
  }
}
