package org.bellmanrl.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;
import org.bellmanrl.api.registry.Catalogue;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Plugins of every sort, good and bad, compiled here and given to {@code rl --plugins}. */
class PluginsTest {
  @TempDir Path folder;
  private Path plugins;
  private Path run;

  @BeforeEach
  void makeFolder() throws IOException {
    plugins = Files.createDirectory(folder.resolve("plugins"));
    run = folder.resolve("run");
  }

  /**
   * A catalogue of a coin to be guessed.
   *
   * @param members more members of the catalogue
   * @param step more statements of the coin's step
   */
  private static String source(String name, String id, String members, String step) {
    return """
    package acme;
    import org.bellmanrl.api.*;
    import org.bellmanrl.api.options.*;
    import org.bellmanrl.api.random.RandomStream;
    import org.bellmanrl.api.registry.*;
    import org.bellmanrl.api.space.Discrete;
    import org.bellmanrl.api.state.*;
    public final class %1$s implements Catalogue {
      %3$s
      public void list(Offers offers) {
        offers.add(
            EnvironmentEntry.of("%2$s", "a coin of acme", Coin::new));
      }
      static final class Coin implements Environment {
        public EnvironmentSpec spec() {
          return EnvironmentSpec.of("%2$s", new Discrete(1), new Discrete(2));
        }
        public void reset(RandomStream random, Observation observation) {
          observation.setDiscrete(0);
        }
        public void step(Action action, RandomStream random, Outcome outcome) {
          outcome.observation().setDiscrete(0);
          %4$s
          outcome.terminate();
        }
        public void carry(State state) {}
      }
    }
    """
        .formatted(name, id, members, step);
  }

  private static final String HEADS = "outcome.reward(action.discrete());";

  /** A class that is in no plugin's jar. */
  private static final String GONE =
      "package acme; class Gone { static String word() { return \"\"; } }";

  /** Puts a plugin of one catalogue into the folder. */
  private void plugin(String jar, String name, String source) throws IOException {
    plugin(jar, name, source, Map.of());
  }

