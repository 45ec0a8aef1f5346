package org.bellmanrl.lab.internal.watch;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/** The files of the page: our own, and uPlot from its webjar. Nothing comes from elsewhere. */
final class PageFiles {
  private static final String UPLOT = "META-INF/resources/webjars/uplot/";
  private static final String UPLOT_ABOUT = "META-INF/maven/org.webjars.npm/uplot/pom.properties";
  private static final String JAVASCRIPT = "text/javascript; charset=utf-8";
  private static final String CSS = "text/css; charset=utf-8";

  private final Map<String, File> files;

  /** A file with its media type. */
  @SuppressWarnings("ArrayRecordComponent") // never compared, and nobody writes to it
  record File(String type, byte[] content) {}

  PageFiles() {
    String uplot = UPLOT + version() + "/dist/";
    files =
        Map.of(
            "/", new File("text/html; charset=utf-8", own("index.html")),
            "/watch.css", new File(CSS, own("watch.css")),
            "/watch.js", new File(JAVASCRIPT, own("watch.js")),
            "/icon.svg", new File("image/svg+xml", own("icon.svg")),
            "/uplot.css", new File(CSS, library(uplot + "uPlot.min.css")),
            "/uplot.js", new File(JAVASCRIPT, library(uplot + "uPlot.iife.min.js")));
  }

  @Nullable File file(String path) {
    return files.get(path);
  }

  /** The webjar says its version, which is part of its paths. */
  private static String version() {
    Properties about = new Properties();
    try (InputStream in = PageFiles.class.getClassLoader().getResourceAsStream(UPLOT_ABOUT)) {
      if (in == null) {
        throw new IllegalStateException("uPlot's webjar is missing from the class path");
      }
      about.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return about.getProperty("version", "");
  }

  private static byte[] own(String name) {
    return bytes(PageFiles.class.getResourceAsStream(name), name);
  }

  private static byte[] library(String name) {
    return bytes(PageFiles.class.getClassLoader().getResourceAsStream(name), name);
  }

  private static byte[] bytes(@Nullable InputStream stream, String name) {
    try (InputStream in = stream) {
      if (in == null) {
        throw new IllegalStateException(name + " is missing from the class path");
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
