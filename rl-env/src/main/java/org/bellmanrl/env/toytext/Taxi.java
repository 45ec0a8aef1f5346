package org.bellmanrl.env.toytext;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.IntSupplier;
import org.bellmanrl.api.Action;
import org.bellmanrl.api.Environment;
import org.bellmanrl.api.EnvironmentSpec;
import org.bellmanrl.api.Legend;
import org.bellmanrl.api.Observation;
import org.bellmanrl.api.Outcome;
import org.bellmanrl.api.VectorEnvironment;
import org.bellmanrl.api.model.FiniteModel;
import org.bellmanrl.api.model.Modelled;
import org.bellmanrl.api.random.RandomStream;
import org.bellmanrl.api.render.PictureView;
import org.bellmanrl.api.space.Discrete;
import org.bellmanrl.api.state.State;
import org.bellmanrl.env.TableTask;

/**
 * Fetch a passenger at one of four stands and bring them to another (T. G. Dietterich,
 * "Hierarchical Reinforcement Learning with the MAXQ Value Function Decomposition", 2000).
 *
 * <p>The observation is {@code ((row * 5 + column) * 5 + passenger) * 4 + destination}: the taxi's
 * place on 5 rows of 5, the stand where the passenger waits (0 red, 1 green, 2 yellow, 3 blue; 4 in
 * the taxi) and the stand they want to go to. The actions are 0 south, 1 north, 2 east, 3 west, 4
 * pick up and 5 drop off. Each step costs 1; picking up or dropping off where that can't be done
 * costs 10; arriving pays 20 and ends the episode. An episode has at most 200 steps.
 *
 * <p>In the rain a move that no wall or edge forbids goes to either side with half of what {@code
 * rainy_probability} leaves. A fickle passenger draws another destination on the first change of
 * place with the taxi.
 *
 * <p>The action mask, if there is one, rules out what would change nothing; actions it rules out
 * still have their outcome when taken. Equal to Gymnasium 1.3.0's {@code Taxi-v4} draw for draw.
 * Can show a grid and text, and, if the passenger isn't fickle, its exact model (else the
 * observation does not tell whether the passenger has yet to change their mind).
 */
public final class Taxi extends TableTask {
  static final int SIZE = 5;
  static final int STANDS = 4;
  static final int IN_TAXI = 4;
  static final int SOUTH = 0;
  static final int NORTH = 1;
  static final int EAST = 2;
  static final int WEST = 3;
  static final int PICK_UP = 4;
  static final int DROP_OFF = 5;

  private static final int ACTIONS = 6;
  private static final int STATES = SIZE * SIZE * (STANDS + 1) * STANDS;

  /** The streets: a bar in between two places is a wall. */
  private static final List<String> STREETS =
      List.of("R: | : :G", " : | : : ", " : : : : ", " | : | : ", "Y| : |B: ");

  private static final int[] STAND_PLACES = {0, 4, 20, 23};

  /** What lies to the left and to the right of each heading. */
  private static final int[] LEFT_OF = {EAST, WEST, NORTH, SOUTH};

  private static final int[] RIGHT_OF = {WEST, EAST, SOUTH, NORTH};

  private final TaxiOptions options;
  private boolean willChangeMind;

  /** The taxi of {@code Taxi-v4}. */
  public Taxi(TaxiOptions options) {
    EnvironmentSpec unmasked =
        EnvironmentSpec.of("Taxi-v4", new Discrete(STATES), new Discrete(ACTIONS))
            .withMaxEpisodeSteps(200)
            .withLegend(
                new Legend(
                    List.of(
                        "((row * 5 + column) * 5 + passenger) * 4 + destination; stands are 0 red, 1 green, 2 yellow, 3 blue, and 4 is in the taxi"),
                    List.of("down", "up", "right", "left", "pick up", "drop off"),
                    "Each step costs 1, arriving pays 20 and ends the episode, and picking up or dropping off where that cannot be done costs 10. R, G, Y and B are the stands."));
    super(options.actionMask() ? unmasked.withMask() : unmasked, model(options), useful(), "taxi");
    this.options = options;
  }

  /** Whether each action does anything, by state and action. */
  private static boolean[] useful() {
    boolean[] useful = new boolean[STATES * ACTIONS];
    for (int s = 0; s < STATES; s++) {
      for (int heading = SOUTH; heading <= WEST; heading++) {
        useful[s * ACTIONS + heading] = moved(s, heading) != s;
      }
      useful[s * ACTIONS + PICK_UP] = canPickUp(s);
      useful[s * ACTIONS + DROP_OFF] = canDropOff(s);
    }
    return useful;
  }

  private static FiniteModel model(TaxiOptions options) {
    FiniteModel.Builder model = FiniteModel.builder(STATES, ACTIONS);
    for (int s = 0; s < STATES; s++) {
      if (passenger(s) != IN_TAXI && passenger(s) != destination(s)) {
        model.initial(s, 1.0 / (SIZE * SIZE * STANDS * (STANDS - 1)));
      }
      for (int a = SOUTH; a <= WEST; a++) {
        if (options.isRainy()) {
          addRainyMove(model, s, a, options.rainyProbability());
        } else {
          model.add(s, a, 1, moved(s, a), -1, false);
        }
      }
      addPickUp(model, s);
      addDropOff(model, s);
    }
    return model.build();
  }

