package org.bellmanrl.lab.internal.cli;

import java.util.ArrayList;
import java.util.List;

/** Rows of texts in columns as wide as they need; numbers are aligned to the right. */
final class TextTable {
  private static final String GAP = "  ";

  private final List<String> heads;
  private final List<List<String>> rows = new ArrayList<>();

  /** A table; a head that begins with {@code >} is that of a column of numbers. */
  TextTable(String... heads) {
    this.heads = List.of(heads);
  }

  /** Adds a row, with a text for each head. */
  void row(List<String> cells) {
    if (cells.size() != heads.size()) {
      throw new IllegalArgumentException(
          "a row must have %d cells, had %d".formatted(heads.size(), cells.size()));
    }
    rows.add(List.copyOf(cells));
  }

  /**
   * The heads and the rows, a line each.
   *
   * @param room how many characters fit in a line
   * @param dispensable heads of the columns that are left out, one after the other, until the lines
   *     fit
   */
  List<String> lines(int room, String... dispensable) {
    int[] widths = new int[heads.size()];
    int total = -GAP.length();
    for (int i = 0; i < widths.length; i++) {
      widths[i] = head(i).length();
      for (List<String> row : rows) {
        widths[i] = Math.max(widths[i], row.get(i).length());
      }
      total += widths[i] + GAP.length();
    }
    for (int i = 0; i < dispensable.length && total > room; i++) {
      int column = heads.indexOf(dispensable[i]);
      total -= widths[column] + GAP.length();
      widths[column] = 0;
    }
    List<String> lines = new ArrayList<>();
    List<String> top = new ArrayList<>();
    for (int i = 0; i < widths.length; i++) {
      top.add(head(i));
    }
    lines.add(line(top, widths));
    for (List<String> row : rows) {
      lines.add(line(row, widths));
    }
    return lines;
  }

  private boolean numbers(int column) {
    return heads.get(column).startsWith(">");
  }

  private String head(int column) {
    return numbers(column) ? heads.get(column).substring(1) : heads.get(column);
  }

  private String line(List<String> cells, int[] widths) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < widths.length; i++) {
      if (widths[i] == 0) {
        continue;
      }
      String room = " ".repeat(widths[i] - cells.get(i).length());
      line.append(line.isEmpty() ? "" : GAP);
      line.append(numbers(i) ? room + cells.get(i) : cells.get(i) + room);
    }
    return line.toString().stripTrailing();
  }
}
