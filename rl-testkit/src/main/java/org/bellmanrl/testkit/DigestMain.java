package org.bellmanrl.testkit;

import java.lang.reflect.Constructor;
import java.lang.reflect.Modifier;

/** Prints the digest of a contract class: what the interpreting JVM runs. */
final class DigestMain {
  /** Stands before the digest in the output, which the subject may have written to as well. */
  static final String MARK = "bellman-digest=";

  private DigestMain() {}

  /**
   * Prints a digest.
   *
   * @param args the name of the contract class
   */
  public static void main(String[] args) throws ReflectiveOperationException {
    ClassLoader loader = ClassLoader.getSystemClassLoader();
    Digested contract = (Digested) instance(Class.forName(args[0], true, loader));
    System.out.println(MARK + contract.digest());
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
