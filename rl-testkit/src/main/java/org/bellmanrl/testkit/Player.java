package org.bellmanrl.testkit;

import java.util.Arrays;
import org.bellmanrl.api.EnvironmentSpec;
import org.bellmanrl.api.Observations;
import org.bellmanrl.api.Outcomes;
import org.bellmanrl.api.VectorEnvironment;
import org.bellmanrl.api.random.RandomStream;
import org.bellmanrl.api.random.RandomStreams;
import org.bellmanrl.api.random.Streams;
import org.bellmanrl.api.random.Streams.Role;
import org.bellmanrl.api.space.Columns;
import org.bellmanrl.api.space.Rows;
import org.bellmanrl.api.state.State;
import org.bellmanrl.api.state.StatefulRows;
import org.jspecify.annotations.Nullable;

/**
 * Plays environments as a loop does, and writes down everything they show.
 *
 * <p>Each row has a stream for the environment and one for its actions, both from the row's seed.
 * Rows are reset in the call after their end. Saved and restored between steps.
 */
final class Player implements StatefulRows {
  private final VectorEnvironment environment;
  private final EnvironmentSpec spec;
  private final ActionChooser chooser;
  private final RandomStreams random;
  private final RandomStream[] actionRandom;
  private final Columns actions;
  private final Outcomes outcomes;
  private Observations current;
  private final boolean[] idle;
  private final long[] episodes;
  private final long[] lengths;
  private final Rows all;
  private final Rows starting;
  private final Trace[] traces;
  private @Nullable Poison poison;
  private Runnable afterEach = () -> {};

  Player(VectorEnvironment environment, long[] seeds, ActionChooser chooser) {
    this(environment, seeds, seeds, chooser);
  }

  Player(VectorEnvironment environment, long[] seeds, long[] actionSeeds, ActionChooser chooser) {
    int rows = environment.rows();
    this.environment = environment;
    this.spec = environment.spec();
    this.chooser = chooser;
    this.random = RandomStreams.ofSeeds(seeds);
    this.actionRandom = new RandomStream[rows];
    this.traces = new Trace[rows];
    for (int row = 0; row < rows; row++) {
      actionRandom[row] = Streams.of(actionSeeds[row]).stream(Role.POLICY, 0);
      traces[row] = new Trace(spec, seeds[row], row);
    }
    this.actions = new Columns(spec.actionSpace(), rows);
    this.outcomes = new Outcomes(spec, rows);
    this.current = new Observations(spec, rows);
    this.idle = new boolean[rows];
    Arrays.fill(idle, true);
    this.episodes = new long[rows];
    Arrays.fill(episodes, -1);
    this.lengths = new long[rows];
    this.all = Rows.all(rows);
    this.starting = new Rows(rows);
  }

  /** Fills each row with this before it is written. */
  Player poisoned(Poison filling) {
    this.poison = filling;
    return this;
  }

  /** Runs something after every reset and step. */
  Player afterEach(Runnable action) {
    this.afterEach = action;
    return this;
  }

  /** So many steps of every row. */
  Player play(int steps) {
    for (int i = 0; i < steps; i++) {
      play(all);
    }
    return this;
  }

  /** One step of some rows, after the resets that they need. */
  void play(Rows rows) {
    starting.clear();
    for (int i = 0; i < rows.count(); i++) {
      if (idle[rows.at(i)]) {
        starting.add(rows.at(i));
      }
    }
    if (!starting.isEmpty()) {
      reset(starting);
    }
    for (int i = 0; i < rows.count(); i++) {
      int row = rows.at(i);
      chooser.choose(current, row, actionRandom[row], actions);
    }
    fill(rows, outcomes.observations());
    outcomes.clear(rows);
    environment.step(rows, actions, random, outcomes);
    for (int i = 0; i < rows.count(); i++) {
      int row = rows.at(i);
      lengths[row]++;
      traces[row].add(new Moment(spec, episodes[row], lengths[row], actions, outcomes, row));
      idle[row] =
          outcomes.terminated()[row]
              || outcomes.truncated()[row]
              || lengths[row] == spec.maxEpisodeSteps();
    }
    if (rows.isAll()) {
      current = outcomes.exchange(current);
    } else {
      current.copyRows(outcomes.observations(), rows);
    }
    afterEach.run();
  }

  private void reset(Rows rows) {
    fill(rows, current);
    environment.reset(rows, random, current);
    for (int i = 0; i < rows.count(); i++) {
      int row = rows.at(i);
      idle[row] = false;
      episodes[row]++;
      lengths[row] = 0;
      traces[row].add(new Moment(spec, episodes[row], current, row));
    }
    afterEach.run();
  }

  /** Abandons all episodes, restarts every stream and clears the record. */
  void restart(long[] seeds) {
    for (int row = 0; row < idle.length; row++) {
      random.reseed(row, seeds[row]);
      actionRandom[row] = Streams.of(seeds[row]).stream(Role.POLICY, 0);
      traces[row] = new Trace(spec, seeds[row], row);
      episodes[row] = -1;
      idle[row] = true;
    }
  }

  /** Clears the record; play continues. */
  void forget() {
    for (int row = 0; row < traces.length; row++) {
      traces[row] = traces[row].empty();
    }
  }

  private void fill(Rows rows, Observations into) {
    if (poison != null) {
      for (int i = 0; i < rows.count(); i++) {
        poison.write(into, rows.at(i));
      }
    }
  }

  VectorEnvironment environment() {
    return environment;
  }

  Trace trace(int row) {
    return traces[row];
  }

  Outcomes outcomes() {
    return outcomes;
  }

  Observations current() {
    return current;
  }

  Columns actions() {
    return actions;
  }

  RandomStreams random() {
    return random;
  }

  boolean hasBegun(int row) {
    return episodes[row] >= 0;
  }

  boolean isIdle(int row) {
    return idle[row];
  }

  @Override
  public int rows() {
    return idle.length;
  }

  @Override
  public void carry(State state, int row) {
    state.begin("player-row", 1);
    random.carry(state, row);
    actionRandom[row].carry(state);
    current.carry(state, row);
    idle[row] = state.carry("idle", idle[row]);
    episodes[row] = state.carry("episodes", episodes[row]);
    lengths[row] = state.carry("lengths", lengths[row]);
    environment.carry(state, row);
    state.end();
  }

  @Override
  public void carryShared(State state) {
    environment.carryShared(state);
  }

  @Override
  public void carry(State state) {
    state.begin("player", 1);
    state.carry("random", random);
    for (RandomStream stream : actionRandom) {
      state.carry("action_random", stream);
    }
    state.carry("observations", current);
    state.carry("idle", idle);
    state.carry("episodes", episodes);
    state.carry("lengths", lengths);
    state.carry("environment", environment);
    state.end();
    if (state.restoring() && !spec.resumable()) {
      Arrays.fill(idle, true);
    }
  }
}
