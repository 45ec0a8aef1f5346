package org.bellmanrl.onnx.internal;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/**
 * Switches the telemetry of ONNX Runtime off, before its library is loaded.
 *
 * <p>Since 1.29 the library reports to Microsoft what it runs, and keeps a database in the user's
 * cache folder and a log in /tmp, on systems other than Windows too. {@code
 * OrtEnvironment.setTelemetry} comes too late for that. The report also holds the command line,
 * taken apart by a regular expression that recurses for each character: a class path of some 4,000
 * characters overflows the stack of a Java thread, and the JVM ends without a word.
 */
final class Telemetry {
  /** The environment variable that the library reads when it is loaded. */
  private static final String VARIABLE = "ORT_DISABLE_TELEMETRY";

  private Telemetry() {}

  /**
   * Switches it off, unless the environment variable is already set; on Windows the user has to set
   * it.
   */
  @SuppressWarnings("restricted") // the function and its types are those of POSIX
  static void disable() {
    if (System.getenv(VARIABLE) == null) {
      Linker linker = Linker.nativeLinker();
      linker
          .defaultLookup()
          .find("setenv")
          .ifPresent(setenv ->
              set(
                  linker.downcallHandle(
                      setenv,
                      FunctionDescriptor.of(
                          ValueLayout.JAVA_INT,
                          ValueLayout.ADDRESS,
                          ValueLayout.ADDRESS,
                          ValueLayout.JAVA_INT))));
    }
  }

  private static void set(MethodHandle setenv) {
    try (Arena arena = Arena.ofConfined()) {
      int status =
          (int) setenv.invokeExact(arena.allocateFrom(VARIABLE), arena.allocateFrom("1"), 0);
      if (status != 0) {
        throw new IllegalStateException("setenv failed");
      }
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }
}
