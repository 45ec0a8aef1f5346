package org.bellmanrl.gymnasium.internal;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Python code that steps some rows, and the conversation with it.
 *
 * <p>What changes with each step is written to memory that both sides see. Descriptions, pictures
 * and errors come as messages of a kind and some bytes.
 */
abstract class Worker implements AutoCloseable {
  static final int RESET = 0;
  static final int STEP = 1;
  static final int PICTURE = 2;
  static final int CLOSE = 3;

  private static final String SCRIPT = "worker.py";

  private @Nullable SharedMemory memory;

  /** The program of the Python side. */
  static byte[] script() {
    try (InputStream in = Worker.class.getResourceAsStream(SCRIPT)) {
      if (in == null) {
        throw new IllegalStateException(SCRIPT + " is missing beside " + Worker.class);
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new IllegalStateException(SCRIPT + " can't be read", e);
    }
  }

  /** Waits until the environments are made. */
  abstract Description describe() throws BrokenWorkerException;

  /** Maps the memory that Python shares, which then has no name any more. */
  SharedMemory share(Description description, int maskWidth, int rows)
      throws BrokenWorkerException {
    Path file = Path.of(description.memory());
    try {
      SharedMemory shared =
          new SharedMemory(
              file,
              description.observations().layout(),
              description.actions().layout(),
              maskWidth,
              description.diagnostics().size(),
              rows);
      memory = shared;
      return shared;
    } catch (IOException | RuntimeException e) {
      throw nonsense("memory to share: " + e.getMessage());
    } finally {
      removeUnlessAnonymous(file);
    }
  }

  /** Memory without a name is seen through the process's own folder. */
  private static void removeUnlessAnonymous(Path file) {
    if (!file.startsWith("/proc")) {
      try {
        Files.deleteIfExists(file);
      } catch (IOException e) {
        file.toFile().deleteOnExit();
      }
    }
  }

  /** The shared memory, once there is some. */
  final @Nullable SharedMemory memory() {
    return memory;
  }

  /** Asks for resets or steps of so many rows. */
  abstract void post(int command, int count);

  /** Waits until what was asked for is done. */
  abstract void await() throws BrokenWorkerException;

  /** Draws a row. */
  abstract FramePicture.Frame draw(int row) throws BrokenWorkerException;

  /** Asks Python to close the environments, without waiting for it. */
  abstract void dismiss();

  /** Ends what can be ended at once. */
  abstract void kill();

  /** Waits for the end, and gives the memory back. */
  @Override
  public void close() {
    if (memory != null) {
      memory.close();
    }
  }

  static Description description(ByteBuffer message) throws BrokenWorkerException {
    try {
      return Description.read(message);
    } catch (IllegalArgumentException e) {
      throw nonsense("a description: " + e.getMessage());
    }
  }

  static FramePicture.Frame frame(@Nullable ByteBuffer message) throws BrokenWorkerException {
    try {
      return FramePicture.Frame.read(message == null ? ByteBuffer.allocate(0) : message);
    } catch (IllegalArgumentException e) {
      throw nonsense("a picture: " + e.getMessage());
    }
  }

  /** What a message means that tells of trouble, or is of a kind that was not asked for. */
  static BrokenWorkerException trouble(int kind, ByteBuffer message) {
    return switch (kind) {
      case 'u' ->
          new BrokenWorkerException(BrokenWorkerException.Reason.REFUSED, text(message), "");
      case 'm' ->
          new BrokenWorkerException(BrokenWorkerException.Reason.MISSING, text(message), "");
      case 'e' -> BrokenWorkerException.failed("raised an exception", "\n" + text(message));
      default -> nonsense("the byte " + kind);
    };
  }

  private static String text(ByteBuffer message) {
    return StandardCharsets.UTF_8.decode(message).toString();
  }

  static BrokenWorkerException nonsense(String what) {
    return BrokenWorkerException.failed("sent nonsense", ": " + what);
  }
}
