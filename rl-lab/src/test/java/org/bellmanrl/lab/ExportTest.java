package org.bellmanrl.lab;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExportTest {
  @TempDir Path folder;

  private Path train(Object... words) {
    Path run = folder.resolve("run");
    Object[] all = new Object[words.length + 4];
    all[0] = "train";
    System.arraycopy(words, 0, all, 1, words.length);
    all[words.length + 1] = "--quiet";
    all[words.length + 2] = "--out";
    all[words.length + 3] = run;
    Rl.ok(all);
    return run;
  }

  private OrtSession export(Path run) throws OrtException {
    Path file = folder.resolve("policy.onnx");
    assertThat(Rl.ok("export", run, "--to", file)).contains("policy in " + file);
    return OrtEnvironment.getEnvironment().createSession(file.toString());
  }

  @Test
  void export_ofDqn_writesAModelThatTellsWhereItIsFrom() throws OrtException, IOException {
    Path run = train("dqn", "CartPole-v1", "--steps", 500, "--seed", 4);
    try (OrtSession session = export(run)) {
      assertThat(session.getInputNames()).containsExactly("observation");
      Map<String, String> metadata = session.getMetadata().getCustomMetadata();
      double judged = Rl.number(Files.readString(run.resolve("summary.json")), "meanReturn");
      assertThat(metadata)
          .containsEntry("learner", "dqn")
          .containsEntry("environment", "CartPole-v1")
          .containsEntry("seed", "4")
          .containsEntry("training_steps", "500");
      assertThat(Double.parseDouble(metadata.get("mean_return"))).isEqualTo(judged);
    }
  }

  @Test
  void export_behindANormaliser_takesTheObservationsOfTheTask() throws OrtException {
    List<Object> words =
        List.of("ppo", "Pendulum-v1", "--wrap", "normalize-observation", "--steps", 1);
    try (OrtSession session = export(train(words.toArray()))) {
      assertThat(session.getInputInfo().get("observation").getInfo().toString())
          .contains("FLOAT", "-1, 3");
      assertThat(session.getOutputInfo().get("action").getInfo().toString())
          .contains("FLOAT", "-1, 1");
    }
  }

  @Test
  void export_ofWhatCantBeWritten_saysWhy() throws IOException {
    Path table = train("q-learning", "FrozenLake-v1", "--episodes", 5);
    Rl rl = Rl.run("export", table, "--to", folder.resolve("policy.onnx"));
    assertThat(rl.status()).isEqualTo(2);
    assertThat(rl.err()).hasLineCount(1).contains("of q-learning can't be written down as ONNX");
    assertThat(Rl.run("export", table, "--to", "policy.txt").err())
        .contains("--to FILE.onnx, was 'policy.txt'");
    assertThat(Rl.run("export", table).err()).contains("--to FILE.onnx");
    assertThat(folder.resolve("policy.onnx")).doesNotExist();
  }

  @Test
  void export_ofOtherWrappers_namesThem() {
    Path run = train("dqn", "CartPole-v1", "--wrap", "frame-stack:stack_size=2", "--steps", 10);
    assertThat(Rl.run("export", run, "--to", folder.resolve("policy.onnx")).err())
        .hasLineCount(1)
        .contains("frame-stack");
  }
}
