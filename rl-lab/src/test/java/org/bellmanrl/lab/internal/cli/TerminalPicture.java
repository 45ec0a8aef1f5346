package org.bellmanrl.lab.internal.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Draws what a command printed with ANSI colours as the window of a terminal, in SVG. */
final class TerminalPicture {
  private static final Pattern STYLED = Pattern.compile("\u001b\\[([0-9;]*)m|([^\u001b]+)");
  private static final double LETTER = 8.4;
  private static final int LINE = 18;
  private static final int LEFT = 16;
  private static final int TOP = 54;
  private static final String TEXT = "#d8dee9";

  private final StringBuilder svg = new StringBuilder();
  private String ink = TEXT;
  private String ground = "";
  private boolean bold;

  private TerminalPicture() {}

  /**
   * The picture.
   *
   * @param command what was typed
   * @param output what it printed
   * @param columns how many characters fit in a line
   */
  static String of(String command, String output, int columns) {
    return new TerminalPicture().draw(command, output.lines().toList(), columns);
  }

  private String draw(String command, List<String> lines, int columns) {
    int width = (int) Math.ceil(2 * LEFT + columns * LETTER);
    int height = TOP + (lines.size() + 1) * LINE;
    svg.append(
        """
        <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %1$d %2$d" width="%1$d" height="%2$d" \
        font-family="ui-monospace,SFMono-Regular,Menlo,Consolas,DejaVu Sans Mono,monospace" font-size="14" role="img">
        <title>%3$s</title>
        <rect width="100%%" height="100%%" rx="10" fill="#1e222a"/>
        <circle cx="20" cy="16" r="5" fill="#ff5f57"/>
        <circle cx="38" cy="16" r="5" fill="#febc2e"/>
        <circle cx="56" cy="16" r="5" fill="#28c840"/>
        """
            .formatted(width, height, escaped("A terminal after " + command)));
    int row = 0;
    for (String line : all("\u001b[1;38;5;255m$ " + command + "\u001b[0m", lines)) {
      int column = 0;
      Matcher parts = STYLED.matcher(line);
      while (parts.find()) {
        if (parts.group(1) != null) {
          style(parts.group(1).split(";", -1));
        } else {
          text(row, column, parts.group(2));
          column += parts.group(2).length();
        }
      }
      row++;
    }
    return svg.append("</svg>\n").toString();
  }

  private static List<String> all(String first, List<String> rest) {
    List<String> all = new ArrayList<>(List.of(first));
    all.addAll(rest);
    return all;
  }

  private void style(String[] codes) {
    for (int i = 0; i < codes.length; i++) {
      switch (codes[i]) {
        case "1" -> bold = true;
        case "38" -> {
          ink = colour(Integer.parseInt(codes[i + 2]));
          i += 2;
        }
        case "48" -> {
          ground = colour(Integer.parseInt(codes[i + 2]));
          i += 2;
        }
        default -> {
          ink = TEXT;
          ground = "";
          bold = false;
        }
      }
    }
  }

  /** A colour of xterm's palette of 256, of which the first 16 are not used here. */
  private static String colour(int number) {
    int[] rgb = new int[3];
    for (int i = 0; i < 3; i++) {
      int level = (number - 16) / (int) Math.pow(6, 2 - i) % 6;
      rgb[i] = number >= 232 ? 8 + 10 * (number - 232) : level == 0 ? 0 : 55 + 40 * level;
    }
    return String.format(Locale.ROOT, "#%02x%02x%02x", rgb[0], rgb[1], rgb[2]);
  }

  private void text(int row, int column, String text) {
    double x = LEFT + column * LETTER;
    double y = TOP + row * (double) LINE;
    if (!ground.isEmpty()) {
      svg.append(
          String.format(
              Locale.ROOT,
              "<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%d\" fill=\"%s\"/>%n",
              x,
              y - 13.5,
              text.length() * LETTER,
              LINE,
              ground));
    }
    if (!text.isBlank()) {
      svg.append(
          String.format(
              Locale.ROOT,
              "<text x=\"%.1f\" y=\"%.1f\" fill=\"%s\"%s xml:space=\"preserve\" textLength=\"%.1f\">%s</text>%n",
              x,
              y,
              ink,
              bold ? " font-weight=\"bold\"" : "",
              text.length() * LETTER,
              escaped(text)));
    }
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
