package org.bellmanrl.lab.internal.listener;

import java.util.LinkedHashMap;
import java.util.Map;
import org.bellmanrl.api.options.Described;
import org.bellmanrl.api.options.Require;
import org.bellmanrl.api.registry.ListenerEntry;
import org.bellmanrl.api.schedule.Progress;
import org.jspecify.annotations.Nullable;

/**
 * Posts a JSON object to an address at intervals, and when training stops: {@code run}, {@code
 * environment}, {@code event} ({@code progress} or {@code stopped}), {@code step}, {@code episode}
 * and {@code numbers}. Not thread-safe.
 */
public final class Webhook extends PeriodicListener implements AutoCloseable {
  private final ListenerEntry.Context context;
  private final JsonPoster poster;
  private Map<String, Double> last = Map.of();

  /**
   * Where to, and how often.
   *
   * @param url the address
   * @param every steps between reports, at least 1
   */
  public record Options(
      @Described("the address to post to") String url,
      @Described(value = "steps between reports", range = Require.AT_LEAST_ONE) long every) {
    public Options {
      Require.atLeast("every", every, 1);
    }

    /** Every hundred thousand steps. */
    public static Options defaults() {
      return new Options("http://localhost:8080/", 100_000);
    }
  }

  /** Reports on a run. */
  public Webhook(ListenerEntry.Context context, Options options) {
    super(options.every);
    this.context = context;
    this.poster = new JsonPoster(options.url);
  }

  @Override
  void report(Map<String, Double> numbers, Progress progress) {
    last = numbers;
    post("progress", progress);
  }

  @Override
  public void onStop(Progress progress) {
    super.onStop(progress);
    post("stopped", progress);
  }

  private void post(String event, Progress progress) {
    Map<String, @Nullable Object> entries = new LinkedHashMap<>();
    entries.put("run", context.folder().toString());
    entries.put("environment", context.task().name());
    entries.put("event", event);
    entries.put("step", progress.steps());
    entries.put("episode", progress.episodes());
    entries.put("numbers", last);
    poster.later(() -> poster.post("", entries));
  }

  @Override
  public void close() {
    poster.close();
  }
}
