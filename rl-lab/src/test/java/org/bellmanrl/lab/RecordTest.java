package org.bellmanrl.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.metadata.IIOMetadataNode;
import javax.imageio.stream.ImageInputStream;
import org.jcodec.common.io.NIOUtils;
import org.jcodec.common.io.SeekableByteChannel;
import org.jcodec.containers.mp4.demuxer.MP4Demuxer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code rl play --record}. The policy takes six steps: seven pictures. */
class RecordTest {
  @TempDir static Path shared;
  private static Path lake;

  @TempDir Path folder;

  @BeforeAll
  static void train() {
    lake = shared.resolve("lake");
    Rl.ok(
        "train",
        "q-learning",
        "FrozenLake-v1",
        "--env",
        "is_slippery=false",
        "--out",
        lake,
        "--quiet");
  }

  @Test
  void record_gif_readsBackWithFramesAndDelays() throws IOException {
    Path file = folder.resolve("new/lake.gif");
    String out = Rl.ok("play", lake, "--record", file, "--size", 120, "--fps", 5, "--episodes", 2);
    assertThat(out).contains("return 1 in 6 steps", "14 pictures of 120 by 120");
    ImageReader reader = ImageIO.getImageReadersBySuffix("gif").next();
    try (ImageInputStream stream = ImageIO.createImageInputStream(file.toFile())) {
      reader.setInput(stream);
      assertThat(reader.getNumImages(true)).isEqualTo(14);
      for (int i = 0; i < 14; i++) {
        IIOMetadataNode root = metadata(reader, i);
        IIOMetadataNode control =
            (IIOMetadataNode) root.getElementsByTagName("GraphicControlExtension").item(0);
        // A fifth of a second each, and a second for how it ended.
        assertThat(control.getAttribute("delayTime")).isEqualTo(i % 7 == 6 ? "100" : "20");
        assertThat(root.getElementsByTagName("ApplicationExtension").getLength())
            .isEqualTo(i == 0 ? 1 : 0);
      }
      assertThat(reader.read(0).getWidth()).isEqualTo(120);
      // A step changes two tiles at most.
      assertThat(reader.getWidth(1) * reader.getHeight(1)).isLessThan(120 * 120 / 4);
    } finally {
      reader.dispose();
    }
    assertThat(file.resolveSibling("lake.gif.part")).doesNotExist();
  }

  private static IIOMetadataNode metadata(ImageReader reader, int frame) throws IOException {
    return (IIOMetadataNode)
        reader.getImageMetadata(frame).getAsTree("javax_imageio_gif_image_1.0");
  }

  @Test
  void record_mp4_isAFilmOfThatLength() throws IOException {
    Path file = folder.resolve("lake.mp4");
    Rl.ok("play", lake, "--record", file, "--size", 64, "--fps", 5);
    try (SeekableByteChannel channel = NIOUtils.readableChannel(file.toFile())) {
      var meta = MP4Demuxer.createMP4Demuxer(channel).getVideoTrack().getMeta();
      // Six pictures and a second of the last one.
      assertThat(meta.getTotalFrames()).isEqualTo(11);
      assertThat(meta.getTotalDuration()).isEqualTo(2.2);
      assertThat(meta.getVideoCodecMeta().getSize().getWidth()).isEqualTo(64);
    }
  }

  @Test
  void record_png_showsMomentsSideBySide() throws IOException {
    Path file = folder.resolve("lake.png");
    Rl.ok("play", lake, "--record", file, "--size", 80);
    BufferedImage sheet = ImageIO.read(file.toFile());
    // Six of seven moments, so that no place is empty: three columns, two rows, and the space
    // between.
    assertThat(sheet.getWidth()).isEqualTo(3 * 80 + 2 * 8);
    assertThat(sheet.getHeight()).isEqualTo(2 * 80 + 8);
  }

  @Test
  void record_overAFile_replacesIt() throws IOException {
    Path file = Files.writeString(folder.resolve("lake.png"), "mine");
    Rl.ok("play", lake, "--record", file, "--size", 32);
    assertThat(ImageIO.read(file.toFile())).isNotNull();
  }

  /** No file may grow beyond 4 KiB: as on a full disk, writing fails in the middle of a file. */
  @Test
  void record_whereItDoesNotFit_namesTheFileAndLeavesNothing() throws Exception {
    RlProcess process =
        RlProcess.startIn(
            folder,
            List.of("bash", "-c", "ulimit -f 4; exec \"$@\"", "bash"),
            "play",
            lake,
            "--record",
            folder.resolve("lake.gif"));
    assertThat(process.status()).isEqualTo(2);
    assertThat(process.output())
        .contains("error: cannot write " + folder.resolve("lake.gif") + ": File too large");
    assertThat(folder.resolve("lake.gif.part")).doesNotExist();
    assertThat(folder.resolve("lake.gif")).doesNotExist();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--record a.webm | .gif, .mp4 or .png",
        "--record gif | .gif, .mp4 or .png",
        "--record a.gif --size 5 | --size must be from 16 to 2000, was 5",
        "--record a.gif --fps 0 | --fps must be above 0",
        "--size 100 | --record",
      })
  void record_whatCannotBe_isRefused(String words, String expected) {
    String[] given = ("play " + lake + " " + words.strip()).split(" ", -1);
    Rl rl = Rl.run((Object[]) given);
    assertThat(rl.status()).isEqualTo(2);
    assertThat(rl.err()).hasLineCount(1).contains(expected);
  }
}
