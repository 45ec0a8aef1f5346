package org.bellmanrl.env.mujoco.internal;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.nio.file.Path;
import java.util.NoSuchElementException;
import java.util.concurrent.ConcurrentHashMap;
import org.bellmanrl.api.registry.UnavailableException;
import org.jspecify.annotations.Nullable;

/**
 * MuJoCo's C functions, called by way of {@code java.lang.foreign}.
 *
 * <p>A library is loaded once per process and file, and never unloaded. Thread-safe, as far as
 * threads call it with different data.
 */
public final class Library {
  /** {@code mjOBJ_BODY}: bodies have names. */
  public static final int BODY = 1;

  /** {@code mjOBJ_SITE}. */
  public static final int SITE = 6;

  /** {@code mjSTATE_TIME}. */
  public static final int TIME = 1;

  /** {@code mjSTATE_QPOS | mjSTATE_QVEL}. */
  public static final int POSITIONS_AND_VELOCITIES = 1 << 1 | 1 << 2;

  private static final int QPOS = 1 << 1;
  private static final int QVEL = 1 << 2;

  private static final long NULL = 0;
  private static final int MESSAGE_BYTES = 2000;

  /** Below what MuJoCo itself gives to the smallest of Gymnasium's models. */
  private static final long LEAST_MEMORY = 1 << 20;

  /** What is loaded into this process is a fact of the process. */
  private static final ConcurrentHashMap<Path, Library> LOADED = new ConcurrentHashMap<>();

  private static final Linker LINKER = Linker.nativeLinker();

  // Handles without their own address, which comes first in each call: they are constants
  // to the compiler whichever library is loaded. Structs go by their addresses as numbers: that
  // takes no object, and they are in no arena anyway.
  private static final MethodHandle VERSION = handle(FunctionDescriptor.of(JAVA_INT));
  private static final MethodHandle LOAD_XML =
      handle(FunctionDescriptor.of(JAVA_LONG, ADDRESS, JAVA_LONG, ADDRESS, JAVA_INT));
  private static final MethodHandle MAKE_DATA = handle(FunctionDescriptor.of(JAVA_LONG, JAVA_LONG));
  private static final MethodHandle DELETE = handle(FunctionDescriptor.ofVoid(JAVA_LONG));
  private static final MethodHandle MODEL_AND_DATA =
      handle(FunctionDescriptor.ofVoid(JAVA_LONG, JAVA_LONG));
  private static final MethodHandle STATE_SIZE =
      handle(FunctionDescriptor.of(JAVA_INT, JAVA_LONG, JAVA_INT));
  private static final MethodHandle STATE =
      handle(FunctionDescriptor.ofVoid(JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_INT));
  private static final MethodHandle NAME_TO_ID =
      handle(FunctionDescriptor.of(JAVA_INT, JAVA_LONG, JAVA_INT, ADDRESS));

  private final Path file;
  private final String version;
  private final @Nullable Layout layout;
  private final int stateControl;
  private final int stateIntegration;

  private final MemorySegment loadXml;
  private final MemorySegment makeData;
  private final MemorySegment deleteData;
  private final MemorySegment deleteModel;
  private final MemorySegment resetData;
  private final MemorySegment step;
  private final MemorySegment forward;
  private final MemorySegment rnePostConstraint;
  private final MemorySegment stateSize;
  private final MemorySegment getState;
  private final MemorySegment setState;
  private final MemorySegment nameToId;

