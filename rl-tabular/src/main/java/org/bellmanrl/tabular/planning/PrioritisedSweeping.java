package org.bellmanrl.tabular.planning;

import java.util.Optional;
import org.bellmanrl.api.Accepts;
import org.bellmanrl.api.Learner;
import org.bellmanrl.api.LearnerContext;
import org.bellmanrl.api.Metrics;
import org.bellmanrl.api.Policy;
import org.bellmanrl.api.Transitions;
import org.bellmanrl.api.ValueFunction;
import org.bellmanrl.api.options.Described;
import org.bellmanrl.api.schedule.Schedule;
import org.bellmanrl.api.schedule.Scheduled;
import org.bellmanrl.api.space.Rows;
import org.bellmanrl.api.state.StateException;
import org.bellmanrl.api.state.StateReader;
import org.bellmanrl.api.state.StateWriter;
import org.bellmanrl.tabular.internal.Checks;
import org.bellmanrl.tabular.internal.IndexedHeap;
import org.bellmanrl.tabular.policy.Exploration;
import org.bellmanrl.tabular.policy.Greedy;
import org.bellmanrl.tabular.policy.TieBreak;
import org.bellmanrl.tabular.table.QTable;

/**
 * Learns a model and plans where values change most: backwards from surprises.
 *
 * <pre>
 * Model(S, A) ← R, S';   P ← |R + γ max_a Q(S', a) − Q(S, A)|;   if P &gt; θ: queue (S, A) by P
 * n times, while any is queued:
 *   (S, A) ← first of the queue,   R, S' ← Model(S, A)
 *   Q(S, A) ← Q(S, A) + α [R + γ max_a Q(S', a) − Q(S, A)]
 *   for all (S̄, Ā) that lead to S by the model, paying R̄:
 *     P ← |R̄ + γ max_a Q(S, a) − Q(S̄, Ā)|;   if P &gt; θ: queue (S̄, Ā) by P
 * </pre>
 *
 * <p>Source: Moore &amp; Atkeson, <i>Prioritized Sweeping</i>, Machine Learning 13, 1993; Peng
 * &amp; Williams, Adaptive Behavior 1, 1993; Sutton &amp; Barto, 2nd ed., 2018, section 8.4. The
 * model takes the world for deterministic.
 *
 * <p>The maximum is over the actions that the mask of S' allows, and γ is multiplied by the
 * environment's own discount, which is 0 after a terminal state; at a truncation S' is the true
 * last observation. What is queued already moves to its new priority, up or down, and leaves the
 * queue if that is θ or less. Not thread-safe.
 */
public final class PrioritisedSweeping implements Learner {
  private final QTable q;
  private final double gamma;
  private final Scheduled stepSize;
  private final int planningSteps;
  private final SampleModel model;
  private final double theta;
  private final IndexedHeap queue;
  private final Leads leads;
  private final Policy behaviour;
  private final Greedy policy;

  /**
   * A learner with a table of its own.
   *
   * @throws IllegalArgumentException if observations or actions are not finite
   */
  public PrioritisedSweeping(LearnerContext context, Config config) {
    Accepts.tables().check("prioritised-sweeping", context.spec());
    this.q = new QTable(context.spec(), config.initialValue());
    this.gamma = config.gamma();
    this.stepSize = new Scheduled(config.stepSize(), context.progress());
    this.planningSteps = config.planningSteps();
    this.model = new SampleModel(context.spec(), q);
    this.theta = config.theta();
    this.queue = new IndexedHeap(q.entries());
    this.leads = new Leads(q.states(), q.entries());
    this.behaviour =
        config
            .exploration()
            .over(q, context, config.epsilon(), config.temperature(), config.ties());
    this.policy = new Greedy(q, context.spec().actionSpace(), config.ties());
  }

  @Override
  public void observe(Transitions transitions) {
    double alpha = stepSize.now();
    Rows rows = transitions.rows();
    for (int i = 0; i < rows.count(); i++) {
      int row = rows.at(i);
      int entry = q.entry(transitions.observations(), transitions.actions(), row);
      model.learn(entry, transitions, row);
      leads.set(entry, q.first(model.next(), entry) / q.actions());
      enqueue(entry);
      for (int n = 0; n < planningSteps && !queue.isEmpty(); n++) {
        int planned = queue.poll();
        q.add(planned, alpha * error(planned));
        int state = planned / q.actions();
        for (int before = leads.first(state); before != Leads.NONE; before = leads.next(before)) {
          enqueue(before);
        }
      }
    }
  }

