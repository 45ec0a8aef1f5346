package org.bellmanrl.lab.internal.compare;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bellmanrl.results.document.TextFile;
import org.bellmanrl.results.document.UserError;

/**
 * Columns of numbers under their names, as {@code metrics.csv} and {@code timing.csv} hold them. An
 * empty cell is NaN.
 */
final class CsvTable {
  private static final int MAX_COLUMNS = 4096;
  private static final int FIRST_CAPACITY = 1024;

  private final Map<String, double[]> columns;

  private CsvTable(Map<String, double[]> columns) {
    this.columns = columns;
  }

  /**
   * Reads a file.
   *
   * @throws UserError naming the file and the line, if it can't be read
   */
  static CsvTable read(Path file) {
    Iterator<String> lines = TextFile.read(file, "a table of metrics").lines().iterator();
    String head = lines.hasNext() ? lines.next() : "";
    if (head.isEmpty()) {
      throw new UserError(file + " has no line with the names of its columns");
    }
    String[] names = head.split(",", MAX_COLUMNS + 1);
    if (names.length > MAX_COLUMNS) {
      throw new UserError(file + " has more than " + MAX_COLUMNS + " columns");
    }
    double[][] values = new double[names.length][FIRST_CAPACITY];
    int rows = 0;
    while (lines.hasNext()) {
      String line = lines.next();
      if (rows == values[0].length) {
        for (int i = 0; i < values.length; i++) {
          values[i] = Arrays.copyOf(values[i], 2 * rows);
        }
      }
      int from = 0;
      for (int i = 0; i < names.length; i++) {
        int to = line.indexOf(',', from);
        boolean last = i == names.length - 1;
        if (last != (to < 0)) {
          throw new UserError(
              "%s, line %d: expected %d cells".formatted(file, rows + 2, names.length));
        }
        values[i][rows] = number(file, rows + 2, line.substring(from, last ? line.length() : to));
        from = to + 1;
      }
      rows++;
    }
    Map<String, double[]> columns = new LinkedHashMap<>();
    for (int i = 0; i < names.length; i++) {
      if (columns.put(names[i], Arrays.copyOf(values[i], rows)) != null) {
        throw new UserError("%s has two columns '%s'".formatted(file, names[i]));
      }
    }
    return new CsvTable(columns);
  }

  private static double number(Path file, int line, String cell) {
    try {
      return cell.isEmpty() ? Double.NaN : Double.parseDouble(cell);
    } catch (NumberFormatException e) {
      String shown = cell.length() <= 40 ? cell : cell.substring(0, 40) + "…";
      throw new UserError("%s, line %d: '%s' is not a number".formatted(file, line, shown), e);
    }
  }

  /** The names of the columns. */
  List<String> names() {
    return List.copyOf(columns.keySet());
  }

  /**
   * A column; not to be changed.
   *
   * @throws UserError if there is none of that name
   */
  double[] column(Path file, String name) {
    double[] column = columns.get(name);
    if (column == null) {
      throw new UserError(
          "%s has no column '%s', it has %s".formatted(file, name, String.join(", ", names())));
    }
    return column;
  }
}
