package org.bellmanrl.deep.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import org.bellmanrl.api.random.RandomStream;
import org.bellmanrl.api.state.BinaryState;
import org.bellmanrl.api.state.State;
import org.bellmanrl.api.state.StateException;
import org.bellmanrl.api.state.Stateful;
import org.bellmanrl.testkit.Allocation;
import org.junit.jupiter.api.Test;

class CompressedFramesTest {
  private static final int WIDTH = 7056;

  /** Frame number {@code number}: every third cannot be compressed, the others can. */
  private static byte[] frame(int number) {
    byte[] frame = new byte[WIDTH];
    RandomStream random = RandomStream.ofSeed(number);
    int noise = number % 3 == 0 ? WIDTH : number % WIDTH;
    for (int i = 0; i < WIDTH; i++) {
      frame[i] = (byte) (i < noise ? random.integers(256) : number + i / 84);
    }
    return frame;
  }

  private static void put(CompressedFrames frames, int slot, int number) {
    System.arraycopy(frame(number), 0, frames.frame(), 0, WIDTH);
    frames.put(slot);
  }

  @Test
  void get_ofAnySlot_isTheFrameThatWasPutLast() {
    int slots = 300;
    CompressedFrames frames = new CompressedFrames(slots, WIDTH, 4, 0);
    byte[] into = new byte[WIDTH + 1];
    for (int number = 0; number < 3 * slots; number++) {
      put(frames, number % slots, number);
      int newest = Math.min(number, 5);
      for (int back : new int[] {0, newest, newest / 2, Math.min(number, slots - 1)}) {
        int slot = (number - back) % slots;
        assertThat(frames.get(slot)).isEqualTo(frame(number - back));
        frames.get(slot, into, 1);
        assertThat(Arrays.copyOfRange(into, 1, WIDTH + 1)).isEqualTo(frame(number - back));
      }
    }
  }

  @Test
  void memory_ofRingsThatAreOverwritten_isBounded() {
    CompressedFrames frames = new CompressedFrames(400, WIDTH, 1, 0);
    for (int number = 0; number < 400; number++) {
      put(frames, number, number);
    }
    long held = frames.bytes();
    assertThat(held).isBetween(400L * WIDTH / 3, 400L * WIDTH + 2 * (1 << 20));
    for (int number = 400; number < 2000; number++) {
      put(frames, number % 400, number);
      assertThat(frames.bytes()).isLessThanOrEqualTo(held + 2 * (1 << 20));
    }
  }

  @Test
  void put_beyondTheHeap_isRefused() {
    double heap = Runtime.getRuntime().maxMemory();
    CompressedFrames frames = new CompressedFrames(10, WIDTH, 1, heap);
    assertThatThrownBy(() -> put(frames, 0, 1))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith(
            "a replay of 10 compressed observations, of which it holds 0, needs")
        .hasMessageContaining("choose a smaller capacity");
  }

  /** By what the frames of two chunks have taken, which are more than a sixteenth of all. */
  @Test
  void put_ofFramesThatWillNotFit_isRefusedEarly() {
    long heap = Runtime.getRuntime().maxMemory();
    CompressedFrames frames = new CompressedFrames(3200, WIDTH, 1, heap - 3200.0 * WIDTH / 2);
    assertThatThrownBy(
            () -> {
              for (int slot = 0; slot < 3200; slot++) {
                put(frames, slot, 0);
              }
            })
        .hasMessageContaining("of which it holds %d, needs".formatted(2 * ((1 << 20) / WIDTH)));
  }

  @Test
  void putAndGet_allocateNothing() {
    CompressedFrames frames = new CompressedFrames(300, WIDTH, 4, 0);
    byte[][] some = {frame(1), frame(2), frame(3)};
    int[] slot = {0};
    double bytes =
        Allocation.settled(
            300,
            () -> {
              long before = Allocation.bytes();
              for (int i = 0; i < 300; i++) {
                slot[0] = (slot[0] + 1) % 300;
                System.arraycopy(some[i % 3], 0, frames.frame(), 0, WIDTH);
                frames.put(slot[0]);
                frames.get(slot[0]);
              }
              return Allocation.bytes() - before;
            });
    assertThat(bytes).isLessThan(Allocation.LIMIT);
  }

  @Test
  void restored_holdsTheSameFrames() {
    CompressedFrames frames = new CompressedFrames(50, WIDTH, 1, 0);
    CompressedFrames restored = new CompressedFrames(50, WIDTH, 1, 0);
    for (int slot = 0; slot < 50; slot++) {
      put(frames, slot, slot);
      put(restored, slot, 100 + slot);
    }
    BinaryState.fromBytes(BinaryState.toBytes(part(frames)), part(restored));
    for (int slot = 10; slot < 40; slot++) {
      assertThat(restored.get(slot)).isEqualTo(frame(slot));
    }
    CompressedFrames narrow = new CompressedFrames(50, 10, 1, 0);
    assertThatThrownBy(() -> BinaryState.fromBytes(BinaryState.toBytes(part(frames)), part(narrow)))
        .isInstanceOf(StateException.class)
        .hasMessageContaining("expected a compressed frame of 1 to 10 bytes, found");
  }

  private static Stateful part(CompressedFrames frames) {
    return new Stateful() {
      @Override
      public void carry(State state) {
        state.begin("frames", 1);
        if (state.restoring()) {
          frames.clear();
        }
        frames.carry(state, 10, 30);
        state.end();
      }
    };
  }
}
