package org.bellmanrl.api.interaction;

import java.util.concurrent.CountDownLatch;
import org.bellmanrl.api.Learner;
import org.bellmanrl.api.Policy;
import org.bellmanrl.api.Transitions;
import org.bellmanrl.api.state.State;

/** Learns nothing and says when it is being asked to. */
final class CoinLearner implements Learner {
  final CountDownLatch running = new CountDownLatch(1);
  private final CoinPolicy policy = new CoinPolicy();

  @Override
  public Policy behaviour() {
    return policy;
  }

  @Override
  public Policy policy() {
    return policy;
  }

  @Override
  public void observe(Transitions transitions) {
    running.countDown();
  }

  @Override
  public void carry(State state) {}
}
