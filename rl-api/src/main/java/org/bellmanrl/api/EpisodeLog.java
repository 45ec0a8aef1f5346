package org.bellmanrl.api;

import java.util.Arrays;
import org.bellmanrl.api.random.RandomStream;
import org.bellmanrl.api.space.Columns;
import org.bellmanrl.api.space.Layout;
import org.bellmanrl.api.space.Rows;
import org.bellmanrl.api.state.State;
import org.bellmanrl.api.state.StateException;

/**
 * Remembers the random stream and the actions of the episode in flight, and plays them again: how
 * an environment that carries no state is saved and restored.
 *
 * <p>Others may draw from the environment's stream between two of its steps, so the log also
 * remembers where the stream jumps. After the replay the last observation is compared with the
 * saved one, so that an environment that depends on more than its stream and actions, or an engine
 * of another build, is noticed instead of trusted.
 *
 * <p>Takes the space of the longest episode so far and allocates nothing more. An episode that
 * takes more than {@value #MOST_BYTES} bytes is forgotten: it goes on, but cannot be saved. Not
 * thread-safe.
 */
final class EpisodeLog {
  private static final int FIRST_STEPS = 256;

  /** Of actions, and of places where the stream jumps: minutes of replay. */
  private static final int MOST_BYTES = 1 << 24;

  private static final int JUMP_BYTES = Integer.BYTES + RandomStream.STATE_LENGTH * Long.BYTES;

  private final EnvironmentSpec spec;
  private final int intStride;
  private final int floatStride;
  private final int byteStride;
  private final int stepBytes;
  private final Columns last;
  private final long[] streamAtEnd = new long[RandomStream.STATE_LENGTH];

  private boolean begun;
  private boolean forgotten;
  private int steps;
  private int[] ints;
  private float[] floats;
  private byte[] bytes;

  /** Before which step the stream is set, and to what: the reset counts as step −1. */
  private int[] jumps = new int[4];

  private long[] streams = new long[jumps.length * RandomStream.STATE_LENGTH];
  private int jumpCount;

  /** A log without an episode. */
  EpisodeLog(EnvironmentSpec spec) {
    Layout layout = spec.actionSpace().layout();
    this.spec = spec;
    this.intStride = layout.ints();
    this.floatStride = layout.floats();
    this.byteStride = layout.bytes();
    this.stepBytes = Integer.BYTES * intStride + Float.BYTES * floatStride + byteStride;
    this.last = new Columns(spec.observationSpace(), 1);
    this.ints = new int[FIRST_STEPS * intStride];
    this.floats = new float[FIRST_STEPS * floatStride];
    this.bytes = new byte[FIRST_STEPS * byteStride];
  }

  /** Begins an episode; to be called before the environment draws anything. */
  void reset(RandomStream random) {
    begun = true;
    forgotten = false;
    steps = 0;
    jumpCount = 0;
    addJump(-1, random);
  }

  /** Adds an action; to be called before the environment draws anything. */
  void step(Action action, RandomStream random) {
    if (!begun) {
      throw new IllegalStateException(spec.name() + " must be reset before its first step");
    }
    forgotten |= (long) steps * stepBytes + (long) jumpCount * JUMP_BYTES > MOST_BYTES;
    if (forgotten) {
      return;
    }
    addJump(steps, random);
    if (intStride > 0) {
      ints = withRoomFor((steps + 1) * intStride, ints);
      System.arraycopy(action.ints, action.intBase, ints, steps * intStride, intStride);
    }
    if (floatStride > 0) {
      floats = withRoomFor((steps + 1) * floatStride, floats);
      System.arraycopy(action.floats, action.floatBase, floats, steps * floatStride, floatStride);
    }
    if (byteStride > 0) {
      bytes = withRoomFor((steps + 1) * byteStride, bytes);
      System.arraycopy(action.bytes, action.byteBase, bytes, steps * byteStride, byteStride);
    }
    steps++;
  }

  /** Ends a reset or step, once the environment has drawn and observed all that it will. */
  void end(RandomStream random, Observation observation) {
    random.copyState(streamAtEnd);
    System.arraycopy(observation.ints, observation.intBase, last.ints(), 0, observation.intStride);
    System.arraycopy(
        observation.floats, observation.floatBase, last.floats(), 0, observation.floatStride);
    System.arraycopy(
        observation.bytes, observation.byteBase, last.bytes(), 0, observation.byteStride);
  }

  private void addJump(int beforeStep, RandomStream random) {
    int length = RandomStream.STATE_LENGTH;
    int at = jumpCount * length;
    if (jumpCount == jumps.length) {
      jumps = Arrays.copyOf(jumps, 2 * jumps.length);
      streams = Arrays.copyOf(streams, 2 * streams.length);
    }
    random.copyState(streams, at);
    if (beforeStep < 0 || !Arrays.equals(streams, at, at + length, streamAtEnd, 0, length)) {
      jumps[jumpCount++] = beforeStep;
    }
  }

