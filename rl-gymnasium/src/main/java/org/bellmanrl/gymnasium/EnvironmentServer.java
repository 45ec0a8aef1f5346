package org.bellmanrl.gymnasium;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.bellmanrl.api.VectorEnvironment;
import org.bellmanrl.gymnasium.internal.EnvironmentService;

/**
 * Lets a Python program step environments of Bellman: the other end of the package {@code bellman}
 * in the folder python, which starts a JVM and speaks to it through two pipes and shared memory.
 */
public final class EnvironmentServer {
  private EnvironmentServer() {}

  /**
   * Does what is asked for until the program goes away.
   *
   * @param environment what is stepped; not closed
   * @param in where requests come from; a byte goes with each
   * @param out takes the description of the environment, a byte per reply, pictures and errors
   * @throws IOException if a pipe breaks, or the memory that the program names can't be mapped
   */
  public static void serve(VectorEnvironment environment, InputStream in, OutputStream out)
      throws IOException {
    new EnvironmentService(environment, in, out).run();
  }
}
