package org.bellmanrl.lab.internal.cli;

import com.google.inject.Inject;
import java.io.IOException;
import java.nio.file.Path;
import org.bellmanrl.lab.internal.textbook.Examination;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code rl textbook}: carries out the textbook's experiments and compares with what is known. */
final class TextbookCommand implements Command {
  private final Terminal terminal;
  private final Examination examination;

  @Inject
  TextbookCommand(Terminal terminal, Examination examination) {
    this.terminal = terminal;
    this.examination = examination;
  }

  static CommandSpec spec() {
    return Command.spec(
            TextbookCommand.class,
            "textbook",
            "Run the experiments of Sutton and Barto's textbook and check them against its results.")
        .addOption(
            Command.option(
                "--row",
                "NAME",
                String.class,
                "Run only rows with this name; * matches anything, as in 'walk19-*'."))
        .addOption(
            Command.flag("--quick", "Do fewer runs, which takes seconds instead of minutes."))
        .addOption(
            Command.option(
                "--out",
                "FILE",
                Path.class,
                "Write a Markdown page with the table, and its figures to images/ beside it."));
  }

  @Override
  public int run(ParseResult arguments) throws IOException {
    Examination.Request request =
        new Examination.Request(
            arguments.matchedOptionValue("--row", ""),
            arguments.hasMatchedOption("--quick"),
            arguments.matchedOptionValue("--out", (Path) null));
    int off =
        examination.run(
            request,
            line -> {
              terminal.line(line);
              terminal.flush();
            });
    return off == 0 ? OK : FAILED;
  }
}
