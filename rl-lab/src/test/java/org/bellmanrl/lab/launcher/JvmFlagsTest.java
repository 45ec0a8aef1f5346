package org.bellmanrl.lab.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class JvmFlagsTest {

  @Test
  void networks_areThePlainFlagsAndThoseOfTheVectorApi() {
    assertThat(JvmFlags.plain())
        .contains("-XX:+UseSerialGC")
        .allMatch(flag -> flag.startsWith("-"));
    assertThat(JvmFlags.networks())
        .containsAll(JvmFlags.plain())
        .contains("--add-modules=jdk.incubator.vector")
        .allMatch(flag -> flag.startsWith("-"));
  }
}
