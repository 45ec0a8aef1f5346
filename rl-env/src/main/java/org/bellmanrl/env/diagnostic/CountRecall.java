package org.bellmanrl.env.diagnostic;

import java.util.Arrays;
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
import org.bellmanrl.api.render.TextView;
import org.bellmanrl.api.space.Discrete;
import org.bellmanrl.api.space.MultiDiscrete;
import org.bellmanrl.api.state.State;
import org.bellmanrl.api.state.Stateful;
import org.bellmanrl.env.internal.picture.LampsPicture;

/**
 * Say how often a value was shown so far.
 *
 * <p>The observation is MultiDiscrete(values, values): a value drawn without replacement from
 * {@code copies} of each, and a value that is asked for, drawn uniformly. The action is the number
 * of times that this one was shown up to now, the present step included: Discrete(copies + 1). The
 * right answer pays 1 / n and any other −1 / n, n = values · copies being the steps of an episode,
 * at whose end all values were shown. The best return is 1. Draws two integers per step. Can show
 * text.
 *
 * <p>Source: in the manner of CountRecall of POPGym (Morad et al., 2023), whose values are cards.
 */
public final class CountRecall implements Environment, Stateful {
  private final EnvironmentSpec spec;
  private final int values;
  private final int copies;
  private final int length;

  /** How often each value was shown. */
  private final int[] counts;

  private int step;
  private int shown;
  private int asked;

  /** The task of {@code CountRecall-v1}. */
  public CountRecall(CountRecallOptions options) {
    this.values = options.values();
    this.copies = options.copies();
    this.length = values * copies;
    this.counts = new int[values];
    this.spec =
        EnvironmentSpec.of(
                "CountRecall-v1", new MultiDiscrete(values, values), new Discrete(copies + 1))
            .withLegend(
                new Legend(
                    List.of("value shown", "value asked for"),
                    List.of(),
                    "Saying how often the value asked for was shown so far pays 1 / n, any other"
                        + " number costs as much; n is the length of an episode."));
  }

  @Override
  public EnvironmentSpec spec() {
    return spec;
  }

  @Override
  public void reset(RandomStream random, Observation observation) {
    Arrays.fill(counts, 0);
    step = 0;
    show(random, observation);
  }

  /** Shows one of the values that are left. */
  private void show(RandomStream random, Observation observation) {
    int left = random.integers(length - step);
    shown = 0;
    while (left >= copies - counts[shown]) {
      left -= copies - counts[shown++];
    }
    counts[shown]++;
    asked = random.integers(values);
    write(observation);
  }

  private void write(Observation observation) {
    observation.setDiscrete(0, shown);
    observation.setDiscrete(1, asked);
  }

  @Override
  public void step(Action action, RandomStream random, Outcome outcome) {
    double share = 1.0 / length;
    outcome.reward(action.discrete() == counts[asked] ? share : -share);
    step++;
    if (step == length) {
      outcome.terminate();
      write(outcome.observation());
    } else {
      show(random, outcome.observation());
    }
  }

  @Override
  public <T> Optional<T> capability(Class<T> type) {
    if (type == PictureView.class) {
      return Optional.of(type.cast(LampsPicture.of(values, () -> shown)));
    }
    if (type == TextView.class) {
      TextView view = colour -> text();
      return Optional.of(type.cast(view));
    }
    return Environment.super.capability(type);
  }

  private String text() {
    return "step %d of %d: %d; how often was %d shown? %d times\n"
        .formatted(step, length, shown, asked, counts[asked]);
  }

  @Override
  public void carry(State state) {
    state.begin("count-recall", 1);
    state.carry("counts", counts);
    step = state.carryIndex("step", step, length + 1);
    shown = state.carryIndex("shown", shown, values);
    asked = state.carryIndex("asked", asked, values);
    state.end();
  }
}
