package org.bellmanrl.lab.internal.tune;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.bellmanrl.api.interaction.Budget;
import org.bellmanrl.api.interaction.Evaluation;
import org.bellmanrl.api.internal.NearMatches;
import org.bellmanrl.api.random.RandomStream;
import org.bellmanrl.lab.internal.run.Experiment;
import org.bellmanrl.lab.internal.run.FolderLock;
import org.bellmanrl.lab.internal.run.SeedGroup;
import org.bellmanrl.lab.internal.run.StoredRun;
import org.bellmanrl.lab.internal.run.Versions;
import org.bellmanrl.results.document.AtomicFiles;
import org.bellmanrl.results.document.Document;
import org.bellmanrl.results.document.SealedJson;
import org.bellmanrl.results.document.SealedYaml;
import org.bellmanrl.results.document.TextFile;
import org.bellmanrl.results.document.UserError;
import org.bellmanrl.tune.Pruner;
import org.bellmanrl.tune.Sampler;
import org.bellmanrl.tune.SearchSpace;
import org.bellmanrl.tune.Trial;
import org.jspecify.annotations.Nullable;

/**
 * A folder that keeps a search.
 *
 * <ul>
 *   <li>{@code study.yaml}: what is searched and how, written before the first trial begins;
 *   <li>{@code trial-0007}: the runs of a trial, a {@link SeedGroup}, and {@code trial.json}, which
 *       says what was tried and how it did so far;
 *   <li>{@code trials.csv}: all trials that have ended, a line each;
 *   <li>{@code final-0007} and {@code final-base}: the runs of the best trials, and of the settings
 *       that the search began with, from seeds that the search never saw;
 *   <li>{@code best.yaml}: an experiment with the settings that did best on those;
 *   <li>{@code study.json}: the result; written when the search has finished.
 * </ul>
 *
 * <p>What a trial is, and when it is pruned, depends on the seed and on the results of the trials
 * at least {@link Plan#lag} before it alone. So it depends neither on how many run side by side nor
 * on which of them ends first, and a search that was killed goes on as if it had not been.
 *
 * @param path the folder
 * @param base what is run but for what is searched, from the first seed, with the whole budget
 * @param space what is searched
 * @param plan how
 */
public record Study(Path path, Experiment base, SearchSpace space, Plan plan) {
  private static final String CONFIGURATION = "study.yaml";
  private static final String SUMMARY = "study.json";
  private static final String TRIAL = "trial.json";
  private static final String TABLE = "trials.csv";

  /** The file with the experiment that did best. */
  public static final String BEST = "best.yaml";

  private static final int FORMAT = 1;

  /** Tells the streams of searches from those of runs: the first entry of their spawn keys. */
  private static final int STREAMS = 0x73656172;

  /** The samplers by their names. */
  public static final List<String> SAMPLERS = List.of("tpe", "random", "quasi-random");

  /** The pruners by their names. */
  public static final List<String> PRUNERS = List.of("median", "halving", "none");

  /** Most trials of a search. */
  public static final int MOST_TRIALS = 10_000;

  /**
   * How a space is searched.
   *
   * @param trials how many trials there are to be, in [1, 10,000]
   * @param hours after how many hours no more trials begin; positive infinity for never
   * @param seeds from how many seeds each trial is trained
   * @param sampler one of {@link #SAMPLERS}
   * @param pruner one of {@link #PRUNERS}
   * @param parallel how many trials go on side by side
   * @param episodes by how many episodes a trial is judged
   * @param finalists how many of the best trials are judged again
   * @param finalSeeds from how many seeds
   */
  public record Plan(
      int trials,
      double hours,
      int seeds,
      String sampler,
      String pruner,
      int parallel,
      int episodes,
      int finalists,
      int finalSeeds) {
    public Plan {
      among("--trials", trials, MOST_TRIALS);
      among("--seeds", seeds, SeedGroup.MOST_SEEDS);
      among("--parallel", parallel, MOST_TRIALS);
      among("--trial-episodes", episodes, Integer.MAX_VALUE);
      among("--finalists", finalists, MOST_TRIALS);
      among("--final-seeds", finalSeeds, SeedGroup.MOST_SEEDS);
      if (!(hours > 0)) {
        throw new UserError("--hours must be above 0, was " + hours);
      }
      named("--sampler", sampler, SAMPLERS);
      named("--pruner", pruner, PRUNERS);
    }

    private static void among(String option, int value, int most) {
      if (value < 1 || value > most) {
        throw new UserError(
            option
                + " must be "
                + (most == Integer.MAX_VALUE ? "at least 1" : "in [1, " + most + "]")
                + ", was "
                + value);
      }
    }

    private static void named(String option, String value, List<String> known) {
      if (!known.contains(value)) {
        List<String> near = NearMatches.closest(value, known, 1);
        throw new UserError(
            option
                + " must be one of "
                + String.join(", ", known)
                + ", was '"
                + value
                + "'"
                + (near.isEmpty() ? "" : "; did you mean '" + near.getFirst() + "'?"));
      }
    }

    /**
     * The results of trials less than so many before it don't count for a trial: there is always
     * another trial to begin when one has ended, although the trials before it still go on.
     */
    public int lag() {
      return parallel == 1 ? 1 : 2 * parallel;
    }

    /** The same with another length. */
    public Plan until(int otherTrials, double otherHours) {
      return new Plan(
          otherTrials,
          otherHours,
          seeds,
          sampler,
          pruner,
          parallel,
          episodes,
          finalists,
          finalSeeds);
    }

    private Map<String, @Nullable Object> entries() {
      Map<String, @Nullable Object> entries = new LinkedHashMap<>();
      entries.put("trials", trials);
      if (hours != Double.POSITIVE_INFINITY) {
        entries.put("hours", hours);
      }
      entries.put("seeds", seeds);
      entries.put("sampler", sampler);
      entries.put("pruner", pruner);
      entries.put("parallel", parallel);
      entries.put("trial_episodes", episodes);
      entries.put("finalists", finalists);
      entries.put("final_seeds", finalSeeds);
      return entries;
    }

    private static Plan of(Document document) {
      Plan plan =
          new Plan(
              whole(document, "trials"),
              document.has("hours") ? document.real("hours") : Double.POSITIVE_INFINITY,
              whole(document, "seeds"),
              document.text("sampler"),
              document.text("pruner"),
              whole(document, "parallel"),
              whole(document, "trial_episodes"),
              whole(document, "finalists"),
              whole(document, "final_seeds"));
      document.refuseOthers();
      return plan;
    }

    private static int whole(Document document, String name) {
      return (int) document.whole(name, 1, Integer.MAX_VALUE);
    }
  }

