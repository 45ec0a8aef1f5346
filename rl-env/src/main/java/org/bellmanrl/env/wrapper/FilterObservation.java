package org.bellmanrl.env.wrapper;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.bellmanrl.api.VectorEnvironment;
import org.bellmanrl.api.Wrapper;
import org.bellmanrl.api.options.Described;
import org.bellmanrl.api.space.Columns;
import org.bellmanrl.api.space.Dict;
import org.bellmanrl.api.space.Layout;
import org.bellmanrl.api.space.Space;
import org.bellmanrl.api.space.Tuple;
import org.bellmanrl.api.transform.ObservationTransform;

/**
 * Shows some parts of a Dict or Tuple and hides the rest.
 *
 * <p>Takes a Dict or a Tuple of observations; gives a Dict of the named parts, or a Tuple of the
 * numbered ones in the order given; or the only part named by itself. State saved: none.
 *
 * @param filterKeys names of parts of a Dict, or positions in a Tuple counted from 0; at least one,
 *     none twice
 * @param alone whether the only part named is shown by itself, not in a Dict or Tuple
 */
public record FilterObservation(
    @Described("the parts to show, by name for a Dict and by position from 0 for a Tuple")
        List<String> filterKeys,
    @Described("show the only part named by itself, not in a Dict or Tuple") boolean alone)
    implements Wrapper {

  public FilterObservation {
    filterKeys = List.copyOf(filterKeys);
    if (new HashSet<>(filterKeys).size() < filterKeys.size()) {
      throw new IllegalArgumentException("filter_keys must not repeat a part, was " + filterKeys);
    }
    if (alone && filterKeys.size() > 1) {
      throw new IllegalArgumentException(
          "filter_keys must name one part with alone=true, was " + filterKeys);
    }
  }

  /** Shows some parts in a Dict or Tuple. */
  public FilterObservation(List<String> filterKeys) {
    this(filterKeys, false);
  }

  /** Shows nothing yet: for options, which must then name a part. */
  public FilterObservation() {
    this(List.of());
  }

  /** The transform for observations of a space. */
  public ObservationTransform transform(Space space) {
    if (filterKeys.isEmpty()) {
      throw new IllegalArgumentException(
          "filter_keys must name at least one part of " + space + ", was empty");
    }
    return switch (space) {
      case Dict dict -> dict(dict);
      case Tuple tuple -> tuple(tuple);
      default -> throw Checks.observations("filter-observation", "a Dict or a Tuple", space);
    };
  }

  private Filtering dict(Dict dict) {
    Map<String, Space> shown = new TreeMap<>();
    for (String key : filterKeys) {
      Space part = dict.spaces().get(key);
      if (part == null) {
        throw unknown(key, dict, "its parts are " + dict.spaces().keySet());
      }
      shown.put(key, part);
    }
    List<String> prefixes = List.copyOf(shown.keySet());
    return new Filtering(
        dict, alone ? List.copyOf(shown.values()).getFirst() : Dict.of(shown), prefixes);
  }

  private Filtering tuple(Tuple tuple) {
    int size = tuple.spaces().size();
    List<Space> shown = new ArrayList<>();
    for (String key : filterKeys) {
      boolean number = key.matches("[0-9]{1,9}");
      if (!number || Integer.parseInt(key) >= size) {
        throw unknown(key, tuple, "its parts are 0 to " + (size - 1));
      }
      shown.add(tuple.spaces().get(Integer.parseInt(key)));
    }
    return new Filtering(tuple, alone ? shown.getFirst() : new Tuple(shown), filterKeys);
  }

  private static IllegalArgumentException unknown(String key, Space space, String parts) {
    return new IllegalArgumentException(
        "filter_keys names '%s', which is no part of %s; %s".formatted(key, space, parts));
  }

  @Override
  public VectorEnvironment wrap(VectorEnvironment inner) {
    return TransformObservation.wrap(this, inner, transform(inner.spec().observationSpace()));
  }

  private static final class Filtering extends StatelessTransform {
    private final NestedCopy parts;

    Filtering(Space from, Space to, List<String> prefixes) {
      super(to);
      Layout in = from.layout();
      List<Integer> sources = new ArrayList<>();
      List<Integer> targets = new ArrayList<>();
      for (String prefix : prefixes) {
        for (int i = 0; i < in.leaves().size(); i++) {
          String path = in.leaves().get(i).path();
          if (path.equals(prefix) || path.startsWith(prefix + "/")) {
            targets.add(sources.size());
            sources.add(i);
          }
        }
      }
      this.parts = NestedCopy.of(in, sources, to.layout(), targets);
    }

    @Override
    void apply(int row, Columns in, Columns out) {
      parts.copy(row, in, out);
    }
  }
}
