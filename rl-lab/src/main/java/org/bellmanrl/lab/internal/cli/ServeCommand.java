package org.bellmanrl.lab.internal.cli;

import com.google.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.bellmanrl.api.EnvironmentSpec;
import org.bellmanrl.api.Learner;
import org.bellmanrl.api.LearnerContext;
import org.bellmanrl.api.interaction.Budget;
import org.bellmanrl.api.interaction.Interaction;
import org.bellmanrl.api.interaction.RunProgress;
import org.bellmanrl.api.random.Streams;
import org.bellmanrl.api.random.Streams.Role;
import org.bellmanrl.api.state.StateException;
import org.bellmanrl.lab.internal.assembly.Assembler;
import org.bellmanrl.lab.internal.export.Tables;
import org.bellmanrl.lab.internal.run.Experiment;
import org.bellmanrl.lab.internal.run.FolderLock;
import org.bellmanrl.lab.internal.run.SeedGroup;
import org.bellmanrl.lab.internal.serve.Endpoints;
import org.bellmanrl.lab.internal.serve.EpisodeService;
import org.bellmanrl.lab.internal.serve.HttpProtocol;
import org.bellmanrl.lab.internal.serve.SpacesFile;
import org.bellmanrl.lab.serve.EpisodeProtocol;
import org.bellmanrl.lab.serve.EpisodeProtocol.Endpoint;
import org.bellmanrl.policy.Policies;
import org.bellmanrl.policy.ShippedPolicy;
import org.bellmanrl.results.document.AtomicFiles;
import org.bellmanrl.results.document.Document;
import org.bellmanrl.results.document.TextFile;
import org.bellmanrl.results.document.UserError;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/**
 * {@code rl serve LEARNER --spaces FILE} or {@code rl serve policy.zip}: a learner or a policy for
 * programs that own their loop, over HTTP and gRPC.
 */
final class ServeCommand implements Command {
  /** The environment variable with what requests must carry. */
  private static final String SECRET = "BELLMAN_SECRET";

  private static final String GRPC = "--grpc";
  private static final String ORIGIN = "--origin";
  private static final String STATE = "learner.state";
  private static final String SETTINGS = "serve.yaml";
  private static final String POLICY = "policy.zip";
  private static final int PORT = 8420;
  private static final int CLIENTS = 16;
  private static final long STEPS = 100_000;
  private static final double PATIENCE_SECONDS = 60;
  private static final double SAVE_SECONDS = 60;

  private final Terminal terminal;
  private final Assembler assembler;

  @Inject
  ServeCommand(Terminal terminal, Assembler assembler) {
    this.terminal = terminal;
    this.assembler = assembler;
  }

  static CommandSpec spec() {
    CommandSpec spec =
        Command.spec(
                ServeCommand.class,
                "serve",
                "Serve a learner or a policy over HTTP or gRPC to programs that run their own"
                    + " loop, such as simulators and games.")
            .addPositional(
                Command.argument(
                    0,
                    "LEARNER|FILE",
                    "The learner (./rl learners lists them), a policy.zip, or huggy, the pretrained"
                        + " policy of a dog."))
            .addOption(
                Command.option(
                    "--spaces",
                    "FILE",
                    Path.class,
                    "The task of a learner, in a file as shown below."))
            .addOption(
                Command.option(
                    "--port", "PORT", Integer.class, "The port for HTTP (default: " + PORT + ")."))
            .addOption(
                Command.option(GRPC, "PORT", Integer.class, "Also serve gRPC, on this port."))
            .addOption(
                OptionSpec.builder(ORIGIN)
                    .paramLabel("ORIGIN")
                    .type(List.class)
                    .auxiliaryTypes(String.class)
                    .arity("1")
                    .description(
                        "Also answer web pages of this origin, such as http://localhost:5173. May be repeated.")
                    .build())
            .addOption(
                Command.option(
                    "--host",
                    "HOST",
                    String.class,
                    "Where to listen; 0.0.0.0 serves other machines and requires a secret in "
                        + SECRET
                        + " (default: localhost)."))
            .addOption(
                Command.option(
                    "--clients",
                    "N",
                    Integer.class,
                    "Maximum number of concurrent episodes (default: " + CLIENTS + ")."))
            .addOption(
                Command.option(
                    "--patience",
                    "SECONDS",
                    Double.class,
                    "Time without a request after which an episode may be abandoned (default: 60)."))
            .addOption(
                Command.option(
                    "--steps",
                    "N",
                    Long.class,
                    "Number of steps in which schedules, such as that of ε, run; learning continues"
                        + " after them (default: 100000)."))
            .addOption(
                Command.option(
                    "--seed", "S", Long.class, "The seed of everything random (default: 0)."))
            .addOption(
                TrainArguments.settings("--set", "Set an option of the learner. May be repeated."))
            .addOption(
                Command.option(
                    "--out",
                    "DIR",
                    Path.class,
                    "The folder in which to save what is learned, every minute and at the end. A"
                        + " server with the same settings continues from it."));
    spec.usageMessage().footer(footer());
    return spec;
  }

