package org.bellmanrl.lab.internal.listener;

import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.Map;
import org.bellmanrl.api.options.Described;
import org.bellmanrl.api.options.Require;
import org.bellmanrl.api.schedule.Progress;
import org.bellmanrl.results.document.Json;
import org.jspecify.annotations.Nullable;

/**
 * Writes a run's numbers, as it goes on, line by line to a file or a named pipe that another
 * program reads. If writing fails the run goes on without it. A resumed run appends; after a kill
 * the lines since the last checkpoint are there twice. Not thread-safe.
 */
public final class MetricsStream extends PeriodicListener implements AutoCloseable {
  private static final System.Logger LOGGER = System.getLogger(MetricsStream.class.getName());

  private final Options options;
  private @Nullable Writer out;
  private boolean lost;

  /** The forms of a line. */
  public enum Form {
    /** A JSON object with all numbers. */
    JSONL,
    /** {@code step,episode,name,value}, a line for each number. */
    CSV
  }

  /**
   * Where to, and how.
   *
   * @param file the file or named pipe
   * @param form what a line is
   * @param every steps between reports, at least 1
   */
  public record Options(
      @Described("the file, or the named pipe that another program reads") String file,
      @Described("jsonl, an object a line, or csv, step,episode,name,value") Form form,
      @Described(value = "steps between reports", range = Require.AT_LEAST_ONE) long every) {
    public Options {
      Require.atLeast("every", every, 1);
    }

    /** JSON every thousand steps. */
    public static Options defaults() {
      return new Options("metrics.jsonl", Form.JSONL, 1000);
    }
  }

  /** Writes from the first report on. */
  public MetricsStream(Options options) {
    super(options.every);
    this.options = options;
  }

  @Override
  void report(Map<String, Double> numbers, Progress progress) {
    StringBuilder text = new StringBuilder();
    switch (options.form) {
      case JSONL -> {
        Map<String, @Nullable Object> entries = new LinkedHashMap<>();
        entries.put("step", progress.steps());
        entries.put("episode", progress.episodes());
        entries.putAll(numbers);
        text.append(Json.line(entries)).append('\n');
      }
      case CSV ->
          numbers.forEach((name, value) ->
              text.append(progress.steps())
                  .append(',')
                  .append(progress.episodes())
                  .append(',')
                  .append(name)
                  .append(',')
                  .append(value)
                  .append('\n'));
    }
    if (lost) {
      return;
    }
    try {
      Writer writer = out;
      if (writer == null) {
        writer =
            Files.newBufferedWriter(
                Path.of(options.file),
                StandardCharsets.UTF_8,
                StandardOpenOption.CREATE,
                StandardOpenOption.WRITE,
                StandardOpenOption.APPEND);
        out = writer;
      }
      writer.append(text).flush();
    } catch (IOException e) {
      lost = true;
      LOGGER.log(
          System.Logger.Level.WARNING,
          "cannot write to " + options.file + ": " + e + "; training goes on without it");
    }
  }

  @Override
  public void close() throws IOException {
    if (out != null && !lost) {
      out.close();
    }
  }
}