  /** Whether a folder is that of a search. */
  public static boolean isStudy(Path path) {
    return Files.exists(path.resolve(CONFIGURATION));
  }

  /**
   * Opens a folder.
   *
   * @throws UserError if it can't be read
   */
  public static Study open(Path path) {
    Path file = path.resolve(CONFIGURATION);
    Document document = Document.parse(file.toString(), TextFile.read(file, "a search"));
    SealedJson.checkFormat(file.toString(), document, FORMAT);
    try {
      return new Study(
          path,
          Experiment.of(document),
          SearchSpace.of(document.mapping("space")),
          Plan.of(document.mapping("search")));
    } catch (IllegalArgumentException e) {
      throw new UserError(file + ": " + e.getMessage(), e);
    }
  }

  /**
   * Makes sure that a folder's {@code study.yaml} is as it was written.
   *
   * @param accept the option with which a command continues with what was changed
   * @throws UserError if it was changed
   */
  public static void requireUnchanged(Path path, String accept) {
    SealedYaml.requireUnchanged(path.resolve(CONFIGURATION), accept);
  }

  /** Locks the folder, which is made if there is none. */
  public FolderLock lock() {
    return SeedGroup.lock(path);
  }

  /** Makes sure that nothing is in the folder, once it is locked. */
  public void requireNew() {
    SeedGroup.requireNew(path, CONFIGURATION);
  }

