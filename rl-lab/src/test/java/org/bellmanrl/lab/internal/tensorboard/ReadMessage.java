package org.bellmanrl.lab.internal.tensorboard;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A message of protocol buffers, read field by field after the description of the encoding. */
final class ReadMessage {
  private final Map<Integer, List<Object>> fields = new TreeMap<>();

  /** Reads a whole message. */
  public ReadMessage(byte[] content) {
    ByteBuffer in = ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN);
    while (in.hasRemaining()) {
      long key = varint(in);
      Object value =
          switch ((int) (key & 7)) {
            case 0 -> varint(in);
            case 1 -> in.getDouble();
            case 2 -> {
              byte[] bytes = new byte[Math.toIntExact(varint(in))];
              in.get(bytes);
              yield bytes;
            }
            case 5 -> in.getFloat();
            default -> throw new AssertionError("wire type " + (key & 7));
          };
      fields.computeIfAbsent((int) (key >>> 3), number -> new ArrayList<>()).add(value);
    }
  }

  private static long varint(ByteBuffer in) {
    long value = 0;
    for (int shift = 0; ; shift += 7) {
      byte next = in.get();
      value |= (next & 0x7fL) << shift;
      if (next >= 0) {
        return value;
      }
    }
  }

  /** The numbers of the fields that there are. */
  public List<Integer> numbers() {
    return List.copyOf(fields.keySet());
  }

  /** All values of a field. */
  public List<Object> all(int field) {
    return fields.getOrDefault(field, List.of());
  }

  private Object one(int field) {
    assertThat(all(field)).as("field %d", field).hasSize(1);
    return all(field).getFirst();
  }

  /** The one integer of a field. */
  public long integer(int field) {
    return (Long) one(field);
  }

  /** The one real number of a field. */
  public double real(int field) {
    return ((Number) one(field)).doubleValue();
  }

  /** The one sequence of bytes of a field. */
  public byte[] bytes(int field) {
    return (byte[]) one(field);
  }

  /** The one text of a field. */
  public String text(int field) {
    return new String(bytes(field), StandardCharsets.UTF_8);
  }

  /** The one message of a field. */
  public ReadMessage message(int field) {
    return new ReadMessage(bytes(field));
  }

  /** All messages of a field. */
  public List<ReadMessage> messages(int field) {
    return all(field).stream().map(bytes -> new ReadMessage((byte[]) bytes)).toList();
  }

  /** The packed doubles of a field. */
  public double[] doubles(int field) {
    ByteBuffer in = ByteBuffer.wrap(bytes(field)).order(ByteOrder.LITTLE_ENDIAN);
    double[] values = new double[in.remaining() / Double.BYTES];
    in.asDoubleBuffer().get(values);
    return values;
  }

  /** The packed integers of a field. */
  public long[] integers(int field) {
    ByteBuffer in = ByteBuffer.wrap(bytes(field));
    List<Long> values = new ArrayList<>();
    while (in.hasRemaining()) {
      values.add(varint(in));
    }
    return values.stream().mapToLong(Long::longValue).toArray();
  }
}
