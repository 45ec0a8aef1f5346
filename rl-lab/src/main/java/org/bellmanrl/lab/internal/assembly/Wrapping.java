package org.bellmanrl.lab.internal.assembly;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.bellmanrl.api.Accepts;
import org.bellmanrl.api.EnvironmentSpec;
import org.bellmanrl.api.space.Box;
import org.bellmanrl.api.space.Space;
import org.bellmanrl.lab.internal.run.Experiment;
import org.bellmanrl.lab.internal.run.Numbers;
import org.bellmanrl.lab.internal.run.UserError;
import org.jspecify.annotations.Nullable;

/**
 * How wrappers, and listeners too, are written on the command line: {@code ID} or {@code
 * ID:NAME=VALUE,NAME=VALUE}.
 */
public final class Wrapping {
  /** Stands for none at all, not even a preset's. */
  public static final String NONE = "none";

  /** Wrappers that need bounds where the task's are infinite. */
  private static final Set<String> NEED_BOUNDS =
      Set.of("rescale-action", "discretize", "discretize-action");

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

  /** What to type so that a learner takes a task; empty if it does or nothing helps. */
  static String remedy(Accepts accepts, EnvironmentSpec spec) {
    Optional<String> wrapper = accepts.helpfulWrapper(spec);
    if (wrapper.isEmpty()) {
      return "";
    }
    String id = wrapper.get();
    String like = "; for example --wrap ";
    Space wrapped = id.endsWith("-action") ? spec.actionSpace() : spec.observationSpace();
    boolean bounds = NEED_BOUNDS.contains(id);
    if (!bounds || !(wrapped instanceof Box box) || box.bounded()) {
      return like + id;
    }
    return like
        + "'"
        + id
        + ":low="
        + bounds(box, -STAND_IN)
        + ",high="
        + bounds(box, STAND_IN)
        + "' with bounds of your own in place of "
        + STAND_IN;
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
