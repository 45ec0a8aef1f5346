package org.bellmanrl.lab;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.io.MoreFiles;
import com.google.common.io.RecursiveDeleteOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/**
 * Ends commands at random moments without a warning (SIGKILL), and lets others go on, until they
 * come to their end.
 */
final class Kills {
  private static final String PACE = "--checkpoint-every=0.1";

  /** Moments are drawn from the time that an undisturbed command takes, and a little more. */
  private static final double LATEST = 1.2;

  /** The first of a run comes earlier, so that hardly any run has none. */
  private static final double LATEST_FIRST = 0.5;

  /** One in so many comes at any moment; the others once the process has the folder to itself. */
  private static final int ANY_MOMENT = 4;

  private final Path folder;
  private final SplittableRandom random = new SplittableRandom();
  private int kills;
  private int before;
  private int during;

  /** Works in a folder, which must be empty. */
  Kills(Path folder) {
    this.folder = folder;
  }

  /** How many there were so far. */
  int count() {
    return kills;
  }

  @Override
  public String toString() {
    return "%d kills, %d before the run began, %d while it was judged"
        .formatted(kills, before, during);
  }

  /**
   * Trains twice, once undisturbed and once with kills, and requires the same files of both. A run
   * that ends before its moment makes later moments half as late, until there has been a kill.
   *
   * @param words of the command, but for its folder
   * @param most how many processes are to be started for that, more if none of them is killed
   */
  void train(int most, Object... words) throws IOException, InterruptedException {
    Path whole = folder.resolve("whole");
    Duration time = undisturbed(whole, with(words, "--out", whole, PACE));
    Path parts = folder.resolve("parts");
    boolean killed = false;
    int earlier = kills;
    double first = LATEST_FIRST;
    for (int i = 0; i < most || kills == earlier; i++) {
      if (isDone(parts)) {
        requireSame(whole, parts);
        MoreFiles.deleteRecursively(parts, RecursiveDeleteOption.ALLOW_INSECURE);
        killed = false;
      }
      RlProcess process = goOn(parts, words);
      if (endsBefore(process, parts, time, killed ? LATEST : first)) {
        assertThat(process.status()).as(process.output()).isZero();
        first /= 2;
        continue;
      }
      process.kill();
      killed = true;
      kills++;
      if (isDone(parts)) {
        // It was killed between its end and the release of its lock, which keeps nobody out.
        Files.deleteIfExists(parts.resolve("run.lock"));
      }
      before += isBegun(parts) ? 0 : 1;
      during += isBeingJudged(parts) ? 1 : 0;
    }
    if (!isDone(parts)) {
      RlProcess last = goOn(parts, words);
      assertThat(last.status()).as(last.output()).isZero();
    }
    requireSame(whole, parts);
  }

  /**
   * Trains, and makes the run longer twice, once undisturbed and once with kills.
   *
   * @param steps when it is to end at last
   * @param words of the training until its first end, but for its folder
   */
  void lengthen(int most, long steps, Object... words) throws IOException, InterruptedException {
    Path whole = folder.resolve("whole");
    Path parts = folder.resolve("parts");
    for (Path run : List.of(whole, parts)) {
      Rl.ok(with(words, "--quiet", "--out", run));
    }
    Duration time = undisturbed(whole, "resume", whole, "--steps", steps, "--quiet", PACE);
    int left = most;
    while (!(isDone(parts) && reached(parts, steps))) {
      RlProcess process = lengthen(parts, steps);
      if (left-- > 0 && !endsBefore(process, parts, time, LATEST_FIRST)) {
        process.kill();
        kills++;
        if (isDone(parts)) {
          Files.deleteIfExists(parts.resolve("run.lock"));
        }
      } else {
        assertThat(process.status()).as(process.output()).isZero();
      }
    }
    requireSame(whole, parts);
  }

  /**
   * How long an undisturbed command takes.
   *
   * @param whole all of it
   * @param working from when it has the folder to itself
   */
  private record Duration(long whole, long working) {}

  private Duration undisturbed(Path run, Object... words) throws IOException, InterruptedException {
    long begun = System.nanoTime();
    RlProcess process = RlProcess.start(folder, words);
    awaitLock(process, run);
    long locked = System.nanoTime();
    assertThat(process.status()).as(process.output()).isZero();
    long ended = System.nanoTime();
    return new Duration((ended - begun) / 1_000_000, (ended - locked) / 1_000_000);
  }

  /** Whether a process comes to its end before the moment that is drawn for it. */
  private boolean endsBefore(RlProcess process, Path run, Duration time, double latest)
      throws IOException, InterruptedException {
    if (random.nextInt(ANY_MOMENT) == 0) {
      return process.endsWithin(random.nextLong((long) (latest * time.whole) + 1));
    }
    awaitLock(process, run);
    return process.endsWithin(random.nextLong((long) (latest * time.working) + 1));
  }

