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
import org.bellmanrl.api.registry.LearnerEntry;
import org.bellmanrl.api.registry.Registry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Pages tell the truth about files. A comment before a block of code names a file; the block is the
 * whole file, or lines of it that follow one another. What a page links to is there.
 */
class PagesTest {
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final Pattern BLOCK =
      Pattern.compile(
          "^<!-- (\\S+) -->\\n```\\w*\\n(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL);

  /** Within the project; an anchor after the file is for a reader's eye to check. */
  private static final Pattern LINK = Pattern.compile("\\]\\((?!https?:)([^)#\\s]+)(?:#[^)]*)?\\)");

  /** A link or a picture in a page. */
  record Link(Path page, String target) {
    @Override
    public String toString() {
      return page.getFileName() + ": " + target;
    }
  }

  /** A block of code in a page. */
  record Snippet(Path page, String file, String text) {
    @Override
    public String toString() {
      return page.getFileName() + ": " + file;
    }
  }

  static Stream<Snippet> snippets() throws IOException {
    List<Snippet> snippets = new ArrayList<>();
    for (String name :
        List.of("README.md", "docs/write-your-environment.md", "docs/build-a-body.md")) {
      Path page = ROOT.resolve(name);
      Matcher matcher = BLOCK.matcher(Files.readString(page));
      while (matcher.find()) {
        snippets.add(new Snippet(page, matcher.group(1), matcher.group(2)));
      }
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
    assertThat(snippet.file).matches("(rl-examples/plugin-template|rl-env-jolt/src/test)/.*");
  }

  static Stream<Link> links() throws IOException {
    List<Link> links = new ArrayList<>();
    try (Stream<Path> docs = Files.walk(ROOT.resolve("docs"))) {
      List<Path> pages =
          new ArrayList<>(docs.filter(page -> page.toString().endsWith(".md")).toList());
      pages.add(ROOT.resolve("README.md"));
      pages.add(ROOT.resolve("CONTRIBUTING.md"));
      for (Path page : pages) {
        Matcher matcher = LINK.matcher(Files.readString(page));
        while (matcher.find()) {
          links.add(new Link(page, matcher.group(1)));
        }
      }
    }
    return links.stream();
  }

  @ParameterizedTest
  @MethodSource("links")
  void link_leadsToAFile(Link link) {
    assertThat(link.page.resolveSibling(link.target)).exists();
  }

  @Test
  void readme_namesEveryLearner() throws IOException {
    String readme = Files.readString(ROOT.resolve("README.md"));

    Registry registry = Registry.builder().discover(ClassLoader.getSystemClassLoader()).build();

    assertThat(registry.all(LearnerEntry.class))
        .isNotEmpty()
        .allSatisfy(learner -> assertThat(readme).contains("`" + learner.id() + "`"));
  }
}
