package org.bellmanrl.tabular.traces;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.function.Consumer;
import org.assertj.core.data.Offset;
import org.bellmanrl.api.EnvironmentSpec;
import org.bellmanrl.api.Learner;
import org.bellmanrl.api.schedule.Schedule;
import org.bellmanrl.tabular.Steps;
import org.bellmanrl.tabular.Tasks;
import org.bellmanrl.tabular.learner.ControlConfig;
import org.bellmanrl.tabular.learner.PredictionConfig;
import org.bellmanrl.tabular.policy.RandomPolicy;
import org.bellmanrl.tabular.table.QTable;
import org.bellmanrl.tabular.table.VTable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Methods with traces, α = γ = λ = 1/2: a trace fades to a quarter at every step. */
final class TracesTest {
  private static final Schedule HALF = Schedule.constant(0.5);
  private static final Offset<Double> CLOSE = within(1e-12);

  private static final LambdaControlConfig CONTROL =
      new LambdaControlConfig(
          ControlConfig.defaults().withStepSize(HALF).withGamma(0.5).withEpsilon(HALF),
          0.5,
          TraceKind.ACCUMULATING,
          false);

  private final EnvironmentSpec spec = Tasks.chain();

  private static LambdaPredictionConfig prediction(double lambda) {
    return new LambdaPredictionConfig(
        PredictionConfig.defaults().withStepSize(HALF).withGamma(0.5), lambda);
  }

  private TdLambda td(TraceKind kind) {
    return new TdLambda(
        Tasks.context(spec, 1),
        new TdLambda.Config(prediction(0.5), kind),
        new RandomPolicy(spec.actionSpace()));
  }

  private TrueOnlineTd online(double lambda) {
    return new TrueOnlineTd(
        Tasks.context(spec, 1), prediction(lambda), new RandomPolicy(spec.actionSpace()));
  }

  private OfflineLambdaReturn offline(double lambda) {
    return new OfflineLambdaReturn(
        Tasks.context(spec.withMaxEpisodeSteps(9), 1),
        prediction(lambda),
        new RandomPolicy(spec.actionSpace()));
  }

  private SarsaLambda sarsa() {
    return new SarsaLambda(Tasks.context(spec, 1), CONTROL);
  }

  private WatkinsQLambda watkins() {
    return new WatkinsQLambda(Tasks.context(spec, 1), CONTROL);
  }

  private TreeBackupLambda tree() {
    return new TreeBackupLambda(Tasks.context(spec, 1), CONTROL);
  }

  @Test
  void tdLambda_twoStates_handsTheSurpriseBack() {
    TdLambda learner = td(TraceKind.ACCUMULATING);
    Steps steps = new Steps(spec, 1);
    steps.step(0, 0, 0, 0, 1).first(0).to(learner);
    assertThat(learner.table().get(0)).isZero();
    steps.step(0, 1, 0, 8, 2).to(learner);

    assertThat(learner.table().get(1)).isEqualTo(4);
    assertThat(learner.table().get(0)).isEqualTo(1);
  }

