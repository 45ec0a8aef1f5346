package org.bellmanrl.examples;

import org.bellmanrl.api.Accepts;
import org.bellmanrl.api.Learner;
import org.bellmanrl.api.LearnerContext;
import org.bellmanrl.api.schedule.Schedule;
import org.bellmanrl.deep.network.Activation;
import org.bellmanrl.deep.network.Trunk;
import org.bellmanrl.testkit.LearnerContract;

class DeepQLearningContractTest extends LearnerContract {
  @Override
  protected Learner create(LearnerContext context) {
    return new DeepQLearning(
        context,
        new DeepQLearning.Config(
            1e-3, 0.99, Schedule.constant(0.1), Trunk.of(Activation.RELU, 8, 8), 4, 16, 1_000));
  }

  @Override
  protected Accepts accepts() {
    return DeepQLearning.ACCEPTS;
  }
}
