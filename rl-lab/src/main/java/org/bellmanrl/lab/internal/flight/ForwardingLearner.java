package org.bellmanrl.lab.internal.flight;

import java.util.Optional;
import org.bellmanrl.api.Learner;
import org.bellmanrl.api.Policy;
import org.bellmanrl.api.Transitions;
import org.bellmanrl.api.ValueFunction;
import org.bellmanrl.api.state.State;

/** Base class for learners that do something besides what another does. */
public abstract class ForwardingLearner implements Learner {
  private final Learner learner;

  /** Forwards everything that is not overridden. */
  protected ForwardingLearner(Learner learner) {
    this.learner = learner;
  }

  @Override
  public void observe(Transitions transitions) {
    learner.observe(transitions);
  }

  @Override
  public Policy behaviour() {
    return learner.behaviour();
  }

  @Override
  public Policy policy() {
    return learner.policy();
  }

  @Override
  public boolean needsNextAction() {
    return learner.needsNextAction();
  }

  @Override
  public Rounds rounds() {
    return learner.rounds();
  }

  @Override
  public Optional<ValueFunction> values() {
    return learner.values();
  }

  @Override
  public void report(Metrics metrics) {
    learner.report(metrics);
  }

  @Override
  public void carry(State state) {
    learner.carry(state);
  }
}
