package org.bellmanrl.bench.report;

import com.google.common.collect.ImmutableListMultimap;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import org.bellmanrl.bench.file.ReportFile;
import org.bellmanrl.results.document.Document;
import org.bellmanrl.results.document.UserError;

/**
 * What others measured on the same tasks: the files that the scripts in bench/peers write into the
 * folder {@code peers} of the reports.
 *
 * @param figures by the id of our figure
 */
record Peers(ImmutableListMultimap<String, Peer> figures) {
  /** The folder's name. */
  static final String FOLDER = "peers";

  private static final String FORMAT = "bellman-peers";
  private static final int VERSION = 1;

  /**
   * Somebody else's figure.
   *
   * @param name whose, with the version
   * @param cpu the processor that it was measured on
   * @param score in the unit of our figure
   */
  record Peer(String name, String cpu, double score) {}

  /** The figures beside one of ours. */
  List<Peer> of(Figure figure) {
    return figures.get(figure.id());
  }

  /**
   * Reads every file of a folder; none if it isn't there.
   *
   * @throws UserError naming the file, if one is damaged or of another version
   */
  static Peers read(Path folder) {
    ImmutableListMultimap.Builder<String, Peer> figures = ImmutableListMultimap.builder();
    if (Files.isDirectory(folder)) {
      for (Path file : jsonFiles(folder)) {
        Document fields = ReportFile.read(file, FORMAT, VERSION);
        String cpu = fields.text("cpu");
        for (Document each : fields.mappings("figures")) {
          double score = each.real("score");
          if (!(score > 0)) {
            throw each.refusal("'score' must be above 0, was " + score);
          }
          Peer peer = new Peer(each.text("peer"), cpu, score);
          figures.put(each.text("figure"), peer);
          each.refuseOthers();
        }
        fields.refuseOthers();
      }
    }
    return new Peers(figures.build());
  }

  /** The JSON files of a folder in the order of their names. */
  static List<Path> jsonFiles(Path folder) {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*.json")) {
      TreeSet<Path> sorted = new TreeSet<>();
      files.forEach(sorted::add);
      return List.copyOf(sorted);
    } catch (IOException e) {
      throw new UserError("cannot read the folder " + folder + ": " + e.getMessage(), e);
    }
  }
}
