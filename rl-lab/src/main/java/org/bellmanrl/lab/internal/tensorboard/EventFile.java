package org.bellmanrl.lab.internal.tensorboard;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.zip.CRC32C;
import org.bellmanrl.onnx.protobuf.MessageWriter;
import org.bellmanrl.results.document.UserError;
import org.jspecify.annotations.Nullable;

/**
 * A file of events that TensorBoard shows: scalars, histograms, texts and pictures.
 *
 * <p>Events are appended, each in its own record: length, check sum of the length, content, check
 * sum of the content. A run that goes on after a kill cuts the file to the length that it had at
 * the checkpoint, see {@link #open}. Apart from the times, which the caller gives, the content
 * depends on nothing but the calls.
 *
 * <p>Once warm, {@link #scalar} allocates nothing but the bytes of the name. Not thread-safe.
 *
 * <p>Source: the records of TensorFlow's {@code record_writer.h}, the messages of its {@code
 * event.proto}, {@code summary.proto} and {@code tensor.proto}, and TensorBoard's {@code
 * plugin_data.proto} of hparams.
 */
public final class EventFile implements AutoCloseable {
  /** A name for such a file: TensorBoard looks for {@code tfevents} in names. */
  public static final String NAME = "events.out.tfevents.bellman";

  /** How many buckets a histogram has, of equal width. */
  public static final int BUCKETS = 30;

  private static final String VERSION = "brain.Event:2";
  private static final int HEADER = Long.BYTES + Integer.BYTES;
  private static final int BUFFER = 1 << 16;
  private static final int MASK_DELTA = 0xa282ead8;

  /** Numbers of fields, named by message and field. */
  private static final int EVENT_WALL_TIME = 1;

  private static final int EVENT_STEP = 2;
  private static final int EVENT_FILE_VERSION = 3;
  private static final int EVENT_SUMMARY = 5;
  private static final int SUMMARY_VALUE = 1;
  private static final int VALUE_TAG = 1;
  private static final int VALUE_SIMPLE = 2;
  private static final int VALUE_IMAGE = 4;
  private static final int VALUE_HISTOGRAM = 5;
  private static final int VALUE_TENSOR = 8;
  private static final int VALUE_METADATA = 9;

  private final Path file;
  private final FileChannel channel;
  private final OutputStream out;
  private final CRC32C sum = new CRC32C();
  private final ByteBuffer frame = ByteBuffer.allocate(HEADER).order(ByteOrder.LITTLE_ENDIAN);
  private final MessageWriter event = new MessageWriter();
  private final MessageWriter summary = new MessageWriter();
  private final MessageWriter value = new MessageWriter();
  private final MessageWriter part = new MessageWriter();
  private final MessageWriter detail = new MessageWriter();
  private long length;

  private EventFile(Path file, FileChannel channel, long length) {
    this.file = file;
    this.channel = channel;
    this.out = new BufferedOutputStream(Channels.newOutputStream(channel), BUFFER);
    this.length = length;
  }

