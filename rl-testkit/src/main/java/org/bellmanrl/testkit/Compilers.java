package org.bellmanrl.testkit;

import java.lang.management.CompilationMXBean;
import java.lang.management.ManagementFactory;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;

/** What the JVM's compilers are doing. */
final class Compilers {
  private static final CompilationMXBean TIMES = ManagementFactory.getCompilationMXBean();
  private static final MBeanServer SERVER = ManagementFactory.getPlatformMBeanServer();
  private static final String COMMANDS = "com.sun.management:type=DiagnosticCommand";
  private static final Object[] NO_ARGUMENTS = {new String[0]};
  private static final String[] SIGNATURE = {String[].class.getName()};

  private Compilers() {}

  /** How long they have worked since the JVM began; 0 where there are none. */
  static long millis() {
    return TIMES == null || !TIMES.isCompilationTimeMonitoringSupported()
        ? 0
        : TIMES.getTotalCompilationTime();
  }

  /** Waits until they have nothing to do, and says whether they had. */
  static boolean finish() {
    boolean worked = false;
    while (working()) {
      worked = true;
      try {
        Thread.sleep(1);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("interrupted while waiting for the JVM's compilers", e);
      }
    }
    return worked;
  }

  private static boolean working() {
    String queues;
    try {
      queues =
          (String)
              SERVER.invoke(new ObjectName(COMMANDS), "compilerQueue", NO_ARGUMENTS, SIGNATURE);
    } catch (JMException e) {
      return false; // Not HotSpot.
    }
    // Headings, "Empty" below them, or else a line for each method that waits or is compiled.
    return queues.lines().anyMatch(line -> line.contains("::"));
  }
}
