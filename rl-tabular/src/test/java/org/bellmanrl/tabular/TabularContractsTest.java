package org.bellmanrl.tabular;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.bellmanrl.api.EnvironmentSpec;
import org.bellmanrl.api.Learner;
import org.bellmanrl.api.LearnerContext;
import org.bellmanrl.api.Policy;
import org.bellmanrl.api.VectorEnvironment;
import org.bellmanrl.api.schedule.Schedule;
import org.bellmanrl.tabular.dp.PolicyIteration;
import org.bellmanrl.tabular.dp.PolicyTable;
import org.bellmanrl.tabular.dp.StatePolicy;
import org.bellmanrl.tabular.dp.SweepOrder;
import org.bellmanrl.tabular.dp.ValueIteration;
import org.bellmanrl.tabular.montecarlo.MonteCarloControl;
import org.bellmanrl.tabular.montecarlo.MonteCarloExploringStarts;
import org.bellmanrl.tabular.montecarlo.MonteCarloPrediction;
import org.bellmanrl.tabular.montecarlo.OffPolicyMonteCarloControl;
import org.bellmanrl.tabular.montecarlo.OffPolicyMonteCarloPrediction;
import org.bellmanrl.tabular.planning.DynaConfig;
import org.bellmanrl.tabular.planning.DynaQPlus;
import org.bellmanrl.tabular.planning.PrioritisedSweeping;
import org.bellmanrl.tabular.planning.RealTimeDp;
import org.bellmanrl.tabular.planning.TrajectorySampling;
import org.bellmanrl.tabular.planning.Uct;
import org.bellmanrl.tabular.policy.EpsilonGreedy;
import org.bellmanrl.tabular.policy.ExploringStarts;
import org.bellmanrl.tabular.policy.Greedy;
import org.bellmanrl.tabular.policy.RandomPolicy;
import org.bellmanrl.tabular.policy.Softmax;
import org.bellmanrl.tabular.policy.TieBreak;
import org.bellmanrl.tabular.table.QTable;
import org.bellmanrl.tabular.table.VTable;
import org.bellmanrl.tabular.td.AfterstateTd;
import org.bellmanrl.tabular.td.BatchTd;
import org.bellmanrl.tabular.td.DoubleExpectedSarsa;
import org.bellmanrl.tabular.td.DoubleQLearning;
import org.bellmanrl.tabular.td.ExpectedSarsa;
import org.bellmanrl.tabular.td.NStepConfig;
import org.bellmanrl.tabular.td.NStepQSigma;
import org.bellmanrl.tabular.td.NStepTd;
import org.bellmanrl.tabular.td.QLearning;
import org.bellmanrl.tabular.td.Sarsa;
import org.bellmanrl.tabular.td.TdPrediction;
import org.bellmanrl.tabular.traces.LambdaControlConfig;
import org.bellmanrl.tabular.traces.LambdaPredictionConfig;
import org.bellmanrl.tabular.traces.TdLambda;
import org.bellmanrl.testkit.Corridor;
import org.bellmanrl.testkit.LearnerContract;
import org.bellmanrl.testkit.PolicyContract;
import org.bellmanrl.testkit.ValueFunctionContract;
import org.junit.jupiter.api.Nested;

/** Learners, policies and tables keep their contracts. */
class TabularContractsTest {
  private static final EnvironmentSpec TASK = new Corridor(6).spec();

  /** A table with ties in some states and a best action in others. */
  private static QTable table() {
    QTable table = new QTable(TASK, 0.5);
    table.set(1, 0, 2);
    table.set(3, 1, 1);
    table.set(4, 1, -1);
    return table;
  }

  @Nested
  class QLearningContract extends LearnerContract {
    @Override
    protected Learner create(LearnerContext context) {
      return new QLearning(context, QLearning.defaults());
    }
  }

  @Nested
  class SarsaContract extends LearnerContract {
    @Override
    protected Learner create(LearnerContext context) {
      return new Sarsa(context, Sarsa.defaults());
    }
  }

  @Nested
  class TdPredictionContract extends LearnerContract {
    @Override
    protected Learner create(LearnerContext context) {
      return Entries.learner("td-prediction").create(context, TdPrediction.defaults());
    }
  }

  @Nested
  class MonteCarloControlContract extends LearnerContract {
    @Override
    protected Learner create(LearnerContext context) {
      return new MonteCarloControl(context, MonteCarloControl.Config.defaults());
    }
  }

  @Nested
  class MonteCarloPredictionContract extends LearnerContract {
    @Override
    protected Learner create(LearnerContext context) {
      return Entries.learner("monte-carlo-prediction")
          .create(context, MonteCarloPrediction.Config.defaults());
    }
  }

  @Nested
  class OffPolicyMonteCarloPredictionContract extends LearnerContract {
    @Override
    protected Learner create(LearnerContext context) {
      return Entries.learner("off-policy-monte-carlo-prediction")
          .create(context, OffPolicyMonteCarloPrediction.Config.defaults());
    }
  }

