package org.bellmanrl.lab.internal.record;

import java.io.IOException;
import java.nio.file.Path;
import org.jcodec.api.SequenceEncoder;
import org.jcodec.common.Codec;
import org.jcodec.common.Format;
import org.jcodec.common.io.NIOUtils;
import org.jcodec.common.io.SeekableByteChannel;
import org.jcodec.common.model.ColorSpace;
import org.jcodec.common.model.Picture;
import org.jcodec.common.model.Rational;

/** An H.264 film. Pictures that are to be seen longer are written several times. */
final class Mp4 implements Recording.Format {
  private static final int THOUSANDTHS = 1000;

  private final double framesPerSecond;
  private final SeekableByteChannel channel;
  private final SequenceEncoder encoder;
  private final Picture picture;

  Mp4(Path file, int width, int height, double framesPerSecond) throws IOException {
    this.framesPerSecond = framesPerSecond;
    this.channel = NIOUtils.writableChannel(file.toFile());
    Rational rate =
        Rational.R((int) Math.max(1, Math.round(framesPerSecond * THOUSANDTHS)), THOUSANDTHS);
    this.encoder = new SequenceEncoder(channel, rate, Format.MOV, Codec.H264, null);
    this.picture = Picture.create(width, height, ColorSpace.RGB);
  }

  @Override
  public void add(int[] argb, double seconds) throws IOException {
    byte[] bytes = picture.getPlaneData(0);
    for (int i = 0; i < bytes.length / 3; i++) {
      bytes[3 * i] = sample(argb[i] >> 16 & 0xFF);
      bytes[3 * i + 1] = sample(argb[i] >> 8 & 0xFF);
      bytes[3 * i + 2] = sample(argb[i] & 0xFF);
    }
    long times = Math.max(1, Math.round(seconds * framesPerSecond));
    for (long i = 0; i < times; i++) {
      encoder.encodeNativeFrame(picture);
    }
  }

  /**
   * A sample as the library wants it, less 128. It converts as if black were 0 and white 255 but
   * doesn't say so in the file; players then take 16 for black and 235 for white, so that is what
   * it is given.
   */
  private static byte sample(int value) {
    return (byte) (16 + Math.round(value * 219 / 255.0) - 128);
  }

  @Override
  public void finish() throws IOException {
    encoder.finish();
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
