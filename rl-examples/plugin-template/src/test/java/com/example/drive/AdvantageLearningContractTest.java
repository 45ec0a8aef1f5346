package com.example.drive;

import org.bellmanrl.api.Learner;
import org.bellmanrl.api.LearnerContext;
import org.bellmanrl.tabular.learner.ControlConfig;
import org.bellmanrl.testkit.LearnerContract;

class AdvantageLearningContractTest extends LearnerContract {
  @Override
  protected Learner create(LearnerContext context) {
    return new AdvantageLearning(context, ControlConfig.defaults());
  }
}