  /**
   * Puts a plugin of one catalogue into the folder.
   *
   * @param others sources by the names of their files that it is compiled with and that stay out of
   *     the jar
   */
  private void plugin(String jar, String name, String source, Map<String, String> others)
      throws IOException {
    Map<String, String> sources = new LinkedHashMap<>(others);
    sources.put(name + ".java", source);
    sources.put("Gone.java", GONE);
    Path classes = compiled(sources);
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(plugins.resolve(jar)))) {
      add(out, classes, file -> file.startsWith("acme/") && !file.equals("acme/Gone.class"));
      out.putNextEntry(new JarEntry("META-INF/services/" + Catalogue.class.getName()));
      out.write(("acme." + name).getBytes(StandardCharsets.UTF_8));
      out.putNextEntry(new JarEntry("META-INF/bellman/presets/q-learning/acme/Coin-v1.yaml"));
      out.write(
          """
          - source: "acme"
            options: {step_size: 0.25}
            budget: {steps: 333}
            evaluation_episodes: 5
          """
              .getBytes(StandardCharsets.UTF_8));
    }
  }

  /** The library that some plugins are built with. */
  private void library(String jar) throws IOException {
    Path file = plugins.resolve(jar);
    Files.createDirectories(file.getParent());
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(file))) {
      add(out, compiled(Map.of("Gone.java", GONE)), _ -> true);
    }
  }

  private Path compiled(Map<String, String> sources) throws IOException {
    Path code = Files.createTempDirectory(folder, "code");
    Path classes = Files.createTempDirectory(folder, "classes");
    List<String> words =
        new ArrayList<>(List.of("-proc:none", "-cp", api(), "-d", classes.toString()));
    for (String file : sources.keySet()) {
      words.add(Files.writeString(code.resolve(file), sources.get(file)).toString());
    }
    StringWriter messages = new StringWriter();
    PrintWriter printer = new PrintWriter(messages);
    int status =
        ToolProvider.findFirst("javac")
            .orElseThrow()
            .run(printer, printer, words.toArray(String[]::new));
    assertThat(status).as(messages.toString()).isZero();
    return classes;
  }

  private static void add(JarOutputStream out, Path classes, Predicate<String> wanted)
      throws IOException {
    try (Stream<Path> files = Files.walk(classes)) {
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        String name = classes.relativize(file).toString().replace(File.separatorChar, '/');
        if (wanted.test(name)) {
          out.putNextEntry(new JarEntry(name));
          Files.copy(file, out);
        }
      }
    }
  }

  private void good() throws IOException {
    plugin("coin.jar", "Coin1", source("Coin1", "acme/Coin-v1", "", HEADS));
  }

  /** The jar or folder of rl-api's classes, also where tests are patched into a module. */
  private static String api() {
    String file = Catalogue.class.getName().replace('.', '/') + ".class";
    String url = String.valueOf(Catalogue.class.getResource("/" + file));
    return url.startsWith("jar:")
        ? Path.of(URI.create(url.substring(4, url.indexOf("!/")))).toString()
        : Path.of(URI.create(url.substring(0, url.length() - file.length()))).toString();
  }

  private static List<String> environments(String out) {
    List<String> ids = new ArrayList<>();
    for (String line : out.lines().toList()) {
      if (!line.isBlank() && !line.startsWith(" ") && line.contains("  ")) {
        ids.add(line.substring(0, line.indexOf("  ")));
      }
    }
    return ids;
  }

  @Test
  void plugins_goodJar_addsItsEnvironmentAndListsTheOthersOnce() throws IOException {
    good();
    List<String> own = environments(Rl.ok("envs"));

    String before = Rl.ok("--plugins", plugins, "envs");
    String behind = Rl.ok("envs", "--plugins", plugins.resolve("coin.jar"));

    assertThat(environments(before))
        .hasSize(own.size() + 1)
        .containsAll(own)
        .contains("acme/Coin-v1")
        .doesNotHaveDuplicates();
    assertThat(behind).isEqualTo(before);
  }

  @Test
  void plugins_severalPlaces_areAllUsedAndTheSameJarOnce() throws IOException {
    good();
    Path other = Files.createDirectory(folder.resolve("other"));
    plugin("second.jar", "Coin2", source("Coin2", "acme/Coin-v2", "", HEADS));
    Files.move(plugins.resolve("second.jar"), other.resolve("second.jar"));

    String out = Rl.ok("--plugins", plugins, "--plugins", other, "envs", "--plugins", plugins);

    assertThat(environments(out)).contains("acme/Coin-v1", "acme/Coin-v2").doesNotHaveDuplicates();
  }

  @Test
  void train_pluginListener_hearsAndStops() throws IOException {
    plugin(
        "bored.jar",
        "Bored",
        """
        package acme;
        import org.bellmanrl.api.*;
        import org.bellmanrl.api.options.*;
        import org.bellmanrl.api.registry.*;
        import org.bellmanrl.api.schedule.Progress;
        public final class Bored implements Catalogue {
          public void list(Offers offers) {
            offers.add(
                ListenerEntry.of(
                    "acme/bored",
                    "has enough after three episodes",
                    context -> new Counter()));
          }
          static final class Counter implements Listener {
            private int episodes;
            public void onEpisode(Episode episode, Progress progress) { episodes++; }
            public boolean wantsStop() { return episodes == 3; }
          }
        }
        """);

    assertThat(Rl.ok("--plugins", plugins, "listeners")).contains("acme/bored", "metric-stop");
    String out =
        Rl.ok(
            "--plugins",
            plugins,
            "train",
            "q-learning",
            "FrozenLake-v1",
            "--listen",
            "acme/bored",
            "--out",
            run);

    assertThat(out).contains("trained 3 episodes").contains("stopped by acme/bored");
    assertThat(Rl.ok("runs", run)).contains("finished");
  }

  @Test
  void train_presetOfThePlugin_isTaken() throws IOException {
    good();

    String out = Rl.ok("--plugins", plugins, "train", "q-learning", "acme/Coin-v1", "--out", run);

    assertThat(out).contains("acme");
    assertThat(Files.readString(run.resolve("run.yaml")))
        .contains("preset: acme")
        .contains("budget: {steps: 333}")
        .contains("step_size: '0.25'");
  }

  @Test
  void train_pluginEnvironment_learnsAndRemembersNoPath() throws IOException {
    good();

    Rl.ok(
        "--plugins", plugins, "train", "q-learning", "acme/Coin-v1", "--steps", 500, "--out", run);
    String judged = Rl.ok("--plugins", plugins, "eval", run, "--json");

    assertThat(Rl.number(judged, "meanReturn")).isEqualTo(1);
    assertThat(Files.readString(run.resolve("run.yaml")))
        .contains("acme/Coin-v1")
        .containsPattern("file: coin.jar, version: unknown, sha256: [0-9a-f]{64}")
        .doesNotContain(plugins.toString());
  }

  @Test
  void resume_withAnotherPlugin_saysSo() throws IOException, InterruptedException {
    good();
    try (RlProcess process =
        RlProcess.start(
            folder,
            "--plugins",
            plugins,
            "train",
            "q-learning",
            "acme/Coin-v1",
            "--steps",
            1_000_000_000_000L,
            "--checkpoint-every",
            0.1,
            "--out",
            run)) {
      process.await(run.resolve("checkpoints/000000000001.json"));
    }
    plugin("coin.jar", "Coin1", source("Coin1", "acme/Coin-v1", "int other;", HEADS));

    Rl rl = Rl.run("resume", run, "--steps", 1, "--plugins", plugins);

    assertThat(rl.status()).as("the run has more steps already").isEqualTo(2);
    assertThat(rl.err())
        .contains("warning: the run began with another plugin: it was {file=coin.jar, version=")
        .contains("and now it is one of [{file=coin.jar");
  }

  @Test
  void train_withPlugins_advisesCommandsThatHaveThem() throws IOException {
    good();

    String out =
        Rl.ok(
            "train",
            "q-learning",
            "acme/Coin-v1",
            "--steps",
            500,
            "--out",
            run,
            "--plugins",
            plugins);

    assertThat(out)
        .contains("./rl play " + run + " --plugins " + plugins)
        .contains("./rl eval " + run + " --episodes 1000 --plugins " + plugins);
  }

  /** The program would never end: it waits for the training, which waits for its end. */
  @Test
  void train_pluginEndsTheProgramInAStep_endsWithAnError()
      throws IOException, InterruptedException {
    plugin("exit.jar", "Exit", source("Exit", "acme/Exit-v1", "", "System.exit(0);"));
    for (List<String> seeds : List.of(List.<String>of(), List.of("--seeds", "2"))) {
      List<Object> words = new ArrayList<>(List.of("train", "q-learning", "acme/Exit-v1"));
      words.addAll(List.of("--plugins", plugins, "--out", run));
      words.addAll(seeds);
      RlProcess process = RlProcess.start(folder, words.toArray());
      assertThat(process.status()).isEqualTo(2);
      assertThat(process.output())
          .contains("ended the program in the middle of a step")
          .contains("./rl resume " + run + " --plugins " + plugins);
      run = folder.resolve("other");
    }
  }

  @Test
  void train_pluginLeavesAFileInTheRunFolder_isBlamedForItsOwnFailure() throws IOException {
    plugin(
        "diary.jar",
        "Diary",
        """
        package acme;
        import java.nio.file.*;
        import org.bellmanrl.api.*;
        import org.bellmanrl.api.options.*;
        import org.bellmanrl.api.registry.*;
        import org.bellmanrl.api.schedule.Progress;
        public final class Diary implements Catalogue {
          public void list(Offers offers) {
            offers.add(
                ListenerEntry.of(
                    "acme/diary",
                    "writes, and then fails",
                    context -> new Listener() {
                      public void onEpisode(Episode episode, Progress progress) {
                        try {
                          Files.writeString(context.folder().resolve("diary.txt"), "mine");
                        } catch (java.io.IOException e) {
                          throw new java.io.UncheckedIOException(e);
                        }
                        throw new IllegalStateException("out of ink");
                      }
                    }));
          }
        }
        """);

    Rl rl =
        Rl.run(
            "--plugins",
            plugins,
            "train",
            "q-learning",
            "FrozenLake-v1",
            "--listen",
            "acme/diary",
            "--out",
            run);

    assertThat(rl.status()).isEqualTo(2);
    assertThat(rl.err()).contains("diary.jar failed: ", "out of ink").doesNotContain("NotEmpty");
    try (Stream<Path> files = Files.list(run)) {
      assertThat(files).containsExactly(run.resolve("diary.txt"));
    }
  }

  private static final String LEARNER =
      """
      package acme;
      import java.util.List;
      import org.bellmanrl.api.*;
      import org.bellmanrl.api.random.RandomStream;
      import org.bellmanrl.api.registry.*;
      import org.bellmanrl.api.space.*;
      import org.bellmanrl.api.state.*;
      public final class Guesses implements Catalogue {
        public record Options(double first) {}
        public void list(Offers offers) {
          offers.add(
              LearnerEntry.of(
                  "acme/guess",
                  "takes the first action by chance, else the last",
                  new Accepts(List.of(Space.Kind.FINITE), List.of(Space.Kind.DISCRETE)),
                  () -> new Options(0.5),
                  (context, options) ->
                      new Guess(((Discrete) context.spec().actionSpace()).n(), options.first())));
        }
        static final class Guess implements Learner {
          private final Policy policy;
          Guess(int actions, double first) {
            this.policy =
                new Policy.Scripted() {
                  protected void act(
                      Observations observations, int row, RandomStream random, Columns into) {
                    into.ints()[row] = random.random() < first ? 0 : actions - 1;
                  }
                };
          }
          public Policy behaviour() { return policy; }
          public Policy policy() { return policy; }
          public void observe(Transitions transitions) {}
          public void carry(State state) {}
        }
      }
      """;

  /** Tries a learner of a plugin out whose jar holds a search space. */
  private Rl tune(String space) throws IOException {
    plugin("guess.jar", "Guesses", LEARNER);
    try (FileSystem jar = FileSystems.newFileSystem(plugins.resolve("guess.jar"))) {
      Path spaces = Files.createDirectories(jar.getPath("META-INF/bellman/search-spaces/acme"));
      Files.writeString(spaces.resolve("guess.yaml"), space);
    }
    List<Object> words =
        new ArrayList<>(List.of("--plugins", plugins, "tune", "acme/guess", "CliffWalking-v1"));
    words.addAll(List.of("--env", "max_episode_steps=5", "--steps", 20, "--trial-episodes", 1));
    words.addAll(List.of("--trials", 3, "--seeds", 1, "--finalists", 1, "--final-seeds", 1));
    words.addAll(List.of("--pruner", "none", "--out", run));
    return Rl.run(words.toArray());
  }

  @Test
  void tune_learnerOfAPlugin_searchesTheSpaceInItsJar() throws IOException {
    Rl rl = tune("source: acme's own\nparameters: {first: 'uniform:0.25:0.75'}\n");

    assertThat(rl.status()).as(rl.err()).isZero();
    assertThat(rl.out()).contains("first=uniform:0.25:0.75");
    assertThat(Files.readString(run.resolve("study.yaml"))).contains("source: acme's own");
    List<String> trials = Files.readAllLines(run.resolve("trials.csv"));
    assertThat(trials).hasSize(4).first().asString().startsWith("trial,state,return,first,");
    assertThat(trials.subList(1, 4))
        .allSatisfy(
            trial -> assertThat(Double.parseDouble(trial.split(",", -1)[3])).isBetween(0.25, 0.75));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "parametres: {} | the search space of the learner 'acme/guess' (",
        "parametres: {} | guess.jar): unknown entry 'parametres', did you mean 'parameters'?",
        "like: acme/guess | search spaces are like each other: acme/guess, acme/guess",
        "like: acme/gues | unknown learner 'acme/gues', did you mean 'acme/guess'?"
      })
  void tune_wrongSpaceInAPlugin_saysWhatIsWrongWhere(String space, String message)
      throws IOException {
    Rl rl = tune(space);

    assertThat(rl.status()).isEqualTo(2);
    assertThat(rl.err()).contains(message).hasLineCount(1);
  }

  @Test
  void evalShowPlay_pluginNotGiven_nameTheIdAndTheRemedy() throws IOException {
    good();
    Rl.ok("--plugins", plugins, "train", "q-learning", "acme/Coin-v1", "--steps", 10, "--out", run);

    for (String command : List.of("eval", "show", "play")) {
      Rl rl = Rl.run(command, run);

      assertThat(rl.status()).isEqualTo(2);
      assertThat(rl.err())
          .startsWith("error: unknown environment 'acme/Coin-v1'")
          .endsWith("if a plugin offers it, name the plugin's folder: --plugins DIR\n")
          .hasLineCount(1);
    }
  }

  @Test
  void plugins_brokenJars_areNamedInALineEachAndTheRestWorks() throws IOException {
    good();
    Files.writeString(plugins.resolve("text.jar"), "this is no zip file");
    Files.writeString(plugins.resolve("notes.txt"), "nor is this, but it is no jar either");
    try (JarOutputStream out =
        new JarOutputStream(Files.newOutputStream(plugins.resolve("empty.jar")))) {
      out.putNextEntry(new JarEntry("nothing"));
    }
    plugin(
        "throws.jar",
        "Throws",
        source(
            "Throws",
            "acme/Throws-v1",
            "public Throws() { throw new IllegalStateException(\"no licence\"); }",
            HEADS));
    plugin(
        "gone.jar",
        "NeedsGone",
        source("NeedsGone", "acme/Gone-v1", "{ System.err.print(Gone.word()); }", HEADS));

    Rl rl = Rl.run("--plugins", plugins, "envs");

    assertThat(rl.status()).isZero();
    assertThat(environments(rl.out()))
        .contains("acme/Coin-v1", "FrozenLake-v1")
        .doesNotContain("acme/Throws-v1", "acme/Gone-v1");
    assertThat(rl.err().lines())
        .hasSize(3)
        .allMatch(line -> line.startsWith("warning: "))
        .anyMatch(line -> line.contains("text.jar is left out, it can't be read as a jar"))
        .anyMatch(line -> line.contains("throws.jar") && line.contains("no licence"))
        .anyMatch(line -> line.contains("gone.jar") && line.contains("NoClassDefFoundError"));
    assertThat(
            Rl.run(
                    "train",
                    "q-learning",
                    "acme/Coin-v1",
                    "--steps",
                    10,
                    "--out",
                    run,
                    "--plugins",
                    plugins)
                .status())
        .isZero();
  }

  @Test
  void plugins_oneIdTwice_isRefusedNamingBothAndTheRestWorks() throws IOException {
    plugin("first.jar", "One", source("One", "acme/Coin-v1", "", HEADS));
    plugin("second.jar", "Two", source("Two", "acme/Coin-v1", "", HEADS));
    plugin("third.jar", "Three", source("Three", "acme/Other-v1", "", HEADS));

    Rl listed = Rl.run("--plugins", plugins, "envs");
    Rl asked = Rl.run("--plugins", plugins, "envs", "acme/Coin-v1");

    assertThat(listed.status()).isZero();
    assertThat(environments(listed.out()))
        .contains("acme/Other-v1", "FrozenLake-v1")
        .doesNotContain("acme/Coin-v1");
    assertThat(listed.err())
        .hasLineCount(1)
        .contains(
            "by " + plugins.resolve("first.jar") + ", and by " + plugins.resolve("second.jar"));
    assertThat(asked.status()).isEqualTo(2);
    assertThat(asked.err())
        .contains("error: the environment 'acme/Coin-v1' is offered twice: by ")
        .contains("remove one of them, or give it an id in another namespace");
  }

  @Test
  void train_pluginFailsAtWork_isBlamedByName() throws IOException {
    plugin(
        "late.jar",
        "Late",
        source("Late", "acme/Late-v1", "", "outcome.reward(Gone.word().length());"));
    plugin(
        "throwing.jar",
        "Throwing",
        source(
            "Throwing",
            "acme/Throwing-v1",
            "",
            "if (outcome.reward() == 0) throw new IllegalStateException(\"sensor lost\");"));

    Rl late = Rl.run("--plugins", plugins, "train", "q-learning", "acme/Late-v1", "--out", run);
    Rl throwing =
        Rl.run("--plugins", plugins, "train", "q-learning", "acme/Throwing-v1", "--out", run);

    assertThat(late.status()).isEqualTo(2);
    assertThat(late.err())
        .startsWith("error: the plugin " + plugins.resolve("late.jar") + " failed: ")
        .contains("NoClassDefFoundError: acme/Gone");
    assertThat(throwing.status()).isEqualTo(2);
    assertThat(throwing.err())
        .startsWith("error: the plugin " + plugins.resolve("throwing.jar") + " failed: ")
        .contains("sensor lost");
    assertThat(run).doesNotExist();
  }

  @ParameterizedTest
  @CsvSource({
    "outcome.reward(0.0 / 0),'reward of acme/Bad-v1 must be finite, was NaN'",
    "outcome.observation().setDiscrete(1),'observation of acme/Bad-v1 must be in Discrete(1), was 1'",
  })
  void train_pluginTaskAtFault_isSaidByTaskStepAndSeed(String step, String message)
      throws IOException {
    plugin("bad.jar", "Bad", source("Bad", "acme/Bad-v1", "", step + ";"));

    for (String learner : new String[] {"q-learning", "monte-carlo", "sarsa-lambda", "dqn"}) {
      Rl rl =
          Rl.run("--plugins", plugins, "train", learner, "acme/Bad-v1", "--seed", 3, "--out", run);

      assertThat(rl.status()).as(learner).isEqualTo(2);
      assertThat(rl.err())
          .as(learner)
          .isEqualTo(
              "error: " + message + " (row 0, step 1 of the episode, after 0 episodes); seed 3\n");
      assertThat(run).doesNotExist();
    }
  }

  @Test
  void plugins_noSuchFolder_isRefused() {
    Rl rl = Rl.run("--plugins", folder.resolve("elsewhere"), "envs");

    assertThat(rl.status()).isEqualTo(2);
    assertThat(rl.err())
        .isEqualTo(
            "error: there is no plugin folder "
                + folder.resolve("elsewhere")
                + "; give --plugins a folder of jars, or a jar\n");
  }

  @Test
  void plugins_emptyFolder_isToldOf() {
    Rl rl = Rl.run("--plugins", plugins, "envs");

    assertThat(rl.status()).isZero();
    assertThat(rl.err())
        .isEqualTo("warning: there is no jar in the plugin folder " + plugins + "\n");
  }

  @Test
  void plugins_jarWithoutCatalogue_isToldOfWhereItIsNoLibrary() throws IOException {
    library("lonely.jar");
    Rl rl = Rl.run("--plugins", plugins, "envs");
    assertThat(rl.status()).isZero();
    assertThat(rl.err())
        .hasLineCount(1)
        .startsWith("warning: the plugin " + plugins.resolve("lonely.jar") + " offers nothing");
  }

  @ParameterizedTest
  @CsvSource({
    "late.jar, lib/library.jar, .",
    "late.jar, lib/library.jar, late.jar",
    "late.jar, library.jar, .",
    "late/late.jar, late/lib/library.jar, .",
    "late/late.jar, late/library.jar, .",
    "late/late.jar, late/library.jar, late"
  })
  void plugins_withLibraries_findThem(String jar, String library, String place) throws IOException {
    Files.createDirectories(plugins.resolve(jar).getParent());
    plugin(
        jar, "Late", source("Late", "acme/Late-v1", "", "outcome.reward(Gone.word().length());"));
    library(library);

    Rl.ok(
        "--plugins",
        plugins.resolve(place),
        "train",
        "q-learning",
        "acme/Late-v1",
        "--steps",
        10,
        "--out",
        run);
  }

  @Test
  void plugins_twoWithOtherVersionsOfALibrary_eachFindItsOwn() throws IOException {
    String reward = "outcome.reward(Gone.word().length());";
    Files.createDirectories(plugins.resolve("one"));
    Files.createDirectories(plugins.resolve("two"));
    plugin("one/one.jar", "One", source("One", "acme/One-v1", "", reward));
    plugin("two/two.jar", "Two", source("Two", "acme/Two-v1", "", reward));
    library("one/lib/library.jar");

    Object[] train = {"--plugins", plugins, "train", "q-learning", "", "--steps", 10, "--out", run};
    train[4] = "acme/Two-v1";
    assertThat(Rl.run(train).err()).contains("two.jar failed", "NoClassDefFoundError: acme/Gone");
    train[4] = "acme/One-v1";
    Rl.ok(train);
  }

  @Test
  void plugins_whatMavenLeavesBesideAJar_isPassedOver() throws IOException {
    good();
    for (String name :
        List.of("original-coin.jar", "coin-sources.jar", "coin-javadoc.jar", "coin-tests.jar")) {
      Files.copy(plugins.resolve("coin.jar"), plugins.resolve(name));
    }
    assertThat(environments(Rl.ok("--plugins", plugins, "envs"))).contains("acme/Coin-v1");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Coin::new) | () -> null) | made null instead of an object",
        "return EnvironmentSpec.of( | if (id() > 0) return null; return EnvironmentSpec.of(|"
            + " answers spec() with null",
      })
  void train_nullOfAPlugin_isBlamedByName(String right, String wrong, String expected)
      throws IOException {
    String source = source("Null", "acme/Null-v1", "static int id() { return 1; }", HEADS);
    assertThat(source).contains(right);
    plugin("null.jar", "Null", source.replace(right, wrong));

    Rl rl = Rl.run("--plugins", plugins, "train", "q-learning", "acme/Null-v1", "--out", run);

    assertThat(rl.status()).isEqualTo(2);
    assertThat(rl.err())
        .hasLineCount(1)
        .startsWith("error: the environment 'acme/Null-v1' (" + plugins.resolve("null.jar") + ")")
        .contains(expected);
    assertThat(run).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "new java.io.IOException(\"lost\")",
        "new Error(\"lost\")",
        "new Throwable(\"lost\")"
      })
  void train_pluginThrowsWhatNobodyDeclares_isBlamedAndLeavesNothing(String thrown)
      throws IOException {
    String members =
        """
        @SuppressWarnings("unchecked")
        static <T extends Throwable> void sneak(Throwable e) throws T { throw (T) e; }
        """;
    plugin(
        "sneaky.jar",
        "Sneaky",
        source("Sneaky", "acme/Sneaky-v1", members, "Sneaky.<Error>sneak(" + thrown + ");"));

    Rl rl = Rl.run("--plugins", plugins, "train", "q-learning", "acme/Sneaky-v1", "--out", run);

    assertThat(rl.status()).isEqualTo(2);
    assertThat(rl.err())
        .hasLineCount(1)
        .startsWith("error: the plugin " + plugins.resolve("sneaky.jar") + " failed: java.")
        .contains(": lost");
    assertThat(run).doesNotExist();
  }

  @Test
  void train_pluginOfAnotherVersion_isToldAsThat() throws IOException {
    plugin(
        "newer.jar",
        "Newer",
        source("Newer", "acme/Newer-v1", "", "org.bellmanrl.api.NotYet.here();"),
        Map.of(
            "NotYet.java",
            "package org.bellmanrl.api; public class NotYet { public static void here() {} }"));
    plugin(
        "older.jar",
        "Older",
        source("Older", "acme/Older-v1", "", HEADS)
            .replace("public EnvironmentSpec spec()", "EnvironmentSpec task()"),
        Map.of(
            "Environment.java",
            """
            package org.bellmanrl.api;
            public interface Environment {
              void reset(org.bellmanrl.api.random.RandomStream random, Observation observation);
              void step(Action action, org.bellmanrl.api.random.RandomStream random, Outcome outcome);
              void carry(org.bellmanrl.api.state.State state);
            }
            """));

    for (String name : List.of("newer", "older")) {
      String id = "acme/" + Character.toUpperCase(name.charAt(0)) + name.substring(1) + "-v1";
      Rl rl = Rl.run("--plugins", plugins, "train", "q-learning", id, "--out", run);

      assertThat(rl.status()).isEqualTo(2);
      assertThat(rl.err())
          .hasLineCount(1)
          .startsWith("error: the plugin " + plugins.resolve(name + ".jar") + " failed: ")
          .contains("; it was built with another version of Bellman: build it with ");
      assertThat(run).doesNotExist();
    }
  }
}
