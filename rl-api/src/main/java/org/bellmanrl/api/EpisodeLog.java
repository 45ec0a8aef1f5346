package org.bellmanrl.api;

import java.util.Arrays;
import org.bellmanrl.api.random.RandomStream;
import org.bellmanrl.api.random.SeedSequence;
import org.bellmanrl.api.space.Columns;
import org.bellmanrl.api.space.Layout;
import org.bellmanrl.api.space.Rows;
import org.bellmanrl.api.state.StateException;
import org.bellmanrl.api.state.StateReader;
import org.bellmanrl.api.state.StateWriter;

/**
 * Remembers the random stream and the actions of the episode in flight, and plays them again: how
 * an environment with {@link StateKind#REPLAY}, whose engine hides its state, is saved and
 * restored.
 *
 * <pre>{@code
 * public void reset(RandomStream random, Observation observation) {
 *   log.reset(random);
 *   …
 *   log.end(random, observation);
 * }
 *
 * public void step(Action action, RandomStream random, Outcome outcome) {
 *   log.step(action, random);
 *   …
 *   log.end(random, outcome.observation());
 * }
 *
 * public void save(StateWriter out) {
 *   log.save(out);
 * }
 *
 * public void restore(StateReader in) {
 *   log.restore(in, this);
 * }
 * }</pre>
 *
 * <p>The environment must begin each episode anew, with nothing left of the one before. Others may
 * draw from its stream between two of its steps: where the stream jumps is remembered too. After
 * the replay the last observation is compared with the saved one, so that an engine of another
 * build or on another machine that goes another way is noticed instead of trusted.
 *
 * <p>Takes the space of the longest episode so far and allocates nothing more. Not thread-safe.
 */
public final class EpisodeLog {
  private static final int FIRST_STEPS = 256;
  private static final int MAX_LENGTH = Integer.MAX_VALUE - 8;

  private final EnvironmentSpec spec;
  private final int intStride;
  private final int floatStride;
  private final int byteStride;
  private final Columns last;
  private final long[] streamAtEnd = new long[RandomStream.STATE_LENGTH];

  private boolean begun;
  private int steps;
  private int[] ints;
  private float[] floats;
  private byte[] bytes;

  /** Before which step the stream is set, and to what: the reset counts as step −1. */
  private int[] jumps = new int[4];

  private long[] streams = new long[jumps.length * RandomStream.STATE_LENGTH];
  private int jumpCount;

  /** A log without an episode. */
  public EpisodeLog(EnvironmentSpec spec) {
    Layout layout = spec.actionSpace().layout();
    this.spec = spec;
    this.intStride = layout.ints();
    this.floatStride = layout.floats();
    this.byteStride = layout.bytes();
    this.last = new Columns(spec.observationSpace(), 1);
    this.ints = new int[FIRST_STEPS * intStride];
    this.floats = new float[FIRST_STEPS * floatStride];
    this.bytes = new byte[FIRST_STEPS * byteStride];
  }

  /** Begins an episode; to be called before the environment draws anything. */
  public void reset(RandomStream random) {
    begun = true;
    steps = 0;
    jumpCount = 0;
    addJump(-1, random);
  }

  /** Adds an action; to be called before the environment draws anything. */
  public void step(Action action, RandomStream random) {
    if (!begun) {
      throw new IllegalStateException(spec.name() + " must be reset before its first step");
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
  public void end(RandomStream random, Observation observation) {
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

  /** Writes the episode. */
  public void save(StateWriter out) {
    out.begin("episode-log", 1);
    out.write("begun", begun);
    if (begun) {
      out.write("steps", steps);
      out.write("ints", ints, 0, steps * intStride);
      out.write("floats", floats, 0, steps * floatStride);
      out.write("bytes", bytes, 0, steps * byteStride);
      out.write("jumps", jumps, 0, jumpCount);
      out.write("streams", streams, 0, jumpCount * RandomStream.STATE_LENGTH);
      out.write("last", last);
    }
    out.end();
  }

  /**
   * Reads an episode and plays it, at the price of all its steps.
   *
   * @param environment the environment that owns this log, made with the options of the saved one
   * @throws StateException if that is no episode of this environment, or if it took another way
   */
  public void restore(StateReader in, Environment environment) {
    in.begin("episode-log", 1);
    begun = false;
    if (in.readBoolean("begun")) {
      play(in, environment);
    }
    in.end();
  }

  private void play(StateReader in, Environment environment) {
    int savedSteps = in.readInt("steps");
    int[] savedInts = in.readInts("ints", MAX_LENGTH);
    float[] savedFloats = in.readFloats("floats", MAX_LENGTH);
    byte[] savedBytes = in.readBytes("bytes", MAX_LENGTH);
    int[] savedJumps = in.readInts("jumps", MAX_LENGTH);
    long[] savedStreams = in.readLongs("streams", MAX_LENGTH);
    Columns expected = new Columns(spec.observationSpace(), 1);
    in.read("last", expected);
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

    RandomStream random = new RandomStream(new SeedSequence(0));
    Columns actions = new Columns(spec.actionSpace(), 1);
    Action action = new Action(actions);
    Outcomes outcomes = new Outcomes(spec, 1);
    Outcome outcome = new Outcome(outcomes);
    Rows row = Rows.all(1);
    setStream(random, savedStreams, 0);
    environment.reset(random, new Observation(new Observations(spec, 1)));
    int jump = 1;
    for (int i = 0; i < savedSteps; i++) {
      if (jump < savedJumps.length && savedJumps[jump] == i) {
        setStream(random, savedStreams, jump++);
      }
      System.arraycopy(savedInts, i * intStride, actions.ints(), 0, intStride);
      System.arraycopy(savedFloats, i * floatStride, actions.floats(), 0, floatStride);
      System.arraycopy(savedBytes, i * byteStride, actions.bytes(), 0, byteStride);
      outcomes.clear(row);
      environment.step(action, random, outcome);
    }
    if (!Arrays.equals(expected.ints(), last.ints())
        || !Arrays.equals(expected.floats(), last.floats())
        || !Arrays.equals(expected.bytes(), last.bytes())) {
      throw new StateException(
          ("%s took another way when its saved episode was played again: after %d steps expected"
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