  private static void addRainyMove(FiniteModel.Builder model, int s, int a, double asMeant) {
    // What is blocked ahead doesn't drift either.
    boolean drifts = moved(s, a) != s;
    double sideways = (1 - asMeant) / 2;
    model.add(s, a, asMeant, moved(s, a), -1, false);
    model.add(s, a, sideways, drifts ? moved(s, LEFT_OF[a]) : s, -1, false);
    model.add(s, a, sideways, drifts ? moved(s, RIGHT_OF[a]) : s, -1, false);
  }

  private static void addPickUp(FiniteModel.Builder model, int s) {
    if (canPickUp(s)) {
      model.add(s, PICK_UP, 1, state(place(s), IN_TAXI, destination(s)), -1, false);
    } else {
      model.add(s, PICK_UP, 1, s, -10, false);
    }
  }

  private static void addDropOff(FiniteModel.Builder model, int s) {
    if (canDropOff(s)) {
      int stand = standAt(place(s));
      boolean arrived = stand == destination(s);
      int next = state(place(s), stand, destination(s));
      model.add(s, DROP_OFF, 1, next, arrived ? 20 : -1, arrived);
    } else {
      model.add(s, DROP_OFF, 1, s, -10, false);
    }
  }

  static int state(int place, int passenger, int destination) {
    return (place * (STANDS + 1) + passenger) * STANDS + destination;
  }

  static int place(int state) {
    return state / ((STANDS + 1) * STANDS);
  }

  static int passenger(int state) {
    return state / STANDS % (STANDS + 1);
  }

  static int destination(int state) {
    return state % STANDS;
  }

  /** The place of a stand. */
  static int standPlace(int stand) {
    return STAND_PLACES[stand];
  }

  /** The stand at a place, or −1 if none is there. */
  static int standAt(int place) {
    for (int stand = 0; stand < STANDS; stand++) {
      if (STAND_PLACES[stand] == place) {
        return stand;
      }
    }
    return -1;
  }

  /** Whether one can drive from a place to its neighbour in the east. */
  static boolean openEast(int row, int column) {
    return column < SIZE - 1 && STREETS.get(row).charAt(2 * column + 1) == ':';
  }

  private static int moved(int s, int heading) {
    int row = place(s) / SIZE;
    int column = place(s) % SIZE;
    switch (heading) {
      case SOUTH -> row = Math.min(row + 1, SIZE - 1);
      case NORTH -> row = Math.max(row - 1, 0);
      case EAST -> column += openEast(row, column) ? 1 : 0;
      case WEST -> column -= column > 0 && openEast(row, column - 1) ? 1 : 0;
      default -> throw new IllegalArgumentException("heading must be in [0, 4), was " + heading);
    }
    return state(row * SIZE + column, passenger(s), destination(s));
  }

  private static boolean canPickUp(int s) {
    return passenger(s) != IN_TAXI && place(s) == STAND_PLACES[passenger(s)];
  }

  private static boolean canDropOff(int s) {
    return passenger(s) == IN_TAXI && standAt(place(s)) >= 0;
  }

  /**
   * Many taxis, stepped together; equal to single ones to the bit. Those with fickle passengers,
   * which no table describes, are single ones stepped one after the other.
   *
   * @param rows how many, at least 1
   */
  public static VectorEnvironment batch(TaxiOptions options, int rows) {
    if (options.ficklePassenger()) {
      Environment[] taxis = new Environment[rows];
      Arrays.setAll(taxis, row -> new Taxi(options));
      return VectorEnvironment.of(taxis);
    }
    return new Taxi(options).batch(rows);
  }

  @Override
  public void reset(RandomStream random, Observation observation) {
    super.reset(random, observation);
    willChangeMind = options.ficklePassenger() && random.random() < options.fickleProbability();
  }

  @Override
  public void step(Action action, RandomStream random, Outcome outcome) {
    int before = state();
    super.step(action, random, outcome);
    if (willChangeMind && passenger(before) == IN_TAXI && place(state()) != place(before)) {
      willChangeMind = false;
      moveTo(withOtherDestination(state(), random), outcome.observation());
    }
  }

  /** Draws one of the three other stands, in their order. */
  private static int withOtherDestination(int state, RandomStream random) {
    int other = random.choice(STANDS - 1);
    int destination = destination(state);
    return state(place(state), passenger(state), other < destination ? other : other + 1);
  }

  @Override
  public <T> Optional<T> capability(Class<T> type) {
    boolean untrue = type == Modelled.class && options.ficklePassenger();
    return untrue ? Optional.empty() : super.capability(type);
  }

  @Override
  protected <T> Optional<T> shown(Class<T> type, IntSupplier current) {
    if (type == PictureView.class) {
      return Optional.of(type.cast(TaxiPicture.of(current)));
    }
    TaxiView view = new TaxiView(current);
    return type.isInstance(view) ? Optional.of(type.cast(view)) : Optional.empty();
  }

  @Override
  public void carry(State state) {
    super.carry(state);
    if (options.ficklePassenger()) {
      state.begin("fickle-passenger", 1);
      willChangeMind = state.carry("will-change-mind", willChangeMind);
      state.end();
    }
  }
}
