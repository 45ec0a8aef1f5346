package org.bellmanrl.env.mujoco;

import org.bellmanrl.api.Environment;
import org.bellmanrl.testkit.EnvironmentContract;
import org.junit.jupiter.api.Nested;

/** The environments over MuJoCo keep the contract of environments. */
@RequiresMujoco
class MujocoContractsTest {

  @Nested
  class InvertedDoublePendulumContract extends EnvironmentContract {
    @Override
    protected Environment create() {
      return new InvertedDoublePendulum(InvertedDoublePendulumOptions.defaults());
    }
  }

  @Nested
  class ReacherGoalContract extends EnvironmentContract {
    @Override
    protected Environment create() {
      return new ReacherGoal(ReacherGoal.Options.defaults());
    }
  }

  @Nested
  class CustomRobotContract extends EnvironmentContract {
    @Override
    protected Environment create() {
      return Legs.robot();
    }

    @Override
    protected int steps() {
      return 150;
    }
  }
}
