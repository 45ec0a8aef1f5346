package org.bellmanrl.api.space;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RowsTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''        | [0, 1, 2, 3, 4]",
        "0         | [1, 2, 3, 4]",
        "4         | [0, 1, 2, 3]",
        "1 2       | [0, 3, 4]",
        "0 2 4     | [1, 3]",
        "0 1 2 3 4 | []",
      })
  void fillExcept_listsAllOthers(String others, String expected) {
    Rows listed = new Rows(5);
    for (String row : others.isEmpty() ? new String[0] : others.strip().split(" ")) {
      listed.add(Integer.parseInt(row));
    }
    assertThat(new Rows(5).only(3).fillExcept(listed)).hasToString(expected);
  }

  @Test
  void fillExcept_ofAnotherCapacity_isRefused() {
    assertThatThrownBy(() -> new Rows(5).fillExcept(new Rows(4)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the lists must be of the same capacity, were of 5 and 4");
  }

  @Test
  void add_takesRowsInAscendingOrder() {
    Rows rows = new Rows(3).add(1);
    assertThat(rows.add(2)).hasToString("[1, 2]");
    assertThatThrownBy(() -> rows.add(2)).hasMessageContaining("ascending order");
    assertThatThrownBy(() -> rows.add(3)).hasMessageContaining("ascending order");
  }
}
