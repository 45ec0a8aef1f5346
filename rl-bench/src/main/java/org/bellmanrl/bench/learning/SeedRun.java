package org.bellmanrl.bench.learning;

import com.google.common.io.MoreFiles;
import com.google.common.io.RecursiveDeleteOption;
import com.sun.management.OperatingSystemMXBean;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bellmanrl.lab.Main;
import org.bellmanrl.lab.internal.run.RunFolder;
import org.bellmanrl.lab.internal.run.StoredRun;
import org.bellmanrl.results.document.Document;

/**
 * A process that trains from one seed by {@code rl train}, judges the greedy policy by {@code rl
 * eval}, and writes a {@link SeedResult}. Its own process: no run is warmed up by another.
 */
final class SeedRun {
  /** How many episodes a policy is judged by. */
  static final int EPISODES = 100;

  /**
   * Rare enough to cost nothing, and that no seed loses more than ten minutes when it is killed.
   */
  private static final String CHECKPOINT_SECONDS = "600";

  private SeedRun() {}

  /**
   * Runs one seed.
   *
   * @param args the file to write, the run folder, the commit, the seed, and the words of the
   *     command
   */
  public static void main(String[] args) throws IOException {
    PrintStream err = new PrintStream(System.err, true, StandardCharsets.UTF_8);
    List<String> command = Arrays.asList(args).subList(4, args.length);
    System.exit(
        run(Path.of(args[0]), Path.of(args[1]), args[2], Long.parseLong(args[3]), command, err));
  }

  static int run(
      Path result, Path folder, String commit, long seed, List<String> command, PrintStream err)
      throws IOException {
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(said, true, StandardCharsets.UTF_8);
    boolean resumed = isResumed(folder, String.join(" ", command));
    if (!resumed || StoredRun.judgement(folder) == null) {
      List<String> train = new ArrayList<>();
      if (resumed) {
        train.addAll(List.of("resume", folder.toString()));
      } else {
        train.addAll(command);
        train.addAll(List.of("--seed", Long.toString(seed), "--out", folder.toString()));
      }
      train.addAll(List.of("--quiet", "--checkpoint-every", CHECKPOINT_SECONDS));
      int status = Main.run(out, err, train.toArray(new String[0]));
      if (status != 0) {
        return status;
      }
    }
    double cpuSeconds =
        ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime() / 1e9;
    said.reset();
    int status =
        Main.run(
            out,
            err,
            "eval",
            folder.toString(),
            "--episodes",
            Integer.toString(EPISODES),
            "--json");
    if (status != 0) {
      return status;
    }
    Document judged =
        Document.parse("what eval printed", said.toString(StandardCharsets.UTF_8).strip());
    // step, episode, seconds, steps_per_second
    String[] timing = Files.readAllLines(folder.resolve("timing.csv")).getLast().split(",", -1);
    new SeedResult(
            String.join(" ", command),
            commit,
            seed,
            Long.parseLong(timing[0]),
            Double.parseDouble(timing[2]),
            resumed ? null : cpuSeconds,
            judged.whole("episodes", 1, Long.MAX_VALUE),
            judged.real("meanReturn"),
            judged.real("stdReturn"))
        .write(result);
    return 0;
  }

  /**
   * Whether a folder holds the run of this command that was killed. If not, the folder is emptied.
   */
  private static boolean isResumed(Path folder, String command) throws IOException {
    Path file = folder.resolveSibling(folder.getFileName() + ".command");
    if (RunFolder.isBegun(folder) && Files.exists(file) && Files.readString(file).equals(command)) {
      return true;
    }
    if (Files.exists(folder)) {
      MoreFiles.deleteRecursively(folder, RecursiveDeleteOption.ALLOW_INSECURE);
    }
    Files.createDirectories(folder.toAbsolutePath().getParent());
    Files.writeString(file, command);
    return false;
  }
}
