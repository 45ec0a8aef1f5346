package org.bellmanrl.grpc.internal;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.WireFormat;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.bellmanrl.api.EnvironmentSpec;
import org.bellmanrl.api.Observations;
import org.bellmanrl.api.Outcomes;
import org.bellmanrl.api.space.Columns;
import org.bellmanrl.api.space.Layout;
import org.bellmanrl.lab.serve.Episodes;
import org.bellmanrl.lab.serve.RefusedException;
import org.bellmanrl.lab.serve.RefusedException.Reason;

/**
 * The messages of {@code learner.proto} in protobuf's encoding, read straight into columns and
 * written from them.
 */
final class Wire {
  private static final int BEGIN = 1;
  private static final int OUTCOME = 2;
  private static final byte[] ENDED = message(out -> out.writeByteArray(2, new byte[0]));

  private Wire() {}

  /** Writes the fields of a message. */
  private interface Fields {
    void writeTo(CodedOutputStream out) throws IOException;
  }

  private static byte[] message(Fields fields) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    CodedOutputStream out = CodedOutputStream.newInstance(bytes);
    try {
      fields.writeTo(out);
      out.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /** An {@code Answer} with the action in row 0. */
  static byte[] action(Columns action) {
    byte[] value = value(action);
    return message(out -> out.writeByteArray(1, value));
  }

  /** An {@code Answer} that says that the episode has ended. */
  static byte[] ended() {
    return ENDED;
  }

  /** A {@code Value}, of row 0. */
  static byte[] value(Columns columns) {
    return message(out -> {
      byte[] ints =
          message(packed -> {
            for (int number : columns.ints()) {
              packed.writeInt32NoTag(number);
            }
          });
      byte[] floats =
          message(packed -> {
            for (float number : columns.floats()) {
              packed.writeFloatNoTag(number);
            }
          });
      byte[][] parts = {ints, floats, columns.bytes()};
      for (int i = 0; i < parts.length; i++) {
        if (parts[i].length > 0) {
          out.writeByteArray(i + 1, parts[i]);
        }
      }
    });
  }

  /** A {@code Status}. */
  static byte[] status(EnvironmentSpec spec, Episodes.Status status) {
    return message(out -> {
      out.writeString(1, spec.name());
      out.writeString(2, spec.observationSpace().toString());
      out.writeString(3, spec.actionSpace().toString());
      out.writeBool(4, status.learning());
      out.writeInt64(5, status.steps());
      out.writeInt64(6, status.episodes());
      out.writeInt32(7, status.running());
      out.writeInt32(8, status.most());
      out.writeInt64(9, status.abandoned());
      out.writeDouble(10, status.meanReturn());
    });
  }

  /**
   * Reads a {@code Move}.
   *
   * @param into is filled with the outcome; its observation with the first one, if the move begins
   *     an episode
   * @return whether it begins an episode
   * @throws RefusedException if it lacks something or has what is not in {@code learner.proto}
   * @throws InvalidProtocolBufferException if it is no message at all
   */
  static boolean readMove(byte[] bytes, Outcomes into)
      throws RefusedException, InvalidProtocolBufferException {
    into.reward()[0] = 0;
    into.discount()[0] = 1;
    into.terminated()[0] = false;
    into.truncated()[0] = false;
    CodedInputStream in = CodedInputStream.newInstance(bytes);
    try {
      int tag = in.readTag();
      int field = WireFormat.getTagFieldNumber(tag);
      switch (tag == 0 ? 0 : field) {
        case 0 -> throw invalid("a move must begin an episode or tell an outcome, was empty");
        case BEGIN -> nested(in, tag, "Move", () -> readObservation(in, into.observations()));
        case OUTCOME -> nested(in, tag, "Move", () -> readOutcome(in, into));
        default -> throw unknown("Move", tag);
      }
      if (!in.isAtEnd()) {
        throw invalid("a move must either begin an episode or tell an outcome, once");
      }
      return field == BEGIN;
    } catch (InvalidProtocolBufferException | RefusedException e) {
      throw e;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Reads the fields of a message. */
  private interface Reader {
    void read() throws IOException, RefusedException;
  }

  private static void nested(CodedInputStream in, int tag, String message, Reader reader)
      throws IOException, RefusedException {
    if (WireFormat.getTagWireType(tag) != WireFormat.WIRETYPE_LENGTH_DELIMITED) {
      throw unknown(message, tag);
    }
    int limit = in.pushLimit(in.readRawVarint32());
    reader.read();
    in.checkLastTagWas(0);
    in.popLimit(limit);
  }

  private static void readOutcome(CodedInputStream in, Outcomes into)
      throws IOException, RefusedException {
    boolean seen = false;
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      switch (tag) {
        case 1 << 3 | WireFormat.WIRETYPE_FIXED64 -> into.reward()[0] = in.readDouble();
        case 2 << 3 | WireFormat.WIRETYPE_LENGTH_DELIMITED -> {
          nested(in, tag, "Outcome", () -> readObservation(in, into.observations()));
          seen = true;
        }
        case 3 << 3 | WireFormat.WIRETYPE_VARINT -> into.terminated()[0] = in.readBool();
        case 4 << 3 | WireFormat.WIRETYPE_VARINT -> into.truncated()[0] = in.readBool();
        default -> throw unknown("Outcome", tag);
      }
    }
    if (!seen) {
      throw invalid("an outcome must have an observation, also if the episode is over");
    }
  }

  private static void readObservation(CodedInputStream in, Observations into)
      throws IOException, RefusedException {
    boolean[] mask = into.mask();
    int told = 0;
    boolean seen = false;
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      switch (WireFormat.getTagFieldNumber(tag)) {
        case 1 -> {
          nested(in, tag, "Observation", () -> readValue(in, into.values()));
          seen = true;
        }
        case 2 ->
            told =
                elements(
                    in,
                    tag,
                    WireFormat.WIRETYPE_VARINT,
                    told,
                    "mask",
                    mask.length,
                    i -> mask[i] = in.readBool());
        default -> throw unknown("Observation", tag);
      }
    }
    if (!seen) {
      throw invalid("an observation must have a value");
    }
    if (told != mask.length) {
      throw invalid("mask must have %d elements, had %d".formatted(mask.length, told));
    }
  }

  private static void readValue(CodedInputStream in, Columns into)
      throws IOException, RefusedException {
    int[] ints = into.ints();
    float[] floats = into.floats();
    int intsTold = 0;
    int floatsTold = 0;
    byte[] bytes = {};
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      switch (WireFormat.getTagFieldNumber(tag)) {
        case 1 ->
            intsTold =
                elements(
                    in,
                    tag,
                    WireFormat.WIRETYPE_VARINT,
                    intsTold,
                    "ints",
                    ints.length,
                    i -> ints[i] = in.readInt32());
        case 2 ->
            floatsTold =
                elements(
                    in,
                    tag,
                    WireFormat.WIRETYPE_FIXED32,
                    floatsTold,
                    "floats",
                    floats.length,
                    i -> floats[i] = in.readFloat());
        case 3 -> {
          if (WireFormat.getTagWireType(tag) != WireFormat.WIRETYPE_LENGTH_DELIMITED) {
            throw unknown("Value", tag);
          }
          bytes = in.readByteArray();
        }
        default -> throw unknown("Value", tag);
      }
    }
    Layout layout = into.layout();
    if (intsTold != layout.ints()
        || floatsTold != layout.floats()
        || bytes.length != layout.bytes()) {
      throw invalid(
          "a value in %s has %d ints, %d floats and %d bytes, was told %d, %d and %d"
              .formatted(
                  into.space(),
                  layout.ints(),
                  layout.floats(),
                  layout.bytes(),
                  intsTold,
                  floatsTold,
                  bytes.length));
    }
    System.arraycopy(bytes, 0, into.bytes(), 0, bytes.length);
  }

