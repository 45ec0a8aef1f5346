package org.bellmanrl.grpc.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.InvalidProtocolBufferException;
import java.util.HexFormat;
import java.util.Map;
import org.bellmanrl.api.EnvironmentSpec;
import org.bellmanrl.api.Outcomes;
import org.bellmanrl.api.space.Box;
import org.bellmanrl.api.space.Dict;
import org.bellmanrl.api.space.Discrete;
import org.bellmanrl.api.space.MultiDiscrete;
import org.bellmanrl.lab.serve.Episodes;
import org.bellmanrl.lab.serve.RefusedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The bytes of messages, which protobuf 7.36.2 for Python has written from learner.proto. */
class WireTest {
  private static final EnvironmentSpec SPEC =
      EnvironmentSpec.of(
              "t",
              Dict.of(
                  Map.of(
                      "kinds", new MultiDiscrete(5, 5, 301),
                      "picture", Box.pixels(1, 3, 1),
                      "place", Box.of(-9, 9, 2))),
              new Discrete(3, 0))
          .withMask();
  private static final String VALUE =
      "0a0d03ffffffffffffffffff01ac0212080000003f000000c01a030007ff";
  private static final String OBSERVATION = "0a1e" + VALUE + "1203010001";

  private final Outcomes told = new Outcomes(SPEC, 1);

  private boolean read(String hex) throws RefusedException, InvalidProtocolBufferException {
    return Wire.readMove(HexFormat.of().parseHex(hex), told);
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }

  @Test
  void moves_areReadAsProtobufWritesThem() throws Exception {
    assertThat(read("123409000000000000f8bf1225" + OBSERVATION + "18012001")).isFalse();
    assertThat(told.reward()[0]).isEqualTo(-1.5);
    assertThat(told.terminated()[0]).isTrue();
    assertThat(told.truncated()[0]).isTrue();
    assertThat(read("0a25" + OBSERVATION)).isTrue();
    assertThat(told.observations().values().ints()).containsExactly(3, -1, 300);
    assertThat(told.observations().values().floats()).containsExactly(0.5f, -2f);
    assertThat(told.observations().values().bytes()).containsExactly(0, 7, 255);
    assertThat(told.observations().mask()).containsExactly(true, false, true);
    assertThat(told.terminated()[0]).as("that of the move before").isFalse();
  }

  @Test
  void repeatedFields_areReadUnpackedToo() throws Exception {
    String ints = "0803" + "08ffffffffffffffffff01" + "08ac02";
    String floats = "150000003f" + "15000000c0";
    assertThat(read("0a27" + "0a1f" + ints + floats + "1a030007ff" + "1001" + "1000" + "1001"))
        .isTrue();
    assertThat(told.observations().values().ints()).containsExactly(3, -1, 300);
    assertThat(told.observations().values().floats()).containsExactly(0.5f, -2f);
    assertThat(told.observations().mask()).containsExactly(true, false, true);
  }

  @Test
  void answers_areWrittenAsProtobufWritesThem() throws Exception {
    read("0a25" + OBSERVATION);

    assertThat(hex(Wire.action(told.observations().values()))).isEqualTo("0a1e" + VALUE);
    assertThat(hex(Wire.ended())).isEqualTo("1200");
    // The names of the spaces, which are long, are field 2; the action space field 3.
    assertThat(hex(Wire.status(SPEC, new Episodes.Status(true, 300, 2, 1, 4, 5, -0.5))))
        .startsWith("0a0174" + "12")
        .endsWith("200128ac02300238014004480551000000000000e0bf");
  }

  @ParameterizedTest
  @CsvSource({
    "'', was empty",
    "1a00, Move has field 3",
    "0800, field 1 of wire type 0",
    "0a00, must have a value",
    "1200, must have an observation",
    "12021a00, Outcome has field 3 of wire type 2",
    "0a020a00, 'was told 0, 0 and 0'",
    "0a041a020801, Observation has field 3",
    "0a040a022001, Value has field 4",
    "0a040a020d00, ints has field 1 of wire type 5",
    "0a080a060a0401020304, ints must have 3 elements"
  })
  void moves_thatAreWrong_areRefused(String hex, String complaint) {
    assertThatThrownBy(() -> read(hex))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining(complaint);
  }

  @Test
  void masks_ofAnotherWidth_areRefused() {
    assertThatThrownBy(() -> read("0a24" + "0a1e" + VALUE + "12020100"))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("mask must have 3 elements, had 2");
  }

  @ParameterizedTest
  @CsvSource({"0a7f", "0aff", "0affffffff0f", "00", "120309"})
  void bytes_thatAreNoMessage_areRefused(String hex) {
    assertThatThrownBy(() -> read(hex)).isInstanceOf(InvalidProtocolBufferException.class);
  }
}