  @Nested
  class OffPolicyMonteCarloControlContract extends LearnerContract {
    @Override
    protected Learner create(LearnerContext context) {
      return Entries.learner("off-policy-monte-carlo")
          .create(context, OffPolicyMonteCarloControl.Config.defaults());
    }
  }

  @Nested
  class MonteCarloExploringStartsContract extends LearnerContract {
    @Override
    protected Learner create(LearnerContext context) {
      return Entries.learner("monte-carlo-es")
          .create(context, MonteCarloExploringStarts.Config.defaults());
    }
  }

  @Nested
  class BatchTdContract extends LearnerContract {
    @Override
    protected Learner create(LearnerContext context) {
      return Entries.learner("batch-td").create(context, BatchTd.Config.defaults());
    }
  }

  @Nested
  class AfterstateTdContract extends LearnerContract {
    @Override
    protected Learner create(LearnerContext context) {
      return Entries.learner("afterstate-td").create(context, AfterstateTd.Config.defaults());
    }

    @Override
    protected VectorEnvironment task(int rows) {
      return Tasks.Shop.rows(rows);
    }

    @Override
    protected List<VectorEnvironment> acceptedTasks(int rows) {
      return List.of(task(rows));
    }

    /** The kit's masked task doesn't know its afterstates. */
    @Override
    protected boolean honoursMasks() {
      return false;
    }
  }

  @Nested
  class ExpectedSarsaContract extends LearnerContract {
    @Override
    protected Learner create(LearnerContext context) {
      return Entries.learner("expected-sarsa").create(context, ExpectedSarsa.defaults());
    }
  }

  @Nested
  class DoubleQLearningContract extends LearnerContract {
    @Override
    protected Learner create(LearnerContext context) {
      return Entries.learner("double-q-learning").create(context, DoubleQLearning.defaults());
    }
  }

  @Nested
  class DoubleExpectedSarsaContract extends LearnerContract {
    @Override
    protected Learner create(LearnerContext context) {
      return Entries.learner("double-expected-sarsa")
          .create(context, DoubleExpectedSarsa.defaults());
    }
  }

  @Nested
  class NStepSarsaContract extends LearnerContract {
    @Override
    protected Learner create(LearnerContext context) {
      return Entries.learner("n-step-sarsa").create(context, NStepConfig.defaults());
    }
  }

  @Nested
  class NStepExpectedSarsaContract extends LearnerContract {
    @Override
    protected Learner create(LearnerContext context) {
      return Entries.learner("n-step-expected-sarsa").create(context, NStepConfig.defaults());
    }
  }

  @Nested
  class NStepTreeBackupContract extends LearnerContract {
    @Override
    protected Learner create(LearnerContext context) {
      return Entries.learner("n-step-tree-backup").create(context, NStepConfig.defaults());
    }
  }

  @Nested
  class NStepQSigmaContract extends LearnerContract {
    @Override
    protected Learner create(LearnerContext context) {
      return Entries.learner("n-step-q-sigma").create(context, NStepQSigma.Config.defaults());
    }
  }

  @Nested
  class OffPolicyNStepSarsaContract extends LearnerContract {
    @Override
    protected Learner create(LearnerContext context) {
      return Entries.learner("off-policy-n-step-sarsa").create(context, NStepConfig.defaults());
    }
  }

  @Nested
  class NStepTdContract extends LearnerContract {
    @Override
    protected Learner create(LearnerContext context) {
      return Entries.learner("n-step-td").create(context, NStepTd.Config.defaults());
    }
  }

  @Nested
  class TdLambdaContract extends LearnerContract {
    @Override
    protected Learner create(LearnerContext context) {
      return Entries.learner("td-lambda").create(context, TdLambda.Config.defaults());
    }
  }

  @Nested
  class TrueOnlineTdContract extends LearnerContract {
    @Override
    protected Learner create(LearnerContext context) {
      return Entries.learner("true-online-td").create(context, LambdaPredictionConfig.defaults());
    }
  }

  @Nested
  class OfflineLambdaReturnContract extends LearnerContract {
    @Override
    protected Learner create(LearnerContext context) {
      return Entries.learner("offline-lambda-return")
          .create(context, LambdaPredictionConfig.defaults());
    }
  }

  @Nested
  class SarsaLambdaContract extends LearnerContract {
    @Override
    protected Learner create(LearnerContext context) {
      return Entries.learner("sarsa-lambda").create(context, LambdaControlConfig.defaults());
    }
  }

  @Nested
  class WatkinsQLambdaContract extends LearnerContract {
    @Override
    protected Learner create(LearnerContext context) {
      return Entries.learner("watkins-q-lambda").create(context, LambdaControlConfig.defaults());
    }
  }

  @Nested
  class TreeBackupLambdaContract extends LearnerContract {
    @Override
    protected Learner create(LearnerContext context) {
      return Entries.learner("tree-backup-lambda").create(context, LambdaControlConfig.defaults());
    }
  }

  @Nested
  class DynaQContract extends LearnerContract {
    @Override
    protected Learner create(LearnerContext context) {
      return Entries.learner("dyna-q").create(context, DynaConfig.defaults());
    }
  }

