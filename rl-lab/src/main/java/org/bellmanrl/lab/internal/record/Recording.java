package org.bellmanrl.lab.internal.record;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.bellmanrl.results.document.AtomicFiles;
import org.bellmanrl.results.document.UserError;
import org.jspecify.annotations.Nullable;

/**
 * A file that takes pictures of one size. Until {@link #finish} it has another name, so that an
 * older file stays whole if something goes wrong.
 */
public final class Recording implements AutoCloseable {
  /** What the file's kind makes of the pictures. */
  interface Format {
    /**
     * Takes a picture.
     *
     * @param argb opaque pixels, line by line; not kept
     * @param seconds how long it is to be seen
     */
    void add(int[] argb, double seconds) throws IOException;

    /** Writes what is still to be written. Nothing is added after that. */
    void finish() throws IOException;

    /** Lets go of the file, finished or not; called once. */
    void close() throws IOException;
  }

  private final Path file;
  private final Path part;
  private final Format format;
  private final int width;
  private final int height;
  private final double seconds;
  private final int[] argb;

  /** The picture that is being encoded, while the next one is drawn. */
  private final int[] encoded;

  private final ExecutorService encoder =
      Executors.newSingleThreadExecutor(Thread.ofPlatform().daemon().name("encoder").factory());
  private @Nullable Future<?> encoding;
  private long frames;
  private boolean closed;

  private Recording(
      Path file, Path part, Format format, int width, int height, double framesPerSecond) {
    this.file = file;
    this.part = part;
    this.format = format;
    this.width = width;
    this.height = height;
    this.seconds = 1 / framesPerSecond;
    this.argb = new int[width * height];
    this.encoded = new int[width * height];
  }

  /** Refuses a file whose name doesn't say what kind it is to be. */
  public static void check(Path file) {
    if (!extension(file).matches("gif|mp4|png")) {
      throw new UserError("can't record to " + file + ": its name must end in .gif, .mp4 or .png");
    }
  }

  /** Whether a file shows its pictures one after another, not side by side. */
  public static boolean isFilm(Path file) {
    return !extension(file).equals("png");
  }

  /**
   * Begins a recording, of the kind that the file's name ends in.
   *
   * @param width of all pictures in pixels, even
   * @param height in pixels, even
   * @param framesPerSecond above 0
   * @throws UserError naming the file, if it can't be written; so do the other methods
   */
  public static Recording open(Path file, int width, int height, double framesPerSecond) {
    check(file);
    Path whole = file.toAbsolutePath();
    Path part = whole.resolveSibling(whole.getFileName() + ".part");
    Format format;
    try {
      if (whole.getParent() != null) {
        Files.createDirectories(whole.getParent());
      }
      format =
          switch (extension(file)) {
            case "gif" -> new Gif(part, width, height);
            case "mp4" -> new Mp4(part, width, height, framesPerSecond);
            default -> new ContactSheet(part, width, height);
          };
    } catch (IOException e) {
      throw failure(whole, e);
    }
    return new Recording(whole, part, format, width, height, framesPerSecond);
  }

  private static String extension(Path file) {
    String name = String.valueOf(file.getFileName());
    int dot = name.lastIndexOf('.');
    return dot < 0 ? "" : name.substring(dot + 1).toLowerCase(Locale.ROOT);
  }

  /** Where the next picture is drawn before it is {@link #add added}; line by line. */
  public int[] argb() {
    return argb;
  }

  /** Width of a picture in pixels. */
  public int width() {
    return width;
  }

  /** Height of a picture in pixels. */
  public int height() {
    return height;
  }

  /** How many pictures there are. */
  public long frames() {
    return frames;
  }

  /**
   * Adds the picture in {@link #argb}, which is encoded on another thread while the next one is
   * drawn.
   *
   * @param times how many times as long as others it is to be seen
   */
  public void add(int times) {
    await();
    System.arraycopy(argb, 0, encoded, 0, argb.length);
    encoding =
        encoder.submit(() -> {
          format.add(encoded, times * seconds);
          return null;
        });
    frames++;
  }

  /** Waits for the picture that is being encoded. */
  private void await() {
    Future<?> last = encoding;
    encoding = null;
    if (last == null) {
      return;
    }
    try {
      last.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UserError("interrupted while a picture was encoded");
    } catch (ExecutionException e) {
      switch (e.getCause()) {
        case IOException failure -> throw failure(file, failure);
        case RuntimeException failure -> throw failure;
        case null, default -> throw new IllegalStateException(e.getCause());
      }
    }
  }

  /**
   * Completes the file and gives it its name, in the place of one that may have had it.
   *
   * @return its size in bytes
   */
  public long finish() {
    await();
    try {
      format.finish();
      letGo();
      Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
      return Files.size(file);
    } catch (IOException e) {
      throw failure(file, e);
    }
  }

  private static UserError failure(Path file, IOException e) {
    return new UserError("cannot write " + file + ": " + AtomicFiles.reason(e), e);
  }

  /** Lets go of the file, and of what was written if it was not finished. */
  @Override
  public void close() {
    try {
      letGo();
    } catch (IOException e) {
      // What was finished is closed already, and the rest is deleted.
    }
    try {
      Files.deleteIfExists(part);
    } catch (IOException e) {
      throw failure(part, e);
    }
  }

  private void letGo() throws IOException {
    if (!closed) {
      closed = true;
      encoder.shutdownNow();
      format.close();
    }
  }
}
