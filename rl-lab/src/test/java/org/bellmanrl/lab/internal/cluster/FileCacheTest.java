package org.bellmanrl.lab.internal.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.hash.Hashing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.bellmanrl.lab.internal.assembly.PluginFiles;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FileCacheTest {
  @TempDir Path parent;

  private static byte[] content(int seed, int length) {
    byte[] bytes = new byte[length];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }

  private static PluginFiles.Sum sum(byte... bytes) {
    return new PluginFiles.Sum(Hashing.sha256().hashBytes(bytes).toString(), bytes.length);
  }

  /** Parts of at most 700 bytes. */
  private static FileCache.Source source(byte... bytes) {
    return offset ->
        Arrays.copyOfRange(bytes, (int) offset, (int) Math.min(offset + 700, bytes.length));
  }

  private static FileCache.Source unread() {
    return offset -> {
      throw new AssertionError("it was read from " + offset);
    };
  }

  private Path folder() {
    return parent.resolve("made").resolve("cache");
  }

  private List<String> files() throws IOException {
    try (Stream<Path> files = Files.list(folder())) {
      return files.map(file -> String.valueOf(file.getFileName())).sorted().toList();
    }
  }

  @Test
  void get_readsAFileOnce_alsoForOtherProcesses() throws IOException {
    byte[] bytes = content(1, 5000);
    Path file = new FileCache(folder()).get(sum(bytes), source(bytes));
    assertThat(file).hasBinaryContent(bytes).hasParent(folder());
    assertThat(new FileCache(folder()).get(sum(bytes), unread())).isEqualTo(file);
    assertThat(Files.getPosixFilePermissions(folder()))
        .isEqualTo(PosixFilePermissions.fromString("rwx------"));
  }

  @Test
  void get_ofOtherBytesThanAnnounced_isRefusedAndLeavesNothing() throws IOException {
    byte[] bytes = content(1, 5000);
    byte[] changed = bytes.clone();
    changed[4321] ^= 1;
    FileCache cache = new FileCache(folder());
    assertThatThrownBy(() -> cache.get(sum(bytes), source(changed)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("it has been changed");
    for (int length : new int[] {4000, 4999}) {
      assertThatThrownBy(() -> cache.get(sum(bytes), source(Arrays.copyOf(bytes, length))))
          .hasMessage("it has not the 5000 bytes that were announced");
    }
    PluginFiles.Sum shorter = new PluginFiles.Sum(sum(bytes).sha256(), 4800);
    assertThatThrownBy(() -> cache.get(shorter, source(bytes)))
        .hasMessage("it has not the 4800 bytes that were announced");
    assertThat(files()).isEmpty();
  }

  @Test
  void get_ofAFileThatWasDamagedInTheFolder_readsItAgain() throws IOException {
    byte[] bytes = content(1, 5000);
    FileCache cache = new FileCache(folder());
    Path file = cache.get(sum(bytes), source(bytes));
    Files.write(file, content(2, 5000));
    assertThat(cache.get(sum(bytes), source(bytes))).hasBinaryContent(bytes);
  }

  @Test
  void get_ofMoreThanIsTaken_isRefusedBeforeItIsRead() {
    FileCache cache = new FileCache(folder(), 1000, 5000);
    assertThatThrownBy(() -> cache.get(sum(content(1, 1001)), unread()))
        .hasMessage("it has 1001 bytes, and at most 1000 are taken");
    PluginFiles.Sum enormous = new PluginFiles.Sum("0".repeat(64), Long.MAX_VALUE);
    assertThatThrownBy(() -> cache.get(enormous, unread())).hasMessageContaining("at most 1000");
  }

  @Test
  void get_whenTheFolderIsFull_removesWhatHasNotBeenUsedForLongest() throws IOException {
    FileCache cache = new FileCache(folder(), 2000, 3000);
    AtomicInteger read = new AtomicInteger();
    for (int i : new int[] {0, 1, 2, 0, 3, 0, 1}) {
      byte[] bytes = content(i, 1000);
      PluginFiles.Sum sum = sum(bytes);
      Path file =
          cache.get(
              sum,
              offset -> {
                if (offset == 0) {
                  read.incrementAndGet();
                }
                return source(bytes).read(offset);
              });
      assertThat(file).hasBinaryContent(bytes);
      for (String name : files()) { // as if it were long ago
        Path each = folder().resolve(name);
        Instant used = Files.getLastModifiedTime(each).toInstant();
        Files.setLastModifiedTime(each, FileTime.from(used.minus(Duration.ofMinutes(1))));
      }
    }
    // 0, 1, 2; then 3 in the place of 1, and 1 in that of 2.
    assertThat(read).hasValue(5);
    assertThat(files())
        .containsExactlyInAnyOrderElementsOf(
            Stream.of(0, 1, 3).map(i -> sum(content(i, 1000)).sha256() + ".jar").toList());
  }

  @Test
  void get_removesPartsThatWereAbandoned() throws IOException {
    byte[] bytes = content(1, 10);
    FileCache cache = new FileCache(folder());
    cache.get(sum(bytes), source(bytes));
    Path old = Files.createFile(folder().resolve("1.part"));
    Files.setLastModifiedTime(old, FileTime.from(Instant.now().minus(Duration.ofDays(1))));
    Path fresh = Files.createFile(folder().resolve("2.part"));
    cache.get(sum(content(2, 10)), source(content(2, 10)));
    assertThat(old).doesNotExist();
    assertThat(fresh).exists();
  }

  @Test
  void get_inAFolderThatOthersMayWriteTo_isRefused() throws IOException {
    Files.createDirectories(folder());
    Files.setPosixFilePermissions(folder(), PosixFilePermissions.fromString("rwxrwxrwx"));
    byte[] bytes = content(1, 10);
    assertThatThrownBy(() -> new FileCache(folder()).get(sum(bytes), source(bytes)))
        .hasMessage("others may write to " + folder() + ", and what is there is run");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "../../../../../../../../../../../../../../../../../../../etc/shadow",
        "/etc/passwd/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
        "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
        "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\n"
      })
  void sum_thatIsNoCheckSum_isRefused(String sha256) {
    assertThatThrownBy(() -> new PluginFiles.Sum(sha256, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("a SHA-256 must be 64 hexadecimal digits, was ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", ".", "..", "../evil.jar", "/evil.jar", "a\\b.jar", "a\nb.jar", "a\0.jar"})
  void jar_thatIsNoNameOfAFile_isRefused(String name) {
    List<PluginFiles.Sum> files = List.of(sum((byte) 1));
    assertThatThrownBy(() -> new PluginFiles(name, files))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("the jar of a plugin must have the name of a file, was ");
  }
}
