package org.bellmanrl.env.diagnostic;

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
import org.bellmanrl.api.state.State;
import org.bellmanrl.api.state.Stateful;
import org.bellmanrl.env.internal.picture.LampsPicture;

/**
 * Say what was shown {@code delay} steps ago.
 *
 * <p>Observations and actions are Discrete(values); what is shown is drawn uniformly. From the step
 * on at which there is something to say, the right answer pays 1 / n and any other −1 / n, n being
 * the number of such steps; before, nothing is paid. The best return is 1; without memory it is 2 /
 * values − 1 in expectation. Ends after {@code length} steps. Draws one integer per step. Can show
 * text.
 *
 * <p>Source: in the manner of RepeatPrevious of POPGym (Morad et al., 2023), whose values are suits
 * of shuffled decks of cards.
 */
public final class RepeatPrevious implements Environment, Stateful {
  private final EnvironmentSpec spec;
  private final int values;
  private final int delay;
  private final int length;

  /** What was shown, the step modulo its length being the place. */
  private final int[] shown;

  private int step;

  /** The task of {@code RepeatPrevious-v1}. */
  public RepeatPrevious(RepeatPreviousOptions options) {
    this.values = options.values();
    this.delay = options.delay();
    this.length = options.length();
    this.shown = new int[delay + 1];
    this.spec =
        EnvironmentSpec.of("RepeatPrevious-v1", new Discrete(values), new Discrete(values))
            .withLegend(
                new Legend(
                    List.of("value shown"),
                    List.of(),
                    "Saying what was shown some steps ago pays, anything else costs as much."));
  }

  @Override
  public EnvironmentSpec spec() {
    return spec;
  }

  @Override
  public void reset(RandomStream random, Observation observation) {
    step = 0;
    show(random, observation);
  }

  private void show(RandomStream random, Observation observation) {
    int value = random.integers(values);
    shown[step % shown.length] = value;
    observation.setDiscrete(value);
  }

  @Override
  public void step(Action action, RandomStream random, Outcome outcome) {
    if (step >= delay) {
      double share = 1.0 / (length - delay);
      outcome.reward(action.discrete() == shown[(step + 1) % shown.length] ? share : -share);
    }
    step++;
    if (step == length) {
      outcome.terminate();
    }
    show(random, outcome.observation());
  }

  @Override
  public <T> Optional<T> capability(Class<T> type) {
    if (type == PictureView.class) {
      return Optional.of(type.cast(LampsPicture.of(values, () -> shown[step % shown.length])));
    }
    if (type == TextView.class) {
      TextView view = colour -> text();
      return Optional.of(type.cast(view));
    }
    return Environment.super.capability(type);
  }

  private String text() {
    String asked = step < delay ? "nothing to say yet" : "say " + shown[(step + 1) % shown.length];
    return "step %d of %d: %d, %s\n".formatted(step, length, shown[step % shown.length], asked);
  }

  @Override
  public void carry(State state) {
    state.begin("repeat-previous", 1);
    step = state.carryIndex("step", step, length + 1);
    state.carry("shown", shown);
    state.end();
  }
}
