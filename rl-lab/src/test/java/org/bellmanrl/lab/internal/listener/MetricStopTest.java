package org.bellmanrl.lab.internal.listener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.bellmanrl.api.interaction.Budget;
import org.bellmanrl.api.interaction.RunProgress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MetricStopTest {
  private static final RunProgress PROGRESS = new RunProgress(Budget.steps(10));

  @ParameterizedTest
  @CsvSource({
    "loss,1,false",
    "loss,2,false",
    "loss,1.5,false",
    "loss,2.5,true",
    "loss,0.5,true",
    "loss,NaN,true",
    "lossless,9,false"
  })
  void wantsStop_isWhetherTheNumberLeftTheRange(String name, double value, boolean wanted) {
    MetricStop stop = new MetricStop(new MetricStop.Options("loss", 1, 2));
    stop.onMetric(name, value, PROGRESS);
    stop.onMetric("loss", 1.5, PROGRESS);
    assertThat(stop.wantsStop()).isEqualTo(wanted);
  }

  @Test
  void options_thatMakeNoSense_areRefused() {
    assertThatThrownBy(() -> new MetricStop.Options(" ", 0, 1)).hasMessageContaining("metric");
    assertThatThrownBy(() -> new MetricStop.Options("loss", 2, 1))
        .hasMessage("below must be at most above, were 2.0 and 1.0");
  }
}