  @SuppressWarnings("restricted") // calling a native library is what this class is for
  private Library(Path file) {
    this.file = file;
    SymbolLookup symbols;
    try {
      symbols = SymbolLookup.libraryLookup(file, Arena.global());
    } catch (IllegalArgumentException e) {
      throw new UnavailableException(
          "%s can't be loaded as MuJoCo's library on %s %s"
              .formatted(file, System.getProperty("os.name"), System.getProperty("os.arch")),
          e);
    }
    try {
      int number = (int) VERSION.invokeExact(symbols.findOrThrow("mj_version"));
      version = Layout.name(number);
      layout = Layout.of(number);
      if (number < 300) {
        throw new UnavailableException(
            "MuJoCo must be 3.0.0 or newer, %s is %s: pip install -U mujoco"
                .formatted(file, version));
      }
      Layout bits = layout == null ? Layout.newest() : layout;
      stateControl = bits.stateControl();
      stateIntegration = bits.stateIntegration();
      loadXml = symbols.findOrThrow("mj_loadXML");
      makeData = symbols.findOrThrow("mj_makeData");
      deleteData = symbols.findOrThrow("mj_deleteData");
      deleteModel = symbols.findOrThrow("mj_deleteModel");
      resetData = symbols.findOrThrow("mj_resetData");
      step = symbols.findOrThrow("mj_step");
      forward = symbols.findOrThrow("mj_forward");
      rnePostConstraint = symbols.findOrThrow("mj_rnePostConstraint");
      stateSize = symbols.findOrThrow("mj_stateSize");
      getState = symbols.findOrThrow("mj_getState");
      setState = symbols.findOrThrow("mj_setState");
      nameToId = symbols.findOrThrow("mj_name2id");
      handle(symbols, "mju_user_error", "error");
      handle(symbols, "mju_user_warning", "warning");
    } catch (NoSuchElementException e) {
      throw new UnavailableException(
          "%s is not a library of MuJoCo 3: %s".formatted(file, e.getMessage()), e);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  /**
   * Loads a library, if that has not been done.
   *
   * @throws UnavailableException if it is none, or too old
   */
  public static Library load(Path file) {
    return LOADED.computeIfAbsent(file, Library::new);
  }

  @SuppressWarnings("restricted")
  private static MethodHandle handle(FunctionDescriptor function) {
    return LINKER.downcallHandle(function);
  }

  /** Points a function pointer of the library's to a method of {@link Messages}. */
  @SuppressWarnings("restricted")
  private static void handle(SymbolLookup symbols, String pointer, String method)
      throws ReflectiveOperationException {
    MethodHandle handler =
        MethodHandles.lookup()
            .findStatic(
                Messages.class, method, MethodType.methodType(void.class, MemorySegment.class));
    MemorySegment stub =
        LINKER.upcallStub(handler, FunctionDescriptor.ofVoid(ADDRESS), Arena.global());
    symbols.findOrThrow(pointer).reinterpret(ADDRESS.byteSize()).set(ADDRESS, 0, stub);
  }

  /** The version, such as {@code 3.14.0}. */
  public String version() {
    return version;
  }

  /**
   * Where the fields of its structs stand.
   *
   * @param reader what asks, for the message
   * @throws UnavailableException if that is not known of this version
   */
  public Layout layout(String reader) {
    if (layout == null) {
      throw new UnavailableException(
          "%s reads MuJoCo's structs, whose layout in MuJoCo %s (%s) is not known; known are %s: pip install mujoco==%s"
              .formatted(
                  reader,
                  version,
                  file,
                  Layout.known(),
                  Layout.known().substring(Layout.known().lastIndexOf(' ') + 1)));
    }
    return layout;
  }

  /** Whether the layout of its structs is known. */
  public boolean layoutKnown() {
    return layout != null;
  }

  /** The value of {@code mjSTATE_CTRL}. */
  public int stateControl() {
    return stateControl;
  }

  /** The value of {@code mjSTATE_INTEGRATION}. */
  public int stateIntegration() {
    return stateIntegration;
  }

  /**
   * A model that was read and compiled, with its data, after one step.
   *
   * @param model the address of the {@code mjModel}
   * @param data the address of the {@code mjData}
   */
  public record Loaded(long model, long data) {}

  /**
   * Reads and compiles a model, makes data for it and takes a step.
   *
   * @throws IllegalArgumentException if it is none, or too broken for a step; the message holds
   *     MuJoCo's own
   */
  public synchronized Loaded loadModel(Path xml) {
    // One at a time: the parser of older versions keeps what it read last.
    try {
      return AbandonableCall.of(() -> attempt(xml));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "MuJoCo %s can't load %s: %s"
              .formatted(
                  version,
                  xml,
                  String.valueOf(e.getMessage()).strip().replaceAll("\\s*\\n\\s*", "; ")),
          e);
    }
  }

  private Loaded attempt(Path xml) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment message = arena.allocate(MESSAGE_BYTES);
      long model =
          (long)
              LOAD_XML.invokeExact(
                  loadXml, arena.allocateFrom(xml.toString()), NULL, message, MESSAGE_BYTES);
      if (model == NULL) {
        throw new IllegalArgumentException(message.getString(0));
      }
      checkStateBits(model);
      ensureMemory(model);
      long data = (long) MAKE_DATA.invokeExact(makeData, model);
      // What a model lacks for a step, such as memory, is an error of MuJoCo's: better now.
      step(model, data);
      rnePostConstraint(model, data);
      return new Loaded(model, data);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  /**
   * Gives a model that asks for very little working memory some more: it is an error of MuJoCo's,
   * at any later step, if there is too little, and more changes no result.
   */
  @SuppressWarnings("restricted") // the offset is that of the model's version
  private void ensureMemory(long model) {
    if (layout != null) {
      MemorySegment size =
          MemorySegment.ofAddress(model + layout.offset("model.narena"))
              .reinterpret(JAVA_LONG.byteSize());
      size.set(JAVA_LONG, 0, Math.max(size.get(JAVA_LONG, 0), LEAST_MEMORY));
    }
  }

  /** Of a version that is not in the table the parts of a state are checked by their sizes. */
  private void checkStateBits(long model) {
    int warmstart = stateControl >> 1;
    int applied = stateControl << 1;
    int bodies = stateControl << 2;
    int velocities = stateSize(model, QVEL);
    if (stateSize(model, warmstart) != velocities
        || stateSize(model, applied) != velocities
        || stateSize(model, bodies) % 6 != 0) {
      deleteModel(model);
      throw new UnavailableException(
          "the states of MuJoCo %s (%s) have other parts than those of the versions that are known: %s"
              .formatted(version, file, Layout.known()));
    }
  }

  /** Frees data. */
  public void deleteData(long data) {
    try {
      DELETE.invokeExact(deleteData, data);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  /** Frees a model. */
  public void deleteModel(long model) {
    try {
      DELETE.invokeExact(deleteModel, model);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  /** {@code mj_resetData}. */
  public void reset(long model, long data) {
    call(resetData, model, data);
  }

  /** {@code mj_forward}. */
  public void forward(long model, long data) {
    call(forward, model, data);
  }

  /** {@code mj_step}. */
  public void step(long model, long data) {
    call(step, model, data);
  }

  /** {@code mj_rnePostConstraint}. */
  public void rnePostConstraint(long model, long data) {
    call(rnePostConstraint, model, data);
  }

  private static void call(MemorySegment function, long model, long data) {
    try {
      MODEL_AND_DATA.invokeExact(function, model, data);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  /** Numbers in the part of a state that these bits choose. */
  public int stateSize(long model, int bits) {
    try {
      return (int) STATE_SIZE.invokeExact(stateSize, model, bits);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  /** Numbers in {@code qpos}. */
  public int positions(long model) {
    return stateSize(model, QPOS);
  }

  /** Copies a part of the state out of data. */
  public void getState(long model, long data, long state, int bits) {
    try {
      STATE.invokeExact(getState, model, data, state, bits);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  /** Copies a part of the state into data. */
  public void setState(long model, long data, long state, int bits) {
    try {
      STATE.invokeExact(setState, model, data, state, bits);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  /** The number of a named part, or −1. */
  public int id(long model, int kind, String name) {
    try (Arena arena = Arena.ofConfined()) {
      return (int) NAME_TO_ID.invokeExact(nameToId, model, kind, arena.allocateFrom(name));
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  /** Nothing checked is thrown by a call into native code. */
  private static RuntimeException unexpected(Throwable e) {
    return switch (e) {
      case RuntimeException unchecked -> unchecked;
      case Error error -> throw error;
      default -> new IllegalStateException(e);
    };
  }
}
