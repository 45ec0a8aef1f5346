package org.bellmanrl.lab.internal.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.bellmanrl.api.interaction.Budget;
import org.bellmanrl.api.interaction.Evaluation;
import org.bellmanrl.results.document.AtomicFiles;
import org.bellmanrl.results.document.UserError;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunFolderTest {
  @TempDir Path folder;

  private static Experiment experiment() {
    return new Experiment(
        new Experiment.Part("q-learning", Map.of("gamma", 0.99)),
        new Experiment.Part("FrozenLake-v1", Map.of()),
        1,
        Stepping.IN_TURN,
        List.of(),
        100,
        3,
        Budget.steps(10),
        Budget.steps(10),
        Evaluation.Plan.episodes(5).withSeed(3),
        TrialPlan.NONE,
        List.of(),
        "",
        "");
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> String.valueOf(file.getFileName())).sorted().toList();
    }
  }

  @Test
  void create_whileAnotherRunIsThere_isRefusedAndLeavesItAlone() throws IOException {
    Path path = folder.resolve("run");
    try (RunFolder first = RunFolder.create(path)) {
      assertThatThrownBy(() -> RunFolder.create(path))
          .isInstanceOf(UserError.class)
          .hasMessageContaining("another run is writing to " + path);
      first.begin(experiment(), List.of());
      assertThatThrownBy(() -> RunFolder.create(path)).hasMessageContaining("another run");
      assertThat(names(path)).containsExactly("run.lock", "run.yaml", "settings.json");
    }
    assertThatThrownBy(() -> RunFolder.create(path)).hasMessageContaining("is not empty");
    assertThat(names(path)).containsExactly("run.yaml", "settings.json");
  }

  @Test
  void create_whereARunWasKilledBeforeItBegan_beginsThere() throws IOException {
    Path path = Files.createDirectory(folder.resolve("run"));
    for (String name : List.of("run.lock", "settings.json", ".run.yaml.123.tmp")) {
      Files.writeString(path.resolve(name), "{");
    }
    assertThatThrownBy(() -> RunFolder.unfinished(path))
        .hasMessageContaining("holds no run")
        .hasMessageContaining("--out " + path);
    try (RunFolder _ = RunFolder.create(path)) {
      assertThat(names(path)).containsExactly("run.lock");
    }
    assertThat(names(path)).isEmpty();
    Files.writeString(path.resolve(".mine.123.tmp"), "");
    assertThatThrownBy(() -> RunFolder.create(path)).hasMessageContaining("is not empty");
  }

  @Test
  void discard_whereSomebodyLeftAFile_keepsThatAlone() throws IOException {
    Path path = folder.resolve("run");
    try (RunFolder run = RunFolder.create(path)) {
      run.begin(experiment(), List.of());
      Files.writeString(path.resolve("diary.txt"), "mine");
      run.discard();
      assertThat(names(path)).containsExactly("diary.txt");
    }
    try (RunFolder run = RunFolder.create(folder.resolve("other"))) {
      run.discard();
    }
    assertThat(folder.resolve("other")).doesNotExist();
  }

  @Test
  void requireUnchanged_settingsChanged_namesThem() throws IOException {
    Path path = folder.resolve("run");
    try (RunFolder run = RunFolder.create(path)) {
      run.begin(experiment(), List.of());
      run.requireUnchanged();
      Path file = path.resolve("run.yaml");
      String text = Files.readString(file);
      assertThat(text).contains("gamma: 0.99").contains("steps: 10");
      Files.writeString(
          file, text.replace("gamma: 0.99", "gamma: 0.19, lambda: 1").replace("# A run", "# My"));
      assertThatThrownBy(run::requireUnchanged)
          .isInstanceOf(UserError.class)
          .hasMessageContaining("learner.options.gamma (0.99, now 0.19)")
          .hasMessageContaining("learner.options.lambda (nothing, now 1)")
          .hasMessageContaining("--accept-changes")
          .hasMessageNotContaining("steps");
    }
    RunFolder.acceptChanges(path);
    try (RunFolder run = RunFolder.unfinished(path).folder().hold()) {
      run.requireUnchanged();
    }
  }

  @Test
  void lock_takenAndReleasedByMany_isHeldByOneAtATime() throws Exception {
    AtomicInteger holders = new AtomicInteger();
    AtomicInteger taken = new AtomicInteger();
    try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
      List<Callable<Integer>> work = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        work.add(() -> {
          int most = 0;
          for (int k = 0; k < 200; k++) {
            try (FolderLock _ = FolderLock.of(folder)) {
              taken.incrementAndGet();
              most = Math.max(most, holders.incrementAndGet());
              holders.decrementAndGet();
            } catch (UserError e) {
              assertThat(e).hasMessageContaining("another run is writing");
            }
          }
          return most;
        });
      }
      for (Future<Integer> most : threads.invokeAll(work)) {
        assertThat(most.get()).isLessThanOrEqualTo(1);
      }
    }
    assertThat(taken.get()).isPositive();
    assertThat(names(folder)).isEmpty();
  }

  @Test
  void write_afterOneThatWasKilled_removesWhatThatLeft() throws IOException {
    Path file = folder.resolve("policy.zip");
    // No process has such a number: it is above the greatest that Linux gives.
    Files.writeString(folder.resolve(".policy.zip.99999999.tmp"), "half");
    Files.writeString(folder.resolve(".other.zip.99999999.tmp"), "half");
    AtomicFiles.write(file, "whole".getBytes(StandardCharsets.UTF_8));
    assertThat(names(folder)).containsExactly(".other.zip.99999999.tmp", "policy.zip");
  }
}
