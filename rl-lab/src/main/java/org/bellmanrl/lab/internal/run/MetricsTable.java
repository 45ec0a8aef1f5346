package org.bellmanrl.lab.internal.run;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.NoSuchElementException;
import org.bellmanrl.api.LearningException;
import org.bellmanrl.api.state.State;
import org.bellmanrl.api.state.Stateful;
import org.bellmanrl.results.document.Numbers;
import org.bellmanrl.results.document.UserError;

/**
 * What happened in training, episode by episode: the content of {@code metrics.csv}.
 *
 * <p>It holds nothing that depends on the clock or the machine. A row stands for one ended episode,
 * or, where episodes never end, for a stretch of steps; when there are more than {@link #MAX_ROWS},
 * neighbours are merged in pairs, and from then on a row stands for twice as many, so that a long
 * run needs no more memory than a short one. Not thread-safe.
 */
public final class MetricsTable implements Stateful {
  /** Most rows, a power of two. */
  public static final int MAX_ROWS = 1 << 16;

  private static final int MAX_COLUMNS = 1000;
  private static final int FIRST_COLUMNS = 4;

  private long[] episode = new long[1024];
  private long[] step = new long[1024];
  private double[] returns = new double[1024];
  private long[] lengths = new long[1024];
  private final List<Column> columns = new ArrayList<>();
  private int rows;
  private long episodesPerRow = 1;

  private long episodes;
  private long pending;
  private double pendingReturn;
  private long pendingLength;

  /** Takes an ended episode. */
  public void episode(long steps, double episodeReturn, long length) {
    episodes++;
    pending++;
    pendingReturn += episodeReturn;
    pendingLength += length;
    if (pending == episodesPerRow) {
      addRow(steps);
    }
  }

  /** Takes a number from the learner, which holds until the next of that name. */
  public void metric(String name, double value) {
    for (Column column : columns) {
      if (column.name.equals(name)) {
        column.latest = value;
        return;
      }
    }
    if (columns.size() == MAX_COLUMNS) {
      throw new LearningException(
          "a run has at most %d different metrics, and '%s' would be one more: report under fewer names"
              .formatted(MAX_COLUMNS, name));
    }
    Column column = new Column(name, step.length);
    column.latest = value;
    columns.add(column);
  }

  /** The latest value of a metric; NaN if there has been none. */
  public double latest(String name) {
    for (Column column : columns) {
      if (column.name.equals(name)) {
        return column.latest;
      }
    }
    return Double.NaN;
  }

  /** Takes the latest values of all metrics, in the order in which they first came. */
  public interface Latest {
    /** Takes one; it may be NaN. */
    void metric(String name, double value);
  }

  /** Tells the latest value of every metric. */
  public void forEachLatest(Latest to) {
    for (Column column : columns) {
      to.metric(column.name, column.latest);
    }
  }

  /** Number of rows. */
  public int rows() {
    return rows;
  }

  /** How many episodes each row stands for, a power of two. */
  public long episodesPerRow() {
    return episodesPerRow;
  }

  /** Transitions up to the end of a row's last episode. */
  public long step(int row) {
    return step[row];
  }

  /** Mean return of a row's episodes. */
  public double meanReturn(int row) {
    return returns[row] / episodesPerRow;
  }

  /** Mean length of a row's episodes. */
  public double meanLength(int row) {
    return (double) lengths[row] / episodesPerRow;
  }

  /** Mean length of the same episodes as those of {@link #recentReturn}; NaN if empty. */
  public double recentLength(long episodes) {
    long sum = 0;
    int row = rows;
    while (row > 0 && (rows - row) * episodesPerRow < episodes) {
      sum += lengths[--row];
    }
    return (double) sum / ((rows - row) * episodesPerRow);
  }

  /**
   * Mean return of the episodes of the latest rows, as few rows as hold so many; NaN if empty.
   *
   * @param episodes how many at least, where there are so many; {@code Long.MAX_VALUE} for all
   */
  public double recentReturn(long episodes) {
    double sum = 0;
    int row = rows;
    while (row > 0 && (rows - row) * episodesPerRow < episodes) {
      sum += returns[--row];
    }
    return sum / ((rows - row) * episodesPerRow);
  }

  /** Least mean return of a row; positive infinity if there is no row. */
  public double leastReturn() {
    double least = Double.POSITIVE_INFINITY;
    for (int row = 0; row < rows; row++) {
      least = Math.min(least, meanReturn(row));
    }
    return least;
  }

  /** Greatest mean return of a row; negative infinity if there is no row. */
  public double greatestReturn() {
    double greatest = Double.NEGATIVE_INFINITY;
    for (int row = 0; row < rows; row++) {
      greatest = Math.max(greatest, meanReturn(row));
    }
    return greatest;
  }

  /** The names of the learner's numbers, in the order in which they first came. */
  public List<String> names() {
    return columns.stream().map(column -> column.name).toList();
  }

  /** A learner's number as it was at a row; NaN before the first. */
  public double value(int name, int row) {
    return columns.get(name).values[row];
  }

  /** Ended episodes. */
  public long episodes() {
    return episodes;
  }

  private void addRow(long steps) {
    if (rows == step.length) {
      grow();
    }
    episode[rows] = episodes;
    step[rows] = steps;
    returns[rows] = pendingReturn;
    lengths[rows] = pendingLength;
    for (Column column : columns) {
      column.values[rows] = column.latest;
    }
    rows++;
    pending = 0;
    pendingReturn = 0;
    pendingLength = 0;
    if (rows == MAX_ROWS) {
      mergePairs();
    }
  }

