package org.bellmanrl.lab.internal.tune;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.bellmanrl.lab.internal.plot.Ink;
import org.bellmanrl.lab.internal.plot.Surface;
import org.bellmanrl.results.document.Document;
import org.bellmanrl.results.document.Numbers;
import org.bellmanrl.tune.Distribution;
import org.bellmanrl.tune.Trial;

/** Pictures of a search: the importance of its parameters, slices, and parallel coordinates. */
public final class StudyPictures {
  /** The files, in the study's folder. */
  public static final List<String> NAMES =
      List.of("importance.svg", "slices.svg", "parallel-coordinates.svg");

  private static final double SIZE = 11;
  private static final double LETTER = 0.55 * SIZE;
  private static final double MARGIN = 16;
  private static final double TITLE = 34;
  private static final int COLUMNS = 3;
  private static final double PANEL_WIDTH = 230;
  private static final double PANEL_HEIGHT = 150;
  private static final double AXIS_DISTANCE = 110;
  private static final double AXIS_HEIGHT = 260;
  private static final double DOT = 2;
  private static final int LONGEST = 14;
  private static final int FEW_DIGITS = 6;

  /** The best trials are drawn over the others in the colour of the second series. */
  private static final double BEST_PART = 0.1;

  private static final Ink OTHERS = Ink.series(0);
  private static final Ink BEST = Ink.series(1);

  private final Study study;
  private final List<Trial> worstFirst;
  private final Map<String, Double> importance;
  private final double least;
  private final double most;

  /**
   * Pictures of trials; those that did not finish are left out but for the importance.
   *
   * @param importance of each parameter, in [0, 1]
   */
  public StudyPictures(Study study, List<Trial> trials, Map<String, Double> importance) {
    this.study = study;
    this.importance = importance;
    this.worstFirst =
        trials.stream()
            .filter(Trial::isComplete)
            .sorted(Comparator.comparingDouble(Trial::result))
            .toList();
    this.least = worstFirst.isEmpty() ? 0 : worstFirst.getFirst().result();
    this.most = worstFirst.isEmpty() ? 0 : worstFirst.getLast().result();
  }

  /** Draws all of them. */
  public void write() throws IOException {
    importance(study.path().resolve(NAMES.get(0)));
    slices(study.path().resolve(NAMES.get(1)));
    parallelCoordinates(study.path().resolve(NAMES.get(2)));
  }

  private String title() {
    return study.base().title();
  }

  private void importance(Path file) throws IOException {
    List<Map.Entry<String, Double>> rows = new ArrayList<>(importance.entrySet());
    rows.sort(Map.Entry.<String, Double>comparingByValue().reversed());
    double left =
        MARGIN + LETTER * rows.stream().mapToInt(row -> row.getKey().length()).max().orElse(0);
    double width = left + 340;
    double bar = 18;
    Surface.Drawing drawing =
        Surface.open(file, title(), width, TITLE + rows.size() * bar + MARGIN);
    title(drawing, "importance of the parameters: " + title());
    for (int i = 0; i < rows.size(); i++) {
      double at = TITLE + i * bar;
      double part = rows.get(i).getValue();
      drawing.text(
          left - 6, at + bar / 2, rows.get(i).getKey(), SIZE, Surface.Anchor.END, Ink.TEXT);
      drawing.rectangle(left, at + 3, 280 * part, bar - 6, OTHERS);
      drawing.text(
          left + 280 * part + 6,
          at + bar / 2,
          Numbers.fixed(part, 2),
          SIZE,
          Surface.Anchor.START,
          Ink.TEXT);
    }
    drawing.write();
  }

  /** A panel for each parameter: its values to the right, the return upwards. */
  private void slices(Path file) throws IOException {
    int count = study.space().parameters().size();
    int columns = Math.min(COLUMNS, count);
    int rows = (count + columns - 1) / columns;
    double left = MARGIN + 50;
    Surface.Drawing drawing =
        Surface.open(
            file, title(), left + columns * PANEL_WIDTH, TITLE + rows * PANEL_HEIGHT + MARGIN);
    title(drawing, "return by each parameter: " + title());
    int panel = 0;
    for (Map.Entry<String, Distribution> parameter : study.space().parameters().entrySet()) {
      double x = left + panel % columns * PANEL_WIDTH;
      int row = panel / columns;
      double y = TITLE + row * PANEL_HEIGHT;
      double width = PANEL_WIDTH - 40;
      double height = PANEL_HEIGHT - 48;
      line(drawing, x, y, x, y + height, Ink.TEXT);
      line(drawing, x, y + height, x + width, y + height, Ink.TEXT);
      if (panel % columns == 0) {
        drawing.text(x - 6, y + 4, brief(most), SIZE, Surface.Anchor.END, Ink.TEXT);
        drawing.text(x - 6, y + height - 4, brief(least), SIZE, Surface.Anchor.END, Ink.TEXT);
      }
      Distribution distribution = parameter.getValue();
      for (Mark mark : marks(distribution)) {
        drawing.text(
            x + mark.place * width,
            y + height + 10,
            mark.text,
            SIZE - 1,
            Surface.Anchor.MIDDLE,
            Ink.TEXT);
      }
      drawing.text(
          x + width / 2,
          y + height + 25,
          parameter.getKey(),
          SIZE,
          Surface.Anchor.MIDDLE,
          Ink.TEXT);
      for (int i = 0; i < worstFirst.size(); i++) {
        Trial trial = worstFirst.get(i);
        double place = distribution.place(trial.parameters().get(parameter.getKey()));
        drawing.rectangle(
            x + place * width - DOT,
            y + height * (1 - part(trial.result())) - DOT,
            2 * DOT,
            2 * DOT,
            ink(i));
      }
      panel++;
    }
    drawing.write();
  }

