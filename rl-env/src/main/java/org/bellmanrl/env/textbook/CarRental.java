package org.bellmanrl.env.textbook;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bellmanrl.api.Action;
import org.bellmanrl.api.Environment;
import org.bellmanrl.api.EnvironmentSpec;
import org.bellmanrl.api.Legend;
import org.bellmanrl.api.Observation;
import org.bellmanrl.api.Outcome;
import org.bellmanrl.api.model.Afterstates;
import org.bellmanrl.api.model.FiniteModel;
import org.bellmanrl.api.model.Modelled;
import org.bellmanrl.api.random.RandomStream;
import org.bellmanrl.api.render.GridView;
import org.bellmanrl.api.render.PictureView;
import org.bellmanrl.api.render.TextView;
import org.bellmanrl.api.space.Discrete;
import org.bellmanrl.api.state.State;
import org.bellmanrl.api.state.Stateful;
import org.jspecify.annotations.Nullable;

/**
 * Jack lets cars at two places and moves them overnight to where they will be asked for.
 *
 * <p>Source: Sutton &amp; Barto, 2nd ed., 2018, example 4.2; exercise 4.7 with {@code free_shuttle}
 * and {@code parking_cost}. The observation, at the end of a day, is {@code 21 n₁ + n₂}, with 0 to
 * 20 cars at each place. The action, −5 to 5, is how many cars move from the first place to the
 * second, at 2 a car; if there are fewer, those move that there are, at the price of all. What
 * exceeds 20 is gone. The next day customers ask for cars (Poisson, mean 3 and 4), each let pays
 * 10; others bring cars back (Poisson, mean 3 and 2), which can be let the day after. Here no
 * distribution is cut off: what is asked for beyond the cars there are, and brought beyond 20, is
 * lost.
 *
 * <p>A day pays what the morning's cars let expect, less the costs of the night, so that there is
 * an exact model; values and policies are the same as with {@code drawn_income}, where it pays what
 * was let and no model is offered. Never terminates; γ is 0.9 in the book. An afterstate is the
 * morning's cars. Begins with 10 cars at each place. Draws two numbers per step, four if the income
 * is drawn. Can show its exact model, afterstates, a grid and text.
 */
public final class CarRental implements Environment, Stateful {
  /** Cars a place can hold. */
  public static final int CAPACITY = 20;

  /** Cars that can be moved in a night. */
  public static final int MOST_MOVED = 5;

  private static final int LEVELS = CAPACITY + 1;
  private static final int STATES = LEVELS * LEVELS;
  private static final int ACTIONS = 2 * MOST_MOVED + 1;
  private static final int START = 10 * LEVELS + 10;
  private static final double CREDIT = 10;
  private static final double MOVE_COST = 2;
  private static final int FREE_PARKING = 10;

  private final EnvironmentSpec spec;
  private final CarRentalOptions options;
  private final Place first = new Place(3, 3);
  private final Place second = new Place(4, 2);
  private @Nullable FiniteModel model;
  private int state = START;

  /** The task of {@code CarRental-v1}. */
  public CarRental(CarRentalOptions options) {
    this.spec =
        EnvironmentSpec.of("CarRental-v1", new Discrete(STATES), new Discrete(ACTIONS, -MOST_MOVED))
            .withMaxEpisodeSteps(options.maxEpisodeSteps())
            .withLegend(
                new Legend(
                    List.of("cars at the first place * 21 + cars at the second"),
                    moves(),
                    "A rented car pays 10, each car moved overnight costs 2."))
            .continuing();
    this.options = options;
  }

  private static List<String> moves() {
    List<String> names = new ArrayList<>();
    for (int cars = -MOST_MOVED; cars <= MOST_MOVED; cars++) {
      names.add(
          cars < 0 ? "move " + -cars + " back" : cars == 0 ? "none" : "move " + cars + " over");
    }
    return names;
  }

  /** The cars of the morning, as a state, if so many should move from the first place. */
  private static int morning(int state, int wanted) {
    int moved = Math.clamp(wanted, -(state % LEVELS), state / LEVELS);
    int here = Math.min(CAPACITY, state / LEVELS - moved);
    int there = Math.min(CAPACITY, state % LEVELS + moved);
    return here * LEVELS + there;
  }

  /** What the night pays, which is never above 0. */
  private double night(int morning, int wanted) {
    int paid = options.freeShuttle() && wanted > 0 ? wanted - 1 : Math.abs(wanted);
    int full =
        (morning / LEVELS > FREE_PARKING ? 1 : 0) + (morning % LEVELS > FREE_PARKING ? 1 : 0);
    return -MOVE_COST * paid - options.parkingCost() * full;
  }

  private double expectedIncome(int morning) {
    return CREDIT * (first.expectedLet(morning / LEVELS) + second.expectedLet(morning % LEVELS));
  }

  @Override
  public EnvironmentSpec spec() {
    return spec;
  }

  @Override
  public void reset(RandomStream random, Observation observation) {
    state = START;
    observation.setDiscrete(state);
  }

  @Override
  public void step(Action action, RandomStream random, Outcome outcome) {
    int wanted = action.discrete();
    int morning = morning(state, wanted);
    int cars = morning / LEVELS;
    int others = morning % LEVELS;
    if (options.drawnIncome()) {
      int let = first.drawLet(cars, random);
      int otherLet = second.drawLet(others, random);
      state =
          first.drawBack(cars - let, random) * LEVELS + second.drawBack(others - otherLet, random);
      outcome.reward(CREDIT * (let + otherLet) + night(morning, wanted));
    } else {
      state = first.drawEvening(cars, random) * LEVELS + second.drawEvening(others, random);
      outcome.reward(expectedIncome(morning) + night(morning, wanted));
    }
    outcome.observation().setDiscrete(state);
  }

