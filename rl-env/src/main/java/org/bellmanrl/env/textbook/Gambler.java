package org.bellmanrl.env.textbook;

import java.util.Arrays;
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

/**
 * Bet on a coin until one has 100, or nothing.
 *
 * <p>Source: Sutton &amp; Barto, 2nd ed., 2018, example 4.3. The observation is the capital, 0 to
 * {@code goal}; the action is the stake, 1 to {@code goal / 2}. Heads win the stake, tails lose it;
 * to reach the goal pays 1, all else 0, and the episode ends there or at nothing. So the value of a
 * capital without discount is the probability of winning from there. With a coin below 1/2 bold
 * play is best: at 0.4, V(25) = 0.16, V(50) = 0.4 and V(75) = 0.64.
 *
 * <p>Stakes above the capital, and those that could win more than is missing, are masked; one that
 * is played all the same counts as the largest allowed. Staking nothing, which the book lists too,
 * is left out: it is never better and without discount never worse, so that a greedy policy could
 * wait for ever. Draws one random number per reset and per step. Can show its exact model and text.
 */
public final class Gambler extends TableTask {
  private final int goal;

  /** The game of {@code Gambler-v1}. */
  public Gambler(GamblerOptions options) {
    super(
        EnvironmentSpec.of(
                "Gambler-v1", new Discrete(options.goal() + 1), new Discrete(options.goal() / 2, 1))
            .withMask()
            .withLegend(
                new Legend(
                    List.of("capital"),
                    List.of(),
                    "Reaching the goal pays 1, ruin nothing; a stake is won with the probability that the options say.")),
        model(options),
        allowed(options.goal()),
        "gambler");
    this.goal = options.goal();
  }

  private static FiniteModel model(GamblerOptions options) {
    int goal = options.goal();
    int stakes = goal / 2;
    double heads = options.headsProbability();
    FiniteModel.Builder model = FiniteModel.builder(goal + 1, stakes);
    for (int capital = 0; capital <= goal; capital++) {
      boolean over = capital == 0 || capital == goal;
      for (int a = 0; a < stakes; a++) {
        if (over) {
          model.add(capital, a, 1, capital, 0, true);
          continue;
        }
        int stake = Math.min(a + 1, largest(capital, goal));
        boolean wins = capital + stake == goal;
        model.add(capital, a, heads, capital + stake, wins ? 1 : 0, wins);
        model.add(capital, a, 1 - heads, capital - stake, 0, capital == stake);
      }
      boolean only = options.start().isPresent();
      if (!over && (!only || options.start().get() == capital)) {
        model.initial(capital, only ? 1 : 1.0 / (goal - 1));
      }
    }
    return model.build();
  }

  private static int largest(int capital, int goal) {
    return Math.min(capital, goal - capital);
  }

  private static boolean[] allowed(int goal) {
    int stakes = goal / 2;
    boolean[] allowed = new boolean[(goal + 1) * stakes];
    for (int capital = 0; capital <= goal; capital++) {
      // After the end one action must be left, as in every mask.
      int largest = Math.max(1, largest(capital, goal));
      Arrays.fill(allowed, capital * stakes, capital * stakes + largest, true);
    }
    return allowed;
  }

  @Override
  protected <T> Optional<T> shown(Class<T> type, IntSupplier current) {
    if (type == PictureView.class) {
      return Optional.of(type.cast(CoinsPicture.of(goal, current)));
    }
    if (type == TextView.class) {
      TextView view = colour -> current.getAsInt() + " of " + goal + "\n";
      return Optional.of(type.cast(view));
    }
    return Optional.empty();
  }
}
