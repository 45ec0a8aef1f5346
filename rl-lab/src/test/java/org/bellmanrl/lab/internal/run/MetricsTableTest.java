package org.bellmanrl.lab.internal.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class MetricsTableTest {

  @Test
  void recentLength_isTheMeanOfTheLatestEpisodes() {
    MetricsTable table = new MetricsTable();
    assertThat(table.recentLength(2)).isNaN();
    table.episode(9, 1, 9);
    assertThat(table.recentLength(2)).isEqualTo(9);
    table.episode(10, 1, 1);
    table.episode(14, 1, 4);
    assertThat(table.recentLength(2)).isEqualTo(2.5);
  }

  @Test
  void csv_holdsEpisodesAndTheLatestMetrics() {
    MetricsTable table = new MetricsTable();
    table.episode(5, -1.5, 5);
    table.metric("epsilon", 0.25);
    table.episode(9, 2, 4);
    assertThat(table.csv())
        .isEqualTo("episode,step,return,length,epsilon\n1,5,-1.5,5,\n2,9,2,4,0.25\n");
  }

  @Test
  void csv_ofManyEpisodes_mergesNeighboursWithoutLosingAny() {
    MetricsTable table = new MetricsTable();
    int episodes = 3 * MetricsTable.MAX_ROWS;
    for (int i = 1; i <= episodes; i++) {
      table.metric("epsilon", i);
      table.episode(10L * i, i % 2, 10);
    }
    List<String> lines = table.csv().lines().toList();
    assertThat(lines.size()).isLessThanOrEqualTo(MetricsTable.MAX_ROWS);
    assertThat(lines.get(1)).isEqualTo("4,40,0.5,10,4");
    assertThat(lines.getLast()).isEqualTo(episodes + "," + 10L * episodes + ",0.5,10," + episodes);
  }

  @Test
  void latest_ofAnUnknownMetric_isNotANumber() {
    assertThat(new MetricsTable().latest("loss")).isNaN();
  }
}
