package org.bellmanrl.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What pages show of files is what stands in these files. A comment before a block of code names
 * the file; the block is the whole file, or lines of it that follow one another.
 */
class PagesTest {
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final Pattern BLOCK =
      Pattern.compile(
          "^<!-- (\\S+) -->\\n```\\w*\\n(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL);

  /** A block of code in a page. */
  record Snippet(Path page, String file, String text) {
    @Override
    public String toString() {
      return page.getFileName() + ": " + file;
    }
  }

  static Stream<Snippet> snippets() throws IOException {
    List<Snippet> snippets = new ArrayList<>();
    Path page = ROOT.resolve("docs/write-your-environment.md");
    Matcher matcher = BLOCK.matcher(Files.readString(page));
    while (matcher.find()) {
      snippets.add(new Snippet(page, matcher.group(1), matcher.group(2)));
    }
    return snippets.stream();
  }

  @ParameterizedTest
  @MethodSource("snippets")
  void snippet_isWhatTheFileSays(Snippet snippet) throws IOException {
    String file = Files.readString(ROOT.resolve(snippet.file));

    assertThat("\n" + file).contains("\n" + snippet.text);
  }

  @ParameterizedTest
  @MethodSource("snippets")
  void snippet_isAFileThatIsBuiltByCi(Snippet snippet) {
    assertThat(snippet.file).startsWith("rl-examples/plugin-template/");
  }
}
