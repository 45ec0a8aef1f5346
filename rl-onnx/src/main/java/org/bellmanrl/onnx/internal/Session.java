package org.bellmanrl.onnx.internal;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxMap;
import ai.onnxruntime.OnnxSequence;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import java.lang.ref.Cleaner;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.bellmanrl.api.registry.UnavailableException;
import org.bellmanrl.api.state.StateException;

/**
 * A model in ONNX Runtime, on one thread, within {@link Limits}. Thread-safe; what is native is
 * freed when the session is no longer reachable.
 */
final class Session {
  private static final Cleaner CLEANER = Cleaner.create();
  private static final int MOST_MESSAGE = 300;

  private final OrtEnvironment environment;
  private final OrtSession session;
  private final Cleaner.Cleanable memory;
  private final Limits limits;

  /**
   * What goes in.
   *
   * @param type of its numbers
   * @param shape its extents
   * @param numbers a direct buffer of them, in the machine's byte order
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Input(ElementType type, long[] shape, ByteBuffer numbers) {
    static ByteBuffer room(ElementType type, int size) {
      return ByteBuffer.allocateDirect(Math.multiplyExact(size, type.bytes()))
          .order(ByteOrder.nativeOrder());
    }
  }

  /** What came out. */
  sealed interface Output permits Numbers, Maps, Unknown {}

  /**
   * A tensor.
   *
   * @param type of its numbers
   * @param shape its extents
   * @param bytes its numbers, in the machine's byte order
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Numbers(ElementType type, long[] shape, ByteBuffer bytes) implements Output {
    int size() {
      return bytes.capacity() / type.bytes();
    }

    @Override
    public String toString() {
      return type + Arrays.toString(shape);
    }
  }

  /**
   * A map per row.
   *
   * @param maps by row
   */
  record Maps(List<Map<?, ?>> maps) implements Output {
    @Override
    public String toString() {
      return "maps " + maps;
    }
  }

  /**
   * What can't be an action.
   *
   * @param what the value is, for messages
   */
  record Unknown(String what) implements Output {
    @Override
    public String toString() {
      return what;
    }
  }

  /**
   * Loads a model as it is written. Nothing of it is computed before it is run: optimisations would
   * compute what depends on constants alone, as long as that may take.
   *
   * @throws StateException if ONNX Runtime can't run it
   * @throws UnavailableException if ONNX Runtime is not there
   */
  static Session plain(byte[] model, Limits limits) {
    return new Session(model, OrtSession.SessionOptions.OptLevel.NO_OPT, limits);
  }

  /**
   * Loads a model with all optimisations, after a {@linkplain #plain plain} one was tried.
   *
   * @throws StateException if ONNX Runtime can't run it
   */
  static Session optimised(byte[] model, Limits limits) {
    return new Session(model, OrtSession.SessionOptions.OptLevel.ALL_OPT, limits);
  }

