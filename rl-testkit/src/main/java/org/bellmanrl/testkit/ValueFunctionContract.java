package org.bellmanrl.testkit;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.bellmanrl.api.EnvironmentSpec;
import org.bellmanrl.api.Observations;
import org.bellmanrl.api.ValueFunction;
import org.bellmanrl.api.random.RandomStream;
import org.bellmanrl.api.random.Streams;
import org.bellmanrl.api.random.Streams.Role;
import org.bellmanrl.api.space.Rows;
import org.bellmanrl.api.state.BinaryState;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/**
 * What every {@link ValueFunction} keeps to.
 *
 * <pre>{@code
 * class QTableContractTest extends ValueFunctionContract<QTable> {
 *   @Override
 *   protected EnvironmentSpec task() {
 *     return new Corridor(6).spec();
 *   }
 *
 *   @Override
 *   protected QTable create() {
 *     return new QTable(task());
 *   }
 *
 *   @Override
 *   protected void change(QTable table) {
 *     for (int s = 0; s < 6; s++) {
 *       table.add(s, 1, 0.5 + s);
 *     }
 *   }
 * }
 * }</pre>
 *
 * @param <V> the type of the value function
 */
public abstract class ValueFunctionContract<V extends ValueFunction> {
  private static final int MEASURED_CALLS = 4_000;
  private static final double MARK = -12345.5;

  /** The task whose values are estimated. */
  protected abstract EnvironmentSpec task();

  /** A new value function with the same numbers each time. */
  protected abstract V create();

  /** Changes the numbers as learning would, so that some estimates differ afterwards. */
  protected abstract void change(V values);

  /** Seeds of the observations, each at least 0. */
  protected long[] seeds() {
    return new long[] {0, 1, 42};
  }

  /** How many rows are evaluated at once. */
  protected int rows() {
    return 37;
  }

  /** Why evaluating allocates; empty, as by default, if it allocates nothing. */
  protected Optional<String> allocates() {
    return Optional.empty();
  }

  private String name() {
    return getClass().getSimpleName();
  }

  private Observations observations(long seed) {
    Observations observations = new Observations(task(), rows());
    for (int row = 0; row < rows(); row++) {
      RandomStream random = Streams.of(seed).stream(Role.EVALUATION_ENVIRONMENT, row);
      RecordedActor.draw(task(), random, observations, row);
    }
    return observations;
  }

  private double[] evaluate(ValueFunction values, long seed) {
    double[] estimates = new double[rows() * values.width()];
    values.evaluate(Rows.all(rows()), observations(seed), estimates);
    return estimates;
  }

  private void mustEqual(double[] expected, double[] actual, long seed, int width, String rule) {
    for (int i = 0; i < expected.length; i++) {
      if (Double.doubleToLongBits(expected[i]) != Double.doubleToLongBits(actual[i])) {
        throw failure(rule, seed, i / width, i % width)
            .expected(expected[i])
            .actual(actual[i])
            .error();
      }
    }
  }

  private Failure failure(String rule, long seed, int row, int element) {
    return Failure.of(name(), rule)
        .where(
            "seed %d, row %d, value[%d] of observation %s"
                .formatted(seed, row, element, observations(seed).values().text(row)));
  }

  /** Estimates are finite numbers, and asking again gives them again. */
  @Test
  public void estimates_areFiniteAndRepeatable() {
    for (long seed : seeds()) {
      V values = create();
      change(values);
      double[] first = evaluate(values, seed);
      for (int i = 0; i < first.length; i++) {
        if (!Double.isFinite(first[i])) {
          throw failure("an estimate is finite", seed, i / values.width(), i % values.width())
              .expected("a finite number")
              .actual(first[i])
              .error();
        }
      }
      mustEqual(
          first, evaluate(values, seed), seed, values.width(), "asking again changes nothing");
    }
  }

