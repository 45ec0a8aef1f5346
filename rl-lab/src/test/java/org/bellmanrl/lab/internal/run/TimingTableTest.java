package org.bellmanrl.lab.internal.run;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TimingTableTest {
  @Test
  void last_ofATable_isItsLastLine() {
    TimingTable table = new TimingTable();

    assertThat(TimingTable.last(table.csv())).isEqualTo(TimingTable.Last.NONE);
    table.add(100, 2, 0.5);
    table.add(400, 3, 2);
    assertThat(TimingTable.last(table.csv())).isEqualTo(new TimingTable.Last(2, 200));
  }
}
