package org.bellmanrl.lab.internal.assembly;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bellmanrl.api.Accepts;
import org.bellmanrl.api.EnvironmentSpec;
import org.bellmanrl.api.registry.WrapperEntry;
import org.bellmanrl.api.space.Box;
import org.bellmanrl.api.space.Space;
import org.bellmanrl.lab.internal.run.Experiment;
import org.bellmanrl.results.document.Numbers;
import org.bellmanrl.results.document.UserError;
import org.jspecify.annotations.Nullable;

/**
 * How wrappers, and listeners too, are written on the command line: {@code ID} or {@code
 * ID:NAME=VALUE,NAME=VALUE}.
 */
public final class Wrapping {
  /** Stands for none at all, not even a preset's. */
  public static final String NONE = "none";

  /** The options of wrappers that need bounds where the task's are infinite. */
  private static final List<String> BOUNDS = List.of("low", "high");

  /** The option of wrappers that sort numbers into bins. */
  private static final String BINS = "bins";

  private static final int MOST_BOUNDS = 8;
  private static final int STAND_IN = 10;

  private Wrapping() {}

  /**
   * Reads them in the order in which they are given.
   *
   * @param option how messages call the option
   */
  public static List<Experiment.Part> parse(String option, List<String> texts) {
    if (texts.equals(List.of(NONE))) {
      return List.of();
    }
    return texts.stream().map(text -> parse(option, text)).toList();
  }

  private static Experiment.Part parse(String option, String text) {
    int colon = text.indexOf(':');
    String id = (colon < 0 ? text : text.substring(0, colon)).strip();
    if (id.isEmpty()) {
      throw wrong(option, text, "the name is missing");
    }
    Map<String, @Nullable Object> options = new LinkedHashMap<>();
    if (colon >= 0) {
      for (String setting : settings(option, text, colon + 1)) {
        int equals = setting.indexOf('=');
        String name = setting.substring(0, Math.max(0, equals)).strip();
        if (name.isEmpty()) {
          throw wrong(
              option, text, "'" + setting.strip() + "' is not NAME=VALUE (lists need brackets)");
        }
        if (options.put(name, setting.substring(equals + 1).strip()) != null) {
          throw wrong(option, text, "'" + name + "' is there twice");
        }
      }
    }
    return new Experiment.Part(id, options);
  }

  /** What stands between the commas that are in no brackets and no quotes. */
  private static List<String> settings(String option, String text, int from) {
    List<String> settings = new ArrayList<>();
    int depth = 0;
    char quote = 0;
    int start = from;
    for (int i = from; i < text.length(); i++) {
      char c = text.charAt(i);
      if (quote != 0) {
        if (c == '\\') {
          i++;
        } else if (c == quote) {
          quote = 0;
        }
        continue;
      }
      switch (c) {
        case '"', '\'' -> quote = c;
        case '[', '(', '{' -> depth++;
        case ']', ')', '}' -> depth--;
        case ',' -> {
          if (depth == 0) {
            settings.add(text.substring(start, i));
            start = i + 1;
          }
        }
        default -> {}
      }
    }
    if (depth != 0 || quote != 0) {
      throw wrong(option, text, quote != 0 ? "a quote is not closed" : "the brackets don't match");
    }
    settings.add(text.substring(start));
    return settings;
  }

  private static UserError wrong(String option, String text, String what) {
    return new UserError(
        option + " takes ID or ID:NAME=VALUE,NAME=VALUE, was '" + text + "': " + what);
  }

