package org.bellmanrl.lab.internal.watch;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/**
 * Turns pixels into a PNG: eight bits per colour, no alpha, each line as its difference from the
 * one above. Faster to start than ImageIO, and it writes no temporary files.
 *
 * <p>Not thread-safe.
 */
final class Png implements AutoCloseable {
  private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
  private static final byte UP = 2;

  private final Deflater deflater = new Deflater(Deflater.BEST_SPEED);

  /** A picture of opaque pixels, line by line from the top. */
  byte[] encode(int[] argb, int width, int height) {
    byte[] lines = new byte[height * (1 + 3 * width)];
    int at = 0;
    for (int y = 0; y < height; y++) {
      lines[at++] = UP;
      for (int x = 0; x < width; x++) {
        int pixel = argb[y * width + x];
        int above = y == 0 ? 0 : argb[(y - 1) * width + x];
        lines[at++] = (byte) ((pixel >> 16) - (above >> 16));
        lines[at++] = (byte) ((pixel >> 8) - (above >> 8));
        lines[at++] = (byte) (pixel - above);
      }
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream(1 << 14);
    out.writeBytes(SIGNATURE);
    byte[] header =
        ByteBuffer.allocate(13)
            .putInt(width)
            .putInt(height)
            .put(new byte[] {8, 2, 0, 0, 0})
            .array();
    chunk("IHDR", header, out);
    chunk("IDAT", deflated(lines), out);
    chunk("IEND", new byte[0], out);
    return out.toByteArray();
  }

  private byte[] deflated(byte[] lines) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(1 << 14);
    byte[] buffer = new byte[1 << 14];
    deflater.reset();
    deflater.setInput(lines);
    deflater.finish();
    while (!deflater.finished()) {
      out.write(buffer, 0, deflater.deflate(buffer));
    }
    return out.toByteArray();
  }

  private static void chunk(String type, byte[] content, ByteArrayOutputStream out) {
    ByteBuffer chunk = ByteBuffer.allocate(12 + content.length).putInt(content.length);
    chunk.put(type.getBytes(StandardCharsets.US_ASCII)).put(content);
    CRC32 sum = new CRC32();
    sum.update(chunk.array(), 4, 4 + content.length);
    out.writeBytes(chunk.putInt((int) sum.getValue()).array());
  }

  @Override
  public void close() {
    deflater.end();
  }
}
