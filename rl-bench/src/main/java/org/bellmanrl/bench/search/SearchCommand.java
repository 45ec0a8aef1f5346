package org.bellmanrl.bench.search;

import static org.bellmanrl.bench.command.CommandOptions.MOST;
import static org.bellmanrl.bench.command.CommandOptions.count;
import static org.bellmanrl.bench.command.CommandOptions.help;
import static org.bellmanrl.bench.command.CommandOptions.option;
import static org.bellmanrl.bench.command.CommandOptions.refuseOthers;

import java.io.BufferedReader;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.bellmanrl.bench.file.ReportFile;
import org.bellmanrl.results.document.Document;
import org.bellmanrl.results.document.UserError;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/**
 * {@code rl bench search}: carries out studies of every {@link SearchFunction} with every {@link
 * Searcher}, and sets beside them what {@code bench/peers/optuna_search.py} has written.
 */
public final class SearchCommand {
  private static final Path OUT = Path.of("bench-reports");
  private static final String FOLDER = "search";
  private static final String FORMAT = "bellman-search";
  private static final int VERSION = 1;
  private static final int STUDIES = 20;
  private static final int TRIALS = 100;

  private final InputStream in;
  private final PrintStream out;

  /**
   * A command.
   *
   * @param in what {@code --answer} reads
   * @param out takes progress and results
   */
  public SearchCommand(InputStream in, PrintStream out) {
    this.in = in;
    this.out = out;
  }

  /** How it is written. */
  public static CommandSpec spec() {
    CommandSpec spec =
        CommandSpec.create()
            .name("search")
            .addOption(help())
            .addOption(
                option(
                    "--out", "DIR", Path.class, "The folder for results (default: " + OUT + ")."))
            .addOption(
                option(
                    "--answer",
                    "FUNCTION",
                    String.class,
                    "Do not search, but print the value of this function for each line of standard"
                        + " input, which holds its parameters; used by the scripts of other"
                        + " libraries. A line that begins with the word judge is answered by"
                        + " the value on new seeds."))
            .addOption(
                option(
                    "--studies",
                    "N",
                    Integer.class,
                    "Number of studies of each function, with the seeds 0 to N − 1 (default: %d)."
                        .formatted(STUDIES)))
            .addOption(
                option(
                    "--trials",
                    "N",
                    Integer.class,
                    "Number of trials of each study (default: %d).".formatted(TRIALS)));
    spec.usageMessage()
        .description(
            "Search for the least values of known functions with the samplers of ./rl tune, and"
                + " report what they find beside Optuna's, if it was run.");
    return spec;
  }

  /**
   * Searches and reports.
   *
   * @return the exit status
   */
  public int run(ParseResult arguments) {
    String answered = arguments.matchedOptionValue("--answer", (String) null);
    if (answered != null) {
      SearchFunction function = SearchFunction.named(answered);
      refuseOthers(arguments, List.of("--answer"), "is for a search, and --answer does not search");
      return answer(function);
    }
    int studies = count(arguments, "--studies", STUDIES);
    int trials = count(arguments, "--trials", TRIALS);
    Path folder = arguments.matchedOptionValue("--out", OUT).resolve(FOLDER);
    Path peer = folder.resolve("optuna.json");
    SamplerResult optuna = Files.exists(peer) ? read(peer, studies, trials) : null;
    List<SamplerResult> ours = new ArrayList<>();
    for (Searcher searcher : Searcher.ALL) {
      Map<SearchFunction, List<Double>> least = new EnumMap<>(SearchFunction.class);
      for (SearchFunction function : SearchFunction.values()) {
        List<Double> judged = new ArrayList<>();
        for (int study = 0; study < studies; study++) {
          judged.add(searcher.least(function, study, trials));
        }
        least.put(function, judged);
      }
      ours.add(new SamplerResult(searcher.title(), least));
      out.println("searched: " + searcher.title());
    }
    String text = SearchPage.text(ours, optuna, studies, trials);
    out.print(text);
    Path page = folder.resolve("search.md");
    ReportFile.writeText(page, text);
    out.println("written: " + page);
    return 0;
  }

  private int answer(SearchFunction function) {
    new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))
        .lines()
        .forEach(line -> {
          String numbers = line.replaceFirst("^judge ", "");
          double[] x =
              Arrays.stream(numbers.split(" ", -1)).mapToDouble(Double::parseDouble).toArray();
          out.println(numbers.equals(line) ? function.of(x) : function.judged(x));
          out.flush();
        });
    return 0;
  }

  private static SamplerResult read(Path file, int studies, int trials) {
    Document document = ReportFile.read(file, FORMAT, VERSION);
    long itsStudies = document.whole("studies", 1, MOST);
    long itsTrials = document.whole("trials", 1, MOST);
    if (itsStudies != studies || itsTrials != trials) {
      throw new UserError(
          ("%s is of %d studies of %d trials each; for others repeat the script with"
                  + " --studies %d --trials %d")
              .formatted(file, itsStudies, itsTrials, studies, trials));
    }
    Map<SearchFunction, List<Double>> least = new EnumMap<>(SearchFunction.class);
    Document values = document.mapping("best");
    for (SearchFunction function : SearchFunction.values()) {
      List<Double> its = values.reals(function.id());
      if (its.size() != studies) {
        throw values.refusal(
            "'%s' must be of %d studies, was of %d".formatted(function.id(), studies, its.size()));
      }
      least.put(function, its);
    }
    return new SamplerResult(document.text("sampler"), least);
  }
}
