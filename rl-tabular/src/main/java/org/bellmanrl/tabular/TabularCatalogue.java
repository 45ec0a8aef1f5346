package org.bellmanrl.tabular;

import com.google.auto.service.AutoService;
import org.bellmanrl.api.Accepts;
import org.bellmanrl.api.registry.Catalogue;
import org.bellmanrl.api.registry.LearnerEntry;
import org.bellmanrl.api.registry.Offers;
import org.bellmanrl.api.registry.ValueFunctionEntry;
import org.bellmanrl.tabular.bandit.ActionValueBandit;
import org.bellmanrl.tabular.bandit.Exp3;
import org.bellmanrl.tabular.bandit.GradientBandit;
import org.bellmanrl.tabular.bandit.LinUcb;
import org.bellmanrl.tabular.bandit.LinearBandit;
import org.bellmanrl.tabular.bandit.LinearBanditConfig;
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
import org.bellmanrl.tabular.linear.Features;
import org.bellmanrl.tabular.linear.GradientMonteCarlo;
import org.bellmanrl.tabular.linear.GradientTd;
import org.bellmanrl.tabular.linear.GradientTd2;
import org.bellmanrl.tabular.linear.LinearControlConfig;
import org.bellmanrl.tabular.linear.LinearQ;
import org.bellmanrl.tabular.linear.LinearSarsaLambda;
import org.bellmanrl.tabular.linear.LinearSpaces;
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
import org.bellmanrl.tabular.planning.DynaConfig;
import org.bellmanrl.tabular.planning.DynaQ;
import org.bellmanrl.tabular.planning.DynaQPlus;
import org.bellmanrl.tabular.planning.PrioritisedSweeping;
import org.bellmanrl.tabular.planning.RealTimeDp;
import org.bellmanrl.tabular.planning.TrajectorySampling;
import org.bellmanrl.tabular.planning.Uct;
import org.bellmanrl.tabular.planning.UctSearch;
import org.bellmanrl.tabular.policy.RandomPolicy;
import org.bellmanrl.tabular.table.TableConfig;
import org.bellmanrl.tabular.table.Tables;
import org.bellmanrl.tabular.td.AfterstateTd;
import org.bellmanrl.tabular.td.BatchTd;
import org.bellmanrl.tabular.td.DoubleExpectedSarsa;
import org.bellmanrl.tabular.td.DoubleQLearning;
import org.bellmanrl.tabular.td.ExpectedSarsa;
import org.bellmanrl.tabular.td.NStepConfig;
import org.bellmanrl.tabular.td.NStepExpectedSarsa;
import org.bellmanrl.tabular.td.NStepQSigma;
import org.bellmanrl.tabular.td.NStepSarsa;
import org.bellmanrl.tabular.td.NStepTd;
import org.bellmanrl.tabular.td.NStepTreeBackup;
import org.bellmanrl.tabular.td.OffPolicyNStepSarsa;
import org.bellmanrl.tabular.td.QLearning;
import org.bellmanrl.tabular.td.Sarsa;
import org.bellmanrl.tabular.td.TdPrediction;
import org.bellmanrl.tabular.traces.LambdaControlConfig;
import org.bellmanrl.tabular.traces.LambdaPredictionConfig;
import org.bellmanrl.tabular.traces.OfflineLambdaReturn;
import org.bellmanrl.tabular.traces.SarsaLambda;
import org.bellmanrl.tabular.traces.TdLambda;
import org.bellmanrl.tabular.traces.TreeBackupLambda;
import org.bellmanrl.tabular.traces.TrueOnlineTd;
import org.bellmanrl.tabular.traces.WatkinsQLambda;

/** Lists the tabular and linear learners, tables and policies of this module. */
@SuppressWarnings("exports") // the annotation is not there at run time
@AutoService(Catalogue.class)
public final class TabularCatalogue implements Catalogue {

  @Override
  public void list(Offers offers) {
    bandits(offers);
    dynamicProgramming(offers);
    policyGradients(offers);
    linearFeatures(offers);
    monteCarlo(offers);
    planning(offers);
    tables(offers);
    temporalDifferences(offers);
    traces(offers);
  }

