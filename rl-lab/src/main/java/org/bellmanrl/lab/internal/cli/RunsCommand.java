package org.bellmanrl.lab.internal.cli;

import com.google.inject.Inject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bellmanrl.lab.internal.run.Experiment;
import org.bellmanrl.lab.internal.run.Judgement;
import org.bellmanrl.lab.internal.run.RunRecord;
import org.bellmanrl.lab.internal.run.Summary;
import org.bellmanrl.results.document.Json;
import org.bellmanrl.results.document.Numbers;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/** {@code rl runs [DIR]}: which runs there are. */
final class RunsCommand implements Command {
  private static final String NOTHING = "-";

  private final Terminal terminal;
  private final Invocation invocation;

  @Inject
  RunsCommand(Terminal terminal, Invocation invocation) {
    this.terminal = terminal;
    this.invocation = invocation;
  }

  static CommandSpec spec() {
    return Command.spec(RunsCommand.class, "runs", "List the runs in a folder, the newest last.")
        .addPositional(
            PositionalParamSpec.builder()
                .index("0")
                .paramLabel("DIR")
                .type(String.class)
                .arity("0..1")
                .description(
                    "A folder that contains run folders, or folders of them (default: runs).")
                .build())
        .addOption(Command.flag("--json", "Print the result as JSON."));
  }

  @Override
  public int run(ParseResult arguments) {
    String given = arguments.matchedPositionalValue(0, "");
    Path folder = Path.of(given.isEmpty() ? "runs" : given);
    boolean none = given.isEmpty() && !Files.exists(folder);
    List<RunRecord> records = none ? List.of() : RunRecord.under(folder);
    if (arguments.hasMatchedOption("--json")) {
      terminal.line(Json.text(records.stream().map(RunsCommand::entries).toList()));
      return OK;
    }
    if (records.isEmpty()) {
      terminal.line("no runs in " + folder + "; ./rl train makes some");
      return OK;
    }
    TextTable table =
        new TextTable(
            "run",
            "learner",
            "environment",
            ">seed",
            "status",
            ">episodes",
            ">steps",
            ">return",
            "date");
    for (RunRecord record : records) {
      if (record.trouble().isEmpty()) {
        table.row(cells(record));
      }
    }
    table
        .lines(terminal.room(), "date", ">episodes", ">seed", ">steps", "environment", "learner")
        .forEach(terminal::line);
    records.stream()
        .filter(record -> record.status().goesOn())
        .reduce((_, latest) -> latest)
        .ifPresent(latest ->
            terminal.line(
                "\ngo on with one that was killed or interrupted:  "
                    + invocation.next("resume", latest.path().toString())));
    for (RunRecord record : records) {
      if (!record.trouble().isEmpty()) {
        terminal.warning(record.trouble());
      }
    }
    return OK;
  }

  private static List<String> cells(RunRecord record) {
    Experiment experiment = record.experiment();
    Summary summary = record.summary();
    Judgement judgement = summary == null ? null : summary.judgement();
    List<String> cells = new ArrayList<>();
    cells.add(record.path().toString());
    cells.add(experiment == null ? NOTHING : experiment.learner().id());
    cells.add(experiment == null ? NOTHING : experiment.environment().id());
    cells.add(experiment == null ? NOTHING : Long.toString(experiment.seed()));
    cells.add(record.status().word());
    cells.add(summary == null ? NOTHING : Numbers.grouped(summary.episodes()));
    cells.add(summary == null ? NOTHING : Numbers.grouped(summary.steps()));
    cells.add(judgement == null ? NOTHING : Numbers.fixed(judgement.meanReturn(), 3));
    cells.add(local(record.date()));
    return cells;
  }

  private static Map<String, @Nullable Object> entries(RunRecord record) {
    Map<String, @Nullable Object> entries = new LinkedHashMap<>();
    entries.put("run", record.path().toString());
    entries.put("status", record.status().word());
    if (record.experiment() != null) {
      entries.put("learner", record.experiment().learner().id());
      entries.put("environment", record.experiment().environment().id());
      entries.put("seed", record.experiment().seed());
    }
    Summary summary = record.summary();
    if (summary != null) {
      entries.put("episodes", summary.episodes());
      entries.put("steps", summary.steps());
      if (summary.judgement() != null) {
        entries.put("meanReturn", summary.judgement().meanReturn());
        entries.put("stdReturn", summary.judgement().stdReturn());
      }
    }
    entries.put("date", record.date().truncatedTo(ChronoUnit.SECONDS).toString());
    if (!record.trouble().isEmpty()) {
      entries.put("trouble", record.trouble());
    }
    return entries;
  }

  /** To the minute, where the reader is. */
  private static String local(Instant date) {
    return date.atZone(ZoneId.systemDefault())
        .toLocalDateTime()
        .truncatedTo(ChronoUnit.MINUTES)
        .toString()
        .replace('T', ' ');
  }
}
