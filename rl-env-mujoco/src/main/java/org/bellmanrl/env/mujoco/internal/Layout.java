package org.bellmanrl.env.mujoco.internal;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Where the fields of MuJoCo's structs stand in one version of the library.
 *
 * <p>The offsets are facts of that version's headers, on platforms with 64-bit pointers; {@code
 * etc/mujoco-layout.c} prints them.
 */
public final class Layout {
  private static final String TABLE = "layouts.txt";

  private final Map<String, Integer> values;

  private Layout(Map<String, Integer> values) {
    this.values = values;
  }

  /** The layout of a version as {@code mj_version()} gives it; null if it is not known. */
  static @Nullable Layout of(int version) {
    return Table.LAYOUTS.get(version);
  }

  /** The layout of the newest version that is known. */
  static Layout newest() {
    return Table.LAYOUTS.lastEntry().getValue();
  }

  /** The versions that are known, in words. */
  static String known() {
    List<String> names = Table.LAYOUTS.keySet().stream().map(Layout::name).toList();
    return String.join(", ", names);
  }

  /** A version as {@code mj_version()} gives it, in words: 340 and 3005000 are 3.4.0 and 3.5.0. */
  static String name(int version) {
    int base = version < 1_000_000 ? 10 : 1000;
    return "%d.%d.%d".formatted(version / base / base, version / base % base, version % base);
  }

  /** Bytes from the struct's begin to a field: {@code data.xpos}. */
  public long offset(String field) {
    return value(field);
  }

  /** Bytes of a count such as {@code model.nbody}: 4 or 8. */
  public int countBytes() {
    return value("count_bytes");
  }

  /** The value of {@code mjSTATE_CTRL}. */
  int stateControl() {
    return value("state_ctrl");
  }

  /** The value of {@code mjSTATE_INTEGRATION}. */
  int stateIntegration() {
    return value("state_integration");
  }

  private int value(String column) {
    return Objects.requireNonNull(values.get(column), column);
  }

  /** Read when a library is first loaded. */
  private static final class Table {
    static final NavigableMap<Integer, Layout> LAYOUTS = read();

    private static NavigableMap<Integer, Layout> read() {
      NavigableMap<Integer, Layout> layouts = new TreeMap<>();
      try (InputStream in = Objects.requireNonNull(Layout.class.getResourceAsStream(TABLE), TABLE);
          BufferedReader reader =
              new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
        List<String> columns = new ArrayList<>();
        for (String line = reader.readLine(); line != null; line = reader.readLine()) {
          if (line.startsWith("#")) {
            continue;
          }
          List<String> words = List.of(line.split(" ", -1));
          if (columns.isEmpty()) {
            columns = words;
            continue;
          }
          Map<String, Integer> values = new TreeMap<>();
          for (int i = 0; i < columns.size(); i++) {
            values.put(columns.get(i), Integer.valueOf(words.get(i)));
          }
          layouts.put(Integer.valueOf(words.getFirst()), new Layout(values));
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      return layouts;
    }
  }
}
