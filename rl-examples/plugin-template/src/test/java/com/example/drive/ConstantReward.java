package com.example.drive;

import org.bellmanrl.api.Action;
import org.bellmanrl.api.Environment;
import org.bellmanrl.api.EnvironmentSpec;
import org.bellmanrl.api.Observation;
import org.bellmanrl.api.Outcome;
import org.bellmanrl.api.random.RandomStream;
import org.bellmanrl.api.space.Discrete;

/** The same reward for ever. */
record ConstantReward(double reward) implements Environment {
  @Override
  public EnvironmentSpec spec() {
    return EnvironmentSpec.of("ConstantReward", new Discrete(1), new Discrete(1)).continuing();
  }

  @Override
  public void reset(RandomStream random, Observation observation) {
    observation.setDiscrete(0);
  }

  @Override
  public void step(Action action, RandomStream random, Outcome outcome) {
    outcome.observation().setDiscrete(0);
    outcome.reward(reward);
  }
}