  private static int[] withRoomFor(int length, int[] array) {
    return length <= array.length ? array : Arrays.copyOf(array, 2 * array.length);
  }

  private static float[] withRoomFor(int length, float[] array) {
    return length <= array.length ? array : Arrays.copyOf(array, 2 * array.length);
  }

  private static byte[] withRoomFor(int length, byte[] array) {
    return length <= array.length ? array : Arrays.copyOf(array, 2 * array.length);
  }

  /**
   * Carries the episode; restoring plays it, at the price of all its steps.
   *
   * @param environment the environment of this log, made with the options of the saved one
   * @throws StateException if that is no episode of this environment, or if it took another course;
   *     in saving, if the episode was too long to be remembered
   */
  void carry(State state, Environment environment) {
    if (begun && forgotten && !state.restoring()) {
      throw new StateException(
          "%s carries no state, and its episode of more than %d steps is too long to be replayed: end its episodes with max_episode_steps, or let it implement Stateful"
              .formatted(spec.name(), steps));
    }
    state.begin("episode-log", 1);
    begun = state.carry("begun", begun);
    if (begun) {
      carryEpisode(state, environment);
    }
    state.end();
  }

  private void carryEpisode(State state, Environment environment) {
    int savedSteps = state.carry("steps", steps);
    int[] savedInts = state.carryUpTo("ints", ints, steps * intStride, MOST_BYTES);
    float[] savedFloats = state.carryUpTo("floats", floats, steps * floatStride, MOST_BYTES);
    byte[] savedBytes = state.carryUpTo("bytes", bytes, steps * byteStride, MOST_BYTES);
    int[] savedJumps = state.carryUpTo("jumps", jumps, jumpCount, MOST_BYTES);
    long[] savedStreams =
        state.carryUpTo("streams", streams, jumpCount * RandomStream.STATE_LENGTH, MOST_BYTES);
    if (!state.restoring()) {
      last.carry(state, 0);
      return;
    }
    Columns expected = new Columns(spec.observationSpace(), 1);
    expected.carry(state, 0);
    begun = false;
    if (savedSteps < 0
        || savedInts.length != (long) savedSteps * intStride
        || savedFloats.length != (long) savedSteps * floatStride
        || savedBytes.length != (long) savedSteps * byteStride
        || savedJumps.length == 0
        || savedJumps[0] != -1
        || savedStreams.length != (long) savedJumps.length * RandomStream.STATE_LENGTH) {
      throw new StateException(
          "not an episode of %s: %d steps with %d ints, %d floats and %d bytes of %s, %d streams"
              .formatted(
                  spec.name(),
                  savedSteps,
                  savedInts.length,
                  savedFloats.length,
                  savedBytes.length,
                  spec.actionSpace(),
                  savedJumps.length));
    }

    RandomStream random = RandomStream.ofSeed(0);
    Columns actions = new Columns(spec.actionSpace(), 1);
    Action action = new Action(actions);
    Outcomes outcomes = new Outcomes(spec, 1);
    Outcome outcome = new Outcome(outcomes);
    Rows row = Rows.all(1);
    Observation first = new Observation(new Observations(spec, 1));
    setStream(random, savedStreams, 0);
    reset(random);
    environment.reset(random, first);
    end(random, first);
    int jump = 1;
    for (int i = 0; i < savedSteps; i++) {
      if (jump < savedJumps.length && savedJumps[jump] == i) {
        setStream(random, savedStreams, jump++);
      }
      System.arraycopy(savedInts, i * intStride, actions.ints(), 0, intStride);
      System.arraycopy(savedFloats, i * floatStride, actions.floats(), 0, floatStride);
      System.arraycopy(savedBytes, i * byteStride, actions.bytes(), 0, byteStride);
      if (!spec.actionSpace().contains(actions, 0)) {
        throw new StateException(
            "action %d of a saved episode of %s must be in %s, was %s"
                .formatted(i, spec.name(), spec.actionSpace(), actions.text(0)));
      }
      outcomes.clear(row);
      step(action, random);
      environment.step(action, random, outcome);
      end(random, outcome.observation());
    }
    if (!Arrays.equals(expected.ints(), last.ints())
        || !Arrays.equals(expected.floats(), last.floats())
        || !Arrays.equals(expected.bytes(), last.bytes())) {
      throw new StateException(
          ("%s took another course when its saved episode was replayed: after %d steps expected"
                  + " %s, was %s. Restore with the options, and on the kind of machine, that it"
                  + " was saved with, or begin a new episode")
              .formatted(spec.name(), savedSteps, expected.text(0), last.text(0)));
    }
  }

  private static void setStream(RandomStream random, long[] streams, int jump) {
    try {
      random.restoreState(streams, jump * RandomStream.STATE_LENGTH);
    } catch (IllegalArgumentException e) {
      throw new StateException("not the state of a random stream: " + e.getMessage(), e);
    }
  }
}
