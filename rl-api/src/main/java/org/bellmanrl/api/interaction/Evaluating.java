package org.bellmanrl.api.interaction;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bellmanrl.api.EnvironmentSpec;
import org.bellmanrl.api.Listener;
import org.bellmanrl.api.Listener.Episode;
import org.bellmanrl.api.Policy;
import org.bellmanrl.api.VectorEnvironment;
import org.bellmanrl.api.random.RandomStreams;
import org.bellmanrl.api.random.Streams;
import org.bellmanrl.api.random.Streams.Role;
import org.bellmanrl.api.schedule.Progress;
import org.bellmanrl.api.space.Rows;

/** Plays the episodes of an evaluation, side by side in the rows of the environments. */
final class Evaluating implements Listener {
  private final VectorEnvironment environment;
  private final Evaluation.Plan plan;
  private final Streams streams;
  private final RandomStreams environmentRandom;
  private final RandomStreams policyRandom;
  private final Interaction interaction;
  private final int[] episodeOf;
  private final double[] returns;
  private final long[] lengths;
  private int begun;
  private int ended;
  private int terminated;

  Evaluating(
      VectorEnvironment environment,
      Policy policy,
      Evaluation.Plan plan,
      List<? extends Listener> listeners) {
    this.environment = environment;
    this.plan = plan;
    this.streams = Streams.of(plan.seed());
    int rows = environment.rows();
    this.environmentRandom = streams.rows(Role.EVALUATION_ENVIRONMENT, rows);
    this.policyRandom = streams.rows(Role.EVALUATION_POLICY, rows);
    List<Listener> told = new ArrayList<>(listeners);
    told.addFirst(this);
    this.interaction = Interaction.acting(limited(), rows, policy, policyRandom, told);
    this.episodeOf = new int[rows];
    Arrays.fill(episodeOf, -1);
    this.returns = new double[plan.episodes()];
    this.lengths = new long[plan.episodes()];
  }

  private EnvironmentSpec limited() {
    EnvironmentSpec spec = environment.spec();
    int own = spec.maxEpisodeSteps();
    int cap = plan.maxEpisodeSteps();
    return spec.withMaxEpisodeSteps(own == 0 ? cap : Math.min(own, cap));
  }

  Evaluation run() {
    Rows running = new Rows(environment.rows());
    while (ended < plan.episodes()) {
      running.clear();
      for (int row = 0; row < environment.rows(); row++) {
        if (episodeOf[row] < 0 && begun < plan.episodes()) {
          seed(row, begun);
          episodeOf[row] = begun++;
        }
        if (episodeOf[row] >= 0) {
          running.add(row);
        }
      }
      interaction.play(running, environment, environmentRandom);
    }
    return new Evaluation(returns, lengths, terminated);
  }

  private void seed(int row, int episode) {
    if (plan.seeds().isEmpty()) {
      streams.restart(environmentRandom.row(row), Role.EVALUATION_ENVIRONMENT, episode);
    } else {
      environmentRandom.reseed(row, plan.seeds().get(episode));
    }
    streams.restart(policyRandom.row(row), Role.EVALUATION_POLICY, episode);
  }

  @Override
  public void onEpisode(Episode episode, Progress progress) {
    int number = episodeOf[episode.row()];
    episodeOf[episode.row()] = -1;
    returns[number] = episode.episodeReturn();
    lengths[number] = episode.length();
    terminated += episode.terminated() ? 1 : 0;
    ended++;
  }
}
