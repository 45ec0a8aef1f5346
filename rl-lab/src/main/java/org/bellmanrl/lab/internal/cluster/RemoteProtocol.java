package org.bellmanrl.lab.internal.cluster;

import java.io.DataInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import org.bellmanrl.api.registry.UnavailableException;
import org.bellmanrl.lab.cluster.ClusterProvider;
import org.bellmanrl.lab.internal.assembly.Assembler;
import org.bellmanrl.lab.internal.assembly.PluginFiles;
import org.bellmanrl.lab.internal.run.Experiment;
import org.bellmanrl.lab.internal.run.Versions;
import org.bellmanrl.results.document.Document;
import org.bellmanrl.results.document.UserError;

/** What a learner and its workers must agree about. */
public final class RemoteProtocol {
  private static final int MOST_FILES = 1000;

  private RemoteProtocol() {}

  /**
   * The module that reaches other machines.
   *
   * @throws UserError if it is not there
   */
  public static ClusterProvider provider() {
    return ServiceLoader.load(ClusterProvider.class, RemoteProtocol.class.getClassLoader())
        .findFirst()
        .orElseThrow(() ->
            new UserError(
                "the module rl-cluster is not there: use ./rl, or put it on the class path"));
  }

  /** What the bits of a result depend on besides the experiment and its plugins. */
  public static Map<String, String> facts() {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("version of Bellman", Versions.bellman());
    facts.put("version of Java", Integer.toString(Runtime.version().feature()));
    facts.put("architecture", System.getProperty("os.arch", "unknown"));
    return facts;
  }

  /** An experiment and the plugins that it uses. */
  static byte[] bytes(Assembler assembler, Experiment experiment) {
    return Bytes.of(out -> {
      Bytes.write(out, Document.yaml(experiment.entries()).getBytes(StandardCharsets.UTF_8));
      List<PluginFiles> plugins = assembler.entries().pluginFiles(experiment);
      out.writeInt(plugins.size());
      for (PluginFiles plugin : plugins) {
        out.writeUTF(plugin.jar());
        out.writeInt(plugin.files().size());
        for (PluginFiles.Sum file : plugin.files()) {
          out.writeUTF(file.sha256());
          out.writeLong(file.bytes());
        }
      }
    });
  }

  /**
   * What {@link #bytes} wrote.
   *
   * @param experiment what is learned
   * @param plugins that it uses
   */
  record Described(Experiment experiment, List<PluginFiles> plugins) {
    static Described read(byte[] bytes) throws IOException {
      DataInputStream in = Bytes.in(bytes);
      String text = new String(Bytes.read(in), StandardCharsets.UTF_8);
      try {
        List<PluginFiles> plugins = new ArrayList<>();
        for (int n = count(in); n > 0; n--) {
          String jar = in.readUTF();
          List<PluginFiles.Sum> files = new ArrayList<>();
          for (int m = count(in); m > 0; m--) {
            files.add(new PluginFiles.Sum(in.readUTF(), in.readLong()));
          }
          plugins.add(new PluginFiles(jar, files));
        }
        return new Described(Experiment.parse("the learner's experiment", text), plugins);
      } catch (IllegalArgumentException e) {
        throw new IOException(
            "what the learner says of its plugins is wrong: " + e.getMessage(), e);
      }
    }

    private static int count(DataInputStream in) throws IOException {
      int count = in.readInt();
      if (count < 0 || count > MOST_FILES) {
        throw new IOException("%d files, expected at most %d".formatted(count, MOST_FILES));
      }
      return count;
    }

    /** What an assembler lacks to carry the experiment out, in words; empty if it has all. */
    String lackedBy(Assembler assembler) {
      List<PluginFiles> here;
      try {
        here = assembler.entries().pluginFiles(experiment);
      } catch (UserError | UnavailableException e) {
        return plugins.isEmpty() ? String.valueOf(e.getMessage()) : without(plugins.getFirst());
      }
      for (PluginFiles wanted : plugins) {
        List<PluginFiles> same =
            here.stream().filter(own -> own.main().equals(wanted.main())).toList();
        if (same.isEmpty()) {
          return without(wanted);
        }
        if (same.stream().noneMatch(own -> own.files().equals(wanted.files()))) {
          return "it has the plugin %s with other libraries".formatted(wanted.jar());
        }
      }
      return "";
    }

    private static String without(PluginFiles plugin) {
      return "it has not the plugin %s whose SHA-256 is %s"
          .formatted(plugin.jar(), plugin.main().sha256());
    }
  }
}
