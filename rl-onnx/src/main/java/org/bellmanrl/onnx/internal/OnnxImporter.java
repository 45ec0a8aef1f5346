package org.bellmanrl.onnx.internal;

import com.google.auto.service.AutoService;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.bellmanrl.api.EnvironmentSpec;
import org.bellmanrl.api.state.StateException;
import org.bellmanrl.policy.FileKind;
import org.bellmanrl.policy.PolicyImporter;
import org.bellmanrl.policy.ShippedPolicy;

/** Reads ONNX models; the page of {@code org.bellmanrl.onnx} says what its options mean. */
@AutoService(PolicyImporter.class)
public final class OnnxImporter implements PolicyImporter {
  static final String OUTPUT = "output";
  static final String LAYOUT = "layout";
  static final String STATE = "state";
  static final String CHANNELS_FIRST = "channels-first";
  static final String CHANNELS_LAST = "channels-last";

  private static final List<String> OPTIONS = List.of(OUTPUT, LAYOUT, STATE);
  private static final List<String> LAYOUTS = List.of("", CHANNELS_FIRST, CHANNELS_LAST);
  private static final long MOST_BYTES = 1L << 30;

  /** For ServiceLoader. */
  public OnnxImporter() {}

  @Override
  public String extension() {
    return ".onnx";
  }

  @Override
  public ShippedPolicy read(Path file, EnvironmentSpec task, Map<String, String> options) {
    try {
      if (Files.size(file) > MOST_BYTES) {
        throw new StateException(
            "%s is too large for a policy: more than %d bytes".formatted(file, MOST_BYTES));
      }
      byte[] content = Files.readAllBytes(file);
      return bound(file.toString(), content, model(file, content), task, options);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file + ": " + e.getMessage(), e);
    }
  }

  private static Model model(Path file, byte[] content) {
    try {
      return Model.read(content);
    } catch (IllegalArgumentException e) {
      throw FileKind.of(file)
          .filter(kind -> !kind.startsWith("an ONNX model"))
          .map(kind -> new StateException(file + " is not an ONNX model but " + kind, e))
          .orElseGet(() ->
              new StateException(
                  file + ": not an ONNX model that can be run here: " + e.getMessage(), e));
    }
  }

  /** As {@link #read}, of bytes that are here. */
  static ShippedPolicy bound(
      String origin,
      byte[] content,
      Model model,
      EnvironmentSpec task,
      Map<String, String> options) {
    OnnxPolicy policy;
    try {
      check(options);
      policy = new OnnxPolicy(content, model, task, options, Limits.DEFAULT);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "%s does not fit %s: %s".formatted(origin, task.name(), e.getMessage()), e);
    } catch (StateException e) {
      throw new StateException(origin + ": " + e.getMessage(), e);
    }
    Map<String, String> about = new LinkedHashMap<>(model.metadata());
    about.putIfAbsent("producer", model.producer());
    String card =
        "# %s\n\nAn ONNX model of %s; its output '%s' decides.\n"
            .formatted(
                task.name(),
                model.producer().isEmpty() ? "unknown origin" : model.producer(),
                policy.output());
    return new ShippedPolicy(task, policy, about, card);
  }

  private static void check(Map<String, String> options) {
    TreeSet<String> unknown = new TreeSet<>(options.keySet());
    unknown.removeAll(OPTIONS);
    if (!unknown.isEmpty()) {
      throw new IllegalArgumentException(
          "there is no option %s, only %s".formatted(unknown.first(), OPTIONS));
    }
    String layout = options.getOrDefault(LAYOUT, "");
    if (!LAYOUTS.contains(layout)) {
      throw new IllegalArgumentException(
          "the option layout must be %s or %s, was '%s'"
              .formatted(CHANNELS_FIRST, CHANNELS_LAST, layout));
    }
  }
}
