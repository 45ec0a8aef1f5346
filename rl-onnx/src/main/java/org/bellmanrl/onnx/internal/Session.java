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
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bellmanrl.api.registry.UnavailableException;
import org.bellmanrl.api.state.StateException;

/**
 * A model in ONNX Runtime, on one thread. Thread-safe; what is native is freed when the session is
 * no longer reachable.
 */
final class Session {
  private static final Cleaner CLEANER = Cleaner.create();
  private static final int MOST_MESSAGE = 300;

  private final OrtEnvironment environment;
  private final OrtSession session;

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
   * Loads a model.
   *
   * @throws StateException if ONNX Runtime can't run it
   * @throws UnavailableException if ONNX Runtime is not there
   */
  Session(byte[] model) {
    environment = environment();
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setIntraOpNumThreads(1);
      options.setInterOpNumThreads(1);
      options.setSessionLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL);
      OrtSession opened = environment.createSession(model, options);
      session = opened;
      CLEANER.register(this, () -> close(opened));
    } catch (OrtException e) {
      throw new StateException("ONNX Runtime can't run the model: " + reason(e), e);
    }
  }

  private static OrtEnvironment environment() {
    try {
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
   * Computes.
   *
   * @param inputs by name
   * @param outputs the names of what is wanted
   * @throws IllegalArgumentException if the model does not take the inputs
   */
  Map<String, Output> run(Map<String, Input> inputs, Set<String> outputs) {
    Map<String, OnnxTensor> tensors = new LinkedHashMap<>();
    try {
      for (Map.Entry<String, Input> entry : inputs.entrySet()) {
        Input input = entry.getValue();
        tensors.put(
            entry.getKey(),
            OnnxTensor.createTensor(
                environment, input.numbers.rewind(), input.shape, javaType(input.type)));
      }
      Map<String, Output> results = new LinkedHashMap<>();
      try (OrtSession.Result result = session.run(tensors, outputs)) {
        for (Map.Entry<String, OnnxValue> entry : result) {
          results.put(entry.getKey(), output(entry.getValue()));
        }
      }
      return results;
    } catch (OrtException e) {
      throw new IllegalArgumentException("the model can't be run: " + reason(e), e);
    } finally {
      tensors.values().forEach(OnnxTensor::close);
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
