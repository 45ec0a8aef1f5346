package com.example.drive;

import org.bellmanrl.api.Learner;
import org.bellmanrl.api.LearnerContext;
import org.bellmanrl.testkit.LearnerContract;

class DifferentialQLearningContractTest extends LearnerContract {
  @Override
  protected Learner create(LearnerContext context) {
    return new DifferentialQLearning(context, DifferentialQLearning.Config.defaults());
  }
}
