package org.bellmanrl.deep.replay;

import java.util.ArrayList;
import java.util.List;
import org.bellmanrl.api.Actions;
import org.bellmanrl.api.EnvironmentSpec;
import org.bellmanrl.api.Observations;
import org.bellmanrl.api.Outcomes;
import org.bellmanrl.api.Transitions;
import org.bellmanrl.api.random.RandomStream;
import org.bellmanrl.api.space.Box;
import org.bellmanrl.api.space.Columns;
import org.bellmanrl.api.space.Dict;
import org.bellmanrl.api.space.Rows;
import org.bellmanrl.api.space.Space;

/**
 * Plays at random in rows of any spaces and remembers every step, in objects, beside the replay
 * that is told of them. Rewards number the steps, so that each can be recognised.
 */
final class Recorder {
  /** One step, as text, and where it stands in its row. */
  record Step(String observation, String action, double reward, double discount, boolean last) {}

  /** An episode: its steps, and what was observed after the last one, with its mask. */
  static final class Played {
    final List<Step> steps = new ArrayList<>();
    final List<String> observations = new ArrayList<>();
    final List<String> masks = new ArrayList<>();
  }

  final EnvironmentSpec spec;
  final List<List<Played>> episodes = new ArrayList<>();
  private final int stacked;
  private final RandomStream random;
  private final Observations current;
  private final Observations next;
  private final Outcomes outcomes;
  private final Actions actions;
  private final Rows listed;
  private final Transitions transitions;
  private final boolean[] idle;
  private int steps;

  Recorder(EnvironmentSpec spec, int rows, int stacked, long seed) {
    this.spec = spec;
    this.stacked = stacked;
    this.random = RandomStream.ofSeed(seed);
    this.current = new Observations(spec, rows);
    this.outcomes = new Outcomes(spec, rows);
    this.next = outcomes.observations();
    this.actions = new Actions(spec.actionSpace(), Dict.EMPTY, rows);
    this.listed = new Rows(rows);
    this.transitions = new Transitions(listed, current, actions, outcomes, null);
    this.idle = new boolean[rows];
    for (int row = 0; row < rows; row++) {
      episodes.add(new ArrayList<>());
      idle[row] = true;
    }
  }

  /** One step of some rows; one in six ends, one in forty is abandoned after it. */
  void step(Replay... replays) {
    listed.clear();
    for (int row = 0; row < idle.length; row++) {
      if (idle.length == 1 || random.integers(3) > 0) {
        listed.add(row);
      }
    }
    for (int i = 0; i < listed.count(); i++) {
      step(listed.at(i));
    }
    for (Replay replay : replays) {
      replay.add(transitions);
    }
    for (int i = 0; i < listed.count(); i++) {
      int row = listed.at(i);
      current.copyRow(next, row, row);
      idle[row] = transitions.last(row) || random.integers(40) == 0;
    }
  }

  private void step(int row) {
    transitions.first()[row] = idle[row];
    if (idle[row]) {
      show(current, row, true);
      Played played = new Played();
      played.observations.add(current.values().text(row));
      played.masks.add(mask(current.mask(), row));
      episodes.get(row).add(played);
    }
    Played played = episodes.get(row).getLast();
    spec.actionSpace().sample(random, actions.values(), row);
    next.copyRow(current, row, row);
    show(next, row, false);
    outcomes.reward()[row] = ++steps;
    outcomes.terminated()[row] = random.integers(6) == 0;
    outcomes.truncated()[row] = random.integers(8) == 0;
    outcomes.discount()[row] = outcomes.terminated()[row] ? 0 : random.integers(4) == 0 ? 0.5 : 1;
    played.steps.add(
        new Step(
            current.values().text(row),
            actions.values().text(row),
            steps,
            outcomes.discount()[row],
            transitions.last(row)));
    played.observations.add(next.values().text(row));
    played.masks.add(mask(next.mask(), row));
  }

  /** A new observation; as a stack of frames, the older ones move up. */
  private void show(Observations into, int row, boolean first) {
    Columns drawn = new Columns(spec.observationSpace(), 1);
    spec.observationSpace().sample(random, drawn, 0);
    if (stacked > 1 && !first) {
      int width = drawn.bytes().length;
      int chunk = chunk(spec.observationSpace(), stacked);
      byte[] bytes = into.values().bytes();
      for (int at = row * width; at < (row + 1) * width; at += stacked * chunk) {
        System.arraycopy(bytes, at + chunk, bytes, at, (stacked - 1) * chunk);
        int newest = at + (stacked - 1) * chunk;
        System.arraycopy(drawn.bytes(), newest - row * width, bytes, newest, chunk);
      }
    } else {
      into.values().copyRow(drawn, 0, row);
    }
    for (int a = 0; a < into.maskWidth(); a++) {
      into.mask()[row * into.maskWidth() + a] = random.integers(2) == 0;
    }
  }

  private static int chunk(Space space, int frames) {
    Box box = (Box) space;
    return box.dimensions() == 3 ? box.extent(2) / frames : box.size() / frames;
  }

  String mask(boolean[] mask, int row) {
    StringBuilder text = new StringBuilder();
    for (int a = 0; a < spec.maskWidth(); a++) {
      text.append(mask[row * spec.maskWidth() + a] ? '1' : '0');
    }
    return text.toString();
  }
}
