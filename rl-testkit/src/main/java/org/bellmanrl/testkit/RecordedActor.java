package org.bellmanrl.testkit;

import java.util.ArrayList;
import java.util.List;
import org.bellmanrl.api.Actions;
import org.bellmanrl.api.Actor;
import org.bellmanrl.api.EnvironmentSpec;
import org.bellmanrl.api.Observations;
import org.bellmanrl.api.Policy;
import org.bellmanrl.api.random.RandomStream;
import org.bellmanrl.api.random.Streams;
import org.bellmanrl.api.random.Streams.Role;
import org.bellmanrl.api.space.Rows;
import org.jspecify.annotations.Nullable;

/** A policy's actor answering random observations, with everything it writes recorded. */
final class RecordedActor {
  private static final int EPISODE = 10;
  private static final int MEASURED_CALLS = 4_000;

  private final String name;
  private final EnvironmentSpec spec;
  private final long seed;
  private final Actor actor;
  private final Observations observations;
  private final Actions actions;
  private final RandomStream[] observed;
  private final long[] counts;
  private final List<List<Answer>> answers = new ArrayList<>();
  private @Nullable Poison poison;

  /**
   * What an actor wrote into a row.
   *
   * @param seen the observation
   * @param action the action
   * @param extras the policy's own columns
   */
  record Answer(RowCopy seen, RowCopy action, RowCopy extras) {}

  RecordedActor(String name, Policy policy, EnvironmentSpec spec, int rows, long seed) {
    this.name = name;
    this.spec = spec;
    this.seed = seed;
    Streams streams = Streams.of(seed);
    this.actor = policy.actor(rows, streams.rows(Role.POLICY, rows));
    this.observations = new Observations(spec, rows);
    this.actions = new Actions(spec.actionSpace(), policy.extras(), rows);
    this.observed = new RandomStream[rows];
    this.counts = new long[rows];
    for (int row = 0; row < rows; row++) {
      observed[row] = streams.stream(Role.EVALUATION_ENVIRONMENT, row);
      answers.add(new ArrayList<>());
    }
  }

  RecordedActor poisoned(Poison filling) {
    poison = filling;
    return this;
  }

  RecordedActor play(int steps) {
    Rows all = Rows.all(observed.length);
    for (int i = 0; i < steps; i++) {
      play(all);
    }
    return this;
  }

  /** One action in each listed row. */
  void play(Rows rows) {
    Rows starting = new Rows(observed.length);
    for (int i = 0; i < rows.count(); i++) {
      int row = rows.at(i);
      if (counts[row]++ % EPISODE == 0) {
        starting.add(row);
      }
      draw(spec, observed[row], observations, row);
    }
    for (int row = 0; row < observed.length && poison != null; row++) {
      poison.write(actions.values(), row);
      poison.write(actions.extras(), row);
    }
    if (!starting.isEmpty()) {
      actor.begin(starting);
    }
    actor.act(rows, observations, actions);
    for (int i = 0; i < rows.count(); i++) {
      int row = rows.at(i);
      if (!RandomActions.allowed(observations, actions.values(), row)) {
        throw failure("a masked action is never chosen", row, counts[row] - 1, "action")
            .expected("an action that the mask allows")
            .actual(actions.values().text(row))
            .error();
      }
      answers
          .get(row)
          .add(
              new Answer(
                  new RowCopy(observations.values(), row),
                  new RowCopy(actions.values(), row),
                  new RowCopy(actions.extras(), row)));
    }
  }

  /** Writes a random observation, with a random mask that allows something, into a row. */
  static void draw(EnvironmentSpec spec, RandomStream random, Observations into, int row) {
    spec.observationSpace().sample(random, into.values(), row);
    int at = row * into.maskWidth();
    for (int width : MomentChecks.maskParts(spec)) {
      int always = random.integers(width);
      for (int a = 0; a < width; a++) {
        into.mask()[at + a] = random.random() < 0.5 || a == always;
      }
      at += width;
    }
  }

  /** The bytes that an action in every row allocates once it is warm. */
  double warmBytes() {
    Rows all = Rows.all(observed.length);
    play(all);
    return Allocation.settled(
        MEASURED_CALLS,
        () -> {
          long before = Allocation.bytes();
          for (int i = 0; i < MEASURED_CALLS; i++) {
            actor.act(all, observations, actions);
          }
          return Allocation.bytes() - before;
        });
  }

  /** Clears the record. */
  void forget() {
    answers.forEach(List::clear);
  }

  Actor actor() {
    return actor;
  }

  Actions actions() {
    return actions;
  }

  Observations observations() {
    return observations;
  }

  List<Answer> answers(int row) {
    return answers.get(row);
  }

  /** The streams that observations are drawn from go on where another's are. */
  void follow(RecordedActor other) {
    for (int row = 0; row < observed.length; row++) {
      observed[row] = other.observed[row].copy();
      counts[row] = other.counts[row];
    }
  }

  Failure failure(String rule, int row, long step, String field) {
    return Failure.of(name, rule)
        .where("seed %d, row %d, action number %d: %s".formatted(seed, row, step, field))
        .repeat("give an actor Streams.of(%d).rows(Role.POLICY, …)".formatted(seed));
  }

  /** Fails where another's answers differ from these, as far as both go. */
  void mustEqual(RecordedActor actual, String rule) {
    for (int row = 0; row < answers.size(); row++) {
      mustEqual(answers.get(row), actual, row, rule);
    }
  }

  /** Fails where the answers of {@code actual} in a row differ from the expected ones. */
  void mustEqual(List<Answer> expected, RecordedActor actual, int row, String rule) {
    List<Answer> came = actual.answers.get(row);
    for (int i = 0; i < Math.min(expected.size(), came.size()); i++) {
      Difference difference = expected.get(i).action().difference("action", came.get(i).action());
      if (difference == null) {
        difference = expected.get(i).extras().difference("extras", came.get(i).extras());
      }
      if (difference != null) {
        throw failure(rule, row, i, difference.field() + " at " + expected.get(i).seen())
            .expected(difference.expected())
            .actual(difference.actual())
            .error();
      }
    }
  }
}
