package org.bellmanrl.lab.launcher;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** The flags with which {@code ./rl} starts a JVM, for programs that start another one. */
public final class JvmFlags {
  private JvmFlags() {}

  /** Returns the flags of every JVM: those in {@code etc/jvm.args}. */
  public static List<String> plain() {
    return read("jvm.args");
  }

  /** Returns the flags of a JVM that computes with networks. */
  public static List<String> networks() {
    return Stream.of(plain(), read("networks.args")).flatMap(List::stream).toList();
  }

  private static List<String> read(String file) {
    try (InputStream in = JvmFlags.class.getResourceAsStream(file)) {
      return new String(Objects.requireNonNull(in, file).readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.startsWith("#"))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
