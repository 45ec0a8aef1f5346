package org.bellmanrl.lab.internal.cli;

import com.google.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.bellmanrl.api.EnvironmentSpec;
import org.bellmanrl.api.VectorEnvironment;
import org.bellmanrl.api.interaction.Simulation;
import org.bellmanrl.api.random.RandomStream;
import org.bellmanrl.api.registry.EnvironmentEntry;
import org.bellmanrl.api.registry.UnavailableException;
import org.bellmanrl.api.render.PictureView;
import org.bellmanrl.lab.internal.assembly.Assembler;
import org.bellmanrl.lab.internal.record.Recording;
import org.bellmanrl.lab.internal.run.UserError;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/**
 * {@code rl gallery}: writes the page that shows every environment. It is for those who work on
 * Bellman, so the list of commands leaves it out.
 */
final class GalleryCommand implements Command {
  private static final int HEIGHT = 300;

  /** Random steps into the first episode, or as many as it has. */
  private static final int STEPS = 11;

  private final Terminal terminal;
  private final Assembler assembler;

  @Inject
  GalleryCommand(Terminal terminal, Assembler assembler) {
    this.terminal = terminal;
    this.assembler = assembler;
  }

  static CommandSpec spec() {
    CommandSpec spec =
        Command.spec(
                GalleryCommand.class, "gallery", "Write a page with a picture of each environment.")
            .addOption(
                Command.option(
                    "--out", "DIR", String.class, "Where gallery.md and images/ go; docs."));
    spec.usageMessage().hidden(true);
    return spec;
  }

  @Override
  public int run(ParseResult arguments) throws IOException {
    Path folder = Path.of(arguments.matchedOptionValue("--out", "docs"));
    StringBuilder page =
        new StringBuilder(
            """
            # Gallery

            Each picture shows an environment after a few random steps. `./rl gallery` makes this page;
            `./rl play RUN --record FILE.gif` records a trained policy.
            """);
    int count = 0;
    for (EnvironmentEntry entry : assembler.parts().registry().all(EnvironmentEntry.class)) {
      String image = "images/" + entry.id().replace('/', '-') + ".png";
      try (VectorEnvironment environment = assembler.environment(entry.id(), Map.of())) {
        Optional<PictureView> picture = environment.capability(0, PictureView.class);
        if (picture.isPresent()) {
          draw(new Simulation(environment), picture.get(), folder.resolve(image));
          page.append(entry(entry, environment.spec(), image));
          count++;
        }
      } catch (UnavailableException | UserError e) {
        terminal.line("left out: " + e.getMessage());
      }
    }
    Files.createDirectories(folder);
    Files.writeString(folder.resolve("gallery.md"), page);
    terminal.line(folder.resolve("gallery.md") + ": " + count + " environments");
    return OK;
  }

  private static void draw(Simulation simulation, PictureView picture, Path file)
      throws IOException {
    RandomStream actions = RandomStream.ofSeed(1);
    simulation.reset(0);
    for (int i = 0; i < STEPS && !simulation.ended(); i++) {
      simulation.stepSampled(actions);
    }
    int width = (int) Math.round(HEIGHT * picture.aspect());
    try (Recording recording = Recording.open(file, width, HEIGHT, 1)) {
      picture.draw(recording.argb(), width, HEIGHT);
      recording.add(1);
      recording.finish();
    }
  }

  private static String entry(EnvironmentEntry entry, EnvironmentSpec spec, String image) {
    return """

    ## %s

    %s

    ![%s](%s)

    Observations: `%s`. Actions: `%s`.
    """
        .formatted(
            entry.id(),
            entry.description(),
            entry.id(),
            image,
            spec.observationSpace(),
            spec.actionSpace());
  }
}
