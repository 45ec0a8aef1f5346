import org.bellmanrl.api.LearnerProvider;
import org.bellmanrl.api.PolicyProvider;
import org.bellmanrl.api.ValueFunctionProvider;
import org.bellmanrl.tabular.bandit.ActionValueBandit;
import org.bellmanrl.tabular.bandit.Exp3;
import org.bellmanrl.tabular.bandit.GradientBandit;
import org.bellmanrl.tabular.bandit.LinUcb;
import org.bellmanrl.tabular.bandit.LinearThompson;
import org.bellmanrl.tabular.bandit.ThompsonBernoulli;
import org.bellmanrl.tabular.bandit.ThompsonGaussian;
import org.bellmanrl.tabular.bandit.UpperConfidenceBound;
import org.bellmanrl.tabular.dp.PolicyIteration;
import org.bellmanrl.tabular.dp.ValueIteration;
import org.bellmanrl.tabular.gradient.ActorCritic;
import org.bellmanrl.tabular.gradient.Reinforce;
import org.bellmanrl.tabular.linear.DifferentialSarsa;
import org.bellmanrl.tabular.linear.EmphaticTd;
import org.bellmanrl.tabular.linear.GradientMonteCarlo;
import org.bellmanrl.tabular.linear.GradientTd2;
import org.bellmanrl.tabular.linear.LinearQ;
import org.bellmanrl.tabular.linear.LinearSarsaLambda;
import org.bellmanrl.tabular.linear.LinearV;
import org.bellmanrl.tabular.linear.Lspi;
import org.bellmanrl.tabular.linear.Lstd;
import org.bellmanrl.tabular.linear.NStepSemiGradientSarsa;
import org.bellmanrl.tabular.linear.SemiGradientSarsa;
import org.bellmanrl.tabular.linear.SemiGradientTd;
import org.bellmanrl.tabular.linear.Tdc;
import org.bellmanrl.tabular.montecarlo.MonteCarloControl;
import org.bellmanrl.tabular.montecarlo.MonteCarloExploringStarts;
import org.bellmanrl.tabular.montecarlo.MonteCarloPrediction;
import org.bellmanrl.tabular.montecarlo.OffPolicyMonteCarloControl;
import org.bellmanrl.tabular.montecarlo.OffPolicyMonteCarloPrediction;
import org.bellmanrl.tabular.planning.DynaQ;
import org.bellmanrl.tabular.planning.DynaQPlus;
import org.bellmanrl.tabular.planning.PrioritisedSweeping;
import org.bellmanrl.tabular.planning.RealTimeDp;
import org.bellmanrl.tabular.planning.TrajectorySampling;
import org.bellmanrl.tabular.planning.UctSearch;
import org.bellmanrl.tabular.policy.RandomPolicy;
import org.bellmanrl.tabular.table.QTable;
import org.bellmanrl.tabular.table.VTable;
import org.bellmanrl.tabular.td.AfterstateTd;
import org.bellmanrl.tabular.td.BatchTd;
import org.bellmanrl.tabular.td.DoubleExpectedSarsa;
import org.bellmanrl.tabular.td.DoubleQLearning;
import org.bellmanrl.tabular.td.ExpectedSarsa;
import org.bellmanrl.tabular.td.NStepExpectedSarsa;
import org.bellmanrl.tabular.td.NStepQSigma;
import org.bellmanrl.tabular.td.NStepSarsa;
import org.bellmanrl.tabular.td.NStepTd;
import org.bellmanrl.tabular.td.NStepTreeBackup;
import org.bellmanrl.tabular.td.OffPolicyNStepSarsa;
import org.bellmanrl.tabular.td.QLearning;
import org.bellmanrl.tabular.td.Sarsa;
import org.bellmanrl.tabular.td.TdPrediction;
import org.bellmanrl.tabular.traces.OfflineLambdaReturn;
import org.bellmanrl.tabular.traces.SarsaLambda;
import org.bellmanrl.tabular.traces.TdLambda;
import org.bellmanrl.tabular.traces.TreeBackupLambda;
import org.bellmanrl.tabular.traces.TrueOnlineTd;
import org.bellmanrl.tabular.traces.WatkinsQLambda;

/** Tables, dynamic programming, Monte Carlo, temporal-difference learning and planning. */
module org.bellmanrl.tabular {
  requires transitive org.bellmanrl.api;
  requires static com.google.auto.service;
  requires static org.jspecify;

  exports org.bellmanrl.tabular.bandit;
  exports org.bellmanrl.tabular.dp;
  exports org.bellmanrl.tabular.gradient;
  exports org.bellmanrl.tabular.linear;
  exports org.bellmanrl.tabular.montecarlo;
  exports org.bellmanrl.tabular.planning;
  exports org.bellmanrl.tabular.policy;
  exports org.bellmanrl.tabular.table;
  exports org.bellmanrl.tabular.td;
  exports org.bellmanrl.tabular.traces;

  provides LearnerProvider with
      ActionValueBandit.Provider,
      ActorCritic.Provider,
      AfterstateTd.Provider,
      BatchTd.Provider,
      DifferentialSarsa.Provider,
      DoubleExpectedSarsa.Provider,
      DoubleQLearning.Provider,
      DynaQ.Provider,
      DynaQPlus.Provider,
      EmphaticTd.Provider,
      Exp3.Provider,
      ExpectedSarsa.Provider,
      GradientBandit.Provider,
      GradientMonteCarlo.Provider,
      GradientTd2.Provider,
      LinUcb.Provider,
      LinearSarsaLambda.Provider,
      LinearThompson.Provider,
      Lspi.Provider,
      Lstd.Provider,
      MonteCarloControl.Provider,
      MonteCarloExploringStarts.Provider,
      MonteCarloPrediction.Provider,
      NStepExpectedSarsa.Provider,
      NStepQSigma.Provider,
      NStepSarsa.Provider,
      NStepSemiGradientSarsa.Provider,
      NStepTd.Provider,
      NStepTreeBackup.Provider,
      OffPolicyMonteCarloControl.Provider,
      OffPolicyMonteCarloPrediction.Provider,
      OffPolicyNStepSarsa.Provider,
      OfflineLambdaReturn.Provider,
      PolicyIteration.Provider,
      PrioritisedSweeping.Provider,
      QLearning.Provider,
      RealTimeDp.Provider,
      Reinforce.Provider,
      Sarsa.Provider,
      SarsaLambda.Provider,
      SemiGradientSarsa.Provider,
      SemiGradientTd.Provider,
      TdLambda.Provider,
      TdPrediction.Provider,
      Tdc.Provider,
      ThompsonBernoulli.Provider,
      ThompsonGaussian.Provider,
      TrajectorySampling.Provider,
      TreeBackupLambda.Provider,
      TrueOnlineTd.Provider,
      UctSearch.Provider,
      UpperConfidenceBound.Provider,
      ValueIteration.Provider,
      WatkinsQLambda.Provider;
  provides PolicyProvider with
      RandomPolicy.Provider;
  provides ValueFunctionProvider with
      LinearQ.Provider,
      LinearV.Provider,
      QTable.Provider,
      VTable.Provider;
}
