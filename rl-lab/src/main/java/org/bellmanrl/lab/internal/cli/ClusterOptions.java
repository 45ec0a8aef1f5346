package org.bellmanrl.lab.internal.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bellmanrl.lab.cluster.ClusterException;
import org.bellmanrl.lab.cluster.Membership;
import org.bellmanrl.lab.internal.assembly.EntryLookup;
import org.bellmanrl.lab.internal.cluster.Workers;
import org.bellmanrl.results.document.UserError;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** The options that say which cluster, and what lets this process in. */
final class ClusterOptions {
  private static final String CLUSTER = "--cluster";
  private static final String WORKERS = "--workers";
  private static final String SHIP = "--ship-plugins";
  private static final String SECRET = "--secret";
  private static final String CERTIFICATE = "--certificate";
  private static final String HOST = "--host";
  private static final int MOST_WORKERS = 1000;

  private ClusterOptions() {}

  /** Adds the options of commands that have work for a cluster. */
  static CommandSpec addTo(CommandSpec spec) {
    return addKeysTo(spec)
        .addOption(
            Command.option(
                CLUSTER,
                "HOST:PORT",
                String.class,
                "Use the workers of a cluster; ./rl worker --join HOST:PORT starts one."))
        .addOption(
            Command.option(
                WORKERS,
                "N",
                Integer.class,
                "Start N workers on this machine, to try a cluster out."))
        .addOption(
            Command.flag(
                SHIP,
                "Let workers fetch the files of --plugins that they lack. They check the"
                    + " SHA-256 and run the code."));
  }

  /** Adds what lets a process in. */
  static CommandSpec addKeysTo(CommandSpec spec) {
    return spec.addOption(
            Command.option(
                SECRET,
                "FILE",
                Path.class,
                "A file with a secret that all members of the cluster share. Required beyond"
                    + " this machine, unless there is a certificate."))
        .addOption(
            Command.option(
                CERTIFICATE,
                "FILE",
                Path.class,
                "The certificate of this machine, made by ./rl cluster certificates. It"
                    + " encrypts all connections."))
        .addOption(
            Command.option(
                HOST,
                "ADDRESS",
                String.class,
                "The address at which others reach this machine (default: the one that it uses"
                    + " towards the cluster)."));
  }

  /** Joins the cluster that a command was told to use; null if it was told nothing. */
  static @Nullable Workers join(
      ParseResult arguments, Invocation invocation, EntryLookup entries, Terminal terminal) {
    @Nullable String address = arguments.matchedOptionValue(CLUSTER, (String) null);
    int count = arguments.matchedOptionValue(WORKERS, 0);
    if (count < 0 || count > MOST_WORKERS) {
      throw new UserError("%s must be in [0, %d], was %d".formatted(WORKERS, MOST_WORKERS, count));
    }
    if (address == null) {
      Command.refuse(
          arguments,
          count == 0
              ? List.of(SECRET, CERTIFICATE, HOST, SHIP)
              : List.of(SECRET, CERTIFICATE, HOST),
          "is about a cluster: say %s HOST:PORT too".formatted(CLUSTER));
      if (count == 0) {
        return null;
      }
    }
    List<String> words = new ArrayList<>(invocation.options());
    for (String option : List.of(SECRET, CERTIFICATE)) {
      if (arguments.hasMatchedOption(option)) {
        Path file = arguments.matchedOptionValue(option, Path.of(""));
        words.addAll(List.of(option, file.toAbsolutePath().toString()));
      }
    }
    try {
      return Workers.join(
          Optional.ofNullable(address).map(text -> membership(text, arguments)),
          count,
          words,
          arguments.hasMatchedOption(SHIP) ? entries.pluginFiles() : Map.of(),
          terminal::warning);
    } catch (ClusterException e) {
      throw new UserError(String.valueOf(e.getMessage()), e);
    }
  }

  /**
   * Which cluster.
   *
   * @param address {@code HOST:PORT}
   */
  static Membership membership(String address, ParseResult arguments) {
    try {
      Membership cluster = Membership.of(address);
      @Nullable Path secret = arguments.matchedOptionValue(SECRET, (Path) null);
      return new Membership(
          cluster.host(),
          cluster.port(),
          Optional.ofNullable(arguments.matchedOptionValue(HOST, (String) null)),
          secret == null ? "" : secret(secret),
          Optional.ofNullable(arguments.matchedOptionValue(CERTIFICATE, (Path) null)));
    } catch (ClusterException e) {
      throw new UserError(String.valueOf(e.getMessage()), e);
    }
  }

  private static String secret(Path file) {
    try {
      String secret = Files.readString(file).strip();
      if (secret.isEmpty()) {
        throw new UserError("the secret in " + file + " is empty");
      }
      return secret;
    } catch (IOException e) {
      throw new UserError("cannot read the secret " + file + ": " + e.getMessage(), e);
    }
  }
}
