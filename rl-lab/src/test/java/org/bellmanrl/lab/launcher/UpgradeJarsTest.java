package org.bellmanrl.lab.launcher;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.classfile.Attributes;
import java.lang.classfile.ClassFile;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UpgradeJarsTest {
  @TempDir Path folder;

  @Test
  void upgrade_oldClassWithBranch_getsStackMapsAndWorksTheSame() throws Exception {
    Path jar = jarOf(larger(ClassFile.JAVA_5_VERSION));

    assertThat(UpgradeJars.upgrade(jar)).isTrue();

    try (ZipFile zip = new ZipFile(jar.toFile())) {
      byte[] bytes = zip.getInputStream(zip.getEntry("Larger.class")).readAllBytes();
      var model = ClassFile.of().parse(bytes);
      assertThat(model.majorVersion()).isEqualTo(ClassFile.JAVA_8_VERSION);
      var code = model.methods().getFirst().findAttribute(Attributes.code()).orElseThrow();
      assertThat(code.findAttribute(Attributes.stackMapTable())).isPresent();
      assertThat(zip.getInputStream(zip.getEntry("notes.txt")).readAllBytes())
          .asString()
          .isEqualTo("notes");
    }
    try (URLClassLoader loader = new URLClassLoader(new URL[] {jar.toUri().toURL()})) {
      var method = loader.loadClass("Larger").getMethod("of", int.class, int.class);
      assertThat(method.invoke(null, 3, 7)).isEqualTo(7);
      assertThat(method.invoke(null, 9, 7)).isEqualTo(9);
    }
  }

  @Test
  void upgrade_currentClasses_leavesTheJarAlone() throws Exception {
    Path jar = jarOf(larger(ClassFile.JAVA_17_VERSION));
    byte[] before = Files.readAllBytes(jar);

    assertThat(UpgradeJars.upgrade(jar)).isFalse();

    assertThat(Files.readAllBytes(jar)).isEqualTo(before);
  }

  private Path jarOf(byte[] larger) throws IOException {
    Path jar = folder.resolve("library.jar");
    try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(jar))) {
      out.putNextEntry(new ZipEntry("Larger.class"));
      out.write(larger);
      out.putNextEntry(new ZipEntry("notes.txt"));
      out.write("notes".getBytes(UTF_8));
    }
    return jar;
  }

  /** A class {@code Larger} whose method {@code of} returns the larger of two ints. */
  private static byte[] larger(int version) {
    var twoInts =
        MethodTypeDesc.of(ConstantDescs.CD_int, ConstantDescs.CD_int, ConstantDescs.CD_int);
    return ClassFile.of()
        .build(
            ClassDesc.of("Larger"),
            type ->
                type.withVersion(version, 0)
                    .withFlags(ClassFile.ACC_PUBLIC | ClassFile.ACC_SUPER)
                    .withMethodBody(
                        "of",
                        twoInts,
                        ClassFile.ACC_PUBLIC | ClassFile.ACC_STATIC,
                        code -> {
                          var second = code.newLabel();
                          code.iload(0).iload(1).if_icmplt(second);
                          code.iload(0).ireturn();
                          code.labelBinding(second).iload(1).ireturn();
                        }));
  }
}
