package com.example.drive;

import org.bellmanrl.api.Accepts;
import org.bellmanrl.api.Learner;
import org.bellmanrl.api.LearnerContext;
import org.bellmanrl.deep.dqn.DqnConfig;
import org.bellmanrl.deep.network.Activation;
import org.bellmanrl.deep.network.Trunk;
import org.bellmanrl.testkit.LearnerContract;

class DeepQLearningContractTest extends LearnerContract {
  @Override
  protected Learner create(LearnerContext context) {
    DqnConfig defaults = DeepQLearning.defaults();
    return new DeepQLearning(
        context,
        defaults
            .withLearning(
                defaults.learning().with(learning -> learning.learningStarts(16).batchSize(4)))
            .withNetwork(Trunk.of(Activation.RELU, 8, 8)));
  }

  @Override
  protected Accepts accepts() {
    return DeepQLearning.accepts();
  }
}
