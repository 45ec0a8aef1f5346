package org.bellmanrl.deep.internal.kernel;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which kernel runs: chosen once, when the first network is made. */
public final class Kernels {
  /** System property that forces a choice: {@code plain} or {@code vector}. */
  public static final String PROPERTY = "bellman.kernel";

  /**
   * System property for the threads that a network may use: 1, or 2 if it may divide large products
   * where that is faster. By default as many as there are processors. No bit depends on it.
   */
  public static final String THREADS = "bellman.threads";

  private static final String VECTOR_MODULE = "jdk.incubator.vector";
  private static final Kernel CHOSEN = paired(choose(System.getProperty(PROPERTY)));

  private Kernels() {}

  /** The kernel of this process. */
  public static Kernel chosen() {
    return CHOSEN;
  }

  /** Every kernel that can run here, plain Java first. */
  public static List<Kernel> available() {
    return vectorReadable()
        ? List.of(new PlainKernel(), new VectorKernel())
        : List.of(new PlainKernel());
  }

  private static Kernel paired(Kernel kernel) {
    int threads = Integer.getInteger(THREADS, Runtime.getRuntime().availableProcessors());
    return threads > 1 ? new PairedKernel(kernel) : kernel;
  }

  static Kernel choose(@Nullable String forced) {
    if (forced == null) {
      return available().getLast();
    }
    return switch (forced) {
      case "plain" -> new PlainKernel();
      case "vector" -> {
        if (!vectorReadable()) {
          throw new IllegalStateException(
              "%s=vector, but the module %s is not there: start Java with --add-modules %s"
                  .formatted(PROPERTY, VECTOR_MODULE, VECTOR_MODULE));
        }
        yield new VectorKernel();
      }
      default ->
          throw new IllegalStateException(
              "%s must be 'plain' or 'vector', was '%s'".formatted(PROPERTY, forced));
    };
  }

  private static boolean vectorReadable() {
    return ModuleLayer.boot()
        .findModule(VECTOR_MODULE)
        .map(Kernels.class.getModule()::canRead)
        .orElse(false);
  }
}
