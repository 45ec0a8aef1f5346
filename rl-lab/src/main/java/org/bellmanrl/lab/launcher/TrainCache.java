package org.bellmanrl.lab.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.bellmanrl.lab.Main;

/** Runs several commands in one JVM, so that the JVM records which classes the commands need. */
final class TrainCache {
  private TrainCache() {}

  /**
   * Runs the commands of a file, one a line with its words between spaces; lines that start with
   * {@code #} are skipped.
   *
   * @param args the path of the file
   * @throws IOException if the file cannot be read
   */
  public static void main(String[] args) throws IOException {
    for (String line : Files.readAllLines(Path.of(args[0]))) {
      if (!line.isBlank() && !line.startsWith("#")) {
        System.err.println("rl " + line + ": status " + Main.execute(line.strip().split(" +")));
      }
    }
  }
}
