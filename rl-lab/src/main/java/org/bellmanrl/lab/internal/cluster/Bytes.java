package org.bellmanrl.lab.internal.cluster;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Bytes in memory: written, and read back from such streams. */
final class Bytes {
  private Bytes() {}

  /** What can be read from bytes. */
  static DataInputStream in(byte[] bytes) {
    return new DataInputStream(new ByteArrayInputStream(bytes));
  }

  /** Writes a length and as many bytes. */
  static void write(DataOutputStream out, byte[] bytes) throws IOException {
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @throws IOException if there are not as many bytes as the length says
   */
  static byte[] read(DataInputStream in) throws IOException {
    int length = in.readInt();
    if (length < 0 || length > in.available()) {
      throw new IOException("%d bytes should follow, and %d do".formatted(length, in.available()));
    }
    return in.readNBytes(length);
  }

  /** Writes. */
  interface Writer {
    /** Writes everything. */
    void write(DataOutputStream out) throws IOException;
  }

  /** What a writer writes. */
  static byte[] of(Writer writer) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      writer.write(new DataOutputStream(bytes));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }
}
