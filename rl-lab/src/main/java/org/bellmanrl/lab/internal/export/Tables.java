package org.bellmanrl.lab.internal.export;

import java.util.Arrays;
import java.util.Optional;
import org.bellmanrl.api.EnvironmentSpec;
import org.bellmanrl.api.Observations;
import org.bellmanrl.api.Policy;
import org.bellmanrl.api.space.ProductIndex;
import org.bellmanrl.api.space.Rows;
import org.bellmanrl.deep.policy.PortablePolicy;
import org.bellmanrl.policy.TablePolicy;
import org.bellmanrl.policy.WritablePolicy;
import org.bellmanrl.tabular.policy.Greedy;
import org.bellmanrl.tabular.policy.TieBreak;

/** Writes down, state by state, what a policy of a finite task does. */
public final class Tables {
  /** More numbers than that are not written: 128 MiB. */
  private static final int MOST_NUMBERS = 1 << 24;

  private static final int CHUNK = 1024;

  private Tables() {}

  /**
   * A policy as it can be written to a file: a network, or a table as {@link #of} makes it.
   *
   * @param policy as of now
   * @param spec the task
   */
  public static Optional<WritablePolicy> writable(Policy policy, EnvironmentSpec spec) {
    return policy instanceof PortablePolicy portable
        ? Optional.of(portable.portable())
        : of(policy, spec).map(table -> table);
  }

  /**
   * A policy as a table, if the task is finite and the policy reads values or knows its
   * probabilities.
   *
   * @param policy as of now
   * @param spec the task
   */
  public static Optional<TablePolicy> of(Policy policy, EnvironmentSpec spec) {
    Optional<ProductIndex> states = ProductIndex.of(spec.observationSpace());
    Optional<ProductIndex> actions = ProductIndex.of(spec.actionSpace());
    if (states.isEmpty()
        || actions.isEmpty()
        || (long) states.get().size() * actions.get().size() > MOST_NUMBERS) {
      return Optional.empty();
    }
    return switch (policy) {
      case Greedy greedy ->
          Optional.of(
              table(
                  spec,
                  states.get(),
                  actions.get().size(),
                  (rows, observations, into) -> greedy.values().evaluate(rows, observations, into),
                  greedy.ties() == TieBreak.FIRST
                      ? TablePolicy.Rule.GREEDY_FIRST
                      : TablePolicy.Rule.GREEDY_RANDOM));
      case Policy.WithProbabilities known ->
          Optional.of(
              table(
                  spec,
                  states.get(),
                  actions.get().size(),
                  (rows, observations, into) ->
                      probabilities(known, rows, observations, actions.get().size(), into),
                  TablePolicy.Rule.PROBABILITIES));
      default -> Optional.empty();
    };
  }

  private static void probabilities(
      Policy.WithProbabilities policy,
      Rows rows,
      Observations observations,
      int actions,
      double[] into) {
    for (int i = 0; i < rows.count(); i++) {
      int row = rows.at(i);
      for (int a = 0; a < actions; a++) {
        into[row * actions + a] = policy.probability(observations, row, a);
      }
    }
  }

  private interface Numbers {
    /** Fills in the numbers of what rows show: those of row r from r times the actions on. */
    void fill(Rows rows, Observations observations, double[] into);
  }

  private static TablePolicy table(
      EnvironmentSpec spec,
      ProductIndex states,
      int actions,
      Numbers source,
      TablePolicy.Rule rule) {
    double[] numbers = new double[states.size() * actions];
    Observations observations = new Observations(spec, CHUNK);
    Arrays.fill(observations.mask(), true);
    double[] chunk = new double[CHUNK * actions];
    Rows rows = new Rows(CHUNK);
    for (int from = 0; from < states.size(); from += CHUNK) {
      int count = Math.min(CHUNK, states.size() - from);
      rows.clear();
      for (int i = 0; i < count; i++) {
        states.set(from + i, observations.values(), i);
        rows.add(i);
      }
      source.fill(rows, observations, chunk);
      System.arraycopy(chunk, 0, numbers, from * actions, count * actions);
    }
    return new TablePolicy(spec.observationSpace(), spec.actionSpace(), numbers, rule);
  }
}
