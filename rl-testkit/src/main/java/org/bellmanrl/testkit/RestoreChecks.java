package org.bellmanrl.testkit;

import java.util.Arrays;
import org.bellmanrl.api.VectorEnvironment;
import org.bellmanrl.api.space.Rows;
import org.bellmanrl.api.state.BinaryState;
import org.junit.jupiter.api.Assumptions;

/** Checks that saved episodes go on elsewhere as if nothing had happened. */
final class RestoreChecks {
  private final TaskContract contract;

  RestoreChecks(TaskContract contract) {
    this.contract = contract;
  }

  /** Restores all rows into an object made alike, and into the one that was saved. */
  void midEpisode() {
    for (long seed : contract.seeds()) {
      try (VectorEnvironment original = contract.make(contract.playedRows());
          VectorEnvironment copy = contract.make(contract.playedRows())) {
        Player uninterrupted = contract.play(seed);
        Player saved = new Player(original, contract.rowSeeds(seed), contract.chooser());
        int before = untilInFlight(saved);
        int[] moments = new int[contract.playedRows()];
        Arrays.setAll(moments, row -> saved.trace(row).moments().size());
        byte[] bytes = BinaryState.toBytes(saved);
        StateText state = StateText.of(saved);
        Player restored = new Player(copy, contract.rowSeeds(seed), contract.chooser());
        restored.play(3);
        BinaryState.fromBytes(bytes, restored);
        restored.forget();
        if (!original.spec().resumable()) {
          restored.play(contract.steps());
          continue;
        }
        String after = ", saved after " + before + " steps";
        StateText again = StateText.of(restored);
        saved.play(contract.steps() - before);
        TaskContract.mustEqual(uninterrupted, saved, "saving changes nothing" + after);
        restored.play(contract.steps() - before);
        Player future = new Player(original, contract.rowSeeds(seed), contract.chooser());
        BinaryState.fromBytes(bytes, future);
        future.play(contract.steps() - before);
        TaskContract.mustEqual(
            since(moments, uninterrupted),
            restored,
            "a restored environment has the same future" + after);
        TaskContract.mustEqual(
            since(moments, uninterrupted),
            future,
            "the object that was saved, restored, has the same future" + after);
        Difference difference = state.difference(again);
        if (difference != null) {
          throw Failure.of(original.spec().name(), "what was restored saves as the same state")
              .where("seed " + seed + after + ": " + difference.field())
              .expected(difference.expected())
              .actual(difference.actual())
              .error();
        }
      }
    }
  }

  /** Restores rows at other places, in environments of other numbers of rows. */
  void movedRow() {
    for (long seed : contract.seeds()) {
      Player uninterrupted = contract.play(seed);
      try (VectorEnvironment original = contract.make(contract.playedRows())) {
        if (!original.spec().resumable()) {
          Assumptions.abort("episodes are not resumable");
        }
        Player saved = new Player(original, contract.rowSeeds(seed), contract.chooser());
        int before = untilInFlight(saved);
        for (VectorEnvironment form : contract.otherForms()) {
          try (form) {
            Player moved =
                new Player(form, TaskContract.rowSeeds(seed + 1, form.rows()), contract.chooser());
            moved.play(3);
            BinaryState.fromBytes(BinaryState.toBytes(saved::carryShared), moved::carryShared);
            for (int first = 0; first < contract.playedRows(); first += form.rows()) {
              move(saved, first, moved, uninterrupted, before);
            }
          }
        }
      }
    }
  }

  /** Moves as many rows as there is room for, the first to the last index, and compares them. */
  private void move(Player saved, int first, Player moved, Player uninterrupted, int before) {
    String name = saved.environment().spec().name();
    int count = Math.min(moved.rows(), saved.rows() - first);
    Rows rows = new Rows(moved.rows());
    for (int to = moved.rows() - count; to < moved.rows(); to++) {
      int target = to;
      int source = first + moved.rows() - 1 - to;
      byte[] bytes = BinaryState.toBytes(state -> saved.carry(state, source));
      BinaryState.fromBytes(bytes, state -> moved.carry(state, target));
      byte[] again = BinaryState.toBytes(state -> moved.carry(state, target));
      if (!Arrays.equals(bytes, again)) {
        throw Failure.of(name, "a row has one form, wherever it is")
            .where("row %d, moved to row %d of %d".formatted(source, target, moved.rows()))
            .expected(bytes.length + " bytes, those that it was restored from")
            .actual(again.length + " bytes, others")
            .error();
      }
      rows.add(target);
    }
    moved.forget();
    for (int i = before; i < contract.steps(); i++) {
      moved.play(rows);
    }
    for (int i = 0; i < rows.count(); i++) {
      int source = first + moved.rows() - 1 - rows.at(i);
      uninterrupted
          .trace(source)
          .from(saved.trace(source).moments().size())
          .mustEqual(
              moved.trace(rows.at(i)),
              "a row that was moved to row %d of %d after %d steps has the same future"
                  .formatted(rows.at(i), moved.rows(), before));
    }
  }

  /** Plays until every row, or at least the first, is in the middle of an episode. */
  private int untilInFlight(Player player) {
    int played = 0;
    int least = Math.min(7, contract.steps() / 2);
    while (played < least || (player.isIdle(0) && played < contract.steps() / 2)) {
      player.play(1);
      played++;
    }
    return played;
  }

  /** What a play showed after so many moments of each row. */
  private static Trace[] since(int[] moments, Player player) {
    Trace[] futures = new Trace[moments.length];
    Arrays.setAll(futures, row -> player.trace(row).from(moments[row]));
    return futures;
  }
}
