package org.bellmanrl.lab.internal.cli;

import com.google.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.bellmanrl.api.VectorEnvironment;
import org.bellmanrl.api.interaction.Simulation;
import org.bellmanrl.api.random.RandomStream;
import org.bellmanrl.api.registry.EnvironmentEntry;
import org.bellmanrl.api.registry.UnavailableException;
import org.bellmanrl.api.render.PictureView;
import org.bellmanrl.lab.internal.assembly.Assembler;
import org.bellmanrl.lab.internal.record.Recording;
import org.bellmanrl.results.document.AtomicFiles;
import org.bellmanrl.results.document.Document;
import org.bellmanrl.results.document.UserError;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/**
 * {@code rl gallery}: writes the page that shows every environment. It is for those who work on
 * Bellman, so the list of commands leaves it out.
 */
final class GalleryCommand implements Command {
  private static final String GROUPS = "gallery.yaml";
  private static final String HEAD =
      """
      # Gallery

      Everything here but MuJoCo is part of Bellman, and the command beside a picture trains an agent on what the picture shows.
      `./rl watch RUN` then shows the agent on a page, and `./rl play RUN --record FILE.gif` makes a film of it, as it made these four (fewer
      colours and seconds here):

      <img src="images/lander.gif" alt="A lander comes down between the flags" width="24%">
      <img src="images/huggy.gif" alt="A dog bounds over a meadow to its stick" width="24%">
      <img src="images/cheetah.gif" alt="A half cheetah runs over a chequered floor" width="24%">
      <img src="images/doom.gif" alt="A player moves in front of a monster and shoots" width="24%">

      ```
      ./rl train ppo LunarLander-v3
      ./rl train ppo Huggy-v1
      ./rl train ppo HalfCheetah-v5
      ./rl train dqn raycast/Basic-v1
      ```

      The other pictures show a few random steps. `./rl envs ENV` says what the numbers of a task mean, how reward comes, and which
      options there are. `./rl gallery` makes this page.
      """;

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
                    "--out",
                    "DIR",
                    String.class,
                    "The folder for gallery.md and images/ (default: docs)."));
    spec.usageMessage().hidden(true);
    return spec;
  }

  @Override
  public int run(ParseResult arguments) throws IOException {
    Path folder = Path.of(arguments.matchedOptionValue("--out", "docs"));
    Map<String, String> entries = new LinkedHashMap<>();
    List<Group> groups = groups();
    for (EnvironmentEntry entry : assembler.entries().registry().all(EnvironmentEntry.class)) {
      try (VectorEnvironment environment = assembler.environment(entry.id(), Map.of())) {
        Optional<PictureView> picture = environment.capability(0, PictureView.class);
        if (picture.isPresent()) {
          String image = "images/" + entry.id().replace('/', '-') + ".png";
          draw(new Simulation(environment), picture.get(), folder.resolve(image));
          entries.put(entry.id(), entry(entry, image, command(entry, groups)));
        }
      } catch (UnavailableException | UserError e) {
        terminal.line("left out: " + e.getMessage());
      }
    }
    StringBuilder page = new StringBuilder(HEAD);
    for (Group group : groups) {
      page.append("\n## ").append(group.title).append("\n\n").append(group.words.strip());
      page.append('\n');
      for (String id : group.tasks.keySet()) {
        page.append(entries.getOrDefault(id, ""));
      }
    }
    AtomicFiles.write(folder.resolve("gallery.md"), page.toString());
    terminal.line(folder.resolve("gallery.md") + ": " + entries.size() + " environments");
    return OK;
  }

  /**
   * Tasks that are shown together.
   *
   * @param tasks behind each id what stands behind {@code ./rl train} to learn it
   */
  private record Group(String title, String words, Map<String, @Nullable Object> tasks) {}

  private static List<Group> groups() throws IOException {
    try (InputStream in = GalleryCommand.class.getResourceAsStream(GROUPS)) {
      byte[] bytes = Objects.requireNonNull(in, GROUPS).readAllBytes();
      return Document.parseAll(GROUPS, new String(bytes, StandardCharsets.UTF_8)).stream()
          .map(document ->
              new Group(
                  document.text("title"),
                  document.text("words"),
                  document.mapping("tasks").entries()))
          .toList();
    }
  }

  private static String command(EnvironmentEntry entry, List<Group> groups) {
    for (Group group : groups) {
      Object command = group.tasks.get(entry.id());
      if (command != null) {
        return "./rl train " + command;
      }
    }
    throw new UserError(entry.id() + " is in none of the groups of " + GROUPS + ": add it to one");
  }

  private static void draw(Simulation simulation, PictureView picture, Path file) {
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

  private static String entry(EnvironmentEntry entry, String image, String command) {
    return """

    <p><img src="%s" alt="%s" width="160" align="left" hspace="12">
    <b>%s</b>: %s<br>
    <code>%s</code><br clear="left"></p>
    """
        .formatted(image, entry.id(), entry.id(), entry.description(), command);
  }
}
