package org.bellmanrl.lab.internal.export;

import java.util.List;
import java.util.stream.Collectors;
import org.bellmanrl.lab.internal.run.Experiment;
import org.bellmanrl.lab.internal.run.Judgement;
import org.bellmanrl.lab.internal.run.Summary;
import org.bellmanrl.lab.internal.run.Versions;
import org.bellmanrl.policy.WritablePolicy;
import org.bellmanrl.results.document.Numbers;

/** Tells people what a policy is, how it was trained and how good it is, as Markdown. */
public final class ModelCard {
  private static final int MOST_SEEDS = 20;

  private ModelCard() {}

  /**
   * The card of a run's policy.
   *
   * @param policy what it is
   * @param masked whether observations say which actions are allowed
   * @param wrappers those of the run that are not part of the policy, as {@code --wrap} takes them
   * @param experiment how it was trained
   * @param summary how that ended
   * @param best whether it is the one that did best in a trial, not the last
   * @param configuration the run's file of settings, as it stands
   */
  public static String of(
      WritablePolicy policy,
      boolean masked,
      List<String> wrappers,
      Experiment experiment,
      Summary summary,
      boolean best,
      String configuration) {
    return """
    # %s on %s

    A policy learned with Bellman. `Policies.load(path)` of rl-policy loads this file (a network needs rl-deep beside it).%s

    ## What it does

    | | |
    |---|---|
    | observations | %s |
    | actions | %s |
    | mask of allowed actions | %s |
    | decides by | %s |

    ## How good it is

    %s

    ## How it was trained

    %s transitions in %s episodes from seed %d%s, with these settings and versions:

    ```yaml
    %s
    ```

    Exported with %s.
    """
        .formatted(
            experiment.learner().id(),
            experiment.environment().id(),
            between(wrappers),
            policy.observationSpace(),
            policy.actionSpace(),
            masked ? "yes" : "no",
            policy.description(),
            results(experiment, summary, best),
            Numbers.grouped(summary.steps()),
            Numbers.grouped(summary.episodes()),
            experiment.seed(),
            summary.interrupted() ? " (interrupted before its budget was used up)" : "",
            configuration.strip(),
            Versions.all().entrySet().stream()
                .map(version -> version.getKey() + " " + version.getValue())
                .collect(Collectors.joining(", ")));
  }

  /** What must be done to the task's observations, and to actions, outside of the policy. */
  private static String between(List<String> wrappers) {
    if (wrappers.isEmpty()) {
      return " What it needs is inside.";
    }
    return """
     It was trained behind wrappers that
    can't be part of it, so its spaces are those that they make of the task's. Wrap the task in these, the first one innermost:

    %s

    A program without wrappers does to observations and actions what `./rl wrappers ID` says of each. One that remembers
    observations, such as frame-stack, begins with every episode: it shows the first observation in place of those before it,
    or zeros, as its option padding says, and then the last ones, the oldest first.\
    """
        .formatted(
            wrappers.stream()
                .map(wrapper -> "* `" + wrapper + "`")
                .collect(Collectors.joining("\n")));
  }

  private static String results(Experiment experiment, Summary summary, boolean best) {
    Summary.Best trial = summary.best();
    if (best && trial != null) {
      return "It did best of the policies tried out in training, after %s transitions: mean return %s over %s episodes.%n%nThat is what it was chosen by, so expect somewhat less."
          .formatted(
              Numbers.grouped(trial.step()),
              Numbers.exact(trial.meanReturn()),
              Numbers.grouped(experiment.trials().episodes()));
    }
    Judgement judgement = summary.judgement();
    if (judgement == null) {
      return "It was not evaluated.";
    }
    List<Long> seeds = experiment.evaluation().seeds();
    return """
    | | |
    |---|---|
    | mean return | %s |
    | standard deviation of returns | %s |
    | least and greatest return | %s, %s |
    | mean length | %s |
    | episodes | %s, of which %s reached a terminal state |
    | seeds | %s |\
    """
        .formatted(
            Numbers.exact(judgement.meanReturn()),
            Numbers.exact(judgement.stdReturn()),
            Numbers.exact(judgement.minReturn()),
            Numbers.exact(judgement.maxReturn()),
            Numbers.exact(judgement.meanLength()),
            Numbers.grouped(judgement.episodes()),
            Numbers.grouped(judgement.terminated()),
            seeds.isEmpty()
                ? "derived from " + experiment.evaluation().seed() + ", apart from training's"
                : seeds.stream()
                        .limit(MOST_SEEDS)
                        .map(String::valueOf)
                        .collect(Collectors.joining(", "))
                    + (seeds.size() > MOST_SEEDS ? " and more" : ""));
  }
}
