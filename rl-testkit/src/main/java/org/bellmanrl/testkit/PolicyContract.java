package org.bellmanrl.testkit;

import java.util.List;
import java.util.Optional;
import org.bellmanrl.api.EnvironmentSpec;
import org.bellmanrl.api.Policy;
import org.bellmanrl.api.random.RandomStream;
import org.bellmanrl.api.random.Streams;
import org.bellmanrl.api.random.Streams.Role;
import org.bellmanrl.api.space.Columns;
import org.bellmanrl.api.space.Discrete;
import org.bellmanrl.api.space.MultiBinary;
import org.bellmanrl.api.space.MultiDiscrete;
import org.bellmanrl.api.space.Rows;
import org.bellmanrl.api.state.BinaryState;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/**
 * What every {@link Policy} and its actors keep to.
 *
 * <pre>{@code
 * class GreedyContractTest extends PolicyContract {
 *   @Override
 *   protected EnvironmentSpec task() {
 *     return new Corridor(6).spec();
 *   }
 *
 *   @Override
 *   protected Policy create() {
 *     return new Greedy(table());
 *   }
 * }
 * }</pre>
 *
 * <p>The policy answers observations that the kit draws from the task's space.
 */
public abstract class PolicyContract {

  /** The task that the policy acts in. */
  protected abstract EnvironmentSpec task();

  /** A new policy with the same numbers each time. */
  protected abstract Policy create();

  /** Seeds of observations and streams, each at least 0. */
  protected long[] seeds() {
    return new long[] {0, 1, 42};
  }

  /** Actions per seed and row. */
  protected int steps() {
    return 200;
  }

  /** How many rows the actors act in. */
  protected int rows() {
    return 3;
  }

  /** Whether the policy keeps to masks; by default wherever its actions can be masked. */
  protected boolean honoursMasks() {
    return maskable(task());
  }

  static boolean maskable(EnvironmentSpec spec) {
    return spec.actionSpace() instanceof Discrete
        || spec.actionSpace() instanceof MultiDiscrete
        || spec.actionSpace() instanceof MultiBinary;
  }

  /** Why acting allocates; empty, as by default, if it allocates nothing. */
  protected Optional<String> allocates() {
    return Optional.empty();
  }

  private String name() {
    return getClass().getSimpleName();
  }

  private RecordedActor acting(Policy policy, long seed) {
    return new RecordedActor(name(), policy, task(), rows(), seed);
  }

  /** Actors with equal streams act alike, also side by side. */
  @Test
  public void sameStreams_giveSameActions() {
    for (long seed : seeds()) {
      Policy policy = create();
      RecordedActor alone = acting(create(), seed).play(steps());
      RecordedActor left = acting(policy, seed);
      RecordedActor right = acting(policy, seed);
      for (int i = 0; i < steps(); i++) {
        left.play(1);
        right.play(1);
      }
      alone.mustEqual(left, "equal streams give equal actions");
      alone.mustEqual(right, "equal streams give equal actions, beside another actor");
    }
  }

  /** Actions and extra columns lie in their spaces. */
  @Test
  public void actions_lieInTheirSpace() {
    for (long seed : seeds()) {
      Policy policy = create();
      RecordedActor acting = acting(policy, seed).play(steps());
      Columns action = new Columns(task().actionSpace(), 1);
      Columns extras = new Columns(policy.extras(), 1);
      for (int row = 0; row < rows(); row++) {
        List<RecordedActor.Answer> answers = acting.answers(row);
        for (int i = 0; i < answers.size(); i++) {
          answers.get(i).action().write(action);
          answers.get(i).extras().write(extras);
          contained(acting, row, i, "an action", action);
          contained(acting, row, i, "the extra columns", extras);
        }
      }
    }
  }

  private static void contained(
      RecordedActor acting, int row, int step, String what, Columns columns) {
    if (!columns.space().contains(columns, 0)) {
      throw acting
          .failure(what + " in its space", row, step, what)
          .expected("an element of " + columns.space())
          .actual(columns.text(0))
          .error();
    }
  }

  /** A masked action is never chosen. */
  @Test
  public void masks_areHonoured() {
    if (!honoursMasks()) {
      Assumptions.abort("honoursMasks() says that there are none");
    }
    for (long seed : seeds()) {
      new RecordedActor(name(), create(), task().withMask(), rows(), seed).play(steps());
    }
  }

