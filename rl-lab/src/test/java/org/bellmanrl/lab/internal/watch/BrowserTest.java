package org.bellmanrl.lab.internal.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.bellmanrl.lab.Contrast;
import org.bellmanrl.lab.Rl;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** The live page in a real browser, where there is one. */
class BrowserTest {
  /** Whether a canvas shows pixels of more than one colour. */
  private static final String DRAWN =
      """
      (() => {
        const canvas = document.querySelector('%s');
        if (!canvas || !canvas.width || !canvas.height) return false;
        const copy = new OffscreenCanvas(canvas.width, canvas.height);
        const context = copy.getContext('2d', { willReadFrequently: true });
        context.drawImage(canvas, 0, 0);
        const pixels = context.getImageData(0, 0, canvas.width, canvas.height).data;
        const colours = new Set();
        for (let i = 0; i < pixels.length; i += 4) {
          if (pixels[i + 3] > 0) colours.add(pixels[i] << 16 | pixels[i + 1] << 8 | pixels[i + 2]);
        }
        return colours.size > 3;
      })()
      """;

  private static final String STEP =
      "document.getElementById('f-step').textContent.replaceAll(',', '')";

  @TempDir Path folder;

  @Test
  void page_inChromium_drawsPausesAndHasNothingToComplainAbout() throws Exception {
    Optional<Path> program = Chromium.find();
    Assumptions.assumeTrue(
        program.isPresent(), "no Chromium on the PATH: the page is not tried out in a browser");
    Path run = folder.resolve("run");
    try (Chromium browser = Chromium.start(program.orElseThrow())) {
      try (Page page =
          Page.of(
              "train",
              "q-learning",
              "Maze-v1",
              "--steps",
              "1000000000",
              "--out",
              run,
              "--watch=0",
              "--watch-speed",
              "3000")) {
        browser.look(1200, 900, false);
        browser.open(page.url());
        browser.await("document.getElementById('title')?.textContent == 'q-learning on Maze-v1'");
        for (String canvas :
            new String[] {"#p-return canvas", "#p-length canvas", "#play", "#grid"}) {
          browser.await(DRAWN.formatted(canvas));
        }
        browser.await("document.querySelectorAll('#bars .chosen').length == 1");

        // Axes end at ticks where these are near.
        assertThat(browser.evaluate("roomy(137, 199874, 320, 64).join()").asString())
            .isEqualTo("0,200000");
        assertThat(browser.evaluate("roomy(-2.7, 0.97, 160, 36).join()").asString())
            .isEqualTo("-3,1");
        assertThat(browser.evaluate("roomy(3, 3, 160, 36).join()").asString()).isEqualTo("2.7,3.3");

        // Whatever the value, the letters on its colour can be read.
        String inks = "[...Array(101).keys()].map((i) => ramp(i / 100))";
        String pairs =
            browser
                .evaluate("%s.map((c) => [css(c), inkOn(c)].join('|')).join()".formatted(inks))
                .asString();
        assertThat(pairs.split(",", -1)).hasSize(101).allSatisfy(BrowserTest::requireReadable);

        browser.evaluate("document.getElementById('show-q').click()");
        browser.await(DRAWN.formatted("#grid"));

        browser.evaluate(
            "(() => { const grid = document.getElementById('grid'); for (let i = 0; i < 8; i++)"
                + " grid.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowRight' })); })()");
        browser.await("document.getElementById('cell').textContent.startsWith('row ')");
        browser.await("document.getElementById('f-left').textContent != '–'");

        browser.evaluate(
            "document.dispatchEvent(new KeyboardEvent('keydown', { key: ' ', bubbles: true }))");
        browser.await("document.getElementById('phase').textContent == 'paused'");
        assertThat(browser.evaluate("document.getElementById('phase').dataset.phase").asString())
            .isEqualTo("paused");
        Thread.sleep(700);
        String paused = browser.evaluate(STEP).asString();
        Thread.sleep(700);
        assertThat(browser.evaluate(STEP).asString()).isEqualTo(paused);
        browser.evaluate("document.getElementById('pause').click()");
        browser.await(STEP + " > " + paused);

        browser.evaluate(
            "(() => { const speed = document.getElementById('speed'); speed.value = 100;"
                + " speed.dispatchEvent(new Event('input')); })()");
        browser.await("document.getElementById('speedtext').textContent == 'unlimited'");
        while (page.state().path("speed").asDouble() != 0) {
          Thread.sleep(20);
        }

        browser.look(390, 844, true);
        browser.await("document.documentElement.scrollWidth <= 390");
        browser.await("getComputedStyle(document.body).backgroundColor != 'rgb(246, 247, 246)'");

        browser.evaluate("document.getElementById('stop').click()");
        browser.await("document.getElementById('phase').textContent == 'stopped'");
        assertThat(page.status()).isEqualTo(130);
      }
      assertThat(browser.complaints()).isEmpty();
    }
  }

  @Test
  void page_ofBinnedNumbers_drawsValuesOverTwoOfThemAndFitsAPhone() throws Exception {
    Optional<Path> program = Chromium.find();
    Assumptions.assumeTrue(program.isPresent(), "no Chromium on the PATH");
    Path run = folder.resolve("run");
    Rl.ok("train", "q-learning", "CartPole-v1", "--steps", 3000, "--quiet", "--out", run);
    try (Chromium browser = Chromium.start(program.orElseThrow());
        Page page = Page.of("watch", run, "--port", 0)) {
      browser.look(390, 844, true);
      browser.open(page.url());
      browser.await(DRAWN.formatted("#surface"));
      browser.await("document.getElementById('surface-t').textContent.includes('pole angle, rad')");
      browser.await("document.documentElement.scrollWidth <= 390");
      // The minus of what it earned is one, and not a hyphen.
      browser.await("!/[ (]-[0-9]/.test(document.getElementById('message').textContent)");
      assertThat(browser.complaints()).isEmpty();
    }
  }

  /** A ground as {@code rgb(1 2 3)} and the ink on it as {@code #000000}. */
  private static void requireReadable(String pair) {
    String[] parts = pair.split("\\|", -1);
    String[] ground = parts[0].replaceAll("[^0-9 ]", "").split(" ", -1);
    String hex =
        "#%02x%02x%02x"
            .formatted(
                Integer.parseInt(ground[0]),
                Integer.parseInt(ground[1]),
                Integer.parseInt(ground[2]));
    assertThat(Contrast.of(hex, parts[1])).as(pair).isGreaterThanOrEqualTo(4.5);
  }

  /** Takes the picture of the page in the README: {@code -Dtest=BrowserTest -Dpictures=true}. */
  @Test
  @EnabledIfSystemProperty(named = "pictures", matches = "true")
  void picture_forTheReadme_isTaken() throws Exception {
    try (Chromium browser = Chromium.start(Chromium.find().orElseThrow());
        Page page =
            Page.of(
                "train", "q-learning", "Maze-v1", "--out", folder.resolve("run"), "--watch=0")) {
      browser.look(1200, 1420, false);
      browser.open(page.url());
      browser.await("document.getElementById('f-step')");
      browser.await(STEP + " > 12000");
      browser.await("place && place[2] > 2");
      browser.evaluate(
          "document.getElementById('subtitle').textContent ="
              + " '2,000 episodes, seed 0 · runs/q-learning-Maze-v1-seed0-1'");
      Files.write(Path.of("..", "docs", "images", "watch.png"), browser.screenshot());
      browser.evaluate("document.getElementById('stop').click()");
      assertThat(page.status()).isEqualTo(130);
    }
  }
}
