package org.bellmanrl.gymnasium.internal;

import java.io.BufferedReader;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.bellmanrl.api.registry.UnavailableException;
import org.jspecify.annotations.Nullable;

/**
 * A Python process that steps some rows.
 *
 * <p>Requests and replies are counted in the shared memory. A byte in a pipe goes with each, so
 * that a side that sleeps is woken; a side that is awake need not read it at once. Messages come
 * through the pipe.
 */
final class ProcessWorker extends Worker {
  /** Reads the script from the standard input, which then is the doorbell. */
  private static final String START =
      "import sys;exec(compile(open(0,'rb',0,closefd=False).read(int(sys.argv[1])),"
          + "'bellman_worker.py','exec'),{'__name__':'bellman_worker'})";

  private static final int LONGEST_MESSAGE = 1 << 28;
  private static final int MOST_UNREAD = 1000;
  private static final int LAST_WORDS = 30;
  private static final double MAKING_SECONDS = 300;

  /** An exit status above this names the signal that ended the process. */
  private static final int SIGNALLED = 128;

  private static final long LAST_MILLIS = 2000;

  private final Process process;
  private final OutputStream bell;
  private final DataInputStream replies;
  private final Thread listener;
  private final Deque<String> lastWords = new ArrayDeque<>();
  private final double timeoutSeconds;

  /** Seconds after which no answer means that it hangs; more while the environments are made. */
  private volatile double patienceSeconds;

  private final SpinWait spin = new SpinWait();
  private LongSupplier replied = () -> 0;
  private @Nullable ByteBuffer picture;
  private long requested;
  private long rung;

  /** Since when an answer is awaited, as {@link System#nanoTime()}; 0 while none is. */
  private volatile long waitingSince;

  private volatile boolean hung;

  /**
   * Starts a process, which begins to make its environments.
   *
   * @param python the interpreter
   * @param request name, module, options and rows
   * @throws UnavailableException if it can't be started
   */
  ProcessWorker(String python, Map<String, ?> request, double timeoutSeconds) {
    this.timeoutSeconds = timeoutSeconds;
    this.patienceSeconds = Math.max(timeoutSeconds, MAKING_SECONDS);
    byte[] script = script();
    try {
      this.process =
          new ProcessBuilder(
                  python, "-u", "-c", START, Integer.toString(script.length), Json.text(request))
              .start();
    } catch (IOException e) {
      throw new UnavailableException("Python can't be started: " + e.getMessage(), e);
    }
    this.bell = process.getOutputStream();
    this.replies = new DataInputStream(process.getInputStream());
    this.listener = Thread.ofPlatform().daemon().name("python-errors").start(this::forwardErrors);
    Thread.ofVirtual().name("python-timeout").start(this::endIfItHangs);
    try {
      bell.write(script);
      bell.flush();
    } catch (IOException e) {
      // It has ended; who waits for its description will learn why.
      end(false);
    }
  }

  @Override
  Description describe() throws BrokenWorkerException {
    int kind = read();
    if (kind != 'h') {
      throw broken(kind);
    }
    return description(message());
  }

  @Override
  SharedMemory share(Description description, int maskWidth, int rows)
      throws BrokenWorkerException {
    SharedMemory shared = super.share(description, maskWidth, rows);
    replied = shared::replies;
    patienceSeconds = timeoutSeconds;
    return shared;
  }

  @Override
  void post(int command, int count) {
    post(command, count, 0);
  }

  private void post(int command, int count, int argument) {
    SharedMemory shared = memory();
    if (shared == null) {
      return;
    }
    shared.request(command, count, argument, ++requested);
    try {
      bell.write(1);
      bell.flush();
    } catch (IOException e) {
      // It has ended; who waits for its answer will learn why.
      end(false);
    }
  }

  @Override
  void await() throws BrokenWorkerException {
    if (!spin.await(replied, requested) || requested - rung >= MOST_UNREAD) {
      awaitBell();
    }
  }

  private void awaitBell() throws BrokenWorkerException {
    while (rung < requested) {
      int kind = read();
      if (kind == 'r') {
        rung++;
      } else if (kind == 'p') {
        picture = message();
      } else {
        throw broken(kind);
      }
    }
  }

