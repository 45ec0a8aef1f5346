package org.bellmanrl.env.jolt;

import com.github.stephengold.joltjni.Jolt;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Locale;

/** Loads Jolt's native library, once in the life of a JVM, and sets it up. */
final class Natives {
  private static final Object LOCK = new Object();
  private static boolean loaded;

  private Natives() {}

  /**
   * Makes sure that the library is there.
   *
   * @throws IllegalStateException if there is none for this machine
   */
  static void load() {
    synchronized (LOCK) {
      if (!loaded) {
        loadFrom(resource(property("os.name"), property("os.arch")));
        Jolt.registerDefaultAllocator();
        Jolt.installDefaultAssertCallback();
        Jolt.installDefaultTraceCallback();
        if (!Jolt.newFactory()) {
          throw new IllegalStateException("Jolt could not be set up: another program part did");
        }
        Jolt.registerTypes();
        loaded = true;
      }
    }
  }

  /** Where the jars of natives have the library of a platform. */
  static String resource(String osName, String osArch) {
    String os = osName.toLowerCase(Locale.ROOT);
    String arch = osArch.equals("amd64") || osArch.equals("x86_64") ? "x86-64" : osArch;
    String folder = "/com/github/stephengold/";
    if (os.startsWith("windows")) {
      return "/windows/" + arch + folder + "joltjni.dll";
    }
    if (os.startsWith("mac")) {
      return "/osx/" + arch + folder + "libjoltjni.dylib";
    }
    return "/linux/" + arch + folder + "libjoltjni.so";
  }

  @SuppressWarnings("restricted") // the physics is native: this is what the module is for
  static void loadFrom(String resource) {
    String suffix = resource.substring(resource.lastIndexOf('.'));
    try (InputStream library = Jolt.class.getResourceAsStream(resource)) {
      if (library == null) {
        throw unavailable("there is no " + resource.substring(1) + " on the class path", null);
      }
      Path copy = Files.createTempFile("joltjni-", suffix);
      try {
        Files.copy(library, copy, StandardCopyOption.REPLACE_EXISTING);
        System.load(copy.toString());
      } finally {
        delete(copy);
      }
    } catch (IOException | UnsatisfiedLinkError e) {
      throw unavailable(String.valueOf(e.getMessage()), e);
    }
  }

  private static void delete(Path copy) throws IOException {
    if (property("os.name").startsWith("Windows")) {
      // A library in use can't be deleted there.
      copy.toFile().deleteOnExit();
    } else {
      Files.delete(copy);
    }
  }

  private static IllegalStateException unavailable(
      String why, @org.jspecify.annotations.Nullable Throwable cause) {
    return new IllegalStateException(
        ("Jolt's native library can't be loaded on %s %s (%s): put the jar of jolt-jni with the"
                + " classifier ReleaseSp for this platform on the class path, and let"
                + " java.io.tmpdir (%s) be a place to write to and to load code from")
            .formatted(property("os.name"), property("os.arch"), why, property("java.io.tmpdir")),
        cause);
  }

  private static String property(String name) {
    return System.getProperty(name, "?");
  }
}