  private static String[] footer() {
    return ("\n" + SpacesFile.FORM).split("\n", -1);
  }

  /** What is served, and where it is kept. */
  private record Served(
      EnvironmentSpec spec,
      EpisodeService service,
      String title,
      Optional<Path> folder,
      @Nullable FolderLock lock)
      implements AutoCloseable {
    @Override
    public void close() {
      if (lock != null) {
        lock.close();
      }
    }
  }

  @Override
  public int run(ParseResult arguments) throws IOException {
    String what = arguments.matchedPositionalValue(0, "");
    if (what.isEmpty()) {
      throw new UserError("name a learner and --spaces FILE, or a policy.zip");
    }
    Optional<ShippedPolicy> pretrained = Pretrained.find(what);
    String secret = Optional.ofNullable(System.getenv(SECRET)).orElse("");
    int port = arguments.matchedOptionValue("--port", PORT);
    String host = arguments.matchedOptionValue("--host", "localhost");
    HttpProtocol http = new HttpProtocol(arguments.matchedOptionValue(ORIGIN, List.of()));
    int grpcPort = arguments.matchedOptionValue(GRPC, 0);
    @Nullable EpisodeProtocol grpc =
        arguments.hasMatchedOption(GRPC) ? Endpoints.added("grpc") : null;
    CountDownLatch stopping = new CountDownLatch(1);
    CountDownLatch saved = new CountDownLatch(1);
    Runtime.getRuntime()
        .addShutdownHook(new Thread(() -> stop(stopping, saved), "save-before-exit"));
    try (Served served =
            pretrained.isPresent() || what.endsWith(".zip")
                ? policy(what, pretrained, arguments)
                : learner(what, arguments);
        Endpoint web = Endpoints.open(http, served.service, host, port, secret, terminal::warning);
        @Nullable Endpoint more =
            grpc == null
                ? null
                : Endpoints.open(grpc, served.service, host, grpcPort, secret, terminal::warning)) {
      terminal.line(
          "%s for %s at http://%s:%d/ ; Ctrl-C ends it"
              .formatted(served.title, served.spec.name(), host, web.port()));
      if (more != null) {
        terminal.line("it answers over gRPC too, at %s:%d".formatted(host, more.port()));
      }
      terminal.flush();
      while (!stopping.await((long) (1000 * SAVE_SECONDS), TimeUnit.MILLISECONDS)) {
        save(served, "serving goes on without it");
      }
      save(served, "what was learned since the last save is lost");
      terminal.flush();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      saved.countDown();
    }
    return INTERRUPTED;
  }