  private double error(int entry) {
    double next = q.max(model.next(), entry);
    return model.reward(entry) + gamma * model.discount(entry) * next - q.get(entry);
  }

  private void enqueue(int entry) {
    double priority = Math.abs(error(entry));
    if (priority > theta) {
      queue.put(entry, priority);
    } else {
      queue.remove(entry);
    }
  }

  @Override
  public Policy behaviour() {
    return behaviour;
  }

  /** Greedy in the values. */
  @Override
  public Policy policy() {
    return policy;
  }

  /** The table. */
  public QTable table() {
    return q;
  }

  @Override
  public Optional<ValueFunction> values() {
    return Optional.of(q);
  }

  @Override
  public void report(Metrics metrics) {
    Exploration.report(behaviour, metrics);
  }

  @Override
  public void save(StateWriter out) {
    out.begin("prioritised-sweeping", 1);
    out.write("q", q);
    out.write("model", model);
    out.write("leads", leads);
    saveQueue(out);
    out.end();
  }

  @Override
  public void restore(StateReader in) {
    in.begin("prioritised-sweeping", 1);
    in.read("q", q);
    in.read("model", model);
    in.read("leads", leads);
    restoreQueue(in);
    in.end();
  }

  /** The places in the queue are not needed: its order follows from the priorities. */
  private void saveQueue(StateWriter out) {
    int[] items = new int[queue.size()];
    double[] priorities = new double[items.length];
    for (int i = 0; i < items.length; i++) {
      items[i] = queue.at(i);
      priorities[i] = queue.priority(items[i]);
    }
    out.write("queued", items);
    out.write("priorities", priorities);
  }

  private void restoreQueue(StateReader in) {
    int[] items = in.readInts("queued", q.entries());
    double[] priorities = in.readDoubles("priorities", q.entries());
    queue.clear();
    for (int i = 0; i < items.length; i++) {
      if (items[i] < 0 || items[i] >= q.entries() || priorities.length != items.length) {
        throw new StateException(
            "a saved queue holds entry %d of %d, with %d priorities for %d entries"
                .formatted(items[i], q.entries(), priorities.length, items.length));
      }
      queue.put(items[i], priorities[i]);
    }
  }

  /**
   * Hyperparameters. Step size, ε and the number of planning steps default to those of Sutton &amp;
   * Barto's example 8.1; γ defaults to 0.95 as there. θ defaults to 1e-4.
   *
   * @param stepSize α, in (0, 1]
   * @param gamma γ, in [0, 1]
   * @param planningSteps updates from the model per step, at least 1
   * @param theta θ: changes up to that are not followed up, at least 0
   * @param exploration the policy behaved by
   * @param epsilon ε of the ε-greedy policy, in [0, 1]
   * @param temperature of the softmax policy, above 0
   * @param ties what to do with several best actions
   * @param initialValue what the table holds before anything is learned, finite
   */
  public record Config(
      @Described(value = "weight of a new target", range = "(0, 1]", aliases = "alpha")
          Schedule stepSize,
      @Described(value = "discount of what is to come", range = "[0, 1]") double gamma,
      @Described(value = "updates from the model per step", range = "at least 1", aliases = "n")
          int planningSteps,
      @Described(value = "smaller changes are not followed up", range = "at least 0") double theta,
      @Described("policy behaved by while learning") Exploration exploration,
      @Described(value = "probability of exploring, if epsilon_greedy", range = "[0, 1]")
          Schedule epsilon,
      @Described(value = "how even the probabilities are, if softmax", range = "above 0")
          Schedule temperature,
      @Described("which of several best actions is taken") TieBreak ties,
      @Described("what the table holds at first") double initialValue) {
    public Config {
      Checks.stepSize(stepSize);
      Checks.gamma(gamma);
      Checks.atLeastOne("planningSteps", planningSteps);
      Checks.notNegative("theta", theta);
      Checks.probability("epsilon", epsilon);
      Checks.positive("temperature", temperature);
      Checks.initialValue(initialValue);
    }

    /** The defaults. */
    public static Config defaults() {
      return new Config(
          Schedule.constant(0.1),
          0.95,
          5,
          0.0001,
          Exploration.EPSILON_GREEDY,
          Schedule.constant(0.1),
          Schedule.constant(1),
          TieBreak.RANDOM,
          0);
    }
  }
}
