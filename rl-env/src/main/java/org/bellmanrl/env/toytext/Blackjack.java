package org.bellmanrl.env.toytext;

import java.util.List;
import java.util.Optional;
import org.bellmanrl.api.Action;
import org.bellmanrl.api.Environment;
import org.bellmanrl.api.EnvironmentSpec;
import org.bellmanrl.api.Legend;
import org.bellmanrl.api.Observation;
import org.bellmanrl.api.Outcome;
import org.bellmanrl.api.model.Modelled;
import org.bellmanrl.api.random.RandomStream;
import org.bellmanrl.api.render.PictureView;
import org.bellmanrl.api.space.Discrete;
import org.bellmanrl.api.space.Tuple;
import org.bellmanrl.api.state.State;
import org.bellmanrl.api.state.Stateful;

/**
 * Come closer to 21 than the dealer, but not above it (Sutton &amp; Barto, 2nd ed., 2018, example
 * 5.1).
 *
 * <p>The observation is a tuple: the player's sum (4 to 21 while the game goes on, up to 31 after a
 * bust), the dealer's card that shows (1 is the ace) and whether the player has an ace that counts
 * 11 (0 or 1). The actions are 0 stick and 1 hit. The dealer draws up to 17. The reward at the end
 * is 1 for a win, −1 for a loss, 0 for a draw; see {@link BlackjackOptions} for an ace and a ten as
 * dealt. Cards come from an infinite deck. There is no limit to an episode, and none is needed.
 *
 * <p>Equal to Gymnasium 1.3.0's {@code Blackjack-v1} draw for draw. Can show a grid (rows: sums
 * from 21 down to 4; columns: the dealer's card from ace to ten) and text, and, if naturals count
 * for nothing ({@code sab} and {@code natural} both off), its exact model: else the observation
 * does not tell a natural from another 21.
 */
public final class Blackjack implements Environment, Stateful {
  static final int STICK = 0;
  static final int HIT = 1;

  private static final int DEALER_STANDS = 17;
  private static final int SUITS = 4;
  private static final int FACES = 3;

  private final EnvironmentSpec spec =
      EnvironmentSpec.of(
              "Blackjack-v1",
              Tuple.of(new Discrete(32), new Discrete(11), new Discrete(2)),
              new Discrete(2))
          .withLegend(
              new Legend(
                  List.of("player's sum", "dealer's card", "usable ace"),
                  List.of("stick", "hit"),
                  "Winning pays 1, losing costs 1, a draw is worth 0; all at the end of the hand."));
  private final BlackjackOptions options;
  private final BlackjackView view;
  private final Hand player = new Hand();
  private final Hand dealer = new Hand();
  private boolean stuck;

  /** The table of {@code Blackjack-v1}. */
  public Blackjack(BlackjackOptions options) {
    this.options = options;
    this.view = new BlackjackView(player, dealer, () -> stuck);
  }

  @Override
  public EnvironmentSpec spec() {
    return spec;
  }

  @Override
  public void reset(RandomStream random, Observation observation) {
    dealer.deal(random);
    player.deal(random);
    stuck = false;
    // Gymnasium draws a suit, and a face for a ten, for its picture; the stream must move on as
    // there.
    random.choice(SUITS);
    if (dealer.card(0) == 10) {
      random.choice(FACES);
    }
    show(observation);
  }

  @Override
  public void step(Action action, RandomStream random, Outcome outcome) {
    if (action.discrete() == HIT) {
      player.draw(random);
      if (player.bust()) {
        outcome.reward(-1);
        outcome.terminate();
      }
    } else {
      stuck = true;
      while (dealer.sum() < DEALER_STANDS) {
        dealer.draw(random);
      }
      outcome.reward(result());
      outcome.terminate();
    }
    show(outcome.observation());
  }

  private double result() {
    if (options.sab() && player.natural() && !dealer.natural()) {
      return 1;
    }
    int comparison = Integer.compare(player.score(), dealer.score());
    boolean pays = !options.sab() && options.natural() && player.natural();
    return comparison > 0 && pays ? 1.5 : comparison;
  }

  private void show(Observation observation) {
    observation.setDiscreteOf(0, 0, player.sum());
    observation.setDiscreteOf(1, 0, dealer.card(0));
    observation.setDiscreteOf(2, 0, player.usableAce() ? 1 : 0);
  }

  @Override
  public <T> Optional<T> capability(Class<T> type) {
    if (type == Modelled.class) {
      Modelled modelled = () -> BlackjackModel.MODEL;
      boolean naturalsCount = options.sab() || options.natural();
      return naturalsCount ? Optional.empty() : Optional.of(type.cast(modelled));
    }
    if (type == PictureView.class) {
      return Optional.of(type.cast(BlackjackPicture.of(player, dealer, () -> stuck)));
    }
    return type.isInstance(view)
        ? Optional.of(type.cast(view))
        : Environment.super.capability(type);
  }

  @Override
  public void carry(State state) {
    state.begin("blackjack", 1);
    state.carry("player", player);
    state.carry("dealer", dealer);
    stuck = state.carry("stuck", stuck);
    state.end();
  }
}
