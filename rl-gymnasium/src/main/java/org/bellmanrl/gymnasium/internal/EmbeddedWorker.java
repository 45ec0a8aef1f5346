package org.bellmanrl.gymnasium.internal;

import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.Map;

/** Python code inside of this process that steps some rows; a request is a call of it. */
final class EmbeddedWorker extends Worker {
  private final EmbeddedPython python;
  private final MemorySegment function;
  private byte[] reply = {};
  private boolean closed;

  /**
   * Prepares the environments, which {@link #describe} then makes.
   *
   * @param request name, module, options and rows
   * @throws org.bellmanrl.api.registry.UnavailableException if that Python can't be embedded
   */
  EmbeddedWorker(String python, Map<String, ?> request) {
    this.python = EmbeddedPython.get(python);
    this.function = this.python.worker(Json.text(request));
  }

  @Override
  Description describe() throws BrokenWorkerException {
    reply = python.call(function);
    return description(message('h'));
  }

  /** Does at once what is asked for. */
  @Override
  void post(int command, int count) {
    call(command, count, 0);
  }

  private void call(int command, int count, int argument) {
    SharedMemory shared = memory();
    if (shared != null && !closed) {
      shared.ask(command, count, argument);
      reply = python.call(function);
    }
  }

  @Override
  void await() throws BrokenWorkerException {
    byte[] came = reply;
    if (came.length > 0) {
      throw trouble(came[0], ByteBuffer.wrap(came, 1, came.length - 1));
    }
  }

  @Override
  FramePicture.Frame draw(int row) throws BrokenWorkerException {
    call(PICTURE, 1, row);
    return frame(message('p'));
  }

  /** The message that has come, which must be of a kind. */
  private ByteBuffer message(int kind) throws BrokenWorkerException {
    byte[] came = reply;
    if (came.length == 0) {
      throw nonsense("nothing");
    }
    ByteBuffer rest = ByteBuffer.wrap(came, 1, came.length - 1);
    if (came[0] != kind) {
      throw trouble(came[0], rest);
    }
    return rest.slice();
  }

  @Override
  void dismiss() {
    call(CLOSE, 0, 0);
  }

  /** There is no way to end Python code from outside: nothing happens. */
  @Override
  void kill() {}

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      python.forget(function);
      super.close();
    }
  }
}