  private Session(byte[] model, OrtSession.SessionOptions.OptLevel level, Limits limits) {
    this.environment = environment();
    this.limits = limits;
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setIntraOpNumThreads(1);
      options.setInterOpNumThreads(1);
      options.setOptimizationLevel(level);
      options.setSessionLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL);
      OrtSession opened = environment.createSession(model, options);
      session = opened;
      memory = CLEANER.register(this, () -> close(opened));
    } catch (OrtException e) {
      throw new StateException("ONNX Runtime can't run the model: " + reason(e), e);
    }
  }

  private static OrtEnvironment environment() {
    try {
      Telemetry.disable();
      return OrtEnvironment.getEnvironment(OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL, "bellman");
    } catch (LinkageError e) {
      throw new UnavailableException(
          "ONNX models run over ONNX Runtime, which has no library for %s on %s, or whose jar (com.microsoft.onnxruntime:onnxruntime) is not on the class path: %s"
              .formatted(System.getProperty("os.name"), System.getProperty("os.arch"), root(e)),
          e);
    }
  }

  private static String root(Throwable e) {
    Throwable root = e;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return String.valueOf(root);
  }

  /** Frees what is native now; nothing can be run any more. */
  void close() {
    memory.clean();
  }

  private static void close(OrtSession session) {
    try {
      session.close();
    } catch (OrtException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String reason(OrtException e) {
    String line = String.valueOf(e.getMessage()).lines().findFirst().orElse("").strip();
    return line.length() <= MOST_MESSAGE ? line : line.substring(0, MOST_MESSAGE) + "…";
  }

  /**
   * Computes in a thread that is given up when it exceeds the limits, since no operation can be
   * ended: only after it, {@link #run} ends as well.
   *
   * @throws StateException if a step exceeds the limits
   * @throws IllegalArgumentException if the model does not take the inputs
   */
  Map<String, Output> tryOut(Map<String, Input> inputs, Set<String> outputs) {
    FutureTask<Map<String, Output>> task = new FutureTask<>(() -> run(inputs, outputs));
    long begun = System.nanoTime();
    long before = Limits.resident();
    Thread.ofPlatform().daemon().name("bellman-onnx-trial").start(task);
    while (true) {
      try {
        return task.get(Watchdog.INTERVAL, TimeUnit.MILLISECONDS);
      } catch (TimeoutException e) {
        String excess = limits.excess(begun, before);
        if (!excess.isEmpty()) {
          throw new StateException(excess, e);
        }
      } catch (ExecutionException e) {
        String message = String.valueOf(Objects.requireNonNull(e.getCause()).getMessage());
        throw e.getCause() instanceof StateException
            ? new StateException(message, e)
            : new IllegalArgumentException(message, e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new StateException("interrupted while the model was tried", e);
      }
    }
  }

  /**
   * Computes.
   *
   * @param inputs by name
   * @param outputs the names of what is wanted
   * @throws StateException if the step exceeds the limits
   * @throws IllegalArgumentException if the model does not take the inputs
   */
  Map<String, Output> run(Map<String, Input> inputs, Set<String> outputs) {
    Map<String, OnnxTensor> tensors = new LinkedHashMap<>();
    String excess = "";
    try {
      for (Map.Entry<String, Input> entry : inputs.entrySet()) {
        Input input = entry.getValue();
        tensors.put(
            entry.getKey(),
            OnnxTensor.createTensor(
                environment, input.numbers.rewind(), input.shape, javaType(input.type)));
      }
      Map<String, Output> results = new LinkedHashMap<>();
      Watchdog watchdog = new Watchdog(limits);
      try (watchdog;
          OrtSession.Result result = session.run(tensors, outputs, watchdog.options())) {
        for (Map.Entry<String, OnnxValue> entry : result) {
          results.put(entry.getKey(), output(entry.getValue()));
        }
      } finally {
        excess = watchdog.excess();
      }
      return results;
    } catch (OrtException e) {
      if (!excess.isEmpty()) {
        throw new StateException(excess, e);
      }
      throw new IllegalArgumentException("the model can't be run: " + reason(e), e);
    } finally {
      tensors.values().forEach(OnnxTensor::close);
      // What is native must not be freed while it runs.
      Reference.reachabilityFence(this);
    }
  }

  private static Output output(OnnxValue value) throws OrtException {
    if (value instanceof OnnxTensor tensor) {
      OnnxJavaType found = tensor.getInfo().type;
      for (ElementType type : ElementType.values()) {
        if (javaType(type) == found) {
          ByteBuffer bytes = tensor.getByteBuffer().order(ByteOrder.nativeOrder());
          return new Numbers(type, tensor.getInfo().getShape(), bytes);
        }
      }
      return new Unknown(found + Arrays.toString(tensor.getInfo().getShape()));
    }
    if (value instanceof OnnxSequence sequence && sequence.getInfo().isSequenceOfMaps()) {
      List<Map<?, ?>> maps = new ArrayList<>();
      for (OnnxValue element : sequence.getValue()) {
        maps.add(((OnnxMap) element).getValue());
      }
      return new Maps(maps);
    }
    return new Unknown(String.valueOf(value.getType()));
  }

  private static OnnxJavaType javaType(ElementType type) {
    return switch (type) {
      case FLOAT -> OnnxJavaType.FLOAT;
      case DOUBLE -> OnnxJavaType.DOUBLE;
      case FLOAT16 -> OnnxJavaType.FLOAT16;
      case UINT8 -> OnnxJavaType.UINT8;
      case INT8 -> OnnxJavaType.INT8;
      case INT16 -> OnnxJavaType.INT16;
      case INT32 -> OnnxJavaType.INT32;
      case INT64 -> OnnxJavaType.INT64;
      case BOOL -> OnnxJavaType.BOOL;
    };
  }
}
