package org.bellmanrl.lab.launcher;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.classfile.ClassElement;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFileVersion;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeTransform;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/**
 * Rewrites jars whose classes are too old for the JVM's AOT cache.
 *
 * <p>The cache leaves out classes of versions below 50, which have no stack maps and are verified
 * the old way. The command line parser is published as version 49, and half of the start-up time
 * went into loading it. The rewritten classes have version 52 and stack maps, and are otherwise the
 * same.
 */
final class UpgradeJars {
  private static final int FIRST_WITH_STACK_MAPS = ClassFile.JAVA_6_VERSION;

  private UpgradeJars() {}

  /**
   * Rewrites, in place, those of the given jars that hold old classes.
   *
   * @param args the paths of the jars
   * @throws IOException if a jar cannot be read or written; that jar is then as it was
   */
  public static void main(String[] args) throws IOException {
    for (String arg : args) {
      upgrade(Path.of(arg));
    }
  }

  /**
   * Rewrites one jar in place if it holds old classes and is not signed.
   *
   * @param jar the path of the jar
   * @return whether the jar was rewritten
   * @throws IOException if the jar cannot be read or written; it is then as it was
   */
  static boolean upgrade(Path jar) throws IOException {
    Path upgraded = jar.resolveSibling(jar.getFileName() + ".new");
    try (ZipFile in = new ZipFile(jar.toFile());
        URLClassLoader classes = new URLClassLoader(new URL[] {jar.toUri().toURL()})) {
      List<? extends ZipEntry> entries = in.stream().toList();
      if (entries.stream().anyMatch(entry -> entry.getName().endsWith(".SF"))
          || !holdsOldClasses(in, entries)) {
        return false;
      }
      ClassFile format =
          ClassFile.of(
              ClassFile.StackMapsOption.GENERATE_STACK_MAPS,
              ClassFile.ClassHierarchyResolverOption.of(
                  ClassHierarchyResolver.ofResourceParsing(classes)));
      try (OutputStream file = Files.newOutputStream(upgraded);
          ZipOutputStream out = new ZipOutputStream(file)) {
        for (ZipEntry entry : entries) {
          byte[] bytes = read(in, entry);
          ZipEntry copy = new ZipEntry(entry.getName());
          copy.setTime(entry.getTime());
          out.putNextEntry(copy);
          out.write(isOld(entry, bytes) ? upgrade(format, bytes) : bytes);
          out.closeEntry();
        }
      }
      Files.move(upgraded, jar, StandardCopyOption.REPLACE_EXISTING);
      return true;
    } finally {
      Files.deleteIfExists(upgraded);
    }
  }

  private static boolean holdsOldClasses(ZipFile jar, List<? extends ZipEntry> entries)
      throws IOException {
    for (ZipEntry entry : entries) {
      if (isOld(entry, read(jar, entry))) {
        return true;
      }
    }
    return false;
  }

  /** Whether an entry is a class without stack maps: its major version is in bytes 6 and 7. */
  private static boolean isOld(ZipEntry entry, byte[] bytes) {
    return entry.getName().endsWith(".class")
        && (((bytes[6] & 0xff) << 8) | (bytes[7] & 0xff)) < FIRST_WITH_STACK_MAPS;
  }

  private static byte[] upgrade(ClassFile format, byte[] bytes) {
    ClassModel old = format.parse(bytes);
    // Nothing in the bodies changes, but only bodies that are rewritten get stack maps.
    ClassTransform bodies = ClassTransform.transformingMethodBodies(CodeTransform.ACCEPT_ALL);
    ClassTransform version =
        (builder, element) -> builder.with(isVersion(element) ? current() : element);
    return format.transformClass(old, version.andThen(bodies));
  }

  private static boolean isVersion(ClassElement element) {
    return element instanceof ClassFileVersion;
  }

  private static ClassFileVersion current() {
    return ClassFileVersion.of(ClassFile.JAVA_8_VERSION, 0);
  }

  private static byte[] read(ZipFile jar, ZipEntry entry) throws IOException {
    try (InputStream in = jar.getInputStream(entry)) {
      return in.readAllBytes();
    }
  }
}
