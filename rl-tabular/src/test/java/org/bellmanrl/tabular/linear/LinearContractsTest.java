package org.bellmanrl.tabular.linear;

import java.util.List;
import org.bellmanrl.api.Accepts;
import org.bellmanrl.api.EnvironmentSpec;
import org.bellmanrl.api.Learner;
import org.bellmanrl.api.LearnerContext;
import org.bellmanrl.api.Policy;
import org.bellmanrl.api.VectorEnvironment;
import org.bellmanrl.api.schedule.Schedule;
import org.bellmanrl.api.space.Box;
import org.bellmanrl.api.space.Discrete;
import org.bellmanrl.tabular.Tasks;
import org.bellmanrl.tabular.policy.FixedPolicy;
import org.bellmanrl.testkit.LearnerContract;
import org.bellmanrl.testkit.PolicyContract;
import org.bellmanrl.testkit.ValueFunctionContract;
import org.junit.jupiter.api.Nested;

/** Linear learners and values keep their contracts. */
class LinearContractsTest {
  private static final EnvironmentSpec TASK =
      EnvironmentSpec.of("Plane", Box.of(-1, 1, 2), new Discrete(3));

  abstract static class Linear extends LearnerContract {
    @Override
    protected Accepts accepts() {
      return LinearSpaces.accepts();
    }
  }

  @Nested
  class SemiGradientSarsaContract extends Linear {
    @Override
    protected Learner create(LearnerContext context) {
      return new SemiGradientSarsa(context, LinearControlConfig.defaults());
    }
  }

  @Nested
  class LinearSarsaLambdaContract extends Linear {
    @Override
    protected Learner create(LearnerContext context) {
      return new LinearSarsaLambda(context, LinearSarsaLambda.Config.defaults());
    }
  }

  @Nested
  class NStepSemiGradientSarsaContract extends Linear {
    @Override
    protected Learner create(LearnerContext context) {
      return new NStepSemiGradientSarsa(context, NStepSemiGradientSarsa.Config.defaults());
    }
  }

  @Nested
  class DifferentialSarsaContract extends Linear {
    @Override
    protected Learner create(LearnerContext context) {
      return new DifferentialSarsa(context, DifferentialSarsa.Config.defaults());
    }

    @Override
    protected VectorEnvironment task(int rows) {
      return Tasks.Ring.rows(rows);
    }

    @Override
    protected List<VectorEnvironment> acceptedTasks(int rows) {
      return List.of(task(rows));
    }

    /** The kit's masked task terminates, which this learner refuses. */
    @Override
    protected boolean honoursMasks() {
      return false;
    }
  }

  /** With few samples and features, improved often. */
  @Nested
  class LspiContract extends Linear {
    @Override
    protected Learner create(LearnerContext context) {
      return new Lspi(
          context,
          new Lspi.Config(
              Features.parse("polynomial:1"), 40, 20, 3, 1e-3, 0.1, 0.9, Schedule.constant(0.5)));
    }
  }

  @Nested
  class SemiGradientTdContract extends Linear {
    @Override
    protected Learner create(LearnerContext context) {
      return new SemiGradientTd(context, SemiGradientTd.defaults());
    }
  }

  @Nested
  class GradientTd2Contract extends Linear {
    @Override
    protected Learner create(LearnerContext context) {
      return new GradientTd2(context, GradientTd2.Config.defaults());
    }
  }

  @Nested
  class TdcContract extends Linear {
    @Override
    protected Learner create(LearnerContext context) {
      return new Tdc(context, Tdc.Config.defaults());
    }
  }

  @Nested
  class EmphaticTdContract extends Linear {
    @Override
    protected Learner create(LearnerContext context) {
      return new EmphaticTd(context, EmphaticTd.defaults());
    }
  }

  @Nested
  class GradientMonteCarloContract extends Linear {
    @Override
    protected Learner create(LearnerContext context) {
      return new GradientMonteCarlo(context, GradientMonteCarlo.defaults());
    }
  }

  @Nested
  class LstdContract extends Linear {
    @Override
    protected Learner create(LearnerContext context) {
      return new Lstd(context, Lstd.Config.defaults());
    }
  }

  @Nested
  class FixedPolicyContract extends PolicyContract {
    @Override
    protected EnvironmentSpec task() {
      return TASK;
    }

    @Override
    protected Policy create() {
      return new FixedPolicy(TASK.actionSpace(), List.of(0.2, 0.3, 0.5));
    }
  }

  @Nested
  class LinearQContract extends ValueFunctionContract<LinearQ> {
    @Override
    protected EnvironmentSpec task() {
      return TASK;
    }

    @Override
    protected LinearQ create() {
      FeatureMap features = Features.tiles(4, 3).over(TASK.observationSpace());
      return new LinearQ(features, TASK.actionSpace(), 0.5);
    }

    @Override
    protected void change(LinearQ q) {
      for (int f = 0; f < q.features().size(); f++) {
        q.setWeight(1, f, 0.1 * f);
      }
    }
  }

  @Nested
  class LinearVContract extends ValueFunctionContract<LinearV> {
    @Override
    protected EnvironmentSpec task() {
      return TASK;
    }

    @Override
    protected LinearV create() {
      return new LinearV(Features.fourier(3).over(TASK.observationSpace()), 0.5);
    }

    @Override
    protected void change(LinearV v) {
      v.setWeight(3, -2);
    }
  }
}
