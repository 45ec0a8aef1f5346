package org.bellmanrl.deep.replay;

import org.jspecify.annotations.Nullable;

/** Refuses replays that are larger than the heap. */
final class HeapSpace {
  private static final double GIB = 1024.0 * 1024 * 1024;

  /** A sum tree's leaves and the levels above them. */
  private static final double PRIORITY_BYTES = Float.BYTES * 16.0 / 15;

  private HeapSpace() {}

  /** Bytes that a slot takes beside its own. */
  static double besides(ReplayConfig config) {
    return (config.prioritisation().isPresent() ? PRIORITY_BYTES : 0)
        + (config.compressedFrames() ? CompressedFrames.bytesBeside() : 0)
        + config.sequences().map(SequenceStarts::bytes).orElse(0.0);
  }

  static void require(long slots, SlotLayout layout, double besides) {
    boolean addressable =
        slots * layout.numbers() <= Integer.MAX_VALUE - 16 && slots <= Integer.MAX_VALUE - 16;
    if (!addressable || bytes(slots, layout, besides) > Runtime.getRuntime().maxMemory()) {
      throw refusal(slots, layout, besides, null);
    }
  }

  /** Bytes of all slots. */
  static double bytes(long slots, SlotLayout layout, double besides) {
    double each = (double) layout.numbers() * Float.BYTES + layout.bytes();
    return slots * (each + besides);
  }

  static IllegalArgumentException refusal(
      long slots, SlotLayout layout, double besides, @Nullable Throwable cause) {
    return new IllegalArgumentException(
        "a replay of %d observations needs %s and one array to 8 GiB; choose a smaller capacity (buffer_size)%s, or give Java more memory: JDK_JAVA_OPTIONS=-Xmx16g"
            .formatted(
                slots,
                comparison(bytes(slots, layout, besides)),
                layout.keepsPictures() ? ", keep it compressed (compressed_frames)" : ""),
        cause);
  }

  /** Returns a text that compares a number of bytes with the size of the heap. */
  static String comparison(double bytes) {
    return "%.2f GiB, but the heap may grow to %.2f GiB"
        .formatted(bytes / GIB, Runtime.getRuntime().maxMemory() / GIB);
  }
}