  private FiniteModel model() {
    FiniteModel built = model;
    if (built == null) {
      FiniteModel.Builder builder = FiniteModel.builder(STATES, ACTIONS).initial(START, 1);
      for (int s = 0; s < STATES; s++) {
        for (int a = 0; a < ACTIONS; a++) {
          int wanted = a - MOST_MOVED;
          int morning = morning(s, wanted);
          double reward = expectedIncome(morning) + night(morning, wanted);
          for (int next = 0; next < STATES; next++) {
            double chance =
                first.evening(morning / LEVELS, next / LEVELS)
                    * second.evening(morning % LEVELS, next % LEVELS);
            builder.add(s, a, chance, next, reward, false);
          }
        }
      }
      built = builder.build();
      model = built;
    }
    return built;
  }

  @Override
  public <T> Optional<T> capability(Class<T> type) {
    if (type == Modelled.class && !options.drawnIncome()) {
      Modelled modelled = this::model;
      return Optional.of(type.cast(modelled));
    }
    if (type == Afterstates.class) {
      return Optional.of(type.cast(new Mornings()));
    }
    if (type == PictureView.class) {
      return Optional.of(type.cast(CarsPicture.of(() -> state / LEVELS, () -> state % LEVELS)));
    }
    if (type == TextView.class) {
      TextView view = colour -> "%d and %d cars%n".formatted(state / LEVELS, state % LEVELS);
      return Optional.of(type.cast(view));
    }
    if (type == GridView.class) {
      return Optional.of(type.cast(new Grid()));
    }
    return Environment.super.capability(type);
  }

  @Override
  public void carry(State state) {
    state.begin("car-rental", 1);
    this.state = state.carryIndex("state", this.state, STATES);
    state.end();
  }

  /** The afterstates: the cars of the morning. */
  private final class Mornings implements Afterstates {
    @Override
    public int afterstates() {
      return STATES;
    }

    @Override
    public int afterstate(int before, int action) {
      return morning(before, action - MOST_MOVED);
    }

    @Override
    public double reward(int before, int action) {
      int wanted = action - MOST_MOVED;
      return night(morning(before, wanted), wanted);
    }
  }

  /** Cars at the first place upwards, those at the second to the right, as in figure 4.2. */
  private static final class Grid implements GridView {
    @Override
    public int height() {
      return LEVELS;
    }

    @Override
    public int width() {
      return LEVELS;
    }

    @Override
    public int state(int layer, int row, int column) {
      return (CAPACITY - row) * LEVELS + column;
    }

    /** Digits, those of cars moved to the first place in discs. */
    @Override
    public char glyph(int action) {
      return "❺❹❸❷❶012345".charAt(action);
    }
  }

  /** One of the two places. */
  private static final class Place {
    /** P(cars let | cars in the morning), cumulative, by morning and cars let. */
    private final double[] let = new double[STATES];

    /** P(cars in the evening | cars not let), cumulative, by cars not let and cars. */
    private final double[] back = new double[STATES];

    private final double[] evening = new double[STATES];
    private final double[] eveningSum = new double[STATES];
    private final double[] expectedLet = new double[LEVELS];

    Place(double asked, double brought) {
      for (int cars = 0; cars <= CAPACITY; cars++) {
        for (int n = 0; n <= cars; n++) {
          double chance = capped(asked, n, cars);
          expectedLet[cars] += chance * n;
          for (int more = 0; more <= CAPACITY - cars + n; more++) {
            evening[cars * LEVELS + cars - n + more] +=
                chance * capped(brought, more, CAPACITY - cars + n);
          }
          add(let, cars, n, chance);
        }
        for (int now = cars; now <= CAPACITY; now++) {
          add(back, cars, now, capped(brought, now - cars, CAPACITY - cars));
        }
      }
      for (int cars = 0; cars <= CAPACITY; cars++) {
        for (int now = 0; now <= CAPACITY; now++) {
          add(eveningSum, cars, now, evening[cars * LEVELS + now]);
        }
      }
    }

    private static void add(double[] cumulative, int row, int column, double chance) {
      int at = row * LEVELS + column;
      cumulative[at] = chance + (column == 0 ? 0 : cumulative[at - 1]);
    }

    /** Poisson with what lies above the cap added to it. */
    private static double capped(double mean, int n, int cap) {
      double chance = StrictMath.exp(-mean);
      double below = 0;
      for (int k = 0; k < n; k++) {
        below += chance;
        chance *= mean / (k + 1);
      }
      return n < cap ? chance : Math.max(0, 1 - below);
    }

    double evening(int cars, int now) {
      return evening[cars * LEVELS + now];
    }

    double expectedLet(int cars) {
      return expectedLet[cars];
    }

    int drawLet(int cars, RandomStream random) {
      return draw(let, cars, 0, cars, random);
    }

    int drawBack(int cars, RandomStream random) {
      return draw(back, cars, cars, CAPACITY, random);
    }

    int drawEvening(int cars, RandomStream random) {
      return draw(eveningSum, cars, 0, CAPACITY, random);
    }

    private static int draw(double[] cumulative, int row, int from, int last, RandomStream random) {
      double u = random.random();
      int n = from;
      // Rounding can leave the whole sum below 1: the last one takes the rest.
      while (n < last && cumulative[row * LEVELS + n] <= u) {
        n++;
      }
      return n;
    }
  }
}