  /** Waits until a process has a folder to itself, or has ended. */
  private static void awaitLock(RlProcess process, Path run)
      throws IOException, InterruptedException {
    while (process.isAlive()
        && !owner(run.resolve("run.lock")).equals(Long.toString(process.pid()))) {
      Thread.sleep(1);
    }
  }

  private static String owner(Path lock) throws IOException {
    try {
      return Files.readString(lock).split(" ", 2)[0];
    } catch (NoSuchFileException e) {
      return "";
    }
  }

  private RlProcess lengthen(Path run, long steps) throws IOException {
    return isDone(run)
        ? RlProcess.start(folder, "resume", run, "--steps", steps, "--quiet", PACE)
        : RlProcess.start(folder, "resume", run, "--quiet", PACE);
  }

  private static boolean reached(Path run, long steps) throws IOException {
    return Files.readString(run.resolve("summary.json")).contains("\"steps\": " + steps);
  }

  private RlProcess goOn(Path run, Object... words) throws IOException {
    return isBegun(run)
        ? RlProcess.start(folder, "resume", run, "--quiet", PACE)
        : RlProcess.start(folder, with(words, "--out", run, PACE));
  }

  /**
   * Exports a run again and again: at any moment there is a whole file or none.
   *
   * @param file where to
   */
  void export(int most, Path run, Path file) throws IOException, InterruptedException {
    long begun = System.nanoTime();
    RlProcess undisturbed = RlProcess.start(folder, "export", run, "--to", file);
    assertThat(undisturbed.status()).as(undisturbed.output()).isZero();
    long millis = (System.nanoTime() - begun) / 1_000_000;
    byte[] whole = Files.readAllBytes(file);
    Files.delete(file);
    for (int i = 0; i < most; i++) {
      RlProcess process = RlProcess.start(folder, "export", run, "--to", file);
      if (!process.endsWithin(random.nextLong(millis + 1))) {
        process.kill();
        kills++;
      }
      if (Files.exists(file)) {
        assertThat(file).hasBinaryContent(whole);
      }
    }
    Rl.ok("export", run, "--to", file);
    assertThat(file).hasBinaryContent(whole);
    requireNothingLeft(file.toAbsolutePath().getParent());
  }

  private static Object[] with(Object[] words, Object... more) {
    List<Object> all = new ArrayList<>(Arrays.asList(words));
    all.addAll(List.of(more));
    return all.toArray();
  }

  private static boolean isBegun(Path run) {
    return Stream.of("run.yaml", "seeds.yaml", "study.yaml")
        .anyMatch(name -> Files.exists(run.resolve(name)));
  }

  private static boolean isBeingJudged(Path run) throws IOException {
    Path summary = run.resolve("summary.json");
    return Files.exists(summary) && !Files.readString(summary).contains("\"evaluation\"");
  }

  private static boolean isDone(Path run) throws IOException {
    Path summary = run.resolve("summary.json");
    return Files.exists(run.resolve("seeds.json"))
        || Files.exists(run.resolve("study.json"))
        || (Files.exists(summary) && Files.readString(summary).contains("\"evaluation\""));
  }

  /** Requires that two runs, or groups of runs, learned the same and came to the same end. */
  private static void requireSame(Path whole, Path parts) throws IOException {
    List<Path> files;
    try (Stream<Path> all = Files.walk(whole)) {
      files = all.filter(Files::isRegularFile).map(whole::relativize).toList();
    }
    for (Path file : files) {
      Path other = parts.resolve(file);
      assertThat(other).exists();
      switch (String.valueOf(file.getFileName())) {
        case "metrics.csv", "learner.state", "best.state" ->
            assertThat(other).hasSameBinaryContentAs(whole.resolve(file));
        // Its events have times, which are as long as others.
        case "events.out.tfevents.bellman" ->
            assertThat(Files.size(other)).isEqualTo(Files.size(whole.resolve(file)));
        case "seeds.json", "study.json", "trials.csv", "best.yaml" ->
            assertThat(other).hasSameBinaryContentAs(whole.resolve(file));
        case "summary.json" ->
            assertThat(judgement(other)).isEqualTo(judgement(whole.resolve(file)));
        default -> {}
      }
    }
    try (Stream<Path> all = Files.walk(parts)) {
      assertThat(all.map(parts::relativize)).containsExactlyInAnyOrderElementsOf(walk(whole));
    }
    requireNothingLeft(parts);
  }

  private static List<Path> walk(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.map(folder::relativize).toList();
    }
  }

  private static String judgement(Path summary) throws IOException {
    String text = Files.readString(summary);
    return text.substring(text.indexOf("\"status\""), text.indexOf("\"begun\""));
  }

  private static void requireNothingLeft(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      assertThat(all.map(Path::toString)).noneMatch(name -> name.endsWith(".tmp"));
    }
  }
}
