package org.bellmanrl.lab.internal.serve;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bellmanrl.api.EnvironmentSpec;
import org.bellmanrl.api.Observations;
import org.bellmanrl.api.Outcomes;
import org.bellmanrl.api.space.Columns;
import org.bellmanrl.lab.serve.Episodes;
import org.bellmanrl.lab.serve.RefusedException;
import org.bellmanrl.lab.serve.RefusedException.Reason;
import org.jspecify.annotations.Nullable;

/** Episodes whose values are written as JSON has them. Thread-safe. */
public final class JsonEpisodes {
  private final Episodes episodes;
  private final EnvironmentSpec spec;
  private final JsonValues observations;
  private final JsonValues actions;

  /** The same episodes, told as JSON. */
  public JsonEpisodes(Episodes episodes) {
    this.episodes = episodes;
    this.spec = episodes.spec();
    this.observations = new JsonValues(spec.observationSpace());
    this.actions = new JsonValues(spec.actionSpace());
  }

  /** Begins an episode, and returns its number with its first action. */
  public Map<String, Object> begin(Map<String, @Nullable Object> told) throws RefusedException {
    only(told, "observation", "mask");
    Observations first = new Observations(spec, 1);
    Columns action = new Columns(spec.actionSpace(), 1);
    write(told, first);
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("episode", episodes.begin(first, action));
    answer.put("action", actions.read(action, 0));
    return answer;
  }

  /** Takes the outcome of an episode's action, and returns the next action or the end. */
  public Map<String, Object> step(long episode, Map<String, @Nullable Object> told)
      throws RefusedException {
    only(told, "observation", "mask", "reward", "terminated", "truncated");
    if (!(told.get("reward") instanceof Number reward)) {
      throw invalid("reward must be a finite number, was " + told.get("reward"));
    }
    Outcomes outcome = new Outcomes(spec, 1);
    Columns action = new Columns(spec.actionSpace(), 1);
    outcome.reward()[0] = reward.doubleValue();
    outcome.terminated()[0] = truth(told, "terminated");
    outcome.truncated()[0] = truth(told, "truncated");
    write(told, outcome.observations());
    return episodes.step(episode, outcome, action)
        ? Map.of("action", actions.read(action, 0))
        : Map.of("ended", true);
  }

  /** What is served, and how far it is. */
  Map<String, Object> status() {
    Episodes.Status now = episodes.status();
    Map<String, Object> status = new LinkedHashMap<>();
    status.put("task", spec.name());
    status.put("observations", spec.observationSpace().toString());
    status.put("actions", spec.actionSpace().toString());
    status.put("learning", now.learning());
    status.put("steps", now.steps());
    status.put("episodes", now.episodes());
    status.put("running", now.running());
    status.put("most", now.most());
    status.put("abandoned", now.abandoned());
    status.put("mean_return", now.meanReturn());
    return status;
  }

  private void write(Map<String, @Nullable Object> told, Observations into)
      throws RefusedException {
    try {
      observations.write(told.get("observation"), into.values(), 0);
    } catch (IllegalArgumentException e) {
      throw invalid("observation: " + e.getMessage());
    }
    int width = spec.maskWidth();
    Object mask = told.get("mask");
    if (width == 0 && mask == null) {
      return;
    }
    if (!(mask instanceof List<?> list) || list.size() != width) {
      throw invalid("mask must be an array of %d truth values, was %s".formatted(width, mask));
    }
    for (int i = 0; i < width; i++) {
      into.mask()[i] =
          Boolean.TRUE.equals(list.get(i))
              || (list.get(i) instanceof Number number && number.intValue() == 1);
    }
  }

  private static boolean truth(Map<String, @Nullable Object> told, String name)
      throws RefusedException {
    Object value = told.get(name);
    if (value != null && !(value instanceof Boolean)) {
      throw invalid(name + " must be true or false, was " + value);
    }
    return Boolean.TRUE.equals(value);
  }

  private static void only(Map<String, @Nullable Object> told, String... names)
      throws RefusedException {
    for (String name : told.keySet()) {
      if (!List.of(names).contains(name)) {
        throw invalid("unknown entry '%s': there are %s".formatted(name, String.join(", ", names)));
      }
    }
  }

  private static RefusedException invalid(String message) {
    return new RefusedException(Reason.INVALID, message);
  }
}
