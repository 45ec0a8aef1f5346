package org.bellmanrl.lab.internal.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.regex.Pattern;
import org.bellmanrl.policy.Policies;
import org.bellmanrl.policy.ShippedPolicy;

/**
 * Learned policies that come with this program, so that they can be watched without training: the
 * resources {@code pretrained/NAME.zip}, which {@code rl export} has written.
 */
final class Pretrained {
  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]*");

  private Pretrained() {}

  /**
   * Finds a policy by its name. A file or folder of that name takes precedence over it.
   *
   * @return the policy, which names its task; empty if the name stands for none
   */
  static Optional<ShippedPolicy> find(String name) {
    if (!NAME.matcher(name).matches() || Files.exists(Path.of(name))) {
      return Optional.empty();
    }
    try (InputStream in = Pretrained.class.getResourceAsStream("pretrained/" + name + ".zip")) {
      if (in == null) {
        return Optional.empty();
      }
      Path file = Files.createTempFile("bellman-", ".zip");
      try {
        Files.copy(in, file, StandardCopyOption.REPLACE_EXISTING);
        return Optional.of(Policies.load(file));
      } finally {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot unpack the policy " + name, e);
    }
  }
}
