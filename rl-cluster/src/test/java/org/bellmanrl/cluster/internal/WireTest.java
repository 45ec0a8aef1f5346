package org.bellmanrl.cluster.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class WireTest {
  static Stream<Wire.Message> messages() {
    byte[] bytes = {1, -2, 3};
    return Stream.of(
        new Wire.Challenge(bytes),
        new Wire.Hello("a", "b:1", 3, Map.of("x", "y", "ä", ""), bytes, new byte[0]),
        new Wire.Welcome(bytes),
        new Wire.Refusal("no"),
        new Wire.Status(List.of("one", "two")),
        new Wire.StageBytes(Long.MAX_VALUE, bytes),
        new Wire.JobBytes(1, 2, bytes),
        new Wire.Stop(-1),
        new Wire.Report(3, bytes),
        new Wire.Result(4, bytes),
        new Wire.Failure(5, "why"),
        new Wire.Unfit(6, "why"),
        new Wire.Leaving(),
        new Wire.Fetch("ab", 7),
        new Wire.FilePart("ab", 1L << 40, bytes, new byte[300]),
        new Wire.NoFile("ab", 7));
  }

  private static byte[] written(Wire.Message message) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    Wire.write(new DataOutputStream(bytes), message);
    return bytes.toByteArray();
  }

  private static Wire.Message read(byte... bytes) throws IOException {
    return Wire.read(new DataInputStream(new ByteArrayInputStream(bytes)));
  }

  @ParameterizedTest
  @MethodSource("messages")
  void read_ofWhatWasWritten_isTheMessage(Wire.Message message) throws IOException {
    assertThat(read(written(message))).usingRecursiveComparison().isEqualTo(message);
  }

  @Test
  void messages_areOfEveryKind() {
    assertThat(messages().map(Object::getClass))
        .containsExactlyInAnyOrder(Wire.Message.class.getPermittedSubclasses());
  }

  @Test
  void read_ofWhatIsNoMessage_isRefused() {
    assertThatThrownBy(() -> read((byte) 99)).hasMessage("a message of unknown kind 99");
    assertThatThrownBy(() -> read((byte) 3, (byte) -1, (byte) 0, (byte) 0, (byte) 0))
        .hasMessageContaining("expected one in [0, 1073741824]");
    // A gigabyte that is claimed and does not come.
    assertThatThrownBy(() -> read((byte) 3, (byte) 0x40, (byte) 0, (byte) 0, (byte) 0))
        .hasMessage("the connection ended in the middle of a message");
    assertThatThrownBy(WireTest::read).isInstanceOf(EOFException.class);
  }

  /** Whatever comes, nothing but an IOException leaves. */
  @ParameterizedTest
  @MethodSource("messages")
  void read_ofDamagedBytes_endsInOrder(Wire.Message message) throws IOException {
    Random random = new Random(4);
    for (int i = 0; i < 300; i++) {
      byte[] bytes = written(message);
      bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
      try {
        assertThat(read(bytes)).isNotNull();
      } catch (IOException e) {
        assertThat(e).isNotNull();
      }
    }
  }
}
