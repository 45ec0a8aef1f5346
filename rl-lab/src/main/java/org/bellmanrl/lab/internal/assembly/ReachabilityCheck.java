package org.bellmanrl.lab.internal.assembly;

import java.util.BitSet;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.bellmanrl.api.EnvironmentSpec;
import org.bellmanrl.api.model.FiniteModel;
import org.bellmanrl.api.render.GridView;
import org.bellmanrl.results.document.Numbers;

/**
 * Finds out whether the ends of a task with an exact model can be reached, and the best in time.
 */
final class ReachabilityCheck {
  private ReachabilityCheck() {}

  /**
   * What is doubtful about a task, in words; empty if nothing is.
   *
   * @param grid where its states lie, if they lie on a grid
   */
  static Optional<String> doubt(EnvironmentSpec spec, FiniteModel model, Optional<GridView> grid) {
    Optional<String> closed = grid.flatMap(view -> closedEnd(model, view));
    if (closed.isPresent()) {
      return closed.map(
          end -> "no move of %s leads to an end '%s' of its map".formatted(spec.name(), end));
    }
    double best = bestEnd(model);
    if (best == Double.NEGATIVE_INFINITY) {
      return Optional.empty();
    }
    String end = "the best end of " + spec.name() + ", of reward " + Numbers.exact(best) + ", ";
    int steps = steps(model, best);
    int limit = spec.maxEpisodeSteps();
    if (steps == 0) {
      return Optional.of(end + "can't be reached from any start");
    }
    return limit == 0 || steps <= limit
        ? Optional.empty()
        : Optional.of(
            end
                + "is at least %d steps away, but episodes are cut after %d; give --env %s=%d or more"
                    .formatted(steps, limit, LimitOption.NAME, 2 * steps));
  }

  /** The first kind of end on a grid, by its tile, that no place lies next to; empty if all are. */
  private static Optional<String> closedEnd(FiniteModel model, GridView grid) {
    BitSet entered = new BitSet(model.states());
    for (int state = 0; state < model.states(); state++) {
      for (int i = model.from(state, 0); i < model.to(state, model.actions() - 1); i++) {
        if (model.terminated(i) && model.next(i) != state) {
          entered.set(model.next(i));
        }
      }
    }
    Map<Character, Boolean> kinds = new TreeMap<>();
    for (int layer = 0; layer < grid.layers(); layer++) {
      for (int row = 0; row < grid.height(); row++) {
        for (int column = 0; column < grid.width(); column++) {
          int state = grid.state(layer, row, column);
          if (state >= 0 && grid.terminal(layer, row, column)) {
            kinds.merge(grid.tile(layer, row, column), entered.get(state), Boolean::logicalOr);
          }
        }
      }
    }
    return kinds.entrySet().stream()
        .filter(kind -> !kind.getValue())
        .map(kind -> kind.getKey().toString())
        .findFirst();
  }

  /** The largest reward at an end; negative infinity if there is no end. */
  private static double bestEnd(FiniteModel model) {
    double best = Double.NEGATIVE_INFINITY;
    for (int state = 0; state < model.states(); state++) {
      for (int i = model.from(state, 0); i < model.to(state, model.actions() - 1); i++) {
        // The end of a state that is an end already pays nobody.
        if (model.terminated(i) && model.next(i) != state) {
          best = Math.max(best, model.reward(i));
        }
      }
    }
    return best;
  }

  /** The fewest steps from a start to an end that pays so much; 0 if there is no way. */
  private static int steps(FiniteModel model, double reward) {
    int[] distance = new int[model.states()];
    int[] queue = new int[model.states()];
    int count = 0;
    for (int state = 0; state < model.states(); state++) {
      if (model.initial(state) > 0) {
        distance[state] = 1;
        queue[count++] = state;
      }
    }
    for (int at = 0; at < count; at++) {
      int state = queue[at];
      for (int i = model.from(state, 0); i < model.to(state, model.actions() - 1); i++) {
        int next = model.next(i);
        if (model.terminated(i)) {
          if (next != state && model.reward(i) == reward) {
            return distance[state];
          }
        } else if (distance[next] == 0) {
          distance[next] = distance[state] + 1;
          queue[count++] = next;
        }
      }
    }
    return 0;
  }
}
