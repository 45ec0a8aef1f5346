package org.bellmanrl.env.toytext;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.IntSupplier;
import org.bellmanrl.api.Action;
import org.bellmanrl.api.Environment;
import org.bellmanrl.api.EnvironmentSpec;
import org.bellmanrl.api.Observation;
import org.bellmanrl.api.Outcome;
import org.bellmanrl.api.VectorEnvironment;
import org.bellmanrl.api.model.FiniteModel;
import org.bellmanrl.api.model.Modelled;
import org.bellmanrl.api.random.RandomStream;
import org.bellmanrl.api.render.PictureView;
import org.bellmanrl.api.space.Discrete;
import org.bellmanrl.api.state.State;
import org.bellmanrl.env.internal.grid.Dynamics;

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
public final class Taxi implements Environment {
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

  private final EnvironmentSpec spec;
  private final TaxiOptions options;
  private final FiniteModel model;
  private final Dynamics dynamics;
  private final boolean[] useful;

  private int state;
  private boolean willChangeMind;

  /** The taxi of {@code Taxi-v4}. */
  public Taxi(TaxiOptions options) {
    EnvironmentSpec unmasked =
        EnvironmentSpec.of("Taxi-v4", new Discrete(STATES), new Discrete(ACTIONS))
            .withMaxEpisodeSteps(200);
    this.spec = options.actionMask() ? unmasked.withMask() : unmasked;
    this.options = options;
    this.model = model(options);
    this.dynamics = new Dynamics(model);
    this.useful = new boolean[STATES * ACTIONS];
    for (int s = 0; s < STATES; s++) {
      for (int heading = SOUTH; heading <= WEST; heading++) {
        useful[s * ACTIONS + heading] = moved(s, heading) != s;
      }
      useful[s * ACTIONS + PICK_UP] = canPickUp(s);
      useful[s * ACTIONS + DROP_OFF] = canDropOff(s);
    }
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
    Taxi one = new Taxi(options);
    return new TableBatch(one.spec, one.dynamics, one.useful, Taxi::shown, rows);
  }

  @Override
  public EnvironmentSpec spec() {
    return spec;
  }

  @Override
  public void reset(RandomStream random, Observation observation) {
    state = dynamics.drawStart(random);
    willChangeMind = options.ficklePassenger() && random.random() < options.fickleProbability();
    show(observation);
  }

  @Override
  public void step(Action action, RandomStream random, Outcome outcome) {
    int before = state;
    int drawn = dynamics.drawOutcome(state, action.discrete(), random);
    state = model.next(drawn);
    if (willChangeMind && passenger(before) == IN_TAXI && place(state) != place(before)) {
      willChangeMind = false;
      changeDestination(random);
    }
    outcome.reward(model.reward(drawn));
    if (model.terminated(drawn)) {
      outcome.terminate();
    }
    show(outcome.observation());
  }

  /** One of the three other stands, in their order. */
  private void changeDestination(RandomStream random) {
    int other = random.choice(STANDS - 1);
    int destination = destination(state);
    state = state(place(state), passenger(state), other < destination ? other : other + 1);
  }

  private void show(Observation observation) {
    observation.setDiscrete(state);
    if (options.actionMask()) {
      for (int a = 0; a < ACTIONS; a++) {
        observation.allow(a, useful[state * ACTIONS + a]);
      }
    }
  }

  @Override
  public <T> Optional<T> capability(Class<T> type) {
    if (type == Modelled.class) {
      Modelled modelled = () -> model;
      return options.ficklePassenger() ? Optional.empty() : Optional.of(type.cast(modelled));
    }
    Optional<T> shown = shown(type, () -> state);
    return shown.isPresent() ? shown : Environment.super.capability(type);
  }

  /** What can show a taxi in any state. */
  private static <T> Optional<T> shown(Class<T> type, IntSupplier state) {
    if (type == PictureView.class) {
      return Optional.of(type.cast(TaxiPicture.of(state)));
    }
    TaxiView view = new TaxiView(state);
    return type.isInstance(view) ? Optional.of(type.cast(view)) : Optional.empty();
  }

  @Override
  public void carry(State state) {
    state.begin("taxi", 1);
    state = state.carryIndex("state", state, STATES);
    willChangeMind = state.carry("will-change-mind", willChangeMind);
    state.end();
  }
}
