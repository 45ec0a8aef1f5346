package org.bellmanrl.env.minatar;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.bellmanrl.api.EnvironmentSpec;
import org.bellmanrl.api.Legend;
import org.bellmanrl.api.Observations;
import org.bellmanrl.api.Outcomes;
import org.bellmanrl.api.random.RandomStream;
import org.bellmanrl.api.random.RandomStreams;
import org.bellmanrl.api.render.PictureView;
import org.bellmanrl.api.render.TextView;
import org.bellmanrl.api.space.Box;
import org.bellmanrl.api.space.Columns;
import org.bellmanrl.api.space.Discrete;
import org.bellmanrl.api.state.State;
import org.bellmanrl.env.internal.RangeBatch;
import org.bellmanrl.env.internal.picture.Drawing;

/**
 * Games of one kind, a row each: what all of them have in common, which is the board, the actions
 * and their stickiness. A single environment is a batch of one.
 */
abstract class MinAtarBatch extends RangeBatch {
  /** Lines and columns of the board. */
  static final int SIDE = 10;

  /** The last line, and the last column. */
  static final int LAST = SIDE - 1;

  static final int NONE = 0;
  static final int LEFT = 1;
  static final int UP = 2;
  static final int RIGHT = 3;
  static final int DOWN = 4;
  static final int FIRE = 5;
  private static final int ALL = 6;
  private static final String[] NAMES = {"none", "left", "up", "right", "down", "fire"};

  private final GameLook look;
  private final MinAtarOptions options;
  private final int channels;
  private final int size;

  /** What {@link #paint} paints over; zeros, unless a game puts there what is usually there. */
  final byte[] blank;

  /** What each action that is offered does. */
  private final int[] meanings;

  /** What was done last in each row; the first step of an episode may repeat it, as in MinAtar. */
  private final int[] last;

  /** Whether the episode has ended; of use within a step only. */
  private final boolean[] over;

  MinAtarBatch(GameLook look, MinAtarOptions options, int rows, int... minimal) {
    int[] used = options.useMinimalActionSet() ? minimal : IntStream.range(0, ALL).toArray();
    super(spec(look, used), rows);
    this.look = look;
    this.options = options;
    this.channels = look.channels();
    this.size = SIDE * SIDE * channels;
    this.meanings = used;
    this.last = new int[rows];
    this.blank = new byte[size];
    this.over = new boolean[rows];
  }

  private static EnvironmentSpec spec(GameLook look, int[] meanings) {
    return EnvironmentSpec.of(
            look.id(), Box.bytes(1, SIDE, SIDE, look.channels()), new Discrete(meanings.length))
        .withLegend(
            new Legend(
                List.of("planes of 10 x 10, each 1 where its thing is: " + look.things()),
                Arrays.stream(meanings).mapToObj(meaning -> NAMES[meaning]).toList(),
                "A step pays the points that the game gives for it."));
  }

  /** Begins a game. */
  abstract void begin(int row, RandomStream random);

  /**
   * Takes a step.
   *
   * @param action what is done, one of {@link #NONE} to {@link #FIRE}
   * @return the reward
   */
  abstract int act(int row, int action, RandomStream random);

  /** Completes an observation that is a copy of {@link #blank} and begins at {@code planes[at]}. */
  abstract void paint(int row, byte[] planes, int at);

  /** Carries the game's variables of a row. */
  abstract void carryGame(State state, int row);

  /** Ends the episode with this step. */
  final void end(int row) {
    over[row] = true;
  }

  final boolean ramping() {
    return options.difficultyRamping();
  }

  /** Sets an element of an observation. */
  final void set(byte[] planes, int at, int y, int x, int channel) {
    planes[at + (SIDE * y + x) * channels + channel] = 1;
  }

  final void begin(int row, RandomStream random, byte[] planes, int at) {
    begin(row, random);
    observe(row, planes, at);
  }

  /** Takes a step with an action of the action space; the reward. */
  final int step(int row, int action, RandomStream random, byte[] planes, int at) {
    over[row] = false;
    boolean repeated = random.random() < options.stickyActionProb();
    int done = repeated ? last[row] : meanings[action];
    last[row] = done;
    int reward = act(row, done, random);
    observe(row, planes, at);
    return reward;
  }

  /** Whether the last step ended the episode. */
  final boolean over(int row) {
    return over[row];
  }

  private void observe(int row, byte[] planes, int at) {
    System.arraycopy(blank, 0, planes, at, size);
    paint(row, planes, at);
  }

  /** A copy of what is to be seen. */
  private byte[] planes(int row) {
    byte[] planes = new byte[size];
    observe(row, planes, 0);
    return planes;
  }

  @Override
  protected final void reset(int row, RandomStream random, Observations observations) {
    begin(row, random, observations.values().bytes(), row * size);
  }

  @Override
  protected final void step(
      int from, int to, Columns actions, RandomStreams random, Outcomes outcomes) {
    byte[] planes = outcomes.observations().values().bytes();
    int[] chosen = actions.ints();
    double[] reward = outcomes.reward();
    for (int row = from; row < to; row++) {
      reward[row] = step(row, chosen[row], random.row(row), planes, row * size);
      if (over[row]) {
        outcomes.terminated()[row] = true;
        outcomes.discount()[row] = 0;
      }
    }
  }

  @Override
  public final void carry(State state, int row) {
    state.begin(look.section(), 1);
    last[row] = state.carryIndex("last-action", last[row], ALL);
    carryGame(state, row);
    state.end();
  }

  @Override
  public final <T> Optional<T> capability(int row, Class<T> type) {
    if (type == PictureView.class) {
      return Optional.of(type.cast(new Drawing(1, canvas -> look.paint(canvas, planes(row)))));
    }
    TextView text = colour -> look.text(planes(row), colour);
    return type == TextView.class ? Optional.of(type.cast(text)) : Optional.empty();
  }
}
