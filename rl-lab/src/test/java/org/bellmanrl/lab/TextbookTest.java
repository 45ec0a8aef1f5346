package org.bellmanrl.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TextbookTest {
  @TempDir Path folder;

  @Test
  void textbook_row_isPrintedWithItsVerdict() {
    String out = Rl.ok("textbook", "--row", "lake4-0.9*");

    assertThat(out).contains("lake4-0.95: FrozenLake-v1 gamma=0.95", "0.180472", "0.542026", "ok");
    assertThat(out).contains("2 results, all ok").doesNotContain("OFF");
  }

  @Test
  void textbook_twice_isTheSame() {
    String first = Rl.ok("textbook", "--row", "walk5-td-1", "--quick");

    assertThat(withoutTimes(Rl.ok("textbook", "--row", "walk5-td-1", "--quick")))
        .isEqualTo(withoutTimes(first));
    assertThat(first).contains("× 100 runs", "± ");
  }

  private static String withoutTimes(String text) {
    return text.replaceAll("[0-9.]+ s|[0-9]+:[0-9]+", "");
  }

  @Test
  void textbook_unknownRow_namesThoseThatThereAre() {
    Rl rl = Rl.run("textbook", "--row", "walk6");

    assertThat(rl.status()).isEqualTo(2);
    assertThat(rl.err()).contains("'walk6'", "walk5-td-1", "blackjack");
  }

  @Test
  @Tag("long")
  void textbook_allRowsInFull_areOkAndGiveThePage() throws IOException {
    Path page = folder.resolve("textbook.md");

    assertThat(Rl.ok("textbook", "--out", page)).contains("all ok");
    assertThat(Files.readString(page)).contains("| car-n8 |").doesNotContain("OFF");
  }
}
