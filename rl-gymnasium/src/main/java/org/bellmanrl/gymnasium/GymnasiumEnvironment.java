package org.bellmanrl.gymnasium;

import java.util.Optional;
import org.bellmanrl.api.Action;
import org.bellmanrl.api.Environment;
import org.bellmanrl.api.EnvironmentSpec;
import org.bellmanrl.api.Observation;
import org.bellmanrl.api.Observations;
import org.bellmanrl.api.Outcome;
import org.bellmanrl.api.Outcomes;
import org.bellmanrl.api.random.RandomStream;
import org.bellmanrl.api.render.PictureView;
import org.bellmanrl.api.space.Columns;
import org.bellmanrl.api.space.Rows;
import org.bellmanrl.gymnasium.internal.OneTimeNotices;
import org.bellmanrl.gymnasium.internal.WorkerPool;

/** A single environment of Gymnasium's; see {@link GymnasiumEnvironments} for all that it does. */
public final class GymnasiumEnvironment implements Environment {
  private final WorkerPool pool;
  private final Rows row = Rows.all(1);
  private final Columns actions;
  private final Outcomes outcomes;

  /**
   * Makes an environment and its Python process.
   *
   * @param name its name in Gymnasium's registry or in the module
   * @throws IllegalArgumentException if there is none of that name, or it has a space that cannot
   *     be represented
   * @throws org.bellmanrl.api.registry.UnavailableException if there is no Python, or it has no
   *     Gymnasium
   */
  public GymnasiumEnvironment(String name, GymnasiumOptions options) {
    this(name, options, new OneTimeNotices());
  }

  GymnasiumEnvironment(String name, GymnasiumOptions options, OneTimeNotices notices) {
    this.pool = GymnasiumEnvironments.pool(name, options, 1, notices);
    this.actions = new Columns(spec().actionSpace(), 1);
    this.outcomes = new Outcomes(spec(), 1);
  }

  @Override
  public EnvironmentSpec spec() {
    return pool.spec();
  }

  @Override
  public void reset(RandomStream random, Observation observation) {
    pool.begin(0, random);
    pool.reset(row, outcomes.observations());
    copy(outcomes.observations(), observation);
  }

  @Override
  public void step(Action action, RandomStream random, Outcome outcome) {
    int[] ints = actions.ints();
    for (int i = 0; i < ints.length; i++) {
      ints[i] = action.discrete(i);
    }
    float[] floats = actions.floats();
    for (int i = 0; i < floats.length; i++) {
      floats[i] = action.get(i);
    }
    byte[] bytes = actions.bytes();
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) action.unsigned(i);
    }
    outcomes.clear(row);
    pool.step(row, actions, outcomes);
    copy(outcomes.observations(), outcome.observation());
    outcome.reward(outcomes.reward()[0]);
    for (int i = 0; i < outcomes.diagnosticsWidth(); i++) {
      outcome.diagnostic(i, outcomes.diagnostics()[i]);
    }
    if (outcomes.terminated()[0]) {
      outcome.terminate();
    }
    if (outcomes.truncated()[0]) {
      outcome.truncate();
    }
  }

  private static void copy(Observations from, Observation to) {
    int[] ints = from.values().ints();
    for (int i = 0; i < ints.length; i++) {
      to.setDiscrete(i, ints[i]);
    }
    float[] floats = from.values().floats();
    for (int i = 0; i < floats.length; i++) {
      to.set(i, floats[i]);
    }
    to.setUnsigned(0, from.values().bytes());
    boolean[] mask = from.mask();
    for (int i = 0; i < mask.length; i++) {
      to.allow(i, mask[i]);
    }
  }

  @Override
  public <T> Optional<T> capability(Class<T> type) {
    return type == PictureView.class ? pool.picture(0).map(type::cast) : Optional.empty();
  }

  /** Ends the Python process. */
  @Override
  public void close() {
    pool.close();
  }
}
