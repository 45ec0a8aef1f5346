package org.bellmanrl.lab.internal.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.Charset;
import org.jspecify.annotations.Nullable;

/** A standard stream that keeps why it could not be written, which a PrintStream does not tell. */
class StandardStream extends PrintStream {
  private final Sink sink;

  StandardStream(FileDescriptor descriptor, Charset charset) {
    this(new FileOutputStream(descriptor), charset);
  }

  /** A stream over another one. */
  StandardStream(OutputStream out, Charset charset) {
    this(new Sink(out), charset);
  }

  private StandardStream(Sink sink, Charset charset) {
    super(sink, false, charset);
    this.sink = sink;
  }

  /** Why something could not be written; null if all of it was. */
  @Nullable IOException failure() {
    return sink.failure;
  }

  private static final class Sink extends FilterOutputStream {
    private @Nullable IOException failure;

    Sink(OutputStream out) {
      super(out);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      try {
        out.write(bytes, offset, length);
      } catch (IOException e) {
        failure = e;
        throw e;
      }
    }
  }
}
