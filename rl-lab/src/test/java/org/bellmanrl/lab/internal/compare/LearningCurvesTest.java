package org.bellmanrl.lab.internal.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.bellmanrl.results.document.UserError;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LearningCurvesTest {
  @TempDir Path folder;

  private LearningCurves.Points points(boolean byEpisode, String... rows) throws IOException {
    Path file = folder.resolve("metrics.csv");
    Files.writeString(file, "episode,step,loss\n" + String.join("\n", rows) + "\n");
    return LearningCurves.Points.of(file, CsvTable.read(file), "loss", byEpisode);
  }

  @Test
  void mean_isOverTheLatestEpisodes() throws IOException {
    LearningCurves.Points run = points(false, "1,10,4", "2,20,8", "3,40,0", "4,50,2");
    assertThat(run.end()).isEqualTo(50);
    assertThat(run.mean(9, 2)).isNaN();
    assertThat(run.mean(10, 2)).isEqualTo(4);
    assertThat(run.mean(39, 2)).isEqualTo(6);
    assertThat(run.mean(40, 2)).isEqualTo(4);
    assertThat(run.mean(50, 1)).isEqualTo(2);
    assertThat(run.mean(50, 3)).isEqualTo(10 / 3.0);
    assertThat(run.mean(1000, 100)).isEqualTo(3.5);
  }

  @Test
  void mean_weighsRowsByTheirEpisodes() throws IOException {
    // Rows of three and of one episode.
    LearningCurves.Points run = points(false, "3,10,4", "4,20,8");
    assertThat(run.mean(20, 4)).isEqualTo(5);
    assertThat(run.mean(20, 1)).isEqualTo(8);
    // A window that cuts a row in two takes all of it.
    assertThat(run.mean(20, 2)).isEqualTo(5);
    assertThat(run.mean(10, 1)).isEqualTo(4);
  }

  @Test
  void mean_leavesOutRowsWithoutAValue() throws IOException {
    LearningCurves.Points run = points(true, "1,10,", "2,20,6", "3,30,NaN", "4,40,8");
    assertThat(run.end()).isEqualTo(4);
    assertThat(run.mean(1, 5)).isNaN();
    assertThat(run.mean(3, 2)).isEqualTo(6);
    assertThat(run.mean(3, 1)).isNaN();
    assertThat(run.mean(4, 3)).isEqualTo(7);
  }

  @Test
  void rowsThatGoBack_areRefused() {
    assertThatThrownBy(() -> points(false, "1,10,4", "1,20,8"))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("line 3");
    assertThatThrownBy(() -> points(false, "1,10,4", "2,9,8")).hasMessageContaining("must grow");
    assertThatThrownBy(() -> points(false, ",10,4")).hasMessageContaining("line 2");
  }
}