  /** Writes what is going to be searched, and takes the result of a shorter search away. */
  public void write() {
    Map<String, @Nullable Object> entries = new LinkedHashMap<>();
    entries.put("format", FORMAT);
    entries.putAll(base.entries());
    entries.put("search", plan.entries());
    entries.put("space", space.entries());
    entries.put("versions", Versions.all());
    SealedYaml.write(
        path.resolve(CONFIGURATION),
        "# A search for hyperparameters by Bellman: everything that it depends on.\n"
            + Document.yaml(entries));
    try {
      Files.deleteIfExists(path.resolve(SUMMARY));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The same with another plan. */
  public Study withPlan(Plan other) {
    return new Study(path, base, space, other);
  }

  /** Chooses points. */
  public Sampler sampler() {
    return Sampler.of(
        plan.sampler(), space, i -> RandomStream.ofSeed(base.seed(), STREAMS, MOST_TRIALS, i));
  }

  /** Ends trials early. */
  public Pruner pruner() {
    return switch (plan.pruner()) {
      case "median" -> Pruner.median();
      case "halving" -> Pruner.halving();
      default -> Pruner.none();
    };
  }

  /** The random numbers of a trial. */
  public RandomStream stream(int trial) {
    return RandomStream.ofSeed(base.seed(), STREAMS, trial);
  }

  /** The trials that have begun, in order. */
  public List<Trial> trials() {
    List<Trial> trials = new ArrayList<>();
    while (trials.size() < MOST_TRIALS) {
      Path file = folder(trials.size()).resolve(TRIAL);
      if (!Files.exists(file)) {
        break;
      }
      Document document = StoredRun.sealed(file, FORMAT);
      trials.add(
          new Trial(
              trials.size(),
              document.mapping("parameters").entries(),
              document.reals("results"),
              state(file, document.text("state")),
              document.text("reason"),
              document.real("elapsed")));
    }
    return trials;
  }

  private static Trial.State state(Path file, String name) {
    for (Trial.State state : Trial.State.values()) {
      if (state.name().equals(name)) {
        return state;
      }
    }
    throw new UserError(
        "%s: 'state' must be one of %s, was '%s'"
            .formatted(file, List.of(Trial.State.values()), name));
  }

  /** Writes how it stands with a trial. */
  public void write(Trial trial) {
    Map<String, @Nullable Object> entries = new LinkedHashMap<>();
    entries.put("parameters", trial.parameters());
    entries.put("results", trial.results());
    entries.put("state", trial.state().name());
    entries.put("reason", trial.reason());
    entries.put("elapsed", trial.elapsed());
    SeedGroup.makeFolder(folder(trial.number()));
    SealedJson.write(folder(trial.number()).resolve(TRIAL), FORMAT, entries);
  }

  /** Writes the table of the trials that have ended. */
  public void writeTable(List<Trial> trials) {
    StringBuilder table = new StringBuilder("trial,state,return");
    space.parameters().keySet().forEach(name -> table.append(',').append(name));
    for (double part : pruner().parts()) {
      table.append(",after_").append(Math.round(100 * part)).append('%');
    }
    table.append('\n');
    int parts = pruner().parts().size();
    for (Trial trial : trials) {
      if (!trial.isEnded()) {
        continue;
      }
      table.append(trial.number()).append(',');
      table.append(trial.state().name().toLowerCase(Locale.ROOT)).append(',');
      table.append(trial.isComplete() ? trial.result() : "");
      space
          .parameters()
          .keySet()
          .forEach(name -> table.append(',').append(cell(trial.parameters().get(name))));
      for (int i = 0; i < parts; i++) {
        table.append(',').append(i < trial.results().size() ? trial.results().get(i) : "");
      }
      table.append('\n');
    }
    AtomicFiles.write(path.resolve(TABLE), table.toString());
  }

  private static String cell(@Nullable Object value) {
    String text = value instanceof List<?> ? Document.inline(value) : String.valueOf(value);
    return text.contains(",") || text.contains("\"")
        ? '"' + text.replace("\"", "\"\"") + '"'
        : text;
  }

  /** The folder of a trial. */
  public Path folder(int trial) {
    return path.resolve("trial-" + number(trial));
  }

  /** The number of a trial as folders have it. */
  private static String number(int trial) {
    String digits = Integer.toString(trial);
    return "0".repeat(Math.max(0, 4 - digits.length())) + digits;
  }

  /**
   * The runs of a trial up to a part of its training.
   *
   * @param changed the base with the trial's settings
   */
  public SeedGroup group(int trial, Experiment changed, double part) {
    return new SeedGroup(
        folder(trial),
        changed
            .withBudget(part(changed.budget(), part))
            .withEvaluation(judging(changed, plan.episodes())),
        plan.seeds(),
        false);
  }

  /** Seeds that some plan names were perhaps those of the search: each run has its own. */
  private static Evaluation.Plan judging(Experiment experiment, int episodes) {
    return Evaluation.Plan.episodes(episodes)
        .withSeed(experiment.seed())
        .withMaxEpisodeSteps(experiment.evaluation().maxEpisodeSteps());
  }

  private static Budget part(Budget whole, double part) {
    return new Budget(part(whole.steps(), part), part(whole.episodes(), part), whole.wallTime());
  }

  private static long part(long whole, double part) {
    return whole == Long.MAX_VALUE ? whole : Math.max(1, Math.round(whole * part));
  }

  /**
   * The runs by which settings are judged again, from the seeds behind those of the search.
   *
   * @param trial the number of the trial that the settings are of; −1 for those of the base
   */
  public SeedGroup finalGroup(int trial, Experiment changed) {
    Experiment first = changed.withSeed(base.seed() + plan.seeds());
    return new SeedGroup(
        path.resolve(trial < 0 ? "final-base" : "final-" + number(trial)),
        first.withEvaluation(judging(first, base.evaluation().episodes())),
        plan.finalSeeds(),
        false);
  }

  /** Writes the experiment that did best, for {@code rl train}. */
  public Path writeBest(Experiment best, String comment) {
    Path file = path.resolve(BEST);
    AtomicFiles.write(file, "# " + comment + "\n" + Document.yaml(best.entries()));
    return file;
  }

  /** Writes the result of a search that has finished. */
  public void finish(Map<String, @Nullable Object> results) {
    SealedJson.write(path.resolve(SUMMARY), FORMAT, results);
  }

  /** The parameters of a trial in a line. */
  public static String words(Map<String, @Nullable Object> parameters) {
    return parameters.entrySet().stream()
        .map(entry -> entry.getKey() + "=" + Document.inline(entry.getValue()))
        .collect(Collectors.joining(" "));
  }
}
