package org.bellmanrl.env.textbook;

import java.util.List;
import java.util.Optional;
import org.bellmanrl.api.Action;
import org.bellmanrl.api.Environment;
import org.bellmanrl.api.EnvironmentSpec;
import org.bellmanrl.api.Legend;
import org.bellmanrl.api.Observation;
import org.bellmanrl.api.Outcome;
import org.bellmanrl.api.random.RandomStream;
import org.bellmanrl.api.render.PictureView;
import org.bellmanrl.api.space.Discrete;
import org.bellmanrl.api.state.State;
import org.bellmanrl.api.state.Stateful;
import org.bellmanrl.env.internal.picture.LampsPicture;

/**
 * The k-armed testbed: arms whose rewards are normal about a true value, with variance 1 (Sutton
 * &amp; Barto, 2nd ed., 2018, section 2.3).
 *
 * <p>The true values are drawn once for each problem, normal about {@code mean} with variance 1, by
 * the stream of the problem's number as a seed: a bandit is a task of one state, and another
 * problem is another task. Actions are the arms; there is nothing to observe but a single value.
 * Never terminates; an episode is cut after so many pulls and changes nothing. Reports whether the
 * arm pulled was the best, as 1 or 0, and how much less its true value was than the best one's.
 * Draws one standard normal number per step.
 */
public final class KArmedBandit implements Environment, Stateful {
  private final EnvironmentSpec spec;
  private final double[] trueValues;
  private final int best;

  /** The arm of the last pull, which the picture shows; -1 before the first. */
  private int pulled = -1;

  /** The task of {@code TenArmed-v1}. */
  public KArmedBandit(KArmedBanditOptions options) {
    this.spec =
        EnvironmentSpec.of("TenArmed-v1", new Discrete(1), new Discrete(options.arms()))
            .withMaxEpisodeSteps(options.maxEpisodeSteps())
            .withLegend(
                new Legend(
                    List.of("always the same"),
                    List.of(),
                    "An arm pays its own mean plus normal noise; the best mean is what there is to find."))
            .continuing()
            .withDiagnostics("optimal", "regret");
    this.trueValues = new double[options.arms()];
    RandomStream random = RandomStream.ofSeed(options.problem());
    int most = 0;
    for (int arm = 0; arm < trueValues.length; arm++) {
      trueValues[arm] = random.normal(options.mean(), 1);
      most = trueValues[arm] > trueValues[most] ? arm : most;
    }
    this.best = most;
  }

  /** The mean reward of an arm. */
  public double trueValue(int arm) {
    return trueValues[arm];
  }

  /** The arm of the largest true value. */
  public int best() {
    return best;
  }

  @Override
  public EnvironmentSpec spec() {
    return spec;
  }

  @Override
  public void reset(RandomStream random, Observation observation) {
    pulled = -1;
    observation.setDiscrete(0);
  }

  @Override
  public void step(Action action, RandomStream random, Outcome outcome) {
    int arm = action.discrete();
    pulled = arm;
    outcome.reward(trueValues[arm] + random.standardNormal());
    outcome.diagnostic(0, arm == best ? 1 : 0);
    outcome.diagnostic(1, trueValues[best] - trueValues[arm]);
    outcome.observation().setDiscrete(0);
  }

  @Override
  public <T> Optional<T> capability(Class<T> type) {
    return type == PictureView.class
        ? Optional.of(type.cast(LampsPicture.of(trueValues.length, () -> pulled)))
        : Environment.super.capability(type);
  }

  @Override
  public void carry(State state) {
    state.begin("k-armed-bandit", 1);
    pulled = state.carryIndex("pulled", pulled + 1, trueValues.length + 1) - 1; // −1 is none
    state.end();
  }
}
