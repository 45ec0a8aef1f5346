package org.bellmanrl.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.bellmanrl.api.Environment;
import org.bellmanrl.api.registry.Entry;
import org.bellmanrl.api.registry.EnvironmentEntry;
import org.bellmanrl.api.registry.Registry;
import org.bellmanrl.api.registry.UnavailableException;
import org.bellmanrl.api.render.PictureView;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The gallery shows every environment that draws itself: run {@code ./rl gallery} if it doesn't.
 */
class GalleryTest {
  private static final Path DOCS = Path.of("..", "docs");

  /** The grass of a meadow compresses badly. */
  private static final long MOST_BYTES = 100_000;

  @TempDir Path folder;

  private static List<String> drawn() {
    Registry registry = Registry.builder().discover(GalleryTest.class.getClassLoader()).build();
    return registry.all(EnvironmentEntry.class).stream()
        .filter(GalleryTest::draws)
        .map(Entry::id)
        .toList();
  }

  private static boolean draws(EnvironmentEntry entry) {
    try (Environment environment = entry.create(Map.of())) {
      return environment.capability(PictureView.class).isPresent();
    } catch (UnavailableException | IllegalArgumentException e) {
      // It needs a library that is not installed here, or options.
      return false;
    }
  }

  private static void showsAll(Path docs) throws IOException {
    String page = Files.readString(docs.resolve("gallery.md"));
    assertThat(drawn()).contains("CartPole-v1", "Taxi-v4");
    for (String id : drawn()) {
      String image = "images/" + id.replace('/', '-') + ".png";
      assertThat(page).contains("<b>" + id + "</b>: ", "<img src=\"" + image + "\"");
      assertThat(Files.size(docs.resolve(image))).isLessThan(MOST_BYTES);
      assertThat(ImageIO.read(docs.resolve(image).toFile()).getHeight()).isEqualTo(300);
    }
  }

  @Test
  void gallery_inDocs_showsEveryEnvironment() throws IOException {
    showsAll(DOCS);
  }

  static List<String> commands() throws IOException {
    return Pattern.compile("<code>\\./rl train ([^<]*)</code>")
        .matcher(Files.readString(DOCS.resolve("gallery.md")))
        .results()
        .map(match -> match.group(1))
        // MuJoCo may not be there.
        .filter(command -> !command.matches(".*(-v5|Reacher).*"))
        .toList();
  }

  @ParameterizedTest
  @MethodSource("commands")
  void command_isOneThatResolves(String command) {
    List<Object> words = new ArrayList<>(List.of("config"));
    Pattern.compile("'([^']*)'|(\\S+?)='([^']*)'|(\\S+)")
        .matcher(command)
        .results()
        .forEach(word -> words.add(word.group().replace("'", "")));
    Rl rl = Rl.run(words.toArray());
    assertThat(rl.status()).as(rl.err()).isZero();
  }

  @Test
  void gallery_writesPageAndPictures() throws IOException {
    assertThat(Rl.ok("gallery", "--out", folder.resolve("new"))).contains("environments");
    showsAll(folder.resolve("new"));
    String page = Files.readString(DOCS.resolve("gallery.md"));
    try (Stream<String> lines = Files.lines(folder.resolve("new/gallery.md"))) {
      assertThat(lines).allMatch(page::contains);
    }
  }
}
