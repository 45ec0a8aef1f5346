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
import org.bellmanrl.lab.cluster.Work;
import org.bellmanrl.lab.internal.assembly.Assembler;
import org.bellmanrl.lab.internal.run.Document;
import org.bellmanrl.lab.internal.run.Experiment;
import org.bellmanrl.lab.internal.run.UserError;
import org.bellmanrl.lab.internal.run.Versions;

/** What a learner and its workers must agree about. */
public final class Remote {
  private Remote() {}

  /**
   * The module that reaches other machines.
   *
   * @throws UserError if it is not there
   */
  public static ClusterProvider provider() {
    return ServiceLoader.load(ClusterProvider.class, Remote.class.getClassLoader())
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
      List<Map<String, String>> plugins = assembler.parts().plugins(experiment);
      out.writeInt(plugins.size());
      for (Map<String, String> plugin : plugins) {
        out.writeUTF(plugin.getOrDefault("file", ""));
        out.writeUTF(plugin.getOrDefault("sha256", ""));
      }
    });
  }

  /**
   * Reads an experiment, and makes sure that this process has the same plugins.
   *
   * @throws Work.UnfitException naming what it lacks
   */
  static Experiment experiment(byte[] bytes, Assembler assembler) throws IOException {
    DataInputStream in = Bytes.in(bytes);
    String text = new String(Bytes.read(in), StandardCharsets.UTF_8);
    Experiment experiment = Experiment.parse("the learner's experiment", text);
    Map<String, String> wanted = new LinkedHashMap<>();
    for (int n = in.readInt(); n > 0; n--) {
      String file = in.readUTF();
      wanted.put(in.readUTF(), file);
    }
    List<String> here = new ArrayList<>();
    try {
      assembler
          .parts()
          .plugins(experiment)
          .forEach(own -> here.add(own.getOrDefault("sha256", "")));
    } catch (UserError | UnavailableException e) {
      throw new Work.UnfitException(String.valueOf(e.getMessage()));
    }
    wanted.forEach((sum, file) -> {
      if (!here.contains(sum)) {
        throw new Work.UnfitException(
            "it has not the plugin %s whose SHA-256 is %s; start it with --plugins"
                .formatted(file, sum));
      }
    });
    return experiment;
  }
}
