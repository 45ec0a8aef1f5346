package org.bellmanrl.lab.internal.textbook;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.bellmanrl.results.document.Document;
import org.bellmanrl.results.document.Numbers;
import org.jspecify.annotations.Nullable;

/**
 * An experiment with everything that it depends on, and what it is checked against.
 *
 * @param name what {@code --row} picks it by; its seeds come from it, too
 * @param title what a reader calls it
 * @param source where the setting is from
 * @param learner id of the learner; empty where the model alone is asked
 * @param options the learner's; of one with several values all are tried, and the best one counts
 * @param environment id of the environment
 * @param with the environment's options; {@code RUN} is the number of the run, from 0
 * @param maxEpisodeSteps other than the environment's own limit; 0 for none
 * @param low lower bounds of the observations in the learner's spec; empty for the environment's
 * @param high upper bounds
 * @param gamma discount of exact values
 * @param shift what is taken off every reward that is measured
 * @param runs independent runs
 * @param quick runs where few must do
 * @param fast whether these few are for every build
 * @param checks what it is checked against
 * @param note what a reader should know; empty for nothing
 */
record Setting(
    String name,
    String title,
    String source,
    String learner,
    Map<String, @Nullable Object> options,
    String environment,
    Map<String, @Nullable Object> with,
    OptionalInt maxEpisodeSteps,
    List<Double> low,
    List<Double> high,
    double gamma,
    double shift,
    int runs,
    int quick,
    boolean fast,
    List<Check> checks,
    String note) {

  static Setting parse(Document document) {
    List<Check> checks = new ArrayList<>();
    if (document.has("checks")) {
      for (Document check : document.mappings("checks")) {
        checks.add(Check.parse(check));
      }
    }
    Document bounds = document.has("bounds") ? document.mapping("bounds") : null;
    int runs = (int) (document.has("runs") ? document.whole("runs", 1, 1_000_000) : 1);
    Setting setting =
        new Setting(
            document.text("name"),
            document.has("title") ? document.text("title") : document.text("name"),
            document.has("source") ? document.text("source") : "",
            document.has("learner") ? document.text("learner") : "",
            mapping(document, "options"),
            document.text("environment"),
            mapping(document, "with"),
            document.has("max_episode_steps")
                ? OptionalInt.of((int) document.whole("max_episode_steps", 0, Integer.MAX_VALUE))
                : OptionalInt.empty(),
            bounds == null ? List.of() : reals(bounds, "low"),
            bounds == null ? List.of() : reals(bounds, "high"),
            document.has("gamma") ? document.real("gamma") : 1,
            document.has("shift") ? document.real("shift") : 0,
            runs,
            (int) (document.has("quick") ? document.whole("quick", 2, runs) : runs),
            document.has("fast") && document.whole("fast", 0, 1) == 1,
            List.copyOf(checks),
            document.has("note") ? document.text("note") : "");
    document.refuseOthers();
    return setting;
  }

  private static Map<String, @Nullable Object> mapping(Document document, String name) {
    return document.has(name) ? document.mapping(name).entries() : Map.of();
  }

  private static List<Double> reals(Document document, String name) {
    List<Double> reals = new ArrayList<>();
    if (document.entries().get(name) instanceof List<?> list) {
      for (Object value : list) {
        reals.add(((Number) value).doubleValue());
      }
    }
    return reals;
  }

  /** The options to try: one for each value of the option that has several. */
  List<Map<String, @Nullable Object>> variants() {
    for (Map.Entry<String, @Nullable Object> option : options.entrySet()) {
      if (option.getValue() instanceof List<?> values) {
        List<Map<String, @Nullable Object>> variants = new ArrayList<>();
        for (Object value : values) {
          Map<String, @Nullable Object> variant = new LinkedHashMap<>(options);
          variant.put(option.getKey(), value);
          variants.add(variant);
        }
        return variants;
      }
    }
    return List.of(options);
  }

  /** The option of which several values are tried; empty if there is none. */
  String varied() {
    for (Map.Entry<String, @Nullable Object> option : options.entrySet()) {
      if (option.getValue() instanceof List<?>) {
        return option.getKey();
      }
    }
    return "";
  }

  /** The last episode that is asked for, if episodes are; 0 if steps are. */
  int episodes() {
    return last(false);
  }

  /** The last step that is asked for; 0 if episodes are. */
  int steps() {
    return last(true);
  }

  private int last(boolean ofSteps) {
    int last = 0;
    for (Check check : checks) {
      Measure measure = check.measure();
      last = measure.ofSteps() == ofSteps ? Math.max(last, measure.to()) : last;
    }
    return last;
  }

  /** The setting as words, in the order of the file. */
  List<String> words(int count) {
    List<String> words = new ArrayList<>();
    if (!learner.isEmpty()) {
      words.add(learner);
      options.forEach((name, value) -> words.add(name + "=" + text(value)));
      words.add("on");
    }
    words.add(environment);
    with.forEach((name, value) -> words.add(name + "=" + text(value)));
    maxEpisodeSteps.ifPresent(
        limit -> words.add(limit == 0 ? "no episode limit" : "max_episode_steps=" + limit));
    if (!low.isEmpty()) {
      words.add("observations in " + low + " to " + high);
    }
    if (learner.isEmpty()) {
      words.add("gamma=" + gamma);
    } else {
      words.add("× " + Numbers.grouped(count) + " runs");
    }
    return words;
  }

  private static String text(@Nullable Object value) {
    if (value instanceof List<?> list && list.size() > 3) {
      return "{" + list.getFirst() + ", …, " + list.getLast() + "}";
    }
    return value instanceof List<?> list
        ? "{" + list.toString().replaceAll("[\\[\\]]", "") + "}"
        : String.valueOf(value);
  }
}
