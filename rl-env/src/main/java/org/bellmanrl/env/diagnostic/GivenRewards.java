package org.bellmanrl.env.diagnostic;

import java.util.List;
import java.util.Optional;
import java.util.function.IntSupplier;
import org.bellmanrl.api.EnvironmentSpec;
import org.bellmanrl.api.Legend;
import org.bellmanrl.api.model.FiniteModel;
import org.bellmanrl.api.render.PictureView;
import org.bellmanrl.api.render.TextView;
import org.bellmanrl.api.space.Discrete;
import org.bellmanrl.env.TableTask;
import org.bellmanrl.env.internal.picture.LampsPicture;

/**
 * An episode whose rewards are given, so that returns and updates can be checked by hand.
 *
 * <p>The observation is the number of steps taken, {@code Discrete(n)} for n rewards. The one
 * action has no effect: step i pays {@code rewards[i]}, and the last step ends the episode. The
 * value of state i is the discounted sum of the rewards from the i-th on. The default rewards are
 * those of the mouse in the maze in the Hugging Face deep RL course, unit 2. Draws one random
 * number at a reset and one at a step, though all is certain. Can show its exact model, a picture
 * and text.
 */
public final class GivenRewards extends TableTask {
  /** The task of {@code GivenRewards-v1}. */
  public GivenRewards(GivenRewardsOptions options) {
    super(
        EnvironmentSpec.of(
                "GivenRewards-v1", new Discrete(options.rewards().size()), new Discrete(1))
            .withLegend(
                new Legend(
                    List.of("steps taken"),
                    List.of("go on"),
                    "Each step pays the next of the rewards that the option gives.")),
        model(options.rewards()),
        "given-rewards");
  }

  private static FiniteModel model(List<Double> rewards) {
    int n = rewards.size();
    FiniteModel.Builder model = FiniteModel.builder(n, 1).initial(0, 1);
    for (int i = 0; i < n; i++) {
      boolean last = i == n - 1;
      model.add(i, 0, 1, last ? i : i + 1, rewards.get(i), last);
    }
    return model.build();
  }

  @Override
  protected <T> Optional<T> shown(Class<T> type, IntSupplier current) {
    int n = model().states();
    if (type == PictureView.class) {
      return Optional.of(type.cast(LampsPicture.of(n, current)));
    }
    if (type == TextView.class) {
      TextView view = colour -> "%d of %d steps\n".formatted(current.getAsInt(), n);
      return Optional.of(type.cast(view));
    }
    return Optional.empty();
  }
}
