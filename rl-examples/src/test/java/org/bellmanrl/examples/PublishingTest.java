package org.bellmanrl.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is published is complete, and says what users can rely on. */
class PublishingTest {
  static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final Pattern MODULE = Pattern.compile("<module>(.+?)</module>");
  private static final Pattern ARTIFACT = Pattern.compile("<artifactId>(rl-.+?)</artifactId>");
  private static final Pattern EXPORT = Pattern.compile("exports\\s+([\\w.]+);");
  private static final Pattern STABILITY =
      Pattern.compile("^ \\* <p><b>Stability:</b> (stable|evolving)\\.$", Pattern.MULTILINE);

  private static Stream<String> all(Pattern pattern, Path file) throws IOException {
    return pattern.matcher(Files.readString(file)).results().map(match -> match.group(1));
  }

  /** The modules that users get: not the BOM, and not what says that it is not deployed. */
  private static List<String> published() throws IOException {
    List<String> modules = all(MODULE, ROOT.resolve("pom.xml")).toList();
    return modules.stream()
        .filter(module -> !module.equals("rl-bom") && !text(module).contains("maven.deploy.skip"))
        .toList();
  }

  private static String text(String module) {
    try {
      return Files.readString(ROOT.resolve(module).resolve("pom.xml"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void bom_namesEveryPublishedModule() throws IOException {
    Path bom = ROOT.resolve("rl-bom/pom.xml");

    assertThat(all(ARTIFACT, bom).filter(name -> !name.equals("rl-bom")))
        .containsExactlyInAnyOrderElementsOf(published());
  }

  static Stream<Path> exportedPackages() throws IOException {
    Stream<Path> pages = Stream.empty();
    for (String module : published()) {
      Path sources = ROOT.resolve(module).resolve("src/main/java");
      Path descriptor = sources.resolve("module-info.java");
      if (Files.exists(descriptor)) {
        pages =
            Stream.concat(
                pages,
                all(EXPORT, descriptor)
                    .map(name -> sources.resolve(name.replace('.', '/')))
                    .map(folder -> folder.resolve("package-info.java")));
      } else {
        try (Stream<Path> files = Files.walk(sources)) {
          pages =
              Stream.concat(
                  pages,
                  files
                      .filter(file -> file.endsWith("package-info.java"))
                      .filter(file -> !file.toString().contains("internal"))
                      .toList()
                      .stream());
        }
      }
    }
    return pages.map(ROOT::relativize);
  }

  @ParameterizedTest
  @MethodSource("exportedPackages")
  void exportedPackage_saysHowStableItIs(Path page) throws IOException {
    assertThat(Files.readString(ROOT.resolve(page)))
        .as("a line '<p><b>Stability:</b> stable.' or '… evolving.', see docs/stability.md")
        .containsPattern(STABILITY);
  }
}
