package org.bellmanrl.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import jdk.jshell.JShell;
import jdk.jshell.Snippet;
import jdk.jshell.SnippetEvent;
import jdk.jshell.SourceCodeAnalysis;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The first Java of a page runs as it stands in {@code ./rl jshell}. */
class JshellTest {
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final Pattern JAVA =
      Pattern.compile("^```java\\n(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL);

  private static void run(JShell shell, String text) {
    String rest = text;
    while (!rest.isBlank()) {
      SourceCodeAnalysis.CompletionInfo info = shell.sourceCodeAnalysis().analyzeCompletion(rest);
      for (SnippetEvent event : shell.eval(info.source())) {
        assertThat(event.status()).as(info.source()).isEqualTo(Snippet.Status.VALID);
        assertThat(event.exception()).as(info.source()).isNull();
      }
      rest = info.remaining();
    }
  }

  @ParameterizedTest
  @CsvSource({"docs/course.md, 5 0.0", "README.md, 1.0"})
  void java_ofAPage_runsAsItStands(String page, String printed) throws IOException {
    Matcher first = JAVA.matcher(Files.readString(ROOT.resolve(page)));
    assertThat(first.find()).isTrue();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (JShell shell =
        JShell.builder()
            .executionEngine("local")
            .out(new PrintStream(out, true, StandardCharsets.UTF_8))
            .build()) {
      shell.addToClasspath(System.getProperty("java.class.path"));
      PrintStream before = System.out;
      System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
      try {
        run(shell, Files.readString(ROOT.resolve("etc/startup.jsh")));
        run(shell, first.group(1));
      } finally {
        System.setOut(before);
      }
    }
    assertThat(out.toString(StandardCharsets.UTF_8)).contains(printed);
  }
}
