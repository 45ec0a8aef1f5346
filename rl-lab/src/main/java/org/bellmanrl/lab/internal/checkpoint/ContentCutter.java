package org.bellmanrl.lab.internal.checkpoint;

import java.io.IOException;
import java.io.OutputStream;

/**
 * Cuts a stream of bytes into chunks at places that the bytes themselves decide: where a sum over
 * the latest 64 of them begins with zeros.
 *
 * <p>Bytes that come again are cut at the same places again, wherever in the stream they stand, so
 * most chunks of two successive checkpoints are equal. Chunks have some 80 KiB on average.
 *
 * <p>Source: W. Xia et al., <i>FastCDC: a Fast and Efficient Content-Defined Chunking Approach for
 * Data Deduplication</i>, USENIX ATC 2016, section 3 (the gear hash and the least length).
 */
final class ContentCutter extends OutputStream {
  /** Least and greatest length of a chunk but the last. */
  static final int LEAST = 16 << 10;

  static final int MOST = 256 << 10;

  /** That so many leading bits are zero holds once in 64 Ki places. */
  private static final int ZEROS = 16;

  private static final long[] GEAR = gear();

  /** Takes a chunk. */
  @FunctionalInterface
  interface Sink {
    /**
     * Takes the next chunk.
     *
     * @param bytes valid during the call, the first {@code length} of them
     */
    void chunk(byte[] bytes, int length) throws IOException;
  }

  private final Sink sink;
  private final byte[] buffer = new byte[MOST];
  private int length;
  private long hash;

  ContentCutter(Sink sink) {
    this.sink = sink;
  }

  /** Any fixed numbers will do: SplitMix64's (Steele, Lea and Flood, 2014), from zero. */
  private static long[] gear() {
    long[] gear = new long[256];
    long state = 0;
    for (int i = 0; i < gear.length; i++) {
      state += 0x9E37_79B9_7F4A_7C15L;
      long z = state;
      z = (z ^ (z >>> 30)) * 0xBF58_476D_1CE4_E5B9L;
      z = (z ^ (z >>> 27)) * 0x94D0_49BB_1331_11EBL;
      gear[i] = z ^ (z >>> 31);
    }
    return gear;
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int count) throws IOException {
    long sum = hash;
    for (int i = offset; i < offset + count; i++) {
      byte b = bytes[i];
      buffer[length++] = b;
      sum = (sum << 1) + GEAR[b & 0xFF];
      if (length == MOST || (length >= LEAST && sum >>> (64 - ZEROS) == 0)) {
        sink.chunk(buffer, length);
        length = 0;
        sum = 0;
      }
    }
    hash = sum;
  }

  /** Hands over what is left. */
  @Override
  public void close() throws IOException {
    if (length > 0) {
      sink.chunk(buffer, length);
      length = 0;
    }
  }
}
