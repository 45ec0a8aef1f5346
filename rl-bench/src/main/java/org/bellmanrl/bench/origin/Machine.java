package org.bellmanrl.bench.origin;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.bellmanrl.api.random.RandomStream;
import org.bellmanrl.deep.network.Activation;
import org.bellmanrl.deep.network.Network;
import org.bellmanrl.deep.network.NetworkSpec;
import org.bellmanrl.results.document.Document;
import org.jspecify.annotations.Nullable;

/**
 * What was measured on.
 *
 * @param cpu the processor's name
 * @param cores processors that the JVM may use
 * @param memoryBytes main memory
 * @param os operating system and architecture
 * @param load the one-minute load average before the first measurement; NaN if unknown
 * @param jvm the virtual machine and its version
 * @param kernel what the networks' arithmetic runs on
 */
public record Machine(
    String cpu, int cores, long memoryBytes, String os, double load, String jvm, String kernel) {
  private static final Path CPU_FILE = Path.of("/proc/cpuinfo");
  private static final String CPU_NAME = "model name";

  /** This machine, now. */
  public static Machine here() {
    OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    double load = system.getSystemLoadAverage();
    return new Machine(
        cpuName(),
        system.getAvailableProcessors(),
        system.getTotalMemorySize(),
        property("os.name") + " " + property("os.version") + ", " + property("os.arch"),
        load < 0 ? Double.NaN : load,
        property("java.vm.name") + " " + property("java.vm.version"),
        kernelName());
  }

  private static String kernelName() {
    NetworkSpec smallest = NetworkSpec.mlp(1, 1, Activation.RELU, 1);
    return Network.create(smallest, RandomStream.ofSeed(0)).kernel();
  }

  private static String cpuName() {
    try (Stream<String> lines = Files.lines(CPU_FILE, StandardCharsets.UTF_8)) {
      return lines
          .filter(line -> line.startsWith(CPU_NAME))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .orElseGet(() -> property("os.arch"));
    } catch (IOException e) {
      // No such file outside of Linux: the architecture has to do.
      return property("os.arch");
    }
  }

  private static String property(String name) {
    return System.getProperty(name, "unknown");
  }

  /** By name, for people. */
  public Map<String, String> facts() {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("processor", cpu + ", " + cores + (cores == 1 ? " core" : " cores"));
    facts.put("memory", String.format(Locale.ROOT, "%.1f GiB", memoryBytes / 0x1p30));
    facts.put("system", os);
    facts.put(
        "load before", Double.isNaN(load) ? "unknown" : String.format(Locale.ROOT, "%.2f", load));
    facts.put("JVM", jvm);
    facts.put("network kernel", kernel);
    return facts;
  }

  /** By name, for JSON. */
  public Map<String, @Nullable Object> entries() {
    Map<String, @Nullable Object> entries = new LinkedHashMap<>();
    entries.put("cpu", cpu);
    entries.put("cores", cores);
    entries.put("memoryBytes", memoryBytes);
    entries.put("os", os);
    entries.put("load", load);
    entries.put("jvm", jvm);
    entries.put("kernel", kernel);
    return entries;
  }

  /** Reads {@link #entries}. */
  public static Machine of(Document fields) {
    Machine machine =
        new Machine(
            fields.text("cpu"),
            (int) fields.whole("cores", 1, Integer.MAX_VALUE),
            fields.whole("memoryBytes", 0, Long.MAX_VALUE),
            fields.text("os"),
            fields.real("load"),
            fields.text("jvm"),
            fields.text("kernel"));
    fields.refuseOthers();
    return machine;
  }
}