  private void grow() {
    int capacity = 2 * rows;
    episode = Arrays.copyOf(episode, capacity);
    step = Arrays.copyOf(step, capacity);
    returns = Arrays.copyOf(returns, capacity);
    lengths = Arrays.copyOf(lengths, capacity);
    for (Column column : columns) {
      column.values = Arrays.copyOf(column.values, capacity);
      Arrays.fill(column.values, rows, capacity, Double.NaN);
    }
  }

  private void mergePairs() {
    rows /= 2;
    for (int i = 0; i < rows; i++) {
      episode[i] = episode[2 * i + 1];
      step[i] = step[2 * i + 1];
      returns[i] = returns[2 * i] + returns[2 * i + 1];
      lengths[i] = lengths[2 * i] + lengths[2 * i + 1];
      for (Column column : columns) {
        column.values[i] = column.values[2 * i + 1];
      }
    }
    episodesPerRow *= 2;
  }

  /**
   * All rows as text: the number of episodes and of transitions so far, mean return and length of
   * the row's episodes, and the learner's latest numbers, empty before the first.
   */
  public String csv() {
    StringBuilder out = new StringBuilder(64 * (rows + 1)).append("episode,step,return,length");
    for (Column column : columns) {
      out.append(',').append(column.name);
      column.shown = Double.NaN;
      column.text = "";
    }
    out.append('\n');
    long before = 0;
    for (int i = 0; i < rows; i++) {
      long count = episode[i] - before;
      before = episode[i];
      out.append(episode[i]).append(',').append(step[i]).append(',');
      number(returns[i] / count, out).append(',');
      number((double) lengths[i] / count, out);
      for (Column column : columns) {
        out.append(',').append(column.text(i));
      }
      out.append('\n');
    }
    return out.toString();
  }

  /**
   * Reads what {@link #csv} wrote.
   *
   * @param origin where it stood, for errors
   * @throws UserError if it is something else
   */
  public static MetricsTable parse(String origin, String csv) {
    List<String> lines = csv.lines().toList();
    try {
      List<String> names = List.of(lines.getFirst().split(",", -1));
      if (!names.subList(0, FIRST_COLUMNS).equals(List.of("episode", "step", "return", "length"))) {
        throw new UserError(origin + " is not a table of metrics; " + StoredRun.REMEDY);
      }
      if (names.size() > FIRST_COLUMNS + MAX_COLUMNS) {
        throw new UserError(
            "%s has %d columns, at most %d can be read"
                .formatted(origin, names.size(), FIRST_COLUMNS + MAX_COLUMNS));
      }
      MetricsTable table = new MetricsTable();
      for (String name : names.subList(FIRST_COLUMNS, names.size())) {
        table.columns.add(new Column(name, table.step.length));
      }
      for (String line : lines.subList(1, lines.size())) {
        table.addRow(line.split(",", -1));
      }
      return table;
    } catch (IndexOutOfBoundsException | NumberFormatException | NoSuchElementException e) {
      throw new UserError(origin + " is not a table of metrics; " + StoredRun.REMEDY, e);
    }
  }

  private void addRow(String[] cells) {
    if (rows == step.length) {
      grow();
    }
    long before = episodes;
    episodes = Long.parseLong(cells[0]);
    episodesPerRow = episodes - before;
    episode[rows] = episodes;
    step[rows] = Long.parseLong(cells[1]);
    returns[rows] = Double.parseDouble(cells[2]) * episodesPerRow;
    lengths[rows] = Math.round(Double.parseDouble(cells[3]) * episodesPerRow);
    for (int i = 0; i < columns.size(); i++) {
      String text = cells[FIRST_COLUMNS + i];
      columns.get(i).values[rows] = text.isEmpty() ? Double.NaN : Double.parseDouble(text);
      columns.get(i).latest = columns.get(i).values[rows];
    }
    rows++;
  }

  @Override
  public void carry(State state) {
    state.begin("metrics", 1);
    rows = state.carryIndex("rows", rows, MAX_ROWS);
    if (state.restoring()) {
      columns.clear();
      makeRoom(Math.max(1024, rows));
    }
    state.carry("episode", episode, 0, rows);
    state.carry("step", step, 0, rows);
    state.carry("returns", returns, 0, rows);
    state.carry("lengths", lengths, 0, rows);
    episodesPerRow = state.carry("episodes_per_row", episodesPerRow);
    episodes = state.carry("episodes", episodes);
    pending = state.carry("pending", pending);
    pendingReturn = state.carry("pending_return", pendingReturn);
    pendingLength = state.carry("pending_length", pendingLength);
    int width = state.carryIndex("columns", columns.size(), MAX_COLUMNS);
    for (int i = 0; i < width; i++) {
      String name = state.carry("name", state.restoring() ? "" : columns.get(i).name);
      if (state.restoring()) {
        columns.add(new Column(name, step.length));
      }
      Column column = columns.get(i);
      column.latest = state.carry("latest", column.latest);
      state.carry("values", column.values, 0, rows);
    }
    state.end();
  }

  private void makeRoom(int capacity) {
    episode = new long[capacity];
    step = new long[capacity];
    returns = new double[capacity];
    lengths = new long[capacity];
  }

  private static StringBuilder number(double value, StringBuilder out) {
    long whole = (long) value;
    return whole == value && Math.abs(value) < 1e15 ? out.append(whole) : out.append(value);
  }

  /** A learner's number along the rows. */
  private static final class Column {
    private final String name;
    private double[] values;
    private double latest = Double.NaN;
    private double shown = Double.NaN;
    private String text = "";

    Column(String name, int capacity) {
      this.name = name;
      this.values = new double[capacity];
      Arrays.fill(values, Double.NaN);
    }

    /** The same value stands in many rows: it is turned into text once. */
    String text(int row) {
      double value = values[row];
      if (value != shown) {
        shown = value;
        text = Double.isNaN(value) ? "" : Numbers.exact(value);
      }
      return text;
    }
  }
}