  private static void bandits(Offers offers) {
    offers.add(
        LearnerEntry.of(
            "epsilon-greedy",
            "bandit: the best arm so far, or sometimes any; optimistic by initial_value",
            Accepts.tables(),
            ActionValueBandit.Config::defaults,
            ActionValueBandit::new));
    offers.add(
        LearnerEntry.of(
            "exp3",
            "bandit: exponential weights against an adversary (Auer et al., 2002)",
            Accepts.tables(),
            Exp3.Config::defaults,
            Exp3::new));
    offers.add(
        LearnerEntry.of(
            "gradient-bandit",
            "bandit: preferences by gradient ascent (Sutton and Barto, section 2.8)",
            Accepts.tables(),
            GradientBandit.Config::defaults,
            GradientBandit::new));
    offers.add(
        LearnerEntry.of(
            "lin-ucb",
            "contextual bandit: upper bounds of linear models (Li et al., 2010)",
            LinearBandit.accepts(),
            LinearBanditConfig::defaults,
            LinUcb::new));
    offers.add(
        LearnerEntry.of(
            "linear-thompson",
            "contextual bandit: posterior sampling of linear models (Agrawal and Goyal, 2013)",
            LinearBandit.accepts(),
            LinearBanditConfig::defaults,
            LinearThompson::new));
    offers.add(
        LearnerEntry.of(
            "thompson-bernoulli",
            "bandit: posterior sampling for rewards in an interval (Thompson, 1933)",
            Accepts.tables(),
            ThompsonBernoulli.Config::defaults,
            ThompsonBernoulli::new));
    offers.add(
        LearnerEntry.of(
            "thompson-gaussian",
            "bandit: posterior sampling for normal rewards (Thompson, 1933)",
            Accepts.tables(),
            ThompsonGaussian.Config::defaults,
            ThompsonGaussian::new));
    offers.add(
        LearnerEntry.of(
            "ucb",
            "bandit: the arm that could be best (UCB1; Auer et al., 2002)",
            Accepts.tables(),
            UpperConfidenceBound.Config::defaults,
            UpperConfidenceBound::new));
  }

  private static void dynamicProgramming(Offers offers) {
    offers.add(
        LearnerEntry.of(
            "policy-iteration",
            "optimal values from the task's exact model, a sweep per step (Howard, 1960)",
            Accepts.tables(),
            PolicyIteration.Config::defaults,
            PolicyIteration::learner));
    offers.add(
        LearnerEntry.of(
            "value-iteration",
            "optimal values from the task's exact model, a sweep per step (Bellman, 1957)",
            Accepts.tables(),
            ValueIteration.Config::defaults,
            ValueIteration::learner));
  }

  private static void policyGradients(Offers offers) {
    offers.add(
        LearnerEntry.of(
            "actor-critic",
            "one-step actor-critic over a table (Sutton and Barto, section 13.5)",
            Accepts.tables(),
            ActorCritic.Config::defaults,
            ActorCritic::new));
    offers.add(
        LearnerEntry.of(
            "reinforce",
            "Monte Carlo policy gradient over a table, with or without a baseline (Williams,"
                + " 1992)",
            Accepts.tables(),
            Reinforce.Config::defaults,
            Reinforce::new));
  }

