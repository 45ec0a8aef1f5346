package org.bellmanrl.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.bellmanrl.api.Environment;
import org.bellmanrl.api.registry.Entry;
import org.bellmanrl.api.registry.EnvironmentEntry;
import org.bellmanrl.api.registry.Registry;
import org.bellmanrl.api.registry.UnavailableException;
import org.bellmanrl.api.render.PictureView;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
      assertThat(page).contains("## " + id + "\n", "(" + image + ")");
      assertThat(Files.size(docs.resolve(image))).isLessThan(MOST_BYTES);
      assertThat(ImageIO.read(docs.resolve(image).toFile()).getHeight()).isEqualTo(300);
    }
  }

  @Test
  void gallery_inDocs_showsEveryEnvironment() throws IOException {
    showsAll(DOCS);
  }

  @Test
  void gallery_writesPageAndPictures() throws IOException {
    assertThat(Rl.ok("gallery", "--out", folder.resolve("new"))).contains("environments");
    showsAll(folder.resolve("new"));
  }
}
