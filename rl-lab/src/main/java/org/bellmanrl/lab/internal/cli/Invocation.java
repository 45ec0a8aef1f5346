package org.bellmanrl.lab.internal.cli;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How this program was called, for the commands that it advises next: they need the same plugins.
 *
 * @param options the options of every command that were given, with their values
 */
record Invocation(List<String> options) {
  Invocation {
    options = List.copyOf(options);
  }

  /** A command line that a user may type next. */
  String next(String... words) {
    return Stream.of(Stream.of("./rl"), Stream.of(words), options.stream())
        .flatMap(part -> part)
        .map(word -> word.contains(" ") ? "'" + word + "'" : word)
        .collect(Collectors.joining(" "));
  }
}
