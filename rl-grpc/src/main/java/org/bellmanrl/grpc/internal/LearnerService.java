package org.bellmanrl.grpc.internal;

import com.google.protobuf.InvalidProtocolBufferException;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.Marshaller;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.ServerCall;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.function.Consumer;
import org.bellmanrl.api.EnvironmentSpec;
import org.bellmanrl.api.LearningException;
import org.bellmanrl.api.Outcomes;
import org.bellmanrl.api.space.Columns;
import org.bellmanrl.lab.serve.Episodes;
import org.bellmanrl.lab.serve.RefusedException;
import org.bellmanrl.lab.serve.RefusedException.Reason;

/** The service {@code bellman.v1.Learner}: each call of Play plays the episodes of one client. */
final class LearnerService {
  private static final String NAME = "bellman.v1.Learner";
  static final MethodDescriptor<byte[], byte[]> PLAY = method("Play", MethodType.BIDI_STREAMING);
  static final MethodDescriptor<byte[], byte[]> STATUS = method("GetStatus", MethodType.UNARY);

  /** Descriptions travel among the headers, whose size is limited. */
  private static final int MOST_DESCRIPTION = 1000;

  private final Episodes episodes;
  private final EnvironmentSpec spec;
  private final Consumer<String> problems;

  LearnerService(Episodes episodes, Consumer<String> problems) {
    this.episodes = episodes;
    this.spec = episodes.spec();
    this.problems = problems;
  }

  private static MethodDescriptor<byte[], byte[]> method(String name, MethodType type) {
    return MethodDescriptor.<byte[], byte[]>newBuilder()
        .setType(type)
        .setFullMethodName(MethodDescriptor.generateFullMethodName(NAME, name))
        .setRequestMarshaller(Bytes.INSTANCE)
        .setResponseMarshaller(Bytes.INSTANCE)
        .build();
  }

  /** Messages as they are: only a call of Play knows the spaces that they are read into. */
  private enum Bytes implements Marshaller<byte[]> {
    INSTANCE;

    @Override
    public InputStream stream(byte[] message) {
      return new ByteArrayInputStream(message);
    }

    @Override
    public byte[] parse(InputStream stream) {
      try {
        return stream.readAllBytes();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  ServerServiceDefinition definition() {
    return ServerServiceDefinition.builder(NAME)
        .addMethod(PLAY, (call, headers) -> new Play(call))
        .addMethod(STATUS, (call, headers) -> new Telling(call))
        .build();
  }

  /** Plays the episodes of a client. gRPC calls its methods one at a time. */
  private final class Play extends ServerCall.Listener<byte[]> {
    private static final long NONE = -1;

    private final ServerCall<byte[], byte[]> call;
    private final Outcomes told = new Outcomes(spec, 1);
    private final Columns action = new Columns(spec.actionSpace(), 1);
    private long episode = NONE;

    /** Whether a status has been sent, after which the client may still end its side. */
    private boolean closed;

    /** Whether no move is asked for until the client has read the answers so far. */
    private boolean waiting;

    Play(ServerCall<byte[], byte[]> call) {
      this.call = call;
      call.sendHeaders(new Metadata());
      call.request(1);
    }

    @Override
    public void onMessage(byte[] move) {
      try {
        call.sendMessage(answer(move));
        waiting = !call.isReady();
        if (!waiting) {
          call.request(1);
        }
      } catch (RefusedException e) {
        end(status(e.reason()), String.valueOf(e.getMessage()));
      } catch (InvalidProtocolBufferException e) {
        end(Status.INVALID_ARGUMENT, "not a bellman.v1.Move: " + e.getMessage());
      } catch (LearningException e) {
        problems.accept("learning failed: " + e.getMessage());
        end(Status.INTERNAL, "learning failed: " + e.getMessage());
      } catch (RuntimeException e) {
        problems.accept("cannot answer a move over gRPC: " + e);
        end(Status.INTERNAL, "something went wrong");
      }
    }

    private byte[] answer(byte[] move) throws RefusedException, InvalidProtocolBufferException {
      if (Wire.readMove(move, told)) {
        abandon();
        episode = episodes.begin(told.observations(), action);
        return Wire.action(action);
      }
      if (episode == NONE) {
        throw new RefusedException(
            Reason.INVALID, "an outcome needs an episode: begin one with its first observation");
      }
      if (episodes.step(episode, told, action)) {
        return Wire.action(action);
      }
      episode = NONE;
      return Wire.ended();
    }

    private void end(Status status, String description) {
      abandon();
      String shown =
          description.length() > MOST_DESCRIPTION
              ? description.substring(0, MOST_DESCRIPTION) + " …"
              : description;
      close(status.withDescription(shown));
    }

    private void close(Status status) {
      closed = true;
      call.close(status, new Metadata());
    }

    private void abandon() {
      if (episode != NONE) {
        try {
          episodes.abandon(episode);
        } catch (RefusedException e) {
          // Another client needed its place, and it has been abandoned already.
        }
        episode = NONE;
      }
    }

    @Override
    public void onReady() {
      if (waiting) {
        waiting = false;
        call.request(1);
      }
    }

    @Override
    public void onHalfClose() {
      abandon();
      if (!closed) {
        close(Status.OK);
      }
    }

    @Override
    public void onCancel() {
      abandon();
    }
  }

  private static Status status(Reason reason) {
    return switch (reason) {
      case INVALID -> Status.INVALID_ARGUMENT;
      case UNKNOWN -> Status.NOT_FOUND;
      case FULL -> Status.RESOURCE_EXHAUSTED;
    };
  }

  /** Tells a client how far it is. */
  private final class Telling extends ServerCall.Listener<byte[]> {
    private final ServerCall<byte[], byte[]> call;

    Telling(ServerCall<byte[], byte[]> call) {
      this.call = call;
      call.request(2);
    }

    @Override
    public void onHalfClose() {
      call.sendHeaders(new Metadata());
      call.sendMessage(Wire.status(spec, episodes.status()));
      call.close(Status.OK, new Metadata());
    }
  }
}
