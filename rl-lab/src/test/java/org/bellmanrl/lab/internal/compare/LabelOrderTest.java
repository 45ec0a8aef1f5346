package org.bellmanrl.lab.internal.compare;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class LabelOrderTest {
  @Test
  void labels_areInTheOrderOfTheirNumbers() {
    List<String> ordered =
        List.of("a", "n=1", "n=2", "n=2.5", "n=4", "n=16", "n=16 b", "n=100", "sarsa", "sarsa 2");
    List<String> labels = new ArrayList<>(ordered);
    Collections.reverse(labels);

    labels.sort(LabelOrder::compare);

    assertThat(labels).isEqualTo(ordered);
  }
}
