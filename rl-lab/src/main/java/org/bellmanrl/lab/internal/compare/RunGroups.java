package org.bellmanrl.lab.internal.compare;

import com.google.common.collect.ListMultimap;
import com.google.common.collect.MultimapBuilder;
import com.google.common.collect.Multimaps;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.bellmanrl.lab.internal.run.Settings;
import org.bellmanrl.lab.internal.run.StoredRun;
import org.jspecify.annotations.Nullable;

/**
 * Puts runs together that differ in nothing but their seeds, and these groups by their tasks.
 *
 * <p>Each is called by its id and what tells it from the others of that id: {@code q-learning
 * gamma=0.9}.
 */
public final class RunGroups {
  private static final String LEARNER = "learner.id";
  private static final String TASK = "environment.";
  private static final String TASK_ID = "environment.id";

  /** The number of settings up to which all are shown. */
  private static final int FEW = 3;

  private RunGroups() {}

  /**
   * A task and what was run on it.
   *
   * @param label how to call the task
   * @param groups at least one
   */
  public record Task(String label, List<Group> groups) {
    public Task {
      groups = List.copyOf(groups);
    }
  }

  /**
   * Runs of one experiment.
   *
   * @param label how to call what was run
   * @param settings every setting but those that runs of one experiment may differ in
   * @param runs at least one, of different seeds
   */
  public record Group(String label, Map<String, String> settings, List<StoredRun> runs) {
    public Group {
      settings = Map.copyOf(settings);
      runs = List.copyOf(runs);
    }
  }

  /**
   * Groups runs, in the order in which their tasks and experiments first come.
   *
   * @param note told what is left out: a run repeated from the same seed is the same run again
   */
  public static List<Task> of(List<StoredRun> runs, Consumer<String> note) {
    Map<Map<String, String>, ListMultimap<Map<String, String>, StoredRun>> tasks =
        new LinkedHashMap<>();
    for (StoredRun run : runs) {
      Map<String, String> settings = Settings.of(run.experiment());
      Map<String, String> task = new LinkedHashMap<>(settings);
      task.keySet().removeIf(name -> !name.startsWith(TASK));
      List<StoredRun> group =
          tasks
              .computeIfAbsent(
                  task, _ -> MultimapBuilder.linkedHashKeys().arrayListValues().build())
              .get(settings);
      StoredRun twin = twin(run, group);
      if (twin == null) {
        group.add(run);
      } else {
        boolean alike = run.experiment().evaluation().equals(twin.experiment().evaluation());
        note.accept(
            "%s is left out: it is %s again, from the same seed%s"
                .formatted(run.path(), twin.path(), alike ? "" : ", but evaluated in another way"));
      }
    }
    List<Task> result = new ArrayList<>();
    tasks.forEach((task, groups) -> {
      List<Group> labelled = new ArrayList<>();
      Multimaps.asMap(groups)
          .forEach((settings, members) ->
              labelled.add(
                  new Group(label(LEARNER, settings, groups.keySet()), settings, members)));
      result.add(new Task(label(TASK_ID, task, tasks.keySet()), labelled));
    });
    return result;
  }

  private static @Nullable StoredRun twin(StoredRun run, List<StoredRun> group) {
    for (StoredRun other : group) {
      if (other.experiment().seed() == run.experiment().seed()) {
        return other;
      }
    }
    return null;
  }

  /**
   * The id, and the settings that tell it from others of that id: all in which these differ, or if
   * those are many, as few of them as are enough.
   */
  private static String label(String id, Map<String, String> own, Set<Map<String, String>> all) {
    String name = own.getOrDefault(id, "");
    List<Map<String, String>> peers =
        all.stream().filter(other -> name.equals(other.get(id))).toList();
    Set<String> differing = new LinkedHashSet<>();
    for (Map<String, String> one : peers) {
      for (Map<String, String> other : peers) {
        addDiffering(one, other, differing);
      }
    }
    Set<String> shown = differing.size() <= FEW ? differing : enough(peers, differing);
    StringBuilder label = new StringBuilder(name);
    for (String setting : differing) {
      String value = own.get(setting);
      if (value != null && shown.contains(setting)) {
        label.append(' ').append(shortName(setting)).append('=').append(value);
      }
    }
    return label.append(shown.size() < differing.size() ? " …" : "").toString();
  }

  private static void addDiffering(
      Map<String, String> one, Map<String, String> other, Set<String> differing) {
    one.forEach((setting, value) -> {
      if (!value.equals(other.get(setting))) {
        differing.add(setting);
      }
    });
  }

  /** Few settings that tell all apart; which wrappers there are says more than their options. */
  private static Set<String> enough(List<Map<String, String>> peers, Set<String> differing) {
    List<String> candidates = new ArrayList<>(differing);
    candidates.sort(Comparator.comparing(setting -> !namesWrapper(setting)));
    Set<String> chosen = new LinkedHashSet<>();
    while (kinds(peers, chosen, "") < peers.size()) {
      chosen.add(
          candidates.stream()
              .reduce((a, b) -> kinds(peers, chosen, b) > kinds(peers, chosen, a) ? b : a)
              .orElseThrow());
    }
    return chosen;
  }

  /** How many of them differ in some settings and one more. */
  private static long kinds(List<Map<String, String>> peers, Set<String> settings, String more) {
    return peers.stream()
        .map(peer ->
            Stream.concat(settings.stream(), Stream.of(more))
                .map(setting -> Optional.ofNullable(peer.get(setting)))
                .toList())
        .distinct()
        .count();
  }

  private static boolean namesWrapper(String setting) {
    return setting.startsWith("wrappers[") && setting.endsWith(".id");
  }

  /** Without the way there; that a wrapper is meant must be said. */
  private static String shortName(String setting) {
    String last = setting.substring(setting.lastIndexOf('.') + 1);
    return namesWrapper(setting) ? "wrapper" : last;
  }
}
