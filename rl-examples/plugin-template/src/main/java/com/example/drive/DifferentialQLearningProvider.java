package com.example.drive;

import java.lang.invoke.MethodHandles;
import org.bellmanrl.api.Accepts;
import org.bellmanrl.api.LearnerContext;
import org.bellmanrl.api.LearnerProvider;
import org.bellmanrl.api.options.OptionSchema;

/** Offers {@link DifferentialQLearning} as {@code example/differential-q-learning}. */
public final class DifferentialQLearningProvider
    implements LearnerProvider<DifferentialQLearning.Config> {
  static final String ID = "example/differential-q-learning";

  private static final OptionSchema<DifferentialQLearning.Config> OPTIONS =
      OptionSchema.of(MethodHandles.lookup(), DifferentialQLearning.Config.defaults());

  @Override
  public String id() {
    return ID;
  }

  @Override
  public String description() {
    return "off-policy control of the reward per step (Wan, Naik & Sutton, 2021)";
  }

  @Override
  public OptionSchema<DifferentialQLearning.Config> options() {
    return OPTIONS;
  }

  @Override
  public Accepts accepts() {
    return DifferentialQLearning.ACCEPTS;
  }

  @Override
  public DifferentialQLearning create(
      LearnerContext context, DifferentialQLearning.Config options) {
    return new DifferentialQLearning(context, options);
  }
}