  /**
   * What to type so that a learner takes a task; empty if it does or nothing helps.
   *
   * @param wrappers those there are
   */
  static String remedy(Accepts accepts, EnvironmentSpec spec, List<WrapperEntry> wrappers) {
    Optional<String> wrapper = accepts.helpfulWrapper(spec);
    if (wrapper.isEmpty()) {
      return "";
    }
    String id = wrapper.get();
    boolean observed = !new Accepts(accepts.observations(), List.of(Space.Kind.ANY)).fits(spec);
    Space wrapped = observed ? spec.observationSpace() : spec.actionSpace();
    Map<String, @Nullable Object> options =
        wrappers.stream()
            .filter(entry -> entry.id().equals(id))
            .findAny()
            .map(entry -> entry.complete(Map.of()))
            .orElse(Map.of());
    if (!options.keySet().containsAll(BOUNDS) || !(wrapped instanceof Box box)) {
      return "; for example --wrap " + id;
    }
    Bins bins = Bins.of(options, observed);
    int count = bins.each(box.size());
    if (count == 0 && bins.usual() > 0) {
      return ", but the %d numbers of this task make too many %s"
          .formatted(box.size(), bins.combinations());
    }
    List<String> settings = new ArrayList<>();
    if (count < bins.usual()) {
      settings.add(BINS + "=" + count);
    }
    if (!box.bounded()) {
      settings.add(BOUNDS.getFirst() + "=" + bounds(box, -STAND_IN));
      settings.add(BOUNDS.getLast() + "=" + bounds(box, STAND_IN));
    }
    String text = settings.isEmpty() ? id : id + ":" + String.join(",", settings);
    return "; for example --wrap "
        + (box.bounded() ? text : "'" + text + "'")
        + (bins.usual() == 0 ? "" : ", which makes " + bins.product(count, box.size()))
        + (box.bounded() ? "" : ", with bounds of your own in place of " + STAND_IN);
  }

  /**
   * What to type so that a table fits into memory that did not: fewer bins, if the observations are
   * bins; empty otherwise.
   *
   * @param wrapper the wrapper
   * @param taken the space of the observations that it takes
   * @param given the space of those that it gives
   */
  static Optional<String> fewerBins(WrapperEntry wrapper, Space taken, Space given) {
    Bins bins = Bins.of(wrapper.complete(Map.of()), true);
    if (taken.equals(given) || !(taken instanceof Box box)) {
      return Optional.empty();
    }
    int count = bins.each(box.size());
    return count == 0
        ? Optional.empty()
        : Optional.of(
            "; --wrap %s:%s=%d makes %s"
                .formatted(wrapper.id(), BINS, count, bins.product(count, box.size())));
  }

  /**
   * Into how many bins a wrapper sorts each element so that few combinations come of it.
   *
   * @param usual how many it makes if it is not told; 0 if it makes none
   * @param most how many combinations are few
   * @param combinations what they are
   */
  private record Bins(int usual, long most, String combinations) {
    /**
     * Reads the defaults of a wrapper's options.
     *
     * @param observed whether it sorts observations, not actions
     */
    static Bins of(Map<String, @Nullable Object> options, boolean observed) {
      int usual =
          options.get(BINS) instanceof List<?> list && list.size() == 1
              ? Integer.parseInt(String.valueOf(list.getFirst()))
              : 0;
      return observed ? new Bins(usual, 100_000, "states") : new Bins(usual, 1000, "actions");
    }

    /** The most bins of each of so many elements, at most the usual number; 0 if 2 are too many. */
    int each(int elements) {
      int bins = usual;
      while (bins > 1 && Math.pow(bins, elements) > most) {
        bins--;
      }
      return bins <= 1 ? 0 : bins;
    }

    String product(int bins, int elements) {
      return Numbers.grouped(Math.round(Math.pow(bins, elements))) + " " + combinations;
    }
  }

  /** One bound for each element, or one for all if they are many. */
  private static String bounds(Box box, int standIn) {
    List<String> bounds = new ArrayList<>();
    for (int i = 0; i < Math.min(box.size(), MOST_BOUNDS + 1); i++) {
      float bound = standIn < 0 ? box.low(i) : box.high(i);
      bounds.add(
          Float.isInfinite(bound)
              ? Integer.toString(standIn)
              : Numbers.exact(Double.parseDouble(Float.toString(bound))));
    }
    return bounds.size() > MOST_BOUNDS
        ? Integer.toString(standIn)
        : "[" + String.join(",", bounds) + "]";
  }
}
