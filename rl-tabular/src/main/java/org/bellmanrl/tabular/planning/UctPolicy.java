package org.bellmanrl.tabular.planning;

import java.util.Arrays;
import org.bellmanrl.api.Actions;
import org.bellmanrl.api.Actor;
import org.bellmanrl.api.EnvironmentSpec;
import org.bellmanrl.api.Observations;
import org.bellmanrl.api.Policy;
import org.bellmanrl.api.model.FiniteModel;
import org.bellmanrl.api.random.RandomStreams;
import org.bellmanrl.api.space.ProductIndex;
import org.bellmanrl.api.space.Rows;
import org.bellmanrl.tabular.internal.ActionIndex;
import org.bellmanrl.tabular.internal.States;

/**
 * Plans every action by {@link Uct} in the task's exact model.
 *
 * <p>The mask of the row that acts is kept to; futures may take every action of the model. Draws
 * what the futures need from the row's stream. Immutable and safe for threads.
 */
public final class UctPolicy implements Policy {
  private final EnvironmentSpec spec;
  private final FiniteModel model;
  private final Uct.Config config;
  private final ProductIndex states;
  private final ActionIndex actions;

  /**
   * A policy for a task.
   *
   * @param model the task's exact model
   * @throws IllegalArgumentException if the task is not finite
   */
  public UctPolicy(EnvironmentSpec spec, FiniteModel model, Uct.Config config) {
    this.spec = spec;
    this.model = model;
    this.config = config;
    this.states = States.index(spec.observationSpace());
    this.actions = ActionIndex.of(spec.actionSpace());
  }

  @Override
  public Actor actor(int rows, RandomStreams random) {
    return new UctActor(this, rows, random);
  }

  @Override
  public UctPolicy snapshot() {
    return this;
  }

  private static final class UctActor extends Actor.Memoryless {
    private final UctPolicy policy;
    private final ModelSimulator now;
    private final Uct[] planners;

    UctActor(UctPolicy policy, int rows, RandomStreams random) {
      super(rows, random);
      this.policy = policy;
      this.now = new ModelSimulator(policy.spec.name(), policy.model);
      this.planners = new Uct[rows];
      Arrays.setAll(
          planners,
          row ->
              new Uct(
                  new ModelSimulator(policy.spec.name(), policy.model),
                  policy.config,
                  random.row(row)));
    }

    @Override
    public void act(Rows rows, Observations observations, Actions actions) {
      for (int i = 0; i < rows.count(); i++) {
        int row = rows.at(i);
        int state = policy.states.of(observations.values(), row);
        int action = planners[row].best(now.in(state), observations, row);
        policy.actions.set(action, actions.values(), row);
      }
    }
  }
}