  private static void stop(CountDownLatch stopping, CountDownLatch saved) {
    stopping.countDown();
    try {
      saved.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static int clients(ParseResult arguments) {
    int clients = arguments.matchedOptionValue("--clients", CLIENTS);
    if (clients < 1 || clients > Experiment.MAX_ROWS) {
      throw new UserError(
          "--clients must be in [1, %d], was %d".formatted(Experiment.MAX_ROWS, clients));
    }
    return clients;
  }

  private static double patience(ParseResult arguments) {
    double seconds = arguments.matchedOptionValue("--patience", PATIENCE_SECONDS);
    if (!(seconds > 0 && seconds <= Integer.MAX_VALUE)) {
      throw new UserError("--patience must be above 0 seconds, was " + seconds);
    }
    return seconds;
  }

  private static long seed(ParseResult arguments) {
    long seed = arguments.matchedOptionValue("--seed", 0L);
    if (seed < 0) {
      throw new UserError("--seed must be at least 0, was " + seed);
    }
    return seed;
  }

  private Served policy(String name, Optional<ShippedPolicy> pretrained, ParseResult arguments) {
    Command.refuse(
        arguments,
        List.of("--spaces", "--set", "--steps", "--out"),
        "is for a learner, not for a policy that is learned");
    ShippedPolicy policy;
    try {
      policy = pretrained.orElseGet(() -> Policies.load(Path.of(name)));
    } catch (StateException | UncheckedIOException e) {
      throw new UserError(String.valueOf(e.getMessage()), e);
    }
    int clients = clients(arguments);
    EpisodeService.Returns returns = new EpisodeService.Returns();
    Interaction interaction =
        Interaction.acting(
            policy.spec(),
            clients,
            policy,
            Streams.of(seed(arguments)).rows(Role.POLICY, clients),
            List.of(returns));
    return new Served(
        policy.spec(),
        new EpisodeService(policy.spec(), interaction, returns, patience(arguments)),
        "the policy " + name,
        Optional.empty(),
        null);
  }

  private Served learner(String id, ParseResult arguments) throws IOException {
    Path spaces = arguments.matchedOptionValue("--spaces", (Path) null);
    if (spaces == null) {
      throw new UserError(
          "name the task with --spaces FILE; ./rl serve --help shows what the file says");
    }
    long steps = arguments.matchedOptionValue("--steps", STEPS);
    if (steps < 1) {
      throw new UserError("--steps must be at least 1, was " + steps);
    }
    EnvironmentSpec spec = SpacesFile.read(spaces);
    int clients = clients(arguments);
    long seed = seed(arguments);
    Map<String, String> options = arguments.matchedOptionValue("--set", Map.of());
    Streams streams = Streams.of(seed);
    RunProgress progress = new RunProgress(Budget.steps(steps));
    Learner learner =
        assembler.learner(id, options, LearnerContext.of(spec, clients, streams, progress));
    EpisodeService.Returns returns = new EpisodeService.Returns();
    Interaction interaction =
        Interaction.learning(
            spec, clients, learner, streams.rows(Role.POLICY, clients), progress, List.of(returns));
    EpisodeService service = new EpisodeService(spec, interaction, returns, patience(arguments));
    Optional<Path> folder = Optional.ofNullable(arguments.matchedOptionValue("--out", (Path) null));
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put("learner", id);
    settings.put("options", new LinkedHashMap<>(options));
    settings.put("task", spec.toString());
    settings.put("clients", clients);
    settings.put("steps", steps);
    settings.put("seed", seed);
    @Nullable FolderLock lock = folder.map(SeedGroup::lock).orElse(null);
    try {
      if (folder.isPresent()) {
        begin(folder.get(), Document.yaml(settings), service);
      }
      return new Served(spec, service, id, folder, lock);
    } catch (Throwable e) {
      if (lock != null) {
        lock.close();
      }
      throw e;
    }
  }

  /** Begins in a folder that is empty, or goes on where a server of the same settings was. */
  private void begin(Path folder, String settings, EpisodeService service) {
    Path file = folder.resolve(SETTINGS);
    Path state = folder.resolve(STATE);
    if (!Files.exists(file)) {
      SeedGroup.requireNew(folder, SETTINGS);
      AtomicFiles.write(file, settings);
      return;
    }
    String before = TextFile.read(file, "a text of settings");
    if (!before.equals(settings)) {
      throw new UserError(
          "%s is of a server with other settings:%n%s%s  give these, or another --out"
              .formatted(folder, before, System.lineSeparator()));
    }
    if (Files.exists(state)) {
      try {
        service.restore(state);
      } catch (StateException e) {
        throw new UserError(e.getMessage() + "; restore it from a copy, or give another --out", e);
      }
      terminal.line("goes on from " + state);
    }
  }

  /** Saves the learner, or warns and says what follows. */
  private void save(Served served, String otherwise) {
    served.folder.ifPresent(folder -> {
      try {
        save(served, folder);
      } catch (UserError | StateException | UncheckedIOException e) {
        terminal.warning(e.getMessage() + "; " + otherwise);
      }
    });
  }

  private void save(Served served, Path folder) {
    synchronized (served.service) {
      served.service.save(folder.resolve(STATE));
      served
          .service
          .learner()
          .flatMap(learner -> Tables.writable(learner.policy(), served.spec))
          .ifPresent(policy ->
              AtomicFiles.write(
                  folder.resolve(POLICY),
                  Policies.toBytes(
                      new ShippedPolicy(
                          served.spec,
                          policy,
                          Map.of("learner", served.title),
                          "# %s%n%nLearned in ./rl serve by %s.%n"
                              .formatted(served.spec.name(), served.title)))));
    }
  }
}
