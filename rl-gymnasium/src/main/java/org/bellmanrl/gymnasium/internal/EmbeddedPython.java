package org.bellmanrl.gymnasium.internal;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bellmanrl.api.registry.UnavailableException;
import org.jspecify.annotations.Nullable;

/**
 * The CPython interpreter inside of this process, by its C API. There is one for life, which holds
 * its own lock while it runs: threads that call it take turns.
 */
@SuppressWarnings("restricted") // native access is what this is for
final class EmbeddedPython {
  private static final byte[] NOTHING = {};
  private static final int RTLD_NOW = 2;
  private static final int RTLD_GLOBAL = 0x100;

  /** Asks an interpreter what an embedded one needs to be like it, a line each. */
  private static final String ASK =
      """
      import os, sys, sysconfig
      get = sysconfig.get_config_var
      name = get("INSTSONAME") or get("LDLIBRARY") or ""
      places = [get("LIBDIR") or "", os.path.join(get("LIBDIR") or "", get("MULTIARCH") or ""), get("LIBPL") or ""]
      found = [os.path.join(place, name) for place in places if os.path.isfile(os.path.join(place, name))]
      print(found[0] if get("Py_ENABLE_SHARED") and found else "")
      print(sys.base_prefix)
      print(sys.prefix)
      print(sys.executable)
      print(*sys.path[1:], sep="\\n")
      """;

  /** Makes the embedded interpreter like the one that was asked, and gives what makes workers. */
  private static final String START =
      """
      def bellman_start(text):
          import json, sys
          given = json.loads(text)
          sys.path[:] = [""] + given["path"]
          sys.prefix, sys.executable = given["prefix"], given["executable"]
          sys.stdout = sys.stderr
          scope = {"__name__": "bellman_embedded"}
          exec(compile(given["source"], "bellman_worker.py", "exec"), scope)
          return scope["embed"]
      """;

  /** What each platform thread is to the interpreter, once it has called it. */
  private static final ThreadLocal<MemorySegment> STATES = new ThreadLocal<>();

  private static @Nullable EmbeddedPython shared;

  private final String python;
  private final MethodHandle saveThread;
  private final MethodHandle restoreThread;
  private final MethodHandle ensure;
  private final MethodHandle release;
  private final MethodHandle callNoArgs;
  private final MethodHandle callOneArg;
  private final MethodHandle unicode;
  private final MethodHandle bytes;
  private final MethodHandle bytesSize;
  private final MethodHandle decRef;
  private final MethodHandle clearError;
  private final long none;
  private final MemorySegment embed;

  /** A call of Python code, while the lock is held. */
  @FunctionalInterface
  private interface Locked<T> {
    T call() throws Throwable;
  }

  private EmbeddedPython(String python) {
    this.python = python;
    List<String> answer = ask(python);
    String library = answer.getFirst();
    if (library.isEmpty()) {
      throw new UnavailableException(
          python
              + " has no shared library, which in_process=true needs: use one that was built with"
              + " --enable-shared, or leave that option out");
    }
    Linker linker = Linker.nativeLinker();
    Arena life = Arena.global();
    try {
      SymbolLookup system = linker.defaultLookup();
      // With its names visible to all: NumPy's modules look them up.
      MethodHandle open =
          linker.downcallHandle(
              system.findOrThrow("dlopen"), FunctionDescriptor.of(ADDRESS, ADDRESS, JAVA_INT));
      if (((MemorySegment) open.invokeExact(life.allocateFrom(library), RTLD_NOW | RTLD_GLOBAL))
          .equals(MemorySegment.NULL)) {
        throw new UnavailableException(library + " can't be loaded");
      }
      SymbolLookup lookup = SymbolLookup.libraryLookup(library, life);
      FunctionDescriptor object = FunctionDescriptor.of(ADDRESS, ADDRESS);
      FunctionDescriptor objectOfTwo = FunctionDescriptor.of(ADDRESS, ADDRESS, ADDRESS);
      FunctionDescriptor action = FunctionDescriptor.ofVoid(ADDRESS);
      this.saveThread = find(linker, lookup, "PyEval_SaveThread", FunctionDescriptor.of(ADDRESS));
      this.restoreThread = find(linker, lookup, "PyEval_RestoreThread", action);
      this.ensure = find(linker, lookup, "PyGILState_Ensure", FunctionDescriptor.of(JAVA_INT));
      this.release =
          find(linker, lookup, "PyGILState_Release", FunctionDescriptor.ofVoid(JAVA_INT));
      this.callNoArgs = find(linker, lookup, "PyObject_CallNoArgs", object);
      this.callOneArg = find(linker, lookup, "PyObject_CallOneArg", objectOfTwo);
      this.unicode = find(linker, lookup, "PyUnicode_FromString", object);
      this.bytes = find(linker, lookup, "PyBytes_AsString", object);
      this.bytesSize =
          find(linker, lookup, "PyBytes_Size", FunctionDescriptor.of(JAVA_LONG, ADDRESS));
      this.decRef = find(linker, lookup, "Py_DecRef", action);
      this.clearError = find(linker, lookup, "PyErr_Clear", FunctionDescriptor.ofVoid());
      MethodHandle attribute = find(linker, lookup, "PyObject_GetAttrString", objectOfTwo);
      MethodHandle module = find(linker, lookup, "PyImport_AddModule", object);
      MethodHandle run =
          find(linker, lookup, "PyRun_SimpleString", FunctionDescriptor.of(JAVA_INT, ADDRESS));
      initialize(linker, system, lookup, answer.get(1));
      STATES.set((MemorySegment) saveThread.invokeExact());
      this.none = lookup.findOrThrow("_Py_NoneStruct").address();
      Map<String, Object> like = new LinkedHashMap<>();
      like.put("prefix", answer.get(2));
      like.put("executable", answer.get(3));
      like.put("path", answer.subList(4, answer.size()));
      like.put("source", new String(Worker.script(), StandardCharsets.UTF_8));
      this.embed =
          locked(() -> {
            int status = (int) run.invokeExact(life.allocateFrom(START));
            MemorySegment main = (MemorySegment) module.invokeExact(life.allocateFrom("__main__"));
            MemorySegment start =
                (MemorySegment) attribute.invokeExact(main, life.allocateFrom("bellman_start"));
            MemorySegment made = callWithText(start, Json.text(like));
            if (status != 0 || made.equals(MemorySegment.NULL)) {
              throw new UnavailableException(python + " can't run inside of this process");
            }
            return made;
          });
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException("Python's C API can't be called", e);
    }
  }

