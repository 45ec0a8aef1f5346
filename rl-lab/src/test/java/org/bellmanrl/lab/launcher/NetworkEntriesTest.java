package org.bellmanrl.lab.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;

class NetworkEntriesTest {

  @Test
  @ResourceLock(Resources.SYSTEM_OUT)
  void main_printsLearnersAndWrappersWithNetworks() {
    PrintStream before = System.out;
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
    try {
      NetworkEntries.main(new String[0]);
    } finally {
      System.setOut(before);
    }

    assertThat(printed.toString(StandardCharsets.UTF_8).lines())
        .contains("dqn", "ppo", "rnd")
        .doesNotContain("q-learning", "linear-sarsa", "hide");
  }
}
