package org.bellmanrl.testkit;

import java.util.ArrayList;
import java.util.List;
import org.bellmanrl.api.Environment;
import org.bellmanrl.api.EnvironmentSpec;
import org.bellmanrl.api.VectorEnvironment;

/**
 * What one row of an environment showed while it was played, to be compared bit for bit.
 *
 * <p>The seed alone decides the course: the environment draws from the stream of Gymnasium's {@code
 * reset(seed=seed)}, actions from one derived of the same seed. Its text has a line for each reset
 * and step. Not thread-safe.
 */
public final class Trace {
  private final EnvironmentSpec spec;
  private final long seed;
  private final int row;
  private final List<Moment> moments = new ArrayList<>();

  Trace(EnvironmentSpec spec, long seed, int row) {
    this.spec = spec;
    this.seed = seed;
    this.row = row;
  }

  /**
   * Plays a new environment with random actions and writes down what it shows: how to see again
   * what a contract complained about.
   *
   * @param environment is closed
   * @param seed at least 0
   * @param steps how many, over as many episodes as it takes
   */
  public static Trace of(Environment environment, long seed, int steps) {
    return of(environment, seed, steps, ActionChooser.random());
  }

  /** The same with actions chosen in another way. */
  public static Trace of(Environment environment, long seed, int steps, ActionChooser chooser) {
    try (VectorEnvironment vector = VectorEnvironment.of(environment)) {
      Player player = new Player(vector, new long[] {seed}, chooser);
      player.play(steps);
      return player.trace(0);
    }
  }

  /** The first moments of this trace. */
  Trace first(int count) {
    Trace head = empty();
    head.moments.addAll(moments.subList(0, Math.min(count, moments.size())));
    return head;
  }

  /** This trace without its first moments. */
  Trace from(int index) {
    Trace rest = empty();
    rest.moments.addAll(moments.subList(Math.min(index, moments.size()), moments.size()));
    return rest;
  }

  /** A trace of the same row without moments. */
  Trace empty() {
    return new Trace(spec, seed, row);
  }

  void add(Moment moment) {
    moments.add(moment);
  }

  List<Moment> moments() {
    return moments;
  }

  EnvironmentSpec spec() {
    return spec;
  }

  /** The index of the first moment that differs from {@code actual}'s; −1 if none does. */
  private int firstDifference(Trace actual) {
    int common = Math.min(moments.size(), actual.moments.size());
    for (int i = 0; i < common; i++) {
      if (moments.get(i).difference(actual.moments.get(i)) != null) {
        return i;
      }
    }
    return moments.size() == actual.moments.size() ? -1 : common;
  }

  /** Whether both show the same, bit for bit. */
  boolean same(Trace other) {
    return firstDifference(other) < 0;
  }

  /** Fails where {@code actual} first differs from this. */
  void mustEqual(Trace actual, String rule) {
    int at = firstDifference(actual);
    if (at < 0) {
      return;
    }
    if (at >= moments.size() || at >= actual.moments.size()) {
      throw Failure.of(spec.name(), rule)
          .expected(moments.size() + " resets and steps")
          .actual(actual.moments.size() + " resets and steps")
          .error();
    }
    Difference difference = moments.get(at).difference(actual.moments.get(at));
    if (difference != null) {
      throw failure(at, rule, difference.field())
          .expected(difference.expected())
          .actual(difference.actual())
          .error();
    }
  }

  /** A failure at a moment of this trace. */
  Failure failure(int index, String rule, String field) {
    Moment moment = moments.get(index);
    long steps = moments.subList(0, index + 1).stream().filter(m -> !m.isReset()).count();
    Failure failure =
        Failure.of(spec.name(), rule)
            .where(
                "seed %d, row %d, episode %d, %s: %s"
                    .formatted(
                        seed,
                        row,
                        moment.episode,
                        moment.isReset() ? "reset" : "step " + moment.step,
                        field))
            .repeat(
                "Trace.of(environment, %d, %d) with the contract's chooser plays up to there"
                    .formatted(seed, Math.max(1, steps)));
    return moment.action == null ? failure : failure.where("action " + moment.action);
  }

  void hash(Hash hash) {
    for (Moment moment : moments) {
      moment.hash(hash);
    }
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    for (Moment moment : moments) {
      text.append(moment).append('\n');
    }
    return text.toString();
  }
}