  /** Reads an element of a repeated field. */
  private interface Element {
    void read(int index) throws IOException;
  }

  /**
   * Reads one element of a repeated field, or several that are packed.
   *
   * @param told how many elements there have been before
   * @param most how many there may be
   * @return how many elements there have been now
   */
  private static int elements(
      CodedInputStream in, int tag, int type, int told, String name, int most, Element element)
      throws IOException, RefusedException {
    int given = WireFormat.getTagWireType(tag);
    int count = told;
    if (given == type) {
      readElement(count++, name, most, element);
    } else if (given == WireFormat.WIRETYPE_LENGTH_DELIMITED) {
      int limit = in.pushLimit(in.readRawVarint32());
      while (in.getBytesUntilLimit() > 0) {
        readElement(count++, name, most, element);
      }
      in.popLimit(limit);
    } else {
      throw unknown(name, tag);
    }
    return count;
  }

  private static void readElement(int index, String name, int most, Element element)
      throws IOException, RefusedException {
    if (index == most) {
      throw invalid("%s must have %d elements, had more".formatted(name, most));
    }
    element.read(index);
  }

  private static RefusedException unknown(String message, int tag) {
    return invalid(
        "%s has field %d of wire type %d, which bellman/v1/learner.proto does not have"
            .formatted(message, WireFormat.getTagFieldNumber(tag), WireFormat.getTagWireType(tag)));
  }

  private static RefusedException invalid(String message) {
    return new RefusedException(Reason.INVALID, message);
  }
}