  private static void linearFeatures(Offers offers) {
    offers.add(
        LearnerEntry.of(
            "differential-sarsa",
            "differential semi-gradient SARSA for continuing tasks (Sutton and Barto, section"
                + " 10.3)",
            LinearSpaces.accepts(),
            DifferentialSarsa.Config::defaults,
            DifferentialSarsa::new));
    offers.add(
        LearnerEntry.of(
            "emphatic-td",
            "emphatic TD: weighs updates so that they are safe off policy",
            LinearSpaces.accepts(),
            EmphaticTd::defaults,
            EmphaticTd::new));
    offers.add(
        LearnerEntry.of(
            "linear-monte-carlo",
            "gradient Monte Carlo: state values over features (section 9.3)",
            LinearSpaces.accepts(),
            GradientMonteCarlo::defaults,
            GradientMonteCarlo::new));
    offers.add(
        LearnerEntry.of(
            "gtd2",
            "GTD2: gradient TD that is safe off policy (Sutton et al., 2009)",
            LinearSpaces.accepts(),
            GradientTd.Config::defaults,
            GradientTd2::new));
    offers.add(
        ValueFunctionEntry.of(
            "linear-q",
            "a value per action, linear in features of the state",
            () -> new LinearQ.Config(Features.tiles(8, 8), 0),
            (spec, options) ->
                new LinearQ(
                    options.features().over(spec.observationSpace()),
                    spec.actionSpace(),
                    options.initialWeight())));
    offers.add(
        LearnerEntry.of(
            "linear-sarsa-lambda",
            "SARSA(lambda) over linear features (Sutton and Barto, section 12.7)",
            LinearSpaces.accepts(),
            LinearSarsaLambda.Config::defaults,
            LinearSarsaLambda::new));
    offers.add(
        ValueFunctionEntry.of(
            "linear-v",
            "a value per state, linear in features",
            () -> new LinearV.Config(Features.tiles(8, 8), 0),
            (spec, options) ->
                new LinearV(
                    options.features().over(spec.observationSpace()), options.initialWeight())));
    offers.add(
        LearnerEntry.of(
            "lspi",
            "least-squares policy iteration over the latest samples (Lagoudakis and Parr, 2003)",
            LinearSpaces.accepts(),
            Lspi.Config::defaults,
            Lspi::new));
    offers.add(
        LearnerEntry.of(
            "lstd",
            "LSTD(lambda): the TD fixed point, exactly (Bradtke and Barto, 1996)",
            LinearSpaces.accepts(),
            Lstd.Config::defaults,
            Lstd::new));
    offers.add(
        LearnerEntry.of(
            "linear-n-step-sarsa",
            "n-step semi-gradient SARSA over linear features (Sutton and Barto, section 10.2)",
            LinearSpaces.accepts(),
            NStepSemiGradientSarsa.Config::defaults,
            NStepSemiGradientSarsa::new));
    offers.add(
        LearnerEntry.of(
            "linear-sarsa",
            "semi-gradient SARSA over linear features (Sutton and Barto, section 10.1)",
            LinearSpaces.accepts(),
            LinearControlConfig::defaults,
            SemiGradientSarsa::new));
    offers.add(
        LearnerEntry.of(
            "linear-td",
            "semi-gradient TD(0): state values over features (Sutton, 1988)",
            LinearSpaces.accepts(),
            SemiGradientTd::defaults,
            SemiGradientTd::new));
    offers.add(
        LearnerEntry.of(
            "tdc",
            "TD with gradient correction, safe off policy (Sutton et al., 2009)",
            LinearSpaces.accepts(),
            GradientTd.Config::defaults,
            Tdc::new));
  }

  private static void monteCarlo(Offers offers) {
    offers.add(
        LearnerEntry.of(
            "monte-carlo",
            "on-policy Monte Carlo control, first-visit or every-visit, averaging or constant step",
            Tables.accepts(),
            MonteCarloControl.Config::defaults,
            MonteCarloControl::new));
    offers.add(
        LearnerEntry.of(
            "monte-carlo-es",
            "Monte Carlo control with exploring starts: a random first action, greedy ones after",
            Tables.accepts(),
            MonteCarloExploringStarts.Config::defaults,
            MonteCarloExploringStarts::new));
    offers.add(
        LearnerEntry.of(
            "monte-carlo-prediction",
            "Monte Carlo state values of the random policy, first-visit or every-visit",
            Tables.accepts(),
            MonteCarloPrediction.Config::defaults,
            (context, options) ->
                new MonteCarloPrediction(
                    context, options, new RandomPolicy(context.spec().actionSpace()))));
    offers.add(
        LearnerEntry.of(
            "off-policy-monte-carlo",
            "off-policy Monte Carlo control by weighted importance sampling",
            Tables.accepts(),
            OffPolicyMonteCarloControl.Config::defaults,
            OffPolicyMonteCarloControl::new));
    offers.add(
        LearnerEntry.of(
            "off-policy-monte-carlo-prediction",
            "Monte Carlo values of one policy from episodes of another, by importance sampling",
            Tables.accepts(),
            OffPolicyMonteCarloPrediction.Config::defaults,
            OffPolicyMonteCarloPrediction::new));
  }

