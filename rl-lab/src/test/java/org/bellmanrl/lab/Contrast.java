package org.bellmanrl.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.geom.Path2D;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Contrasts of colours, as WCAG 2.1 defines them: 4.5 for letters and 3 for lines are enough. */
public final class Contrast {
  private static final Pattern ELEMENT = Pattern.compile("<(rect|path|text)([^>]*)>([^<]*)");
  private static final Pattern STYLE = Pattern.compile("\\n\\.(i\\d+)\\{fill:(#[0-9a-f]{6})\\}");
  private static final Pattern POINT = Pattern.compile("[ML](-?[\\d.]+) (-?[\\d.]+)");

  /** The lines of a grid behind what is shown may be faint. */
  private static final String FAINT = "#dfe3e8";

  private Contrast() {}

  /** The contrast of two colours such as {@code #102030}: from 1 to 21. */
  public static double of(String a, String b) {
    double first = luminance(a);
    double second = luminance(b);
    return (Math.max(first, second) + 0.05) / (Math.min(first, second) + 0.05);
  }

  private static double luminance(String colour) {
    double[] weights = {0.2126, 0.7152, 0.0722};
    double sum = 0;
    for (int i = 0; i < 3; i++) {
      double part = Integer.parseInt(colour.substring(1 + 2 * i, 3 + 2 * i), 16) / 255.0;
      sum += weights[i] * (part <= 0.03928 ? part / 12.92 : Math.pow((part + 0.055) / 1.055, 2.4));
    }
    return sum;
  }

  /** A filled shape with the name of its colour. */
  private record Shape(Path2D outline, String ink) {}

  /**
   * Checks a picture of ours in both themes: letters and lines against what they are on, and what a
   * single letter stands on, such as the H of a hole, against the ground.
   */
  public static void requireReadable(String svg) {
    int split = svg.indexOf("@media");
    Map<String, String> light = colours(svg.substring(0, split));
    Map<String, String> dark = colours(svg.substring(split, svg.indexOf("</style>")));
    List<Shape> shapes = new ArrayList<>();
    int letters = 0;
    Matcher matcher = ELEMENT.matcher(svg);
    while (matcher.find()) {
      String kind = matcher.group(1);
      String attributes = matcher.group(2);
      String ink = attribute(attributes, "class");
      if (kind.equals("text")) {
        String ground = under(shapes, place(attributes));
        letters++;
        require(light, dark, ink, ground, 4.5, matcher.group());
        if (matcher.group(3).matches("[A-Z]") && !ground.equals(shapes.getFirst().ink)) {
          require(light, dark, ground, shapes.getFirst().ink, 3, matcher.group());
        }
      } else if (ink.startsWith("l ")) {
        if (!FAINT.equals(light.get(ink.substring(2)))) {
          double[][] points = points(attributes);
          double[] middle = {(points[0][0] + points[1][0]) / 2, (points[0][1] + points[1][1]) / 2};
          require(light, dark, ink.substring(2), under(shapes, middle), 3, matcher.group());
        }
      } else if (!attributes.contains("fill-opacity")) {
        shapes.add(new Shape(outline(kind, attributes), ink));
      }
    }
    assertThat(letters).isPositive();
  }

  private static void require(
      Map<String, String> light,
      Map<String, String> dark,
      String ink,
      String ground,
      double least,
      String what) {
    assertThat(of(light.get(ink), light.get(ground)))
        .as("%s: %s on %s", what, light.get(ink), light.get(ground))
        .isGreaterThanOrEqualTo(least);
    assertThat(of(dark.get(ink), dark.get(ground)))
        .as("%s, dark: %s on %s", what, dark.get(ink), dark.get(ground))
        .isGreaterThanOrEqualTo(least);
  }

  private static Map<String, String> colours(String style) {
    Map<String, String> colours = new HashMap<>();
    Matcher matcher = STYLE.matcher(style);
    while (matcher.find()) {
      colours.put(matcher.group(1), matcher.group(2));
    }
    return colours;
  }

  private static String attribute(String attributes, String name) {
    Matcher matcher = Pattern.compile("\\b" + name + "=\"([^\"]*)\"").matcher(attributes);
    return matcher.find() ? matcher.group(1) : "";
  }

  /** A point within the letters. */
  private static double[] place(String attributes) {
    Matcher turned = Pattern.compile("translate\\(([\\d.]+) ([\\d.]+)\\)").matcher(attributes);
    if (turned.find()) {
      return new double[] {
        Double.parseDouble(turned.group(1)), Double.parseDouble(turned.group(2))
      };
    }
    double size = Double.parseDouble(attribute(attributes, "font-size"));
    double shift =
        switch (attribute(attributes, "text-anchor")) {
          case "middle" -> 0;
          case "end" -> -size / 4;
          default -> size / 4;
        };
    return new double[] {
      Double.parseDouble(attribute(attributes, "x")) + shift,
      Double.parseDouble(attribute(attributes, "y"))
    };
  }

  private static double[][] points(String attributes) {
    return POINT
        .matcher(attribute(attributes, "d"))
        .results()
        .map(one ->
            new double[] {Double.parseDouble(one.group(1)), Double.parseDouble(one.group(2))})
        .toArray(double[][]::new);
  }

  private static Path2D outline(String kind, String attributes) {
    Path2D path = new Path2D.Double();
    if (kind.equals("rect")) {
      double x = Double.parseDouble(attribute(attributes, "x"));
      double y = Double.parseDouble(attribute(attributes, "y"));
      double width = Double.parseDouble(attribute(attributes, "width"));
      double height = Double.parseDouble(attribute(attributes, "height"));
      path.append(new java.awt.geom.Rectangle2D.Double(x, y, width, height), false);
      return path;
    }
    for (double[] point : points(attributes)) {
      if (path.getCurrentPoint() == null) {
        path.moveTo(point[0], point[1]);
      } else {
        path.lineTo(point[0], point[1]);
      }
    }
    path.closePath();
    return path;
  }

  private static String under(List<Shape> shapes, double[] point) {
    return shapes.reversed().stream()
        .filter(shape -> shape.outline.contains(point[0], point[1]))
        .findFirst()
        .map(Shape::ink)
        .orElse(shapes.getFirst().ink);
  }
}
