package org.bellmanrl.lab.internal.tensorboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import javax.imageio.ImageIO;
import org.bellmanrl.results.document.UserError;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EventFileTest {
  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void nameFile() {
    file = folder.resolve(EventFile.NAME);
  }

  /** Reads records after the description of their format, its check sum worked out bit by bit. */
  private static List<ReadMessage> events(Path file) throws IOException {
    ByteBuffer in = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
    List<ReadMessage> events = new ArrayList<>();
    while (in.hasRemaining()) {
      byte[] length = new byte[8];
      in.get(in.position(), length);
      byte[] content = new byte[Math.toIntExact(in.getLong())];
      assertThat(in.getInt()).isEqualTo(masked(length));
      in.get(content);
      assertThat(in.getInt()).isEqualTo(masked(content));
      events.add(new ReadMessage(content));
    }
    return events;
  }

  /** CRC-32C (polynomial 0x1edc6f41, reflected 0x82f63b78), then turned by 15 bits and shifted. */
  private static int masked(byte[] content) {
    int crc = -1;
    for (byte b : content) {
      crc ^= b & 0xff;
      for (int bit = 0; bit < 8; bit++) {
        crc = (crc & 1) == 0 ? crc >>> 1 : (crc >>> 1) ^ 0x82f63b78;
      }
    }
    crc = ~crc;
    return ((crc >>> 15) | (crc << 17)) + 0xa282ead8;
  }

  private static ReadMessage value(ReadMessage event) {
    return event.message(5).message(1);
  }

  @Test
  void crc_ofTheTestIsThatOfTheStandard() {
    // RFC 3720, appendix B.4: 32 bytes of zeros have the sum 8a9136aa.
    assertThat(masked(new byte[32])).isEqualTo(Integer.rotateRight(0x8a9136aa, 15) + 0xa282ead8);
  }

  @Test
  void open_beginsWithTheVersion() throws IOException {
    try (EventFile events = EventFile.open(file, 0, 12.5)) {
      assertThat(events.length()).isPositive();
    }
    List<ReadMessage> events = events(file);
    assertThat(events).hasSize(1);
    assertThat(events.getFirst().real(1)).isEqualTo(12.5);
    assertThat(events.getFirst().text(3)).isEqualTo("brain.Event:2");
  }

  @Test
  void scalar_isReadBackAsFloat() throws IOException {
    try (EventFile events = EventFile.open(file, 0, 0)) {
      events.scalar(1_234_567_890_123L, 1.75e9, "episode/return", 0.1);
      events.scalar(7, 3, "loss", Double.NaN);
    }
    List<ReadMessage> events = events(file);
    assertThat(events).hasSize(3);
    assertThat(events.get(1).real(1)).isEqualTo(1.75e9);
    assertThat(events.get(1).integer(2)).isEqualTo(1_234_567_890_123L);
    assertThat(value(events.get(1)).text(1)).isEqualTo("episode/return");
    assertThat(value(events.get(1)).real(2)).isEqualTo((double) 0.1f);
    assertThat(value(events.get(2)).real(2)).isNaN();
  }

  @Test
  void histogram_countsEveryNumberInABucket() throws IOException {
    float[] numbers = {0, 1, 1, 2, 30, 29.5f, 15};
    try (EventFile events = EventFile.open(file, 0, 0)) {
      events.histogram(5, 1, "weights", numbers);
      events.histogram(6, 1, "weights", new float[] {3, 3, 3, 3});
    }
    ReadMessage spread = value(events(file).get(1)).message(5);
    assertThat(spread.real(1)).isZero();
    assertThat(spread.real(2)).isEqualTo(30);
    assertThat(spread.real(3)).isEqualTo(7);
    assertThat(spread.real(4)).isEqualTo(78.5);
    assertThat(spread.real(5)).isEqualTo(1 + 1 + 4 + 900 + 870.25 + 225);
    double[] limits = spread.doubles(6);
    double[] counts = spread.doubles(7);
    assertThat(limits).hasSize(30).isSorted();
    assertThat(limits[0]).isEqualTo(1);
    assertThat(limits[29]).isEqualTo(30);
    double[] expected = new double[30];
    expected[0] = 1; // 0 in [0, 1)
    expected[1] = 2; // both 1 in [1, 2)
    expected[2] = 1;
    expected[15] = 1;
    expected[29] = 2; // 29.5, and the greatest with it
    assertThat(counts).containsExactly(expected);

    ReadMessage same = value(events(file).get(2)).message(5);
    assertThat(same.real(1)).isEqualTo(3);
    assertThat(same.doubles(6)[29]).isEqualTo(3.5);
    assertThat(Arrays.stream(same.doubles(7)).sum()).isEqualTo(4);
  }

  @Test
  void histogram_ofWhatHasNoDistribution_isRefused() {
    try (EventFile events = EventFile.open(file, 0, 0)) {
      long length = events.length();
      assertThatThrownBy(() -> events.histogram(1, 1, "w", new float[0]))
          .hasMessageContaining("'w'")
          .hasMessageContaining("at least one");
      assertThatThrownBy(() -> events.histogram(1, 1, "w", new float[] {1, Float.NaN}))
          .hasMessageContaining("number 1 was NaN");
      assertThat(events.length()).isEqualTo(length);
    }
  }

  @Test
  void text_isATensorOfOneStringForThePluginOfTexts() throws IOException {
    try (EventFile events = EventFile.open(file, 0, 0)) {
      events.text(3, 1, "run", "**ε** = 0.1");
    }
    ReadMessage value = value(events(file).get(1));
    assertThat(value.text(1)).isEqualTo("run");
    assertThat(value.message(8).integer(1)).isEqualTo(7);
    assertThat(value.message(8).message(2).message(2).integer(1)).isEqualTo(1);
    assertThat(value.message(8).text(8)).isEqualTo("**ε** = 0.1");
    assertThat(value.message(9).message(1).text(1)).isEqualTo("text");
  }

  @Test
  void image_keepsThePng() throws IOException {
    BufferedImage picture = new BufferedImage(5, 3, BufferedImage.TYPE_INT_RGB);
    picture.setRGB(4, 2, 0x123456);
    ByteArrayOutputStream png = new ByteArrayOutputStream();
    ImageIO.write(picture, "png", png);
    try (EventFile events = EventFile.open(file, 0, 0)) {
      events.image(9, 1, "frame", 5, 3, png.toByteArray());
    }
    ReadMessage image = value(events(file).get(1)).message(4);
    assertThat(image.integer(1)).isEqualTo(3);
    assertThat(image.integer(2)).isEqualTo(5);
    assertThat(image.integer(3)).isEqualTo(3);
    BufferedImage read = ImageIO.read(new ByteArrayInputStream(image.bytes(4)));
    assertThat(read.getRGB(4, 2) & 0xffffff).isEqualTo(0x123456);
  }

  @Test
  void open_withALengthToKeep_goesOnAsIfNothingHadComeBehind() throws IOException {
    Path undisturbed = folder.resolve("undisturbed");
    try (EventFile events = EventFile.open(undisturbed, 0, 1)) {
      events.scalar(1, 1, "return", 1);
      events.scalar(2, 2, "return", 2);
    }
    long kept;
    try (EventFile events = EventFile.open(file, 0, 1)) {
      events.scalar(1, 1, "return", 1);
      events.flush();
      kept = events.length();
      assertThat(Files.size(file)).isEqualTo(kept);
      events.scalar(2, 2, "return", 77);
      events.scalar(3, 3, "return", 78);
      events.sync();
      assertThat(Files.size(file)).isEqualTo(events.length()).isGreaterThan(kept);
    }
    try (EventFile events = EventFile.open(file, kept, 9)) {
      assertThat(events.length()).isEqualTo(kept);
      events.scalar(2, 2, "return", 2);
    }
    assertThat(file).hasSameBinaryContentAs(undisturbed);
  }

  @Test
  void open_ofAnOldFileFromItsStart_beginsAnew() throws IOException {
    Files.write(file, "something else".getBytes(StandardCharsets.UTF_8));
    EventFile.open(file, 0, 1).close();
    assertThat(events(file)).hasSize(1);
  }

  @Test
  void open_ofAShortenedOrDamagedFile_namesIt() throws IOException {
    long kept;
    try (EventFile events = EventFile.open(file, 0, 1)) {
      for (int i = 0; i < 20; i++) {
        events.scalar(i, i, "return", i);
      }
      kept = events.length();
    }
    byte[] whole = Files.readAllBytes(file);
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < 50; i++) {
      Files.write(file, Arrays.copyOf(whole, random.nextInt(whole.length)));
      assertThatThrownBy(() -> EventFile.open(file, kept, 1))
          .isInstanceOf(UserError.class)
          .hasMessageContaining(file.toString())
          .hasMessageContaining("was cut");
    }
    int record = (whole.length - firstRecord(whole)) / 20;
    for (int i = 0; i < 50; i++) {
      byte[] flipped = whole.clone();
      // A bit in the header of any record but the first, whose length is another.
      int at = firstRecord(whole) + record * random.nextInt(20) + random.nextInt(12);
      flipped[at] ^= (byte) (1 << random.nextInt(8));
      Files.write(file, flipped);
      assertThatThrownBy(() -> EventFile.open(file, kept, 1))
          .isInstanceOf(UserError.class)
          .hasMessageContaining(file + " is damaged");
    }
    Files.write(file, whole);
    assertThatThrownBy(() -> EventFile.open(file, kept - 1, 1))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("no record that ends by byte " + (kept - 1));
    assertThat(Files.readAllBytes(file)).isEqualTo(whole);
  }

  private static int firstRecord(byte[] whole) {
    return 12 + whole[0] + 4;
  }

  @Test
  void open_whereNothingCanBeWritten_saysSo() {
    assertThatThrownBy(() -> EventFile.open(folder.resolve("none/events"), 0, 1))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("cannot write the events in");
  }

  @Test
  void close_again_doesNothing() throws IOException {
    EventFile events = EventFile.open(file, 0, 1);
    events.scalar(1, 1, "return", 1);
    events.close();
    events.close();
    assertThat(events(file)).hasSize(2);
  }
}
