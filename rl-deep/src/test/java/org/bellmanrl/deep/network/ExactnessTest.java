package org.bellmanrl.deep.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import org.bellmanrl.api.random.RandomStream;
import org.bellmanrl.deep.internal.kernel.Kernels;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Training gives the same bits on every kernel, interpreted and compiled. */
class ExactnessTest {
  private static final int UPDATES = 5;

  @Test
  void training_givesTheSameBitsOnEveryKernelInterpretedAndCompiled() throws Exception {
    List<String> digests = new ArrayList<>();
    digests.addAll(digests("--add-modules=jdk.incubator.vector", "-Xint"));
    digests.addAll(
        digests(
            "--add-modules=jdk.incubator.vector",
            "-Xbatch",
            "-XX:-TieredCompilation",
            "-XX:CompileThresholdScaling=0.02"));
    digests.add(Long.toHexString(TrainingDigest.digest(Kernels.chosen(), UPDATES)));

    assertThat(digests).hasSize(5);
    assertThat(new HashSet<>(digests)).hasSize(1);
    assertThat(TrainingDigest.digest(Kernels.chosen(), UPDATES - 1))
        .isNotEqualTo(TrainingDigest.digest(Kernels.chosen(), UPDATES));
  }

  @Test
  void withoutTheVectorModule_plainJavaRuns() throws Exception {
    assertThat(digests("-Xshare:auto"))
        .containsExactly(Long.toHexString(TrainingDigest.digest(Kernels.chosen(), UPDATES)));
  }

  @ParameterizedTest
  @ValueSource(ints = {16, 32})
  void narrowerVectors_giveTheSameBits(int bytes) throws Exception {
    List<String> digests =
        digests("--add-modules=jdk.incubator.vector", "-XX:MaxVectorSize=" + bytes);

    assertThat(digests)
        .hasSize(2)
        .containsOnly(Long.toHexString(TrainingDigest.digest(Kernels.chosen(), UPDATES)));
  }

  private static List<String> digests(String... flags) throws IOException, InterruptedException {
    String classPath =
        String.join(
            File.pathSeparator,
            "target/test-classes",
            location(Network.class),
            location(RandomStream.class));
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(Arrays.asList(flags));
    command.addAll(
        List.of("-cp", classPath, TrainingDigest.class.getName(), Integer.toString(UPDATES)));
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).isZero();
    return printed.lines().toList();
  }

  private static String location(Class<?> type) {
    return Path.of(URI.create(type.getProtectionDomain().getCodeSource().getLocation().toString()))
        .toString();
  }
}
