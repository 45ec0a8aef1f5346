package org.bellmanrl.lab.internal.listener;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import org.bellmanrl.api.Listener;
import org.bellmanrl.api.options.Described;
import org.bellmanrl.api.options.Require;
import org.bellmanrl.api.schedule.Progress;
import org.bellmanrl.api.state.State;
import org.bellmanrl.api.state.Stateful;

/**
 * Writes the learner's policy to the run folder at intervals, as {@code policies/STEP.zip}. Not
 * thread-safe.
 */
public final class SavePolicies implements Listener, Stateful {
  private static final String ZIP = ".zip";

  private final Options options;
  private final Path folder;
  private Consumer<Path> writer = file -> {};
  private long next;

  /**
   * When policies are written, and which are kept.
   *
   * @param every transitions between two policies, at least 1
   * @param keep how many of the newest are kept, at least 0; 0 for all
   */
  public record Options(
      @Described(value = "write the policy every so many steps", range = Require.AT_LEAST_ONE)
          long every,
      @Described(value = "keep so many of the newest; 0 for all", range = Require.NOT_NEGATIVE)
          int keep) {
    public Options {
      Require.atLeast("every", every, 1);
      Require.atLeast("keep", keep, 0);
    }

    /** Every 10,000 steps; all are kept. */
    public static Options defaults() {
      return new Options(10_000, 0);
    }
  }

  /** Writes to a folder within that of a run. */
  public SavePolicies(Path run, Options options) {
    this.options = options;
    this.folder = run.resolve("policies");
    this.next = options.every;
  }

  /**
   * Tells how policies are written, before training begins.
   *
   * @param policy writes the policy of this moment to a file
   */
  public void attach(Consumer<Path> policy) {
    writer = policy;
  }

  @Override
  public void onStep(Step step, Progress progress) {
    if (progress.steps() >= next) {
      next = (progress.steps() / options.every + 1) * options.every;
      try {
        Files.createDirectories(folder);
        writer.accept(folder.resolve(progress.steps() + ZIP));
        if (options.keep > 0) {
          removeOld();
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private void removeOld() throws IOException {
    List<Path> saved = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*" + ZIP)) {
      files.forEach(saved::add);
      saved.sort(Comparator.comparingLong(SavePolicies::step));
      for (Path old : saved.subList(0, Math.max(0, saved.size() - options.keep))) {
        Files.delete(old);
      }
    }
  }

  private static long step(Path saved) {
    String name = String.valueOf(saved.getFileName());
    return Long.parseLong(name.substring(0, name.length() - ZIP.length()));
  }

  @Override
  public void carry(State state) {
    state.begin("save-policies", 1);
    next = state.carry("next", next);
    state.end();
  }
}
