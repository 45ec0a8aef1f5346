package org.bellmanrl.bench.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The benchmarks of one class, and how the report treats them.
 *
 * @param type the class, by its full name
 * @param title what is measured, for people
 * @param limits which benchmark is compared with which: name of a method to the name of its limit,
 *     a bare loop or the like in the same class
 * @param quick what the quick form measures; null if it leaves the class out
 */
record Suite(String type, String title, Map<String, String> limits, @Nullable Quick quick) {
  /** A method of this name is the limit of all others in its class, unless others are named. */
  private static final String USUAL_LIMIT = "bareLoop";

  Suite {
    limits = Map.copyOf(limits);
  }

  /**
   * What the quick form measures of a class.
   *
   * @param methods which benchmarks; empty for all that have a limit
   * @param parameters the values of those parameters that don't take all of theirs
   * @param warmupSeconds how long to warm up before some short iterations; 0 to measure one fork as
   *     the class says
   */
  record Quick(Set<String> methods, Map<String, List<String>> parameters, double warmupSeconds) {
    static final Quick ALL = new Quick(Set.of(), Map.of(), 1);

    Quick {
      methods = Set.copyOf(methods);
      parameters = Map.copyOf(parameters);
    }

    /** The same with these benchmarks only. */
    Quick of(String... names) {
      return new Quick(Set.of(names), parameters, warmupSeconds);
    }

    /** The same with these values of a parameter only. */
    Quick with(String parameter, String... values) {
      Map<String, List<String>> more = new TreeMap<>(parameters);
      more.put(parameter, List.of(values));
      return new Quick(methods, more, warmupSeconds);
    }

    /** The same with another warm-up. */
    Quick warmedUp(double seconds) {
      return new Quick(methods, parameters, seconds);
    }
  }

  /** A suite of the catalogue, in the quick form too. */
  static Suite of(String type, String title, Quick quick, String... pairs) {
    Map<String, String> limits = new LinkedHashMap<>();
    for (int i = 0; i < pairs.length; i += 2) {
      limits.put(pairs[i], pairs[i + 1]);
    }
    return new Suite(type, title, limits, quick);
  }

  /** A suite that the catalogue doesn't know. */
  static Suite unlisted(String type, Set<String> methods) {
    Map<String, String> limits = new LinkedHashMap<>();
    if (methods.contains(USUAL_LIMIT)) {
      for (String method : methods) {
        if (!method.equals(USUAL_LIMIT)) {
          limits.put(method, USUAL_LIMIT);
        }
      }
    }
    return new Suite(type, type.substring(type.lastIndexOf('.') + 1), limits, null);
  }

  /** The class without its package. */
  String name() {
    return type.substring(type.lastIndexOf('.') + 1);
  }

  /** The wanted ones of some methods, with the limits that they are compared with. */
  List<String> withLimits(List<String> wanted) {
    List<String> all = new ArrayList<>(wanted);
    for (String method : wanted) {
      String limit = limits.get(method);
      if (limit != null && !all.contains(limit)) {
        all.add(limit);
      }
    }
    return all;
  }
}
