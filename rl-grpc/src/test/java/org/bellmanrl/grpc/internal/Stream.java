package org.bellmanrl.grpc.internal;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.CodedOutputStream;
import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** The client's side of a call, down to the bytes: a test can send whatever it likes. */
final class Stream implements AutoCloseable {
  /** In the place of an action. */
  static final int ENDED = -1;

  private static final long HANGS_SECONDS = 60;

  private final ClientCall<byte[], byte[]> call;
  private final BlockingQueue<Object> events = new LinkedBlockingQueue<>();

  Stream(ManagedChannel channel, MethodDescriptor<byte[], byte[]> method, Metadata headers) {
    this.call = channel.newCall(method, CallOptions.DEFAULT);
    call.start(
        new ClientCall.Listener<>() {
          @Override
          public void onMessage(byte[] message) {
            events.add(message);
          }

          @Override
          public void onClose(Status status, Metadata trailers) {
            events.add(status);
          }
        },
        headers);
    call.request(Integer.MAX_VALUE);
  }

  static Stream play(ManagedChannel channel) {
    return new Stream(channel, LearnerService.PLAY, new Metadata());
  }

  void send(byte[] message) {
    call.sendMessage(message);
  }

  void halfClose() {
    call.halfClose();
  }

  byte[] answer() throws InterruptedException {
    return next(byte[].class);
  }

  /** How the call has ended. */
  Status status() throws InterruptedException {
    return next(Status.class);
  }

  /** How the call has ended, whatever it has answered before. */
  Status statusAfterAnswers() throws InterruptedException {
    Object event;
    do {
      event = next(Object.class);
    } while (!(event instanceof Status));
    return (Status) event;
  }

  private <T> T next(Class<T> kind) throws InterruptedException {
    Object event = events.poll(HANGS_SECONDS, TimeUnit.SECONDS);
    assertThat(event).isInstanceOf(kind);
    return kind.cast(event);
  }

  /** Begins an episode of a task with whole numbers, and returns the action. */
  int begin(int... observation) throws IOException, InterruptedException {
    send(field(1, observation(observation)));
    return action();
  }

  /** Tells an outcome, and returns the next action or {@link #ENDED}. */
  int step(double reward, boolean terminated, int... observation)
      throws IOException, InterruptedException {
    send(outcome(reward, terminated, observation));
    return action();
  }

  private int action() throws IOException, InterruptedException {
    CodedInputStream in = CodedInputStream.newInstance(answer());
    if (in.readTag() == (2 << 3 | 2)) {
      return ENDED;
    }
    CodedInputStream value = CodedInputStream.newInstance(in.readByteArray());
    assertThat(value.readTag()).isEqualTo(1 << 3 | 2);
    return CodedInputStream.newInstance(value.readByteArray()).readInt32();
  }

  static byte[] outcome(double reward, boolean terminated, int... observation) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    CodedOutputStream out = CodedOutputStream.newInstance(bytes);
    out.writeDouble(1, reward);
    out.writeByteArray(2, observation(observation));
    if (terminated) {
      out.writeBool(3, true);
    }
    out.flush();
    return field(2, bytes.toByteArray());
  }

  private static byte[] observation(int... elements) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    CodedOutputStream out = CodedOutputStream.newInstance(bytes);
    for (int element : elements) {
      out.writeInt32NoTag(element);
    }
    out.flush();
    return field(1, field(1, bytes.toByteArray()));
  }

  static byte[] field(int number, byte[] content) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    CodedOutputStream out = CodedOutputStream.newInstance(bytes);
    out.writeByteArray(number, content);
    out.flush();
    return bytes.toByteArray();
  }

  @Override
  public void close() {
    call.cancel("it is over", null);
  }
}