  /** Listed rows are written whole, whatever stood there before, and no others. */
  @Test
  public void listedRows_areWrittenWholeAndNoOther() {
    for (long seed : seeds()) {
      V values = create();
      int width = values.width();
      double[] all = evaluate(values, seed);
      Rows odd = new Rows(rows());
      for (int row = 1; row < rows(); row += 2) {
        odd.add(row);
      }
      double[] some = new double[all.length];
      Arrays.fill(some, MARK);
      values.evaluate(odd, observations(seed), some);
      for (int i = 0; i < all.length; i++) {
        boolean listed = i / width % 2 == 1;
        double expected = listed ? all[i] : MARK;
        if (Double.doubleToLongBits(expected) != Double.doubleToLongBits(some[i])) {
          String rule = listed ? "a listed row is written whole" : "an unlisted row is left alone";
          throw failure(rule, seed, i / width, i % width)
              .expected(expected)
              .actual(some[i])
              .error();
        }
      }
    }
  }

  /** A snapshot gives the same estimates, and keeps giving them when the original learns on. */
  @Test
  public void snapshot_staysAsItWas() {
    for (long seed : seeds()) {
      V values = create();
      double[] before = evaluate(values, seed);
      ValueFunction snapshot = values.snapshot();
      int width = values.width();
      mustEqual(
          before, evaluate(snapshot, seed), seed, width, "a snapshot estimates like the original");
      change(values);
      mustEqual(
          before, evaluate(snapshot, seed), seed, width, "a snapshot stays when learning goes on");
    }
  }

  /** The change that the contract makes can be seen, or the other checks would say nothing. */
  @Test
  public void change_isSeen() {
    boolean seen = false;
    for (long seed : seeds()) {
      V values = create();
      double[] before = evaluate(values, seed);
      change(values);
      seen |= !Arrays.equals(before, evaluate(values, seed));
    }
    Checks.equal(name(), "change(values) changes some estimate", true, seen);
  }

  /** One snapshot serves several threads at once, while the original learns on. */
  @Test
  public void snapshot_servesSeveralThreads() {
    long seed = seeds()[0];
    V values = create();
    double[] expected = evaluate(values, seed);
    ValueFunction snapshot = values.snapshot();
    List<double[]> came =
        ConcurrentRuns.run(4, thread -> evaluate(snapshot, seed), () -> change(values));
    for (double[] estimates : came) {
      mustEqual(
          expected, estimates, seed, values.width(), "a snapshot answers several threads alike");
    }
  }

  /** What was saved estimates the same in another object, and saves as the same state. */
  @Test
  public void restored_estimatesTheSame() {
    V values = create();
    change(values);
    StateText state = StateText.of(values);
    byte[] bytes = BinaryState.toBytes(values);
    V restored = create();
    BinaryState.fromBytes(bytes, restored);
    for (long seed : seeds()) {
      mustEqual(
          evaluate(values, seed),
          evaluate(restored, seed),
          seed,
          values.width(),
          "restored values estimate the same");
    }
    Difference difference = state.difference(StateText.of(restored));
    if (difference != null) {
      throw Failure.of(name(), "what was restored saves as the same state")
          .where(difference.field())
          .expected(difference.expected())
          .actual(difference.actual())
          .error();
    }
  }

  /** Evaluating allocates nothing once warm. */
  @Test
  public void warmEvaluating_allocatesNothing() {
    allocates().ifPresent(Assumptions::abort);
    V values = create();
    Observations observations = observations(seeds()[0]);
    double[] estimates = new double[rows() * values.width()];
    Rows all = Rows.all(rows());
    double bytes =
        Allocation.settled(
            MEASURED_CALLS,
            () -> {
              long before = Allocation.bytes();
              for (int i = 0; i < MEASURED_CALLS; i++) {
                values.evaluate(all, observations, estimates);
              }
              return Allocation.bytes() - before;
            });
    Checks.little(name(), "evaluate", bytes);
  }
}
