package org.bellmanrl.lab.internal.listener;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bellmanrl.api.options.Described;
import org.bellmanrl.api.options.Require;
import org.bellmanrl.api.registry.ListenerEntry;
import org.bellmanrl.api.schedule.Progress;
import org.bellmanrl.api.state.State;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * Tells an MLflow server of a run over its REST API 2.0: settings as parameters, numbers as metrics
 * by step. A resumed run goes on in the same run of the server. Not thread-safe.
 *
 * <p>Source: the MLflow REST API, {@code experiments/get-by-name}, {@code experiments/create},
 * {@code runs/create}, {@code runs/log-batch} and {@code runs/update}.
 */
public final class Mlflow extends PeriodicListener implements AutoCloseable {
  private static final String API = "/api/2.0/mlflow/";
  private static final int MOST_PARAMETERS = 100;
  private static final int LONGEST_VALUE = 500;
  private static final JsonMapper JSON = new JsonMapper();

  private final ListenerEntry.Context context;
  private final Options options;
  private final JsonPoster poster;

  /** The server's name of the run; written by the background thread. */
  private volatile String run = "";

  private boolean begun;

  /**
   * Where to, and how often.
   *
   * @param url the server's address
   * @param experiment the experiment's name there; made if there is none
   * @param every steps between reports, at least 1
   */
  public record Options(
      @Described("the server's address") String url,
      @Described("the experiment's name there; made if there is none") String experiment,
      @Described(value = "steps between reports", range = Require.AT_LEAST_ONE) long every) {
    public Options {
      Require.atLeast("every", every, 1);
    }

    /** The server that {@code mlflow server} starts. */
    public static Options defaults() {
      return new Options("http://localhost:5000", "Default", 1000);
    }
  }

  /** Tells of a run. */
  public Mlflow(ListenerEntry.Context context, Options options) {
    super(options.every);
    this.context = context;
    this.options = options;
    this.poster = new JsonPoster(options.url);
  }

  @Override
  void report(Map<String, Double> numbers, Progress progress) {
    if (!begun) {
      begun = true;
      poster.later(this::begin);
    }
    long now = System.currentTimeMillis();
    List<Map<String, Object>> metrics = new ArrayList<>();
    numbers.forEach((name, value) -> {
      if (Double.isFinite(value)) {
        metrics.add(
            Map.of("key", name, "value", value, "timestamp", now, "step", progress.steps()));
      }
    });
    poster.later(() -> send("runs/log-batch", Map.of("metrics", metrics)));
  }

  @Override
  public void onStop(Progress progress) {
    super.onStop(progress);
    long now = System.currentTimeMillis();
    poster.later(() -> send("runs/update", Map.of("status", "FINISHED", "end_time", now)));
  }

  private void begin() throws IOException, InterruptedException {
    if (!run.isEmpty()) {
      return;
    }
    Map<String, Object> entries = new LinkedHashMap<>();
    entries.put("experiment_id", experiment());
    entries.put("run_name", String.valueOf(context.folder().getFileName()));
    entries.put("start_time", System.currentTimeMillis());
    String answer = poster.post(API + "runs/create", entries);
    run = JSON.readTree(answer).path("run").path("info").path("run_id").asString();
    List<Map<String, Object>> parameters = new ArrayList<>();
    flatten("", context.settings(), parameters);
    for (int from = 0; from < parameters.size(); from += MOST_PARAMETERS) {
      int to = Math.min(parameters.size(), from + MOST_PARAMETERS);
      send("runs/log-batch", Map.of("params", parameters.subList(from, to)));
    }
  }

  private String experiment() throws IOException, InterruptedException {
    String name = URLEncoder.encode(options.experiment, StandardCharsets.UTF_8);
    try {
      String answer = poster.get(API + "experiments/get-by-name?experiment_name=" + name);
      return JSON.readTree(answer).path("experiment").path("experiment_id").asString();
    } catch (IOException e) {
      // There is none of that name; if it is the server that is not there, the next call says so.
      String answer = poster.post(API + "experiments/create", Map.of("name", options.experiment));
      return JSON.readTree(answer).path("experiment_id").asString();
    }
  }

  private void send(String what, Map<String, Object> entries)
      throws IOException, InterruptedException {
    if (run.isEmpty()) {
      throw new IOException("there is no run on the server");
    }
    Map<String, Object> all = new LinkedHashMap<>(entries);
    all.put("run_id", run);
    poster.post(API + what, all);
  }

  private static void flatten(
      String prefix, Map<?, ? extends @Nullable Object> settings, List<Map<String, Object>> into) {
    settings.forEach((name, value) -> {
      String key = prefix + name;
      if (value instanceof Map<?, ?> inner) {
        flatten(key + ".", inner, into);
      } else {
        String text = String.valueOf(value);
        into.add(
            Map.of("key", key, "value", text.substring(0, Math.min(LONGEST_VALUE, text.length()))));
      }
    });
  }

  @Override
  public void carry(State state) {
    state.begin("mlflow", 2);
    super.carry(state);
    run = state.carry("run", run);
    state.end();
  }

  @Override
  public void close() {
    poster.close();
  }
}
