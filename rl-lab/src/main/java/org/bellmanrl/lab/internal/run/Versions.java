package org.bellmanrl.lab.internal.run;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.IVersionProvider;

/** Which versions are at work. */
public final class Versions implements IVersionProvider {

  /** By name, as run folders keep them. */
  public static Map<String, String> all() {
    Map<String, String> versions = new LinkedHashMap<>();
    versions.put("bellman", bellman());
    versions.put("java", property("java.version"));
    versions.put("jvm", property("java.vm.name") + " " + property("java.vm.version"));
    versions.put("os", property("os.name") + " " + property("os.version"));
    versions.put("arch", property("os.arch"));
    return versions;
  }

  /** The version of this program. */
  public static String bellman() {
    try (InputStream in = Versions.class.getResourceAsStream("version.txt")) {
      if (in == null) {
        throw new IllegalStateException("version.txt is missing beside " + Versions.class);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String property(String name) {
    return System.getProperty(name, "unknown");
  }

  @Override
  public String[] getVersion() {
    return new String[] {
      "Bellman " + bellman(),
      "Java "
          + property("java.version")
          + ", "
          + property("java.vm.name")
          + " "
          + property("java.vm.version"),
    };
  }
}
