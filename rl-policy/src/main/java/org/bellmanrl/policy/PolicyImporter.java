package org.bellmanrl.policy;

import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Map;
import org.bellmanrl.api.EnvironmentSpec;
import org.bellmanrl.api.registry.UnavailableException;
import org.bellmanrl.api.state.StateException;

/**
 * Reads policies that other programs have written, in a format that does not say what task they are
 * for. A service, found by {@link java.util.ServiceLoader}: rl-onnx offers ONNX. Implementations
 * are stateless.
 */
public interface PolicyImporter {

  /** How the names of such files end, such as {@code .onnx}. */
  String extension();

  /**
   * Reads a policy, and binds it to a task.
   *
   * @param file a readable file
   * @param task what it is for
   * @param options what only the user can know, by name; the importer's page lists them
   * @throws StateException if the file is damaged, or not what its name says
   * @throws IllegalArgumentException if the policy does not fit the task, or does not say how it is
   *     meant; the message names the input or output and the option that says it
   * @throws UnavailableException if this machine lacks what such files need
   * @throws UncheckedIOException if the file can't be read
   */
  ShippedPolicy read(Path file, EnvironmentSpec task, Map<String, String> options);
}
