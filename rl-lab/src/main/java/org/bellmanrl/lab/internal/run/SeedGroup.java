package org.bellmanrl.lab.internal.run;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.bellmanrl.api.interaction.Budget;
import org.bellmanrl.results.document.AtomicFiles;
import org.bellmanrl.results.document.Document;
import org.bellmanrl.results.document.SealedJson;
import org.bellmanrl.results.document.SealedYaml;
import org.bellmanrl.results.document.TextFile;
import org.bellmanrl.results.document.UserError;
import org.jspecify.annotations.Nullable;

/**
 * A folder of runs of one experiment from several seeds: a run folder {@code seed-S} for each of
 * them.
 *
 * <p>{@code seeds.yaml} is written before the first run begins, and says what all of them are: it
 * is a file of an experiment, with a check sum. {@code seeds.json} says how all of them did, once
 * they have come to their end.
 *
 * @param path the folder
 * @param experiment what is run from the first of the seeds
 * @param count how many seeds there are, at least 1
 * @param tensorBoard whether event files for TensorBoard are written
 */
public record SeedGroup(Path path, Experiment experiment, int count, boolean tensorBoard) {
  /** Most seeds that may be trained from together. */
  public static final int MOST_SEEDS = 10_000;

  private static final String CONFIGURATION = "seeds.yaml";
  private static final String SUMMARY = "seeds.json";
  private static final String COUNT = "seeds";
  private static final String TENSOR_BOARD = "tensorboard";
  private static final int FORMAT = 1;

  public SeedGroup {
    if (experiment.seed() > Long.MAX_VALUE - (count - 1)) {
      throw new UserError(
          "--seed must be at most %d for %d seeds, was %d"
              .formatted(Long.MAX_VALUE - (count - 1), count, experiment.seed()));
    }
  }

  /** Whether a folder is such a one. */
  public static boolean isGroup(Path path) {
    return Files.exists(path.resolve(CONFIGURATION));
  }

  /**
   * Opens a folder.
   *
   * @throws UserError if it can't be read
   */
  public static SeedGroup open(Path path) {
    Path file = path.resolve(CONFIGURATION);
    Document document = Document.parse(file.toString(), TextFile.read(file, "a text of settings"));
    SealedJson.checkFormat(file.toString(), document, FORMAT);
    try {
      return new SeedGroup(
          path,
          Experiment.of(document),
          (int) document.whole(COUNT, 1, MOST_SEEDS),
          document.whole(TENSOR_BOARD, 0, 1) == 1);
    } catch (IllegalArgumentException e) {
      throw new UserError(file + ": " + e.getMessage(), e);
    }
  }

  /**
   * Locks the folder, which is made if there is none.
   *
   * @throws UserError if others write to it
   */
  public FolderLock lock() {
    return lock(path);
  }

  /**
   * Locks a folder of runs, which is made if there is none.
   *
   * @throws UserError if others write to it
   */
  public static FolderLock lock(Path path) {
    makeFolder(path);
    return FolderLock.of(path);
  }

  /**
   * Makes a folder of runs, if there is none.
   *
   * @throws UserError if that is not possible
   */
  public static void makeFolder(Path path) {
    try {
      Files.createDirectories(path);
    } catch (IOException e) {
      throw new UserError(
          "cannot make the folder %s: %s; choose another with --out"
              .formatted(path, AtomicFiles.reason(e)),
          e);
    }
  }

  /**
   * Makes sure that nothing is in the folder, once it is locked.
   *
   * @throws UserError if there is
   */
  public void requireNew() {
    requireNew(path, CONFIGURATION);
  }

  /**
   * Makes sure that nothing is in a folder, once it is locked, but what a process may leave there
   * that is killed before it begins.
   *
   * @param configuration the name of the file that it writes first
   * @throws UserError if there is
   */
  public static void requireNew(Path path, String configuration) {
    try (DirectoryStream<Path> inside = Files.newDirectoryStream(path)) {
      for (Path file : inside) {
        if (!String.valueOf(file.getFileName()).equals(FolderLock.NAME)
            && !AtomicFiles.target(file).equals(configuration)) {
          throw new UserError(path + " is not empty; give --out a folder that is new or empty");
        }
      }
    } catch (IOException e) {
      throw TextFile.unreadable(path, e);
    }
  }

  /** Writes what is going to be run. */
  public void write() {
    Map<String, @Nullable Object> entries = new LinkedHashMap<>();
    entries.put("format", FORMAT);
    entries.putAll(experiment.entries());
    entries.put(COUNT, count);
    entries.put(TENSOR_BOARD, tensorBoard ? 1 : 0);
    entries.put("versions", Versions.all());
    SealedYaml.write(
        path.resolve(CONFIGURATION),
        "# Runs of Bellman from several seeds: what all of them depend on.\n"
            + Document.yaml(entries));
  }

  /**
   * Makes sure that a folder's {@code seeds.yaml} is as it was written.
   *
   * @param accept the option with which a command continues with what was changed
   * @throws UserError if it was changed
   */
  public static void requireUnchanged(Path path, String accept) {
    SealedYaml.requireUnchanged(path.resolve(CONFIGURATION), accept);
  }

  /** Writes how the runs did. */
  public void finish(Map<String, @Nullable Object> results) {
    SealedJson.write(path.resolve(SUMMARY), FORMAT, results);
  }

  /** The same with another length. */
  public SeedGroup withBudget(Budget budget) {
    return new SeedGroup(path, experiment.withBudget(budget), count, tensorBoard);
  }

  /** The seeds, in order. */
  public List<Long> seeds() {
    long first = experiment.seed();
    return LongStream.range(0, count).map(i -> first + i).boxed().toList();
  }

  /** The run folder of a seed. */
  public Path folder(long seed) {
    return path.resolve("seed-" + seed);
  }

  /**
   * The run folder of the seed that did best when it was judged.
   *
   * @throws UserError if none has been judged
   */
  public Path best() {
    @Nullable Path best = null;
    double most = Double.NaN;
    for (long seed : seeds()) {
      Judgement judgement = StoredRun.judgement(folder(seed));
      if (judgement != null && !(judgement.meanReturn() <= most)) {
        best = folder(seed);
        most = judgement.meanReturn();
      }
    }
    if (best == null) {
      throw new UserError(
          "no run in " + path + " has come to its end; ./rl resume " + path + " goes on with them");
    }
    return best;
  }
}