  @Override
  FramePicture.Frame draw(int row) throws BrokenWorkerException {
    post(PICTURE, 1, row);
    awaitBell();
    ByteBuffer drawn = picture;
    picture = null;
    return frame(drawn);
  }

  /** Reads a byte; −1 if there will be none. */
  private int read() {
    waitingSince = System.nanoTime() | 1;
    try {
      return replies.read();
    } catch (IOException e) {
      return -1;
    } finally {
      waitingSince = 0;
    }
  }

  private ByteBuffer message() throws BrokenWorkerException {
    waitingSince = System.nanoTime() | 1;
    try {
      int length = replies.readInt();
      if (length < 0 || length > LONGEST_MESSAGE) {
        throw nonsense("a message of " + length + " bytes");
      }
      byte[] bytes = replies.readNBytes(length);
      if (bytes.length < length) {
        throw ended();
      }
      return ByteBuffer.wrap(bytes);
    } catch (IOException e) {
      throw ended();
    } finally {
      waitingSince = 0;
    }
  }

  /** What it means that something else than was asked for came. */
  private BrokenWorkerException broken(int kind) throws BrokenWorkerException {
    if (kind == -1) {
      return ended();
    }
    boolean told = kind == 'u' || kind == 'm' || kind == 'e';
    return trouble(kind, told ? message() : ByteBuffer.allocate(0));
  }

  private BrokenWorkerException ended() {
    String what = "closed its pipe";
    String detail = "";
    try {
      boolean gone = process.waitFor(LAST_MILLIS, TimeUnit.MILLISECONDS);
      if (hung) {
        what = "did not answer within %s seconds".formatted(patienceSeconds);
      } else if (gone) {
        int status = process.exitValue();
        what = "died";
        detail =
            status > SIGNALLED
                ? ", of signal " + (status - SIGNALLED)
                : ", of its own accord with status " + status;
      }
      listener.join(LAST_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    synchronized (lastWords) {
      return BrokenWorkerException.failed(
          what,
          detail
              + (lastWords.isEmpty() ? "" : "; its last words:\n" + String.join("\n", lastWords)));
    }
  }

  private void forwardErrors() {
    try (BufferedReader errors =
        new BufferedReader(
            new InputStreamReader(process.getErrorStream(), StandardCharsets.UTF_8))) {
      for (String line = errors.readLine(); line != null; line = errors.readLine()) {
        synchronized (lastWords) {
          lastWords.addLast(line);
          if (lastWords.size() > LAST_WORDS) {
            lastWords.removeFirst();
          }
        }
        if (!hung) {
          System.err.println(line);
        }
      }
    } catch (IOException e) {
      // The process has ended, and with it what there was to forward.
      return;
    }
  }

  /**
   * Ends the process, but leaves its streams open for its last words. The methods of {@link
   * Process} close them, even those of a process that has ended.
   */
  private void end(boolean forcibly) {
    if (forcibly) {
      process.toHandle().destroyForcibly();
    } else {
      process.toHandle().destroy();
    }
  }

  /** Asks a process that hangs to say where, and ends it. */
  private void endIfItHangs() {
    long pause = Math.clamp((long) (timeoutSeconds * 1e9 / 8), 1_000_000, 250_000_000);
    try {
      while (!process.waitFor(pause, TimeUnit.NANOSECONDS)) {
        long since = waitingSince;
        if (since != 0 && System.nanoTime() - since > patienceSeconds * 1e9) {
          hung = true;
          end(false);
          process.waitFor(LAST_MILLIS, TimeUnit.MILLISECONDS);
          end(true);
          return;
        }
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
    }
  }

  @Override
  void dismiss() {
    post(CLOSE, 0, 0);
  }

  @Override
  void kill() {
    process.destroyForcibly();
  }

  /** Waits for the end of the process, and ends it if that takes long. */
  @Override
  public void close() {
    try {
      if (memory() == null || !process.waitFor(LAST_MILLIS, TimeUnit.MILLISECONDS)) {
        process.destroyForcibly();
      }
      listener.join(LAST_MILLIS);
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
    super.close();
    try {
      bell.close();
      replies.close();
    } catch (IOException e) {
      // The other end is gone, which is what was wanted.
      process.destroyForcibly();
    }
  }
}
