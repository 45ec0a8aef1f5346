package org.bellmanrl.env.diagnostic;

import java.util.List;
import java.util.Optional;
import org.bellmanrl.api.Action;
import org.bellmanrl.api.Environment;
import org.bellmanrl.api.EnvironmentSpec;
import org.bellmanrl.api.Legend;
import org.bellmanrl.api.Observation;
import org.bellmanrl.api.Outcome;
import org.bellmanrl.api.model.FiniteModel;
import org.bellmanrl.api.model.Modelled;
import org.bellmanrl.api.random.RandomStream;
import org.bellmanrl.api.render.PictureView;
import org.bellmanrl.api.render.TextView;
import org.bellmanrl.api.space.Discrete;
import org.bellmanrl.api.state.State;
import org.bellmanrl.api.state.Stateful;
import org.bellmanrl.env.internal.picture.LampsPicture;

/**
 * A little now, or nothing now and more from then on.
 *
 * <p>The observation is the state, 0 or 1, and an episode begins in 0. Action 0 stays and pays
 * {@code near} or {@code far}, action 1 goes to the other state and pays nothing; with probability
 * {@code slip} the other one is done instead. Draws one number in [0, 1) per step. Never
 * terminates. Without slip the best values are far / (1 − γ) in state 1 and γ times that in state
 * 0, as long as near is below γ · far. Can show its exact model and text.
 */
public final class TwoStateChain implements Environment, Stateful, Modelled {
  private static final int STAY = 0;

  private final EnvironmentSpec spec;
  private final TwoStateChainOptions options;
  private final FiniteModel model;
  private int state;

  /** The task of {@code TwoStateChain-v1}. */
  public TwoStateChain(TwoStateChainOptions options) {
    this.spec =
        EnvironmentSpec.of("TwoStateChain-v1", new Discrete(2), new Discrete(2))
            .withMaxEpisodeSteps(options.maxEpisodeSteps())
            .withLegend(
                new Legend(
                    List.of("which of the two states"),
                    List.of(),
                    "Action 0 stays, which pays little in state 0 and more in state 1; action 1 goes to the other state and pays nothing."))
            .continuing();
    this.options = options;
    FiniteModel.Builder builder = FiniteModel.builder(2, 2).initial(0, 1);
    for (int s = 0; s < 2; s++) {
      for (int a = 0; a < 2; a++) {
        double stays = a == STAY ? 1 - options.slip() : options.slip();
        builder.add(s, a, stays, s, pay(s), false).add(s, a, 1 - stays, 1 - s, 0, false);
      }
    }
    this.model = builder.build();
  }

  private double pay(int staying) {
    return staying == 0 ? options.near() : options.far();
  }

  @Override
  public EnvironmentSpec spec() {
    return spec;
  }

  @Override
  public void reset(RandomStream random, Observation observation) {
    state = 0;
    observation.setDiscrete(0);
  }

  @Override
  public void step(Action action, RandomStream random, Outcome outcome) {
    boolean wrong = random.random() < options.slip();
    boolean stays = (action.discrete() == STAY) != wrong;
    if (stays) {
      outcome.reward(pay(state));
    } else {
      state = 1 - state;
    }
    outcome.observation().setDiscrete(state);
  }

  @Override
  public FiniteModel model() {
    return model;
  }

  @Override
  public <T> Optional<T> capability(Class<T> type) {
    if (type == PictureView.class) {
      return Optional.of(type.cast(LampsPicture.of(2, () -> state)));
    }
    if (type == TextView.class) {
      TextView view = colour -> (state == 0 ? "[0] 1" : "0 [1]") + "\n";
      return Optional.of(type.cast(view));
    }
    return Environment.super.capability(type);
  }

  @Override
  public void carry(State state) {
    state.begin("two-state-chain", 1);
    this.state = state.carryIndex("state", this.state, 2);
    state.end();
  }
}
