package org.bellmanrl.lab.internal.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.bellmanrl.api.state.State;
import org.bellmanrl.api.state.StateException;
import org.bellmanrl.api.state.Stateful;
import org.bellmanrl.results.document.UserError;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointsTest {
  @TempDir Path folder;

  /** A number, and a memory of which little changes. */
  private static class Memory implements Stateful {
    private int number;
    private final float[] values = new float[1_000_000];

    Memory(int number) {
      this.number = number;
      SplittableRandom random = new SplittableRandom(1);
      for (int i = 0; i < values.length; i++) {
        values[i] = (float) random.nextDouble();
      }
    }

    @Override
    public void carry(State state) {
      state.begin("memory", 1);
      state.carry("text", "x".repeat(number % 7));
      number = state.carry("number", number);
      state.carry("values", values);
      state.end();
    }
  }

  @Test
  void write_ofWhatCannotBeSaved_isRefusedAndKeepsTheOnesBefore() {
    Checkpoints checkpoints = new Checkpoints(folder, 2);
    checkpoints.write(new Memory(3));
    Stateful endless =
        state -> {
          throw new StateException("its episode is too long");
        };
    assertThatThrownBy(() -> checkpoints.write(new Memory(4), endless))
        .isInstanceOf(UserError.class)
        .hasMessageContainingAll("cannot write a checkpoint", "its episode is too long");
    assertThat(restored(new ArrayList<>())).isEqualTo(3);
  }

  private int restored(List<String> warnings) {
    Memory memory = new Memory(0);
    new Checkpoints(folder, 2).restore(warnings::add, memory);
    assertThat(memory.values).isEqualTo(new Memory(0).values);
    return memory.number;
  }

  private List<Path> files(String ending) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(ending)).sorted().toList();
    }
  }

  @Test
  void remove_leavesWhatIsNoCheckpoints() throws IOException {
    Checkpoints checkpoints = new Checkpoints(folder, 2);
    checkpoints.write(new Memory(1));
    for (String name : new String[] {"mine.chunk", "mine.json", ".mine.tmp"}) {
      Files.writeString(folder.resolve(name), "mine");
    }
    Files.writeString(folder.resolve(".000000000002.json.123.tmp"), "");
    checkpoints.write(new Memory(2));
    checkpoints.remove();
    try (var files = Files.list(folder)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder("mine.chunk", "mine.json", ".mine.tmp");
    }
  }

  @Test
  void write_ofWhatHasHardlyChanged_costsLittle() {
    Checkpoints checkpoints = new Checkpoints(folder, 2);
    Memory memory = new Memory(1);
    checkpoints.write(memory);
    long first = checkpoints.bytesWritten();
    assertThat(first).isGreaterThan(4_000_000);
    memory.number = 2; // all that follows is shifted by a byte
    memory.values[500_000]++;
    checkpoints.write(memory);
    assertThat(checkpoints.bytesWritten() - first).isLessThan(3L * ContentCutter.MOST);
  }

  @Test
  void write_keepsTheLatestAndTheirChunksOnly() throws IOException {
    Checkpoints checkpoints = new Checkpoints(folder, 2);
    for (int i = 1; i <= 5; i++) {
      checkpoints.write(new Memory(i));
    }
    assertThat(files(".json")).hasSize(2);
    assertThat(files(".tmp")).isEmpty();
    long size = 0;
    for (Path chunk : files(".chunk")) {
      size += Files.size(chunk);
    }
    assertThat(size).isLessThan(4_100_000 + 4L * ContentCutter.MOST);
    assertThat(restored(new ArrayList<>())).isEqualTo(5);
  }

  @Test
  void restore_withTheNewestDamaged_takesTheOneBeforeAndWarns() throws IOException {
    Checkpoints checkpoints = new Checkpoints(folder, 2);
    checkpoints.write(new Memory(1));
    List<Path> before = files(".chunk");
    checkpoints.write(new Memory(2));
    Path added =
        files(".chunk").stream().filter(file -> !before.contains(file)).findFirst().orElseThrow();
    byte[] bytes = Files.readAllBytes(added);
    bytes[bytes.length / 2] ^= 1;
    Files.write(added, bytes);
    List<String> warnings = new ArrayList<>();
    assertThat(restored(warnings)).isEqualTo(1);
    assertThat(warnings).singleElement().asString().contains("000000000002.json", "one before");
  }

  @Test
  void restore_ofAnyDamage_warnsOrRefusesButNeverGivesSomethingElse() throws IOException {
    Checkpoints checkpoints = new Checkpoints(folder, 2);
    checkpoints.write(new Memory(1));
    Path manifest = files(".json").getFirst();
    byte[] whole = Files.readAllBytes(manifest);
    SplittableRandom random = new SplittableRandom(2);
    for (int i = 0; i < 200; i++) {
      byte[] damaged =
          Arrays.copyOf(whole, i % 2 == 0 ? random.nextInt(whole.length) : whole.length);
      if (i % 2 == 1) {
        damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
      }
      Files.write(manifest, damaged);
      List<String> warnings = new ArrayList<>();
      assertThatThrownBy(() -> checkpoints.restore(warnings::add, new Memory(0)))
          .isInstanceOf(UserError.class)
          .hasMessageContaining("no whole checkpoint");
      assertThat(warnings).hasSize(1);
    }
  }

  @Test
  void restore_withAChunkMissingOrTruncated_refuses() throws IOException {
    new Checkpoints(folder, 1).write(new Memory(1));
    Path chunk = files(".chunk").getFirst();
    byte[] bytes = Files.readAllBytes(chunk);
    Files.write(chunk, Arrays.copyOf(bytes, bytes.length - 1));
    List<String> warnings = new ArrayList<>();
    assertThatThrownBy(() -> restored(warnings)).isInstanceOf(UserError.class);
    Files.delete(chunk);
    assertThatThrownBy(() -> restored(warnings)).isInstanceOf(UserError.class);
    assertThat(warnings).hasSize(2).allMatch(warning -> warning.contains("damaged"));
  }

  @Test
  void write_whereItCannot_leavesTheOneBefore() throws IOException {
    Checkpoints checkpoints = new Checkpoints(folder, 2);
    checkpoints.write(new Memory(1));
    Memory broken =
        new Memory(2) {
          @Override
          public void carry(State state) {
            super.carry(state);
            throw new java.io.UncheckedIOException(new IOException("No space left on device"));
          }
        };
    assertThatThrownBy(() -> checkpoints.write(broken))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("No space left");
    assertThat(restored(new ArrayList<>())).isEqualTo(1);
  }

  @Test
  void cutter_cutsEqualBytesAtEqualPlaces() throws IOException {
    byte[] bytes = new byte[3_000_000];
    new SplittableRandom(4).nextBytes(bytes);
    Arrays.fill(bytes, 1_000_000, 2_000_000, (byte) 0);
    List<byte[]> all = chunks(bytes, 0);
    ByteArrayOutputStream joined = new ByteArrayOutputStream();
    for (byte[] chunk : all) {
      joined.write(chunk);
      assertThat(chunk.length).isBetween(1, ContentCutter.MOST);
    }
    assertThat(joined.toByteArray()).isEqualTo(bytes);
    List<byte[]> shifted = chunks(bytes, 12_345);
    long common =
        shifted.stream().filter(a -> all.stream().anyMatch(b -> Arrays.equals(a, b))).count();
    assertThat(common).isGreaterThan(shifted.size() - 4L);
  }

  private static List<byte[]> chunks(byte[] bytes, int from) throws IOException {
    List<byte[]> chunks = new ArrayList<>();
    try (ContentCutter cutter =
        new ContentCutter((chunk, length) -> chunks.add(Arrays.copyOf(chunk, length)))) {
      for (int at = from; at < bytes.length; at += 10_000) {
        cutter.write(bytes, at, Math.min(10_000, bytes.length - at));
      }
    }
    return chunks;
  }
}