  @Nested
  class DynaQPlusContract extends LearnerContract {
    @Override
    protected Learner create(LearnerContext context) {
      return Entries.learner("dyna-q-plus").create(context, DynaQPlus.Config.defaults());
    }
  }

  @Nested
  class PrioritisedSweepingContract extends LearnerContract {
    @Override
    protected Learner create(LearnerContext context) {
      return Entries.learner("prioritised-sweeping")
          .create(context, PrioritisedSweeping.Config.defaults());
    }
  }

  @Nested
  class RealTimeDpContract extends Planners {
    @Override
    protected Learner create(LearnerContext context) {
      return Entries.learner("rtdp").create(context, RealTimeDp.Config.defaults());
    }
  }

  @Nested
  class TrajectorySamplingContract extends Planners {
    @Override
    protected Learner create(LearnerContext context) {
      return Entries.learner("trajectory-sampling")
          .create(context, TrajectorySampling.Config.defaults());
    }
  }

  @Nested
  class UctSearchContract extends Planners {
    @Override
    protected Learner create(LearnerContext context) {
      return Entries.learner("uct").create(context, new Uct.Config(3, 4, 0.9, Math.sqrt(2)));
    }

    @Override
    protected Optional<String> allocates() {
      return Optional.of("a plan saves the task, and restores it for every future, as bytes");
    }

    /** It learns no numbers, and interpreted futures take long. */
    @Override
    protected Optional<String> notInterpreted() {
      return Optional.of("nothing is learned that could differ");
    }
  }

  /** Learners that need a model, which the kit's random tasks don't have. */
  abstract static class Planners extends LearnerContract {
    @Override
    protected VectorEnvironment task(int rows) {
      Corridor[] corridors = new Corridor[rows];
      Arrays.setAll(corridors, row -> new Corridor(6));
      return VectorEnvironment.of(corridors);
    }

    @Override
    protected List<VectorEnvironment> acceptedTasks(int rows) {
      return List.of(task(rows));
    }

    @Override
    protected boolean honoursMasks() {
      return false;
    }
  }

  @Nested
  class ValueIterationContract extends Planners {
    @Override
    protected Learner create(LearnerContext context) {
      return Entries.learner("value-iteration").create(context, ValueIteration.Config.defaults());
    }
  }

  @Nested
  class PrioritisedValueIterationContract extends Planners {
    @Override
    protected Learner create(LearnerContext context) {
      return Entries.learner("value-iteration")
          .create(context, ValueIteration.Config.defaults().withOrder(SweepOrder.PRIORITISED));
    }
  }

  @Nested
  class PolicyIterationContract extends Planners {
    @Override
    protected Learner create(LearnerContext context) {
      return Entries.learner("policy-iteration").create(context, PolicyIteration.Config.defaults());
    }
  }

  abstract static class Policies extends PolicyContract {
    @Override
    protected EnvironmentSpec task() {
      return TASK;
    }
  }

  @Nested
  class GreedyContract extends Policies {
    @Override
    protected Policy create() {
      return new Greedy(table(), TASK.actionSpace(), TieBreak.RANDOM);
    }
  }

  @Nested
  class EpsilonGreedyContract extends Policies {
    @Override
    protected Policy create() {
      return new EpsilonGreedy(
          table(),
          TASK.actionSpace(),
          Schedule.constant(0.3),
          Tasks.progress(0, 0),
          TieBreak.RANDOM);
    }
  }

  @Nested
  class SoftmaxContract extends Policies {
    @Override
    protected Policy create() {
      return new Softmax(table(), TASK.actionSpace(), Schedule.constant(0.7), Tasks.progress(0, 0));
    }
  }

  @Nested
  class RandomPolicyContract extends Policies {
    @Override
    protected Policy create() {
      return new RandomPolicy(TASK.actionSpace());
    }
  }

  @Nested
  class ExploringStartsContract extends Policies {
    @Override
    protected Policy create() {
      return new ExploringStarts(table(), TASK.actionSpace(), TieBreak.RANDOM);
    }
  }

  @Nested
  class StatePolicyContract extends Policies {
    @Override
    protected Policy create() {
      return new StatePolicy(
          TASK, PolicyTable.of(6, 2, 0.5, 0.5, 0.9, 0.1, 0.1, 0.9, 0.2, 0.8, 0.5, 0.5, 0.3, 0.7));
    }
  }

  @Nested
  class QTableContract extends ValueFunctionContract<QTable> {
    @Override
    protected EnvironmentSpec task() {
      return TASK;
    }

    @Override
    protected QTable create() {
      return table();
    }

    @Override
    protected void change(QTable table) {
      table.set(2, 1, 0.25);
      table.set(5, 0, -3);
    }
  }

  @Nested
  class VTableContract extends ValueFunctionContract<VTable> {
    @Override
    protected EnvironmentSpec task() {
      return TASK;
    }

    @Override
    protected VTable create() {
      return new VTable(TASK, 0.5);
    }

    @Override
    protected void change(VTable table) {
      table.set(2, 0.25);
      table.set(5, -3);
    }
  }
}
