package org.bellmanrl.lab.internal.textbook;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.bellmanrl.results.document.Document;

/**
 * The settings and figures that come with this release, {@code rows.yaml} and {@code figures.yaml}.
 */
final class Book {
  private Book() {}

  /** All settings, in the order of the book. */
  static List<Setting> settings() {
    List<Setting> settings = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (Document document : read("rows.yaml")) {
      Setting setting = Setting.parse(document);
      if (!names.add(setting.name())) {
        throw new IllegalStateException("rows.yaml has two rows named " + setting.name());
      }
      settings.add(setting);
    }
    return settings;
  }

  /** All figures. */
  static List<Figure> figures() {
    List<Figure> figures = new ArrayList<>();
    for (Document document : read("figures.yaml")) {
      figures.add(Figure.parse(document));
    }
    return figures;
  }

  private static List<Document> read(String file) {
    try (InputStream in = Book.class.getResourceAsStream(file)) {
      byte[] bytes = Objects.requireNonNull(in, file).readAllBytes();
      return Document.parseAll(file, new String(bytes, StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
