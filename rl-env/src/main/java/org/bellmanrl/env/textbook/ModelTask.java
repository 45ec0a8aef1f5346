package org.bellmanrl.env.textbook;

import java.util.Optional;
import java.util.function.IntSupplier;
import java.util.function.IntToDoubleFunction;
import org.bellmanrl.api.EnvironmentSpec;
import org.bellmanrl.api.model.FiniteModel;
import org.bellmanrl.api.render.PictureView;
import org.bellmanrl.api.space.Discrete;
import org.bellmanrl.env.TableTask;
import org.bellmanrl.env.internal.picture.LampsPicture;

/**
 * Plays an exact model: a task by its numbers alone, whose episodes can begin in any state.
 *
 * <p>Observations are the model's states, {@code Discrete(states)}, actions its actions. Exploring
 * starts and questions about a single state (Sutton &amp; Barto, 2nd ed., 2018, sections 5.3 and
 * 5.5) need episodes that begin where the task itself never begins; this is the way to have them.
 * Draws one random number per reset and per step. Can show its exact model and a picture.
 */
public final class ModelTask extends TableTask {
  /**
   * A task that begins where the model says.
   *
   * @param name how messages call it
   * @param maxEpisodeSteps limit of an episode in steps; 0 for none
   */
  public ModelTask(String name, FiniteModel model, int maxEpisodeSteps) {
    super(spec(name, model).withMaxEpisodeSteps(maxEpisodeSteps), model, "model-task");
  }

  private static EnvironmentSpec spec(String name, FiniteModel model) {
    EnvironmentSpec spec =
        EnvironmentSpec.of(name, new Discrete(model.states()), new Discrete(model.actions()));
    for (int i = 0; i < model.outcomes(); i++) {
      if (model.terminated(i)) {
        return spec;
      }
    }
    return spec.continuing();
  }

  /** The same, beginning in one state. */
  public ModelTask from(int state) {
    FiniteModel model = model();
    if (state < 0 || state >= model.states()) {
      throw new IllegalArgumentException(
          "state must be in [0, %d), was %d".formatted(model.states(), state));
    }
    return startingWith(s -> s == state ? 1 : 0);
  }

  /** The same, beginning anywhere, each state as likely. */
  public ModelTask fromAnywhere() {
    return startingWith(s -> 1.0 / model().states());
  }

  private ModelTask startingWith(IntToDoubleFunction initial) {
    FiniteModel model = model();
    FiniteModel.Builder other = FiniteModel.builder(model.states(), model.actions());
    for (int s = 0; s < model.states(); s++) {
      other.initial(s, initial.applyAsDouble(s));
      for (int a = 0; a < model.actions(); a++) {
        for (int i = model.from(s, a); i < model.to(s, a); i++) {
          other.add(
              s, a, model.probability(i), model.next(i), model.reward(i), model.terminated(i));
        }
      }
    }
    return new ModelTask(spec().name(), other.build(), spec().maxEpisodeSteps());
  }

  @Override
  protected <T> Optional<T> shown(Class<T> type, IntSupplier current) {
    return type == PictureView.class
        ? Optional.of(type.cast(LampsPicture.of(model().states(), current)))
        : Optional.empty();
  }
}
