package org.bellmanrl.env.wrapper;

import java.util.Arrays;
import org.bellmanrl.api.VectorEnvironment;
import org.bellmanrl.api.Wrapper;
import org.bellmanrl.api.options.Described;
import org.bellmanrl.api.options.Require;
import org.bellmanrl.api.space.Box;
import org.bellmanrl.api.space.Columns;
import org.bellmanrl.api.space.DType;
import org.bellmanrl.api.space.Discrete;
import org.bellmanrl.api.space.MultiDiscrete;
import org.bellmanrl.api.space.Rows;
import org.bellmanrl.api.space.Space;
import org.bellmanrl.api.state.State;
import org.bellmanrl.api.transform.ObservationTransform;

/**
 * Shows the last observations together, the oldest first.
 *
 * <p>Takes a Box of either type, or a Discrete that starts at 0; gives a Box with a first dimension
 * of {@code stackSize} (or, with {@code lastAxis}, the last dimension that many times as long), or
 * a MultiDiscrete of {@code stackSize} elements. Before enough have been seen, the rest is the
 * first observation of the episode or zero. State saved: the frames of every row.
 *
 * @param stackSize how many observations, at least 1
 * @param padding what stands in for observations before the first
 * @param lastAxis whether frames are joined along the last dimension, as convolutions over height ×
 *     width × channels need it; Gymnasium has the first only
 */
public record FrameStack(
    @Described(value = "how many observations are shown together", range = Require.AT_LEAST_ONE)
        int stackSize,
    @Described("what stands in for observations before the first") Padding padding,
    @Described("join frames along the last dimension instead of a new first one") boolean lastAxis)
    implements Wrapper {

  /** What stands in for observations before the first. */
  public enum Padding {
    /** The first observation of the episode. */
    RESET,
    /** Zero, or the value of the space that is nearest to it. */
    ZERO
  }

  public FrameStack {
    Require.atLeast("stack_size", stackSize, 1);
  }

  /** So many frames in a new first dimension, padded with the first. */
  public FrameStack(int stackSize) {
    this(stackSize, Padding.RESET, false);
  }

  /** Four frames. */
  public FrameStack() {
    this(4);
  }

  /** The transform for observations of a space, in so many rows. */
  public ObservationTransform transform(Space space, int rows) {
    return switch (space) {
      case Box box -> new Stacking(this, box, stacked(box), rows);
      case Discrete discrete -> {
        int[] counts = new int[stackSize];
        int[] starts = new int[stackSize];
        Arrays.fill(counts, discrete.n());
        Arrays.fill(starts, discrete.start());
        yield new Stacking(this, discrete, new MultiDiscrete(counts, starts), rows);
      }
      default ->
          throw Checks.observations(
              "frame-stack", "a Box or a Discrete (flatten-observation makes a Box)", space);
    };
  }

  private Box stacked(Box box) {
    int[] shape = box.shape();
    int[] together;
    int chunk = chunk(box);
    if (lastAxis) {
      together = shape;
      together[shape.length - 1] *= stackSize;
    } else {
      together = new int[shape.length + 1];
      together[0] = stackSize;
      System.arraycopy(shape, 0, together, 1, shape.length);
    }
    if (box.dtype() == DType.UINT8) {
      return Box.bytes((int) box.high(0), together);
    }
    float[] low = new float[box.size() * stackSize];
    float[] high = new float[low.length];
    for (int i = 0; i < low.length; i++) {
      int from = i / (chunk * stackSize) * chunk + i % chunk;
      low[i] = box.low(from);
      high[i] = box.high(from);
    }
    return Box.of(together, low, high);
  }

  /** How many elements of one frame stand side by side in the stack. */
  private int chunk(Box box) {
    return lastAxis ? box.extent(box.dimensions() - 1) : box.size();
  }

  @Override
  public VectorEnvironment wrap(VectorEnvironment inner) {
    return TransformObservation.wrap(
        this, inner, transform(inner.spec().observationSpace(), inner.rows()));
  }

  private static final class Stacking implements ObservationTransform {
    private final FrameStack options;
    private final Space from;
    private final Space space;
    private final int stack;
    private final int width;
    private final int chunk;
    private final DType dtype;
    private final Columns zero;

    /** Frame after frame, the oldest first, whatever the axis. */
    private final Columns frames;

    Stacking(FrameStack options, Space from, Space space, int rows) {
      this.options = options;
      this.from = from;
      this.space = space;
      this.stack = options.stackSize;
      this.width = from.layout().leaves().getFirst().width();
      this.dtype = from.layout().leaves().getFirst().dtype();
      this.chunk = from instanceof Box box ? options.chunk(box) : 1;
      this.zero = ZeroValue.of(from);
      this.frames = new Columns(space, rows);
    }

    @Override
    public Space space() {
      return space;
    }

    @Override
    public void begin(Rows rows, Columns in, Columns out) {
      boolean first = options.padding == Padding.RESET;
      for (int i = 0; i < rows.count(); i++) {
        int row = rows.at(i);
        int base = row * stack * width;
        for (int frame = 0; frame < stack - 1; frame++) {
          copy(first ? in : zero, first ? row * width : 0, frames, base + frame * width, width);
        }
        copy(in, row * width, frames, base + (stack - 1) * width, width);
        show(row, out);
      }
    }

    @Override
    public void next(Rows rows, Columns in, Columns out) {
      for (int i = 0; i < rows.count(); i++) {
        int row = rows.at(i);
        int base = row * stack * width;
        copy(frames, base + width, frames, base, (stack - 1) * width);
        copy(in, row * width, frames, base + (stack - 1) * width, width);
        show(row, out);
      }
    }

    private void show(int row, Columns out) {
      int base = row * stack * width;
      if (chunk == width) {
        copy(frames, base, out, base, stack * width);
        return;
      }
      int to = base;
      for (int at = 0; at < width; at += chunk) {
        for (int frame = 0; frame < stack; frame++) {
          copy(frames, base + frame * width + at, out, to, chunk);
          to += chunk;
        }
      }
    }

    private void copy(Columns source, int at, Columns target, int to, int length) {
      switch (dtype) {
        case INT32 -> System.arraycopy(source.ints(), at, target.ints(), to, length);
        case FLOAT32 -> System.arraycopy(source.floats(), at, target.floats(), to, length);
        case UINT8 -> System.arraycopy(source.bytes(), at, target.bytes(), to, length);
      }
    }

    @Override
    public ObservationTransform frozen(int rows) {
      return new Stacking(options, from, space, rows);
    }

    @Override
    public int rows() {
      return frames.rows();
    }

    @Override
    public void carry(State state, int row) {
      state.begin("frame-stack", 1);
      frames.carry(state, row);
      state.end();
    }
  }
}
