package org.bellmanrl.env.wrapper;

import java.util.Arrays;
import org.bellmanrl.api.VectorEnvironment;
import org.bellmanrl.api.Wrapper;
import org.bellmanrl.api.options.Described;
import org.bellmanrl.api.options.Require;
import org.bellmanrl.api.space.Box;
import org.bellmanrl.api.space.Columns;
import org.bellmanrl.api.space.DType;
import org.bellmanrl.api.space.Rows;
import org.bellmanrl.api.space.Space;
import org.bellmanrl.api.state.State;
import org.bellmanrl.api.transform.ObservationTransform;
import org.jspecify.annotations.Nullable;

/**
 * Shifts and scales each element of the observation to mean 0 and variance 1, by running
 * statistics: (x − mean) / √(variance + epsilon).
 *
 * <p>Takes a Box of either type; gives an unbounded float32 Box of the same shape (bounded by
 * {@code clip} if that is finite). The statistics take in all listed rows at once, before they are
 * applied, at every reset and every step, or what each row has shown in a round when that ends; see
 * {@link Update}. Evaluation gets them frozen. Gymnasium's are those of every step but in single
 * precision. State saved: the statistics and, of rounds, those of each row since the last.
 *
 * @param epsilon added to the variance, above 0
 * @param clip largest absolute value that comes out, above 0; infinity for no limit
 * @param update when the statistics change
 */
public record NormalizeObservation(
    @Described(value = "added to the variance", range = Require.POSITIVE) double epsilon,
    @Described(value = "largest absolute value; inf for none", range = "(0, inf]") double clip,
    @Described("when the statistics change") Update update)
    implements Wrapper {

  public NormalizeObservation {
    Require.positive("epsilon", epsilon);
    Require.inRange("clip", clip, "(0, inf]");
  }

  /** Gymnasium's default, epsilon 1e-8, and no clipping. */
  public NormalizeObservation() {
    this(1e-8, Double.POSITIVE_INFINITY, Update.STEP);
  }

  /**
   * The transform for observations of a space.
   *
   * @param rows for how many rows; any number can be transformed unless statistics change by rounds
   */
  public ObservationTransform transform(Space space, int rows) {
    if (space instanceof Box box) {
      return new Normalizing(this, box, rows, update, new RunningMoments(box.size()));
    }
    throw Checks.observations(
        "normalize-observation", "a Box (flatten-observation makes one)", space);
  }

  @Override
  public VectorEnvironment wrap(VectorEnvironment inner) {
    return TransformObservation.wrap(
        this, inner, transform(inner.spec().observationSpace(), inner.rows()));
  }

  private static final class Normalizing implements ObservationTransform.Standardization {
    private final NormalizeObservation options;
    private final Box from;
    private final Box space;
    private final Update update;
    private final int width;
    private final RunningMoments moments;

    /** What the rows have shown in this round; null unless statistics change by rounds. */
    private final @Nullable RowMoments shown;

    private final int rows;
    private final double[] batchMean;
    private final double[] squares;
    private final double[] deviation;

    Normalizing(
        NormalizeObservation options, Box from, int rows, Update update, RunningMoments moments) {
      this.options = options;
      this.from = from;
      this.space = Box.of(-(float) options.clip, (float) options.clip, from.shape());
      this.update = update;
      this.width = from.size();
      this.moments = moments;
      this.rows = update == Update.ROUND ? rows : 1;
      this.shown = update == Update.ROUND ? new RowMoments(rows, width) : null;
      this.batchMean = new double[width];
      this.squares = new double[width];
      this.deviation = new double[width];
    }

    @Override
    public Space space() {
      return space;
    }

    @Override
    public double mean(int element) {
      return moments.mean[element];
    }

    @Override
    public double deviation(int element) {
      return Math.sqrt(moments.variance[element] + options.epsilon);
    }

    @Override
    public double limit() {
      return options.clip;
    }

    @Override
    public void begin(Rows rows, Columns in, Columns out) {
      next(rows, in, out);
    }

    @Override
    public void next(Rows rows, Columns in, Columns out) {
      if (rows.isEmpty()) {
        return;
      }
      if (update == Update.STEP) {
        takeIn(rows, in);
      } else if (shown != null) {
        gather(rows, in, shown);
      }
      for (int j = 0; j < width; j++) {
        deviation[j] = deviation(j);
      }
      double clip = options.clip;
      float[] into = out.floats();
      for (int i = 0; i < rows.count(); i++) {
        int at = rows.at(i) * width;
        for (int j = 0; j < width; j++) {
          double value = (value(in, at + j) - moments.mean[j]) / deviation[j];
          into[at + j] = (float) Math.clamp(value, -clip, clip);
        }
      }
    }

    private void takeIn(Rows rows, Columns in) {
      int count = rows.count();
      Arrays.fill(batchMean, 0);
      Arrays.fill(squares, 0);
      for (int i = 0; i < count; i++) {
        int at = rows.at(i) * width;
        for (int j = 0; j < width; j++) {
          batchMean[j] += value(in, at + j);
        }
      }
      for (int j = 0; j < width; j++) {
        batchMean[j] /= count;
        if (!Double.isFinite(batchMean[j])) {
          throw notFinite(j, "rows " + rows);
        }
      }
      for (int i = 0; i < count; i++) {
        int at = rows.at(i) * width;
        for (int j = 0; j < width; j++) {
          double difference = value(in, at + j) - batchMean[j];
          squares[j] += difference * difference;
        }
      }
      moments.update(batchMean, squares, count);
    }

    private void gather(Rows rows, Columns in, RowMoments into) {
      for (int i = 0; i < rows.count(); i++) {
        int row = rows.at(i);
        into.next(row);
        for (int j = 0; j < width; j++) {
          double value = value(in, row * width + j);
          if (!Double.isFinite(value)) {
            throw notFinite(j, "row " + row);
          }
          into.add(row, j, value);
        }
      }
    }

    private IllegalStateException notFinite(int element, String where) {
      return new IllegalStateException(
          "normalize-observation needs finite observations, element %d of %s was not in %s"
              .formatted(element, from, where));
    }

    private double value(Columns in, int at) {
      return from.dtype() == DType.FLOAT32 ? in.floats()[at] : in.bytes()[at] & 0xFF;
    }

    @Override
    public ObservationTransform frozen(int rows) {
      return new Normalizing(options, from, rows, Update.NEVER, new RunningMoments(moments));
    }

    @Override
    public int rows() {
      return rows;
    }

    @Override
    public Sharing sharing() {
      return update == Update.STEP ? Sharing.BY_STEPPING : Sharing.BY_MERGING;
    }

    @Override
    public void mergeRows() {
      if (shown != null) {
        shown.moveTo(moments);
      }
    }

    @Override
    public void carry(State state, int row) {
      if (shown != null) {
        shown.carry(state, row);
      }
    }

    @Override
    public void carryShared(State state) {
      state.begin("normalize-observation", 1);
      moments.carry(state);
      state.end();
    }
  }
}
