package org.bellmanrl.lab.internal.run;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.bellmanrl.results.document.TextFile;
import org.bellmanrl.results.document.UserError;
import org.jspecify.annotations.Nullable;

/**
 * A run folder, as far as something can be told of it.
 *
 * @param path where it is
 * @param status how it stands with the run
 * @param experiment what was run; null if that can't be read
 * @param summary how it ended or, without a summary, how far it was by what it has written; null if
 *     it has written nothing, or if that can't be read
 * @param date when its summary was written or, without one, when it began
 * @param trouble what is wrong with the folder; empty if nothing is
 */
public record RunRecord(
    Path path,
    Status status,
    @Nullable Experiment experiment,
    @Nullable Summary summary,
    Instant date,
    String trouble) {
  private static final int MAX_DEPTH = 4;
  private static final String CONFIGURATION = "run.yaml";
  private static final String SUMMARY = "summary.json";

  /** The state of a run. */
  public enum Status {
    /** It finished. */
    FINISHED("finished"),
    /** Its training finished, but it has not been evaluated. */
    TRAINED("not evaluated"),
    /** It was stopped and can be resumed. */
    INTERRUPTED("interrupted"),
    /** A process is training it. */
    RUNNING("running"),
    /** It was killed; it can be resumed from a checkpoint. */
    KILLED("killed"),
    /** Something in the folder is not as it was written. */
    DAMAGED("damaged");

    private final String word;

    Status(String word) {
      this.word = word;
    }

    /** Whether the run can be resumed. */
    public boolean goesOn() {
      return this == TRAINED || this == INTERRUPTED || this == KILLED;
    }

    /** The status as a word. */
    public String word() {
      return word;
    }
  }

  /**
   * All runs in a folder and the folders in it, in the order of their dates. The folder may be a
   * run's itself.
   *
   * @throws UserError if there is no such folder
   */
  public static List<RunRecord> under(Path folder) {
    if (!Files.isDirectory(folder)) {
      throw new UserError(
          Files.exists(folder) ? folder + " is not a folder" : "there is no folder " + folder);
    }
    List<RunRecord> records = new ArrayList<>();
    for (Path path : folders(folder, MAX_DEPTH)) {
      records.add(of(path));
    }
    // The sort is stable: of the same moment, the order is that of the paths.
    records.sort((a, b) -> a.date.compareTo(b.date));
    return records;
  }

  /**
   * The run folders among a folder and those in it, in the order of their paths.
   *
   * @throws UserError if a folder can't be read
   */
  public static List<Path> folders(Path folder) {
    return folders(folder, MAX_DEPTH);
  }

  private static List<Path> folders(Path folder, int depth) {
    if (Files.exists(folder.resolve(CONFIGURATION)) || Files.exists(folder.resolve(SUMMARY))) {
      return List.of(folder);
    }
    if (depth == 0) {
      return List.of();
    }
    List<Path> inside = new ArrayList<>();
    try (DirectoryStream<Path> stream = Files.newDirectoryStream(folder, Files::isDirectory)) {
      stream.forEach(inside::add);
    } catch (IOException e) {
      throw TextFile.unreadable(folder, e);
    }
    Collections.sort(inside);
    List<Path> found = new ArrayList<>();
    for (Path path : inside) {
      found.addAll(folders(path, depth - 1));
    }
    return found;
  }

  /** What can be told of a run folder. Never throws for what is in it. */
  private static RunRecord of(Path path) {
    Path summary = path.resolve(SUMMARY);
    try {
      if (Files.exists(summary)) {
        StoredRun run = StoredRun.open(path);
        return new RunRecord(
            path, status(path, run.summary()), run.experiment(), run.summary(), date(summary), "");
      }
      Experiment experiment = RunFolder.unfinished(path).experiment();
      Status status = status(path, null);
      Summary reached = StoredRun.written(path).map(StoredRun::summary).orElse(null);
      return new RunRecord(
          path, status, experiment, reached, date(path.resolve(CONFIGURATION)), "");
    } catch (UserError e) {
      return new RunRecord(
          path, Status.DAMAGED, null, null, date(path), String.valueOf(e.getMessage()));
    }
  }

  /**
   * How it stands with the run of a folder.
   *
   * @throws UserError if its summary can't be read
   */
  public static Status status(Path path) {
    return status(
        path, Files.exists(path.resolve(SUMMARY)) ? StoredRun.open(path).summary() : null);
  }

  private static Status status(Path path, @Nullable Summary summary) {
    if (summary != null && summary.judgement() != null) {
      return Status.FINISHED;
    }
    if (FolderLock.isHeld(path)) {
      return Status.RUNNING;
    }
    return summary == null
        ? Status.KILLED
        : summary.interrupted() ? Status.INTERRUPTED : Status.TRAINED;
  }

  private static Instant date(Path file) {
    try {
      return Files.getLastModifiedTime(file).toInstant();
    } catch (IOException e) {
      throw TextFile.unreadable(file, e);
    }
  }
}
