package org.bellmanrl.gymnasium;

import java.util.Optional;
import org.bellmanrl.api.Environment;
import org.bellmanrl.api.EnvironmentSpec;
import org.bellmanrl.api.Observations;
import org.bellmanrl.api.Outcomes;
import org.bellmanrl.api.VectorEnvironment;
import org.bellmanrl.api.random.RandomStreams;
import org.bellmanrl.api.render.PictureView;
import org.bellmanrl.api.space.Columns;
import org.bellmanrl.api.space.Rows;
import org.bellmanrl.api.state.State;
import org.bellmanrl.gymnasium.internal.OneTimeNotices;
import org.bellmanrl.gymnasium.internal.WorkerPool;

/**
 * Environments of Gymnasium's in Python processes, each of which steps a share of the rows; or in
 * this process, see {@link GymnasiumOptions#inProcess()}.
 *
 * <p>Spaces become those of Bellman: {@code Box} of another type than float32 or uint8 is converted
 * to float32, and scalars are arrays of one element; what was converted is said once, on the
 * standard error stream, where Python's own output goes too. {@code Text}, {@code Graph}, {@code
 * Sequence} and {@code OneOf} are refused. An {@code action_mask} in the info of a reset makes the
 * environment a masked one; the numbers in that info are the environment's diagnostics, 64 of them
 * at most, and 0 where a step does not give them. Episodes are cut where Gymnasium's registry says
 * so, by the loop. Each reset, or the first of each row alone, draws an integer below 2³¹ − 1 from
 * the row's stream and hands it to Python as {@code reset(seed=…)}: an episode depends on that
 * number and on the actions, or on those of all episodes so far.
 *
 * <p>A process that dies, raises an exception or does not answer in time ends all of them; the
 * exception says in which row, seed and step that was, and holds Python's own words. A Python
 * environment cannot be saved: unless it is {@linkplain GymnasiumOptions#deterministic()
 * deterministic}, a resumed run begins new episodes.
 *
 * <p>The processes end when this is closed and when the JVM ends, however it ends. Not thread-safe.
 */
public final class GymnasiumEnvironments implements VectorEnvironment {
  /** What the ids of these environments begin with, before a slash and the name. */
  public static final String FAMILY = "gym";

  private final WorkerPool pool;
  private final int rows;

  private GymnasiumEnvironments(WorkerPool pool, int rows) {
    this.pool = pool;
    this.rows = rows;
  }

  /**
   * Makes environments and their Python processes.
   *
   * @param name their name in Gymnasium's registry or in the module
   * @param rows number of rows, at least 1
   * @throws IllegalArgumentException if there is none of that name, or it has a space that cannot
   *     be represented
   * @throws org.bellmanrl.api.registry.UnavailableException if there is no Python, or it has no
   *     Gymnasium
   */
  public static VectorEnvironment create(String name, GymnasiumOptions options, int rows) {
    return create(name, options, rows, new OneTimeNotices());
  }

  static VectorEnvironment create(
      String name, GymnasiumOptions options, int rows, OneTimeNotices notices) {
    if (!options.deterministic()) {
      return new GymnasiumEnvironments(pool(name, options, rows, notices), rows);
    }
    Environment[] environments = new Environment[rows];
    try {
      for (int row = 0; row < rows; row++) {
        environments[row] = new GymnasiumEnvironment(name, options, notices);
      }
      return VectorEnvironment.of(environments);
    } catch (RuntimeException | Error e) {
      for (Environment environment : environments) {
        if (environment != null) {
          environment.close();
        }
      }
      throw e;
    }
  }

  static WorkerPool pool(String name, GymnasiumOptions options, int rows, OneTimeNotices notices) {
    int most =
        options.inProcess()
            ? 1
            : options.workers() > 0
                ? options.workers()
                : Runtime.getRuntime().availableProcessors();
    return WorkerPool.open(
        new WorkerPool.Order(
            FAMILY + "/" + name,
            name,
            options.module(),
            options.keywords(),
            rows,
            Math.min(rows, most),
            options.timeoutS(),
            options.deterministic(),
            options.seedEpisodes(),
            options.inProcess()),
        notices);
  }

  @Override
  public EnvironmentSpec spec() {
    return pool.spec();
  }

  @Override
  public int rows() {
    return rows;
  }

  @Override
  public void reset(Rows listed, RandomStreams random, Observations observations) {
    for (int i = 0; i < listed.count(); i++) {
      pool.begin(listed.at(i), random.row(listed.at(i)));
    }
    pool.reset(listed, observations);
  }

  @Override
  public void step(Rows listed, Columns actions, RandomStreams random, Outcomes outcomes) {
    pool.step(listed, actions, outcomes);
  }

  @Override
  public <T> Optional<T> capability(int row, Class<T> type) {
    return type == PictureView.class ? pool.picture(row).map(type::cast) : Optional.empty();
  }

  /** Carries nothing: a new episode begins after a restore. */
  @Override
  public void carry(State state, int row) {}

  /** Ends the Python processes. */
  @Override
  public void close() {
    pool.close();
  }
}
