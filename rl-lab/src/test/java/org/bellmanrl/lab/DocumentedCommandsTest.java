package org.bellmanrl.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The commands in README and docs can be copied: a shell understands each line, and each training
 * is one that {@code rl config} resolves, which needs every id and option to be there.
 */
class DocumentedCommandsTest {
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final Pattern BLOCK =
      Pattern.compile("^```(?:bash|sh)?\\n(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL);
  private static final Pattern WORD =
      Pattern.compile("\"([^\"]*)\"|'([^']*)'|((?:[^\\s\"'\\\\]|\\\\.)+)");

  /** What training takes and {@code rl config} does not. */
  private static final Set<String> OF_RUNS =
      Set.of(
          "--out", "--checkpoint-every", "--watch-speed", "--watch-host", "--workers", "--cluster");

  private static final Set<String> FLAGS = Set.of("--quiet", "--tensorboard", "--watch");

  /** Places that need what a machine may not have, or that the text before makes. */
  private static final Pattern ELSEWHERE =
      Pattern.compile("gym/|mujoco/|-v5|--plugins|--from|\\.yaml|acme/|example/|my_");

  static Stream<String> commands() throws IOException {
    List<String> commands = new ArrayList<>();
    for (Path page : pages()) {
      Matcher block = BLOCK.matcher(Files.readString(page));
      while (block.find()) {
        for (String line : block.group(1).replace("\\\n", " ").lines().toList()) {
          if (line.startsWith("./rl ")) {
            commands.add(page.getFileName() + ": " + line);
          }
        }
      }
    }
    return commands.stream();
  }

  private static List<Path> pages() throws IOException {
    try (Stream<Path> docs = Files.list(ROOT.resolve("docs"))) {
      return Stream.concat(
              Stream.of(ROOT.resolve("README.md")),
              docs.filter(page -> page.toString().endsWith(".md")).sorted())
          .toList();
    }
  }

  /** A line's words as a shell sees them, without the comment. */
  private static List<String> words(String line) {
    List<String> words = new ArrayList<>();
    Matcher matcher = WORD.matcher(line.replaceFirst("\\s#.*$", ""));
    StringBuilder word = new StringBuilder();
    int end = -1;
    while (matcher.find()) {
      if (matcher.start() != end && end >= 0) {
        words.add(word.toString());
        word.setLength(0);
      }
      for (int group = 1; group <= 3; group++) {
        if (matcher.group(group) != null) {
          word.append(matcher.group(group));
        }
      }
      end = matcher.end();
    }
    words.add(word.toString());
    return words;
  }

  @Test
  void pages_haveCommands() throws IOException {
    assertThat(commands()).hasSizeGreaterThan(40);
  }

  @ParameterizedTest
  @MethodSource("commands")
  void command_isOneForAShell(String place) {
    String line = place.substring(place.indexOf(": ") + 2).replaceFirst("\\s#.*$", "");
    String bare = line.replaceAll("\"[^\"]*\"|'[^']*'", "");

    // Brackets and the like mean something to a shell, and an ellipsis means nothing to anybody.
    assertThat(bare).doesNotContain("…", "(", ")", "[", "]", ";", "*", "?", "!", "<", "`");
    assertThat(bare.replace("> ", "")).doesNotContain(">");
  }

  @ParameterizedTest
  @MethodSource("commands")
  void training_isOneThatResolves(String place) {
    List<String> words = words(place.substring(place.indexOf(": ") + 2));
    if (!words.get(1).equals("train") || ELSEWHERE.matcher(place).find()) {
      return;
    }
    List<Object> config = new ArrayList<>(List.of("config"));
    for (int i = 2; i < words.size() && !words.get(i).equals(">"); i++) {
      String word = words.get(i);
      if (OF_RUNS.contains(word)) {
        i++;
      } else if (!FLAGS.contains(word) && !word.startsWith("--watch=")) {
        config.add(word);
      }
    }
    Rl rl = Rl.run(config.toArray());

    assertThat(rl.status()).as("%s: %s", place, rl.err()).isZero();
  }
}