  private static void planning(Offers offers) {
    offers.add(
        LearnerEntry.of(
            "dyna-q",
            "Q-learning that replays a learned model (Sutton, 1990)",
            Tables.accepts(),
            DynaConfig::defaults,
            DynaQ::new));
    offers.add(
        LearnerEntry.of(
            "dyna-q-plus",
            "Dyna-Q with a bonus for what was not tried for long (Sutton, 1990)",
            Tables.accepts(),
            DynaQPlus.Config::defaults,
            DynaQPlus::new));
    offers.add(
        LearnerEntry.of(
            "prioritised-sweeping",
            "plans backwards from surprises (Moore and Atkeson, 1993)",
            Accepts.tables(),
            PrioritisedSweeping.Config::defaults,
            PrioritisedSweeping::new));
    offers.add(
        LearnerEntry.of(
            "rtdp",
            "dynamic programming along episodes, by the exact model (Barto et al., 1995)",
            Accepts.tables(),
            RealTimeDp.Config::defaults,
            RealTimeDp::new));
    offers.add(
        LearnerEntry.of(
            "trajectory-sampling",
            "plans by imagined episodes through the exact model (Sutton and Barto, 2018, 8.6)",
            Accepts.tables(),
            TrajectorySampling.Config::defaults,
            TrajectorySampling::new));
    offers.add(
        LearnerEntry.of(
            "uct",
            "Monte Carlo tree search by the exact model, for every action (Kocsis et al., 2006)",
            Accepts.tables(),
            Uct.Config::defaults,
            UctSearch::new));
  }

  private static void tables(Offers offers) {
    offers.add(
        ValueFunctionEntry.of(
            Tables.DENSE,
            "a table of every state of a finite space",
            TableConfig::defaults,
            Tables::dense));
    offers.add(
        ValueFunctionEntry.of(
            Tables.HASHED,
            "a table that grows as states are seen, for any observations that are whole numbers",
            TableConfig::defaults,
            Tables::hashed));
  }

