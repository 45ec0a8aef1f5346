package org.bellmanrl.lab.internal.textbook;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bellmanrl.results.document.UserError;

/**
 * What is taken down of a run: a number, or one for each episode or step.
 *
 * <p>As a file has it: {@code rms after 10}; {@code rms of 1-10}, the mean of those after each of
 * these episodes; {@code return of 401-500} and {@code length of 2}, means over episodes; {@code
 * total length of 1-170}; {@code percent left of 300}, how many of these episodes report it; {@code
 * reward at 901-1000} and {@code percent optimal at 901-1000}, means over steps; {@code greedy
 * return}, of an episode after all learning; {@code start value} and {@code start value within
 * 100}, exactly, from the model. With {@code peak} before, the largest of the range's means over
 * runs; with {@code each} before, all of them.
 *
 * @param kind what is measured
 * @param fold what becomes of the range
 * @param diagnostic name of the environment's diagnostic; empty for other kinds
 * @param from first episode or step, from 1 (an {@link Kind#RMS} or {@link Kind#VALUES} may be 0)
 * @param to last episode or step
 */
record Measure(Kind kind, Fold fold, String diagnostic, int from, int to) {
  private static final Pattern FORM =
      Pattern.compile(
          "(peak |each |total )?(rms|values|return|length|reward|percent (\\w+)|greedy return|"
              + "start value)( (?:after|of|at|within) (\\d+)(?:-(\\d+))?)?");

  /** What is measured. */
  enum Kind {
    /** Root of the mean squared error of V over all states, after an episode. */
    RMS,
    /** V of every state, after an episode. */
    VALUES,
    /** Return of an episode while learning. */
    RETURN,
    /** Steps of an episode. */
    LENGTH,
    /** Share of episodes in which the environment reported something, in percent. */
    EPISODE_PERCENT,
    /** Reward of a step. */
    REWARD,
    /** Share of steps at which the environment reported something, in percent. */
    STEP_PERCENT,
    /** Return of the greedy policy in an episode after all learning. */
    GREEDY_RETURN,
    /** Value of the start under optimal play, by dynamic programming. */
    START_VALUE,
    /** The same within a number of steps. */
    START_VALUE_WITHIN
  }

  /** What becomes of a range. */
  enum Fold {
    /** Its mean, in each run. */
    MEAN,
    /** Its sum, in each run. */
    TOTAL,
    /** The largest of the means over runs. */
    PEAK,
    /** All. */
    EACH
  }

  static Measure parse(String text) {
    Matcher form = FORM.matcher(text);
    if (!form.matches()) {
      throw new UserError("no such measure: '" + text + "'");
    }
    Fold fold =
        form.group(1) == null
            ? Fold.MEAN
            : switch (form.group(1)) {
              case "peak " -> Fold.PEAK;
              case "each " -> Fold.EACH;
              default -> Fold.TOTAL;
            };
    String diagnostic = form.group(3) == null ? "" : form.group(3);
    String range = form.group(4) == null ? "" : form.group(4);
    Kind kind =
        switch (form.group(2)) {
          case "rms" -> Kind.RMS;
          case "values" -> Kind.VALUES;
          case "return" -> Kind.RETURN;
          case "length" -> Kind.LENGTH;
          case "reward" -> Kind.REWARD;
          case "greedy return" -> Kind.GREEDY_RETURN;
          case "start value" -> range.isEmpty() ? Kind.START_VALUE : Kind.START_VALUE_WITHIN;
          default -> range.startsWith(" at") ? Kind.STEP_PERCENT : Kind.EPISODE_PERCENT;
        };
    boolean ranged = kind != Kind.GREEDY_RETURN && kind != Kind.START_VALUE;
    if (ranged == range.isEmpty()) {
      throw new UserError(
          "measure '" + text + "' " + (ranged ? "needs a range" : "takes no range"));
    }
    int from = ranged ? Integer.parseInt(form.group(5)) : 0;
    int to = ranged && form.group(6) != null ? Integer.parseInt(form.group(6)) : from;
    boolean zero = kind == Kind.RMS || kind == Kind.VALUES || !ranged;
    if (to < from || (from == 0 && !zero)) {
      throw new UserError("measure '" + text + "' has no episode or step in its range");
    }
    return new Measure(kind, fold, diagnostic, from, to);
  }

  /** Whether it comes from the model and takes no run. */
  boolean exact() {
    return kind == Kind.START_VALUE || kind == Kind.START_VALUE_WITHIN;
  }

  /** Whether its range is of steps, not of episodes. */
  boolean ofSteps() {
    return kind == Kind.REWARD || kind == Kind.STEP_PERCENT;
  }

  /** How many numbers a run gives. */
  int width(int states) {
    int places = fold == Fold.MEAN || fold == Fold.TOTAL ? 1 : to - from + 1;
    return kind == Kind.VALUES ? places * states : places;
  }
}
