package org.bellmanrl.tabular.planning;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.Arrays;
import org.bellmanrl.api.Action;
import org.bellmanrl.api.Actions;
import org.bellmanrl.api.Environment;
import org.bellmanrl.api.EnvironmentSpec;
import org.bellmanrl.api.LearningException;
import org.bellmanrl.api.Observations;
import org.bellmanrl.api.Outcome;
import org.bellmanrl.api.Outcomes;
import org.bellmanrl.api.options.Described;
import org.bellmanrl.api.options.Require;
import org.bellmanrl.api.random.RandomStream;
import org.bellmanrl.api.space.Dict;
import org.bellmanrl.api.space.ProductIndex;
import org.bellmanrl.api.space.Rows;
import org.bellmanrl.api.state.BinaryState;
import org.bellmanrl.api.state.Stateful;
import org.bellmanrl.tabular.internal.ActionIndex;
import org.jspecify.annotations.Nullable;

/**
 * Plans the next action by playing many futures from the present moment and keeping count of them
 * in a tree: UCT, Monte Carlo tree search with upper confidence bounds.
 *
 * <pre>
 * from the moment that was saved, again and again:
 *   in the tree:    A ← an action not tried here yet, else argmax_a [Q(a) + c √(ln N / N(a))]
 *   a new node:     ends the way through the tree
 *   beyond it:      actions at random until the episode or the horizon ends
 *   on the way back: G ← R + γ G;  N(a) ← N(a) + 1;  Q(a) ← Q(a) + [G − Q(a)] / N(a)
 * play the action that was tried most
 * </pre>
 *
 * <p>Source: Kocsis &amp; Szepesvári, <i>Bandit Based Monte-Carlo Planning</i>, ECML 2006; Sutton
 * &amp; Barto, 2nd ed., 2018, section 8.11. The environment needs no model: it is enough that it
 * can be saved and restored, and a second one with the same options is played in its stead. The
 * bound is made for returns in [0, 1]; where they lie wider, c must grow as they do. Where
 * observations are finite a node is one of those that chance may lead to; where they are not,
 * chance is averaged over and nodes are sequences of actions. γ is multiplied by the environment's
 * own discount. Each call begins a new tree.
 *
 * <pre>{@code
 * Uct planner = new Uct(simulator, Uct.Config.defaults(), RandomStream.ofSeed(1));
 * while (!game.ended()) {
 *   game.step(planner.plan(task, game.observations()));
 * }
 * }</pre>
 *
 * <p>Draws from its own stream alone. {@link UctSearch} is this over an exact model, as a learner.
 * Not thread-safe.
 */
public final class Uct {
  private static final int ROW = 0;

  private final Environment simulator;
  private final Stateful saved;
  private final Config config;
  private final RandomStream random;
  private final ActionIndex index;
  private final @Nullable ProductIndex states;
  private final int actions;
  private final Rows rows = Rows.all(1);
  private final Outcomes outcomes;
  private final Outcome outcome;
  private final Actions chosen;
  private final Action action;

  private int nodes;
  private final int[] visits;
  private final int[] tries;
  private final double[] q;
  private final boolean[] allowed;

  /** The first child of an edge (node and action), and the next child of the same edge by node. */
  private final int[] firstChild;

  private final int[] nextChild;
  private final int[] shown;

  private final int[] path;
  private final double[] rewards;
  private final double[] discounts;

  /**
   * Creates a planner for tasks like one.
   *
   * @param simulator is played instead of the task: made with the same options, and used by nothing
   *     else
   * @param random what futures are drawn from
   * @throws IllegalArgumentException if actions are not finite, or the environment can't be saved
   */
  public <E extends Environment & Stateful> Uct(E simulator, Config config, RandomStream random) {
    EnvironmentSpec spec = simulator.spec();
    if (!spec.resumable()) {
      throw new IllegalArgumentException(
          "uct needs an environment that can be saved and restored, which %s can't"
              .formatted(spec.name()));
    }
    this.simulator = simulator;
    this.saved = simulator;
    this.config = config;
    this.random = random;
    this.index = ActionIndex.of(spec.actionSpace());
    this.states = ProductIndex.of(spec.observationSpace()).orElse(null);
    this.actions = index.size();
    this.outcomes = new Outcomes(spec, 1);
    this.outcome = new Outcome(outcomes);
    this.chosen = new Actions(spec.actionSpace(), Dict.EMPTY, 1);
    this.action = new Action(chosen.values());
    if ((config.simulations() + 1L) * actions > Integer.MAX_VALUE) {
      throw new LearningException(
          "simulations must be at most %d with %d actions, was %d"
              .formatted(Integer.MAX_VALUE / actions - 1, actions, config.simulations()));
    }
    int most = config.simulations() + 1;
    int edges = most * actions;
    this.visits = new int[most];
    this.tries = new int[edges];
    this.q = new double[edges];
    this.allowed = new boolean[edges];
    this.firstChild = new int[edges];
    this.nextChild = new int[most];
    this.shown = new int[most];
    this.path = new int[config.horizon()];
    this.rewards = new double[config.horizon()];
    this.discounts = new double[config.horizon()];
  }

  /**
   * Plans the next action.
   *
   * @param now the environment as it is, which is only saved
   * @param seen what it shows, in row 0
   * @return the action if the space is Discrete, else its index
   */
  public int plan(Stateful now, Observations seen) {
    return index.value(best(now, seen, ROW));
  }

