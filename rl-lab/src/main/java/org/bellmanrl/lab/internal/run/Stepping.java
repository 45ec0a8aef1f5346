package org.bellmanrl.lab.internal.run;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.bellmanrl.results.document.Document;
import org.bellmanrl.results.document.Numbers;
import org.jspecify.annotations.Nullable;

/**
 * How far rows are stepped ahead of learning.
 *
 * @param round how many steps of all rows are played before any of them is learned from, in [1,
 *     {@value #MAX_ROUND}]. More than 1 is for learners that learn from whatever behaviour they are
 *     shown: then rows can be stepped on other machines
 * @param overlap whether each round is played while the learner learns from the round before, and
 *     so with the behaviour that the learner had before that
 * @param asynchronous how many rounds rows may be ahead of learning if each is stepped
 *     independently, so that the result depends on how long everything takes; 0 if they don't
 */
public record Stepping(int round, boolean overlap, int asynchronous) {
  /** Most steps of a round. */
  public static final int MAX_ROUND = 1 << 20;

  /** Most rounds by which rows may be ahead. */
  public static final int MAX_ASYNCHRONOUS = 1000;

  /** Every step is learned from before the next, as far as the learner does that. */
  public static final Stepping IN_TURN = new Stepping(1, false, 0);

  public Stepping {
    if (round < 1 || round > MAX_ROUND) {
      throw new IllegalArgumentException(
          "round must be in [1, %d], was %d".formatted(MAX_ROUND, round));
    }
    if (asynchronous < 0 || asynchronous > MAX_ASYNCHRONOUS) {
      throw new IllegalArgumentException(
          "asynchronous must be in [0, %d], was %d".formatted(MAX_ASYNCHRONOUS, asynchronous));
    }
    if (overlap && asynchronous > 0) {
      throw new IllegalArgumentException(
          "overlap and asynchronous exclude each other: leave one of them out");
    }
  }

  /** Whether it changes what is learned, so that rounds are played without workers, too. */
  public boolean ahead() {
    return !equals(IN_TURN);
  }

  /** Whether an experiment with it gives the same result again. */
  public boolean reproducible() {
    return asynchronous == 0;
  }

  /** What it means, in words. */
  public String inWords() {
    String rounds =
        round == 1 ? "in rollouts" : "in rounds of %s".formatted(Numbers.count(round, "step"));
    return asynchronous > 0
        ? rounds
            + ", asynchronous: each environment up to %s ahead of learning; not reproducible, neither"
                .formatted(Numbers.count(asynchronous, "round"))
            + " by another run nor by one that is resumed"
        : overlap ? rounds + ", each while the one before is learned from" : rounds;
  }

  /** Adds what a file holds of this. */
  void writeTo(Map<String, @Nullable Object> entries) {
    if (round > 1) {
      entries.put("round", round);
    }
    if (overlap) {
      entries.put("overlap", true);
    }
    if (asynchronous > 0) {
      entries.put("asynchronous", asynchronous);
    }
  }

  /**
   * What a command line or a file says of it.
   *
   * @param round empty if nothing was said
   * @param overlap empty if nothing was said
   * @param asynchronous empty if nothing was said
   */
  public record Said(OptionalInt round, Optional<Boolean> overlap, OptionalInt asynchronous) {
    /** Says nothing. */
    public static final Said NOTHING =
        new Said(OptionalInt.empty(), Optional.empty(), OptionalInt.empty());

    /** Reads what a file says. */
    public static Said of(Document file) {
      return new Said(
          file.has("round")
              ? OptionalInt.of((int) file.whole("round", 1, MAX_ROUND))
              : OptionalInt.empty(),
          file.has("overlap") ? Optional.of(file.truth("overlap")) : Optional.empty(),
          file.has("asynchronous")
              ? OptionalInt.of((int) file.whole("asynchronous", 0, MAX_ASYNCHRONOUS))
              : OptionalInt.empty());
    }

    /** What this says, and otherwise what another does. */
    public Said or(Said other) {
      return new Said(
          round.isPresent() ? round : other.round,
          overlap.or(() -> other.overlap),
          asynchronous.isPresent() ? asynchronous : other.asynchronous);
    }

    /** A stepping of which this is changed. */
    public Stepping over(Stepping base) {
      return new Stepping(
          round.orElse(base.round),
          overlap.orElse(base.overlap),
          asynchronous.orElse(base.asynchronous));
    }
  }
}
