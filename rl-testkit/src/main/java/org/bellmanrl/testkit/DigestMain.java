package org.bellmanrl.testkit;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Modifier;
import java.nio.charset.StandardCharsets;

/** Prints the digests of contract classes: what the interpreting JVM runs. */
final class DigestMain {
  /**
   * Begins the line with a digest, which is empty where there is none. The subject may write other
   * lines in between.
   */
  static final String MARK = "bellman-digest=";

  private DigestMain() {}

  /**
   * Reads names of contract classes, one a line, and prints a digest for each until the input ends.
   *
   * @param args not used
   */
  public static void main(String[] args) throws IOException {
    BufferedReader names =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String name = names.readLine(); name != null; name = names.readLine()) {
      String digest = digest(name);
      System.out.printf("%n%s%s%n", MARK, digest);
      System.out.flush();
    }
  }

  /** The digest, or nothing after what went wrong has been printed. */
  private static String digest(String name) {
    try {
      Class<?> type = Class.forName(name, true, ClassLoader.getSystemClassLoader());
      return ((DigestedContract) instance(type)).digest();
    } catch (InvocationTargetException e) {
      return failed(e.getCause() == null ? e : e.getCause());
    } catch (ReflectiveOperationException | RuntimeException | Error e) {
      return failed(e);
    }
  }

  /** Tells the JVM that asked what was thrown and why. */
  private static String failed(Throwable thrown) {
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      System.out.println(cause);
      for (StackTraceElement element : cause.getStackTrace()) {
        System.out.println("  at " + element);
      }
    }
    return "";
  }

  /** A new object as JUnit would make it, with its outer objects. */
  private static Object instance(Class<?> type) throws ReflectiveOperationException {
    Class<?> outer = type.getEnclosingClass();
    if (outer != null && !Modifier.isStatic(type.getModifiers())) {
      Constructor<?> constructor = type.getDeclaredConstructor(outer);
      constructor.setAccessible(true);
      return constructor.newInstance(instance(outer));
    }
    Constructor<?> constructor = type.getDeclaredConstructor();
    constructor.setAccessible(true);
    return constructor.newInstance();
  }
}