  /** The index of the action that is planned for what a row shows. */
  int best(Stateful now, Observations seen, int row) {
    byte[] moment = BinaryState.toBytes(now);
    nodes = 0;
    int root = addNode(seen, row, 0);
    for (int i = 0; i < config.simulations(); i++) {
      BinaryState.fromBytes(moment, saved);
      simulate(root);
    }
    int best = -1;
    for (int a = 0; a < actions; a++) {
      if (allowed[a] && (best < 0 || better(a, best))) {
        best = a;
      }
    }
    return best;
  }

  private boolean better(int a, int than) {
    return tries[a] != tries[than] ? tries[a] > tries[than] : q[a] > q[than];
  }

  /** The value that the last plan gave to an action, by its index. */
  public double value(int action) {
    return q[action];
  }

  /** How often the last plan tried an action, by its index. */
  public int tries(int action) {
    return tries[action];
  }

  private void simulate(int root) {
    int node = root;
    int steps = 0;
    boolean inTree = true;
    int inTreeSteps = 0;
    boolean over = false;
    while (steps < path.length && !over) {
      int a = inTree ? select(node) : rollOut();
      over = step(a, steps);
      if (inTree) {
        int edge = node * actions + a;
        path[steps] = edge;
        inTreeSteps++;
        int child = over ? root : child(edge);
        inTree = child >= 0;
        node = inTree ? child : addChild(edge);
      }
      steps++;
    }
    double g = 0;
    for (int i = steps - 1; i >= 0; i--) {
      g = rewards[i] + config.gamma() * discounts[i] * g;
      if (i < inTreeSteps) {
        int edge = path[i];
        visits[edge / actions]++;
        tries[edge]++;
        q[edge] += (g - q[edge]) / tries[edge];
      }
    }
  }

  private boolean step(int a, int at) {
    index.set(a, chosen.values(), ROW);
    outcomes.clear(rows);
    simulator.step(action.at(chosen.values(), ROW), random, outcome.at(outcomes, ROW));
    rewards[at] = outcomes.reward()[ROW];
    discounts[at] = outcomes.discount()[ROW];
    return outcomes.terminated()[ROW] || outcomes.truncated()[ROW];
  }

  /** An untried action, each as likely, or the one of the highest bound. */
  private int select(int node) {
    int from = node * actions;
    int untried = 0;
    for (int a = 0; a < actions; a++) {
      untried += allowed[from + a] && tries[from + a] == 0 ? 1 : 0;
    }
    if (untried > 0) {
      int skip = random.integers(untried);
      for (int a = 0; ; a++) {
        if (allowed[from + a] && tries[from + a] == 0 && skip-- == 0) {
          return a;
        }
      }
    }
    int best = -1;
    double highest = Double.NEGATIVE_INFINITY;
    double logVisits = StrictMath.log(visits[node]);
    for (int a = 0; a < actions; a++) {
      if (allowed[from + a]) {
        double bound = q[from + a] + config.exploration() * Math.sqrt(logVisits / tries[from + a]);
        if (best < 0 || bound > highest) {
          highest = bound;
          best = a;
        }
      }
    }
    return best;
  }

  private int rollOut() {
    Observations now = outcomes.observations();
    return index.allowed(now, ROW, random.integers(index.countAllowed(now, ROW)));
  }

  /** The node that an edge leads to where the simulator is now, or -1. */
  private int child(int edge) {
    int seen = key();
    int child = firstChild[edge];
    while (child >= 0 && shown[child] != seen) {
      child = nextChild[child];
    }
    return child;
  }

  private int addChild(int edge) {
    int child = addNode(outcomes.observations(), ROW, key());
    nextChild[child] = firstChild[edge];
    firstChild[edge] = child;
    return child;
  }

  private int key() {
    return states == null ? 0 : states.of(outcomes.observations().values(), ROW);
  }

  private int addNode(Observations seen, int row, int key) {
    int node = nodes++;
    int from = node * actions;
    visits[node] = 0;
    shown[node] = key;
    nextChild[node] = -1;
    Arrays.fill(tries, from, from + actions, 0);
    Arrays.fill(q, from, from + actions, 0);
    Arrays.fill(firstChild, from, from + actions, -1);
    for (int a = 0; a < actions; a++) {
      allowed[from + a] = index.allows(seen, row, a);
    }
    return node;
  }

  /**
   * How a planner plans.
   *
   * @param simulations futures played per action, at least 1
   * @param horizon steps in a future at most, at least 1
   * @param gamma γ, in [0, 1]
   * @param exploration c, at least 0
   */
  @RecordBuilder
  public record Config(
      @Described(value = "futures played per action", range = Require.AT_LEAST_ONE) int simulations,
      @Described(value = "steps in a future at most", range = Require.AT_LEAST_ONE) int horizon,
      @Described(value = "discount factor of the task", range = Require.UNIT) double gamma,
      @Described(value = "width of the confidence bound", range = Require.NOT_NEGATIVE)
          double exploration)
      implements UctConfigBuilder.With {
    public Config {
      Require.atLeast("simulations", simulations, 1);
      Require.atLeast("horizon", horizon, 1);
      Require.unit("gamma", gamma);
      Require.notNegative("exploration", exploration);
    }

    /**
     * Returns the defaults: 1000 futures of up to 100 steps, γ = 0.99, and c = √2, which suits
     * returns in [0, 1].
     */
    public static Config defaults() {
      return new Config(1000, 100, 0.99, Math.sqrt(2));
    }
  }
}