  @ParameterizedTest
  @EnumSource
  void tdLambda_sameStateAgain_dependsOnTheKind(TraceKind kind) {
    TdLambda learner = td(kind);
    Steps steps = new Steps(spec, 1);
    steps.step(0, 0, 0, 0, 0).first(0).to(learner);
    steps.step(0, 0, 0, 8, 1).to(learner);

    double trace =
        switch (kind) {
          case ACCUMULATING -> 1.25;
          case REPLACING -> 1;
          // 1/4 + 1 − 1/2 * 1/4
          case DUTCH -> 1.125;
        };
    assertThat(learner.table().get(0)).isEqualTo(0.5 * 8 * trace);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void control_sameStateWithAnotherAction_clearsTheOtherTraceIfAsked(boolean clearOthers) {
    LambdaControlConfig config = CONTROL.withClearOthers(clearOthers);
    SarsaLambda sarsa = new SarsaLambda(Tasks.context(spec, 1), config);
    WatkinsQLambda watkins = new WatkinsQLambda(Tasks.context(spec, 1), config);
    TreeBackupLambda tree = new TreeBackupLambda(Tasks.context(spec, 1), config);
    for (Learner learner : new Learner[] {sarsa, watkins, tree}) {
      Steps steps = new Steps(spec, 1);
      steps.step(0, 0, 1, 0, 0).first(0).next(0, 0).to(learner);
      steps.step(0, 0, 0, 8, 1).next(0, 0).to(learner);
    }

    for (QTable q : new QTable[] {sarsa.table(), watkins.table(), tree.table()}) {
      assertThat(q.get(0, 0)).isEqualTo(4);
      assertThat(q.get(0, 1) == 0).isEqualTo(clearOthers);
    }
  }

  private void cut(Consumer<Steps> end, boolean expectCut) {
    TdLambda td = td(TraceKind.ACCUMULATING);
    TrueOnlineTd online = online(0.5);
    SarsaLambda sarsa = sarsa();
    WatkinsQLambda watkins = watkins();
    TreeBackupLambda tree = tree();
    for (Learner learner : new Learner[] {td, online, sarsa, watkins, tree}) {
      Steps steps = new Steps(spec, 1);
      steps.step(0, 0, 0, 0, 1).first(0).next(0, 0);
      end.accept(steps);
      steps.to(learner);
      // Not marked as the first of an episode: the cut alone must be enough.
      steps.step(0, 1, 0, 8, 2).next(0, 0).to(learner);
    }
    for (double v : new double[] {td.table().get(0), online.table().get(0)}) {
      assertThat(v == 0).isEqualTo(expectCut);
    }
    for (QTable q : new QTable[] {sarsa.table(), watkins.table(), tree.table()}) {
      assertThat(q.get(1, 0)).isEqualTo(4);
      if (expectCut) {
        assertThat(q.get(0, 0)).isZero();
      }
    }
    assertThat(sarsa.table().get(0, 0) == 0).isEqualTo(expectCut);
    assertThat(watkins.table().get(0, 0) == 0).isEqualTo(expectCut);
  }

  @Test
  void traces_lastStep_areCutAtTruncationsToo() {
    cut(steps -> {}, false);
    cut(steps -> steps.terminated(0), true);
    cut(steps -> steps.truncated(0), true);
    // A new episode after one that was abandoned.
    TdLambda learner = td(TraceKind.ACCUMULATING);
    Steps steps = new Steps(spec, 1);
    steps.step(0, 0, 0, 0, 1).first(0).to(learner);
    steps.step(0, 1, 0, 8, 2).first(0).to(learner);
    assertThat(learner.table().get(0)).isZero();
  }

  @Test
  void tdLambda_truncated_bootstrapsFromTheLastObservation() {
    TdLambda learner = td(TraceKind.ACCUMULATING);
    learner.table().set(1, 8);
    new Steps(spec, 1).step(0, 0, 0, 2, 1).first(0).truncated(0).to(learner);
    assertThat(learner.table().get(0)).isEqualTo(3);
    new Steps(spec, 1).step(0, 2, 0, 2, 1).first(0).terminated(0).to(learner);
    assertThat(learner.table().get(2)).isEqualTo(1);
  }

  /** Three steps, 0 → 0 → 1 and the end, as the interim λ-returns have it. */
  @Test
  void trueOnlineTd_episode_equalsTheOnlineLambdaReturn() {
    for (double lambda : new double[] {0, 0.5, 1}) {
      TrueOnlineTd learner = online(lambda);
      VTable v = learner.table();
      v.set(0, 2);
      v.set(1, 4);
      Steps steps = new Steps(spec, 1);
      steps.step(0, 0, 0, 1, 0).first(0).to(learner);
      steps.step(0, 0, 0, 3, 1).to(learner);
      steps.step(0, 1, 0, 5, 2).terminated(0).to(learner);

      double[] w = onlineLambdaReturn(lambda);
      assertThat(v.get(0)).isCloseTo(w[0], CLOSE);
      assertThat(v.get(1)).isCloseTo(w[1], CLOSE);
    }
  }

  /**
   * The definition (Sutton and Barto, 12.4): at every horizon h go through the episode again from
   * the values at its beginning, with λ-returns cut at h that bootstrap from the values of the
   * passes before.
   */
  private static double[] onlineLambdaReturn(double lambda) {
    int[] state = {0, 0, 1, 2};
    double[] reward = {1, 3, 5};
    double gamma = 0.5;
    double[] start = {2, 4, 0};
    double[][] passes = new double[4][];
    passes[0] = start;
    for (int h = 1; h <= 3; h++) {
      double[] w = start.clone();
      for (int t = 0; t < h; t++) {
        // The n-step return from t ends at t + n with the values of pass t + n − 1.
        double g = 0;
        for (int n = 1; n <= h - t; n++) {
          double steps = 0;
          for (int k = 0; k < n; k++) {
            steps += Math.pow(gamma, k) * reward[t + k];
          }
          double end = t + n == 3 ? 0 : passes[t + n - 1][state[t + n]];
          double weight =
              n == h - t ? Math.pow(lambda, n - 1) : (1 - lambda) * Math.pow(lambda, n - 1);
          g += weight * (steps + Math.pow(gamma, n) * end);
        }
        w[state[t]] += 0.5 * (g - w[state[t]]);
      }
      passes[h] = w;
    }
    return passes[3];
  }

  @Test
  void offlineLambdaReturn_episode_averagesTheReturns() {
    OfflineLambdaReturn learner = offline(0.5);
    VTable v = learner.table();
    v.set(1, 4);
    v.set(2, 8);
    Steps steps = new Steps(spec, 1);
    steps.step(0, 0, 0, 1, 1).first(0).to(learner);
    assertThat(v.get(0)).isZero();
    steps.step(0, 1, 0, 2, 2).truncated(0).to(learner);

    // Second step: 2 + 0.5 * 8 = 6; first: 1 + 0.5 (0.5 * 4 + 0.5 * 6) = 3.5
    assertThat(v.get(1)).isEqualTo(5);
    assertThat(v.get(0)).isEqualTo(1.75);
  }

  @Test
  void offlineLambdaReturn_ends_areOneStepAndMonteCarlo() {
    for (double lambda : new double[] {0, 1}) {
      OfflineLambdaReturn learner = offline(lambda);
      learner.table().set(1, 4);
      Steps steps = new Steps(spec, 1);
      steps.step(0, 0, 0, 1, 1).first(0).to(learner);
      steps.step(0, 1, 0, 2, 2).terminated(0).to(learner);

      assertThat(learner.table().get(1)).isEqualTo(3);
      assertThat(learner.table().get(0)).isEqualTo(lambda == 0 ? 1.5 : 1);
    }
  }

  @Test
  void sarsaLambda_twoSteps_usesTheNextAction() {
    SarsaLambda learner = sarsa();
    QTable q = learner.table();
    q.set(2, 0, 4);
    q.set(2, 1, 8);
    Steps steps = new Steps(spec, 1);
    steps.step(0, 0, 0, 0, 1).first(0).next(0, 1).to(learner);
    steps.step(0, 1, 1, 2, 2).next(0, 0).to(learner);

    // δ = 2 + 0.5 * 4
    assertThat(q.get(1, 1)).isEqualTo(2);
    assertThat(q.get(0, 0)).isEqualTo(0.5);
  }

  @Test
  void watkins_actionThatIsNotGreedy_cutsTheTraces() {
    for (boolean greedy : new boolean[] {true, false}) {
      WatkinsQLambda learner = watkins();
      QTable q = learner.table();
      q.set(2, 0, 4);
      q.set(2, 1, 8);
      Steps steps = new Steps(spec, 1);
      steps.step(0, 0, 0, 0, 1).first(0).to(learner);
      q.set(1, 0, greedy ? -1 : 1);
      steps.step(0, 1, 1, 2, 2).to(learner);

      // δ = 2 + 0.5 * 8
      assertThat(q.get(1, 1)).isEqualTo(3);
      assertThat(q.get(0, 0)).isEqualTo(greedy ? 0.75 : 0);
    }
  }

  @Test
  void treeBackup_tiedAction_halvesTheTraces() {
    TreeBackupLambda learner = tree();
    QTable q = learner.table();
    q.set(2, 0, 4);
    q.set(2, 1, 8);
    Steps steps = new Steps(spec, 1);
    steps.step(0, 0, 0, 0, 1).first(0).to(learner);
    steps.step(0, 1, 1, 2, 2).to(learner);

    assertThat(q.get(1, 1)).isEqualTo(3);
    assertThat(q.get(0, 0)).isEqualTo(0.375);
  }

  @Test
  void config_outOfRange_isRefused() {
    assertThatThrownBy(() -> prediction(-0.1)).hasMessage("lambda must be in [0, 1], was -0.1");
    assertThatThrownBy(() ->
            new OfflineLambdaReturn(
                Tasks.context(spec.continuing(), 1),
                LambdaPredictionConfig.defaults(),
                new RandomPolicy(spec.actionSpace())))
        .hasMessageContaining("offline-lambda-return learns at the end of an episode");
  }
}
