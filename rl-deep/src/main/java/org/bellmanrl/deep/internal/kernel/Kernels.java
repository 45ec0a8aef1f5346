package org.bellmanrl.deep.internal.kernel;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which kernel runs: chosen once, when the first network is made. */
public final class Kernels {
  /** System property that forces a choice: {@code plain} or {@code vector}. */
  public static final String PROPERTY = "bellman.kernel";

  private static final String VECTOR_MODULE = "jdk.incubator.vector";
  private static final Kernel CHOSEN =
      divided(
          choose(
              System.getProperty(PROPERTY),
              vectorReadable(),
              System.getLogger("org.bellmanrl.deep")));

  private Kernels() {}

  /** The kernel of this process. */
  public static Kernel chosen() {
    return CHOSEN;
  }

  /** Every kernel that can run here, plain Java first. */
  public static List<Kernel> available() {
    return vectorReadable() ? List.of(plain(), vector()) : List.of(plain());
  }

  private static Kernel plain() {
    return new Kernel(
        "plain",
        new PlainProducts(),
        new PlainRows(),
        new PlainActivations(),
        new PlainRecurrentCells(),
        new PlainUpdates());
  }

  private static Kernel vector() {
    return new Kernel(
        "vector-" + VectorLanes.WIDE.vectorBitSize(),
        new VectorProducts(),
        new VectorRows(),
        new VectorActivations(),
        new VectorRecurrentCells(),
        new VectorUpdates());
  }

  /** A kernel whose large products may use further threads. */
  static Kernel divided(Kernel kernel) {
    return new Kernel(
        kernel.id(),
        new DividedProducts(kernel.products()),
        kernel.rows(),
        kernel.activations(),
        kernel.cells(),
        kernel.updates());
  }

  /** Takes the vector kernel where it can run, and says how to add it where it cannot. */
  static Kernel choose(@Nullable String forced, boolean readable, System.Logger logger) {
    if (forced == null && !readable) {
      logger.log(
          System.Logger.Level.INFO,
          "networks are computed without the Vector API, which would make them several times"
              + " faster: start Java with --add-modules {0} (or with -D{1}=plain to omit this note)",
          VECTOR_MODULE,
          PROPERTY);
    }
    if (forced == null) {
      return readable ? vector() : plain();
    }
    return switch (forced) {
      case "plain" -> plain();
      case "vector" -> {
        if (!readable) {
          throw new IllegalStateException(
              "%s=vector, but the module %s is not there: start Java with --add-modules %s"
                  .formatted(PROPERTY, VECTOR_MODULE, VECTOR_MODULE));
        }
        yield vector();
      }
      default ->
          throw new IllegalStateException(
              "%s must be 'plain' or 'vector', was '%s'".formatted(PROPERTY, forced));
    };
  }

  /**
   * Makes this module read the Vector API where it is there. A {@code requires static} would do so
   * too, but javac would warn every module that requires this one of an incubating module.
   */
  private static boolean vectorReadable() {
    Module own = Kernels.class.getModule();
    return ModuleLayer.boot()
        .findModule(VECTOR_MODULE)
        .map(module -> own.addReads(module).canRead(module))
        .orElse(false);
  }
}
