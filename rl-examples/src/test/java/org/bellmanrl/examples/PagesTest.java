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
 * Code blocks in pages equal the files that they come from: a comment before a block names a file,
 * and the block is the whole file or consecutive lines of it. Links lead to files that exist.
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
    for (Path page : pages()) {
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
    assertThat(snippet.file).matches("(rl-examples|rl-env-jolt/src/test)/.*");
  }

  static Stream<Link> links() throws IOException {
    List<Link> links = new ArrayList<>();
    for (Path page : pages()) {
      Matcher matcher = LINK.matcher(Files.readString(page));
      while (matcher.find()) {
        links.add(new Link(page, matcher.group(1)));
      }
    }
    return links.stream();
  }

  private static List<Path> pages() throws IOException {
    List<Path> pages = new ArrayList<>();
    try (Stream<Path> docs = Files.walk(ROOT.resolve("docs"))) {
      docs.filter(page -> page.toString().endsWith(".md")).forEach(pages::add);
    }
    pages.add(ROOT.resolve("README.md"));
    pages.add(ROOT.resolve("CONTRIBUTING.md"));
    return pages;
  }

  @ParameterizedTest
  @MethodSource("links")
  void link_leadsToAFile(Link link) {
    assertThat(link.page.resolveSibling(link.target)).exists();
  }

  @Test
  void learners_areAllNamed() throws IOException {
    String page = Files.readString(ROOT.resolve("docs/learners.md"));

    Registry registry = Registry.builder().discover(ClassLoader.getSystemClassLoader()).build();

    assertThat(registry.all(LearnerEntry.class))
        .isNotEmpty()
        .allSatisfy(learner -> assertThat(page).contains("`" + learner.id() + "`"));
  }
}
