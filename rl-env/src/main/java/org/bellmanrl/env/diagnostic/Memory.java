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
 * Remember: a cue is shown once, and asked for steps later.
 *
 * <p>The observation is Discrete(cues + 2): the cue at first, then {@code cues} for nothing, then
 * {@code cues + 1} for the question. Whatever is done before it pays nothing. At the question the
 * cue's own action pays 1 and any other −1, and the episode ends, after {@code length} + 1 steps in
 * all. Without memory the best expected return is 2 / cues − 1; with it, 1: a recurrent policy has
 * it, or any policy behind {@code frame-stack} with {@code stack_size} above {@code length}. Draws
 * one integer per episode. Can show text.
 */
public final class Memory implements Environment, Stateful {
  private final EnvironmentSpec spec;
  private final int cues;
  private final int length;
  private int cue;
  private int steps;

  /** The task of {@code Memory-v1}. */
  public Memory(MemoryOptions options) {
    this.cues = options.cues();
    this.length = options.length();
    this.spec =
        EnvironmentSpec.of("Memory-v1", new Discrete(cues + 2), new Discrete(cues))
            .withLegend(
                new Legend(
                    List.of(
                        "the cue at first, then %d for nothing, at last %d for the question"
                            .formatted(cues, cues + 1)),
                    List.of(),
                    "At the question the action that is the cue pays 1, any other -1; before it nothing pays."));
  }

  @Override
  public EnvironmentSpec spec() {
    return spec;
  }

  @Override
  public void reset(RandomStream random, Observation observation) {
    cue = random.integers(cues);
    steps = 0;
    observation.setDiscrete(shown());
  }

  @Override
  public void step(Action action, RandomStream random, Outcome outcome) {
    if (steps == length) {
      outcome.reward(action.discrete() == cue ? 1 : -1);
      outcome.terminate();
    } else {
      steps++;
    }
    outcome.observation().setDiscrete(shown());
  }

  private int shown() {
    if (steps == 0) {
      return cue;
    }
    return steps < length ? cues : cues + 1;
  }

  @Override
  public <T> Optional<T> capability(Class<T> type) {
    if (type == PictureView.class) {
      return Optional.of(type.cast(LampsPicture.of(cues + 2, this::shown)));
    }
    if (type == TextView.class) {
      TextView view = colour -> text();
      return Optional.of(type.cast(view));
    }
    return Environment.super.capability(type);
  }

  private String text() {
    String now = steps == 0 ? "the cue" : steps < length ? "nothing" : "the question";
    return "cue " + cue + ", step " + steps + " of " + length + ": " + now + "\n";
  }

  @Override
  public void carry(State state) {
    state.begin("memory", 1);
    cue = state.carryIndex("cue", cue, cues);
    steps = state.carryIndex("steps", steps, length + 1);
    state.end();
  }
}