  /** An axis for each parameter and one for the return, and a line across them for each trial. */
  private void parallelCoordinates(Path file) throws IOException {
    int axes = study.space().parameters().size() + 1;
    double left = MARGIN + 60;
    Surface.Drawing drawing =
        Surface.open(
            file,
            title(),
            2 * left + (axes - 1) * AXIS_DISTANCE,
            TITLE + AXIS_HEIGHT + 2 * MARGIN + 30);
    title(drawing, "parallel coordinates: " + title());
    double top = TITLE + 22;
    for (int i = 0; i < worstFirst.size(); i++) {
      Trial trial = worstFirst.get(i);
      double[] xs = new double[axes];
      double[] ys = new double[axes];
      int axis = 0;
      for (Map.Entry<String, Distribution> parameter : study.space().parameters().entrySet()) {
        double place = parameter.getValue().place(trial.parameters().get(parameter.getKey()));
        ys[axis++] = top + AXIS_HEIGHT * (1 - place);
      }
      ys[axis] = top + AXIS_HEIGHT * (1 - part(trial.result()));
      for (int j = 0; j < axes; j++) {
        xs[j] = left + j * AXIS_DISTANCE;
      }
      drawing.line(xs, ys, ink(i), 1, false);
    }
    int axis = 0;
    for (Map.Entry<String, Distribution> parameter : study.space().parameters().entrySet()) {
      axis(
          drawing,
          left + axis++ * AXIS_DISTANCE,
          top,
          parameter.getKey(),
          marks(parameter.getValue()));
    }
    axis(
        drawing,
        left + axis * AXIS_DISTANCE,
        top,
        "return",
        List.of(new Mark(0, brief(least)), new Mark(1, brief(most))));
    drawing.write();
  }

  private static void axis(Surface surface, double x, double top, String name, List<Mark> marks) {
    line(surface, x, top, x, top + AXIS_HEIGHT, Ink.TEXT);
    surface.text(x, top - 12, name, SIZE, Surface.Anchor.MIDDLE, Ink.TEXT);
    for (Mark mark : marks) {
      surface.text(
          x - 5,
          top + AXIS_HEIGHT * (1 - mark.place),
          mark.text,
          SIZE - 1,
          Surface.Anchor.END,
          Ink.TEXT);
    }
  }

  private static void title(Surface surface, String text) {
    surface.text(MARGIN, TITLE / 2, text, SIZE + 2, Surface.Anchor.START, Ink.TEXT);
  }

  private static void line(Surface surface, double x0, double y0, double x1, double y1, Ink ink) {
    surface.line(new double[] {x0, x1}, new double[] {y0, y1}, ink, 1, false);
  }

  private Ink ink(int rank) {
    return worstFirst.size() - rank <= Math.ceil(BEST_PART * worstFirst.size()) ? BEST : OTHERS;
  }

  private double part(double result) {
    return most > least ? (result - least) / (most - least) : 0.5;
  }

  /** All digits of a number that has few: 0.9999 is not 1. */
  private static String words(double value) {
    String exact = Numbers.exact(value);
    return exact.length() <= FEW_DIGITS ? exact : brief(value);
  }

  private static String brief(double value) {
    return Numbers.brief(value);
  }

  /**
   * A value to be marked on an axis.
   *
   * @param place from one end of the axis to the other, in [0, 1]
   */
  private record Mark(double place, String text) {}

  /** The ends and the middle of a range, or all choices. */
  private static List<Mark> marks(Distribution distribution) {
    List<Object> values = new ArrayList<>();
    switch (distribution) {
      case Distribution.Choice choice -> values.addAll(choice.values());
      case Distribution.Range range -> {
        for (double part : new double[] {0, 0.5, 1}) {
          values.add(range.valueAt(part));
        }
      }
    }
    List<Mark> marks = new ArrayList<>();
    for (Object value : values) {
      String text = value instanceof Double number ? words(number) : Document.inline(value);
      marks.add(
          new Mark(
              distribution.place(value),
              text.length() <= LONGEST ? text : text.substring(0, LONGEST - 1) + "…"));
    }
    return marks;
  }
}