  private static void temporalDifferences(Offers offers) {
    offers.add(
        LearnerEntry.of(
            "afterstate-td",
            "TD control over afterstates, for tasks that know them (Sutton and Barto, 2018, 6.8)",
            Accepts.tables(),
            AfterstateTd.Config::defaults,
            AfterstateTd::new));
    offers.add(
        LearnerEntry.of(
            "batch-td",
            "batch TD(0): state values of the random policy from all transitions again and again",
            Accepts.tables(),
            BatchTd.Config::defaults,
            (context, options) ->
                new BatchTd(context, options, new RandomPolicy(context.spec().actionSpace()))));
    offers.add(
        LearnerEntry.of(
            "double-expected-sarsa",
            "Expected SARSA by two tables (Sutton and Barto, 2018, 6.7)",
            Tables.accepts(),
            DoubleExpectedSarsa::defaults,
            DoubleExpectedSarsa::new));
    offers.add(
        LearnerEntry.of(
            "double-q-learning",
            "TD control by two tables, no maximisation bias (van Hasselt, 2010)",
            Tables.accepts(),
            DoubleQLearning::defaults,
            DoubleQLearning::new));
    offers.add(
        LearnerEntry.of(
            "expected-sarsa",
            "on-policy TD control by expectations (van Seijen et al., 2009)",
            Tables.accepts(),
            ExpectedSarsa::defaults,
            ExpectedSarsa::new));
    offers.add(
        LearnerEntry.of(
            "n-step-expected-sarsa",
            "n-step SARSA that ends in an expectation (Sutton and Barto, 2018, 7.2)",
            Tables.accepts(),
            NStepConfig::defaults,
            NStepExpectedSarsa::new));
    offers.add(
        LearnerEntry.of(
            "n-step-q-sigma",
            "n steps between sampling and expectation (De Asis et al., 2018)",
            Tables.accepts(),
            NStepQSigma.Config::defaults,
            NStepQSigma::new));
    offers.add(
        LearnerEntry.of(
            "n-step-sarsa",
            "on-policy n-step TD control (Sutton and Barto, 2018, 7.2)",
            Tables.accepts(),
            NStepConfig::defaults,
            NStepSarsa::new));
    offers.add(
        LearnerEntry.of(
            "n-step-td",
            "n-step TD: state values of the random policy (Sutton and Barto, 2018, 7.1)",
            Tables.accepts(),
            NStepTd.Config::defaults,
            (context, options) ->
                new NStepTd(context, options, new RandomPolicy(context.spec().actionSpace()))));
    offers.add(
        LearnerEntry.of(
            "n-step-tree-backup",
            "off-policy n-step control without importance sampling (Precup et al., 2000)",
            Tables.accepts(),
            NStepConfig::defaults,
            NStepTreeBackup::new));
    offers.add(
        LearnerEntry.of(
            "off-policy-n-step-sarsa",
            "off-policy n-step control by importance sampling (Sutton and Barto, 2018, 7.3)",
            Tables.accepts(),
            NStepConfig::defaults,
            OffPolicyNStepSarsa::new));
    offers.add(
        LearnerEntry.of(
            "q-learning",
            "off-policy TD control (Watkins, 1989)",
            Tables.accepts(),
            QLearning::defaults,
            QLearning::new));
    offers.add(
        LearnerEntry.of(
            "sarsa",
            "on-policy TD control (Rummery and Niranjan, 1994)",
            Tables.accepts(),
            Sarsa::defaults,
            Sarsa::new));
    offers.add(
        LearnerEntry.of(
            "td-prediction",
            "TD(0): state values of the random policy (Sutton, 1988)",
            Tables.accepts(),
            TdPrediction::defaults,
            (context, options) ->
                new TdPrediction(
                    context, options, new RandomPolicy(context.spec().actionSpace()))));
  }

  private static void traces(Offers offers) {
    offers.add(
        LearnerEntry.of(
            "offline-lambda-return",
            "λ-returns of whole episodes: state values of the random policy (Sutton and Barto, 2018, 12.1)",
            Tables.accepts(),
            LambdaPredictionConfig::defaults,
            (context, options) ->
                new OfflineLambdaReturn(
                    context, options, new RandomPolicy(context.spec().actionSpace()))));
    offers.add(
        LearnerEntry.of(
            "sarsa-lambda",
            "on-policy TD control with traces (Rummery and Niranjan, 1994)",
            Tables.accepts(),
            LambdaControlConfig::defaults,
            SarsaLambda::new));
    offers.add(
        LearnerEntry.of(
            "td-lambda",
            "TD(λ): state values of the random policy by traces (Sutton, 1988)",
            Tables.accepts(),
            TdLambda.Config::defaults,
            (context, options) ->
                new TdLambda(context, options, new RandomPolicy(context.spec().actionSpace()))));
    offers.add(
        LearnerEntry.of(
            "tree-backup-lambda",
            "off-policy TD control by tree backups with traces (Precup et al., 2000)",
            Tables.accepts(),
            LambdaControlConfig::defaults,
            TreeBackupLambda::new));
    offers.add(
        LearnerEntry.of(
            "true-online-td",
            "true online TD(λ): state values of the random policy (van Seijen and Sutton, 2014)",
            Tables.accepts(),
            LambdaPredictionConfig::defaults,
            (context, options) ->
                new TrueOnlineTd(
                    context, options, new RandomPolicy(context.spec().actionSpace()))));
    offers.add(
        LearnerEntry.of(
            "watkins-q-lambda",
            "off-policy TD control with traces (Watkins, 1989)",
            Tables.accepts(),
            LambdaControlConfig::defaults,
            WatkinsQLambda::new));
  }
}
