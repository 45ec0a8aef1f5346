package org.bellmanrl.lab.internal.plot;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.bellmanrl.results.document.AtomicFiles;
import org.bellmanrl.results.document.Numbers;

/**
 * Draws an SVG. Each ink is a class of its style sheet, which has the colours of dark pages too.
 */
final class SvgSurface implements Surface.Drawing {
  private final Path file;
  private final String title;
  private final double width;
  private final double height;
  private final StringBuilder body = new StringBuilder();
  private final Map<Ink, String> inks = new LinkedHashMap<>();

  SvgSurface(Path file, String title, double width, double height) {
    this.file = file;
    this.title = title;
    this.width = width;
    this.height = height;
    rectangle(0, 0, width, height, Ink.GROUND);
  }

  @Override
  public void rectangle(double x, double y, double w, double h, Ink ink) {
    body.append("<rect x=\"").append(number(x)).append("\" y=\"").append(number(y));
    body.append("\" width=\"").append(number(w)).append("\" height=\"").append(number(h));
    body.append("\" class=\"").append(name(ink)).append("\"/>\n");
  }

  @Override
  public void polygon(double[] xs, double[] ys, Ink ink, double opacity) {
    body.append("<path d=\"");
    path(xs, ys);
    body.append("z\" class=\"").append(name(ink));
    if (opacity < 1) {
      body.append("\" fill-opacity=\"").append(Numbers.exact(opacity));
    }
    body.append("\"/>\n");
  }

  @Override
  public void line(double[] xs, double[] ys, Ink ink, double thickness, boolean dashed) {
    body.append("<path d=\"");
    path(xs, ys);
    body.append("\" class=\"l ").append(name(ink)).append("\" stroke-width=\"");
    body.append(number(thickness));
    if (dashed) {
      body.append("\" stroke-dasharray=\"4 3");
    }
    body.append("\"/>\n");
  }

  private void path(double[] xs, double[] ys) {
    for (int i = 0; i < xs.length; i++) {
      body.append(i == 0 ? 'M' : 'L').append(number(xs[i])).append(' ').append(number(ys[i]));
    }
  }

  @Override
  public void text(double x, double y, String text, double size, Anchor anchor, Ink ink) {
    body.append("<text x=\"").append(number(x)).append("\" y=\"").append(number(y));
    words(text, size, anchor, ink);
  }

  @Override
  public void upwards(double x, double y, String text, double size, Ink ink) {
    body.append("<text transform=\"translate(").append(number(x)).append(' ').append(number(y));
    body.append(") rotate(-90)");
    words(text, size, Anchor.MIDDLE, ink);
  }

  private void words(String text, double size, Anchor anchor, Ink ink) {
    body.append("\" font-size=\"").append(number(size)).append("\" class=\"").append(name(ink));
    switch (anchor) {
      case START -> {}
      case MIDDLE -> body.append("\" text-anchor=\"middle");
      case END -> body.append("\" text-anchor=\"end");
    }
    // A third of the size below the middle is where letters stand, in any common font.
    body.append("\" dy=\"").append(number(size * 0.35)).append("\">").append(escaped(text));
    body.append("</text>\n");
  }

  private String name(Ink ink) {
    return inks.computeIfAbsent(ink, one -> "i" + inks.size());
  }

  private static String number(double value) {
    String text = Numbers.fixed(value, 1);
    return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }

  @Override
  public void write() throws IOException {
    StringBuilder svg = new StringBuilder();
    svg.append("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 ").append(number(width));
    svg.append(' ').append(number(height)).append("\" width=\"").append(number(width));
    svg.append("\" height=\"").append(number(height));
    svg.append("\" role=\"img\" font-family=\"Helvetica, Arial, sans-serif\">\n<title>");
    svg.append(escaped(title)).append("</title>\n<style>\n");
    inks.forEach((ink, name) -> style(svg, name, ink.lightHex()));
    svg.append(".l{stroke-linejoin:round}\n@media (prefers-color-scheme:dark){\n");
    inks.forEach((ink, name) -> style(svg, name, ink.darkHex()));
    svg.append("}\n</style>\n").append(body).append("</svg>\n");
    Path folder = file.toAbsolutePath().getParent();
    if (folder != null) {
      Files.createDirectories(folder);
    }
    AtomicFiles.write(file, svg.toString().getBytes(StandardCharsets.UTF_8));
  }

  private static void style(StringBuilder svg, String name, String colour) {
    svg.append('.').append(name).append("{fill:").append(colour).append("}.l.").append(name);
    svg.append("{fill:none;stroke:").append(colour).append("}\n");
  }
}
