package org.bellmanrl.lab.internal.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.bellmanrl.lab.internal.assembly.Assembler;
import org.bellmanrl.lab.internal.run.RunFolder;
import org.bellmanrl.lab.internal.run.RunRecord;
import org.bellmanrl.lab.internal.run.SeedGroup;
import org.bellmanrl.lab.internal.run.StoredRun;
import org.bellmanrl.lab.internal.tune.Study;
import org.bellmanrl.results.document.Numbers;
import org.bellmanrl.results.document.UserError;
import picocli.CommandLine.Model.PositionalParamSpec;

/** The run, or the runs, that a command is given. */
final class RunArguments {
  private RunArguments() {}

  /** The argument of a command for one run. */
  static PositionalParamSpec run() {
    return Command.argument(
        0,
        "RUN",
        "A run folder, or the folder of several seeds or of a search; or huggy, the"
            + " pretrained policy of a dog.");
  }

  /**
   * The argument of a command for many runs.
   *
   * @param description what may be given
   */
  static PositionalParamSpec runs(String description) {
    return PositionalParamSpec.builder()
        .index("0..*")
        .paramLabel("RUNS")
        .type(List.class)
        .auxiliaryTypes(String.class)
        .arity("1..*")
        .required(true)
        .description(description)
        .build();
  }

  /**
   * The run folder that a command for one run is given: of a folder of several seeds that of the
   * seed that did best, which a line tells, and of a search the same of the settings that did best.
   *
   * @throws UserError if no run of the folder has been judged
   */
  static Path one(String given, Assembler assembler, Terminal terminal) {
    Path path = Path.of(given);
    Optional<SeedGroup> group = group(path, assembler);
    if (group.isEmpty()) {
      return path;
    }
    Path best = group.get().best();
    terminal.line(
        "%s, which did best of the %d seeds in %s; name another run folder there to see it"
            .formatted(best, group.get().count(), group.get().path()));
    return best;
  }

  /**
   * The runs from several seeds in a folder, of a search those of the settings that did best; empty
   * for other folders.
   */
  static Optional<SeedGroup> group(Path path, Assembler assembler) {
    if (Study.isStudy(path)) {
      return Optional.of(StudyReport.of(Study.open(path), assembler).bestGroup());
    }
    return SeedGroup.isGroup(path) ? Optional.of(SeedGroup.open(path)) : Optional.empty();
  }

  /**
   * Opens them in the order in which they are given. Those that can't be opened cost a warning
   * each.
   *
   * @throws UserError if none is left
   */
  static List<StoredRun> open(List<String> given, Terminal terminal) {
    return open(given, terminal, StoredRun::open);
  }

  /**
   * As {@link #open}, with those that are going on or were killed, as far as they have written what
   * happened; a line tells how far that is.
   */
  static List<StoredRun> openWithUnfinished(List<String> given, Terminal terminal) {
    return open(
        given,
        terminal,
        path -> {
          if (RunFolder.hasSummary(path)) {
            return StoredRun.open(path);
          }
          StoredRun run = StoredRun.underway(path);
          terminal.line(
              path
                  + " has not come to its end: here as far as step "
                  + Numbers.grouped(run.summary().steps()));
          return run;
        });
  }

  private static List<StoredRun> open(
      List<String> given, Terminal terminal, Function<Path, StoredRun> opening) {
    Set<Path> paths = new LinkedHashSet<>();
    for (String text : given) {
      Path path = Path.of(text);
      List<Path> inside = Files.isDirectory(path) ? RunRecord.folders(path) : List.of();
      if (inside.isEmpty()) {
        throw new UserError(noRun(text, path));
      }
      paths.addAll(inside);
    }
    List<StoredRun> runs = new ArrayList<>();
    List<String> troubles = new ArrayList<>();
    for (Path path : paths) {
      try {
        runs.add(opening.apply(path));
      } catch (UserError e) {
        troubles.add(String.valueOf(e.getMessage()));
      }
    }
    if (runs.isEmpty()) {
      throw new UserError(
          troubles.getFirst()
              + (troubles.size() == 1 ? "" : "; " + (troubles.size() - 1) + " more like it"));
    }
    troubles.forEach(terminal::warning);
    return runs;
  }

  private static String noRun(String given, Path path) {
    if (Pretrained.find(given).isPresent()) {
      return given + " is a pretrained policy, not a run: there are no curves of it";
    }
    if (Files.isDirectory(path)) {
      return "there is no run in " + path + "; ./rl runs lists those that there are";
    }
    return (Files.exists(path) ? path + " is not a folder" : "there is no run folder " + path)
        + "; ./rl runs lists those that there are";
  }
}
