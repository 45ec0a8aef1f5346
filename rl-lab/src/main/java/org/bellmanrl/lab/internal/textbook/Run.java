package org.bellmanrl.lab.internal.textbook;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.bellmanrl.api.Environment;
import org.bellmanrl.api.EnvironmentSpec;
import org.bellmanrl.api.Learner;
import org.bellmanrl.api.LearnerContext;
import org.bellmanrl.api.Listener;
import org.bellmanrl.api.Observations;
import org.bellmanrl.api.ValueFunction;
import org.bellmanrl.api.VectorEnvironment;
import org.bellmanrl.api.interaction.Budget;
import org.bellmanrl.api.interaction.Evaluation;
import org.bellmanrl.api.interaction.Interaction;
import org.bellmanrl.api.interaction.RunProgress;
import org.bellmanrl.api.random.RandomStreams;
import org.bellmanrl.api.random.Streams;
import org.bellmanrl.api.random.Streams.Role;
import org.bellmanrl.api.schedule.Progress;
import org.bellmanrl.api.space.Box;
import org.bellmanrl.api.space.Rows;
import org.jspecify.annotations.Nullable;

/** One run of a setting. It steps the environment itself, so as to see every step. */
final class Run implements Listener {

  /** Makes the learner. */
  interface Maker {
    Learner make(LearnerContext context);
  }

  /** A greedy policy that goes in circles is stopped there. */
  private static final int MOST_GREEDY_STEPS = 10_000;

  private final Setting setting;
  private final VectorEnvironment environment;
  private final RandomStreams random;
  private final RunProgress progress;
  private final Learner learner;
  private final Interaction interaction;
  private final Rows all = Rows.all(1);

  private final Check[] checks;
  private final int[] place;
  private final int[] diagnostic;
  private final double[] numbers;
  private final double[] reported;

  private final double[] truth;
  private final @Nullable ValueFunction values;
  private final Observations states;
  private final Rows stateRows;
  private final double[] estimates;

  Run(Setting setting, Environment one, Maker maker, double[] truth, long seed) {
    this.setting = setting;
    this.environment = VectorEnvironment.of(one);
    EnvironmentSpec spec =
        setting.maxEpisodeSteps().isPresent()
            ? one.spec().withMaxEpisodeSteps(setting.maxEpisodeSteps().getAsInt())
            : one.spec();
    Streams streams = Streams.of(seed);
    this.random = streams.rows(Role.ENVIRONMENT, 1);
    int episodes = setting.episodes();
    // Without an end in view: the settings' step sizes are all constant.
    this.progress = new RunProgress(Budget.steps(Long.MAX_VALUE));
    this.learner =
        maker.make(LearnerContext.of(environment, streams, progress).withSpec(told(spec)));
    this.interaction =
        Interaction.learning(
            spec, 1, learner, streams.rows(Role.POLICY, 1), progress, List.of(this));
    this.checks = setting.checks().toArray(Check[]::new);
    this.place = new int[checks.length];
    this.diagnostic = new int[checks.length];
    int width = 0;
    for (int i = 0; i < checks.length; i++) {
      place[i] = width;
      width += checks[i].measure().width(truth.length);
      diagnostic[i] = spec.diagnostics().indexOf(checks[i].measure().diagnostic());
    }
    this.numbers = new double[width];
    this.reported = new double[spec.diagnostics().size()];
    this.truth = truth;
    this.values = truth.length == 0 ? null : learner.values().orElseThrow();
    this.stateRows = Rows.all(Math.max(1, truth.length));
    this.states = new Observations(spec, Math.max(1, truth.length));
    this.estimates = new double[truth.length];
    for (int s = 0; s < truth.length; s++) {
      states.values().ints()[s] = s;
    }
    if (episodes == 0 && setting.steps() == 0) {
      throw new IllegalArgumentException(setting.name() + " measures nothing");
    }
  }

  private EnvironmentSpec told(EnvironmentSpec spec) {
    return setting.low().isEmpty()
        ? spec
        : spec.withSpaces(
            Box.of(floats(setting.low()), floats(setting.high())), spec.actionSpace());
  }

  private static float[] floats(List<Double> values) {
    float[] floats = new float[values.size()];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = values.get(i).floatValue();
    }
    return floats;
  }

  /** Runs to the last episode or step that is asked for; what was measured, check by check. */
  double[] go() {
    takeValues(0);
    int episodes = setting.episodes();
    int steps = setting.steps();
    while (progress.episodes() < episodes || progress.steps() < steps) {
      if (!interaction.idle().isEmpty()) {
        environment.reset(all, random, interaction.observations());
        interaction.begin(all);
      }
      interaction.act(all);
      environment.step(all, interaction.actions().values(), random, interaction.outcomes());
      takeStep((int) progress.steps() + 1);
      interaction.observe(all);
    }
    for (int i = 0; i < checks.length; i++) {
      if (checks[i].measure().kind() == Measure.Kind.GREEDY_RETURN) {
        numbers[place[i]] = greedy();
      }
    }
    return numbers;
  }

  private double greedy() {
    Evaluation.Plan plan = Evaluation.Plan.episodes(1).withMaxEpisodeSteps(MOST_GREEDY_STEPS);
    return Evaluation.of(environment, learner.policy(), plan).meanReturn();
  }

  private void takeStep(int step) {
    double reward = interaction.outcomes().reward()[0];
    double[] said = interaction.outcomes().diagnostics();
    for (int d = 0; d < reported.length; d++) {
      reported[d] += said[d];
    }
    for (int i = 0; i < checks.length; i++) {
      switch (checks[i].measure().kind()) {
        case REWARD -> take(i, step, reward - setting.shift());
        case STEP_PERCENT -> take(i, step, 100 * said[diagnostic[i]]);
        default -> {}
      }
    }
  }

  @Override
  public void onEpisode(Episode episode, Progress now) {
    int number = (int) episode.index() + 1;
    for (int i = 0; i < checks.length; i++) {
      switch (checks[i].measure().kind()) {
        case RETURN -> take(i, number, episode.episodeReturn());
        case LENGTH -> take(i, number, (double) episode.length());
        case EPISODE_PERCENT -> take(i, number, 100 * reported[diagnostic[i]]);
        default -> {}
      }
    }
    takeValues(number);
    Arrays.fill(reported, 0);
  }

  /** After so many episodes. */
  private void takeValues(int number) {
    if (truth.length == 0) {
      return;
    }
    Objects.requireNonNull(values).evaluate(stateRows, states, estimates);
    double squares = 0;
    for (int s = 0; s < truth.length; s++) {
      squares += (estimates[s] - truth[s]) * (estimates[s] - truth[s]);
    }
    for (int i = 0; i < checks.length; i++) {
      Measure measure = checks[i].measure();
      if (measure.kind() == Measure.Kind.RMS) {
        take(i, number, Math.sqrt(squares / truth.length));
      } else if (measure.kind() == Measure.Kind.VALUES
          && number >= measure.from()
          && number <= measure.to()) {
        int at = place[i] + (number - measure.from()) * truth.length;
        System.arraycopy(estimates, 0, numbers, at, truth.length);
      }
    }
  }

  private void take(int i, int number, double value) {
    Measure measure = checks[i].measure();
    if (number >= measure.from() && number <= measure.to()) {
      switch (measure.fold()) {
        case MEAN -> numbers[place[i]] += value / (measure.to() - measure.from() + 1);
        case TOTAL -> numbers[place[i]] += value;
        case PEAK, EACH -> numbers[place[i] + number - measure.from()] = value;
      }
    }
  }
}