  private static MethodHandle find(
      Linker linker, SymbolLookup lookup, String name, FunctionDescriptor descriptor) {
    return linker.downcallHandle(lookup.findOrThrow(name), descriptor);
  }

  /** Starts the interpreter with the standard library under a folder, and without signals. */
  private static void initialize(
      Linker linker, SymbolLookup system, SymbolLookup lookup, String home) throws Throwable {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment name = arena.allocateFrom("PYTHONHOME");
      MethodHandle set =
          linker.downcallHandle(
              system.findOrThrow("setenv"),
              FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS, JAVA_INT));
      MethodHandle unset =
          linker.downcallHandle(
              system.findOrThrow("unsetenv"), FunctionDescriptor.of(JAVA_INT, ADDRESS));
      int ignored = (int) set.invokeExact(name, arena.allocateFrom(home), 1);
      find(linker, lookup, "Py_InitializeEx", FunctionDescriptor.ofVoid(JAVA_INT)).invokeExact(0);
      ignored = (int) unset.invokeExact(name);
    }
  }

  private static List<String> ask(String python) {
    try {
      Process process =
          new ProcessBuilder(python, "-c", ASK)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      process.getOutputStream().close();
      List<String> lines = process.inputReader(StandardCharsets.UTF_8).lines().toList();
      if (process.waitFor() != 0 || lines.size() < 4) {
        throw new UnavailableException(python + " can't say where its library is");
      }
      return lines;
    } catch (IOException e) {
      throw new UnavailableException("Python can't be started: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UnavailableException("interrupted while Python was asked for its library", e);
    }
  }

  /**
   * The interpreter of this process, which is started by the first call.
   *
   * @param python the interpreter to be like
   * @throws UnavailableException if it can't be embedded, or another one is
   */
  static synchronized EmbeddedPython get(String python) {
    EmbeddedPython running = shared;
    if (running == null) {
      running = new EmbeddedPython(python);
      shared = running;
    } else if (!running.python.equals(python)) {
      throw new UnavailableException(
          "%s is the Python inside of this process, and there can't be another: %s"
              .formatted(running.python, python));
    }
    return running;
  }

  /** Makes the function that makes a worker's environments, and then steps them. */
  MemorySegment worker(String request) {
    return locked(() -> callWithText(embed, request));
  }

  /**
   * Calls a worker's function.
   *
   * @return its message, empty if it has none
   */
  byte[] call(MemorySegment function) {
    return locked(() -> {
      MemorySegment result = (MemorySegment) callNoArgs.invokeExact(function);
      if (result.equals(MemorySegment.NULL)) {
        clearError.invokeExact();
        return new byte[] {'e'};
      }
      byte[] message = NOTHING;
      if (result.address() != none) {
        long size = (long) bytesSize.invokeExact(result);
        MemorySegment text = (MemorySegment) bytes.invokeExact(result);
        message = text.reinterpret(size).toArray(ValueLayout.JAVA_BYTE);
      }
      decRef.invokeExact(result);
      return message;
    });
  }

  /** Forgets a worker's function. */
  void forget(MemorySegment function) {
    locked(() -> {
      decRef.invokeExact(function);
      return function;
    });
  }

  private MemorySegment callWithText(MemorySegment function, String text) throws Throwable {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment argument = (MemorySegment) unicode.invokeExact(arena.allocateFrom(text));
      MemorySegment result = (MemorySegment) callOneArg.invokeExact(function, argument);
      decRef.invokeExact(argument);
      if (result.equals(MemorySegment.NULL)) {
        clearError.invokeExact();
      }
      return result;
    }
  }

  /**
   * Holds the interpreter's lock during a call. A platform thread keeps its state in the
   * interpreter from call to call, which a virtual one, moving between threads, can't.
   */
  private <T> T locked(Locked<T> body) {
    try {
      if (Thread.currentThread().isVirtual()) {
        int state = (int) ensure.invokeExact();
        try {
          return body.call();
        } finally {
          release.invokeExact(state);
        }
      }
      MemorySegment state = STATES.get();
      if (state == null) {
        int ignored = (int) ensure.invokeExact();
      } else {
        restoreThread.invokeExact(state);
      }
      try {
        return body.call();
      } finally {
        MemorySegment saved = (MemorySegment) saveThread.invokeExact();
        if (state == null) {
          STATES.set(saved);
        }
      }
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException("Python's C API can't be called", e);
    }
  }
}
