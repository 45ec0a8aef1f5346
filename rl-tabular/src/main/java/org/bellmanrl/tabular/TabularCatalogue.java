package org.bellmanrl.tabular;

import java.util.function.BiFunction;
import java.util.function.Supplier;
import org.bellmanrl.api.Accepts;
import org.bellmanrl.api.Learner;
import org.bellmanrl.api.LearnerContext;
import org.bellmanrl.api.registry.Catalogue;
import org.bellmanrl.api.registry.LearnerEntry;
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
import org.bellmanrl.tabular.linear.GradientMonteCarlo;
import org.bellmanrl.tabular.linear.GradientTd;
import org.bellmanrl.tabular.linear.GradientTd2;
import org.bellmanrl.tabular.linear.LinearControlConfig;
import org.bellmanrl.tabular.linear.LinearSarsaLambda;
import org.bellmanrl.tabular.linear.LinearSpaces;
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
    Learners finite = new Learners(offers, Accepts.tables());
    Learners contextual = new Learners(offers, LinearBandit.accepts());
    finite.add(
        ActionValueBandit.ID,
        "bandit: the best arm so far, or sometimes any; optimistic by initial_value",
        ActionValueBandit.Config::defaults,
        ActionValueBandit::new);
    finite.add(
        Exp3.ID,
        "bandit: exponential weights against an adversary (Auer et al., 2002)",
        Exp3.Config::defaults,
        Exp3::new);
    finite.add(
        GradientBandit.ID,
        "bandit: preferences by gradient ascent (Sutton and Barto, section 2.8)",
        GradientBandit.Config::defaults,
        GradientBandit::new);
    contextual.add(
        LinUcb.ID,
        "contextual bandit: upper bounds of linear models (Li et al., 2010)",
        LinearBanditConfig::defaults,
        LinUcb::new);
    contextual.add(
        LinearThompson.ID,
        "contextual bandit: posterior sampling of linear models (Agrawal and Goyal, 2013)",
        LinearBanditConfig::defaults,
        LinearThompson::new);
    finite.add(
        ThompsonBernoulli.ID,
        "bandit: posterior sampling for rewards in an interval (Thompson, 1933)",
        ThompsonBernoulli.Config::defaults,
        ThompsonBernoulli::new);
    finite.add(
        ThompsonGaussian.ID,
        "bandit: posterior sampling for normal rewards (Thompson, 1933)",
        ThompsonGaussian.Config::defaults,
        ThompsonGaussian::new);
    finite.add(
        UpperConfidenceBound.ID,
        "bandit: the arm that could be best (UCB1; Auer et al., 2002)",
        UpperConfidenceBound.Config::defaults,
        UpperConfidenceBound::new);
  }

  private static void dynamicProgramming(Offers offers) {
    Learners finite = new Learners(offers, Accepts.tables());
    finite.add(
        PolicyIteration.ID,
        "optimal values from the task's exact model, a sweep per step (Howard, 1960)",
        PolicyIteration.Config::defaults,
        PolicyIteration::learner);
    finite.add(
        ValueIteration.ID,
        "optimal values from the task's exact model, a sweep per step (Bellman, 1957)",
        ValueIteration.Config::defaults,
        ValueIteration::learner);
  }

  private static void policyGradients(Offers offers) {
    Learners finite = new Learners(offers, Accepts.tables());
    finite.add(
        ActorCritic.ID,
        "one-step actor-critic over a table (Sutton and Barto, section 13.5)",
        ActorCritic.Config::defaults,
        ActorCritic::new);
    finite.add(
        Reinforce.ID,
        "Monte Carlo policy gradient over a table, with or without a baseline (Williams,"
            + " 1992)",
        Reinforce.Config::defaults,
        Reinforce::new);
  }

  private static void linearFeatures(Offers offers) {
    Learners linear = new Learners(offers, LinearSpaces.accepts());
    linear.add(
        DifferentialSarsa.ID,
        "differential semi-gradient SARSA for continuing tasks (Sutton and Barto, section"
            + " 10.3)",
        DifferentialSarsa.Config::defaults,
        DifferentialSarsa::new);
    linear.add(
        EmphaticTd.ID,
        "emphatic TD: weighs updates so that they are safe off policy",
        EmphaticTd::defaults,
        EmphaticTd::new);
    linear.add(
        GradientMonteCarlo.ID,
        "gradient Monte Carlo: state values over features (section 9.3)",
        GradientMonteCarlo::defaults,
        GradientMonteCarlo::new);
    linear.add(
        GradientTd2.ID,
        "GTD2: gradient TD that is safe off policy (Sutton et al., 2009)",
        GradientTd.Config::defaults,
        GradientTd2::new);
    linear.add(
        LinearSarsaLambda.ID,
        "SARSA(lambda) over linear features (Sutton and Barto, section 12.7)",
        LinearSarsaLambda.Config::defaults,
        LinearSarsaLambda::new);
    linear.add(
        Lspi.ID,
        "least-squares policy iteration over the latest samples (Lagoudakis and Parr, 2003)",
        Lspi.Config::defaults,
        Lspi::new);
    linear.add(
        Lstd.ID,
        "LSTD(lambda): the TD fixed point, exactly (Bradtke and Barto, 1996)",
        Lstd.Config::defaults,
        Lstd::new);
    linear.add(
        NStepSemiGradientSarsa.ID,
        "n-step semi-gradient SARSA over linear features (Sutton and Barto, section 10.2)",
        NStepSemiGradientSarsa.Config::defaults,
        NStepSemiGradientSarsa::new);
    linear.add(
        SemiGradientSarsa.ID,
        "semi-gradient SARSA over linear features (Sutton and Barto, section 10.1)",
        LinearControlConfig::defaults,
        SemiGradientSarsa::new);
    linear.add(
        SemiGradientTd.ID,
        "semi-gradient TD(0): state values over features (Sutton, 1988)",
        SemiGradientTd::defaults,
        SemiGradientTd::new);
    linear.add(
        Tdc.ID,
        "TD with gradient correction, safe off policy (Sutton et al., 2009)",
        GradientTd.Config::defaults,
        Tdc::new);
  }

  private static void monteCarlo(Offers offers) {
    Learners tables = new Learners(offers, Tables.accepts());
    tables.add(
        MonteCarloControl.ID,
        "on-policy Monte Carlo control, first-visit or every-visit, averaging or constant step",
        MonteCarloControl.Config::defaults,
        MonteCarloControl::new);
    tables.add(
        MonteCarloExploringStarts.ID,
        "Monte Carlo control with exploring starts: a random first action, greedy ones after",
        MonteCarloExploringStarts.Config::defaults,
        MonteCarloExploringStarts::new);
    tables.add(
        MonteCarloPrediction.ID,
        "Monte Carlo state values of the random policy, first-visit or every-visit",
        MonteCarloPrediction.Config::defaults,
        (context, options) ->
            new MonteCarloPrediction(
                context, options, new RandomPolicy(context.spec().actionSpace())));
    tables.add(
        OffPolicyMonteCarloControl.ID,
        "off-policy Monte Carlo control by weighted importance sampling",
        OffPolicyMonteCarloControl.Config::defaults,
        OffPolicyMonteCarloControl::new);
    tables.add(
        OffPolicyMonteCarloPrediction.ID,
        "Monte Carlo values of one policy from episodes of another, by importance sampling",
        OffPolicyMonteCarloPrediction.Config::defaults,
        OffPolicyMonteCarloPrediction::new);
  }

  private static void planning(Offers offers) {
    Learners finite = new Learners(offers, Accepts.tables());
    Learners tables = new Learners(offers, Tables.accepts());
    tables.add(
        DynaQ.ID,
        "Q-learning that replays a learned model (Sutton, 1990)",
        DynaConfig::defaults,
        DynaQ::new);
    tables.add(
        DynaQPlus.ID,
        "Dyna-Q with a bonus for what was not tried for long (Sutton, 1990)",
        DynaQPlus.Config::defaults,
        DynaQPlus::new);
    finite.add(
        PrioritisedSweeping.ID,
        "plans backwards from surprises (Moore and Atkeson, 1993)",
        PrioritisedSweeping.Config::defaults,
        PrioritisedSweeping::new);
    finite.add(
        RealTimeDp.ID,
        "dynamic programming along episodes, by the exact model (Barto et al., 1995)",
        RealTimeDp.Config::defaults,
        RealTimeDp::new);
    finite.add(
        TrajectorySampling.ID,
        "plans by imagined episodes through the exact model (Sutton and Barto, 2018, 8.6)",
        TrajectorySampling.Config::defaults,
        TrajectorySampling::new);
    finite.add(
        UctSearch.ID,
        "Monte Carlo tree search by the exact model, for every action (Kocsis et al., 2006)",
        Uct.Config::defaults,
        UctSearch::new);
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
    Learners finite = new Learners(offers, Accepts.tables());
    Learners tables = new Learners(offers, Tables.accepts());
    finite.add(
        AfterstateTd.ID,
        "TD control over afterstates, for tasks that know them (Sutton and Barto, 2018, 6.8)",
        AfterstateTd.Config::defaults,
        AfterstateTd::new);
    finite.add(
        BatchTd.ID,
        "batch TD(0): state values of the random policy from all transitions again and again",
        BatchTd.Config::defaults,
        (context, options) ->
            new BatchTd(context, options, new RandomPolicy(context.spec().actionSpace())));
    tables.add(
        DoubleExpectedSarsa.ID,
        "Expected SARSA by two tables (Sutton and Barto, 2018, 6.7)",
        DoubleExpectedSarsa::defaults,
        DoubleExpectedSarsa::new);
    tables.add(
        DoubleQLearning.ID,
        "TD control by two tables, no maximisation bias (van Hasselt, 2010)",
        DoubleQLearning::defaults,
        DoubleQLearning::new);
    tables.add(
        ExpectedSarsa.ID,
        "on-policy TD control by expectations (van Seijen et al., 2009)",
        ExpectedSarsa::defaults,
        ExpectedSarsa::new);
    tables.add(
        NStepExpectedSarsa.ID,
        "n-step SARSA that ends in an expectation (Sutton and Barto, 2018, 7.2)",
        NStepConfig::defaults,
        NStepExpectedSarsa::new);
    tables.add(
        NStepQSigma.ID,
        "n steps between sampling and expectation (De Asis et al., 2018)",
        NStepQSigma.Config::defaults,
        NStepQSigma::new);
    tables.add(
        NStepSarsa.ID,
        "on-policy n-step TD control (Sutton and Barto, 2018, 7.2)",
        NStepConfig::defaults,
        NStepSarsa::new);
    tables.add(
        NStepTd.ID,
        "n-step TD: state values of the random policy (Sutton and Barto, 2018, 7.1)",
        NStepTd.Config::defaults,
        (context, options) ->
            new NStepTd(context, options, new RandomPolicy(context.spec().actionSpace())));
    tables.add(
        NStepTreeBackup.ID,
        "off-policy n-step control without importance sampling (Precup et al., 2000)",
        NStepConfig::defaults,
        NStepTreeBackup::new);
    tables.add(
        OffPolicyNStepSarsa.ID,
        "off-policy n-step control by importance sampling (Sutton and Barto, 2018, 7.3)",
        NStepConfig::defaults,
        OffPolicyNStepSarsa::new);
    tables.add(
        QLearning.ID, "off-policy TD control (Watkins, 1989)", QLearning::defaults, QLearning::new);
    tables.add(
        Sarsa.ID, "on-policy TD control (Rummery and Niranjan, 1994)", Sarsa::defaults, Sarsa::new);
    tables.add(
        TdPrediction.ID,
        "TD(0): state values of the random policy (Sutton, 1988)",
        TdPrediction::defaults,
        (context, options) ->
            new TdPrediction(context, options, new RandomPolicy(context.spec().actionSpace())));
  }

  private static void traces(Offers offers) {
    Learners tables = new Learners(offers, Tables.accepts());
    tables.add(
        OfflineLambdaReturn.ID,
        "λ-returns of whole episodes: state values of the random policy (Sutton and Barto, 2018, 12.1)",
        LambdaPredictionConfig::defaults,
        (context, options) ->
            new OfflineLambdaReturn(
                context, options, new RandomPolicy(context.spec().actionSpace())));
    tables.add(
        SarsaLambda.ID,
        "on-policy TD control with traces (Rummery and Niranjan, 1994)",
        LambdaControlConfig::defaults,
        SarsaLambda::new);
    tables.add(
        TdLambda.ID,
        "TD(λ): state values of the random policy by traces (Sutton, 1988)",
        TdLambda.Config::defaults,
        (context, options) ->
            new TdLambda(context, options, new RandomPolicy(context.spec().actionSpace())));
    tables.add(
        TreeBackupLambda.ID,
        "off-policy TD control by tree backups with traces (Precup et al., 2000)",
        LambdaControlConfig::defaults,
        TreeBackupLambda::new);
    tables.add(
        TrueOnlineTd.ID,
        "true online TD(λ): state values of the random policy (van Seijen and Sutton, 2014)",
        LambdaPredictionConfig::defaults,
        (context, options) ->
            new TrueOnlineTd(context, options, new RandomPolicy(context.spec().actionSpace())));
    tables.add(
        WatkinsQLambda.ID,
        "off-policy TD control with traces (Watkins, 1989)",
        LambdaControlConfig::defaults,
        WatkinsQLambda::new);
  }

  /** Adds learners that accept the same spaces. */
  private record Learners(Offers offers, Accepts accepts) {
    <C extends Record> void add(
        String id,
        String description,
        Supplier<C> defaults,
        BiFunction<? super LearnerContext, ? super C, ? extends Learner> maker) {
      offers.add(LearnerEntry.of(id, description, accepts, defaults, maker));
    }
  }
}