  /**
   * Opens a file to append to.
   *
   * @param file which; made if there is none
   * @param lengthToKeep how much of it to keep, as {@link #length} told; 0 to start over. What
   *     comes behind is cut off
   * @param wallTime seconds since 1970, for the first record of a new file
   * @throws UserError if the file can't be written, is shorter than what is to be kept, or its
   *     records are damaged
   */
  public static EventFile open(Path file, long lengthToKeep, double wallTime) {
    if (lengthToKeep < 0) {
      throw new IllegalArgumentException("lengthToKeep must be at least 0, was " + lengthToKeep);
    }
    try {
      FileChannel channel =
          FileChannel.open(
              file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
      try {
        requireRecords(file, channel, lengthToKeep);
        channel.truncate(lengthToKeep);
        channel.position(lengthToKeep);
        EventFile opened = new EventFile(file, channel, lengthToKeep);
        if (lengthToKeep == 0) {
          opened.event.clear().real64(EVENT_WALL_TIME, wallTime);
          opened.event.text(EVENT_FILE_VERSION, VERSION);
          opened.writeRecord();
        }
        return opened;
      } catch (IOException | RuntimeException e) {
        channel.close();
        throw e;
      }
    } catch (IOException e) {
      throw new UserError("cannot write the events in " + file + ": " + e, e);
    }
  }

  /** Walks over the records: what is kept must end where one ends. */
  private static void requireRecords(Path file, FileChannel channel, long end) throws IOException {
    long size = channel.size();
    if (size < end) {
      throw new UserError(
          "%s has %d bytes, %d were expected: it was cut since; restore it from a copy"
              .formatted(file, size, end));
    }
    ByteBuffer header = ByteBuffer.allocate(HEADER).order(ByteOrder.LITTLE_ENDIAN);
    CRC32C sum = new CRC32C();
    long at = 0;
    while (at < end) {
      header.clear();
      while (header.hasRemaining() && channel.read(header, at + header.position()) > 0) {}
      long content = header.getLong(0);
      sum.reset();
      sum.update(header.array(), 0, Long.BYTES);
      if (header.hasRemaining()
          || header.getInt(Long.BYTES) != masked(sum)
          || content < 0
          || content > end - at - HEADER - Integer.BYTES) {
        throw new UserError(
            "%s is damaged: no record that ends by byte %d begins at byte %d; restore it from a copy"
                .formatted(file, end, at));
      }
      at += HEADER + content + Integer.BYTES;
    }
  }

  /** Adds a number. NaN and infinities are shown as such. */
  public void scalar(long step, double wallTime, String name, double number) {
    value.clear().text(VALUE_TAG, name).real32(VALUE_SIMPLE, (float) number);
    write(step, wallTime);
  }

  /**
   * Adds the distribution of numbers, in {@link #BUCKETS} buckets from the least to the greatest.
   *
   * @param numbers at least one, all finite; not kept
   * @throws IllegalArgumentException if there is none, or one is not finite
   */
  public void histogram(long step, double wallTime, String name, float[] numbers) {
    if (numbers.length == 0) {
      throw new IllegalArgumentException("histogram '" + name + "' needs at least one number");
    }
    double least = Double.POSITIVE_INFINITY;
    double most = Double.NEGATIVE_INFINITY;
    double total = 0;
    double squares = 0;
    for (int i = 0; i < numbers.length; i++) {
      double number = numbers[i];
      if (!Double.isFinite(number)) {
        throw new IllegalArgumentException(
            "histogram '%s' must be of finite numbers, number %d was %s"
                .formatted(name, i, number));
      }
      least = Math.min(least, number);
      most = Math.max(most, number);
      total += number;
      squares += number * number;
    }
    // Equal numbers get a bucket of width 1 about them.
    double low = least < most ? least : least - 0.5;
    double width = (least < most ? most - least : 1) / BUCKETS;
    double[] limits = new double[BUCKETS];
    double[] counts = new double[BUCKETS];
    for (int i = 0; i < BUCKETS; i++) {
      limits[i] = i == BUCKETS - 1 && least < most ? most : low + width * (i + 1);
    }
    for (float number : numbers) {
      counts[Math.min(BUCKETS - 1, (int) ((number - low) / width))]++;
    }
    part.clear().real64(1, least).real64(2, most).real64(3, numbers.length);
    part.real64(4, total).real64(5, squares).packed(6, limits).packed(7, counts);
    value.clear().text(VALUE_TAG, name).message(VALUE_HISTOGRAM, part);
    write(step, wallTime);
  }

  /** Adds a text, which TensorBoard reads as Markdown. */
  public void text(long step, double wallTime, String name, String markdown) {
    value.clear().text(VALUE_TAG, name);
    // A tensor of strings, of one element along one dimension.
    detail.clear().integer(1, 1);
    part.clear().message(2, detail);
    MessageWriter tensor = detail.clear().integer(1, 7).message(2, part).text(8, markdown);
    value.message(VALUE_TENSOR, tensor);
    detail.clear().text(1, "text");
    value.message(VALUE_METADATA, part.clear().message(1, detail));
    write(step, wallTime);
  }

  /**
   * Adds what the run depends on, for TensorBoard's table of hyperparameters.
   *
   * @param settings numbers and truth values stand as such, everything else as text
   */
  public void hyperparameters(double wallTime, Map<String, ? extends @Nullable Object> settings) {
    MessageWriter session = new MessageWriter();
    settings.forEach((name, setting) -> {
      detail.clear();
      switch (setting) {
        case Boolean truth -> detail.integer(4, truth ? 1 : 0);
        case Number number -> detail.real64(2, number.doubleValue());
        case null, default -> detail.text(3, String.valueOf(setting));
      }
      session.message(1, part.clear().text(1, name).message(2, detail));
    });
    session.real64(5, wallTime);
    MessageWriter data = new MessageWriter().message(3, session);
    detail.clear().text(1, "hparams").message(2, data);
    value.clear().text(VALUE_TAG, "_hparams_/session_start_info");
    value.message(VALUE_METADATA, part.clear().message(1, detail));
    write(0, wallTime);
  }

  /**
   * Adds a picture.
   *
   * @param width its width in pixels, at least 1
   * @param height its height in pixels, at least 1
   * @param png the picture as the content of a PNG file with red, green and blue
   */
  public void image(long step, double wallTime, String name, int width, int height, byte[] png) {
    part.clear().integer(1, height).integer(2, width).integer(3, 3).bytes(4, png);
    value.clear().text(VALUE_TAG, name).message(VALUE_IMAGE, part);
    write(step, wallTime);
  }

  private void write(long step, double wallTime) {
    summary.clear().message(SUMMARY_VALUE, value);
    event.clear().real64(EVENT_WALL_TIME, wallTime).integer(EVENT_STEP, step);
    event.message(EVENT_SUMMARY, summary);
    try {
      writeRecord();
    } catch (IOException e) {
      throw unwritable(e);
    }
  }

  private void writeRecord() throws IOException {
    frame.clear().putLong(event.size());
    sum.reset();
    sum.update(frame.array(), 0, Long.BYTES);
    frame.putInt(masked(sum));
    out.write(frame.array(), 0, HEADER);
    event.writeTo(out);
    sum.reset();
    event.addTo(sum);
    frame.clear().putInt(masked(sum));
    out.write(frame.array(), 0, Integer.BYTES);
    length += HEADER + event.size() + Integer.BYTES;
  }

  /** A check sum over data that holds check sums itself is weak: these are turned and shifted. */
  private static int masked(CRC32C sum) {
    return Integer.rotateRight((int) sum.getValue(), 15) + MASK_DELTA;
  }

  /** Bytes that the file has once it is flushed. */
  public long length() {
    return length;
  }

  /** Hands everything to the operating system: it outlives the process, and readers see it. */
  public void flush() {
    try {
      out.flush();
    } catch (IOException e) {
      throw unwritable(e);
    }
  }

  /** As {@link #flush}, and to the disk: it outlives the machine's end too. */
  public void sync() {
    flush();
    try {
      channel.force(false);
    } catch (IOException e) {
      throw unwritable(e);
    }
  }

  /** Flushes and closes; again does nothing. */
  @Override
  public void close() {
    if (!channel.isOpen()) {
      return;
    }
    try {
      out.close();
    } catch (IOException e) {
      throw unwritable(e);
    }
  }

  /** Closes without writing what is still to be written, after a failure to do so. */
  public void abandon() {
    try {
      channel.close();
    } catch (IOException e) {
      throw unwritable(e);
    }
  }

  private UncheckedIOException unwritable(IOException e) {
    return new UncheckedIOException(
        "cannot write the events in " + file + ": " + e.getMessage(), e);
  }
}