  /** Every listed row is written, extra columns too, whatever stood there before; no other is. */
  @Test
  public void listedRows_areWrittenWholeAndNoOther() {
    for (long seed : seeds()) {
      RecordedActor first = acting(create(), seed).poisoned(Poison.FIRST).play(steps());
      RecordedActor second = acting(create(), seed).poisoned(Poison.SECOND).play(steps());
      first.mustEqual(second, "an actor writes every element of the listed rows (two fillings)");
      unlisted(seed);
    }
  }

  private void unlisted(long seed) {
    RecordedActor acting = acting(create(), seed).poisoned(Poison.FIRST);
    Columns marked = new Columns(task().actionSpace(), 1);
    Poison.FIRST.write(marked, 0);
    RowCopy untouched = new RowCopy(marked, 0);
    Columns extras = new Columns(create().extras(), 1);
    Poison.FIRST.write(extras, 0);
    RowCopy untouchedExtras = new RowCopy(extras, 0);
    for (int step = 0; step < steps(); step++) {
      int listed = step % rows();
      acting.play(new Rows(rows()).add(listed));
      for (int row = 0; row < rows(); row++) {
        if (row == listed) {
          continue;
        }
        Difference difference =
            untouched.difference("action", new RowCopy(acting.actions().values(), row));
        if (difference == null) {
          difference =
              untouchedExtras.difference("extras", new RowCopy(acting.actions().extras(), row));
        }
        if (difference != null) {
          throw acting
              .failure("an actor leaves the rows alone that are not listed", row, step, "")
              .where("row " + listed + " was listed: " + difference.field())
              .expected(difference.expected())
              .actual(difference.actual())
              .error();
        }
      }
    }
  }

  /** A row's actions don't depend on the rows it is listed with. */
  @Test
  public void subsetsOfRows_equalAllRows() {
    for (long seed : seeds()) {
      RecordedActor together = acting(create(), seed).play(steps());
      RecordedActor apart = acting(create(), seed);
      RandomStream random = Streams.of(seed).stream(Role.LEARNER, 0);
      for (int i = 0; i < 2 * steps(); i++) {
        Rows some = new Rows(rows());
        for (int row = 0; row < rows(); row++) {
          if (random.integers(2) == 0) {
            some.add(row);
          }
        }
        if (!some.isEmpty()) {
          apart.play(some);
        }
      }
      together.mustEqual(apart, "which rows are listed together doesn't matter");
    }
  }

  /** A snapshot acts like the policy it was taken of. */
  @Test
  public void snapshot_actsLikeThePolicy() {
    for (long seed : seeds()) {
      Policy policy = create();
      RecordedActor original = acting(policy, seed).play(steps());
      original.mustEqual(
          acting(policy.snapshot(), seed).play(steps()), "a snapshot acts like its policy");
      original.mustEqual(
          acting(policy.snapshot().snapshot(), seed).play(steps()),
          "a snapshot of a snapshot acts like its policy");
    }
  }

  /** One snapshot serves several threads at once. */
  @Test
  public void snapshot_servesSeveralThreads() {
    long seed = seeds()[0];
    Policy snapshot = create().snapshot();
    RecordedActor expected = acting(snapshot, seed).play(steps());
    List<RecordedActor> actings =
        ConcurrentRuns.run(4, thread -> acting(snapshot, seed).play(steps()), () -> {});
    for (RecordedActor acting : actings) {
      expected.mustEqual(acting, "a snapshot answers several threads alike");
    }
  }

  /** An actor that was saved goes on, in another object, as if nothing had happened. */
  @Test
  public void restoredActor_hasTheSameFuture() {
    for (long seed : seeds()) {
      RecordedActor uninterrupted = acting(create(), seed).play(steps());
      int before = steps() / 2 + 3;
      RecordedActor saved = acting(create(), seed).play(before);
      byte[] bytes = BinaryState.toBytes(saved.actor());
      RecordedActor restored = acting(create(), seed + 1).play(7);
      BinaryState.fromBytes(bytes, restored.actor());
      restored.forget();
      restored.follow(saved);
      restored.play(steps() - before);
      saved.play(steps() - before);
      uninterrupted.mustEqual(saved, "saving changes nothing, after " + before + " actions");
      for (int row = 0; row < rows(); row++) {
        List<RecordedActor.Answer> all = uninterrupted.answers(row);
        uninterrupted.mustEqual(
            all.subList(before, all.size()),
            restored,
            row,
            "a restored actor has the same future, after " + before + " actions");
      }
    }
  }

  /** Acting allocates nothing once warm. */
  @Test
  public void warmActing_allocatesNothing() {
    allocates().ifPresent(Assumptions::abort);
    Checks.little(name(), "act", acting(create(), seeds()[0]).warmBytes());
  }
}
