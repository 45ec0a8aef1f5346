package org.bellmanrl.lab.internal.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bellmanrl.lab.internal.assembly.Assembler;
import org.bellmanrl.lab.internal.run.Experiment;
import org.bellmanrl.lab.internal.run.Judgement;
import org.bellmanrl.lab.internal.run.SeedGroup;
import org.bellmanrl.lab.internal.run.StoredRun;
import org.bellmanrl.lab.internal.tune.Study;
import org.bellmanrl.lab.internal.tune.StudyPictures;
import org.bellmanrl.results.document.Numbers;
import org.bellmanrl.results.document.UserError;
import org.bellmanrl.tune.Importance;
import org.bellmanrl.tune.Trial;
import org.jspecify.annotations.Nullable;

/**
 * What a search has found so far.
 *
 * @param study the search
 * @param trials those that have begun
 * @param finals the results from unseen seeds that are complete, by the trial's number, −1 for the
 *     settings that the search began with
 * @param importance how much each parameter mattered
 */
record StudyReport(
    Study study,
    Assembler assembler,
    List<Trial> trials,
    Map<Integer, SeedResults> finals,
    Map<String, Double> importance) {
  private static final int BASE = -1;

  /** Reads it off the study's folder. */
  static StudyReport of(Study study, Assembler assembler) {
    List<Trial> trials = study.trials();
    Map<Integer, SeedResults> finals = new LinkedHashMap<>();
    if (trials.stream().anyMatch(Trial::isComplete)) {
      finals(study, assembler, trials)
          .forEach((number, group) -> {
            Map<Long, Judgement> judgements = new LinkedHashMap<>();
            for (long seed : group.seeds()) {
              Judgement judgement = StoredRun.judgement(group.folder(seed));
              if (judgement != null && Double.isFinite(judgement.meanReturn())) {
                judgements.put(seed, judgement);
              }
            }
            if (judgements.size() == group.count()) {
              finals.put(number, new SeedResults(judgements));
            }
          });
    }
    return new StudyReport(
        study,
        assembler,
        trials,
        finals,
        Importance.of(study.space(), trials.stream().filter(Trial::isEnded).toList()));
  }

  /** The base of a study with values of the parameters. */
  static Experiment changed(
      Study study, Assembler assembler, int number, Map<String, @Nullable Object> values) {
    return assembler.changed(
        study.base(), study.space().options(values), "./rl tune, trial " + number);
  }

  /**
   * The runs by which the best trials and the base are judged again, by the trials' numbers, the
   * base last.
   *
   * @throws UserError if no trial finished
   */
  static Map<Integer, SeedGroup> finals(Study study, Assembler assembler, List<Trial> trials) {
    List<Trial> best =
        trials.stream()
            .filter(Trial::isComplete)
            .sorted(Comparator.comparingDouble((Trial trial) -> -trial.result()))
            .limit(study.plan().finalists())
            .toList();
    if (best.isEmpty()) {
      throw new UserError(
          "no trial came to its end: "
              + trials.stream()
                  .filter(trial -> !trial.reason().isEmpty())
                  .findFirst()
                  .map(trial -> "trial " + trial.number() + ", " + trial.reason())
                  .orElse(
                      trials.isEmpty()
                          ? "there was no time for any; give --hours more"
                          : "all were ended early; try --pruner none"));
    }
    Map<Integer, SeedGroup> groups = new LinkedHashMap<>();
    for (Trial trial : best) {
      groups.put(
          trial.number(),
          study.finalGroup(
              trial.number(), changed(study, assembler, trial.number(), trial.parameters())));
    }
    groups.put(BASE, study.finalGroup(BASE, study.base()));
    return groups;
  }

  /** What is going to be searched, in lines. */
  static List<String> beginning(Study study, int width) {
    Study.Plan plan = study.plan();
    List<String> words = new ArrayList<>();
    study
        .space()
        .parameters()
        .forEach((name, distribution) ->
            words.add(name + "=" + String.valueOf(distribution.written()).replace(" ", "")));
    List<String> lines = new ArrayList<>();
    lines.add(RunReport.experiment(study.base(), width));
    lines.add(
        "  search       "
            + (plan.trials() == Study.MOST_TRIALS ? "" : plan.trials() + " trials, ")
            + (plan.hours() == Double.POSITIVE_INFINITY
                ? ""
                : Numbers.exact(plan.hours()) + " hours, ")
            + plan.seeds()
            + (plan.seeds() == 1 ? " seed" : " seeds")
            + " each, sampler "
            + plan.sampler()
            + ", pruner "
            + plan.pruner()
            + ", "
            + plan.parallel()
            + " side by side");
    lines.add(Listing.wrapped("  space        ", words, width));
    lines.add("  from         " + study.space().source());
    return lines;
  }

  /** A trial that has ended, in a line. */
  static String line(Trial trial, Study study) {
    String how =
        switch (trial.state()) {
          case COMPLETE -> "return " + Numbers.fixed(trial.result(), 2);
          case PRUNED ->
              "pruned after "
                  + Math.round(100 * study.pruner().parts().get(trial.results().size() - 1))
                  + " % with return "
                  + Numbers.fixed(trial.result(), 2);
          case FAILED -> "failed, " + trial.reason();
          case RUNNING -> "not at its end";
        };
    return "trial " + trial.number() + ": " + how + "; " + Study.words(trial.parameters());
  }

  /** The trial that did best on unseen seeds; null if none has been judged on them. */
  private @Nullable Trial best() {
    @Nullable Trial best = null;
    double most = Double.NEGATIVE_INFINITY;
    for (Map.Entry<Integer, SeedResults> entry : finals.entrySet()) {
      if (entry.getKey() != BASE && entry.getValue().mean() > most) {
        most = entry.getValue().mean();
        best = trials.get(entry.getKey());
      }
    }
    return best;
  }

  /**
   * The runs that did best on unseen seeds.
   *
   * @throws UserError if no trial has been judged on them
   */
  SeedGroup bestGroup() {
    Trial best = best();
    if (best == null) {
      throw new UserError(
          "no trial in "
              + study.path()
              + " has been evaluated with unseen seeds yet; ./rl resume "
              + study.path()
              + " goes on with it");
    }
    return study.finalGroup(
        best.number(), changed(study, assembler, best.number(), best.parameters()));
  }

  private long count(Trial.State state) {
    return trials.stream().filter(trial -> trial.state() == state).count();
  }

  private String counts() {
    long pruned = count(Trial.State.PRUNED);
    long failed = count(Trial.State.FAILED);
    long running = count(Trial.State.RUNNING);
    return trials.size()
        + (trials.size() == 1 ? " trial" : " trials")
        + (pruned == 0 ? "" : ", " + pruned + " pruned")
        + (failed == 0 ? "" : ", " + failed + " failed")
        + (running == 0 ? "" : ", " + running + " not at their end");
  }

  /** The result in one line. */
  String line() {
    Trial best = best();
    return counts()
        + (best == null
            ? ""
            : "; best: trial "
                + best.number()
                + ", mean return "
                + Numbers.fixed(mean(best.number()), 3)
                + " on unseen seeds"
                + (finals.containsKey(BASE)
                    ? ", without search " + Numbers.fixed(mean(BASE), 3)
                    : ""))
        + "; "
        + study.path();
  }

  private double mean(int number) {
    SeedResults results = finals.get(number);
    return results == null ? Double.NaN : results.mean();
  }

  /** The result in lines, the last of which say what to do next. */
  List<String> lines(int room, Invocation invocation) {
    List<String> lines = new ArrayList<>();
    lines.add("");
    lines.add(counts());
    TextTable table = new TextTable("settings", ">in search", ">unseen seeds", ">IQM", "95 %");
    finals.forEach((number, results) ->
        table.row(
            List.of(
                number == BASE ? "without search" : "trial " + number,
                number == BASE ? "-" : Numbers.fixed(trials.get(number).result(), 2),
                Numbers.fixed(results.mean(), 2),
                Numbers.fixed(results.interquartileMean(), 2),
                "["
                    + Numbers.fixed(results.interval().low(), 2)
                    + ", "
                    + Numbers.fixed(results.interval().high(), 2)
                    + "]")));
    if (!finals.isEmpty()) {
      lines.addAll(table.lines(room, "95 %", ">IQM"));
    }
    List<String> words = new ArrayList<>();
    importance.entrySet().stream()
        .sorted(Map.Entry.<String, Double>comparingByValue().reversed())
        .forEach(entry -> words.add(entry.getKey() + "=" + Numbers.fixed(entry.getValue(), 2)));
    lines.add(Listing.wrapped("importance: ", words, Math.min(room, 100)));
    Trial best = best();
    if (best == null) {
      return lines;
    }
    lines.add("best: trial " + best.number() + ", " + Study.words(best.parameters()));
    if (finals.containsKey(BASE) && mean(BASE) >= mean(best.number())) {
      lines.add("On unseen seeds no trial did better than the settings without search.");
    }
    lines.add("pictures in " + String.join(", ", StudyPictures.NAMES) + " of " + study.path());
    lines.add("");
    lines.add(
        "next:  "
            + invocation.next(
                "train", study.path().resolve(Study.BEST).toString(), "--seeds", "10"));
    lines.add(
        "       " + invocation.next("compare", bestGroup().path().toString(), base().toString()));
    return lines;
  }

  private Path base() {
    return study.finalGroup(BASE, study.base()).path();
  }

  /** The result by name, for JSON. */
  Map<String, @Nullable Object> entries() {
    Map<String, @Nullable Object> entries = new LinkedHashMap<>();
    entries.put("trials", trials.size());
    entries.put("pruned", count(Trial.State.PRUNED));
    entries.put("failed", count(Trial.State.FAILED));
    Trial best = best();
    if (best != null) {
      entries.put("best", best.number());
      entries.put("parameters", best.parameters());
    }
    List<Map<String, @Nullable Object>> judged = new ArrayList<>();
    finals.forEach((number, results) -> {
      Map<String, @Nullable Object> one = new LinkedHashMap<>();
      one.put("trial", number == BASE ? null : number);
      one.put("searchReturn", number == BASE ? null : trials.get(number).result());
      one.putAll(results.entries());
      judged.add(one);
    });
    entries.put("finals", judged);
    entries.put("importance", importance);
    return entries;
  }

  /** Completes the study's folder. */
  void write() throws IOException {
    finals(study, assembler, trials)
        .forEach((number, group) -> {
          SeedResults results = finals.get(number);
          if (results != null) {
            group.finish(results.entries());
          }
        });
    Trial best = best();
    if (best != null) {
      study.writeBest(
          changed(study, assembler, best.number(), best.parameters()),
          "Found by ./rl tune: trial %d of %d, mean return %s from %d seeds that the search never saw."
              .formatted(
                  best.number(),
                  trials.size(),
                  Numbers.fixed(mean(best.number()), 3),
                  study.plan().finalSeeds()));
    }
    new StudyPictures(study, trials, importance).write();
    study.finish(entries());
  }
}
