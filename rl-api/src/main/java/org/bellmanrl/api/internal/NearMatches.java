package org.bellmanrl.api.internal;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import org.bellmanrl.api.options.Require;

/**
 * Finds the names that a mistyped name may stand for.
 *
 * <p>Names are compared without regard to case, hyphens and underscores, by the Damerau-Levenshtein
 * distance in its restricted form (insertions, deletions, substitutions, swaps of neighbours; no
 * part is edited twice). A name that begins with the wanted text, or contains it, is near at any
 * distance.
 */
public final class NearMatches {
  /**
   * Longer texts are no typing errors, and the distance takes time in proportion to both lengths.
   */
  private static final int MAX_LENGTH = 200;

  private NearMatches() {}

  /**
   * Finds the nearest names.
   *
   * @param wanted what was typed
   * @param known the names that exist
   * @param most how many to return at most
   * @return the near ones, nearest first and alphabetical among equals; empty if none is near
   */
  public static List<String> closest(String wanted, Collection<String> known, int most) {
    Require.atLeast("most", most, 0);
    String plain = plain(wanted);
    if (plain.isEmpty() || plain.length() > MAX_LENGTH) {
      return List.of();
    }
    List<Scored> near = new ArrayList<>();
    for (String name : new LinkedHashSet<>(known)) {
      double score = score(plain, plain(name));
      if (score < Double.POSITIVE_INFINITY) {
        near.add(new Scored(name, score));
      }
    }
    return near.stream()
        .sorted(Comparator.comparingDouble(Scored::score).thenComparing(Scored::name))
        .limit(most)
        .map(Scored::name)
        .toList();
  }

  /** A lower score is nearer; infinity is not near at all. */
  private static double score(String wanted, String name) {
    if (name.isEmpty() || name.length() > MAX_LENGTH) {
      return Double.POSITIVE_INFINITY;
    }
    int distance = distance(wanted, name);
    // One error in three characters; short names would all be near each other otherwise.
    int tolerance = Math.max(1, Math.max(wanted.length(), name.length()) / 3);
    double score = distance <= tolerance ? distance : Double.POSITIVE_INFINITY;
    // One character is part of too many names to say anything.
    if (wanted.length() > 1 && name.startsWith(wanted)) {
      score = Math.min(score, 0.5);
    } else if (wanted.length() > 2 && name.contains(wanted)) {
      score = Math.min(score, 1.5);
    } else if (name.length() > 2 && wanted.contains(name)) {
      score = Math.min(score, 2.5);
    }
    return score;
  }

  /** The restricted Damerau-Levenshtein distance, over three rolling rows. */
  static int distance(String a, String b) {
    int[] beforeLast = new int[b.length() + 1];
    int[] last = new int[b.length() + 1];
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      last[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int cost = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
        int best = Math.min(last[j - 1] + cost, Math.min(last[j], row[j - 1]) + 1);
        if (i > 1
            && j > 1
            && a.charAt(i - 1) == b.charAt(j - 2)
            && a.charAt(i - 2) == b.charAt(j - 1)) {
          best = Math.min(best, beforeLast[j - 2] + 1);
        }
        row[j] = best;
      }
      int[] free = beforeLast;
      beforeLast = last;
      last = row;
      row = free;
    }
    return last[b.length()];
  }

  private static String plain(String name) {
    return name.replace("-", "").replace("_", "").toLowerCase(Locale.ROOT);
  }

  private record Scored(String name, double score) {}
}
